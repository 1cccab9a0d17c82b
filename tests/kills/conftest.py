"""A file of SQLite and a database on a real PostgreSQL, for desks that are killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.storage.postgres_server import database, server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres_home() -> Iterator[str]:
    with server() as url:
        yield url


@pytest_asyncio.fixture
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'desk.db'}"
        return
    async with database(request.getfixturevalue("postgres_home")) as made:
        yield made
