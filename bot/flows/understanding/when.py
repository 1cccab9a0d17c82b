"""When it happened: joins days, parts of the day and clock times, and picks the incident.

A deadline that the customer sets, a future day and the day of the purchase are kept with
their kind, but they are not the incident while another day is.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.flows.understanding import clocks, days_en, days_zh, script, settled
from bot.flows.understanding.facts import Found
from bot.flows.understanding.moments import Moment, clock
from bot.flows.understanding.page import Page

_JOINT: Final = re.compile(
    r"[\s,的嘅在约于大概左右@\-()由从]*(?:at|around|about|by|on|the|in|of|for|from|since|just|exactly|roughly|approx\.?|before|after|nearly|gone|, around|, about|, at)?\s?(?:the |around |about |just after |exactly |roughly )?[\s,(]*",
    re.ASCII,
)
_REACH: Final = 14  # characters between a day and its clock time
_DEADLINE_BEFORE: Final = re.compile(
    r"(?:\b(?:by|before|until|no later than)\s*(?:the )?|最迟|最晚|限你们?|截止到?|在?给你们?到)\s*$"
)
_DEADLINE_AFTER: Final = re.compile(
    r"\s*(?:之前|以前|前)(?:给|必须|要|能|会|必达|如果|不|解决|答复|回复|退|处理|收到)"
)
_PURCHASE: Final = re.compile(
    r"买|购(?!物)|下单|下的单|落单|落订|落咗订|落了订|订(?!单|位|座|台)(?:的|了|咗|好)|预订|预约|约(?:咗|了|好)|办卡|开户|入职|装的|开卡|入会"
    r"|\b(?:bought|purchased|ordered|placed|signed|book(?:ed)?(?! club)|subscribed|order date|purchase|got (?:a|an|this|the|my|it|some)\b)\b"
)
_CONTACT: Final = re.compile(
    r"投诉过|打过?电话|致电|联系|反映|报修|问过|催|报警|师傅[^,。]{0,6}(?:来|嚟|上门)|回复|答复|寄(?:出|咗|了)信|去谈|写信|\b(?:called|emailed|contacted|complained|wrote|rang|phoned|reported|spoke|chased|inspected|visited us|replied|told that)\b"
)
# A day told only for comparison, or until which something has lasted.
_EARLIER: Final = re.compile(
    r"上次|上一次|之前那次|\b(?:last time|time before|before that|previously|the first time)\b"
)
_UNTIL_NOW: Final = re.compile(r"(?:到|至|直到|截至|\b(?:until|till|by|as of|up to))\s?$")
_STILL: Final = re.compile(
    r"(?:都)?(?:还[在没不]|仍|第.{1,2}天|才发现|先发现|才知)|\s(?:still|and still|i found out|i noticed|i realised|i realized)\b"
)
_EXPIRED: Final = re.compile(
    r"[^,。;!?]{0,3}?(?:到期|为止|截止|期满|都?过[了咗]|退房|离店|退(?=,|。|$|宿)|出院)|\s(?:expired|ended)\b|[^,.;!?]{0,12}?\bcheck(?:ed|ing)? ?out"
)
_PASSED: Final = re.compile(r"(?:过[了咗]?|check(?:ed|ing)? ?out (?:on )?)\s?$")
_RANGE: Final = re.compile(r"\s?(?:-|~|到|至|to|until|till|thru|through)\s?(?:the )?")
_LATER: Final = re.compile(r"隔[天日]|翌日|次日|第二[天日]|(?:the )?(?:next|following)\b")
_BEGAN: Final = re.compile(r"(?:\bsince|从|由|自从?|自)\s?(?:the )?$")
_SERVED: Final = re.compile(
    r"(?:换|修|装|做|保养|安装|补|改)(?:的|完|好|过)|\b(?:done|fitted|installed|serviced|topped up|repaired)\b"
)
_BOOKED_FOR: Final = re.compile(
    r"\b(?:booked|booking|reserv\w+|appointment|scheduled|table)(?: in)?(?: was)? (?:for|on)\s?(?:the )?$|约[了咗]?(?:你[们哋])?$"
)
_WANTED: Final = re.compile(
    r"\b(?:i want|want it|need (?:it|this|a|someone)|must|please|asap|tonight)\b|(?:今天|今日|今晚)(?:之内|以内|内)|务必|马上"
)
_EVENT: Final = re.compile(
    r"收到|发现|坏|冒烟|发生|吃|食|去(?!年)|(?<![从原本未])来|嚟|到货|送|漏|断|住|坐|等|扣|刷|入住|开始|突然|竟然|停|跌|爆|伤|洗|剪|做|换|签收|打开|拿|碌|转走|"
    r"\b(?:arrived|happened|broke|stopped|was|were|went|came|received|found|noticed|visited|ate|delivered|charged|waited|when|started|down|out|died|fell|leaked|smok\w+|showed|turned|gone|took|taken|told|said|left|closed|snapped|reach(?:ed)?)\b"
)
_AGAIN: Final = re.compile(r"又|再(?!给|不|说|来|打|让)|第二次|\bagain\b")
_TROUBLE: Final = re.compile(r"问题出在|事发|出事|事情|\b(?:incident|what happened|the problem)\b")


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
        if first.day is None or second.day is None:
            return None
        for open_week, fixed in ((first, second), (second, first)):
            if open_week.weekday is not None and fixed.day is not None and fixed.weekday is None:
                if open_week.weekday != fixed.day.weekday():
                    return None if not fixed.numbered else _joined(open_week, fixed)
                open_week.day = fixed.day
        return _joined(first, second) if first.day == second.day else None
    shifts = (first.shift is not None, second.shift is not None)
    if (first.time and second.time) or all(shifts):
        return None
    if any(shifts) and (first.dated or second.dated):
        return None
    alone = not (first.time or second.time or first.dated or second.dated)
    if alone and first.part and second.part and first.part != second.part:
        return None
    return _joined(first, second)


def _joined(first: Moment, second: Moment) -> Moment:
    dated = first if first.dated else second
    timed = first if first.time else second
    both = first.dated and second.dated
    time, part, vague = timed.time, first.part or second.part, timed.vague
    if time and part and vague:
        time, vague = clock(int(time[:2]), int(time[3:]), part), False
    return Moment(
        first.start,
        second.end,
        dated.day,
        month=dated.month,
        time=time,
        part=part,
        confidence=dated.confidence,
        guessed=dated.guessed,
        weekday=None if both else dated.weekday,
        shift=first.shift if first.shift is not None else second.shift,
        vague=vague,
        numbered=dated.numbered and not both,
    )


def _one_after_another(first: Moment, second: Moment, gap: str) -> bool:
    """Tell whether a time before and a day after a comma are two things: …at 9, yesterday…."""
    return "," in gap and bool(first.time) and second.dated and first.dated


def _merge(text: str, moments: list[Moment]) -> list[Moment]:
    merged: list[Moment] = []
    for moment in moments:
        if merged:
            last = merged[-1]
            gap = text[last.end : moment.start]
            if (
                len(gap) <= _REACH
                and _JOINT.fullmatch(gap)
                and not _one_after_another(last, moment, gap)
            ):
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
    if _EARLIER.search(text, max(start, moment.start - 24), moment.start):
        return "earlier"
    if moment.day == page.today and not moment.time and _WANTED.search(text, start, end):
        return "deadline"
    if _BOOKED_FOR.search(text, max(start, moment.start - 24), moment.start):
        return "past"
    if _PURCHASE.search(text, max(start, moment.start - 70), min(end, moment.end + 14)):
        return "purchase"
    if _CONTACT.search(text, max(start, moment.start - 24), min(end, moment.end + 14)):
        return "contact"
    return "past"


def _value(moment: Moment) -> str:
    day = moment.day.isoformat() if moment.day is not None else moment.month or ""
    return f"{day}T{moment.time}" if moment.time and moment.day is not None else day


def moments(page: Page) -> list[Moment]:
    """Return the moments of a message, joined and settled, in the order of the text."""
    text = page.masked
    found: list[Moment] = []
    if page.han:
        fives = page.region in {"HK", "MO"} or script.is_cantonese(page.folded)
        found.extend(days_zh.read(text, page.today, page.region))
        found.extend(clocks.chinese(text, fives=fives))
        found.extend(clocks.chinese_parts(text))
    if page.latin:
        found.extend(days_en.read(text, page.today, page.words, page.region))
        found.extend(clocks.english_parts(text))
    if page.digits or page.latin:
        found.extend(clocks.english(text))
    if page.digits and ("/" in text or "-" in text or "." in text):
        found.extend(days_en.numeric(text, page.today, page.region))
    if not found:
        return []
    merged = settled.weak_ones(page, _merge(text, _pick(found)))
    settled.directions(page, merged)
    settled.days(page, merged)
    settled.hours(page, merged)
    return merged


def read(page: Page) -> None:
    """Add every `when` of the message to the page; a bare clock time is guessed as today."""
    for moment in moments(page):
        undated = not moment.dated
        if undated:
            if moment.time is None:
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
            kind="undated" if undated else _kind(page, moment),
        )


def _day_of_time(page: Page, time: str) -> date:
    return page.today if time <= page.now.strftime("%H:%M") else page.today - timedelta(days=1)


def _standing(page: Page, found: Found) -> float:
    """Return what the words around a date weigh for and against it."""
    text, start, end = page.folded, found.start, found.end
    first, last = page.clause_start(start), page.clause_end(end)
    checks = (
        (_EVENT.search(text, max(first, start - 45), min(last, end + 40)), 1.0),
        (_AGAIN.search(text, max(first, start - 12), min(last, end + 14)), 0.6),
        (_TROUBLE.search(text, *page.sentence(start, end)), 2.0),
        (_UNTIL_NOW.search(text, max(0, start - 10), start) or _STILL.match(text, end), -2.0),
        (_EXPIRED.match(text, end) or _PASSED.search(text, max(0, start - 14), start), -2.2),
        (_LATER.match(text, start), -0.8),
        (_BEGAN.search(text, max(0, start - 12), start), 0.8),
        (
            found.kind == "past"
            and _SERVED.search(text, max(first, start - 20), min(last, end + 14)),
            -0.8,
        ),
        (found.value == page.today.isoformat() and not found.part, -0.6),
        (found.guessed, -0.2),
        (len(found.value) > _WITH_TIME, 0.4),
    )
    return sum(weight for told, weight in checks if told)


def _score(page: Page, found: Found, index: int, *, story: bool) -> float:
    """Return how likely a date is the incident; a long story begins with it, a short one ends."""
    score = {"past": 3.0, "contact": 1.5, "purchase": 0.5}.get(found.kind or "", -9.0)
    score += 0.3 if len(found.value) > len("YYYY-MM") else -0.6
    return score + _standing(page, found) + (-0.12 if story else 0.1) * index


_WITH_TIME: Final = len("YYYY-MM-DD")
_STORY: Final = {"en": 700}
_STORY_ZH: Final = 250
_LEAST: Final = 1.2
_SHORT: Final = 16


def _end(page: Page, dates: list[Found], found: Found) -> float:
    """Return what the end of a range weighs less than its beginning."""
    index = next(at for at, one in enumerate(dates) if one is found)
    gap = page.original[dates[index - 1].end : found.start] if index else ""
    return 1.6 if gap and len(gap) < 12 and _RANGE.fullmatch(gap.lower()) else 0.0


def incident(page: Page) -> tuple[Found | None, bool]:
    """Return the `when` that tells the incident, and whether it does.

    Where only the day of a purchase is told it is returned all the same: some desks ask for it.
    """
    dates = [found for found in page.found if found.slot == "when"]
    candidates = [
        found for found in dates if found.kind not in {"deadline", "future", "earlier", "undated"}
    ]
    if not candidates:
        return None, False
    story = len(page.folded) > _STORY.get(page.language, _STORY_ZH)
    score, index = max(
        (_score(page, found, index, story=story) - _end(page, dates, found), index)
        for index, found in enumerate(candidates)
    )
    best = candidates[index]
    if score >= _LEAST or len(page.folded) <= _SHORT:  # so short, it answers when it was
        return best, True
    return (best, False) if best.kind == "purchase" else (None, False)
