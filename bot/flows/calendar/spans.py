"""Lengths of time as a policy writes them: `2 h`, `3 working days`, `same working day`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import PlainSerializer, model_validator

from bot.flows.calendar.hours import Hours
from bot.flows.frozen import Frozen

UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86400, "days": 86400, "week": 604800}
SAME_DAY = "same working day"
DAY_SECONDS = 86400
WRITTEN = r"^(same working day|\d{1,9} +(clock +|working +)?(s|min|h|hours?|days?|week))$"
EXAMPLES = ("30 min", "2 working h", "3 working days", SAME_DAY)
"""How a length is written, for editors."""


class Span(Frozen):
    """A length: of clock time, of opening hours (`working`), of working days, or to day's end."""

    seconds: int = 0
    days: int = 0  # working days
    working: bool = False
    day_end: bool = False

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        return span(value).model_dump() if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: Any, _handler: Any) -> dict[str, Any]:
        """Say how it is written: as a text."""
        return {"type": "string", "pattern": WRITTEN, "examples": list(EXAMPLES)}

    def after(self, at: datetime, hours: Hours) -> datetime:
        """Return the instant this span after `at`."""
        if self.day_end:
            return hours.end_of_day(at)
        if self.days:
            return hours.add_days(at, self.days)
        if self.working:
            return hours.add(at, self.seconds)
        return at + timedelta(seconds=self.seconds)

    def before(self, at: datetime, hours: Hours) -> datetime:
        """Return the instant this span before `at`; working days count 24 hours each here."""
        if self.working and not self.days:
            return hours.subtract(at, self.seconds)
        return at - timedelta(seconds=self.seconds, days=self.days)

    def left(self, now: datetime, due: datetime, hours: Hours) -> Self:
        """Return what is left of this span until `due`, to be added again after a pause."""
        if self.days or self.day_end or self.working:
            return self.but(
                seconds=int(hours.between(now, due)), days=0, day_end=False, working=True
            )
        return self.but(seconds=max(0, int((due - now).total_seconds())))

    def __str__(self) -> str:
        """Write it as `span` reads it."""
        if self.day_end:
            return SAME_DAY
        if self.days:
            return f"{self.days} working days" if self.days > 1 else "1 working day"
        number, unit = self.seconds, "s"
        for size, name in ((60, "min"), (3600, "h"), (DAY_SECONDS, "days")):
            # a working day is no 24 hours, so hours of opening time stay hours
            if self.seconds and self.seconds % size == 0 and not (self.working and name == "days"):
                number, unit = self.seconds // size, name
        unit = "day" if (number, unit) == (1, "days") else unit
        return f"{number} working {unit}" if self.working else f"{number} {unit}"


def span(text: str) -> Span:
    """Read `30 min`, `2 working h`, `3 working days`; raise ValueError with what is allowed."""
    words = text.replace("hours", "h").replace("hour", "h").replace("clock", "").split()
    if " ".join(words) == SAME_DAY:
        return Span(day_end=True)
    working = "working" in words
    match [word for word in words if word != "working"]:
        case [number, unit] if number.isdecimal() and unit in UNITS and len(number) <= DIGITS:
            return _span(int(number), unit, working=working)
        case _:
            msg = (
                f"{text!r} is no length of time: write e.g. '30 min', '2 working h', "
                f"'3 working days', '{SAME_DAY}'"
            )
            raise ValueError(msg)


DIGITS = 9
LONGEST = 10 * 365 * DAY_SECONDS
LONGEST_DAYS = 366
"""Longer than these is a slip of the hand, and no calendar is looked through for it."""


def _span(number: int, unit: str, *, working: bool) -> Span:
    in_days = working and unit in {"day", "days"}
    if number * UNITS[unit] > LONGEST or (in_days and number > LONGEST_DAYS):
        msg = f"{number} {unit} is longer than any promise: at most a year of working days"
        raise ValueError(msg)
    if in_days:
        return Span(days=number, working=True)
    return Span(seconds=number * UNITS[unit], working=working)


Length = Annotated[Span, PlainSerializer(str, return_type=str)]
"""A span that is written and stored as its text."""
