"""Databases with many old cases, made of real ones: rows that the bot wrote, copied many times.

A small database is played by the bot itself; its rows are the pattern. Filled ones are kept in
`bench/data` from run to run; what a run leaves in them is put to rest before the next.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import orjson

from bench.crowd import FIRST_CUSTOMER, SPACING
from bench.processes import DATA, ROOT
from bot.flows.model import CASE_FORMAT
from bot.flows.people import CUSTOMER_FORMAT
from storage import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ENTRIES = 20
CASES_EACH = 3
"""Cases per stored customer."""
OPEN_EVERY = 30
"""One of so many stored cases is still open; it wants to be looked at in ten years."""
FAILED_EVERY = 10
"""One of so many stored cases left a letter that could not be delivered."""
TEN_YEARS_MS = 10 * 365 * 86_400_000
CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """One real case with everything that was kept of it."""

    customer: dict[str, Any]
    case: tuple[Any, ...]
    doc: dict[str, Any]
    entries: list[tuple[Any, ...]]
    links: list[tuple[Any, ...]]
    places: list[tuple[Any, ...]]


def name_of(stored: int) -> str:
    """Return the name of the database with so many cases; another schema has another name."""
    scripts = sorted((ROOT / "storage" / "migrations" / "sqlite").glob("*.sql"))
    text = b"".join(one.read_bytes() for one in scripts)
    form = hashlib.sha256(text + f"{CASE_FORMAT} {CUSTOMER_FORMAT}".encode()).hexdigest()[:8]
    return f"filled-{stored}-{form}.db"


def ready(stored: int) -> Path | None:
    """Return the kept database of that size with the last run's cases at rest, if there is one."""
    path = DATA / name_of(stored)
    if not path.is_file():
        return None
    with closing(sqlite3.connect(path)) as db:
        if not db.execute("SELECT 1 FROM settings WHERE key = 'bench:filled'").fetchone():
            return None
        (last,) = db.execute("SELECT max(id) FROM cases").fetchone()
        if last > stored * 1.1 and last > stored + 20_000:
            return None
        with db:
            db.execute("UPDATE cases SET open = 0, wake_at = NULL WHERE id > ?", (stored,))
            db.execute("DELETE FROM outbox WHERE state <> 'failed'")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def fill(pattern_file: Path, stored: int) -> Path:
    """Make a database with so many cases out of a small real one."""
    path = DATA / name_of(stored)
    for old in DATA.glob(f"filled-{stored}-*"):
        old.unlink()
    asyncio.run(_made(path))
    with closing(sqlite3.connect(pattern_file)) as db:
        patterns = list(_patterns(db))
        settings = db.execute("SELECT key, doc, changed FROM settings").fetchall()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        db.executemany("INSERT INTO settings VALUES (?, ?, ?)", settings)
        for first in range(1, stored + 1, CHUNK):
            _write(db, patterns, range(first, min(first + CHUNK, stored + 1)))
        db.execute("UPDATE counters SET n = ? WHERE name = 'case'", (stored,))
        db.execute(
            "UPDATE counters SET n = ? WHERE name = 'settings'", (max(one[2] for one in settings),)
        )
        db.execute("INSERT INTO settings VALUES ('bench:filled', 'true', 0)")
        db.commit()
        db.execute("PRAGMA journal_mode = WAL")
    os.sync()  # or the disk would still be busy with it while the bot is measured
    return path


async def _made(path: Path) -> None:
    await (await Store.open(f"sqlite:///{path}")).close()


def _patterns(db: sqlite3.Connection) -> Iterator[Pattern]:
    found = "SELECT id, customer_id, status, doc FROM cases WHERE filed_at IS NOT NULL"
    for case in db.execute(found).fetchall():
        number, customer = case[:2]
        rows = [
            db.execute(sql, (number,)).fetchall()
            for sql in (
                "SELECT at, kind, actor, doc FROM timeline WHERE case_id = ? ORDER BY n",
                "SELECT * FROM links WHERE case_id = ?",
                "SELECT chat_id, slot, message_id FROM places WHERE case_id = ?",
            )
        ]
        (doc,) = db.execute("SELECT doc FROM customers WHERE id = ?", (customer,)).fetchone()
        entries = (rows[0] * ENTRIES)[:ENTRIES]
        yield Pattern(orjson.loads(doc), case, orjson.loads(case[-1]), entries, rows[1], rows[2])


Made = list[tuple[Any, ...]]


def _write(db: sqlite3.Connection, patterns: list[Pattern], numbers: Iterable[int]) -> None:
    """Write these cases with all that belongs to them."""
    rows: dict[str, Made] = {table: [] for table in INSERTS}
    now = int(time.time() * 1000)
    for number in numbers:
        _one(rows, patterns[number % len(patterns)], number, now)
    for table, made in rows.items():
        db.executemany(INSERTS[table], made)


INSERTS = {
    "customers": "INSERT INTO customers VALUES (?, ?, ?)",
    "cases": (
        "INSERT INTO cases (id, customer_id, status, open, owner, filed_at, wake_at, format, doc)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "timeline": "INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?)",
    "links": "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?)",
    "places": "INSERT INTO places VALUES (?, ?, ?, ?)",
    "seen": "INSERT INTO seen VALUES (?, ?)",
    "outbox": (
        "INSERT INTO outbox (chat_id, priority, due_at, state, state_at, case_id, slot, merge_key,"
        " rev, attempts, error, letter)"
        " VALUES (?, 5, ?, 'failed', ?, ?, '', '', 0, 3, 'Forbidden: bot was blocked', ?)"
    ),
}
SEEN_EACH = 7
LETTER = orjson.dumps({"method": "sendMessage", "params": {"text": "It's filed." * 20}}).decode()


def _one(rows: dict[str, Made], pattern: Pattern, number: int, now: int) -> None:
    """Add one stored case."""
    customer = FIRST_CUSTOMER + number // CASES_EACH * SPACING
    at = now - 1000 * number  # long ago, a second apart
    first = 20 * number  # message ids
    if number % CASES_EACH == 0 or number == 1:
        doc = pattern.customer | {"id": customer, "dialog": None, "focus": number}
        rows["customers"].append((customer, CUSTOMER_FORMAT, orjson.dumps(doc).decode()))
    is_open = number % OPEN_EVERY == 0
    wake = now + TEN_YEARS_MS if is_open else None
    status = pattern.case[2] if is_open else "closed"
    case = pattern.doc | {"id": number, "customer": customer, "status": status}
    rows["cases"].append(
        (
            number,
            customer,
            status,
            int(is_open),
            None,
            at,
            wake,
            CASE_FORMAT,
            orjson.dumps(case).decode(),
        )
    )
    rows["timeline"] += [(number, n, at, *entry[1:]) for n, entry in zip(count(1), pattern.entries)]
    for n, link in enumerate(pattern.links):
        chat = customer if link[0] > 0 else link[0]
        rows["links"].append((chat, first + n, number, link[3], None, None))
    rows["places"] += [(number, chat, slot, first) for chat, slot, _ in pattern.places]
    rows["seen"] += [(f"u{10_000_000 + SEEN_EACH * number + n}", at) for n in range(SEEN_EACH)]
    if number % FAILED_EVERY == 0:
        rows["outbox"].append((customer, at, at, number, LETTER))
