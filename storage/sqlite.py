"""SQLite through aiosqlite: one connection, one transaction at a time.

A hop to aiosqlite's thread costs twenty times the statement it carries, so the connection
understands a whole plan of statements in one hop (`_Connection`). It must never know what the
statements mean.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiosqlite

from storage import migrate
from storage.driver import Params, migrations, named_sql, texts_of
from storage.errors import RacedError, StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from storage.driver import Rows, Step

BUSY_MS = 5000
"""How long to wait for another program that is writing to the same file."""
AGAIN_SECONDS = 0.02
"""Between two tries of what SQLite refuses without waiting."""

_Statement = tuple[str, object, Sequence[Params] | None]
"""SQL, its parameters, or many rows of them."""

_PLAN = "-- plan"
_BEGIN: _Statement = ("BEGIN IMMEDIATE", (), None)
_COMMIT: _Statement = ("COMMIT", (), None)
_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -2000",
)


class _Gathered(sqlite3.Cursor):
    """The rows of a whole plan, one list per statement."""

    results: list[Rows]

    def fetchall(self) -> list[Any]:
        return self.results


class _Connection(sqlite3.Connection):
    """A connection that also executes a list of statements as if it were one."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if sql is not _PLAN:
            return super().execute(sql, parameters)
        gathered = self.cursor(_Gathered)
        gathered.results = [self._one(statement) for statement in parameters]
        return gathered

    def _one(self, statement: _Statement) -> Rows:
        sql, parameters, rows = statement
        if rows is not None:
            self.executemany(sql, rows)
            return []
        return super().execute(sql, parameters).fetchall()  # type: ignore[arg-type]


class SqliteSession:
    """One transaction; it begins with the first steps."""

    def __init__(self, connection: aiosqlite.Connection, texts: Mapping[str, str]) -> None:
        """Prepare a transaction on the connection."""
        self._connection = connection
        self._texts = texts
        self._open = False

    async def run(self, steps: Sequence[Step], *, last: bool = False) -> list[Rows]:
        """Run the steps in one hop, opening and closing the transaction on the way."""
        plan: list[_Statement] = [(self._texts[s.query], s.params, s.rows) for s in steps]
        skip = 0
        if plan and not self._open:
            plan.insert(0, _BEGIN)
            skip, self._open = 1, True
        if last and self._open:
            plan.append(_COMMIT)
        if not plan:
            return []
        results = await _hop(self._connection, plan)
        self._open = not last  # whoever fails or is cancelled before this line is rolled back
        return results[skip : skip + len(steps)]

    async def undo(self) -> None:
        """Roll back what was not seen to be committed."""
        if self._open:
            await self._connection.rollback()


class SqliteDriver:
    """An open SQLite database."""

    locks = False

    def __init__(self, connection: aiosqlite.Connection) -> None:
        """Take over an open connection."""
        self._connection = connection
        self._texts = texts_of(named_sql("sqlite", "aiosqlite"))
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: str) -> SqliteDriver:
        """Open the file, or a database in memory, and bring its tables up to date."""
        try:
            sqlite3.connect(path).close()  # here, because aiosqlite's thread outlives a failure
            connection = await aiosqlite.connect(
                path,
                factory=_Connection,
                isolation_level=None,
                timeout=BUSY_MS / 1000,
                cached_statements=256,
            )
        except sqlite3.Error as error:
            msg = f"The database file {path} cannot be opened: {error}."
            raise StoreError(msg) from error
        try:
            await _patiently(lambda: _hop(connection, [(sql, (), None) for sql in _SETTINGS]))
            await _migrate(connection)
        except BaseException:  # cancelled included: the thread must not outlive it
            await connection.close()
            raise
        return cls(connection)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[SqliteSession]:
        """Wait for one's turn and return a transaction."""
        me = asyncio.current_task()
        if self._holder is me:
            msg = "A unit of the store was opened inside another one: use the outer unit."
            raise StoreError(msg)
        async with self._turn:
            if self._closed:
                msg = "The database has been closed."
                raise StoreError(msg)
            self._holder = me
            session = SqliteSession(self._connection, self._texts)
            try:
                yield session
            finally:
                self._holder = None
                # In a cancelled task this still queues before whatever comes next.
                await session.undo()

    async def close(self) -> None:
        """Close the file once the transaction under way is over."""
        async with self._turn:
            self._closed = True
            await self._connection.close()


async def _patiently(act: Callable[[], Awaitable[object]]) -> None:
    """Do it again while another program has the file, for as long as SQLite itself would wait.

    The switch of a new file to WAL is refused at once while another connection makes the same
    switch: SQLite does not call its busy handler where two upgrades of a lock could wait for
    each other (sqlite.org/c3ref/busy_handler.html).
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + BUSY_MS / 1000
    while True:
        try:
            await act()
        except RacedError:
            if loop.time() >= until:
                raise
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return


async def _hop(connection: aiosqlite.Connection, plan: Sequence[_Statement]) -> list[Rows]:
    try:
        results: Any = await connection.execute_fetchall(_PLAN, plan)
    except sqlite3.Error as error:
        raise _told(error) from error
    return list(results)


def _told(error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    if code in {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE}:
        return RacedError(f"The database already has that row: {error}.")
    if code is not None and code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return RacedError("Another program has kept the database file locked for too long.")
    return StoreError(f"The SQLite database refused: {error}.")


async def _migrate(connection: aiosqlite.Connection) -> None:
    plan: list[_Statement] = [
        _BEGIN,
        (migrate.MADE, (), None),
        (migrate.DONE, (), None),
    ]
    try:
        done = [version for (version,) in (await _hop(connection, plan))[2]]
        steps: list[_Statement] = []
        for version, name, script in migrate.missing(done, migrations("sqlite")):
            steps += [(sql, (), None) for sql in _statements(script)]
            record = "INSERT INTO migrations (version, name) VALUES (?, ?)"
            steps.append((record, (version, name), None))
        await _hop(connection, [*steps, _COMMIT])
    finally:
        await connection.rollback()


def _statements(script: str) -> list[str]:
    found: list[str] = []
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            found.append(text.strip())
            text = ""
    return found
