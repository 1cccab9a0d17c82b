"""An instant ahead, as staff give one: until tomorrow 9:00, 到周五下午两点, 3 days, 兩個鐘.

The readers of days take what customers write, which lies in the past; here the next such day is
meant. A day without a time is meant from its beginning, which the caller knows better.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.flows.understanding.numerals import whole
from bot.flows.understanding.page import Page
from bot.flows.understanding.when import moments

if TYPE_CHECKING:
    from datetime import date

_LENGTH: Final = re.compile(
    r"(?P<n>\d{1,4}|[a-z]+|[零一二两三四五六七八九十百半]+)\s*(?:个半?|個半?)?\s*"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|h\b|days?|weeks?|分钟?|小时|钟头|钟|天|日|周|星期|礼拜)"
)
_UNITS: Final = (
    (("min", "分"), timedelta(minutes=1)),
    (("h", "小时", "钟"), timedelta(hours=1)),
    (("day", "天", "日"), timedelta(days=1)),
    (("week", "周", "星期", "礼拜"), timedelta(days=7)),
)
_PAST: Final = re.compile(r"\b(?:yesterday|ago|last)\b|昨|前[天日]|琴日|尋日|上[周个週個]")
_WEEK: Final = timedelta(days=7)


def ahead(text: str, now: datetime, zone: str, region: str) -> tuple[datetime, bool] | None:
    """Return the instant that is meant and whether a time was named; None when none is read."""
    page = Page(text, now, zone, region)
    found = moments(page)
    if _PAST.search(page.folded):
        return None
    if found:
        day = found[0].day
        clock = time.fromisoformat(found[0].time) if found[0].time else None
        if day is None and clock is None:
            return None
        return _meant(page, day, clock)
    length = _length(page.folded)
    return (now + length, True) if length else None


def _meant(page: Page, day: date | None, clock: time | None) -> tuple[datetime, bool]:
    """Return the next instant that fits."""
    if day is None:
        day = page.today if clock and clock > page.now.time() else page.today + timedelta(days=1)
    elif day < page.today:
        day = _next(day, page.today)
    moment = datetime.combine(day, clock or time(0), page.zone)
    return moment, clock is not None


def _next(day: date, today: date) -> date:
    """Return the day meant by one that was read as just past: next week's, or next year's."""
    if today - day <= _WEEK:
        return day + _WEEK
    try:
        return day.replace(
            year=today.year if day.replace(year=today.year) >= today else today.year + 1
        )
    except ValueError:  # 29 February
        return day + timedelta(days=366)


def _length(text: str) -> timedelta | None:
    match = _LENGTH.search(text)
    if match is None:
        return None
    unit = next(length for starts, length in _UNITS if match["unit"].startswith(starts))
    number = whole(match["n"])
    if match["n"] == "半":
        return unit / 2
    return number * unit if number else None
