"""What is written is found again, the same way on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store_values import (
    ANN,
    BOB,
    NOON,
    TEAM,
    case,
    customer,
    entry,
    later,
    letter,
    words,
)

from bot.flows.events import Media
from bot.flows.model import Fact, Status
from bot.flows.people import Dialog
from storage import TOPIC, Attached, Changes, Dead, Link, Place, RacedError, Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def save(store: Store, **fields: object) -> None:
    """Write changes in a unit of their own."""
    async with store.unit() as unit:
        await unit.write(Changes(**fields), NOON)  # type: ignore[arg-type]


async def test_a_case_comes_back_as_it_was(store: Store) -> None:
    """Facts in Chinese, amounts and instants to the microsecond survive."""
    fact = Fact(value="12800", shown="128元", at=later(0.000123), currency="CNY")
    ours = case(7, facts={"amount": fact}, wake_at=later(60.5), status=Status.QUEUED)
    ann = customer(name="安", dialog=Dialog(step="story", case=7, asked=("when",)))
    await save(store, cases=[ours], customers=[ann])
    async with store.unit() as unit:
        assert await unit.cases([7]) == {7: ours}
        assert await unit.customers([ANN, BOB]) == {ANN: ann}


async def test_cases_by_id_and_open_ones_of_customers_come_in_one_answer(
    store: Store,
) -> None:
    """Closed cases of a customer come only when asked for by number."""
    closed = case(3, status=Status.CLOSED)
    await save(store, cases=[case(1), case(2, BOB), closed, case(4, 99)])
    async with store.unit() as unit:
        assert set(await unit.cases([4], [ANN, BOB])) == {1, 2, 4}
        assert set(await unit.cases([3, 1], [ANN])) == {1, 3}
        assert await unit.cases() == {}


async def test_recent_cases_are_newest_first(store: Store) -> None:
    """Open or closed, and no more than asked for."""
    await save(store, cases=[case(n, status=Status.CLOSED) for n in range(1, 6)])
    async with store.unit() as unit:
        assert [one.id for one in await unit.recent_cases(ANN, 3)] == [5, 4, 3]


async def test_the_staff_lists_show_open_cases_oldest_first(store: Store) -> None:
    """By status for the queue, by owner for `/mine`."""
    queued = [case(n, status=Status.QUEUED) for n in (4, 2)]
    mine = case(3, status=Status.IN_PROGRESS, owner=BOB)
    done = case(1, status=Status.CLOSED, owner=BOB)
    await save(store, cases=[*queued, mine, done])
    async with store.unit() as unit:
        found = await unit.queue([Status.QUEUED, Status.IN_PROGRESS, Status.CLOSED], 9)
        assert [one.id for one in found] == [2, 3, 4]
        assert [one.id for one in await unit.queue([Status.QUEUED], 1)] == [2]
        assert [one.id for one in await unit.owned(BOB, 9)] == [3]


async def test_cases_wake_when_their_time_has_come_and_not_before(store: Store) -> None:
    """A wake-up between two milliseconds is due after it, never before."""
    await save(
        store,
        cases=[case(1, wake_at=later(5.0002)), case(2, wake_at=later(1)), case(3)],
    )
    async with store.unit() as unit:
        assert await unit.next_wake() == later(1)
        assert await unit.due(later(5), 9) == [2]
        assert await unit.due(later(5.001), 9) == [2, 1]
        assert await unit.due(later(9), 1) == [2]


async def test_a_rule_edit_wakes_every_open_case(store: Store) -> None:
    """The case read afterwards knows of it, a closed one is left alone."""
    closed = case(3, status=Status.CLOSED, wake_at=later(90))
    await save(store, cases=[case(1, wake_at=later(50)), case(2), closed])
    async with store.unit() as unit:
        await unit.wake_open(later(1))
        assert await unit.due(later(1), 9) == [1, 2]
        cases = await unit.cases([1, 2, 3])
        assert [one.wake_at for one in cases.values()] == [
            later(1),
            later(1),
            later(90),
        ]


async def test_the_timeline_is_read_from_any_row_on(store: Store) -> None:
    """In order, and of one case alone."""
    rows = [entry(1, n, text=f"第{n}句") for n in (1, 2, 3)]
    await save(store, entries=[*rows, entry(2, 1)])
    async with store.unit() as unit:
        assert await unit.timeline(1) == rows
        assert await unit.timeline(1, after=2) == rows[2:]


async def test_a_row_of_the_timeline_is_never_written_twice(store: Store) -> None:
    """The second writer is told that it was raced."""
    await save(store, entries=[entry(1, 1, text="first")])
    raced = False
    try:
        await save(store, entries=[entry(1, 1, text="second")])
    except RacedError:
        raced = True
    async with store.unit() as unit:
        assert (await unit.timeline(1))[0].data == {"text": "first"}
    assert raced


async def test_a_key_counts_once(store: Store) -> None:
    """A key that is written again fails the whole unit, and old keys can be pruned."""
    await save(store, seen=["u1", "u2"])
    raced = False
    try:
        await save(store, seen=["u2"], customers=[customer()])
    except RacedError:
        raced = True
    async with store.unit() as unit:
        assert raced
        assert await unit.customers([ANN]) == {}
        assert await unit.seen(["u1", "u3"]) == {"u1"}
        assert await unit.seen([]) == set()
        assert await unit.prune_seen(NOON, 9) == 0
        assert await unit.prune_seen(later(1), 1) == 1
        assert await unit.prune_seen(later(1), 9) == 1


async def test_a_warm_process_reads_only_settings_that_changed(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """Whichever process changed them."""
    await save(store, settings={"team": {"chat": TEAM}, "staff:5": {"name": "李"}})
    other = await another()
    async with other.unit() as unit:
        stamp, all_of_them = await unit.settings()
        assert all_of_them == {"team": {"chat": TEAM}, "staff:5": {"name": "李"}}
        assert await unit.settings(stamp) == (stamp, {})
    await save(store, settings={"team": None})
    async with other.unit() as unit:
        newer, changed = await unit.settings(stamp)
        assert changed == {"team": None}
        assert newer > stamp


async def test_a_message_finds_its_case_and_its_copies(store: Store) -> None:
    """By its own address, and by that of the message it is a copy of."""
    copy = Link(TEAM, 90, 7, "relay", ANN, 5)
    second = Link(TEAM, 91, 7, "relay", ANN, 5)
    bare = Link(ANN, 6, None, "prompt")
    await save(store, links=[copy, second, bare])
    async with store.unit() as unit:
        assert await unit.links([(TEAM, 90), (ANN, 6), (ANN, 90)]) == {
            (TEAM, 90): copy,
            (ANN, 6): bare,
        }
        assert await unit.copies([(ANN, 5), (ANN, 6)]) == {(ANN, 5): [copy, second]}
    await save(store, links=[Link(TEAM, 90, 8)])
    async with store.unit() as unit:
        assert (await unit.links([(TEAM, 90)]))[TEAM, 90].case == 8


async def test_slots_and_topics_are_found_both_ways(store: Store) -> None:
    """From the case to the message, and from the message or thread to the case."""
    topic, card = Place(TEAM, 7, TOPIC, 40), Place(TEAM, 7, "card", 41)
    menu = Place(ANN, None, "menu", 3)
    await save(store, places=[topic, card, menu])
    async with store.unit() as unit:
        assert sorted(await unit.places([7]), key=lambda place: place.message) == [
            topic,
            card,
        ]
        assert await unit.topics([(TEAM, 40), (TEAM, 41)]) == {(TEAM, 40): 7}
        assert await unit.places_at([(TEAM, 41), (ANN, 3)]) == {
            (TEAM, 41): [card],
            (ANN, 3): [menu],
        }
    moved = Place(TEAM, 7, "card", 55)
    await save(store, drop_places=[(TEAM, 7, TOPIC), (ANN, None, "menu")], places=[moved])
    async with store.unit() as unit:
        assert await unit.places([7]) == [moved]
        assert await unit.places_at([(ANN, 3)]) == {}


async def test_attachments_and_dead_letters_are_kept(store: Store) -> None:
    """Media by reference; an update that could not be handled with its error."""
    photo = Attached(7, 1, Media("photo", "F1", "U1", "发票.jpg", 9, "al", {"w": 3}))
    dead = [Dead(f"u{n}", later(n), "Boom", {"update_id": n}) for n in (1, 2)]
    await save(store, media=[photo], dead=dead)
    async with store.unit() as unit:
        assert await unit.media(7) == [photo]
        found = await unit.dead_letters(9)
        assert [(one.key, one.at, one.update) for one in found] == [
            ("u2", later(2), {"update_id": 2}),
            ("u1", later(1), {"update_id": 1}),
        ]


async def test_case_numbers_go_on_where_they_stopped(store: Store) -> None:
    """The last one given out is part of the unit that gave it."""
    async with store.unit() as unit:
        assert await unit.last_case_number() == 0
        await unit.write(Changes(last_number=1042), NOON)
        assert await unit.last_case_number() == 1042
    async with store.unit() as unit:
        assert await unit.last_case_number() == 1042


async def test_several_questions_are_answered_in_their_order(store: Store) -> None:
    """Empty questions among them."""
    await save(store, seen=["u1"], customers=[customer()], letters=[letter(ANN, coalesce="x")])
    async with store.unit() as unit:
        seen, none, people, albums = await unit.together(
            unit.seen(["u1"]),
            unit.links([]),
            unit.customers([ANN]),
            unit.unsent_albums([(ANN, "x"), (BOB, "x")]),
        )
        assert (seen, none, set(people)) == ({"u1"}, {}, {ANN})
        assert set(albums) == {(ANN, "x")}
        assert words(albums.values()) == ["hello"]
