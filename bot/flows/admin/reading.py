"""What admins type, read: numbers, lengths of time, amounts, lists of words.

None where it cannot be read; the page says what is awaited, with an example.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.flows.calendar import span
from bot.flows.understanding.money import minor
from bot.flows.understanding.numerals import parse_zh
from bot.flows.understanding.script import fold

if TYPE_CHECKING:
    from bot.flows.admin.frame import Typed

DIGITS = re.compile(r"-?\d{1,12}(?:\.\d{1,4})?")
CURRENCY = re.compile(r"[A-Z]{3}")


def plain(text: str) -> str:
    """Return a text as it is read here: full-width narrowed, simplified, small."""
    return fold(unicodedata.normalize("NFKC", text)).strip().lower()


def decimal(text: str) -> Decimal | None:
    """Read one number: 5000, 5,000, 五千, 5千."""
    bare = re.sub(r"(?<=\d)[,_ ](?=\d{3})", "", plain(text))
    if DIGITS.fullmatch(bare):
        return Decimal(bare)
    if re.fullmatch(r"[零〇一二两三四五六七八九十百千万亿\d.]+", bare):
        return parse_zh(bare)
    return None


def number(text: str) -> int | None:
    """Read a whole number."""
    found = decimal(text)
    return int(found) if found is not None and found == found.to_integral_value() else None


def amount(typed: Typed, currency: str) -> int | None:
    """Read an amount in minor units of a currency: 5000, ¥5,000, 五千元; not one of another."""
    read = typed.facts.best("amount") if typed.facts else None
    if BELOW_NOTHING.search(plain(typed.text)):
        return None
    if read is not None and read.currency not in {None, currency}:
        return None
    found = decimal(AROUND.sub("", plain(typed.text)))
    if found is None:
        return int(read.value) if read is not None and read.value.isdecimal() else None
    return 0 if found == 0 else minor(found, currency)


NO_CURRENCY = "XXX"
"""ISO 4217 for none: two decimals, as most have."""
BELOW_NOTHING = re.compile(r"(?:^|[^\d\w])[-−–]\s*[^\d\w\s]?\s*\d|负")
"""An amount with a sign before it: -5, ¥-5, 负五元."""

AROUND = re.compile(
    r"^[^\d一二两三四五六七八九十百千万]+|[^\d十百千万亿零〇一二两三四五六七八九]+$"
)
"""Signs and words of a currency before and after a number."""


def new_currency(text: str) -> tuple[str, int] | None:
    """Read a currency with its amount: EUR 500, 500 EUR."""
    bare = unicodedata.normalize("NFKC", text).upper()
    code = CURRENCY.search(bare)
    value = decimal(CURRENCY.sub("", bare)) if code else None
    found = minor(value, code.group()) if code and value is not None else None
    return (code.group(), found) if code and found is not None else None


UNITS = (
    ("个", ""),
    ("個", ""),
    ("天内", "天"),
    ("工作分钟", " working min "),
    ("工作小时", " working h "),
    ("工作天", " working days "),
    ("工作日内", " working days "),
    ("工作日", " working days "),
    ("营业小时", " working h "),
    ("小时", " h "),
    ("钟头", " h "),
    ("分钟", " min "),
    ("分", " min "),
    ("秒", " s "),
    ("星期", " week "),
    ("周", " week "),
    ("週", " week "),
    ("天", " days "),
    ("日", " days "),
    ("minutes", "min"),
    ("minute", "min"),
    ("mins", "min"),
    ("weeks", "week"),
    ("seconds", "s"),
    ("second", "s"),
)
SAME_DAY = frozenset(
    {"当天", "当日", "同一天", "当个工作日", "same day", "same working day", "当日内"}
)


def length(text: str) -> str | None:
    """Read a length of time as a configuration writes it: 30 min, 2 个工作小时, 三天."""
    bare = plain(text)
    if bare in SAME_DAY:
        return "same working day"
    for said, unit in UNITS:
        bare = bare.replace(said, unit)
    found = re.fullmatch(r"\s*(\S+?)\s*([a-z][a-z ]*)", bare)
    count = number(found.group(1)) if found else None
    if found is None or count is None:
        return _on_the_clock(bare)
    if count < 0:
        return None
    try:
        return str(span(f"{count} {found.group(2)}"))
    except ValueError:
        return None


def _on_the_clock(text: str) -> str | None:
    """Read parts of hours, and hours with minutes: 1.5 h, 1 h 30 min, 半小时."""
    parts = list(PART.finditer(text))
    if not parts or PART.sub("", text).strip():
        return None
    total = Decimal(0)
    for part in parts:
        count = Decimal("0.5") if part["n"] == "半" else decimal(part["n"])
        if count is None:
            return None
        total += count * CLOCK[part["unit"]] + (CLOCK[part["unit"]] / 2 if part["half"] else 0)
    minutes = total / 60
    return str(span(f"{int(minutes)} min")) if 0 < minutes == int(minutes) else None


CLOCK = {"h": Decimal(3600), "hours": Decimal(3600), "hour": Decimal(3600), "min": Decimal(60)}
PART = re.compile(
    r"\s*(?P<n>半|\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十]{1,3})\s*(?P<half>半)?\s*(?P<unit>hours?|h|min)\b"
)


def words(text: str) -> list[str]:
    """Read a list of words: by commas of any kind, or a line each."""
    found = (one.strip() for one in re.split(r"[,，、;；\n]+", text))
    return list(dict.fromkeys(one for one in found if one))
