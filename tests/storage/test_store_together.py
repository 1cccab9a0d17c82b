"""Two at once: nothing is lost, nothing is done twice, and nobody waits in a circle."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from store_values import ANN, BOB, NOON, case, customer, letter

from bot.flows.model import Status
from storage import Changes, RacedError, Sent, Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def test_a_unit_waits_for_the_one_that_has_the_customer(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """Even for a customer nobody has written down yet."""
    other = await another()
    has_read, waiting = asyncio.Event(), asyncio.Event()
    steps: list[str] = []

    async def first() -> None:
        async with store.unit() as unit:
            assert await unit.customers([ANN]) == {}
            has_read.set()
            await waiting.wait()
            await unit.write(Changes(customers=[customer(name="first")]), NOON)
            steps.append("first writes")

    async def second() -> None:
        await has_read.wait()
        asyncio.get_running_loop().call_soon(waiting.set)
        async with other.unit() as unit:
            found = await unit.customers([ANN])
            steps.append(f"second reads {found[ANN].name}")

    await asyncio.gather(first(), second())
    assert steps == ["first writes", "second reads first"]


async def test_read_modify_write_never_loses(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """Forty units of two processes count on one customer and one case, in any order."""
    stores = [store, await another()]
    async with store.unit() as unit:
        await unit.write(Changes(cases=[case(1, ANN), case(2, BOB)]), NOON)

    async def count(n: int) -> None:
        async with stores[n % 2].unit() as unit:
            if n % 3:
                cases, people = await unit.cases([1]), await unit.customers([ANN])
            else:
                await unit.lock([ANN], [2, 1])
                people, cases = await unit.together(unit.customers([ANN]), unit.cases([1]))
            ann = people.get(ANN, customer(name="0"))
            ann = ann.but(name=str(int(ann.name) + 1))
            one = cases[1].but(entries=cases[1].entries + 1)
            await unit.write(Changes(customers=[ann], cases=[one]), NOON)

    await asyncio.gather(*(_until_it_passes(count, n) for n in range(40)))
    async with store.unit() as unit:
        assert (await unit.customers([ANN]))[ANN].name == "40"
        assert (await unit.cases([1]))[1].entries == 40


async def test_units_that_wait_in_a_circle_are_told_apart(postgres_url: str) -> None:
    """Lanes taken one by one in opposite order: one unit is raced, tried again, and both count."""
    stores = [await Store.open(postgres_url) for _ in range(2)]
    both_hold_one = asyncio.Barrier(2)
    tries: list[int] = []

    async def take(n: int) -> None:
        tries.append(n)
        async with stores[n].unit() as unit:
            for id_ in (ANN, BOB) if n else (BOB, ANN):
                found = (await unit.customers([id_])).get(id_, customer(id_, name="0"))
                found = found.but(name=str(int(found.name) + 1))
                await unit.write(Changes(customers=[found]), NOON)
                if len(tries) == len(stores):
                    await both_hold_one.wait()
                    tries.append(-1)

    await asyncio.gather(*(_until_it_passes(take, n) for n in range(2)))
    async with stores[0].unit() as unit:
        assert [one.name for one in (await unit.customers([ANN, BOB])).values()] == ["2", "2"]
    assert sorted(tries) in ([-1, -1, 0, 0, 1], [-1, -1, 0, 1, 1])
    for one in stores:
        await one.close()


async def test_case_numbers_are_given_out_once(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """By however many processes."""
    stores = [store, await another()]
    given: list[int] = []

    async def give(n: int) -> None:
        async with stores[n % 2].unit() as unit:
            number = await unit.last_case_number() + 1
            await unit.write(Changes(last_number=number), NOON)
        given.append(number)

    await asyncio.gather(*(give(n) for n in range(20)))
    assert sorted(given) == list(range(1, 21))


async def test_settings_stamps_follow_the_order_of_commits(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """A reader that goes on from its stamp misses none, whoever wrote."""
    stores = [store, await another()]
    seen: dict[str, int] = {}

    async def put(n: int) -> None:
        async with stores[n % 2].unit() as unit:
            await unit.write(Changes(settings={f"k{n}": n}), NOON)

    async def follow() -> None:
        stamp = 0
        while len(seen) < 20:
            async with stores[1].unit() as unit:
                stamp, fresh = await unit.settings(stamp)
                seen.update(fresh)

    await asyncio.gather(follow(), *(put(n) for n in range(20)))
    assert seen == {f"k{n}": n for n in range(20)}


async def test_two_senders_never_hold_the_same_lane(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """Four of them drain eight chats; each chat's letters leave once and in order."""
    stores = [store, await another()]
    letters = [letter(chat, f"{chat}.{n}") for n in range(6) for chat in range(1, 9)]
    async with store.unit() as unit:
        await unit.write(Changes(letters=letters), NOON)
    out: set[int] = set()
    said: dict[int, list[str]] = {chat: [] for chat in range(1, 9)}

    async def send(n: int) -> None:
        while sum(map(len, said.values())) < len(letters):
            async with stores[n % 2].unit() as unit:
                claimed = await unit.claim(NOON, [], 3)
            chats = {one.letter.chat for one in claimed}
            assert not chats & out
            out.update(chats)
            for one in claimed:
                said[one.letter.chat].append(one.letter.params["text"])
            await asyncio.sleep(0)
            out.difference_update(chats)
            async with stores[n % 2].unit() as unit:
                await unit.finish(NOON, done=[Sent(one.id) for one in claimed])

    await asyncio.gather(*(_until_it_passes(send, n) for n in range(4)))
    assert said == {chat: [f"{chat}.{n}" for n in range(6)] for chat in said}


