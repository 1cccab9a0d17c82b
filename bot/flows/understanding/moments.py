"""A date, month or time while it is being read, and the calendar sums that readers share."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

_NEAR: Final = timedelta(
    days=60
)  # so far ahead a day without its year is this one, not last year's
_OLDEST_YEAR: Final = 1990
_YEARS_AHEAD: Final = 5
ROC_OFFSET: Final = 1911  # ROC year 1 is 1912
MONTH_FIRST: Final = frozenset({"CN", "TW", "US", "JP", "KR", "PH"})


class Moment:
    """A span that names a day, a month or a time of day (`day` and `month` None: time only).

    `weekday`: a weekday that is named without its week. `shift`: days from a day told before
    (隔天, that night). `vague`: an hour of twelve whose half of the day is not told. `weak`:
    only a time if it stands beside other times. `numbered`: a day of the month without its month.
    `since`: it lasts until now.
    """

    __slots__ = (
        "confidence", "day", "end", "guessed", "month", "numbered", "part", "shift", "since", "start", "time",
        "vague", "weak", "weekday",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 one argument for each field
        self,
        start: int,
        end: int,
        day: date | None = None,
        *,
        month: str | None = None,
        time: str | None = None,
        part: str | None = None,
        confidence: float = 0.95,
        guessed: bool = False,
        weekday: int | None = None,
        shift: int | None = None,
        vague: bool = False,
        weak: bool = False,
        numbered: bool = False,
    ) -> None:
        """Hold one moment; `month` is YYYY-MM, `time` HH:MM."""
        self.start, self.end, self.day, self.month = start, end, day, month
        self.time, self.part, self.confidence, self.guessed = time, part, confidence, guessed
        self.weekday, self.shift, self.vague, self.weak = weekday, shift, vague, weak
        self.numbered, self.since = numbered, False

    @property
    def dated(self) -> bool:
        """Tell whether it names a day or a month."""
        return self.day is not None or self.month is not None


def make(year: int, month: int, day: int, today: date) -> date | None:
    """Return a day, None when the calendar or plain sense refuses it."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if not _OLDEST_YEAR <= year <= today.year + _YEARS_AHEAD:
        return None
    if day > monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def full_year(text: str) -> int:
    """Read a year of two digits as 20xx."""
    year = int(text)
    return year + 2000 if year < 100 else year


def recent(month: int, day: int, today: date) -> date | None:
    """Return the last such day, or the next where it is near and the last one long ago."""
    found = [
        one
        for year in (today.year + 1, today.year, today.year - 1, today.year - 2, today.year - 3)
        if (one := make(year, month, day, today)) is not None
    ]
    past = next((one for one in found if one <= today), None)
    near = next((one for one in reversed(found) if today < one <= today + _NEAR), None)
    return near or past


def recent_day(day: int, today: date) -> date | None:
    """Return the last day of month with this number."""
    year, month = today.year, today.month
    for _ in range(4):
        found = make(year, month, day, today)
        if found is not None and found <= today:
            return found
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return None


def recent_month(month: int, today: date) -> str:
    """Return the last such month as YYYY-MM, this one included."""
    return f"{today.year if month <= today.month else today.year - 1:04d}-{month:02d}"


def month_shift(today: date, months: int) -> tuple[int, int]:
    """Return year and month some months away."""
    index = today.year * 12 + today.month - 1 + months
    return index // 12, index % 12 + 1


def months_before(today: date, months: int) -> date | None:
    """Return the same day some months ago, the month's last day where there is none."""
    if months > 600:
        return None
    year, month = month_shift(today, -months)
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def days_before(today: date, days: int) -> date | None:
    """Return a day some days ago, None beyond memory."""
    return today - timedelta(days=days) if 0 <= days <= 20_000 else None


def weekday_in_week(today: date, weekday: int, weeks: int) -> date:
    """Return a weekday of this week (0) or one some weeks away; weeks start on Monday."""
    return today - timedelta(days=today.weekday()) + timedelta(days=weekday, weeks=weeks)


def last_weekday(today: date, weekday: int, *, strictly: bool = False) -> date:
    """Return the most recent such weekday, today included unless `strictly`."""
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back or (7 if strictly else 0))


def next_day_numbered(day: int, today: date) -> date | None:
    """Return the next day of month with this number."""
    year, month = today.year, today.month
    for _ in range(4):
        found = make(year, month, day, today)
        if found is not None and found > today:
            return found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return None


# Part of the day → the hours on a 12-hour clock that it moves past noon.
_SECOND_HALF: Final = {"afternoon": (1, 11), "evening": (4, 11), "night": (5, 11), "noon": (1, 3)}


def clock(hour: int, minute: int, part: str | None) -> str | None:
    """Return HH:MM in 24 hours, using the part of the day where the hour is given in 12."""
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    first, last = _SECOND_HALF.get(part or "", (1, 0))
    if first <= hour <= last:
        hour += 12
    elif (part in {"evening", "night", "dawn"} and hour == 12) or hour == 24:
        hour = 0
    return f"{hour:02d}:{minute:02d}"
