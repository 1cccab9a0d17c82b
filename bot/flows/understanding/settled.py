"""What a message leaves open about its times is settled by what stands around them.

In: the moments of a message in the order of the text. Out: the same moments, of which a weekday
without its week looks back or ahead, a day told from another day (隔天, that night) has its date,
a clock time has the day it belongs to, and an hour of twelve its half of the day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.flows.understanding.moments import Moment, clock, next_day_numbered
from bot.flows.understanding.page import Page

_AHEAD_BEFORE: Final = re.compile(
    r"(?:\b(?:by|before|until|till|no later than|not later than|latest|due|next|coming|unless\b.{0,20}|off to .{0,20}|fly(?:ing)? (?:home|out|back) on|leav(?:e|ing) on|visiting on|coming (?:back )?on|postponed (?:to|until)|moved to)(?: the| this)?"
    r"|最迟|最晚|限你们?|截止到?|在?给你们?到|赶在|等到)\s*$"
)
_WILL: Final = re.compile(
    r"\b(?:will|going to|i'll|we'll|they'll|are (?:visiting|coming|flying)|is (?:visiting|coming|flying)|i am (?:filing|going|taking|flying)|i'm (?:filing|going|taking|flying|off)|we (?:fly|leave|go)|i (?:fly|leave)|needs? (?:it|them|to be)|need (?:it|this|them)|want (?:it|this|them)|if (?:it'?s|i|you|nothing|this|the money) (?:\w+ ){0,6}not|if not|unless|expect|would like|were for|was for|is for|deadline|or i|otherwise|left till|got till)\b"
)
_WILL_ZH: Final = re.compile(
    r"要(?!求)|将|会(?!员|籍|说|议|所|计|场)|打算|准备|开庭|摆酒|截止|出发|结婚|起飞前|否则|不然|再不|来影相|嚟影相|寄出?,|见记者|约了?(?:律师|记者)"
)
_AHEAD_AFTER: Final = re.compile(
    r"\s?(?:或)?(?:之前|以前|前(?!台|面|来|往)|内)(?:给|必须|要|如果|不|没|冇|解决|答复|回复|覆|退|处理|收到|办|修|完成|还|未|拿|请|我|你|送|,|。|$)|\s?(?:or (?:i|we)\b|at the latest|latest\b)"
)
# What happened already: a weekday or number beside it looks back.
_DONE_ZH: Final = re.compile(r"了|过|咗|的(?!话)|嘅|结果|收到|到货|就report|来修")
_EVENING: Final = re.compile(
    r"晚餐|晚饭|火锅|聚餐|宵夜|订位|订台|订枱|订桌|订座|酒席|摆酒|演唱会|收工|放工|下班|烧烤|酒吧|吃饭|带位|上菜|点菜|点餐|外卖|等位|包厢|饭局|晚会|电影|影院|大排档|打边炉|食饭|收工|夜宵|"
    r"\b(?:dinner|supper|takeout|take-out|takeaway|pizza|date night|restaurant|table for|movie|film|concert|gig|show|pub|bar|curry|turkey|booking|reservation|party|waiter|waitress|seated|mains?|starters?|steak|drinks|wine|meal|bedtime|after work|cinema|theatre|theater|doors|takeaways?|uber ?eats|deliveroo|pint|roast|buffet|burgers?|food|ate|table|pasta|sushi|karaoke|club)\b"
)
_MORNING: Final = re.compile(
    r"早餐|早茶|起床|上班|返工|上学|门诊|挂号|开门|午餐|早市|\b(?:breakfast|school run|commute|flight|plane|train|bus|from the airport|clinic|appointment)\b"
)
_ON_24: Final = re.compile(r"(?<!\d)(?:1[3-9]|2[0-3])[:h]\d\d|(?<!\d)0\d:\d\d")
_SOON: Final = 75  # minutes before now at which a vague hour is this one
_BOOKED: Final = re.compile(r"\b(?:reserv\w+|book(?:ed|ing)|table|appointment|slot)\b")
_SINCE: Final = re.compile(r"\b(?:since|ever since)(?: about| around| like)?\s*$")
_SINCE_AFTER: Final = re.compile(
    r"[^,。;!?]{0,8}?(?:开始|起(?!飞|身|床)|到现在|到而家|到宜家|至今|到家下|till now|until now)"
)
_LATE: Final = "20:00"
_DUSK: Final = "17:00"
_SMALL: Final = "06:00"
_REACH: Final = 24  # characters between a part of the day and its day
_BESIDE: Final = 5  # characters between a weak time and the moment that bears it out


def _ahead(page: Page, moment: Moment) -> bool:
    """Tell whether the words around a day speak of what is to come."""
    text = page.folded
    first, last = page.clause_start(moment.start), page.clause_end(moment.end)
    if _AHEAD_BEFORE.search(text, max(first, moment.start - 40), moment.start):
        return True
    if _AHEAD_AFTER.match(text, moment.end):
        return True
    if page.han and _WILL_ZH.search(text, moment.end, min(last, moment.end + 12)):
        return not _DONE_ZH.search(text, moment.end, min(last, moment.end + 8))
    first, last = page.sentence(moment.start, moment.end)
    near = max(first, moment.start - 60), min(last, moment.end + 40)
    return page.latin and _WILL.search(text, *near) is not None


def directions(page: Page, moments: list[Moment]) -> None:
    """Let a weekday or a day of the month without more look ahead where the words do."""
    for moment in moments:
        if moment.day is None or (moment.weekday is None and not moment.numbered):
            continue
        if not _ahead(page, moment):
            continue
        if moment.numbered:
            number = moment.day.day
            if moment.day < page.today:
                moment.day = next_day_numbered(number, page.today) or moment.day
        elif moment.weekday is not None:
            days = (moment.weekday - page.today.weekday() - 1) % 7 + 1
            moment.day = page.today + timedelta(days=days)


def _anchor(page: Page, moments: list[Moment], at: int) -> Moment | None:
    """Return the moment whose day a time without one takes: in its clause, before it, after it."""
    moment = moments[at]
    first, last = page.clause_start(moment.start), page.clause_end(moment.end)
    before = next(
        (
            one
            for one in reversed(moments[:at])
            if one.day is not None and not (moment.shift is not None and one.shift)
        ),
        None,
    )
    after = next((one for one in moments[at + 1 :] if one.day is not None and not one.shift), None)
    if before is not None and before.start >= first:
        return before
    if after is not None and after.end <= last:
        return after
    if (
        before is not None
        and before.day is not None
        and after is not None
        and before.day > page.today
    ):
        return after
    return before or after


def days(page: Page, moments: list[Moment]) -> None:
    """Give a day to what has none of its own, from the days told around it."""
    for index, moment in enumerate(moments):
        if moment.dated and moment.shift is None:
            continue
        anchor = _anchor(page, moments, index)
        if anchor is None or anchor.day is None:
            if moment.time and (
                _SINCE.search(page.folded, max(0, moment.start - 14), moment.start)
                or _SINCE_AFTER.match(page.folded, moment.end)
            ):
                later = moment.time > page.now.strftime("%H:%M")
                moment.day = page.today - timedelta(days=1 if later and not moment.vague else 0)
                moment.guessed, moment.confidence = True, 0.6
            continue
        if moment.shift is None and moment.time is None and not _beside(page, moment, anchor):
            continue
        moment.day = anchor.day + timedelta(days=moment.shift or 0)
        moment.guessed = moment.guessed or moment.shift is None
        moment.confidence = min(moment.confidence, 0.8)


def _beside(page: Page, moment: Moment, anchor: Moment) -> bool:
    """Tell whether a part of the day stands in the sentence of its day."""
    if anchor.day is not None and anchor.day > page.today:
        return abs(anchor.start - moment.start) < _REACH
    first, last = page.sentence(moment.start, moment.end)
    return (
        anchor.start >= first - 1
        and anchor.end <= last + 1
        and abs(anchor.start - moment.start) < _REACH
    )


def hours(page: Page, moments: list[Moment]) -> None:
    """Choose the half of the day of each vague hour, and the day after midnight."""
    timed = [moment for moment in moments if moment.time]
    digital = any(_ON_24.search(page.folded, one.start, one.end) for one in timed)
    last: dict[date | None, tuple[str, int]] = {}
    part: dict[date | None, str] = {}
    for moment in moments:
        if moment.part and not moment.time:
            part[moment.day] = moment.part
        if moment.time is None:
            continue
        before = last.get(moment.day)
        if moment.vague:
            _choose(
                page, moment, before[0] if before else "", part.get(moment.day), digital=digital
            )
        rolls = moment.shift is None and moment.day is not None and moment.guessed
        if (
            rolls
            and before
            and before[0] >= _DUSK
            and moment.time < _SMALL
            and moment.day is not None
        ):
            moment.day += timedelta(days=1)
        last[moment.day] = (moment.time, moment.start)
        if moment.part:
            part[moment.day] = moment.part


def _choose(page: Page, moment: Moment, before: str, part: str | None, *, digital: bool) -> None:
    hour, minute = int((moment.time or "")[:2]), int((moment.time or "")[3:])
    moment.vague = False
    if digital and ":" in page.folded[moment.start : moment.end]:
        return
    early, late = f"{hour % 12:02d}:{minute:02d}", f"{hour % 12 + 12:02d}:{minute:02d}"
    if hour == 12:
        late_evening = before >= _LATE or part in {"evening", "night"}
        moment.time = early if late_evening else late
        return
    first, last = page.sentence(moment.start, moment.end)
    around = page.folded[max(first, moment.start - 60) : min(last, moment.end + 60)]
    if before:
        moment.time = late if early < before < late else early
        if early >= before >= _SMALL and part in {"evening", "night", "afternoon"}:
            moment.time = late
    elif part in {"evening", "night", "afternoon", "noon"}:
        moment.time = clock(hour, minute, part)
    elif part in {"morning", "dawn"}:
        moment.time = early
    else:
        evening = (bool(_EVENING.search(around)) and hour <= 10) or hour == 5
        late_hour = hour <= 4 or (evening and not _MORNING.search(around))
        moment.time = late if late_hour else early


def _near_now(page: Page, moment: Moment, early: str, late: str) -> str | None:
    """Return the half that is just past, or the only one that is past, of today's hours."""
    if moment.day not in {None, page.today}:
        return None
    now = page.now.hour * 60 + page.now.minute
    ago = [now - int(one[:2]) * 60 - int(one[3:]) for one in (early, late)]
    if ago[1] >= 0:
        return late if ago[1] <= _SOON else None
    return early if ago[0] >= 0 and moment.day is not None else None


def weak_ones(page: Page, moments: list[Moment]) -> list[Moment]:
    """Leave out weak times and days that nothing beside them bears out."""
    kept: list[Moment] = []
    for index, moment in enumerate(moments):
        if moment.weak and moment.shift is not None and not (moment.part or moment.time):
            continue
        if moment.weak and moment.time and not moment.dated:
            near = [
                other
                for other in moments[max(0, index - 1) : index + 2]
                if other is not moment
                and (other.time or other.dated or other.part)
                and (
                    moment.start - other.end
                    if other.end <= moment.start
                    else other.start - moment.end
                )
                <= _BESIDE
            ]
            first = page.clause_start(moment.start)
            if not near and not _BOOKED.search(page.folded, first, moment.start):
                continue
        kept.append(moment)
    return kept
