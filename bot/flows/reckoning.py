"""Why a deadline falls where it does, hour by hour, in lines for staff."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.calendar import explained, span
from bot.flows.effects import Label, When, line
from bot.flows.showing import length_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.flows.calendar import Hours, Span, Stretch
    from bot.flows.effects import Line
    from bot.flows.model import Case, Promise

LINES = 30
"""Stretches shown of one promise at most."""


def reckoned(case: Case, hours: Hours) -> list[Line]:
    """Say of every promise that is still to be kept how its due time came about."""
    owed = [one for one in case.promises if one.state in {"open", "missed"}]
    rows: list[Line] = []
    for promise in sorted(owed, key=lambda one: one.due):
        rows += [_head(promise), *list(_steps(promise, hours))[:LINES]]
    return rows


def _head(promise: Promise) -> Line:
    what, due = Label(f"promise.{promise.kind}"), When(promise.due)
    if promise.stands:
        return line("due.stands", what=what, left=length_line(span(promise.stops[-1].left)))
    if not promise.length:
        return line("due.set", what=what, due=due)
    length, made = length_line(span(promise.length)), When(promise.made_at)
    return line("due.promise", what=what, length=length, made=made, due=due)


def _steps(promise: Promise, hours: Hours) -> Iterable[Line]:
    """Yield the stretches from when it was made, through every pause, to when it is due."""
    start, length = promise.made_at, promise.length
    for stop in promise.stops:
        yield from _cut(start, length, stop.at, hours)
        why = Label(f"waits_for.{stop.reason}")
        if stop.until is None:
            yield line("due.paused_since", reason=why, start=When(stop.at))
            return
        yield line("due.paused", reason=why, start=When(stop.at), end=When(stop.until))
        start, length = stop.until, stop.left
    if length:
        yield from counted(start, span(length), hours)


def counted(start: datetime, length: Span, hours: Hours) -> Iterable[Line]:
    """Yield the stretches of time from an instant to when so much of it has passed."""
    yield from _lines(explained(start, length, hours))


def _cut(start: datetime, length: str, end: datetime, hours: Hours) -> Iterable[Line]:
    """Yield what was counted up to a pause."""
    steps = explained(start, span(length), hours) if length else ()
    kept = [one for one in steps if one.start is None or one.start < end]
    yield from _lines(
        one if one.end is None or one.end <= end else _ended(one, end) for one in kept
    )


def _ended(one: Stretch, end: datetime) -> Stretch:
    start = one.start or end
    return type(one)(one.day, one.why, start, end, int((end - start).total_seconds()), one.name)


def _lines(steps: Iterable[Stretch]) -> Iterable[Line]:
    """Say each stretch; days in a row on which the desk is closed are one."""
    closed: list[date] = []
    for one in steps:
        if one.why == "closed":
            closed.append(one.day)
            continue
        yield from _closed(closed)
        closed = []
        yield _line(one)
    yield from _closed(closed)


def _closed(days: list[date]) -> Iterable[Line]:
    if len(days) > 1:
        yield line("due.closed_days", first=days[0], last=days[-1])
    elif days:
        yield line("due.closed", day=days[0])


def _line(one: Stretch) -> Line:
    start, end = one.start, one.end
    if one.why == "off":
        return line("due.off", day=one.day, name=one.name)
    if start is None or end is None:
        return line("due.day", day=one.day)
    if one.why == "day_end":
        return line("due.day_end", end=When(end))
    counted = _counted(timedelta(seconds=one.seconds))
    return line("due.open", start=When(start), end=When(end), length=counted)


def _counted(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
