"""Judging: which rules fire for a case now, and why.

A rule that fired for a case and reason does not fire for it again, so judging to a fixed point
ends: every round either fires a rule not fired before or is the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.model import Frozen
from bot.flows.rules.conditions import check
from bot.flows.rules.model import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from bot.flows.model import Case


class Firing(Frozen):
    """A rule that fires, with the values that matched and the mark it leaves on the case."""

    rule: Rule
    values: dict[str, str]
    mark: str


def firings(
    rules: Sequence[Rule], case: Case, triggers: AbstractSet[str], at: datetime
) -> Iterator[Firing]:
    """Yield the rules that fire for the case at this instant, in order."""
    for rule in rules:
        if not rule.on or triggers.isdisjoint(rule.when):
            continue
        values = check(rule.test, case, at)
        if values is None:
            continue
        mark = mark_of(rule, case, values)
        if case.fired.get(mark):
            continue
        yield Firing.model_construct(rule=rule, values=values, mark=mark)
        if rule.stop:
            return


def mark_of(rule: Rule, case: Case, values: dict[str, str]) -> str:
    """Return what remembers that this rule fired for this reason."""
    if rule.once == "episode":
        return f"{rule.id}@{case.reopened}"
    if rule.once == "reason":
        return f"{rule.id}@{values.get('reason', '')}"
    return rule.id
