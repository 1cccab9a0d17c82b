"""No statement's cost grows with the cases of the past: every plan goes by an index."""

from __future__ import annotations

import re
import sqlite3
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from aiosql.adapters.asyncpg import AsyncPGAdapter
from store_values import NOON, case, customer, entry, letter

from storage import Changes, Link, Sent, Store
from storage.driver import migrations, named_sql, texts_of
from storage.postgres import SESSION
from storage.sqlite import SqliteDriver
from storage.upgrade import Forms

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from storage.driver import Rows, Session, Step

LISTS = {
    "keys": '["u1"]',
    "ids": "[1]",
    "open_of": "[1]",
    "statuses": '["queued"]',
    "pairs": "[[1, 2]]",
    "cases": "[1]",
    "busy": "[]",
    "asked": '[["product", "x", 1, 2, 3]]',
}
TEXTS = {
    "key", "slot", "doc", "kind", "actor", "status", "error", "letter", "merge_key", "name",
    "facet", "value",
    "rule", "by_name", "how", "changed",
}  # fmt: skip
HANDFULS = {
    "lane",  # the chats with queued letters
    "p", "json_each",  # what was asked for
    "cases USING INDEX cases_customer_open",  # `wake_open`: all open cases are meant
    "outbox USING INDEX outbox_sending",
    "outbox USING INDEX outbox_failed",  # newest first, up to a limit
    "dead_letters",  # likewise
    "config_versions",  # likewise
}  # fmt: skip


def sample(name: str) -> Any:
    """Return a value of the right type for a parameter."""
    return LISTS.get(name, "x" if name in TEXTS else 1)


def sqlite_queries() -> dict[str, str]:
    return dict(texts_of(named_sql("sqlite", "aiosqlite")))


@pytest.mark.parametrize("query", sorted(sqlite_queries()))
def test_sqlite_searches_and_never_scans(query: str) -> None:
    """Only lists that came with the question, and handfuls, are walked from end to end."""
    connection = sqlite3.connect(":memory:")
    for _, script in migrations("sqlite").values():
        connection.executescript(script)
    sql = sqlite_queries()[query]
    params = {name: sample(name) for name in re.findall(r"(?<!:):(\w+)", sql)}
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
    connection.close()
    scans = {step.removeprefix("SCAN ").split(" VIRTUAL")[0] for step in plan if "SCAN" in step}
    assert scans <= HANDFULS, plan


FILL = """
INSERT INTO customers SELECT n, 1, '{}' FROM generate_series(1, 20000) n;
INSERT INTO cases SELECT n, n, CASE WHEN n % 500 = 0 THEN 'queued' ELSE 'closed' END,
    CASE WHEN n % 500 = 0 THEN 1 ELSE 0 END, n % 9, n, CASE WHEN n % 400 = 0 THEN n END, 1, '{}'
    FROM generate_series(1, 20000) n;
INSERT INTO timeline SELECT c, n, n, 'said', 'customer', '{}'
    FROM generate_series(1, 20000) c, generate_series(1, 3) n;
INSERT INTO media SELECT n, 1, '{}' FROM generate_series(1, 20000) n;
INSERT INTO config_versions SELECT n, n, 1, 'Boss', 'edited', '[]', '{}'
    FROM generate_series(1, 20000) n;
INSERT INTO rule_firings SELECT day, 'rule' || n, n
    FROM generate_series(1, 2000) day, generate_series(1, 20) n;
INSERT INTO breaches SELECT day, 'accept', 'category' || n, n, 1
    FROM generate_series(1, 2000) day, generate_series(1, 20) n;
INSERT INTO seen SELECT 'u' || n, n FROM generate_series(1, 20000) n;
INSERT INTO links SELECT n, 1, n, '', -n % 99, n FROM generate_series(1, 20000) n;
INSERT INTO likes SELECT n, 'product', 'x', n, 0 FROM generate_series(1, 20000) n;
INSERT INTO likes SELECT n, 'customer', n::text, n, 0 FROM generate_series(1, 20000) n;
INSERT INTO places SELECT n, -n % 99, 'topic', n FROM generate_series(1, 20000) n;
INSERT INTO outbox (chat_id, priority, due_at, state, state_at, case_id, slot, merge_key, rev,
    attempts, error, letter)
    SELECT n, 5, n, CASE WHEN n % 500 = 0 THEN 'queued' ELSE 'failed' END, n, n, '', '', 0, 0,
    '', '{}' FROM generate_series(1, 20000) n;
ANALYZE;
"""


