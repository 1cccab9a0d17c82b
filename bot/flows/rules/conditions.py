"""What each condition means: does it hold in a scene, and which values made it hold.

A check returns None when it does not hold, else what held, with its values as strings; they
explain the decision. Values named `reason` tell one occasion from the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from bot.flows.model import Held, within
from bot.flows.rules import vocabulary as v
from bot.flows.rules.clock import CLOCKED, Clocked
from bot.flows.rules.timing import conditions
from bot.flows.rules.wording import fits, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.flows.rules.scene import Match, Scene


def check(condition: Any, scene: Scene) -> Match:
    """Return what held, or None when the condition does not hold."""
    return CHECKS[type(condition)](condition, scene)


def _held(condition: Any, **values: object) -> Match:
    return (Held.made(test=condition.test, values=_strings(values)),)


def _strings(values: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _one_of(name: str) -> Callable[[Any, Scene], Match]:
    """Return the check of a condition that a field of the case has one of some values."""

    def one_of(condition: Any, scene: Scene) -> Match:
        value = getattr(scene.case, name)
        return _held(condition, value=value) if value in condition.any_of else None

    return one_of


def _at_least(name: str) -> Callable[[Any, Scene], Match]:
    """Return the check of a condition that a counter of the case has reached a number."""

    def at_least(condition: Any, scene: Scene) -> Match:
        count = getattr(scene.case, name)
        if count < condition.at_least:
            return None
        return _held(condition, count=count, limit=condition.at_least)

    return at_least


def _whether(name: str) -> Callable[[Any, Scene], Match]:
    """Return the check of a condition that something is so."""

    def whether(condition: Any, scene: Scene) -> Match:
        return _held(condition) if getattr(scene.case, name) else None

    return whether


# ---- what the customer wrote ----------------------------------------------------------------


def _signal(condition: v.SignalSeen, scene: Scene) -> Match:
    signs = [sign for sign in scene.case.signs if sign.name in condition.any_of]
    if condition.kinds:
        signs = [sign for sign in signs if sign.kind in condition.kinds]
    if condition.words:
        signs = [s for s in signs if any(w in s.words.lower() for w in condition.words)]
    if len({sign.at for sign in signs}) < condition.at_least:
        return None
    words = list(dict.fromkeys(sign.words for sign in signs))
    return _held(condition, signal=signs[0].name, words="、".join(words[:SHOWN]))


SHOWN = 4
"""Words shown in an explanation."""


def _words(condition: v.WordsSaid, scene: Scene) -> Match:
    text = folded(scene.case.said)
    found = [one for one in condition.any_of if fits(one, text)]
    return _held(condition, words="、".join(found[:SHOWN])) if found else None


def _amount(condition: v.AmountAtLeast, scene: Scene) -> Match:
    fact = scene.case.facts.get("amount")
    value = fact.value if fact is not None else None
    if fact is None or value is None or not value.isdecimal():
        return None  # an amount told in words that nobody could read weighs nothing here
    limit = condition.at_least.get(fact.currency or "", condition.at_least.get("*"))
    if limit is None or int(value) < limit:
        return None
    return _held(condition, amount=value, limit=limit, currency=fact.currency or "")


def _source(condition: v.SourceIs, scene: Scene) -> Match:
    source = scene.case.source
    for one in condition.any_of:
        if source == one or (one.endswith("*") and source.startswith(one[:-1])):
            return _held(condition, value=source)
    return None


# ---- what became of it ----------------------------------------------------------------------


def _rating(condition: v.RatingAtMost, scene: Scene) -> Match:
    rating = scene.case.rating
    if rating is None or rating > condition.at_most:
        return None
    return _held(condition, rating=rating, limit=condition.at_most)


def _tag(condition: v.TagIs, scene: Scene) -> Match:
    tags = [one for one in scene.case.tags if one in condition.any_of]
    return _held(condition, value="、".join(tags)) if tags else None


def _fired(condition: v.Fired, scene: Scene) -> Match:
    marks = (mark.partition("@")[0] for mark in scene.case.fired)
    return _held(condition, rule=condition.rule) if condition.rule in marks else None


def _was(condition: v.Was, scene: Scene) -> Match:
    before = scene.was.get(condition.field, "")
    if before not in condition.any_of:
        return None
    now = getattr(scene.case, condition.field)
    return _held(condition, field=condition.field, was=before, now=now)


# ---- cases beside this one ------------------------------------------------------------------


def _same_customer(condition: v.SameCustomer, scene: Scene) -> Match:
    case = scene.case
    earlier = within(case.earlier, condition.days, case.filed_at or scene.at)
    if len(earlier) < condition.at_least:
        return None
    refs = "、".join(f"C-{one.case}" for one in earlier[:SHOWN])
    return _held(condition, count=len(earlier), days=condition.days, refs=refs)


def _alike(condition: v.Alike, scene: Scene) -> Match:
    case = scene.case
    if case.filed_at is None:
        return None
    others = within(case.alike.get(condition.by, ()), condition.days, case.filed_at)
    if len(others) + 1 < condition.at_least:
        return None
    refs = "、".join(f"C-{one.case}" for one in others[:SHOWN])
    return _held(condition, count=len(others) + 1, days=condition.days, by=condition.by, refs=refs)


# ---- time -----------------------------------------------------------------------------------


def _clocked(condition: Any, scene: Scene) -> Match:
    found: Clocked = CLOCKED[type(condition)](condition, scene)
    if found.holds:
        return () if scene.ahead else _held(condition, **found.values)
    if scene.ahead and found.next is not None:
        scene.later.append(found.next)
        return ()
    return None


# ---- nests ----------------------------------------------------------------------------------


def _all(condition: v.AllOf, scene: Scene) -> Match:
    together: tuple[Held, ...] = ()
    for one in condition.of:
        match = check(one, scene)
        if match is None:
            return None
        together += match
    return together


def _any(condition: v.AnyOf, scene: Scene) -> Match:
    if scene.ahead:  # each of them may come true in time
        matches = [check(one, scene) for one in condition.of]
        return next((match for match in matches if match is not None), None)
    for one in condition.of:
        match = check(one, scene)
        if match is not None:
            return match
    return None


def _not(condition: v.Not, scene: Scene) -> Match:
    if not scene.ahead:
        return () if check(condition.of, scene) is None else None
    turns = list(turning_points(condition.of, scene))
    scene.later.extend(turns)
    return () if turns or check(condition.of, scene) is None else None


def turning_points(condition: Any, scene: Scene) -> Iterator[datetime]:
    """Yield when each condition about time inside a nest changes next, either way."""
    for one in conditions(condition):
        if type(one) in CLOCKED:
            found: Clocked = CLOCKED[type(one)](one, scene)
            if found.next is not None:
                yield found.next


CHECKS: dict[type[BaseModel], Callable[[Any, Scene], Match]] = {
    v.SignalSeen: _signal,
    v.WordsSaid: _words,
    v.AmountAtLeast: _amount,
    v.ClaimIs: _one_of("claim"),
    v.FailedQuestions: _at_least("failed_questions"),
    v.Unanswered: _at_least("unanswered"),
    v.Transfers: _at_least("transfers"),
    v.PromiseMissed: _clocked,
    v.PromiseDueSoon: _clocked,
    v.RatingAtMost: _rating,
    v.StatusIs: _one_of("status"),
    v.GradeIs: _one_of("grade"),
    v.LevelIs: _one_of("level"),
    v.CategoryIs: _one_of("category"),
    v.SourceIs: _source,
    v.GroupIs: _one_of("group"),
    v.TagIs: _tag,
    v.LanguageIs: _one_of("language"),
    v.Attached: _at_least("media"),
    v.OnTheSpot: _whether("on_the_spot"),
    v.Accuses: _whether("accused"),
    v.Owned: _whether("owner"),
    v.Reopened: _at_least("reopened"),
    v.SameCustomer: _same_customer,
    v.Alike: _alike,
    v.WorkingTime: _clocked,
    v.Age: _clocked,
    v.Was: _was,
    v.Fired: _fired,
    v.AllOf: _all,
    v.AnyOf: _any,
    v.Not: _not,
}
"""What checks each condition; a test finds one that is missing."""
