"""Looking into a desk's database from outside, while the desk lives and dies."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PASSING = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
FORGOTTEN = frozenset(
    {
        *("message_id", "message", "parts", "file_id", "file", "file_name", "album", "seen_at"),
        *("earlier", "alike"),
    }
)
"""What Telegram numbers: a repeated send shifts it, and no state depends on it. And which cases
came before: a delay may have two of them filed the other way round."""


class Look:
    """Reads rows of the database at a URL."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def rows(self, sql: str) -> list[Any]:
        """Return the rows of a query."""
        if isinstance(self._connection, sqlite3.Connection):
            return self._connection.execute(sql).fetchall()
        return await self._connection.fetch(sql)

    async def documents(self, table: str) -> dict[int, Any]:
        """Return the documents of a table by id."""
        found = await self.rows(f"SELECT id, doc FROM {table} ORDER BY id")  # noqa: S608
        return {row[0]: json.loads(row[1]) for row in found}

    async def timeline(self) -> dict[int, list[tuple[str, str, Any]]]:
        """Return what happened in each case: kind, by whom, what."""
        told: dict[int, list[tuple[str, str, Any]]] = {}
        sql = "SELECT case_id, kind, actor, doc FROM timeline ORDER BY case_id, n"
        for case, kind, by, doc in await self.rows(sql):
            told.setdefault(case, []).append((kind, by, json.loads(doc)))
        return told

    async def state(self) -> dict[int, Any]:
        """Return where everybody stands, without what depends on the instant or the numbering."""
        customers, cases = await self.documents("customers"), await self.documents("cases")
        timeline = await self.timeline()
        return {
            one: (
                plain(customers[one]),
                [
                    (plain(case), plain(timeline[number]))
                    for number, case in cases.items()
                    if case["customer"] == one
                ],
            )
            for one in customers
        }


def plain(value: Any) -> Any:
    """Leave out instants and Telegram's numbers."""
    if isinstance(value, dict):
        return {
            name: plain(one)
            for name, one in value.items()
            if name not in FORGOTTEN and not str(name).endswith(("_at", "_until"))
        }
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return "some time" if isinstance(value, str) and PASSING.match(value) else value


@asynccontextmanager
async def looking(url: str) -> AsyncIterator[Look]:
    """Open a database to look into."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(
            url.removeprefix("sqlite:///"), timeout=10, isolation_level=None
        )
        try:
            yield Look(connection)
        finally:
            connection.close()
        return
    other = await asyncpg.connect(url)
    try:
        yield Look(other)
    finally:
        await other.close()
