"""The outbox keeps each chat's order, lets danger pass, and never has two letters out at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from store_values import ANN, BOB, NOON, TEAM, later, letter, words

from bot.texts.letters import LOW, URGENT, Letter
from storage import (
    TOPIC,
    Changes,
    Failed,
    Link,
    Place,
    Retry,
    Sent,
    Store,
    StoreError,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from storage import Claimed


async def queue(store: Store, *letters: Letter, now: datetime = NOON) -> None:
    """Queue letters in one unit."""
    async with store.unit() as unit:
        await unit.write(Changes(letters=letters), now)


async def claim(
    store: Store, now: datetime = NOON, busy: Collection[int] = (), limit: int = 99
) -> list[Claimed]:
    """Claim in a unit of its own."""
    async with store.unit() as unit:
        return await unit.claim(now, busy, limit)


async def finish(store: Store, now: datetime = NOON, **outcome: object) -> None:
    """Record outcomes in a unit of their own."""
    async with store.unit() as unit:
        await unit.finish(now, **outcome)  # type: ignore[arg-type]


async def drain(store: Store, now: datetime = NOON) -> list[str]:
    """Deliver all that is due, and say what went out in its order."""
    said: list[str] = []
    while out := await claim(store, now):
        said += words(out)
        await finish(store, now, done=[Sent(one.id, letters=one.letter.then) for one in out])
    return said


async def test_one_letter_per_chat_is_out_at_a_time(store: Store) -> None:
    """The next of a chat leaves only after the one before it was delivered."""
    await queue(store, letter(ANN, "a1"), letter(ANN, "a2"), letter(BOB, "b1"))
    first = await claim(store)
    assert sorted(words(first)) == ["a1", "b1"]
    assert await claim(store) == []
    await finish(store, done=[Sent(one.id) for one in first])
    assert words(await claim(store)) == ["a2"]


async def test_a_letter_comes_back_with_every_field(store: Store) -> None:
    """Those that follow it included, each to its own chat and at its own time."""
    nested = letter(BOB, "inner", priority=LOW, due_at=later(9))
    follower = letter(ANN, "then", case=7, link="told", then=(nested,))
    sent = Letter(
        ANN, "editMessageText", {"text": "改", "n": [1, None]}, 7, 5, "card", URGENT, later(-1),
        in_topic=True, slot="card", fresh=True, coalesce="card:7", link="relay",
        origins=((1, 2), (-3, 4)), then=(follower,), album="g1",
    )  # fmt: skip
    await queue(store, sent)
    [claimed] = await claim(store)
    assert claimed.letter == sent
    assert claimed.attempts == 0


async def test_what_is_not_json_is_refused_at_once(store: Store) -> None:
    """The sentence names the method, and nothing of the unit is written."""
    strange = Letter(ANN, "sendMessage", {"text": object()})
    with pytest.raises(StoreError, match="sendMessage cannot be stored"):
        await queue(store, letter(ANN), strange)
    assert await claim(store) == []


async def test_busy_chats_and_letters_of_tomorrow_wait(store: Store) -> None:
    """A head that is not due holds its lane; the next due time is known."""
    await queue(
        store,
        letter(ANN, "held", due_at=later(5)),
        letter(ANN, "after"),
        letter(BOB, "b"),
    )
    assert await claim(store, busy=[BOB]) == []
    async with store.unit() as unit:
        assert await unit.next_due(NOON) == later(5)
        assert await unit.next_due(later(5)) is None
    assert await drain(store) == ["b"]
    assert await drain(store, later(5)) == ["held", "after"]


async def test_the_limit_takes_the_most_urgent_lanes(store: Store) -> None:
    """Then the oldest."""
    await queue(store, letter(1, "one"), letter(2, "two"), letter(3, "three", priority=URGENT))
    assert words(await claim(store, limit=2)) == ["three", "one"]


async def test_danger_overtakes_and_takes_its_own_case_along(store: Store) -> None:
    """The case's earlier letters are lifted, so its order stays; other cases wait."""
    await queue(store, letter(TEAM, "7a", case=7), letter(TEAM, "8a", case=8))
    await queue(store, letter(TEAM, "7b", case=7, priority=LOW), letter(TEAM, "8b", case=8))
    await queue(store, letter(TEAM, "8!", case=8, priority=URGENT), letter(TEAM, "none"))
    assert await drain(store) == ["8a", "8b", "8!", "7a", "none", "7b"]


