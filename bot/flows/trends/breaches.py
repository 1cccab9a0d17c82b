"""The breach ledger: what the desk promised itself and missed, counted for those who answer for it.

Counts only: of the target, of the category, of whoever had the case. Never shown to the team.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.flows.effects import Label, line
from bot.flows.trends.shared import say
from bot.flows.turn import staff_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.flows.effects import Line, Value
    from bot.flows.events import StaffCommanded
    from bot.flows.session import Breaches
    from bot.flows.turn import Turn

ROWS = 12
"""Lines of each part; the most frequent stand first."""


def listed(turn: Turn, event: StaffCommanded) -> None:
    """Answer `/breaches`: the last 30 days, and of them the last 7."""
    ledger = turn.papers.breaches
    if not ledger:
        say(turn, event, line("breaches.none"))
        return
    month, week = sum(one.month for one in ledger), sum(one.week for one in ledger)

    def owner(one: Breaches) -> Value:
        return staff_name(turn.desk, one.owner) if one.owner else Label("breaches.nobody")

    say(
        turn,
        event,
        line("breaches.title", month=month, week=week),
        line("breaches.by_target"),
        *_rows(ledger, lambda one: Label(f"promise.{one.kind}")),
        line("breaches.by_category"),
        *_rows(ledger, lambda one: Label(f"category.{one.category}")),
        line("breaches.by_owner"),
        *_rows(ledger, owner),
    )


def _rows(ledger: Iterable[Breaches], of: Callable[[Breaches], Value]) -> list[Line]:
    month: Counter[Value] = Counter()
    week: Counter[Value] = Counter()
    for one in ledger:
        month[of(one)] += one.month
        week[of(one)] += one.week
    return [
        line("breaches.row", what=what, month=n, week=week[what])
        for what, n in month.most_common(ROWS)
    ]