async def test_two_claims_at_the_same_time_share_the_lanes(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """The second steps aside for what the first has not committed yet."""
    other = await another()
    async with store.unit() as unit:
        await unit.write(Changes(letters=[letter(ANN, "a"), letter(ANN, "b")]), NOON)
    taken: list[str] = []

    async def take(from_: Store) -> None:
        async with from_.unit() as unit:
            taken.extend(one.letter.params["text"] for one in await unit.claim(NOON, [], 9))
            await asyncio.sleep(0)

    await asyncio.gather(take(store), take(other))
    assert taken == ["a"]


async def test_the_same_key_by_two_processes_is_handled_once(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """The slower one is told, and its whole unit is gone."""
    stores = [store, await another()]
    handled: list[int] = []

    async def handle(n: int) -> None:
        async with stores[n % 2].unit() as unit:
            if await unit.seen(["u1"]):
                return
            await unit.write(Changes(seen=["u1"], customers=[customer(n)]), NOON)
        handled.append(n)

    await asyncio.gather(*(_until_it_passes(handle, n) for n in (1, 2, 3, 4)))
    assert len(handled) == 1
    async with store.unit() as unit:
        assert set(await unit.customers([1, 2, 3, 4])) == set(handled)


async def test_an_exception_leaves_nothing_behind(store: Store) -> None:
    """Not even what a later read had already carried to the database."""
    with pytest.raises(LookupError):
        await _write_then_fail(store)
    async with store.unit() as unit:
        assert await unit.customers([ANN]) == {}
        assert await unit.cases(open_of=[ANN]) == {}
        assert await unit.claim(NOON, [], 9) == []


async def _write_then_fail(store: Store) -> None:
    async with store.unit() as unit:
        await unit.write(Changes(customers=[customer()], letters=[letter(ANN)]), NOON)
        assert set(await unit.customers([ANN])) == {ANN}
        await unit.write(Changes(cases=[case(1, status=Status.QUEUED)]), NOON)
        raise LookupError


async def test_a_cancelled_unit_leaves_nothing_behind(store: Store) -> None:
    """Nor a lock that others would wait for."""
    begun = asyncio.Event()

    async def hang() -> None:
        async with store.unit() as unit:
            await unit.write(Changes(customers=[customer()]), NOON)
            await unit.customers([ANN])
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.unit() as unit:
        assert await unit.customers([ANN]) == {}


async def test_cancelling_at_any_step_keeps_the_store_usable(store: Store) -> None:
    """A unit is there as a whole or not at all, wherever the cancellation strikes."""

    async def save(n: int) -> None:
        async with store.unit() as unit:
            await unit.customers([n])
            await unit.write(Changes(customers=[customer(n)], cases=[case(n, n)]), NOON)

    for n in range(1, 25):
        task = asyncio.create_task(save(n))
        for _ in range(n):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await save(99)
    async with store.unit() as unit:
        people, cases = await unit.customers(range(100)), await unit.cases(range(100))
        assert set(people) == set(cases) >= {99}


async def test_a_unit_with_a_failed_statement_writes_nothing(store: Store) -> None:
    """Even if somebody swallows the error."""
    async with store.unit() as unit:
        await unit.write(Changes(seen=["u1"]), NOON)
    with pytest.raises(StoreError, match="nothing of it is written"):
        await _swallow(store)
    async with store.unit() as unit:
        assert await unit.customers([ANN]) == {}


async def _swallow(store: Store) -> None:
    async with store.unit() as unit:
        await unit.write(Changes(customers=[customer()], seen=["u1"]), NOON)
        with pytest.raises(RacedError):
            await unit.customers([ANN])


async def _until_it_passes(work: Callable[[int], Awaitable[None]], n: int) -> None:
    """Try again when raced, as the loops of the desk do."""
    while True:
        try:
            return await work(n)
        except RacedError:
            continue
