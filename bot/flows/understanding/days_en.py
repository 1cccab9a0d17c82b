"""Dates and times in English, and dates in digits (order of day and month by region)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.flows.understanding.calendar_words import (
    MONTHS_EN,
    PARTS_EN,
    WEEKDAYS_EN,
)
from bot.flows.understanding.festivals import FESTIVALS, festival
from bot.flows.understanding.moments import (
    MONTH_FIRST,
    ROC_OFFSET,
    Moment,
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
_ONES: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
)
_ORDINALS: Final = {
    **{word: index + 1 for index, word in enumerate((*_ONES, "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"))},
    **{f"twenty{gap}{word}": index + 21 for gap in "- " for index, word in enumerate(_ONES)},
    "thirtieth": 30, "thirty-first": 31, "thirty first": 31,
}  # fmt: skip
_ORD: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_any(_ORDINALS)})"
_YEAR: Final = r"(?:,?\s(?:of\s)?(?P<y>(?:19|20)\d{2})\b)?"
_TO: Final = r"\s?(?:-|/|&|to|and|until|till|thru|through)\s?(?:the\s)?"
# "3 November", "the 3rd of Nov 2026", "November 3", and both ends of 20-23 June and June 20-23.
_DAY_MONTH: Final = re.compile(
    rf"(?<![\d.:/-])(?:\b(?P<d0>{_ORD}){_TO})?\b(?P<d>{_ORD})\s?(?:day\s)?(?:of\s)?(?P<m>{_MON})\b\.?{_YEAR}"
    rf"|\b(?P<m2>{_MON})\b\.?\s?(?:the\s)?(?P<d2>{_ORD})(?![\d:%]|\s?[ap]m)(?:{_TO}(?P<d3>{_ORD})(?![\d:%]|\s?[ap]m|\s(?:days|people|of)\b|\s?(?:{_MON})))?"
    r"(?:,?\s(?P<y2>(?:19|20)\d{2})\b)?"
)
_MONTH_NAME: Final = re.compile(_MON)
_MONTH_LEAD: Final = 24  # characters of a day or a cue before a month's name
_MONTH_TAIL: Final = 36
_SHORT_MONTH: Final = 4  # letters an abbreviated month has at most
_MONTH: Final = re.compile(
    rf"\b(?:(?P<cue>in|since|during|last|from|late|early|mid|until|of|this|back in)[\s-])(?P<m>{_MON})\b(?:\s(?P<y>(?:19|20)\d{{2}}))?"
    rf"|\b(?P<m2>{_MON})\.?,?\s(?P<y2>(?:19|20)\d{{2}})\b"
)
_THE_DAY: Final = re.compile(
    rf"\b(?:the |(?:{_any([d for d in WEEKDAYS_EN if len(d) > 2])}),? (?=\d))(?P<d>\d{{1,2}}(?:st|nd|rd|th)|{_any([o for o, n in _ORDINALS.items() if n > 9])})\b(?! (?:time|call|floor|day|week|month|party|year|one|attempt|of|email|person|order|visit|delivery|avenue|street|item|"
    r"hour|page|row|item|line|store|branch|century|generation|degree|gate))"
)
_ORDINAL_KEY: Final = re.compile(r"\d(?:st|nd|rd|th)\b|the \w+th\b|the thirty|the twenty")
_WEEKDAY: Final = re.compile(
    rf"\b(?:(?P<which>last|this|on|past|next|since|every|each|the|by|until|till|coming|from|before|and|bank holiday|holiday|thanksgiving|early|late|of|to) )?(?:past |coming )?(?P<d>{_any(WEEKDAYS_EN)})\b\.?(?!s\b|'s? (?:best|paper))(?P<week> last week| of last week| before last| this week| next week| week\b)?"
)
_AGO: Final = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{EN}(?:[ -]{EN})?|a (?:couple|few)(?: of)?|couple(?: of)?|few|several)\s?(?P<half>and a half )?(?P<u>hours?|hrs?|minutes?|mins?|days?|weeks?|wks?|fortnight|months?|years?|yrs?) (?:ago|back|earlier)\b"
)
_WORD: Final = re.compile(
    r"\b(?:the )?(?:day before yesterday|night before (?:last|yesterday))\b|\byesterday(?: (?P<p>morning|afternoon|evening|night|lunchtime|arvo))?\b|\blast (?P<l>night|evening|nite)\b"
    r"|\b(?:earlier )?this (?P<t>morning|afternoon|evening|arvo|lunchtime)\b|\b(?:earlier )?today\b|\btonight\b|\btomorrow(?: (?P<tp>morning|afternoon|evening|night))?\b|\b(?:yest|ystd|ytd)\b|\bthe other day\b|\bjust now\b"
    r"|\b(?P<u>last|this|the week before last|next) ?(?P<w>week|weekend|month|year)?\b"
)
_NUMERIC: Final = re.compile(
    r"(?<![a-z0-9\-/.])(?:(?P<y>(?:19|20)\d{2}|1[01]\d(?=[/.]))(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<y2>(?:19|20)?\d{2})"
    r"|(?P<a3>\d{1,2})/(?P<b3>\d{1,2}))(?![a-z0-9/]|[-.][a-z0-9])"
)
_FRACTION: Final = re.compile(r"\s?(?:of|stars?|star|pieces?|cups?|out|score|分|星|的)")
_FESTIVAL: Final = re.compile(
    rf"\b(?:(?:the )?(?:day|night|evening) (?P<side>before|after) |(?P<last>last|this) )?(?P<name>{_any([n for n in FESTIVALS if n[0].isascii() and not n.isdigit()])})(?P<eve> eve)?\b(?:,? (?P<y>20\d\d))?"
)
_NO_FESTIVAL: Final = re.compile(
    r" (?:in\b|cards?\b|trees?\b|cakes?\b|presents?\b|gifts?\b|jumpers?\b|shopping|crackers?\b|hampers?\b|period|season|time\b|offers?\b|sales?\b|menu|goodies|costume|decorations?|lights|party pack|stocking|pudding|box\b)"
)
_SHIFT: Final = re.compile(
    rf"\b(?:the )?(?P<next>next|following) (?:day|(?P<p>morning|afternoon|evening|night))\b(?! delivery| shipping| service)"
    rf"|\b(?:that|the same|same|the very same) (?:very )?(?P<q>morning|afternoon|arvo|evening|night)\b"
    rf"|\b(?P<n>\d{{1,2}}|{EN}) (?P<u>days?|weeks?) later\b(?P<r>(?!))?"
)
_SHIFT_WORDS: Final = frozenset({"next", "following", "that", "same", "later"})
_DAYS_AWAY: Final = (
    ("the day before", -2), ("day before", -2), ("the night before", -2), ("night before", -2), ("the other", -3), ("y", -1), ("last", -1), ("tomorrow", 1), ("tmr", 1),
)  # fmt: skip
_SHORT_DAY: Final = re.compile(
    r"\b(?:last|on|this|past|since|by|from|until|till|next|and|to|ordered|arrived|delivered) $|[,(] ?$|-$"
)
_SAT_DOWN: Final = re.compile(
    r" (?:at|down|for|in|on|there|with|waiting|around|outside|next|beside|by|here|back)\b"
)
_SHORT_DAY_AFTER: Final = re.compile(
    r"\.?,? (?:\d|night|morning|afternoon|evening|arvo|the \d|lunch)|\)"
)
_WEEKS: Final = {
    " last week": -1,
    " of last week": -1,
    " this week": 0,
    " next week": 1,
    " before last": -2,
}
_UNSURE: Final = ("couple", "few", "several")


def _ordinal(text: str) -> int:
    return _ORDINALS.get(text) or int(text.rstrip("stndrh"))


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
        year = match["y"] or match["y2"]
        name = match["m2"] or ""
        if len(name) > _SHORT_MONTH and text[match.end("m2") :].startswith("."):
            continue  # a full name and a full stop: the number begins another sentence
        for group in ("d0", "d", "d2", "d3"):
            if not match[group]:
                continue
            day = _ordinal(match[group])
            if group == "d3" and day <= _ordinal(match["d2"]):
                continue
            found = make(int(year), month, day, today) if year else recent(month, day, today)
            if found is None:
                continue
            start, end = match.span()
            if match["d0"] or match["d3"]:  # both ends of a range, each with its own words
                start = match.start(group) if group in {"d", "d3", "d0"} else start
                end = match.end(group) if group in {"d0", "d2", "d3"} else end
            yield Moment(start, end, found)
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
        if which in {"every", "each"} or (
            name in {"sat", "sun", "mon", "wed", "fri"}
            and not _SHORT_DAY.search(text, max(0, match.start("d") - 10), match.start("d"))
            and not _SHORT_DAY_AFTER.match(text, match.end("d"))
        ):
            continue
        if name == "sat" and _SAT_DOWN.match(text, match.end("d")):
            continue
        weekday = WEEKDAYS_EN[name]
        guessed, open_week = False, None
        if week in _WEEKS:
            day = weekday_in_week(today, weekday, _WEEKS[week])
        elif which in {"next", "coming"} or week:
            day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        else:
            day = last_weekday(today, weekday, strictly=which in {"last", "past"})
            guessed = which == "last"
            open_week = None if which in {"last", "past"} else weekday
        start = match.start() if which in {"last", "this", "past", "next"} else match.start("d")
        yield Moment(start, match.end(), day, confidence=0.9, guessed=guessed, weekday=open_week)
    if _ORDINAL_KEY.search(text):
        for match in _THE_DAY.finditer(text):
            found = recent_day(_ordinal(match["d"]), today)
            if found is not None:
                start = match.start() if match.group().startswith("the") else match.start("d")
                yield Moment(start, match.end(), found, confidence=0.8, numbered=True)


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
    """Yield relative days: the word's group says how many days away, and which part it names."""
    for match in _WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if match["u"]:
            moment = _span_word(match, today)
            if moment is not None:
                yield moment
            continue
        vague = word == "the other day"
        shift = next((days for start_of, days in _DAYS_AWAY if word.startswith(start_of)), 0)
        part = (
            match["p"]
            or match["l"]
            or match["t"]
            or match["tp"]
            or ("night" if word == "tonight" else "")
        )
        yield Moment(
            start,
            end,
            today + timedelta(days=shift),
            part=PARTS_EN.get(part),
            confidence=0.4 if vague else 0.95,
            guessed=vague,
        )


