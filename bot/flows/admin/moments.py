"""What admins type of times, read: openings of a day, single days and runs of days.

None where it cannot be read; the page says what is awaited, with an example.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from bot.flows.calendar import known_zone
from bot.flows.understanding.numerals import parse_zh
from bot.flows.understanding.script import fold
from bot.flows.wrong import WrongError

# ---- openings -------------------------------------------------------------------------------

CLOSED = frozenset(
    {"closed", "off", "no", "-", "休息", "不营业", "关门", "不开", "休", "公休", "店休"}
)
WHOLE_DAY = frozenset({"24h", "24 h", "all day", "around the clock", "全天", "24小时", "全日"})
NUMBER = r"(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})"
TIME = re.compile(
    rf"(?P<part>上午|早上|凌晨|中午|下午|晚上)?\s*(?P<hour>{NUMBER})\s*"
    r"(?:[:.点时]\s*(?P<half>半)?(?P<minute>\d{2})?分?)?\s*(?P<half_day>am|pm)?"
)
TO = re.compile(r"\s*(?:-|–|—|~|至|到|\bto\b|\buntil\b)\s*")
AND = re.compile(r"[,;、\n]+|\band\b|和|及")
LATER = {"下午", "晚上", "pm"}
NOON, MIDNIGHT = 12, 24
MOST = 6
"""Openings of one day."""


def _plain(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", text)).strip().lower()


def blocks(text: str) -> list[dict[str, str]] | None:
    """Read the openings of a day: 9:30-12:00, 13:00-18:00; 上午9点到12点半、13点到18点; closed."""
    bare = _plain(text).rstrip(".。")
    if bare in CLOSED:
        return []
    if bare in WHOLE_DAY:
        return [{"start": "00:00:00", "until": "00:00:00"}]
    found = [_block(one) for one in AND.split(bare) if one.strip()]
    read = [one for one in found if one is not None]
    if not read or len(read) < len(found) or len(read) > MOST:
        return None
    return sorted(read, key=lambda one: one["start"])


def _block(text: str) -> dict[str, str] | None:
    ends = TO.split(text.strip())
    if len(ends) != 2:  # noqa: PLR2004 - from and until
        return None
    start, until = (_time(one) for one in ends)
    if start is None or until is None or (start == until and start != "00:00:00"):
        return None
    if _hours(start, until) > LONGEST_NIGHT and start != until:
        return None  # 9-5 is not meant to end on the next morning
    return {"start": start, "until": until}


LONGEST_NIGHT = 16
"""Hours of one opening that ends on the next day; a longer one is a slip."""


def _hours(start: str, until: str) -> int:
    """Return how long an opening past midnight is, 0 for one of a day."""
    first, last = int(start[:2]), int(until[:2])
    return MIDNIGHT - first + last if 0 < last < first else 0


def _time(text: str) -> str | None:
    match = TIME.fullmatch(text)
    if match is None:
        return None
    said = match["hour"]
    hour = int(said) if said.isdecimal() else int(parse_zh(said) or 0)
    minute = 30 if match["half"] else int(match["minute"] or 0)
    later = bool(LATER & {match["part"], match["half_day"]})
    if later and hour < NOON:
        hour += NOON
    if match["half_day"] == "am" and hour == NOON:
        hour = 0
    if (hour, minute) == (MIDNIGHT, 0):
        hour = 0
    return f"{hour:02}:{minute:02}:00" if hour < MIDNIGHT and minute < 60 else None  # noqa: PLR2004


# ---- days -----------------------------------------------------------------------------------

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?"
DAY = re.compile(
    r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号號]?"
    r"|(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*[日号號]?"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m3>{MONTH})(?:\s+(?P<y3>\d{{4}}))?"
    rf"|(?P<m4>{MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y4>\d{{4}}))?(?!\d)",
    re.IGNORECASE,
)
UNTIL = re.compile(r"\s*(?:-|–|—|~|至|到|\bto\b|\buntil\b)\s*", re.IGNORECASE)
SHORT = re.compile(r"(?P<d>\d{1,2})\s*[日号號]")
SIGNS = frozenset(" ,、:-")
"""What may stand between a day and its name."""
RUN = 92
"""Days of one run at most: more is a slip of the hand."""
LINES = 40


def days(text: str, today: date) -> list[tuple[date, str]] | None:
    """Read days a line each, every one with what is said of it: 2027-02-15 – 2027-02-21 春节.

    A day without a year is the next such day.
    """
    found: list[tuple[date, str]] = []
    lines = [one for one in unicodedata.normalize("NFKC", text).splitlines() if one.strip()]
    for one in lines[:LINES]:
        read = _days(one.strip(), today)
        if not read:
            return None
        found += read
    return found or None


def _days(text: str, today: date) -> list[tuple[date, str]]:
    match = DAY.match(text)
    first = _day(match, today) if match else None
    if match is None or first is None:
        return []
    rest, last = text[match.end() :], first
    until = UNTIL.match(rest)
    if until:
        after = rest[until.end() :]
        second, short = DAY.match(after), SHORT.match(after)
        if second:
            last, rest = _day(second, first) or first, after[second.end() :]
        elif short:
            last, rest = _with(first, int(short["d"])) or first, after[short.end() :]
    if not first <= last <= first + timedelta(days=RUN):
        return []
    name = rest.strip("".join(SIGNS))
    return [(first + timedelta(days=n), name) for n in range((last - first).days + 1)]


def _with(first: date, day: int) -> date | None:
    try:
        return first.replace(day=day)
    except ValueError:
        return None


def _day(match: re.Match[str], today: date) -> date | None:
    year = match["y"] or match["y3"] or match["y4"]
    month = match["m"] or match["m2"]
    named = match["m3"] or match["m4"]
    number = int(month) if month else MONTHS.index(named[:3].lower()) + 1
    day = int(match["d"] or match["d2"] or match["d3"] or match["d4"])
    years = (int(year),) if year else (today.year, today.year + 1)
    for one in years:
        try:
            found = date(one, number, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


# ---- zones and countries --------------------------------------------------------------------

AREAS = ("", "Asia/", "Europe/", "America/", "Australia/", "Pacific/", "Africa/", "Atlantic/")
COUNTRY = re.compile(r"([A-Za-z]{2})(?:[ /-]+([A-Za-z0-9]{1,6}))?")


def country(text: str) -> tuple[str, str] | None:
    """Read a country's code, with a part of it: DE, DE BY."""
    match = COUNTRY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (match[1].upper(), (match[2] or "").upper()) if match else None


