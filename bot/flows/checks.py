"""Checks of a whole configuration: what one part names must exist in another.

Each mistake is a `WrongError` that names the place and the fix.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

from bot.flows.effects import Label
from bot.flows.likes import CRISIS
from bot.flows.rules import actions as a
from bot.flows.rules import vocabulary as v
from bot.flows.rules.model import rule_name
from bot.flows.rules.timing import conditions
from bot.flows.showing import row_name
from bot.flows.wrong import WrongError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from bot.flows.effects import Value
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
        said = "the last row must fit every case (no grade, category, group …)"
        raise WrongError("targets_no_last", said, "targets")
    for n, row in enumerate(targets[:-1]):
        if row.general:
            said = "it fits every case, so no row after it is ever used"
            place = f"targets.{n} ({row.name})"
            raise WrongError("targets_early", said, place, row=row_name(row.name))
    _distinct("targets", (row.name for row in targets))
    for n, row in enumerate(targets):
        place = f"targets.{n} ({row.name})"
        for what, names, known in (
            ("category", row.category, there.categories),
            ("group", row.group, there.groups),
        ):
            for one in _unknown(names, known):
                said, named = _there(one, known), _thing(what, one)
                raise WrongError(
                    "row_names", said, f"{place}.{what}", row=row_name(row.name), thing=named
                )


def check_rules(rules: Sequence[Rule], there: Named) -> None:
    """Refuse rules that name what does not exist, share an id, or can never fire."""
    _distinct("rules", (rule.id for rule in rules))
    for rule in rules:
        for place, values, known in _named(rule, rules, there):
            for one in _unknown(values, known):
                named = _thing(place.rpartition(".")[2], one)
                raise WrongError(
                    "rule_names",
                    _there(one, known),
                    f"rules.{rule.id}.{place}",
                    rule=rule_name(rule),
                    thing=named,
                )
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


def _unknown(values: Iterable[object], known: Iterable[object]) -> Iterator[object]:
    there = list(known)
    yield from (one for one in values if one not in there)


def _there(one: object, known: Iterable[object]) -> str:
    some = ", ".join(str(name) for name in [*known][:12]) or "none yet"
    return f"there is no {one!r}; there are {some}"


def _thing(kind: str, name: object) -> Value:
    """Return what is named, as people call it."""
    if kind in {"category", "was"}:
        return Label(f"category.{name}")
    return row_name(str(name)) if kind == "target" else str(name)


def _distinct(place: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in names:
        if one in seen:
            said = f"{one!r} stands there twice; give each its own name"
            raise WrongError("twice", said, place, name=one)
        seen.add(one)


def _check_reach(rules: Iterable[Rule]) -> None:
    """Refuse a rule that nothing can make fire, or only something else by chance."""
    for rule in rules:
        asked = list(conditions(rule.test))
        if any(isinstance(one, TIMELY) for one in asked) and "time" not in rule.when:
            said = "it waits for time to pass, so add 'time'"
            raise WrongError("rule_waits", said, f"rules.{rule.id}.when", rule=rule_name(rule))
        if any(isinstance(one, v.Fired) and one.rule == rule.id for one in asked):
            said = "it waits for itself; name another rule"
            raise WrongError("rule_itself", said, f"rules.{rule.id}.if.fired", rule=rule_name(rule))
        for one in asked:
            if isinstance(one, v.AllOf) and (clash := _clash(one)):
                what, test = clash
                said = f"can never fire: {what} cannot hold at once; use 'any'"
                asked_of = Label(f"cond_name.{test}")
                raise WrongError(
                    "rule_never", said, f"rules.{rule.id}", rule=rule_name(rule), what=asked_of
                )


TIMELY = (v.Age, v.PromiseDueSoon)
"""Conditions that come true by time alone."""


def _clash(together: v.AllOf) -> tuple[str, str] | None:
    """Return which two conditions of an `all` exclude each other, and of what; None: none do."""
    for one, other in permutations(together.of, 2):
        if isinstance(other, v.Not) and other.of == one:
            return f"{one.test} and not {one.test}", one.test
        mine, theirs = _values(one), _values(other)
        if mine and theirs and type(one) is type(other) and mine.isdisjoint(theirs):
            said = f"{one.test} {'/'.join(sorted(mine))} and {'/'.join(sorted(theirs))}"
            return said, one.test
    return None


def _values(condition: Any) -> frozenset[str]:
    """Return the values asked for, of a condition on what a case has only one of."""
    return frozenset(condition.any_of) if isinstance(condition, SINGLE) else frozenset()


SINGLE = (v.GradeIs, v.StatusIs, v.LevelIs, v.CategoryIs, v.LanguageIs, v.GroupIs, v.ClaimIs)
"""Conditions on what a case has only one of."""
