"""When the desk is open: a weekly pattern in a zone, holidays, own days off, make-up days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator, model_validator

from bot.flows.calendar.instants import first_instant, zone_of
from bot.flows.calendar.public import known_country, makeup_day, public_holiday
from bot.flows.effects import Holiday, Label
from bot.flows.frozen import Written
from bot.flows.wrong import WrongError

DAYS_AHEAD = 400
"""How far a deadline is searched for; where nothing opens within it, clock time counts."""

DAY = timedelta(days=1)
DAYS_KEPT = 2000
"""Days whose openings are remembered."""
SUMS_KEPT = 4000
"""Sums that are remembered."""
MIDNIGHT = time(0)


def known_zone(zone: str) -> str:
    """Return the zone's name; raise ValueError with an example when there is none."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        said = f"unknown time zone {zone!r}: write one such as Asia/Shanghai"
        raise WrongError("zone_unknown", said, zone=zone) from error
    return zone


def _no_number(value: object) -> object:
    """Refuse a bare number: pydantic would take 9 for nine seconds past midnight."""
    if isinstance(value, int | float):
        msg = 'write it in quotes: "09:00"'
        raise ValueError(msg)  # noqa: TRY004 - pydantic takes this one for a mistake of the file
    return value


TimeOfDay = Annotated[time, BeforeValidator(_no_number)]


class Block(Written):
    """One opening, local time. An `until` at or before `start` lies on the next day."""

    start: TimeOfDay
    until: TimeOfDay

    @property
    def overnight(self) -> bool:
        """Whether it ends on the next day; 00:00 as an end is midnight."""
        return self.until <= self.start


Week = dict[int, tuple[Block, ...]]
"""Openings by weekday, Monday is 0; a missing day is closed."""


