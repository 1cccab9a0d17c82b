"""How many targets past cases missed, and would have missed with other hours or another table.

Reckoned from each case's own times: when a target began to count and when it was met. A target
whose clock a pause stopped is left out, as is what a stored case has no time for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.flows.calendar import Hours
from bot.flows.targets import TARGETS, Target, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bot.flows.model import Case, Promise

MET: dict[str, Callable[[Case], datetime | None]] = {
    "accept": lambda case: case.accepted_at,
    "first_answer": lambda case: case.first_answer_at,
    "containment": lambda case: case.contained_at,
}
"""Targets of which a stored case tells when they were met."""


@dataclass(frozen=True, slots=True)
class Times:
    """What targets are reckoned by."""

    targets: tuple[Target, ...]
    hours: Hours


def missed(times: Times, cases: Iterable[Case], now: datetime) -> int:
    """Return how many targets of these cases would not have been met in time."""
    return sum(_missed(times, case, now) for case in cases)


def _missed(times: Times, case: Case, now: datetime) -> int:
    row = row_of(times.targets, case)
    end = now if case.open else case.since
    count = 0
    for promise in _first_of_each(case):
        span = TARGETS[promise.kind](row)
        if span is None or promise.stops:
            continue
        due = span.after(promise.made_at, times.hours)
        met = MET[promise.kind](case)
        count += (end if met is None else met) > due
    return count


def _first_of_each(case: Case) -> Iterable[Promise]:
    """Return the first promise of each kind: when its clock began."""
    first: dict[str, Promise] = {}
    for one in case.promises:
        if one.kind in MET and one.row:
            known = first.get(one.kind)
            if known is None or one.made_at < known.made_at:
                first[one.kind] = one
    return first.values()
