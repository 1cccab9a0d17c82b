"""Dates and times in English, and dates in digits (order of day and month by region)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.flows.understanding.calendar_words import (
    FESTIVALS,
    MONTHS_EN,
    PARTS_EN,
    WEEKDAYS_EN,
    festival,
)
from bot.flows.understanding.moments import (
    MONTH_FIRST,
    ROC_OFFSET,
    Moment,
    clock,
    days_before,
    full_year,
    last_weekday,
    make,
    month_shift,
    months_before,
    recent,
    recent_day,
    recent_month,
    weekday_in_week,
)
from bot.flows.understanding.numerals import EN, whole


def _any(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_MON: Final = f"(?:{_any(MONTHS_EN)})"
_ORD: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s(?:of\s)?(?P<y>(?:19|20)\d{2})\b)?"
_DAY_MONTH: Final = re.compile(
    rf"\b(?P<d>{_ORD})\s?(?:of\s)?(?P<m>{_MON})\b\.?{_YEAR}|\b(?P<m2>{_MON})\b\.?\s?(?:the\s)?(?P<d2>{_ORD})(?![\d:%]|\s?[ap]m)"
    r"(?:,?\s(?P<y2>(?:19|20)\d{2})\b)?"
)
_MONTH_NAME: Final = re.compile(_MON)
_MONTH_LEAD: Final = 10  # characters of a day or a cue before a month's name
_MONTH_TAIL: Final = 36
_MONTH: Final = re.compile(
    rf"\b(?:(?P<cue>in|since|during|last|from|late|early|mid|until|of|this|back in)[\s-])(?P<m>{_MON})\b(?:\s(?P<y>(?:19|20)\d{{2}}))?"
    rf"|\b(?P<m2>{_MON})\.?,?\s(?P<y2>(?:19|20)\d{{2}})\b"
)
_THE_DAY: Final = re.compile(
    r"\bthe (?P<d>\d{1,2})(?:st|nd|rd|th)\b(?! (?:time|call|floor|day|week|month|party|year|one|attempt|of|email|person|order|visit|delivery|avenue|street|item|"
    r"hour|page|row|item|line|store|branch|century|generation|degree|gate))"
)
_WEEKDAY: Final = re.compile(
    rf"\b(?:(?P<which>last|this|on|past|next|since|every|the|by|until) )?(?:past )?(?P<d>{_any(WEEKDAYS_EN)})\b\.?(?P<week> last week| of last week| before last| this week)?"
)
_AGO: Final = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{EN}(?:[ -]{EN})?|a (?:couple|few)(?: of)?|couple(?: of)?|few|several)\s?(?P<half>and a half )?(?P<u>hours?|hrs?|minutes?|mins?|days?|weeks?|wks?|fortnight|months?|years?|yrs?) (?:ago|back|earlier)\b"
)
_WORD: Final = re.compile(
    r"\b(?:the )?day before yesterday\b|\byesterday(?: (?P<p>morning|afternoon|evening|night|lunchtime))?\b|\blast (?P<l>night|evening)\b"
    r"|\bthis (?P<t>morning|afternoon|evening)\b|\b(?:earlier )?today\b|\btonight\b|\btomorrow\b|\bthe other day\b|\bjust now\b"
    r"|\b(?P<u>last|this|the week before last|next) ?(?P<w>week|weekend|month|year)?\b"
)
_NUMERIC: Final = re.compile(
    r"(?<![a-z0-9\-/.])(?:(?P<y>(?:19|20)\d{2}|1[01]\d(?=[/.]))(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<y2>(?:19|20)?\d{2})"
    r"|(?P<a3>\d{1,2})/(?P<b3>\d{1,2}))(?![a-z0-9/]|[-.][a-z0-9])"
)
_FRACTION: Final = re.compile(r"\s?(?:of|stars?|star|pieces?|cups?|out|score|分|星|的)")
_FESTIVAL: Final = re.compile(
    rf"\b(?:(?P<last>last|this) )?(?P<name>{_any([n for n in FESTIVALS if n[0].isascii() and not n.isdigit()])})\b"
)
_CLOCK: Final = re.compile(
    r"(?<![\d:.$£€¥,])(?P<h>\d{1,2})(?:[:.](?P<mi>\d{2}))?\s?(?P<ap>[ap]m\b|[ap]\.m\b\.?)|(?<![\d:.])(?P<h2>\d{1,2}):(?P<mi2>\d{2})(?![\d:])"
    r"|\b(?P<h3>\d{1,2}|"
    + "|".join(
        w
        for w in [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
    + r") ?o'?clock\b|\b(?:at )?(?P<word>noon|midnight|midday)\b"
    r"|\bhalf past (?P<h4>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_CLOCK_KEY: Final = re.compile(r"\d\s?[ap]\.?m|\d:\d|clock|noon|mid|half past")
_PART_KEY: Final = re.compile("morning|noon|evening|night|lunch")
_PART: Final = re.compile(
    r"\b(?:in the |at |early |late )+(?P<p>morning|afternoon|evening|night|lunchtime|lunch time)\b|\b(?P<q>morning|afternoon|evening|night)\b"
)
_WEEKS: Final = {" last week": -1, " of last week": -1, " this week": 0, " before last": -2}
_UNSURE: Final = ("couple", "few", "several")


def _ordinal(text: str) -> int:
    return int(text.rstrip("stndrh"))


def _around_months(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Try a wide pattern near each month's name only."""
    after = 0
    for name in _MONTH_NAME.finditer(text):
        if name.start() < after:
            continue
        start = max(after, name.start() - _MONTH_LEAD)
        match = pattern.search(text, start, name.start() + _MONTH_TAIL)
        if match is not None:
            after = match.end()
            yield match


