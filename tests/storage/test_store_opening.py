"""Opening a database: its tables are made once, and what cannot work says why in one sentence."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import pytest
from postgres_server import database, say
from store_values import ANN, NOON, case, customer

from bot.flows.model import CASE_FORMAT, Case, Status
from bot.flows.people import Customer
from storage import Changes, Store, StoreError, TooNewError, WrongUrlError
from storage.driver import migrations
from storage.upgrade import Doc, Form, Forms

if TYPE_CHECKING:
    from pathlib import Path


async def put(url: str, sql: str) -> None:
    """Change the database behind the store's back."""
    if url.startswith("postgres"):
        await say(url, sql)
        return
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    "url",
    ["", "complaints.db", "sqlite://", "sqlite:///", "sqlite:///folder/", "mysql://h/db"],
)
async def test_a_wrong_url_is_one_sentence(url: str) -> None:
    """It says what would be right, and shows no password."""
    with pytest.raises(WrongUrlError, match=r"DATABASE_URL must be sqlite:///file\.db"):
        await Store.open(url)


async def test_a_database_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    """A folder that is missing, a server that is down, a file that is something else."""
    with pytest.raises(StoreError, match="cannot be opened"):
        await Store.open(f"sqlite:///{tmp_path}/missing/desk.db")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        await Store.open(f"postgresql://desk:secret@/desk?host={tmp_path}")
    assert "secret" not in str(caught.value)
    (tmp_path / "notes.txt").write_text("not a database " * 99)
    with pytest.raises(StoreError, match="refused: file is not a database"):
        await Store.open(f"sqlite:///{tmp_path}/notes.txt")


async def test_what_was_stored_is_there_when_opened_again(lasting_url: str) -> None:
    """And the tables are not made twice."""
    for n in (1, 2, 3):
        store = await Store.open(lasting_url)
        async with store.unit() as unit:
            assert set(await unit.customers(range(9))) == set(range(1, n))
            await unit.write(Changes(customers=[customer(n)]), NOON)
        await store.close()


async def test_several_processes_may_open_a_new_database_at_once(
    file_url: str, postgres_server: str
) -> None:
    """One makes the tables, the others wait."""
    async with database(postgres_server) as postgres_url:
        for url in (file_url, postgres_url):
            stores = await asyncio.gather(*(Store.open(url) for _ in range(4)))
            await asyncio.gather(*(store.close() for store in stores))


async def test_a_database_of_a_newer_release_is_refused(
    file_url: str, postgres_server: str
) -> None:
    """The sentence names both versions, and nothing is touched."""
    async with database(postgres_server) as postgres_url:
        for url in (file_url, postgres_url):
            await (await Store.open(url)).close()
            await put(url, "INSERT INTO migrations (version, name) VALUES (999, 'later')")
            with pytest.raises(TooNewError, match=r"version 999, this release knows \d+"):
                await Store.open(url)


def test_both_databases_have_the_same_migrations() -> None:
    """By number and name."""
    names = [{n: name for n, (name, _) in migrations(d).items()} for d in ("sqlite", "postgres")]
    assert names[0] == names[1] != {}


async def test_a_closed_store_says_so(store: Store) -> None:
    """Instead of waiting for ever."""
    await store.close()
    with pytest.raises(StoreError, match=r"closed|closing"):
        await _read(store)


async def _read(store: Store) -> None:
    async with store.unit() as unit:
        await unit.seen(["u1"])


async def test_a_unit_inside_a_unit_is_refused_where_it_would_wait_for_itself() -> None:
    """SQLite has one writer."""
    store = await Store.open("sqlite:///:memory:")
    async with store.unit():
        with pytest.raises(StoreError, match="inside another"):
            await _read(store)
    await store.close()


def _renamed(doc: Doc) -> Doc:
    return doc | {"outcome": doc.get("outcome", "") + " (old)"}


def _opened(doc: Doc) -> Doc:
    return doc | {"status": "handed_off"}


async def test_cases_and_drafts_of_an_older_release_are_brought_up(lasting_url: str) -> None:
    """Step by step when read, and for good when next saved."""
    store = await Store.open(lasting_url)
    async with store.unit() as unit:
        cases = [case(1, outcome="paid"), case(2, status=Status.CLOSED)]
        await unit.write(Changes(cases=cases, customers=[customer(name="Ann")]), NOON)
    await store.close()

    newer = Forms(
        case=Form(Case, CASE_FORMAT + 2, {CASE_FORMAT: _renamed, CASE_FORMAT + 1: _opened}),
        customer=Form(Customer, 2, {1: lambda doc: doc | {"name": doc["name"].upper()}}),
    )
    store = await Store.open(lasting_url, newer)
    async with store.unit() as unit:
        found = (await unit.cases([1]))[1]
        assert (found.outcome, found.status) == ("paid (old)", Status.HANDED_OFF)
        assert (await unit.customers([ANN]))[ANN].name == "ANN"
        await unit.write(Changes(cases=[found]), NOON)
        assert await unit.cases([1]) == {1: found}
    await store.close()

    store = await Store.open(lasting_url)
    with pytest.raises(TooNewError, match="A case was stored by a newer release"):
        await _read_cases(store)
    await store.close()


async def _read_cases(store: Store) -> None:
    async with store.unit() as unit:
        await unit.cases([1])


def test_a_format_without_a_way_up_is_a_mistake_found_at_start() -> None:
    """And one older than all ways up asks for an older release."""
    with pytest.raises(TypeError, match=r"no way on from \[2\]"):
        Form(Case, 3, {1: _renamed})
    with pytest.raises(StoreError, match="format 1 can no longer be read"):
        Form(Case, 3, {2: _renamed}).load(1, "{}")
