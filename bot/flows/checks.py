"""Checks of a whole configuration: what one part names must exist in another.

Each mistake is a ValueError that names the place and the fix.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

from bot.flows.likes import CRISIS
from bot.flows.rules import actions as a
from bot.flows.rules import vocabulary as v
from bot.flows.rules.timing import conditions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from bot.flows.rules.model import Rule
    from bot.flows.targets import Target


@dataclass(frozen=True, slots=True)
class Named:
    """What rules and targets may name: categories, customer groups, rows of targets, webhooks."""

    categories: Collection[str]
    groups: Collection[str]
    rows: Collection[str]
    hooks: Collection[str] = ()


def check_targets(targets: Sequence[Target], there: Named) -> None:
    """Refuse a table without a row for every case, or with a row that is never reached."""
    if not any(row.general for row in targets):
        msg = "targets: the last row must fit every case (no grade, category, group …)"
        raise ValueError(msg)
    for n, row in enumerate(targets[:-1]):
        if row.general:
            msg = f"targets.{n} ({row.name}) fits every case, so no row after it is ever used"
            raise ValueError(msg)
    _distinct("targets", (row.name for row in targets))
    for n, row in enumerate(targets):
        place = f"targets.{n} ({row.name})"
        _known(f"{place}.category", row.category, there.categories)
        _known(f"{place}.group", row.group, there.groups)


def check_rules(rules: Sequence[Rule], there: Named) -> None:
    """Refuse rules that name what does not exist, share an id, or can never fire."""
    _distinct("rules", (rule.id for rule in rules))
    for rule in rules:
        for place, values, known in _named(rule, rules, there):
            _known(f"rules.{rule.id}.{place}", values, known)
    _check_reach(rules)


def _named(
    rule: Rule, rules: Sequence[Rule], there: Named
) -> Iterator[tuple[str, Iterable[object], Iterable[object]]]:
    """Yield what a rule names, with the place and what exists."""
    ids = [one.id for one in rules]
    for one in conditions(rule.test):
        match one:
            case v.CategoryIs():
                yield "if.category", one.any_of, there.categories
            case v.GroupIs():
                yield "if.group", one.any_of, there.groups
            case v.Fired():
                yield "if.fired", (one.rule,), ids
            case v.Was(field="category"):
                yield "if.was", one.any_of, there.categories
            case v.TagIs():
                yield "if.tag", one.any_of, sorted(_tags(rules))
    for act in rule.then:
        match act:
            case a.UseTarget():
                yield "then.target", (act.row,), there.rows
            case a.CallWebhook():
                yield "then.webhook", (act.hook,), sorted(there.hooks)


def _tags(rules: Iterable[Rule]) -> set[str]:
    put = {act.tag for rule in rules for act in rule.then if isinstance(act, a.PutTag)}
    return put | {CRISIS}  # which the desk puts itself


def _known(place: str, values: Iterable[object], known: Iterable[object]) -> None:
    there = list(known)
    for one in values:
        if one not in there:
            some = ", ".join(str(name) for name in there[:12]) or "none yet"
            msg = f"{place}: there is no {one!r}; there are {some}"
            raise ValueError(msg)


def _distinct(place: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in names:
        if one in seen:
            msg = f"{place}: {one!r} stands there twice; give each its own name"
            raise ValueError(msg)
        seen.add(one)


def _check_reach(rules: Iterable[Rule]) -> None:
    """Refuse a rule that nothing can make fire, or only something else by chance."""
    for rule in rules:
        asked = list(conditions(rule.test))
        if any(isinstance(one, TIMELY) for one in asked) and "time" not in rule.when:
            msg = f"rules.{rule.id}.when: it waits for time to pass, so add 'time'"
            raise ValueError(msg)
        if any(isinstance(one, v.Fired) and one.rule == rule.id for one in asked):
            msg = f"rules.{rule.id}.if.fired: it waits for itself; name another rule"
            raise ValueError(msg)
        for one in asked:
            if isinstance(one, v.AllOf) and (clash := _clash(one)):
                msg = f"rules.{rule.id} can never fire: {clash} cannot hold at once; use 'any'"
                raise ValueError(msg)


TIMELY = (v.Age, v.PromiseDueSoon)
"""Conditions that come true by time alone."""


def _clash(together: v.AllOf) -> str:
    """Return two conditions of an `all` that exclude each other, "" when none do."""
    for one, other in permutations(together.of, 2):
        if isinstance(other, v.Not) and other.of == one:
            return f"{one.test} and not {one.test}"
        mine, theirs = _values(one), _values(other)
        if mine and theirs and type(one) is type(other) and mine.isdisjoint(theirs):
            return f"{one.test} {'/'.join(sorted(mine))} and {'/'.join(sorted(theirs))}"
    return ""


def _values(condition: Any) -> frozenset[str]:
    """Return the values asked for, of a condition on what a case has only one of."""
    return frozenset(condition.any_of) if isinstance(condition, SINGLE) else frozenset()


SINGLE = (v.GradeIs, v.StatusIs, v.LevelIs, v.CategoryIs, v.LanguageIs, v.GroupIs, v.ClaimIs)
"""Conditions on what a case has only one of."""
