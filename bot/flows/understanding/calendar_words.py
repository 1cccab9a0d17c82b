"""Days that have a name: relative days, weekdays, months, festivals, parts of the day.

Lunar festivals are tabled for 2023 to 2030 (Hong Kong Observatory's conversion tables).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

# Folded (simplified) word → days from today and the part of the day it names.
DAYS_ZH: Final[dict[str, tuple[int, str | None]]] = {
    "大前天": (-3, None), "大前日": (-3, None), "大前晚": (-3, "evening"),
    "前天": (-2, None), "前日": (-2, None), "前晚": (-2, "evening"),
    "昨天": (-1, None), "昨日": (-1, None), "寻日": (-1, None), "琴日": (-1, None),
    "昨儿": (-1, None), "擒日": (-1, None),
    "昨晚": (-1, "evening"), "昨夜": (-1, "night"), "寻晚": (-1, "evening"),
    "琴晚": (-1, "evening"), "寻晚黑": (-1, "evening"), "昨早": (-1, "morning"),
    "今天": (0, None), "今日": (0, None), "今儿": (0, None), "今早": (0, "morning"),
    "今晨": (0, "morning"), "今朝": (0, "morning"), "今晚": (0, "evening"),
    "今夜": (0, "night"), "今午": (0, "noon"), "刚才": (0, None), "刚刚": (0, None),
    "头先": (0, None), "啱啱": (0, None), "方才": (0, None),
    "明天": (1, None), "明日": (1, None), "听日": (1, None), "明早": (1, "morning"),
    "明晚": (1, "evening"), "后天": (2, None), "后日": (2, None), "大后天": (3, None),
}  # fmt: skip
PARTS_ZH: Final = {
    "凌晨": "dawn", "清晨": "morning", "早晨": "morning", "早上": "morning", "上午": "morning",
    "朝早": "morning", "上昼": "morning", "一早": "morning", "早": "morning",
    "中午": "noon", "正午": "noon", "晏昼": "noon", "午间": "noon",
    "下午": "afternoon", "下昼": "afternoon", "午后": "afternoon",
    "傍晚": "evening", "晚上": "evening", "夜晚": "evening", "晚间": "evening",
    "晚黑": "evening", "晚": "evening",
    "深夜": "night", "半夜": "night", "夜里": "night", "午夜": "night", "夜间": "night",
}  # fmt: skip
PARTS_EN: Final = {
    "morning": "morning", "noon": "noon", "lunchtime": "noon", "lunch time": "noon",
    "midday": "noon", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "midnight": "night", "dawn": "dawn",
}  # fmt: skip
WEEKDAYS_ZH: Final = {
    **{char: index for index, char in enumerate("一二三四五六日")},
    **{str(index + 1): index for index in range(6)},
    "天": 6,
}
WEEKDAYS_EN: Final = {
    name: index
    for index, names in enumerate(
        (
            ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "weds", "wed"),
            ("thursday", "thurs", "thur", "thu"), ("friday", "fri"), ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}  # fmt: skip
MONTHS_EN: Final = {
    name: index + 1
    for index, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"),
            ("may",), ("june", "jun"), ("july", "jul"), ("august", "aug"),
            ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        )
    )
    for name in names
}  # fmt: skip
_FIXED: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "劳动节": (5, 1), "五一": (5, 1),
    "儿童节": (6, 1), "六一": (6, 1), "618": (6, 18), "国庆": (10, 1), "十一假期": (10, 1),
    "双十节": (10, 10), "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12),
    "双12": (12, 12), "平安夜": (12, 24), "圣诞": (12, 25), "跨年夜": (12, 31),
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "valentine's day": (2, 14), "halloween": (10, 31), "independence day": (7, 4),
    "4th of july": (7, 4), "singles day": (11, 11),
}  # fmt: skip
_SPRING: Final = ((1, 22), (2, 10), (1, 29), (2, 17), (2, 6), (1, 26), (2, 13), (2, 3))
_DRAGON: Final = ((6, 22), (6, 10), (5, 31), (6, 19), (6, 9), (5, 28), (6, 16), (6, 5))
_MOON: Final = ((9, 29), (9, 17), (10, 6), (9, 25), (9, 15), (10, 3), (9, 22), (9, 12))
_FIRST_LUNAR_YEAR: Final = 2023
_LUNAR: Final = {
    "春节": (_SPRING, 0), "大年初一": (_SPRING, 0), "年初一": (_SPRING, 0),
    "初二": (_SPRING, 1), "年初三": (_SPRING, 2), "除夕": (_SPRING, -1), "年三十": (_SPRING, -1),
    "年卅晚": (_SPRING, -1), "元宵": (_SPRING, 14), "lunar new year": (_SPRING, 0),
    "chinese new year": (_SPRING, 0), "端午": (_DRAGON, 0), "中秋": (_MOON, 0),
    "mid-autumn": (_MOON, 0),
}  # fmt: skip
_NTH: Final = {"thanksgiving": (11, 3, 4, 0), "black friday": (11, 3, 4, 1)}
FESTIVALS: Final = tuple(sorted((*_FIXED, *_LUNAR, *_NTH), key=len, reverse=True))


def _in_year(name: str, year: int) -> date | None:
    if name in _FIXED:
        month, day = _FIXED[name]
        return date(year, month, day)
    if name in _LUNAR:
        days, shift = _LUNAR[name]
        index = year - _FIRST_LUNAR_YEAR
        if not 0 <= index < len(days):
            return None
        return date(year, *days[index]) + timedelta(days=shift)
    month, weekday, nth, shift = _NTH[name]
    first = date(year, month, 1)
    ahead = (weekday - first.weekday()) % 7 + 7 * (nth - 1) + shift
    return first + timedelta(days=ahead)


def festival(name: str, today: date, year: int | None) -> date | None:
    """Return the day of a festival in `year`, else the last one that is not in the future."""
    if year is not None:
        return _in_year(name, year)
    for candidate in (today.year, today.year - 1):
        day = _in_year(name, candidate)
        if day is not None and day <= today:
            return day
    return None
