"""Dates, times and amounts as a reader of a language writes them (CLDR, by Babel).

Babel is thorough and slow, so what repeats is remembered. Times are shown in the desk's zone;
dates with weekday, never "next Wednesday" (SPEC section 2, step 10).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

DAY = {"en": "EEEE d MMMM y", "zh_Hans": "y年M月d日 EEE", "zh_Hant": "y年M月d日 EEE"}
NEAR_DAY = {"en": "EEEE d MMMM", "zh_Hans": "M月d日 EEE", "zh_Hant": "M月d日 EEE"}
"""Within this year the year goes without saying in a promise."""
TODAY = {"en": "today", "zh_Hant_HK": "今日"}
TOMORROW = {"en": "tomorrow", "zh_Hant_HK": "聽日"}
"""Where a language or region says it otherwise than 今天 and 明天."""


@lru_cache(maxsize=2048)
def day(value: date, language: str) -> str:
    """Return a date in full: `Tuesday 3 November 2026`, `2026年11月3日 周二`."""
    return format_date(value, DAY[language], locale=language)


@lru_cache(maxsize=2048)
def _near_day(value: date, language: str) -> str:
    return format_date(value, NEAR_DAY[language], locale=language)


def when(at: datetime, now: datetime, language: str, zone: str, name: str = "") -> str:
    """Return an instant: `20:15 today (Wednesday 18 November)`, `今天（11月18日 周三）20:15`."""
    name = name or language
    local, here = _local(at, zone), _local(now, zone).date()
    clock = f"{local.hour:02}:{local.minute:02}"
    that = local.date()
    near = _near_day(that, language) if that.year == here.year else day(that, language)
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
    try:
        digits = get_currency_precision(currency)
        shown = str(format_currency(Decimal(minor).scaleb(-digits), currency, locale=language))
    except (LookupError, ValueError, ArithmeticError):
        return f"{currency} {minor / 100:.2f}"
    if "$" in shown and currency in DOLLARS:
        return DOLLARS[currency] + shown[shown.index("$") + 1 :]
    return shown


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
