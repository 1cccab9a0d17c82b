"""The desk's memory: opened by its URL, used one unit (transaction) at a time.

What is stored and asked is written once, in `Unit`; SQLite and PostgreSQL are two small drivers
below it. The store has no clock: every time is handed in.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from storage.errors import WrongUrlError
from storage.sqlite import SqliteDriver
from storage.unit import Unit
from storage.upgrade import Forms

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.driver import Driver

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


class Store:
    """An open database."""

    def __init__(self, driver: Driver, forms: Forms) -> None:
        """Use `Store.open`."""
        self._driver = driver
        self._forms = forms

    @classmethod
    async def open(cls, url: str, forms: Forms | None = None) -> Store:
        """Open the database that a `DATABASE_URL` names and bring its tables up to date."""
        return cls(await _driver(url), forms or Forms())

    async def close(self) -> None:
        """Let go of the database, once the units under way are over."""
        await self._driver.close()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """One transaction: committed at the end of the block, undone by an exception in it."""
        async with self._driver.session() as session:
            unit = Unit(session, self._forms, locks=self._driver.locks)
            yield unit
            await unit.run([], last=True)


async def _driver(url: str) -> Driver:
    path = url.removeprefix(_SQLITE)
    if url.startswith(_SQLITE) and path and not path.endswith("/"):
        return await SqliteDriver.open(path)
    if url.startswith(_POSTGRES):
        from storage.postgres import PostgresDriver  # noqa: PLC0415 - 3 MB a SQLite desk never needs

        return await PostgresDriver.open(url)
    msg = (
        "DATABASE_URL must be sqlite:///file.db, sqlite:////full/path/file.db, "
        "sqlite:///:memory: or postgresql://user:password@host/name."
    )
    raise WrongUrlError(msg)