def _named(text: str, today: date) -> Iterator[Moment]:
    for match in _around_months(text, _DAY_MONTH):
        month = MONTHS_EN[match["m"] or match["m2"]]
        day = _ordinal(match["d"] or match["d2"])
        year = match["y"] or match["y2"]
        found = make(int(year), month, day, today) if year else recent(month, day, today)
        if found is not None:
            yield Moment(match.start(), match.end(), found)
    for match in _around_months(text, _MONTH):
        month = MONTHS_EN[match["m"] or match["m2"]]
        year = match["y"] or match["y2"]
        if (
            match["cue"] in {"of", "this", "until"}
            and not year
            and match["m"] in {"may", "march", "mar"}
        ):
            continue
        start = match.start("m") if match["m"] else match.start()
        value = f"{int(year):04d}-{month:02d}" if year else recent_month(month, today)
        yield Moment(start, match.end(), month=value, confidence=0.85)


def _weekdays(text: str, today: date) -> Iterator[Moment]:
    for match in _WEEKDAY.finditer(text):
        name, which, week = match["d"], match["which"], match["week"]
        if which == "every" or (
            name in {"sat", "sun", "mon", "wed", "fri"}
            and which not in {"last", "on", "this", "past"}
        ):
            continue
        weekday = WEEKDAYS_EN[name]
        guessed = False
        if week:
            day = weekday_in_week(today, weekday, _WEEKS[week])
        elif which in {"next", "by", "until"}:
            day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        else:
            day = last_weekday(today, weekday, strictly=which in {"last", "past"})
            guessed = which == "last"
        start = (
            match.start("d") if which in {"on", "since", "by", "until", "the"} else match.start()
        )
        yield Moment(start, match.end(), day, confidence=0.9, guessed=guessed)
    if "the " in text:
        for match in _THE_DAY.finditer(text):
            found = recent_day(int(match["d"]), today)
            if found is not None:
                yield Moment(match.start(), match.end(), found, confidence=0.8)


def _ago(text: str, today: date) -> Iterator[Moment]:
    for match in _AGO.finditer(text):
        vague = any(word in match["n"] for word in _UNSURE)
        number = (2 if "couple" in match["n"] else 3) if vague else whole(match["n"])
        if number is None:
            continue
        unit = match["u"].rstrip("s")
        day: date | None
        if unit in {"hour", "hr", "minute", "min"}:
            day = today
        elif unit in {"day", "week", "wk", "fortnight"}:
            day = days_before(today, number * {"day": 1, "fortnight": 14}.get(unit, 7))
        else:
            day = months_before(today, number * (1 if unit == "month" else 12))
        rough = vague or unit in {"month", "year", "yr"}
        if day is not None:
            yield Moment(
                match.start(), match.end(), day, confidence=0.5 if vague else 0.9, guessed=rough
            )


def _span_word(match: re.Match[str], today: date) -> Moment | None:
    """Read last week, last month, this weekend, last year."""
    which, unit = match["u"], match["w"]
    start, end = match.span()
    if which == "the week before last":
        return Moment(start, end, weekday_in_week(today, 0, -2), confidence=0.45, guessed=True)
    if unit is None or which == "next":
        return None
    weeks = -1 if which == "last" else 0
    if unit == "week":
        return Moment(start, end, weekday_in_week(today, 0, weeks), confidence=0.45, guessed=True)
    if unit == "weekend":
        saturday = last_weekday(today, 5, strictly=True)
        return Moment(start, end, saturday, confidence=0.6, guessed=True)
    if unit == "month":
        year, month = month_shift(today, weeks)
        return Moment(start, end, month=f"{year:04d}-{month:02d}", confidence=0.85)
    return None


