"""Working time: when the desk is open, and what "in three working hours" means.

Pure arithmetic over a weekly pattern in one time zone. It must never know the present moment.
Instants go in and come out as aware UTC datetimes; lengths are seconds.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import field_validator

from bot.flows.model import Frozen, Written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

DAYS_AHEAD = 400
"""How far a deadline is searched for; a calendar without any opening within it is refused."""


def known_zone(zone: str) -> str:
    """Return the zone's name; raise ValueError with an example when there is none."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        msg = f"unknown time zone {zone!r}: write one such as Asia/Shanghai"
        raise ValueError(msg) from error
    return zone


class Block(Written):
    """One opening, local time; `until` 24:00 is written 00:00."""

    start: time
    until: time


Week = dict[int, tuple[Block, ...]]
"""Openings by weekday, Monday is 0; a missing day is closed."""


class Hours(Written):
    """A weekly pattern in a zone."""

    zone: str = "UTC"
    week: Week = {}

    _zone = field_validator("zone")(known_zone)

    @field_validator("week")
    @classmethod
    def _some_opening(cls, week: Week) -> Week:
        if week and not any(week.values()):
            msg = "the desk is never open: give at least one block of opening hours"
            raise ValueError(msg)
        return week

    def openings(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the day's openings as UTC instants, in order."""
        zone = _zone(self.zone)
        for block in self.week.get(day.weekday(), ()):
            end_day = day + timedelta(days=1) if block.until <= block.start else day
            yield (
                datetime.combine(day, block.start, zone).astimezone(UTC),
                datetime.combine(end_day, block.until, zone).astimezone(UTC),
            )

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at this instant; always, when no hours are set."""
        if not self.week:
            return True
        local = at.astimezone(_zone(self.zone)).date()
        days = (local - timedelta(days=1), local)
        return any(a <= at < b for day in days for a, b in self.openings(day))

    def add(self, at: datetime, seconds: float) -> datetime:
        """Return the instant `seconds` of opening time after `at`."""
        if not self.week:
            return at + timedelta(seconds=seconds)
        left = timedelta(seconds=seconds)
        first = at.astimezone(_zone(self.zone)).date() - timedelta(days=1)
        for offset in range(DAYS_AHEAD):
            for start, end in self.openings(first + timedelta(days=offset)):
                begin = max(start, at)
                if begin >= end:
                    continue
                if end - begin >= left:
                    return begin + left
                left -= end - begin
        return at + timedelta(seconds=seconds)

    def add_days(self, at: datetime, days: int) -> datetime:
        """Return the same local time `days` working days later, within opening hours."""
        if not self.week:
            return at + timedelta(days=days)
        zone = _zone(self.zone)
        local = at.astimezone(zone)
        left, day = days, local.date()
        for _ in range(DAYS_AHEAD):
            if left == 0:
                break
            day += timedelta(days=1)
            left -= 1 if self.week.get(day.weekday()) else 0
        moment = datetime.combine(day, local.timetz().replace(tzinfo=None), zone).astimezone(UTC)
        openings = list(self.openings(day))
        if not openings:
            return moment
        earlier = [end for start, end in openings if start <= moment]
        return min(moment, earlier[-1]) if earlier else openings[0][0]


class Span(Frozen):
    """A length of time as a policy writes it: `2 h`, `30 min clock`, `3 working days`."""

    seconds: int = 0
    days: int = 0  # working days
    working: bool = False

    def after(self, at: datetime, hours: Hours) -> datetime:
        """Return the instant this span after `at`."""
        if self.days:
            return hours.add_days(at, self.days)
        if self.working:
            return hours.add(at, self.seconds)
        return at + timedelta(seconds=self.seconds)


UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86400, "days": 86400, "week": 604800}


def span(text: str) -> Span:
    """Read `30 min`, `2 working h`, `3 working days`; raise ValueError with what is allowed."""
    words = text.replace("hours", "h").replace("hour", "h").replace("clock", "").split()
    working = "working" in words
    match [word for word in words if word != "working"]:
        case [number, unit] if number.isdigit() and unit in UNITS:
            return _span(int(number), unit, working=working)
        case _:
            msg = f"{text!r} is no length of time: write e.g. '30 min', '3 working days'"
            raise ValueError(msg)


def _span(number: int, unit: str, *, working: bool) -> Span:
    if working and unit in {"day", "days"}:
        return Span(days=number, working=True)
    return Span(seconds=number * UNITS[unit], working=working)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
