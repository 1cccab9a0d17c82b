"""PostgreSQL through asyncpg: a pool, read committed, locks taken in id order.

It must never know what the statements mean.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
from aiosql.adapters.asyncpg import AsyncPGAdapter

from storage import migrate
from storage.driver import migrations, named_sql, texts_of
from storage.errors import RacedError, StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from asyncpg.pool import PoolConnectionProxy

    from storage.driver import Params, Rows, Step

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]

CONNECTIONS = 10
"""Transactions one process may have under way at once."""

_RACED = (
    asyncpg.UniqueViolationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
)
_TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
SESSION = {
    "application_name": "complaint-bot",
    "jit": "off",
    # Every statement has its index. Plans are kept, and one made while the outbox was empty must
    # not read all of it when it is full.
    "enable_seqscan": "off",
}
"""Settings of every connection."""
_MIGRATION_LOCK = "SELECT pg_advisory_xact_lock(7340032, 1)"


class PostgresSession:
    """One transaction; it begins with the first steps."""

    def __init__(
        self,
        connection: Connection,
        texts: Mapping[str, str],
        order: Mapping[str, list[str]],
    ) -> None:
        """Prepare a transaction on the connection."""
        self._connection = connection
        self._texts = texts
        self._order = order
        self._begun = False

    async def run(self, steps: Sequence[Step], *, last: bool = False) -> list[Rows]:
        """Run the steps one after the other, opening and closing the transaction."""
        try:
            if steps and not self._begun:
                self._begun = True
                await self._connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            results = [await self._one(step) for step in steps]
            if last and self._begun:
                await self._connection.execute("COMMIT")
        except _TROUBLE as error:
            raise _told(error) from error
        return results

    async def _one(self, step: Step) -> Rows:
        sql, order = self._texts[step.query], self._order[step.query]
        if step.rows is None:
            return list(await self._connection.fetch(sql, *_ordered(step.params, order)))
        await self._connection.executemany(sql, [_ordered(row, order) for row in step.rows])
        return []

    async def undo(self) -> None:
        """Roll back whatever was not committed (nothing, after a commit)."""
        if not self._connection.is_closed() and self._connection.is_in_transaction():
            await self._connection.execute("ROLLBACK")


class PostgresDriver:
    """An open PostgreSQL database."""

    locks = True

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        """Take over an open pool."""
        self._pool = pool
        adapter = AsyncPGAdapter()  # type: ignore[no-untyped-call]
        self._texts = texts_of(named_sql("postgres", lambda: adapter))
        self._order = {name: list(adapter.var_sorted[name]) for name in self._texts}

    @classmethod
    async def open(cls, url: str) -> PostgresDriver:
        """Connect and bring the tables up to date."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=CONNECTIONS,
                reset=_nothing,
                server_settings=SESSION,
            )
        except (*_TROUBLE, ValueError) as error:
            why = _sentence(error)
            msg = (
                f"The PostgreSQL database cannot be reached: {why}. Start it, or set DATABASE_URL."
            )
            raise StoreError(msg) from error
        try:
            await _migrate(pool)
        except BaseException:  # cancelled included: the pool must not outlive it
            await pool.close()
            raise
        return cls(pool)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[PostgresSession]:
        """Take a connection and return a transaction on it."""
        try:
            connection = await self._pool.acquire()
        except _TROUBLE as error:
            raise _told(error) from error
        session = PostgresSession(connection, self._texts, self._order)
        try:
            yield session
        finally:
            try:
                await session.undo()
            except _TROUBLE as error:
                raise _told(error) from error
            finally:
                await self._pool.release(connection)

    async def close(self) -> None:
        """Close the pool once every transaction under way is over."""
        await self._pool.close()


async def _nothing(_connection: Connection) -> None:
    """Nothing in a session outlives its transaction, so there is nothing to reset."""


def _ordered(params: Params, order: list[str]) -> list[Any]:
    return [params[name] for name in order]


def _sentence(error: BaseException) -> str:
    return str(error).strip().rstrip(".").replace("\n", " ") or type(error).__name__


def _told(error: BaseException) -> StoreError:
    if isinstance(error, _RACED):
        return RacedError(f"Another process was quicker: {_sentence(error)}.")
    return StoreError(f"The PostgreSQL database refused: {_sentence(error)}.")


async def _migrate(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    try:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(_MIGRATION_LOCK)
            await connection.execute(migrate.MADE)
            done = [row[0] for row in await connection.fetch(migrate.DONE)]
            for version, name, script in migrate.missing(done, migrations("postgres")):
                await connection.execute(script)
                record = "INSERT INTO migrations (version, name) VALUES ($1, $2)"
                await connection.execute(record, version, name)
    except _TROUBLE as error:
        raise _told(error) from error
