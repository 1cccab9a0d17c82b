"""What the store asks of a database: run named steps in one transaction, and no more.

A driver knows SQL and its library; it knows no cases, letters or customers. The two drivers
load the same common file of named SQL and each its own small one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

import aiosql

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager

    from aiosql.queries import Queries
    from aiosql.types import AsyncDriverAdapterProtocol

Params = dict[str, Any]
Row = Any  # a sequence of columns
Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Step:
    """One named query with its parameters, or with many rows of them."""

    query: str
    params: Params = field(default_factory=dict)
    rows: Sequence[Params] | None = None


class Session(Protocol):
    """One transaction."""

    async def run(self, steps: Sequence[Step], *, last: bool = False) -> list[Rows]:
        """Run the steps in order, and commit when they are the last; rows per step."""


class Driver(Protocol):
    """A database that is open."""

    locks: bool  # whether rows are locked one by one, by the queries named `lock_…`

    def session(self) -> AbstractAsyncContextManager[Session]:
        """Return a transaction that is rolled back unless its last steps were run."""

    async def close(self) -> None:
        """Let go of the database."""


def named_sql(dialect: str, adapter: Callable[[], AsyncDriverAdapterProtocol] | str) -> Queries:
    """Load the common queries and the driver's own."""
    folder = files("storage") / "sql"
    texts = [(folder / f"{name}.sql").read_text("utf-8") for name in ("common", dialect)]
    queries: Queries = aiosql.from_str("\n".join(texts), adapter)
    return queries


def texts_of(queries: Queries) -> Mapping[str, str]:
    """Return the SQL of every query by its name."""
    names = [name for name in queries.available_queries if not name.endswith("_cursor")]
    return {name: getattr(queries, name).sql for name in names}


def migrations(dialect: str) -> dict[int, tuple[str, str]]:
    """Return the scripts that build the tables: number -> (name, SQL)."""
    folder = files("storage") / "migrations" / dialect
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".sql"))
    return {
        int(name.split("_", 1)[0]): (
            name.removesuffix(".sql"),
            (folder / name).read_text("utf-8"),
        )
        for name in found
    }