async def test_a_newer_card_replaces_the_unsent_one_in_its_place(store: Store) -> None:
    """Same chat and key: one letter; another chat's, or one already out, is not touched."""
    await queue(store, letter(TEAM, "old", coalesce="card"), letter(TEAM, "next"))
    await queue(
        store,
        letter(TEAM, "new", coalesce="card"),
        letter(BOB, "bob's", coalesce="card"),
    )
    out = await claim(store)
    assert words(out) == ["new", "bob's"]
    await queue(store, letter(TEAM, "newest", coalesce="card"))
    await finish(store, done=[Sent(one.id) for one in out])
    assert await drain(store) == ["next", "newest"]


async def test_a_replacing_card_does_not_wait_longer_but_an_album_does(
    store: Store,
) -> None:
    """An album stays open while its parts keep coming."""
    due = later(1)
    await queue(
        store,
        letter(ANN, "c1", coalesce="c", due_at=due),
        letter(BOB, "p1", coalesce="g"),
    )
    async with store.unit() as unit:
        known = await unit.unsent_albums([(BOB, "g"), (ANN, "nothing")])
        assert words(known.values()) == ["p1"]
    await queue(
        store,
        letter(ANN, "c2", coalesce="c", due_at=later(9)),
        letter(BOB, "p1 p2", coalesce="g", album="g", due_at=later(9)),
    )
    assert await drain(store, due) == ["c2"]
    assert await drain(store, later(9)) == ["p1 p2"]


async def test_a_retry_stands_first_in_its_lane_and_counts(store: Store) -> None:
    """Unless it was not an attempt; a healed letter replaces the old one."""
    await queue(store, letter(ANN, "one"), letter(ANN, "two"))
    [out] = await claim(store)
    await finish(store, retry=[Retry(out.id, later(3), "429")])
    assert await claim(store, later(2)) == []
    [out] = await claim(store, later(3))
    assert (words([out]), out.attempts) == (["one"], 1)
    healed = letter(ANN, "one, healed")
    await finish(store, retry=[Retry(out.id, NOON, letter=healed, counted=False)])
    [out] = await claim(store)
    assert (words([out]), out.attempts) == (["one, healed"], 1)


async def test_a_retry_beside_a_newer_card_keeps_both_in_order(store: Store) -> None:
    """The key belongs to the newer one by then."""
    await queue(store, letter(ANN, "old", coalesce="c"))
    [out] = await claim(store)
    await queue(store, letter(ANN, "new", coalesce="c"))
    await finish(store, retry=[Retry(out.id, NOON)])
    await queue(store, letter(ANN, "newest", coalesce="c"))
    assert await drain(store) == ["old", "newest"]


async def test_a_failed_letter_is_kept_and_frees_its_lane(store: Store) -> None:
    """It can be queued again."""
    await queue(store, letter(ANN, "bad", coalesce="c"), letter(ANN, "good", coalesce="d"))
    [out] = await claim(store)
    await finish(store, later(1), failed=[Failed(out.id, "blocked")])
    async with store.unit() as unit:
        [kept] = await unit.failed_letters(9)
        assert (words([kept]), kept.error, kept.attempts) == (["bad"], "blocked", 1)
        assert kept.at == later(1)
    assert await drain(store) == ["good"]
    await finish(store, revive=[kept.id])
    assert await drain(store) == ["bad"]