class Holidays(Written):
    """Public holidays by country (ISO 3166) and, where it has them, subdivision."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    subdivision: str = ""

    @model_validator(mode="after")
    def _known(self) -> Self:
        known_country(self.country, self.subdivision)
        return self


class Hours(Written):
    """Opening hours. Without a weekly pattern the desk is always open."""

    zone: str = "UTC"
    week: Week = {}
    holidays: Holidays | None = None
    closed: dict[date, str] = {}  # own days off, with a name
    open: dict[date, tuple[Block, ...]] = {}  # own working days; () takes the usual hours

    _zone = field_validator("zone")(known_zone)

    @field_validator("week")
    @classmethod
    def _orderly(cls, week: Week) -> Week:
        if week and not any(week.values()):
            said = "the desk is never open: give at least one block of opening hours"
            raise WrongError("never_open", said)
        unknown = [day for day in week if day not in range(7)]
        if unknown:
            msg = f"there is no weekday {unknown[0]}: Monday is 0, Sunday 6"
            raise ValueError(msg)
        for day, blocks in week.items():
            in_order(WEEKDAYS[day], blocks, week.get((day + 1) % 7, ()))
        return week

    # ---- days -------------------------------------------------------------------------------

    def blocks(self, day: date) -> tuple[Block, ...]:
        """Return the openings of a day as they are written."""
        if day in self.open:
            return self.open[day] or self._usual(day)
        if self.day_off(day):
            return ()
        public = self.holidays
        if public and makeup_day(public.country, public.subdivision, day):
            return self._usual(day)
        return self.week.get(day.weekday(), ())

    def day_off(self, day: date) -> str | Holiday:
        """Return the own or public day off, "" on an ordinary day."""
        if day in self.open:
            return ""
        if day in self.closed:
            return self.closed[day] or "—"
        public = self.holidays
        if public and public_holiday(public.country, public.subdivision, day):
            return Holiday(public.country, public.subdivision, day)
        return ""

    def _usual(self, day: date) -> tuple[Block, ...]:
        """Return the hours of that weekday, or of the first weekday that has any."""
        own = self.week.get(day.weekday())
        return own or next((self.week[one] for one in sorted(self.week) if self.week[one]), ())

    def local(self, at: datetime) -> datetime:
        """Return an instant as the desk's wall clock shows it."""
        return at.astimezone(zone_of(self.zone))

    # ---- instants ---------------------------------------------------------------------------

    def openings(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the day's openings as UTC instants, in order; one without length is left out."""
        known = self._known_days
        if day not in known:
            if len(known) > DAYS_KEPT:
                known.clear()
            known[day] = tuple(self._openings(day))
        return known[day]

    @cached_property
    def _known_days(self) -> dict[date, tuple[tuple[datetime, datetime], ...]]:
        """Days worked out before: rules and deadlines ask for the same ones over and over."""
        return {}

    def but(self, **changes: Any) -> Self:
        """Return the same hours with these parts replaced."""
        new = super().but(**changes)
        for name in ("_known_days", "_known_sums"):
            new.__dict__.pop(name, None)
        return new

    def _openings(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        zone = zone_of(self.zone)
        for block in self.blocks(day):
            end_day = day + DAY if block.overnight else day
            start = first_instant(datetime.combine(day, block.start), zone)
            end = first_instant(datetime.combine(end_day, block.until), zone)
            if start < end:
                yield start, end

    def open_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the stretches of open time from an instant on, none twice, for `DAYS_AHEAD`."""
        day = self.local(at).date() - DAY
        done = at
        for offset in range(DAYS_AHEAD):
            for start, end in self.openings(day + offset * DAY):
                if end > done:
                    yield max(start, done), end
                    done = end

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at this instant; always, when no hours are set."""
        if not self.week:
            return True
        day = self.local(at).date()
        return any(a <= at < b for one in (day - DAY, day) for a, b in self.openings(one))

    def add(self, at: datetime, seconds: float) -> datetime:
        """Return the instant `seconds` of opening time after `at`.

        What fills a block exactly ends with that block, not with the opening of the next.
        """
        if not self.week:
            return at + timedelta(seconds=seconds)
        known = self._known_sums
        if (at, seconds) not in known:
            if len(known) > SUMS_KEPT:
                known.clear()
            known[at, seconds] = self._add(at, timedelta(seconds=seconds))
        return known[at, seconds]

    def _add(self, at: datetime, length: timedelta) -> datetime:
        left = length
        if not left:
            return at
        for start, end in self.open_from(at):
            if end - start >= left:
                return start + left
            left -= end - start
        return at + length

    @cached_property
    def _known_sums(self) -> dict[tuple[datetime, float], datetime]:
        """Sums worked out before: rules ask again at every event when a case will be so old."""
        return {}

    def subtract(self, at: datetime, seconds: float) -> datetime:
        """Return the latest instant from which `seconds` of opening time lead up to `at`."""
        left = timedelta(seconds=seconds)
        if not self.week or not left:
            return at - left
        day = self.local(at).date()
        for offset in range(DAYS_AHEAD):
            for start, end in reversed(self.openings(day - offset * DAY)):
                end = min(end, at)  # noqa: PLW2901 - what lies after `at` does not count
                if end <= start:
                    continue
                if end - start >= left:
                    return end - left
                left -= end - start
        return at - timedelta(seconds=seconds)

    def between(self, a: datetime, b: datetime) -> float:
        """Return how many seconds of opening time lie between two instants; 0 if b is first."""
        if b <= a:
            return 0.0
        if not self.week:
            return (b - a).total_seconds()
        total = timedelta()
        for start, end in self.open_from(a):
            if start >= b:
                break
            total += min(end, b) - start
        return total.total_seconds()

    def add_days(self, at: datetime, days: int) -> datetime:
        """Return the same local time `days` working days later, within opening hours."""
        zone = zone_of(self.zone)
        local = self.local(at)
        left, day = days, local.date()
        for _ in range(DAYS_AHEAD):
            if left == 0:
                break
            day += DAY
            left -= 1 if not self.week or self.blocks(day) else 0
        moment = first_instant(datetime.combine(day, local.time().replace(fold=0)), zone)
        openings = self.openings(day)
        if not openings:
            return moment
        earlier = [end for start, end in openings if start <= moment]
        return min(moment, earlier[-1]) if earlier else openings[0][0]

    def end_of_day(self, at: datetime) -> datetime:
        """Return when the working day of `at` closes; after closing, the next working day's."""
        if not self.week:
            day = self.local(at).date() + DAY
            return first_instant(datetime.combine(day, MIDNIGHT), zone_of(self.zone))
        day = self.local(at).date() - DAY
        for offset in range(DAYS_AHEAD):
            ends = [end for _, end in self.openings(day + offset * DAY)]
            if ends and ends[-1] > at:
                return ends[-1]
        return at + DAY

    def next_opening(self, at: datetime) -> datetime:
        """Return `at` while the desk is open, else when it opens next."""
        if not self.week or self.is_open(at):
            return at
        return next((start for start, _ in self.open_from(at)), at)


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def in_order(day: str, blocks: tuple[Block, ...], following: tuple[Block, ...]) -> None:
    """Refuse blocks of a weekday that overlap each other or the next day's first."""
    for one, other in pairwise(blocks):
        if one.overnight or other.start < one.until:
            start = f"{one.start:%H:%M}"
            said = f"{day.title()}: the block from {start} overlaps the one after it"
            raise WrongError("blocks_overlap", said, day=Label(f"weekday.{day}"), start=start)
    last = blocks[-1] if blocks else None
    if last and last.overnight and following and following[0].start < last.until:
        said = f"{day.title()}: the last block runs into the next day's first"
        raise WrongError("blocks_into_next", said, day=Label(f"weekday.{day}"))
