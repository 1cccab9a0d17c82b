"""Dates, times and amounts as a reader of a language writes them.

The names and patterns are CLDR's, taken out of Babel into `cldr.json` by `make texts`; a test
holds them equal to Babel's own output. (Babel itself costs 12 MB at run time for the little that
is shown here.) Times are in the desk's zone; dates carry their weekday, never "next Wednesday"
(SPEC section 2, step 10).
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

CLDR: dict[str, Any] = json.loads(files("bot.texts").joinpath("cldr.json").read_text("utf-8"))

TODAY = {"en": "today", "zh_Hant_HK": "今日"}
TOMORROW = {"en": "tomorrow", "zh_Hant_HK": "聽日"}
"""Where a language or region says it otherwise than 今天 and 明天."""


@lru_cache(maxsize=2048)
def day(value: date, language: str) -> str:
    """Return a date in full: `Tuesday 3 November 2026`, `2026年11月3日 周二`."""
    if language == "en":
        return f"{near_day(value, language)} {value.year}"
    return f"{value.year}年{near_day(value, language)}"


@lru_cache(maxsize=2048)
def near_day(value: date, language: str) -> str:
    """Return a date without its year: `Tuesday 3 November`, `11月3日 周二`."""
    weekday = CLDR[language]["weekdays"][value.weekday()]
    if language == "en":
        return f"{weekday} {value.day} {CLDR[language]['months'][value.month - 1]}"
    return f"{value.month}月{value.day}日 {weekday}"


def when(at: datetime, now: datetime, language: str, zone: str, name: str = "") -> str:
    """Return an instant: `20:15 today (Wednesday 18 November)`, `今天（11月18日 周三）20:15`.

    `name` is the locale with its region, for the words that differ there.
    """
    name = name or language
    local, here = _local(at, zone), _local(now, zone).date()
    clock = f"{local.hour:02}:{local.minute:02}"
    that = local.date()
    near = near_day(that, language) if that.year == here.year else day(that, language)
    word = ""
    if that == here:
        word = TODAY.get(name, "今天")
    elif that == here + timedelta(days=1):
        word = TOMORROW.get(name, "明天")
    if language == "en":
        return f"{clock} {word} ({near})" if word else f"{clock} on {near}"
    return f"{word}（{near}）{clock}" if word else f"{near} {clock}"


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(_zone(zone))


@lru_cache(maxsize=32)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def money(minor: int, currency: str, language: str) -> str:
    """Return an amount with its currency named, from minor units."""
    digits = CLDR["digits"].get(currency, 2)
    whole, rest = divmod(abs(minor), 10**digits)
    shown = digits and (rest or currency not in NO_CENTS)
    number = f"{whole:,}" + (f".{rest:0{digits}}" if shown else "")
    symbol = DOLLARS.get(currency) or CLDR[language]["symbols"].get(currency) or f"{currency}\xa0"
    return f"{'-' if minor < 0 else ''}{symbol}{number}"


NO_CENTS = frozenset({"TWD"})
"""Nobody in Taiwan writes NT$1,280.00: cents are in CLDR and in no purse."""

DOLLARS = {
    "USD": "US$",
    "TWD": "NT$",
    "HKD": "HK$",
    "SGD": "S$",
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "MOP": "MOP$",
}
"""A dollar is never bare: its country goes in front (SPEC section 2, step 10)."""
