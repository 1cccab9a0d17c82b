"""Dates and times in Chinese (folded to simplified; Taiwan and Hong Kong wording included)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.flows.understanding.calendar_words import (
    DAYS_ZH,
    WEEKDAYS_ZH,
)
from bot.flows.understanding.festivals import FESTIVALS, festival, new_year_day
from bot.flows.understanding.lunar import lunar_day
from bot.flows.understanding.moments import (
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
from bot.flows.understanding.numerals import whole

_N: Final = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR: Final = (
    r"(?:(?P<roc>民国)\s?(?P<rocy>\d{2,3}|[零一二三四五六七八九十百]{1,4})|(?P<y>(?:19|20)\d{2}|[一二][零九][零一二三四五六七八九]{2}"
    r"|(?<!\d)1[01]\d(?=年\d{1,2}月)|(?<!\d)2\d(?=年\d))|(?P<ry>今|去|前|上|旧|旧岁))年(?:的)?\s?"
)
_TAIL: Final = r"(?P<span>初|头|底|尾|月底|中旬|上旬|下旬)?"
_ABSOLUTE: Final = re.compile(
    rf"(?:{_YEAR})?(?P<m>(?<![\d.]){_N})\s?月份?\s?(?:(?P<d>\d{{1,2}}(?:\s?[日号](?![线楼店])|(?![\d个元块月日号]))|[一二三四五六七八九十廿卅]{{1,3}}\s?[日号](?![线楼店])))?{_TAIL}"
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
_QUEUE: Final = re.compile(
    r"(?:排到?了?|卡在|卡到|[轮叫跳]到?|柜台|窗口|包厢|房间?|座位|门口|站台|车厢|[车卡]位|桌|台|梯|线|栋|幢|座|室|机|床|柜|收银|电梯|通道|挂了?|抽到?|拿到?|取|灯号|号码)$"
)
_WORD: Final = re.compile("|".join(sorted(DAYS_ZH, key=len, reverse=True)))
_AGO: Final = re.compile(
    r"(?P<n>\d{1,3}|[一二三四五六七八九十两廿卅]{1,4}|半|几|好几|大半)\s?(?P<half>个半)?个?多?"
    r"(?P<u>小时|钟头|分钟|天|日|周|星期|礼拜|月|年)(?P<half2>半)?多?(?:之|以)?前(?!台|面|后|天|途|来)"
)
_VAGUE: Final = re.compile(
    r"前(?:几|两|一两)[天日]|前(?:一)?阵(?:子|时)?|前排|早前|早几日|早两日|前段时间"
)
_WEEK: Final = re.compile(
    r"(?P<which>上上|上|这|本|今|呢|下下|下)?个?(?:周|星期|礼拜)(?P<d>[一二三四五六日天末1-6])(?![个次])"
)
_HABIT: Final = re.compile(
    r"[到至][一二三四五六日天周星礼]|[开休营放歇]|也?营业|有开|公休|店休|几点|有没有|能不能|可以"
)
_WHOLE_WEEK: Final = re.compile(
    r"(?P<which>上上|上|这|本|今|呢)个?(?:周|星期|礼拜)(?![一二三四五六日天末1-6])"
)
_FESTIVAL: Final = re.compile("(?:(?P<ry>今|去|前|旧)年)?(?P<name>" + "|".join(
    name for name in FESTIVALS if not name[0].isascii() or name.isdigit()
) + r")(?:节(?!日[礼快]|礼|快)|当天|当日|当晚|那天|假期|期间|长假|连假)*(?:的)?(?:(?P<side>前|后|前第|后第)(?P<n>[一两二三四五\d])(?P<unit>天|日|晚)|(?P<side2>前)(?P<eve>夕|夜|一晚)|第(?P<nth>[一两二三四五六七\d])天|(?P<side3>翌日|隔天|隔日|次日|第二天))?")  # fmt: skip
_SALE_DAY: Final = re.compile(
    r"(?:当[天日晚]|那天|活动|大促|期间|[买购下抢订囤入]|凌晨|零点|晚|节|预售|前|后)"
)
_NO_FESTIVAL: Final = re.compile(
    r"节?(?:快乐|将至|礼盒|礼品|礼物|礼|月饼|蛋糕|活动价|档期|菜单|愉快|祝)|树|老人|卡片|装饰|帽|红包袋|晚会|歌"
)
# First characters: a text without any of them is not searched with the long pattern.
_DAY_KEY: Final = re.compile("[" + "".join(sorted({word[-1] for word in DAYS_ZH})) + "前早]")
_FESTIVAL_KEY: Final = re.compile(
    "[" + "".join({name[0] for name in FESTIVALS if not name[0].isascii() or name.isdigit()}) + "]"
)
_LUNAR: Final = re.compile(
    r"(?:农历|阴历|旧历)(?P<m>[正腊冬]|十?[一二三四五六七八九十])月(?P<d>初[一二三四五六七八九十]|[十廿卅二三]{1,2}[一二三四五六七八九十]?)"
    r"|(?P<m2>[正腊])月(?P<d2>初[一二三四五六七八九十]|[十廿卅二三]{1,2}[一二三四五六七八九十]?)"
)
_NEW_YEAR: Final = re.compile(
    r"(?:大?年|(?<![一二三四五六七八九十月高]))初(?P<d>[一二三四五六七八九十]{1,2})(?![班生级年学的下上]|[一-龥]?(?:孩子|女儿|儿子|学生))"
)
_YEAR_END: Final = re.compile(r"大?年(?:廿|二十)(?P<d>[三四五六七八九])(?!年)")
_NEXT: Final = frozenset(
    {"隔天", "隔日", "次日", "翌日", "第二天", "第二日", "转天", "次晨", "翌晨"}
)
_SAME: Final = frozenset({"当天", "当日", "同日", "同一天", "那天", "嗰日"})
_SHIFT: Final = re.compile(
    "(?P<w>"
    + "|".join(sorted((*_NEXT, *_SAME, "第三天", "当晚", "同晚"), key=len, reverse=True))
    + ")(?![票券])"
    r"|(?P<n>[一两二三四五六七八九十]|\d{1,2})(?:天|日)(?:之|以)?后(?![再才会的])"
)
_RANGE_END: Final = re.compile(
    rf"\s?(?:-|~|至|到|、|和|与|跟|及|同)\s?(?P<d>{_N})\s?(?:日|号)(?![线楼店])"
)
_SHIFT_KEY: Final = re.compile("[隔次翌转当同那嗰后第]")
_DOTTED: Final = re.compile(
    r"(?<![\d.:$￥¥])(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.%])(?=[日号]|当[天日晚]|那天|[早晚]|[上下中]午|凌晨|下[的了]?单|买|购|到货|签收|收到|入住|退房|离店|活动|大促|还款|扣款|扣费|交|报修|发货|送|去|在你|预[约订])[日号]?"
)
_DASHED: Final = re.compile(
    r"(?<![\w.\-:/#])(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\w\-.])(?=\s?(?:[日号上下中早晚凌收到发签买购入]|\d{1,2}:|$|[,。]))",
    re.ASCII,
)
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
            number = whole(match["d"].rstrip("日号 ")) or 0
            day = recent(month, number, today) if year is None else make(year, month, number, today)
            if day is not None:
                yield Moment(match.start(), match.end(), day)
                yield from _range_end(text, match.end(), day, today)
            continue
        named = recent_month(month, today) if year is None else f"{year:04d}-{month:02d}"
        yield Moment(match.start(), match.end(), month=named, confidence=0.85)


def _range_end(text: str, at: int, first: date, today: date) -> Iterator[Moment]:
    """Yield the last day of 10月3日至5日 and 10月3-5号."""
    match = _RANGE_END.match(text, at)
    if match is not None:
        last = make(first.year, first.month, whole(match["d"]) or 0, today)
        if last is not None and last > first:
            yield Moment(match.start("d"), match.end(), last)


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
        if _QUEUE.search(text, max(0, match.start() - 4), match.start()):
            continue
        day = recent_day(whole(match.group()[:-1]) or 0, today)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.85, numbered=True)


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
        which, weekend = match["which"], match["d"] == "末"
        if which is None and _HABIT.match(text, match.end()):
            continue
        weekday = 5 if weekend else WEEKDAYS_ZH[match["d"]]
        if which is None:
            day = last_weekday(today, weekday)
        else:
            day = weekday_in_week(today, weekday, _WEEKS.get(which, 0))
        yield Moment(
            match.start(),
            match.end(),
            day,
            confidence=0.6 if weekend else 0.92,
            guessed=weekend,
            weekday=weekday if which is None else None,
        )
    for match in _WHOLE_WEEK.finditer(text):
        day = weekday_in_week(today, 0, _WEEKS.get(match["which"], 0))
        yield Moment(match.start(), match.end(), day, confidence=0.45, guessed=True)


def _festivals(text: str, today: date, region: str) -> Iterator[Moment]:
    for match in _FESTIVAL.finditer(text):
        name = match["name"]
        if name.isdigit() and (
            text[max(0, match.start() - 1) : match.end() + 1].strip(name).isdigit()
            or not _SALE_DAY.match(text, match.end())
        ):
            continue
        if _NO_FESTIVAL.match(text, match.end()):
            continue
        said = match["ry"]
        year = today.year + _RELATIVE_YEARS[said] if said else None
        day = festival(name, today, year, region)
        if day is None:
            continue
        if match["side"]:
            number = whole(match["n"]) or 0
            day += timedelta(days=number if match["side"].startswith("后") else -number)
        elif match["side2"]:
            day -= timedelta(days=1)
        elif match["nth"]:
            day += timedelta(days=(whole(match["nth"]) or 1) - 1)
        elif match["side3"]:
            day += timedelta(days=1)
        yield Moment(match.start(), match.end(), day, confidence=0.7, guessed=True)


def _lunar(text: str, today: date) -> Iterator[Moment]:
    """Yield days of the lunar calendar: 农历八月十五, 正月初六, 年初三, 初二 near the new year."""
    for match in _LUNAR.finditer(text):
        said, day_said = match["m"] or match["m2"], match["d"] or match["d2"]
        month = {"正": 1, "腊": 12, "冬": 11}.get(said) or whole(said) or 0
        number = whole(day_said.removeprefix("初").replace("廿", "二十").replace("卅", "三十")) or 0
        days = (lunar_day(year, month, number) for year in (today.year, today.year - 1))
        day = next(
            (one for one in days if one is not None and one <= today + timedelta(days=60)), None
        )
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.85)
    for match in _NEW_YEAR.finditer(text):
        day = new_year_day(whole(match["d"]) or 0, today)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.8)

    for match in _YEAR_END.finditer(text):
        number = 20 + (whole(match["d"]) or 0)
        days = (lunar_day(year, 12, number) for year in (today.year, today.year - 1))
        day = next((one for one in days if one and one <= today + timedelta(days=30)), None)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.8)


def _shifts(text: str) -> Iterator[Moment]:
    """Yield days told from another day: 隔天, 当晚, 当天下午, 两天后."""
    for match in _SHIFT.finditer(text):
        word = match["w"]
        if match["n"]:
            number = whole(match["n"])
            if number:
                yield Moment(match.start(), match.end(), shift=number, confidence=0.6, guessed=True)
            continue
        shift = 1 if word in _NEXT else 2 if word == "第三天" else 0
        part = "evening" if word in {"当晚", "同晚"} else None
        yield Moment(
            match.start(), match.end(), shift=shift, part=part, confidence=0.8, weak=word in _SAME
        )


def _dashed(text: str, today: date) -> Iterator[Moment]:
    """Yield 11-09 下午, 11-09收货: month and day as trackers write them."""
    for match in _DASHED.finditer(text):
        day = recent(int(match["m"]), int(match["d"]), today)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.75)


def _dotted(text: str, today: date) -> Iterator[Moment]:
    """Yield 5.20当天, 11.3下单: month and day with a dot, where the words say it is a day."""
    for match in _DOTTED.finditer(text):
        day = recent(int(match["m"]), int(match["d"]), today)
        if day is not None:
            yield Moment(match.start(), match.end(), day, confidence=0.8)


# What a text must have for a reader to find anything in it.
_READERS: Final = (
    (re.compile("月"), _absolute),
    (re.compile("月"), _months),
    (re.compile("号"), _numbered_days),
    (_DAY_KEY, _words),
    (re.compile("前"), _ago),
    (re.compile("周|星期|礼拜"), _weeks),
    (re.compile("初|历|腊|年廿|年二十"), _lunar),
    (re.compile(r"\d-\d"), _dashed),
    (re.compile(r"\d\.\d"), _dotted),
)


def read(text: str, today: date, region: str) -> Iterator[Moment]:
    """Yield every day a folded Chinese text names; they may overlap."""
    for key, reader in _READERS:
        if key.search(text):
            yield from reader(text, today)
    if _FESTIVAL_KEY.search(text):
        yield from _festivals(text, today, region)
    if _SHIFT_KEY.search(text):
        yield from _shifts(text)
