"""The databases under the bots, looked at from outside: what is filed, what is still to be sent."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import asyncpg

if TYPE_CHECKING:
    from pathlib import Path

FILED = "SELECT count(*) FROM cases WHERE filed_at IS NOT NULL"
UNSENT = (
    "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued')"
    " OR EXISTS (SELECT 1 FROM outbox WHERE state = 'sending')"
)


class Database(Protocol):
    """A database that can be asked beside the bot that works on it."""

    @property
    def url(self) -> str:
        """What `DATABASE_URL` says."""

    async def ask(self, sql: str) -> Any:
        """Return the first value of the answer."""


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A file."""

    path: Path

    @property
    def url(self) -> str:
        """What `DATABASE_URL` says."""
        return f"sqlite:///{self.path}"

    async def ask(self, sql: str) -> Any:
        """Return the first value of the answer."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)) as db:
            return db.execute(sql).fetchone()[0]


@dataclass(frozen=True, slots=True)
class Postgres:
    """A database at a server."""

    url: str

    async def ask(self, sql: str) -> Any:
        """Return the first value of the answer."""
        connection = await asyncpg.connect(self.url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()


async def filed(database: Database) -> int:
    """Return how many filed cases there are."""
    return int(await database.ask(FILED))


async def unsent(database: Database) -> bool:
    """Tell whether any letter still waits or is under way."""
    return bool(await database.ask(UNSENT))
