"""What follows from decisions and needs a look at the store: like cases, the size of a crisis.

Questions the core left open become reads of the same transaction, and their answers events.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows import events as e
from bot.flows.likes import CRISIS, facets, to_count
from storage.rows import Likes, LikesWanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from bot.flows.model import Case, Earlier
    from bot.flows.rules.timing import Timed
    from storage.unit import Unit


def likes_of(case: Case, at: datetime) -> Likes:
    """Return by what other cases find this one from now on."""
    return Likes(case.id, case.filed_at or at, apart=case.accused, values=facets(case))


async def counted(
    unit: Unit,
    put_off: Sequence[tuple[Case, AbstractSet[str]]],
    timed: Timed,
    at: datetime,
) -> list[e.Counted]:
    """Count cases like these, all in one read; each comes with the triggers put off for it."""
    asked = [
        (case.id, key.partition("/")[0], _wanted(case, key, value))
        for case, _ in put_off
        for key, value in to_count(case, timed).items()
    ]
    answers = await unit.likes([wanted for _, _, wanted in asked])
    found: dict[int, dict[str, tuple[tuple[bool, Earlier], ...]]] = {}
    for (number, facet, _), answer in zip(asked, answers, strict=True):
        found.setdefault(number, {})[facet] = tuple(answer)
    return [
        e.Counted(f"n{case.id}", at, case.id, frozenset(names), found.get(case.id, {}))
        for case, names in put_off
    ]


def _wanted(case: Case, key: str, value: str) -> LikesWanted:
    """Return the question for one of `likes.to_count`: `facet/days`."""
    facet, _, days = key.partition("/")
    filed = case.filed_at or case.since
    return LikesWanted(facet, value, filed - timedelta(days=int(days)), case.id, filed)


async def tallied(unit: Unit, crises: Iterable[int], at: datetime) -> list[e.Tallied]:
    """Count the cases of crises that ended."""
    return [
        e.Tallied(f"t{crisis}", at, crisis, await unit.tally(CRISIS, str(crisis)))
        for crisis in crises
    ]
