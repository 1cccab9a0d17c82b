"""When it happened: joins days, parts of the day and clock times, and picks the incident.

A deadline that the customer sets, a future day and the day of the purchase are kept with
their kind, but they are not the incident while another day is.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.flows.understanding import days_en, days_zh
from bot.flows.understanding.facts import Found
from bot.flows.understanding.moments import Moment
from bot.flows.understanding.page import Page

_JOINT: Final = re.compile(
    r"[\s,的在约于大概左右@\-(]*(?:at|around|about|by|on|the|in)?[\s,]*", re.ASCII
)
_REACH: Final = 14  # characters between a day and its clock time
_DEADLINE_BEFORE: Final = re.compile(
    r"(?:\b(?:by|before|until|no later than)\s*(?:the )?|最迟|最晚|限你们?|截止到?|在?给你们?到)\s*$"
)
_DEADLINE_AFTER: Final = re.compile(
    r"\s*(?:之前|以前|前)(?:给|必须|要|如果|不|解决|答复|回复|退|处理|收到)"
)
_PURCHASE: Final = re.compile(
    r"买|购|下单|下的单|落单|订的|订了|预订|付款|签|开户|入职|装的|办的|\b(?:bought|purchased|ordered|placed|paid|signed|booked|opened"
    r"|subscribed|order date|purchase)\b"
)
_CONTACT: Final = re.compile(
    r"投诉过|打过?电话|致电|联系|反映|报修|问过|催|\b(?:called|emailed|contacted|complained|wrote|rang|phoned|reported|spoke|chased)\b"
)
_EVENT: Final = re.compile(
    r"收到|发现|坏|冒烟|发生|吃|去|来|到货|送|漏|断|住|坐|等|扣|入住|开始|突然|竟然|"
    r"\b(?:arrived|happened|broke|stopped|was|were|went|came|received|got|found|noticed|visited|ate|delivered|charged|waited|when|started)\b"
)


def _pick(moments: list[Moment]) -> list[Moment]:
    """Keep the longest of overlapping moments, in the order of the text."""
    kept: list[Moment] = []
    for moment in sorted(moments, key=lambda m: (m.start - m.end, -m.confidence)):
        if all(moment.end <= other.start or other.end <= moment.start for other in kept):
            kept.append(moment)
    return sorted(kept, key=lambda m: m.start)


def _join(first: Moment, second: Moment) -> Moment | None:
    """Make one moment of two neighbours that say different things, else None."""
    if first.dated and second.dated:
        if first.day is not None and first.day == second.day:
            return _joined(first, second)
        return None
    if first.time and second.time:
        return None
    alone = not (first.time or second.time or first.dated or second.dated)
    if alone and first.part and second.part and first.part != second.part:
        return None
    return _joined(first, second)


def _joined(first: Moment, second: Moment) -> Moment:
    dated = first if first.dated else second
    time = first.time or second.time
    part = first.part or second.part
    if time and part in {"afternoon", "evening", "night"} and 1 <= int(time[:2]) < 12:
        hour = int(time[:2])
        if part != "night" or hour >= 5:
            time = f"{hour + 12:02d}{time[2:]}"
    return Moment(
        first.start,
        second.end,
        dated.day,
        month=dated.month,
        time=time,
        part=part,
        confidence=dated.confidence,
        guessed=dated.guessed,
    )


def _merge(text: str, moments: list[Moment]) -> list[Moment]:
    merged: list[Moment] = []
    for moment in moments:
        if merged:
            last = merged[-1]
            gap = text[last.end : moment.start]
            if len(gap) <= _REACH and _JOINT.fullmatch(gap):
                joined = _join(last, moment)
                if joined is not None:
                    merged[-1] = joined
                    continue
        merged.append(moment)
    return merged


def _kind(page: Page, moment: Moment) -> str:
    text = page.folded
    if _DEADLINE_BEFORE.search(
        text, max(0, moment.start - 20), moment.start
    ) or _DEADLINE_AFTER.match(text, moment.end):
        return "deadline"
    if moment.day is not None and moment.day > page.today:
        return "future"
    start, end = page.clause_start(moment.start), page.clause_end(moment.end)
    if _PURCHASE.search(text, max(start, moment.start - 30), min(end, moment.end + 18)):
        return "purchase"
    if _CONTACT.search(text, max(start, moment.start - 24), min(end, moment.end + 14)):
        return "contact"
    return "past"


def _value(moment: Moment) -> str:
    day = moment.day.isoformat() if moment.day is not None else moment.month or ""
    return f"{day}T{moment.time}" if moment.time and moment.day is not None else day


def moments(page: Page) -> list[Moment]:
    """Return the moments of a message, joined, in the order of the text."""
    text = page.masked
    found: list[Moment] = []
    digits = page.digits
    if page.han:
        found.extend(days_zh.read(text, page.today))
    latin = page.latin
    if latin:
        found.extend(days_en.read(text, page.today, page.words))
    if digits or latin:
        found.extend(days_en.clocks(text))
    if digits and ("/" in text or "-" in text or "." in text):
        found.extend(days_en.numeric(text, page.today, page.region))
    return _merge(text, _pick(found)) if found else []


def read(page: Page) -> None:
    """Add every `when` of the message to the page; a bare clock time is guessed as today."""
    found = moments(page)
    dated = any(moment.dated for moment in found)
    for moment in found:
        if not moment.dated:
            if moment.time is None or dated:
                continue
            moment.day = _day_of_time(page, moment.time)
            moment.guessed, moment.confidence = True, 0.5
        page.add(
            "when",
            _value(moment),
            moment.start,
            moment.end,
            moment.confidence,
            guessed=moment.guessed,
            part=moment.part,
            kind=_kind(page, moment),
        )


def _day_of_time(page: Page, time: str) -> date:
    return page.today if time <= page.now.strftime("%H:%M") else page.today - timedelta(days=1)


def _score(page: Page, found: Found, index: int) -> float:
    score = {"past": 3.0, "purchase": 1.0, "contact": 1.5}.get(found.kind or "", -9.0)
    first, last = page.sentence(found.start, found.end)
    if found.kind == "past" and _EVENT.search(page.folded, first, last):
        score += 1.0
    if found.guessed:
        score -= 0.6
    return score + (0.3 if len(found.value) > len("YYYY-MM") else -0.3) - 0.05 * index


def incident(page: Page) -> Found | None:
    """Return the `when` that tells the incident, None where none can."""
    dates = [found for found in page.found if found.slot == "when"]
    candidates = [found for found in dates if found.kind not in {"deadline", "future"}]
    if not candidates:
        return None
    if len(candidates) == 1:
        return candidates[0]
    scored = [(_score(page, found, index), -index) for index, found in enumerate(candidates)]
    return candidates[-max(scored)[1]]
