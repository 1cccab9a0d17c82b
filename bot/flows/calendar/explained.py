"""Why a deadline falls where it does, stretch by stretch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.flows.calendar.hours import DAY, DAYS_AHEAD, Hours
from bot.flows.calendar.spans import Span
from bot.flows.effects import Holiday


@dataclass(frozen=True, slots=True)
class Stretch:
    """One step on the way to a deadline: counted time, or a day that does not count.

    `why` is open, clock, day (a working day), closed, off (a day off, `name` says which) or
    day_end. `seconds` is what was counted, 0 where nothing was.
    """

    day: date  # local
    why: str
    start: datetime | None = None  # UTC
    end: datetime | None = None
    seconds: int = 0
    name: str | Holiday = ""


def explained(at: datetime, length: Span, hours: Hours) -> tuple[Stretch, ...]:
    """Return the steps from `at` to `length.after(at, hours)`, in order."""
    due = length.after(at, hours)
    day = hours.local(at).date()
    if length.day_end:
        return (Stretch(day, "day_end", at, due),)
    if length.days and hours.week:
        return _days(at, length.days, hours)
    if length.working and hours.week:
        return _open_time(at, due, hours)
    return (Stretch(day, "clock", at, due, int((due - at).total_seconds())),)


def _days(at: datetime, days: int, hours: Hours) -> tuple[Stretch, ...]:
    steps: list[Stretch] = []
    day, left = hours.local(at).date(), days
    for _ in range(DAYS_AHEAD):
        if left == 0:
            break
        day += DAY
        counts = bool(hours.blocks(day))
        left -= int(counts)
        steps.append(Stretch(day, "day") if counts else _idle(day, hours))
    return tuple(steps)


def _open_time(at: datetime, due: datetime, hours: Hours) -> tuple[Stretch, ...]:
    steps: list[Stretch] = []
    day = hours.local(at).date()
    for start, end in hours.open_from(at):
        opened = hours.local(start).date()
        while day < opened:
            if not hours.blocks(day):
                steps.append(_idle(day, hours))
            day += timedelta(days=1)
        stop = min(end, due)
        if start < due:
            steps.append(Stretch(opened, "open", start, stop, int((stop - start).total_seconds())))
        if end >= due:
            break
    return tuple(steps)


def _idle(day: date, hours: Hours) -> Stretch:
    name = hours.day_off(day)
    return Stretch(day, "off" if name else "closed", name=name)