async def test_what_a_delivery_leads_to_is_one_unit(store: Store) -> None:
    """The message is remembered, its slot stands, the follower is queued."""
    await queue(store, letter(TEAM, "topic", case=7, then=(letter(TEAM, "card", case=7),)))
    [out] = await claim(store)
    link, place = Link(TEAM, 90, 7, "relay"), Place(TEAM, 7, TOPIC, 40)
    sent = Sent(out.id, [link], [place], out.letter.then)
    await finish(store, done=[sent])
    async with store.unit() as unit:
        assert await unit.links([(TEAM, 90)]) == {(TEAM, 90): link}
    [after] = await claim(store)
    assert (words([after]), after.thread) == (["card"], 40)


async def test_topic_and_slot_are_looked_up_when_the_letter_leaves(
    store: Store,
) -> None:
    """Also the slots of letters that belong to no case."""
    places = [
        Place(TEAM, 7, TOPIC, 40),
        Place(TEAM, 7, "card", 41),
        Place(ANN, None, "menu", 3),
    ]
    async with store.unit() as unit:
        card, menu = (
            letter(TEAM, "card", case=7, slot="card"),
            letter(ANN, "menu", slot="menu"),
        )
        await unit.write(Changes(letters=[card, menu, letter(BOB)], places=places), NOON)
    found = {one.letter.chat: (one.thread, one.slot_message) for one in await claim(store)}
    assert found == {TEAM: (40, 41), ANN: (None, 3), BOB: (None, None)}


async def test_what_a_dead_process_had_out_is_queued_again(store: Store) -> None:
    """All of it, or only what was claimed before a time while others live."""
    await queue(store, letter(ANN, "a"), letter(BOB, "b"), letter(ANN, "a2"))
    await claim(store, NOON, busy=[BOB])
    await claim(store, later(60))
    async with store.unit() as unit:
        assert await unit.reclaim(later(61), before=later(30)) == 1
    [again] = await claim(store, later(61))
    assert (words([again]), again.attempts) == (["a"], 1)
    async with store.unit() as unit:
        assert await unit.reclaim(later(62)) == 2
    assert await drain(store, later(62)) == ["a", "b", "a2"]


async def test_a_group_that_became_a_supergroup_takes_its_letters_along(
    store: Store,
) -> None:
    """Followers too; slots and topics are forgotten, links cannot be mistaken for new ones."""
    old, new = -5, -1005
    follower = letter(old, "follower")
    await queue(
        store,
        letter(old, "out"),
        letter(old, "first", case=7, slot="card", coalesce="card", then=(follower,)),
        letter(old, "second", coalesce="x"),
        letter(new, "new card", coalesce="card"),
    )
    places, links = (
        [Place(old, 7, TOPIC, 40), Place(old, 7, "card", 41)],
        [Link(old, 41, 7)],
    )
    async with store.unit() as unit:
        await unit.write(Changes(places=places, links=links), NOON)
    [out] = await claim(store, busy=[new])
    async with store.unit() as unit:
        await unit.finish(NOON, retry=[Retry(out.id, NOON, counted=False)])
        await unit.write(Changes(readdress=[(old, new)]), NOON)
    async with store.unit() as unit:
        assert await unit.places([7]) == []
        assert await unit.links([(new, 41)]) == {}
    [first] = await claim(store)
    assert (first.letter.chat, words([first])) == (new, ["out"])
    await finish(store, done=[Sent(first.id)])
    assert await drain(store) == ["first", "second", "new card", "follower"]


async def test_a_letter_is_finished_once(store: Store) -> None:
    """A second report about it changes nothing, whatever it says."""
    await queue(store, letter(ANN, "a"), letter(ANN, "b"))
    [out] = await claim(store)
    await finish(store, done=[Sent(out.id)])
    await finish(store, retry=[Retry(out.id, NOON)], failed=[Failed(out.id, "late")])
    async with store.unit() as unit:
        assert await unit.failed_letters(9) == []
    assert await drain(store) == ["b"]


async def test_letters_without_a_time_are_due_at_once(store: Store) -> None:
    """Those of now, not of the process's clock."""
    await queue(store, letter(ANN), now=later(100))
    assert await claim(store, later(100) - timedelta(milliseconds=1)) == []
    assert len(await claim(store, later(100))) == 1
