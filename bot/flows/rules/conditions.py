"""What each condition means: does it hold for a case, and which values made it hold.

A check returns None when it does not hold, else the values that matched, as strings; they go
into the explanation. `at` is the instant of judging.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.rules import model

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.flows.model import Case

Match = dict[str, str] | None


def check(condition: Any, case: Case, at: datetime) -> Match:
    """Return the matched values, or None when the condition does not hold."""
    return CHECKS[type(condition)](condition, case, at)


def _signal(condition: model.SignalSeen, case: Case, _at: datetime) -> Match:
    signs = [sign for sign in case.signs if sign.name in condition.any_of]
    if condition.words:
        signs = [s for s in signs if any(w in s.words.lower() for w in condition.words)]
    if not signs:
        return None
    words = list(dict.fromkeys(sign.words for sign in signs))
    return {"words": "、".join(words[:4]), "signal": signs[0].name}


def _amount(condition: model.AmountAtLeast, case: Case, _at: datetime) -> Match:
    fact = case.facts.get("amount")
    value = fact.value if fact is not None else None
    if fact is None or value is None or not value.isdecimal():
        return None
    limit = condition.at_least.get(fact.currency or "", condition.at_least.get("*"))
    if limit is None or int(value) < limit:
        return None  # an amount told in words that nobody could read weighs nothing here
    return {
        "amount": value,
        "limit": str(limit),
        "currency": fact.currency or "",
    }


def _failed(condition: model.FailedQuestions, case: Case, _at: datetime) -> Match:
    if case.failed_questions < condition.at_least:
        return None
    return {"count": str(case.failed_questions)}


def _missed(condition: model.PromiseMissed, case: Case, at: datetime) -> Match:
    for promise in case.promises:
        late = promise.state == "missed" or (promise.state == "open" and promise.due <= at)
        if promise.kind == condition.kind and late:
            return {"due": promise.due.isoformat(), "reason": promise.due.isoformat()}
    return None


def _rating(condition: model.RatingAtMost, case: Case, _at: datetime) -> Match:
    if case.rating is None or case.rating > condition.at_most:
        return None
    return {"rating": str(case.rating), "limit": str(condition.at_most)}


def _status(condition: model.StatusIs, case: Case, _at: datetime) -> Match:
    return {"status": case.status.value} if case.status in condition.any_of else None


def _grade(condition: model.GradeIs, case: Case, _at: datetime) -> Match:
    return {"grade": case.grade.value} if case.grade in condition.any_of else None


def _category(condition: model.CategoryIs, case: Case, _at: datetime) -> Match:
    return {"category": case.category} if case.category in condition.any_of else None


def _on_the_spot(_: model.OnTheSpot, case: Case, _at: datetime) -> Match:
    return {} if case.on_the_spot else None


def _reopened(condition: model.Reopened, case: Case, _at: datetime) -> Match:
    if case.reopened < condition.at_least:
        return None
    return {"count": str(case.reopened)}


def _fired(condition: model.Fired, case: Case, _at: datetime) -> Match:
    marks = (mark.partition("@")[0] for mark in case.fired)
    return {} if condition.rule in marks else None


def _all(condition: model.AllOf, case: Case, at: datetime) -> Match:
    together: dict[str, str] = {}
    for one in condition.of:
        match = check(one, case, at)
        if match is None:
            return None
        together |= match
    return together


def _any(condition: model.AnyOf, case: Case, at: datetime) -> Match:
    for one in condition.of:
        match = check(one, case, at)
        if match is not None:
            return match
    return None


def _not(condition: model.Not, case: Case, at: datetime) -> Match:
    return {} if check(condition.of, case, at) is None else None


CHECKS: dict[type, Callable[[Any, Case, datetime], Match]] = {
    model.SignalSeen: _signal,
    model.AmountAtLeast: _amount,
    model.FailedQuestions: _failed,
    model.PromiseMissed: _missed,
    model.RatingAtMost: _rating,
    model.StatusIs: _status,
    model.GradeIs: _grade,
    model.CategoryIs: _category,
    model.OnTheSpot: _on_the_spot,
    model.Reopened: _reopened,
    model.Fired: _fired,
    model.AllOf: _all,
    model.AnyOf: _any,
    model.Not: _not,
}
