"""The policy table: how fast, for which cases; and the ladder that is climbed when time runs out.

Pure data, checked when loaded. Shipped rows follow SPEC section 5, which drew them from
complaint-handling practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from bot.flows.calendar import Length, Span
from bot.flows.frozen import Written
from bot.flows.model import Grade
from bot.flows.people import LADDER, Role
from bot.flows.wrong import WrongError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.flows.model import Case


class Target(Written):
    """One row of the policy table. The first row that fits a case holds for it."""

    name: str = Field(min_length=1, max_length=40)
    grade: Grade | None = None
    category: tuple[str, ...] = ()  # () fits every category
    source: tuple[str, ...] = ()  # deep-link payloads; a trailing * stands for any ending
    group: tuple[str, ...] = ()  # customer groups
    on_the_spot: bool | None = None
    danger: bool | None = None
    accept: Length
    first_answer: Length
    update: Length
    resolve: Length
    contain: Length | None = None  # a first step that keeps it from getting worse
    analyse: Length | None = None  # what happened is established; runs anew with new facts
    follow_up: Length
    follow_up_again: Length | None = None  # counted from the first

    def fits(self, case: Case) -> bool:
        """Whether this row is meant for the case."""
        return (
            self.grade in {None, case.grade}
            and self.on_the_spot in {None, case.on_the_spot}
            and self.danger in {None, bool(case.danger)}
            and (not self.category or case.category in self.category)
            and (not self.group or case.group in self.group)
            and (not self.source or any(_begins(one, case.source) for one in self.source))
        )

    @property
    def general(self) -> bool:
        """Whether it fits every case."""
        asked = (self.grade, self.on_the_spot, self.danger)
        return asked == (None, None, None) and not (self.category or self.source or self.group)


def _begins(pattern: str, source: str) -> bool:
    return source.startswith(pattern[:-1]) if pattern.endswith("*") else source == pattern


TARGETS: dict[str, Callable[[Target], Span | None]] = {
    "accept": lambda row: row.accept,
    "first_answer": lambda row: row.first_answer,
    "containment": lambda row: row.contain,
    "analysis": lambda row: row.analyse,
    "resolution": lambda row: row.resolve,
}
"""What the desk owes every case, by kind of promise. Updates are promised with each word."""


def row_of(rows: Sequence[Target], case: Case) -> Target:
    """Return the row of a policy table that a rule chose, or the first one that fits."""
    chosen = (row for row in rows if row.name == case.target_row)
    fitting = (row for row in rows if row.fits(case))
    return next(chosen, None) or next(fitting)


class Ladder(Written):
    """How a missed target climbs: whom it reaches, and how long after it was due.

    The owner hears at once, then each role its own delay after the due time. A role nobody of
    which is there is passed over; the top always hears, and then daily.
    """

    warn: Length = Span(seconds=1800)  # before a target comes due its owner is warned
    supervisor: Length = Span(seconds=0)
    manager: Length = Span(seconds=1800)
    admin: Length = Span(seconds=7200)

    @model_validator(mode="after")
    def _upwards(self) -> Self:
        delays = [getattr(self, role.value) for role in LADDER[1:]]
        if any(one.days or one.day_end for one in delays):
            said = "write delays in minutes or hours, e.g. '30 min'"
            raise WrongError("ladder_units", said)
        if delays != sorted(delays, key=lambda one: one.seconds):
            said = "each role's delay is at least that of the role below it"
            raise WrongError("ladder_order", said)
        return self

    def delay(self, rung: int) -> Span:
        """Return how long after the due time this rung hears; rung 1 is the supervisor."""
        span: Span = getattr(self, LADDER[rung].value)
        return span

    def role(self, rung: int) -> Role:
        """Return who that rung is."""
        return LADDER[rung]


TOP = len(LADDER) - 1
"""The last rung."""