async def test_postgresql_goes_by_index_among_twenty_thousand_cases(postgres_url: str) -> None:
    """With plans made for any parameters, as prepared statements keep them."""
    adapter = AsyncPGAdapter()
    texts = texts_of(named_sql("postgres", lambda: adapter))
    connection = await asyncpg.connect(postgres_url)
    await connection.execute(FILL)
    await connection.execute("SET plan_cache_mode = force_generic_plan")
    scans = {}
    for query, sql in texts.items():
        await connection.execute(f"PREPARE {query} AS {sql}")
        values = ", ".join(repr(sample(name)) for name in adapter.var_sorted[query])
        explain = f"EXPLAIN EXECUTE {query}" + (f"({values})" if values else "")
        plan = "\n".join(row[0] for row in await connection.fetch(explain))
        walked = set(re.findall(r"Seq Scan on (\w+)", plan))
        if walked - {"counters", "settings", "dead_letters"}:
            scans[query] = plan
    await connection.close()
    assert scans == {}, "\n".join(scans.values())


async def test_a_plan_made_for_empty_tables_serves_full_ones(postgres_url: str) -> None:
    """Prepared statements keep their plan; it touches few pages when the tables have grown."""
    adapter = AsyncPGAdapter()
    texts = texts_of(named_sql("postgres", lambda: adapter))
    connection = await asyncpg.connect(postgres_url, server_settings=SESSION)
    await connection.execute("SET plan_cache_mode = force_generic_plan")
    asked: dict[str, str] = {}
    for query, sql in texts.items():
        await connection.execute(f"PREPARE {query} AS {sql}")
        values = ", ".join(repr(sample(name)) for name in adapter.var_sorted[query])
        asked[query] = f"EXECUTE {query}" + (f"({values})" if values else "")
        await connection.fetch(f"EXPLAIN {asked[query]}")
    await connection.execute(FILL.replace("ANALYZE;", ""))
    pages = {}
    for query in asked.keys() - {"cases_wake_open"}:  # which means every open case
        transaction = connection.transaction()
        await transaction.start()
        try:
            plan = await connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {asked[query]}")
        except asyncpg.IntegrityConstraintViolationError:
            plan = []  # a plain INSERT of a row that is there
        await transaction.rollback()
        hits = re.findall(r"shared hit=(\d+)", str(plan))  # the first is of the whole plan
        pages[query] = int(hits[0]) if hits else 0
    await connection.close()
    assert {query: n for query, n in pages.items() if n > 500} == {}


@dataclass
class Counted:
    """A driver that counts what it is asked to do."""

    inner: SqliteDriver
    statements: list[str] = field(default_factory=list)
    hops: int = 0
    locks = False

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        async with self.inner.session() as session:
            counted = self

            class Counting:
                async def run(self, steps: Sequence[Step], *, last: bool = False) -> list[Rows]:
                    counted.statements += [step.query for step in steps]
                    counted.hops += 1
                    return await session.run(steps, last=last)

            yield Counting()

    async def close(self) -> None:
        await self.inner.close()


async def handled(size: int) -> Counted:
    """Handle a batch of messages as the desk does: look up, save, queue; then send."""
    driver = Counted(await SqliteDriver.open(":memory:"))
    store = Store(driver, Forms())
    ids = range(1, size + 1)
    async with store.unit() as unit:
        await unit.together(
            unit.seen([f"u{n}" for n in ids]),
            unit.settings(),
            unit.customers(ids),
            unit.cases(open_of=ids),
            unit.links([(n, n) for n in ids]),
        )
        changes = Changes(
            seen=[f"u{n}" for n in ids],
            customers=[customer(n) for n in ids],
            cases=[case(n, n) for n in ids],
            entries=[entry(n, 1) for n in ids],
            letters=[letter(n, case=n) for n in ids],
            links=[Link(n, n, n) for n in ids],
        )
        await unit.write(changes, NOON)
    handling = len(driver.statements)
    async with store.unit() as unit:
        claimed = await unit.claim(NOON, [], 99)
    async with store.unit() as unit:
        sent = [Sent(one.id, links=[Link(one.letter.chat, 9, 1)]) for one in claimed]
        await unit.finish(NOON, done=sent)
        await unit.claim(NOON, [], 99)
    await store.close()
    assert handling <= 12
    return driver


async def test_fifty_messages_take_no_more_statements_than_one() -> None:
    """Two hops to handle a batch, two to send and go on."""
    one, fifty = await handled(1), await handled(50)
    assert one.statements == fifty.statements
    assert one.hops == fifty.hops == 6
