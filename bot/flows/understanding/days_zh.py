"""Dates and times in Chinese (folded to simplified; Taiwan and Hong Kong wording included)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.flows.understanding.calendar_words import (
    DAYS_ZH,
    FESTIVALS,
    PARTS_ZH,
    WEEKDAYS_ZH,
    festival,
)
from bot.flows.understanding.moments import (
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
from bot.flows.understanding.numerals import whole

_N: Final = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR: Final = (
    r"(?:(?P<roc>民国)\s?(?P<rocy>\d{2,3}|[零一二三四五六七八九十百]{1,4})|(?P<y>(?:19|20)\d{2}|[一二][零九][零一二三四五六七八九]{2}"
    r"|(?<!\d)1[01]\d(?=年\d{1,2}月)|(?<!\d)2\d(?=年\d))|(?P<ry>今|去|前|上|旧|旧岁))年(?:的)?\s?"
)
_TAIL: Final = r"(?P<span>初|头|底|尾|月底|中旬|上旬|下旬)?"
_ABSOLUTE: Final = re.compile(
    rf"(?:{_YEAR})?(?P<m>(?<![\d.]){_N})\s?月份?\s?(?:(?P<d>{_N})(?:\s?[日号](?![线楼店]))?(?![\d个元块]))?{_TAIL}"
)
_MONTH_LEAD: Final = 16  # characters of a year and month before 月
_MONTH_TAIL: Final = 9
_MONTH: Final = re.compile(
    rf"(?P<which>上上|上|这|本|今|呢)个?月(?:的)?(?:(?P<d>{_N})\s?[日号](?![线楼店]))?{_TAIL}(?!饼)"
)
_DAY: Final = re.compile(
    rf"(?<![\d第.a-z\-/月年路街道巷弄段里村坊])(?<!胡同|大道|小区|花园|大厦|广场){_N}号"
    r"(?![线楼店枱台桌柜房门车机位床铺窗馆员仓码码院客]|收银|收款|出口|入口|通道|包厢|包间|包房|展位|展厅|卡座|登机口|诊室)"
)
_WORD: Final = re.compile("|".join(sorted(DAYS_ZH, key=len, reverse=True)))
_AGO: Final = re.compile(
    r"(?P<n>\d{1,3}|[一二三四五六七八九十两廿卅]{1,4}|半|几|好几|大半)\s?(?P<half>个半)?个?多?"
    r"(?P<u>小时|钟头|分钟|天|日|周|星期|礼拜|月|年)(?P<half2>半)?多?(?:之|以)?前(?!台|面|后|天|途|来)"
)
_VAGUE: Final = re.compile(
    r"前(?:几|两|一两|些)[天日]|前(?:一)?阵(?:子|时)?|前排|早前|早几日|早两日|前段时间"
)
_WEEK: Final = re.compile(
    r"(?P<which>上上|上|这|本|今|呢|下下|下)?个?(?:周|星期|礼拜)(?P<d>[一二三四五六日天末1-6])(?![个次])"
)
_WHOLE_WEEK: Final = re.compile(
    r"(?P<which>上上|上|这|本|今|呢)个?(?:周|星期|礼拜)(?![一二三四五六日天末1-6])"
)
_FESTIVAL: Final = re.compile("(?P<ry>今|去|前|旧)?年?(?P<name>" + "|".join(
    name for name in FESTIVALS if not name[0].isascii() or name.isdigit()
) + ")(?:节|当天|那天|假期|期间|长假)*")  # fmt: skip
_CLOCK: Final = re.compile(
    r"(?P<p>凌晨|清晨|早晨|早上|上午|朝早|上昼|中午|正午|晏昼|下午|下昼|傍晚|晚上|夜晚|晚黑|晚间|深夜|半夜|夜里|午夜|(?<![寻琴昨今前明当])[晚早])?的?\s?"
    r"(?:(?P<h>(?<![\d.])\d{1,2}|[一二两三四五六七八九]|十[一二]?|二十[一二三四]?)\s?(?:点钟|点|时|點)(?![要建意问不些小头儿都也的])"
    r"(?P<rest>半|正|整|(?P<q>[一三])刻|(?P<mi>\d{1,2}|零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九](?=分))\s?分?)?"
    r"|(?P<h2>(?<![\d:.])\d{1,2}):(?P<mi2>\d{2})(?![\d:]))"
)
_CLOCK_KEY: Final = re.compile("[点时:]")
_PART: Final = re.compile(
    "|".join(sorted((part for part in PARTS_ZH if len(part) > 1), key=len, reverse=True))
)
# First characters: a text without any of them is not searched with the long pattern.
_DAY_KEY: Final = re.compile("[" + "".join(sorted({word[-1] for word in DAYS_ZH})) + "前早]")
_FESTIVAL_KEY: Final = re.compile("[节假五一六618国庆双旦诞安跨春初除年元端中]")
_PART_KEY: Final = re.compile("[晨早午昼晚夜]")
_RELATIVE_YEARS: Final = {"今": 0, "去": -1, "上": -1, "旧": -1, "旧岁": -1, "前": -2}
_MONTHS: Final = {"上上": -2, "上": -1}
_WEEKS: Final = {"上上": -2, "上": -1, "下": 1, "下下": 2}
_EARLY_LATE: Final = {
    "初": 3,
    "头": 3,
    "上旬": 5,
    "中旬": 15,
    "下旬": 25,
    "底": 28,
    "尾": 28,
    "月底": 28,
}


def _year(match: re.Match[str], today: date) -> int | None:
    if match["rocy"]:
        roc = whole(match["rocy"])
        return None if roc is None else roc + ROC_OFFSET
    if match["y"]:
        year = whole(match["y"]) or 0
        if 100 <= year < 200:
            return year + ROC_OFFSET
        return full_year(str(year))
    if match["ry"]:
        return today.year + _RELATIVE_YEARS[match["ry"]]
    return None


def _around_months(text: str) -> Iterator[re.Match[str]]:
    """Try the pattern near each 月 only: it is too wide to be tried everywhere."""
    after = 0
    at = text.find("月")
    while at >= 0:
        match = _ABSOLUTE.search(text, max(after, at - _MONTH_LEAD), at + _MONTH_TAIL)
        if match is not None:
            after = match.end()
            yield match
        at = text.find("月", max(at + 1, after))


def _absolute(text: str, today: date) -> Iterator[Moment]:
    for match in _around_months(text):
        month = whole(match["m"]) or 0
        if not 1 <= month <= 12 or text.startswith(("内", "之内", "后", "饼"), match.end()):
            continue
        year = _year(match, today)
        if match["d"]:
            number = whole(match["d"]) or 0
            day = recent(month, number, today) if year is None else make(year, month, number, today)
            if day is not None:
                yield Moment(match.start(), match.end(), day)
            continue
        named = recent_month(month, today) if year is None else f"{year:04d}-{month:02d}"
        yield Moment(match.start(), match.end(), month=named, confidence=0.85)


def _months(text: str, today: date) -> Iterator[Moment]:
    for match in _MONTH.finditer(text):
        year, month = month_shift(today, _MONTHS.get(match["which"], 0))
        if match["d"]:
            day = make(year, month, whole(match["d"]) or 0, today)
            if day is not None:
                yield Moment(match.start(), match.end(), day)
            continue
        yield Moment(match.start(), match.end(), month=f"{year:04d}-{month:02d}", confidence=0.85)


def _numbered_days(text: str, today: date) -> Iterator[Moment]:
    for match in _DAY.finditer(text):
        day = recent_day(whole(match.group()[:-1]) or 0, today)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.85)


def _words(text: str, today: date) -> Iterator[Moment]:
    for match in _WORD.finditer(text):
        shift, part = DAYS_ZH[match.group()]
        yield Moment(match.start(), match.end(), today + timedelta(days=shift), part=part)
    for match in _VAGUE.finditer(text) if "前" in text or "早" in text else ():
        yield Moment(
            match.start(), match.end(), today - timedelta(days=3), confidence=0.4, guessed=True
        )


def _ago(text: str, today: date) -> Iterator[Moment]:
    for match in _AGO.finditer(text):
        vague = match["n"] in {"几", "好几", "半", "大半"} or bool(match["half"] or match["half2"])
        number = (
            3
            if match["n"] in {"几", "好几"}
            else 0
            if vague and "半" in match["n"]
            else whole(match["n"])
        )
        if number is None:
            continue
        unit = match["u"]
        day: date | None
        if unit in {"小时", "钟头", "分钟"}:
            day = today
        elif unit in {"天", "日"}:
            day = days_before(today, number)
        elif unit in {"周", "星期", "礼拜"}:
            day = days_before(today, number * 7)
        elif unit == "月":
            day = days_before(today, 15) if number == 0 else months_before(today, number)
        else:
            day = days_before(today, 182) if number == 0 else months_before(today, number * 12)
        if day is not None:
            yield Moment(
                match.start(),
                match.end(),
                day,
                confidence=0.5 if vague else 0.9,
                guessed=vague or unit in {"月", "年"},
            )


def _weeks(text: str, today: date) -> Iterator[Moment]:
    for match in _WEEK.finditer(text):
        if text.startswith(("到", "至"), match.end()) and not match["which"]:
            continue
        which, weekend = match["which"], match["d"] == "末"
        weekday = 5 if weekend else WEEKDAYS_ZH[match["d"]]
        if which is None:
            day = last_weekday(today, weekday)
        else:
            day = weekday_in_week(today, weekday, _WEEKS.get(which, 0))
        yield Moment(
            match.start(), match.end(), day, confidence=0.6 if weekend else 0.92, guessed=weekend
        )
    for match in _WHOLE_WEEK.finditer(text):
        day = weekday_in_week(today, 0, _WEEKS.get(match["which"], 0))
        yield Moment(match.start(), match.end(), day, confidence=0.45, guessed=True)


def _festivals(text: str, today: date) -> Iterator[Moment]:
    for match in _FESTIVAL.finditer(text):
        name = match["name"]
        if (
            name.isdigit()
            and text[max(0, match.start() - 1) : match.end() + 1].strip(name).isalnum()
        ):
            continue
        said = text[max(0, match.start() - 2) : match.start()].rstrip("年")[-1:]
        year = today.year + _RELATIVE_YEARS[said] if said in _RELATIVE_YEARS else None
        day = festival(name, today, year)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.7, guessed=True)


def _clocks(text: str) -> Iterator[Moment]:
    for match in _CLOCK.finditer(text):
        part = PARTS_ZH.get(match["p"] or "")
        if match["h2"]:
            hour, minute = int(match["h2"]), int(match["mi2"])
        else:
            hour, minute = whole(match["h"]) or 0, 0
            rest = match["rest"] or ""
            if rest == "半":
                minute = 30
            elif match["q"]:
                minute = 15 if match["q"] == "一" else 45
            elif match["mi"]:
                minute = whole(match["mi"]) or 0
            bare = not rest and not match["p"] and "钟" not in match.group()
            # 一点 and 几点 as "a little", 两点建议 as "two points"
            if bare and not match["h"].isdigit() and match["h"] in "一二两三四五":
                continue
        time = clock(hour, minute, part)
        if time is not None:
            yield Moment(match.start(), match.end(), time=time, part=part)


def read(text: str, today: date) -> Iterator[Moment]:
    """Yield every moment a folded Chinese text names; they may overlap."""
    if "月" in text:
        yield from _absolute(text, today)
        yield from _months(text, today)
    if "号" in text:
        yield from _numbered_days(text, today)
    if _DAY_KEY.search(text):
        yield from _words(text, today)
    if "前" in text:
        yield from _ago(text, today)
    if "周" in text or "星期" in text or "礼拜" in text:
        yield from _weeks(text, today)
    if _FESTIVAL_KEY.search(text):
        yield from _festivals(text, today)
    if _CLOCK_KEY.search(text):
        yield from _clocks(text)
    for match in _PART.finditer(text) if _PART_KEY.search(text) else ():
        yield Moment(match.start(), match.end(), part=PARTS_ZH[match.group()], confidence=0.6)
