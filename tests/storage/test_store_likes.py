"""Like cases: found by what they share, newest first, within the time asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from store_values import NOON, later

from storage import Changes, Likes, LikesWanted

if TYPE_CHECKING:
    from storage import Store


async def keep(store: Store, *likes: Likes) -> None:
    async with store.unit() as unit:
        await unit.write(Changes(likes=likes), NOON)


def like(number: int, seconds: float, *, apart: bool = False, **values: str) -> Likes:
    return Likes(number, later(seconds), apart=apart, values=values)


def wanted(facet: str, value: str, case: int, seconds: float, days: int = 1) -> LikesWanted:
    at = later(seconds)
    return LikesWanted(facet, value, at - timedelta(days=days), case, at)


async def numbers(store: Store, *questions: LikesWanted) -> list[list[int]]:
    async with store.unit() as unit:
        answers = await unit.likes(questions)
    return [[one.case for _, one in answer] for answer in answers]


async def test_cases_that_share_a_value_are_told_newest_first_each_question_by_itself(
    store: Store,
) -> None:
    await keep(
        store,
        like(1, 10, product="电饭煲", category="delivery"),
        like(2, 20, product="电饭煲", category="billing"),
        like(3, 30, product="破壁机", category="delivery"),
    )
    asked = [
        wanted("product", "电饭煲", 9, 40),
        wanted("category", "delivery", 9, 40),
        wanted("place", "电饭煲", 9, 40),
    ]
    assert await numbers(store, *asked) == [[2, 1], [3, 1], []]
    assert await numbers(store) == []


async def test_later_ones_itself_and_those_too_long_ago_do_not_count(store: Store) -> None:
    day = 86400.0
    await keep(store, *(like(n, n * day, product="x") for n in range(1, 6)))
    assert await numbers(store, wanted("product", "x", 4, 4 * day, days=2)) == [[3, 2]]
    await keep(store, like(6, 4 * day, product="x"))
    assert await numbers(store, wanted("product", "x", 4, 4 * day, days=1)) == [[3]]
    assert await numbers(store, wanted("product", "x", 6, 4 * day, days=1)) == [[4, 3]]


async def test_no_more_than_fifty_are_told_and_these_are_the_newest(store: Store) -> None:
    await keep(store, *(like(n, n, category="delivery") for n in range(1, 81)))
    (found,) = await numbers(store, wanted("category", "delivery", 99, 90))
    assert found == list(range(80, 30, -1))


async def test_what_a_case_is_found_by_is_replaced_as_a_whole(store: Store) -> None:
    await keep(store, like(1, 10, product="x", place="y"))
    await keep(store, like(1, 10, apart=True, product="z"))
    asked = [wanted(*pair, 9, 40) for pair in (("product", "x"), ("place", "y"), ("product", "z"))]
    assert await numbers(store, *asked) == [[], [], [1]]
    async with store.unit() as unit:
        ((apart, one),) = (await unit.likes([asked[2]]))[0]
        assert apart
        assert one.filed_at == later(10)
        assert await unit.tally("product", "z") == 1
        assert await unit.tally("product", "x") == 0
