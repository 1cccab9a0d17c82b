"""What was written or read here a moment ago is not parsed again, and is never out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_values import ANN, NOON, case, customer

from storage import Changes, StoreError
from storage.upgrade import KNOWN, Forms

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage import Store


async def test_what_another_process_wrote_is_what_is_read(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    """This process remembers its own version of a customer, the database has a newer one."""
    async with store.unit() as unit:
        await unit.write(Changes(customers=[customer(name="Ann")], cases=[case(1, ANN)]), NOON)
    async with (await another()).unit() as unit:
        await unit.write(Changes(customers=[customer(name="Annie")]), NOON)
    async with store.unit() as unit:
        people, cases = await unit.together(unit.customers([ANN]), unit.cases([1]))
    assert people[ANN].name == "Annie"
    assert cases[1] == case(1, ANN)


async def test_what_was_undone_is_not_read(store: Store) -> None:
    """A unit that fails has written nothing, whatever is remembered of it."""
    async with store.unit() as unit:
        await unit.write(Changes(customers=[customer(name="Ann")]), NOON)

    async def failing() -> None:
        async with store.unit() as unit:
            await unit.write(Changes(customers=[customer(name="Nobody")]), NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    async with store.unit() as unit:
        assert (await unit.customers([ANN]))[ANN].name == "Ann"


def test_only_so_many_are_remembered() -> None:
    """Those handled longest ago make way, and are read as ever."""
    form = Forms().customer
    docs = {n: form.dump(n, customer(n)) for n in range(1, KNOWN + 3)}
    assert sorted(form.known) == list(range(3, KNOWN + 3))
    last = KNOWN + 2
    assert form.recall(last, form.format, docs[last]) is form.known[last][1]
    assert form.recall(1, form.format, docs[1]) == customer(1)


async def test_a_unit_committed_with_its_last_question_takes_nothing_more(store: Store) -> None:
    """What was written before goes with it; what comes after is refused, not lost."""

    async def late() -> None:
        async with store.unit() as unit:
            await unit.write(Changes(customers=[customer(name="Ann")]), NOON)
            await unit.together(unit.customers([ANN]), unit.next_wake(), last=True)
            await unit.write(Changes(customers=[customer(name="Late")]), NOON)

    with pytest.raises(StoreError, match="open another one"):
        await late()
    async with store.unit() as unit:
        assert (await unit.customers([ANN]))[ANN].name == "Ann"
