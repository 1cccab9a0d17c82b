"""Versions of the configuration and counts of firings, on every database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from store_values import NOON, case

from bot.flows.model import Entry, Status
from bot.flows.session import Breaches, Wants
from bot.flows.versions import Version
from storage import Changes, RacedError, Store
from storage.migrate import missing
from storage.sqlite import SqliteDriver

if TYPE_CHECKING:
    from pathlib import Path


def version(number: int, **more: object) -> Version:
    return Version(version=number, at=NOON, by=1, by_name="安", doc={"n": number}, **more)


async def test_versions_are_listed_newest_first_and_one_is_read_whole(store: Store) -> None:
    """The list goes without the documents; one version comes with its own."""
    rows = [version(1), version(2, how="rolled_back", changed=("rules.danger.on",))]
    async with store.unit() as unit:
        await unit.write(Changes(versions=rows), NOON)
    async with store.unit() as unit:
        listed = await unit.versions(10)
        assert [one.version for one in listed] == [2, 1]
        assert listed[0] == rows[1].but(doc={})
        assert await unit.versions(1) == listed[:1]
        assert await unit.version(2) == rows[1]
        assert await unit.version(3) is None


async def test_a_version_is_given_out_once(store: Store) -> None:
    """Of two processes that apply version 2, the second fails whole and looks again."""
    async with store.unit() as unit:
        await unit.write(Changes(versions=[version(2)]), NOON)
    with pytest.raises(RacedError):
        async with store.unit() as unit:
            await unit.write(Changes(versions=[version(2)], settings={"config": {}}), NOON)
    async with store.unit() as unit:
        assert "config" not in (await unit.settings())[1]


async def test_firings_are_counted_by_day_as_the_timeline_grows(store: Store) -> None:
    """A rule's firings in the last 7 and 30 days; older ones count no more."""
    for days, n in ((0, 1), (0, 2), (6, 3), (7, 4), (29, 5), (30, 6)):
        at = NOON - timedelta(days=days)
        rows = [
            Entry(1, n, at, "rule", "desk", {"rule": "danger"}),
            Entry(2, n, at, "noted", "staff:1", {"rule": "danger"}),
        ]
        async with store.unit() as unit:
            await unit.write(Changes(entries=rows), at)
    async with store.unit() as unit:
        assert await unit.rule_counts(NOON) == {"danger": (3, 5)}


async def test_breaches_are_counted_by_day_target_category_and_owner(store: Store) -> None:
    """Those of the last 7 and 30 days; an owner of None is nobody."""
    missed = ((0, 7), (0, 7), (6, 7), (7, 7), (29, None), (30, 7))
    for n, (days, owner) in enumerate(missed, 1):
        at = NOON - timedelta(days=days)
        data = {"what": "accept", "due": "", "category": "billing", "owner": owner}
        async with store.unit() as unit:
            await unit.write(Changes(entries=[Entry(1, n, at, "missed", "desk", data)]), at)
    async with store.unit() as unit:
        assert await unit.breaches(NOON) == (
            Breaches("accept", "billing", 0, 0, 1),
            Breaches("accept", "billing", 7, 3, 4),
        )
        assert (await unit.papers(Wants(), NOON)).breaches == ()


async def test_the_papers_of_a_page_are_what_it_wants(store: Store) -> None:
    """Open cases only when asked for; a case by its number, closed or not."""
    cases = [case(1, status=Status.QUEUED), case(2, status=Status.CLOSED)]
    async with store.unit() as unit:
        await unit.write(Changes(cases=cases, versions=[version(1)]), NOON)
    async with store.unit() as unit:
        papers = await unit.papers(Wants(open_cases=True, case=2, version=1), NOON)
        assert [one.id for one in papers.open_cases or ()] == [1]
        assert papers.case == cases[1]
        assert papers.version == version(1)
        assert (await unit.papers(Wants(), NOON)).open_cases is None


async def test_a_database_of_an_older_release_has_its_configuration_as_first_version(
    tmp_path: Path,
) -> None:
    """What stood when the table was made is there to go back to."""
    import sqlite3  # noqa: PLC0415

    from storage.driver import migrations  # noqa: PLC0415

    path = tmp_path / "old.db"
    known = migrations("sqlite")
    old = sqlite3.connect(path)
    old.executescript(known[1][1])
    old.execute("""INSERT INTO settings VALUES ('config', '{"version": 4, "x": 1}', 1)""")
    old.execute(
        "CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        " applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)"
    )
    old.execute("INSERT INTO migrations (version, name) VALUES (1, '0001_desk')")
    old.commit()
    old.close()
    assert missing([1], known)
    await (await SqliteDriver.open(str(path))).close()
    store = await Store.open(f"sqlite:///{path}")
    async with store.unit() as unit:
        found = await unit.version(4)
    await store.close()
    assert found is not None
    assert found.doc["x"] == 1