def _festivals(text: str, today: date, region: str) -> Iterator[Moment]:
    named: set[str] = set()
    for match in _FESTIVAL.finditer(text):
        if match.group() in named:
            continue
        named.add(match.group())
        if _NO_FESTIVAL.match(text, match.end()):
            continue
        year = (
            int(match["y"])
            if match["y"]
            else today.year - 1
            if match["last"] == "last" and not match["eve"]
            else None
        )
        day = festival(match["name"], today, year, region)
        if year is not None and day is not None and day > today:
            day = festival(match["name"], today, year - 1, region)
        if day is not None:
            day += timedelta(days={"before": -1, "after": 1}.get(match["side"] or "", 0))
            start = match.start() if match["side"] else match.start("name")
            yield Moment(start, match.end(), day, confidence=0.7, guessed=True)


def _shifts(text: str) -> Iterator[Moment]:
    """Yield days told from another day: the next morning, that night, two days later."""
    for match in _SHIFT.finditer(text):
        part = PARTS_EN.get(match["p"] or match["q"] or match["r"] or "")
        if match["n"]:
            number = whole(match["n"])
            if number is None:
                continue
            shift = number * (7 if match["u"].startswith("w") else 1)
            yield Moment(match.start(), match.end(), shift=shift, confidence=0.6, guessed=True)
            continue
        yield Moment(
            match.start(), match.end(), shift=1 if match["next"] else 0, part=part, confidence=0.8
        )


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


def read(text: str, today: date, words: set[str], region: str) -> Iterator[Moment]:
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
        yield from _festivals(text, today, region)
    if not _SHIFT_WORDS.isdisjoint(words):
        yield from _shifts(text)