CITIES = {
    "Asia/Shanghai": (
        "beijing",
        "shenzhen",
        "guangzhou",
        "china",
        "北京",
        "上海",
        "深圳",
        "广州",
        "中国",
    ),
    "Asia/Taipei": ("taiwan", "台北", "台湾"),
    "Asia/Hong_Kong": ("香港",),
    "Asia/Macau": ("macao", "澳门"),
    "Asia/Singapore": ("新加坡",),
    "Asia/Tokyo": ("东京", "日本"),
    "Europe/London": ("伦敦", "英国"),
    "America/New_York": ("纽约",),
}
"""Zones by what people call them who do not know their names, folded."""


def zone(text: str) -> str | None:
    """Read a time zone: Asia/Shanghai, a city of one, 北京."""
    plain = _plain(text)
    called = next((one for one, names in CITIES.items() if plain in names), None)
    if called is not None:
        return called
    bare = "_".join(unicodedata.normalize("NFKC", text).split())
    cased = "/".join("_".join(map(_cased, part.split("_"))) for part in bare.split("/"))
    for one in (bare, cased, bare.upper()):
        for area in AREAS:
            try:
                return known_zone(area + one)
            except WrongError:
                continue
    return None


def _cased(word: str) -> str:
    return word.capitalize() if word.islower() else word