def _words(text: str, today: date) -> Iterator[Moment]:
    for match in _WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if match["u"]:
            moment = _span_word(match, today)
            if moment is not None:
                yield moment
        elif "before" in word:
            yield Moment(start, end, today - timedelta(days=2))
        elif word.startswith("yesterday"):
            yield Moment(start, end, today - timedelta(days=1), part=PARTS_EN.get(match["p"] or ""))
        elif match["l"]:
            yield Moment(start, end, today - timedelta(days=1), part=PARTS_EN[match["l"]])
        elif match["t"]:
            yield Moment(start, end, today, part=PARTS_EN[match["t"]])
        elif word == "tomorrow":
            yield Moment(start, end, today + timedelta(days=1))
        elif word == "the other day":
            yield Moment(start, end, today - timedelta(days=3), confidence=0.4, guessed=True)
        else:
            yield Moment(start, end, today, part="evening" if word == "tonight" else None)


def _festivals(text: str, today: date) -> Iterator[Moment]:
    for match in _FESTIVAL.finditer(text):
        day = festival(match["name"], today, None)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.7, guessed=True)


def numeric(text: str, today: date, region: str) -> Iterator[Moment]:
    """Yield dates in digits; US, mainland and Taiwan write the month first, others the day."""
    for match in _NUMERIC.finditer(text):
        if match["y"]:
            year = int(match["y"])
            year += ROC_OFFSET if year < 200 else 0
            day = make(year, int(match["m"]), int(match["d"]), today)
            if day is not None:
                yield Moment(match.start(), match.end(), day)
            continue
        short = match["a3"] is not None
        first, second = int(match["a"] or match["a3"]), int(match["b"] or match["b3"])
        if short and (
            _FRACTION.match(text, match.end()) or first == second > 12 or (first, second) == (24, 7)
        ):
            continue
        swapped = region not in MONTH_FIRST
        found = None
        for turn in (swapped, not swapped):
            month, number = (second, first) if turn else (first, second)
            if match["y2"]:
                found = make(full_year(match["y2"]), month, number, today)
            elif 1 <= month <= 12:
                found = recent(month, number, today)
            if found is not None:
                sure = first > 12 or second > 12 or first == second
                confidence = 0.9 if turn == swapped or sure else 0.6
                yield Moment(
                    match.start(),
                    match.end(),
                    found,
                    confidence=confidence,
                    guessed=turn != swapped and not sure,
                )
                break


def clocks(text: str) -> Iterator[Moment]:
    """Yield clock times and parts of the day."""
    if not _CLOCK_KEY.search(text):
        return
    for match in _CLOCK.finditer(text):
        part, minute = None, 0
        if match["word"]:
            part, hour = PARTS_EN[match["word"]], 0 if match["word"] == "midnight" else 12
        elif match["h4"]:
            hour, minute = whole(match["h4"]) or 0, 30
        elif match["h3"]:
            hour = whole(match["h3"]) or 0
        elif match["h2"]:
            hour, minute = int(match["h2"]), int(match["mi2"])
        else:
            hour, minute = int(match["h"]), int(match["mi"] or 0)
            if hour > 12:
                continue
            hour = hour % 12 + (12 if match["ap"].startswith("p") else 0)
        time = clock(hour, minute, None)
        if time is not None:
            yield Moment(match.start(), match.end(), time=time, part=part)


def parts(text: str) -> Iterator[Moment]:
    """Yield parts of the day."""
    if _PART_KEY.search(text):
        for match in _PART.finditer(text):
            part = PARTS_EN[match["p"] or match["q"]]
            yield Moment(match.start(), match.end(), part=part, confidence=0.6)


# The words without which a pattern cannot match: a message that has none is not searched.
_MONTH_WORDS: Final = frozenset(MONTHS_EN)
_DAY_WORDS: Final = frozenset({*WEEKDAYS_EN, "th", "st", "nd", "rd"})
_BACK_WORDS: Final = frozenset({"ago", "back", "earlier"})
_REL_WORDS: Final = frozenset(
    {"day", "yesterday", "last", "this", "today", "tonight", "tomorrow", "just", "week", "next"}
)
_FEAST_WORDS: Final = frozenset(
    re.split("[^a-z]", name.lstrip("0123456789"))[0] for name in FESTIVALS if name[0].isascii()
)
_HOUR_WORDS: Final = frozenset(
    {"morning", "afternoon", "evening", "night", "lunchtime", "lunch", "noon", "midnight"}
)


def read(text: str, today: date, words: set[str]) -> Iterator[Moment]:
    """Yield every moment a folded English text names; they may overlap."""
    if not _MONTH_WORDS.isdisjoint(words):
        yield from _named(text, today)
    if not _DAY_WORDS.isdisjoint(words):
        yield from _weekdays(text, today)
    if not _BACK_WORDS.isdisjoint(words):
        yield from _ago(text, today)
    if not _REL_WORDS.isdisjoint(words):
        yield from _words(text, today)
    if not _FEAST_WORDS.isdisjoint(words):
        yield from _festivals(text, today)
    if not _HOUR_WORDS.isdisjoint(words):
        yield from parts(text)
