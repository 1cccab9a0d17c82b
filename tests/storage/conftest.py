"""Every storage test runs on a SQLite file, on SQLite in memory and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from postgres_server import clean, database, server

from storage import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The maintenance database of a server, to make databases on."""
    with server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """One database for the run, its tables made."""
    with asyncio.Runner() as runner:
        made = database(postgres_server)
        url = runner.run(made.__aenter__())
        runner.run(_with_tables(url))
        yield url
        runner.run(made.__aexit__(None, None, None))


async def _with_tables(url: str) -> None:
    store = await Store.open(url)
    await store.close()


@pytest_asyncio.fixture
async def file_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest_asyncio.fixture
async def postgres_url(postgres_database: str) -> str:
    """A PostgreSQL database with empty tables."""
    await clean(postgres_database)
    return postgres_database


@pytest.fixture(params=["file", "memory", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Each of the three kinds of database."""
    if request.param == "memory":
        return "sqlite:///:memory:"
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture(params=["file", "postgres"])
def lasting_url(request: pytest.FixtureRequest) -> str:
    """The two that outlive a process."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest_asyncio.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open, empty store."""
    opened = await Store.open(url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def another(url: str, store: Store) -> AsyncIterator[Callable[[], Awaitable[Store]]]:
    """Open the same database as a second process would (in memory there is only one)."""
    async with AsyncExitStack() as stack:

        async def opened() -> Store:
            if url.endswith(":memory:"):
                return store
            second = await Store.open(url)
            stack.push_async_callback(second.close)
            return second

        yield opened
