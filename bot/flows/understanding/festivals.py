"""Days that have a name of their own: fixed, counted by weekday, lunar, or by Easter.

A name may mean another day in another country (国庆, Mother's Day, Thanksgiving): regions first.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bot.flows.understanding.lunar import easter, lunar_day, solar_term

_FIXED: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八节": (3, 8), "女神节": (3, 8),
    "消费者权益日": (3, 15), "愚人节": (4, 1), "儿童节": (6, 1), "六一": (6, 1), "劳动节": (5, 1), "五一": (5, 1), "五四": (5, 4),
    "520": (5, 20), "618": (6, 18), "七一": (7, 1), "回归日": (7, 1), "八一": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "国庆日": (10, 1), "国庆节": (10, 1), "十一假期": (10, 1), "十一长假": (10, 1),
    "十一黄金周": (10, 1), "双十节": (10, 10), "万圣夜": (10, 31), "万圣节": (10, 31), "双十一": (11, 11), "双11": (11, 11), "光棍节": (11, 11),
    "双十二": (12, 12), "双12": (12, 12), "平安夜": (12, 24), "圣诞夜": (12, 24), "圣诞前夕": (12, 24), "圣诞节": (12, 25), "圣诞": (12, 25),
    "拆礼物日": (12, 26), "节礼日": (12, 26), "跨年夜": (12, 31), "跨年": (12, 31), "除夕夜跨年": (12, 31),
    "christmas eve": (12, 24), "xmas eve": (12, 24), "christmas day": (12, 25), "xmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31), "nye": (12, 31), "new year's day": (1, 1), "new years day": (1, 1),
    "valentine's day": (2, 14), "valentines day": (2, 14), "valentine's": (2, 14), "halloween": (10, 31), "independence day": (7, 4),
    "4th of july": (7, 4), "fourth of july": (7, 4), "july 4th": (7, 4), "singles day": (11, 11), "singles' day": (11, 11), "double eleven": (11, 11), "juneteenth": (6, 19), "veterans day": (11, 11),
    "st patrick's day": (3, 17), "st. patrick's day": (3, 17), "saint patrick's day": (3, 17), "st patricks day": (3, 17), "paddy's day": (3, 17), "paddys day": (3, 17), "anzac day": (4, 25), "australia day": (1, 26),
    "canada day": (7, 1), "bonfire night": (11, 5), "guy fawkes": (11, 5), "waitangi day": (2, 6), "remembrance day": (11, 11), "april fools": (4, 1), "april fool's day": (4, 1), "merdeka day": (8, 31), "malaysia day": (9, 16), "may day": (5, 1), "labour day": (5, 1), "burns night": (1, 25), "cinco de mayo": (5, 5), "national day": (10, 1), "international women's day": (3, 8),
}  # fmt: skip
# Month, weekday (Monday 0), which of the month (-1: the last), days after it.
_NTH: Final = {
    "thanksgiving": (11, 3, 4, 0), "感恩节": (11, 3, 4, 0), "black friday": (11, 3, 4, 1), "黑五": (11, 3, 4, 1), "黑色星期五": (11, 3, 4, 1), "cyber monday": (11, 3, 4, 4),
    "labor day": (9, 0, 1, 0), "memorial day": (5, 0, -1, 0), "mlk day": (1, 0, 3, 0), "presidents day": (2, 0, 3, 0), "presidents' day": (2, 0, 3, 0),
    "columbus day": (10, 0, 2, 0), "mother's day": (5, 6, 2, 0), "mothers day": (5, 6, 2, 0), "母亲节": (5, 6, 2, 0), "father's day": (6, 6, 3, 0), "fathers day": (6, 6, 3, 0), "父亲节": (6, 6, 3, 0),
    "melbourne cup": (11, 1, 1, 0), "cup day": (11, 1, 1, 0), "super bowl sunday": (2, 6, 2, 0),
}  # fmt: skip
# Lunar month and day, days after it.
_LUNAR: Final = {
    "春节": (1, 1, 0), "大年初一": (1, 1, 0), "年初一": (1, 1, 0), "大年夜": (1, 1, -1), "除夕": (1, 1, -1), "除夕夜": (1, 1, -1), "年三十": (1, 1, -1), "大年三十": (1, 1, -1),
    "年卅晚": (1, 1, -1), "年三十晚": (1, 1, -1), "农历新年": (1, 1, 0), "元宵": (1, 15, 0), "人日": (1, 7, 0), "开年": (1, 2, 0), "lunar new year": (1, 1, 0), "lunar new year's eve": (1, 1, -1), "cny eve": (1, 1, -1),
    "chinese new year": (1, 1, 0), "chinese new year's eve": (1, 1, -1), "lantern festival": (1, 15, 0), "佛诞": (4, 8, 0), "浴佛节": (4, 8, 0), "端午": (5, 5, 0), "端阳": (5, 5, 0), "dragon boat festival": (5, 5, 0), "dragon boat": (5, 5, 0), "七夕": (7, 7, 0),
    "中元": (7, 15, 0), "盂兰": (7, 14, 0), "鬼节": (7, 15, 0), "中秋": (8, 15, 0), "八月十五": (8, 15, 0), "追月": (8, 16, 0), "mid-autumn festival": (8, 15, 0), "mid-autumn": (8, 15, 0), "mid autumn festival": (8, 15, 0), "mooncake festival": (8, 15, 0), "重阳": (9, 9, 0), "腊八": (12, 8, 0), "小年": (12, 23, 0), "小年夜": (1, 1, -2), "尾牙": (12, 16, 0),
}  # fmt: skip
_TERMS: Final = {
    "清明": (4, 4.81),
    "冬至": (12, 21.94),
    "立冬": (11, 7.438),
    "立春": (2, 3.87),
    "夏至": (6, 21.37),
}
_EASTER: Final = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "复活节": 0, "easter saturday": -1, "mothering sunday": -21, "pancake day": -47, "shrove tuesday": -47, "ash wednesday": -46,
}  # fmt: skip
_TABLED: Final = {
    name: days
    for names, days in (
        (("hari raya", "eid", "开斋节"), ("2024-04-10", "2025-03-31", "2026-03-20", "2027-03-10", "2028-02-27", "2029-02-14")),
        (("deepavali", "diwali", "屠妖节"), ("2024-10-31", "2025-10-20", "2026-11-08", "2027-10-28", "2028-10-17", "2029-11-05")),
    )
    for name in names
}  # fmt: skip
# What a name means elsewhere: another of the names above, or a month and day.
_IN_REGION: Final[dict[str, dict[str, str | tuple[int, int] | tuple[int, int, int, int]]]] = {
    "TW": {"国庆": (10, 10), "国庆日": (10, 10), "国庆节": (10, 10), "national day": (10, 10), "教师节": (9, 28), "父亲节": (8, 8), "儿童节": (4, 4), "228": (2, 28), "和平纪念日": (2, 28), "双十": (10, 10)},
    "SG": {"national day": (8, 9), "国庆": (8, 9), "国庆日": (8, 9)},
    "MY": {"national day": (8, 31), "国庆": (8, 31), "国庆日": (8, 31)},
    "GB": {"mother's day": "mothering sunday", "mothers day": "mothering sunday", "may day": (5, 0, 1, 0)},
    "IE": {"mother's day": "mothering sunday", "mothers day": "mothering sunday"},
    "CA": {"thanksgiving": (10, 0, 2, 0), "labour day": (9, 0, 1, 0)},
    "AU": {"father's day": (9, 6, 1, 0), "fathers day": (9, 6, 1, 0), "labour day": (10, 0, 1, 0)},
    "NZ": {"father's day": (9, 6, 1, 0), "fathers day": (9, 6, 1, 0), "labour day": (10, 0, 4, 0)},
}  # fmt: skip
FESTIVALS: Final = tuple(
    sorted(
        {*_FIXED, *_NTH, *_LUNAR, *_TERMS, *_EASTER, *_TABLED, "228", "和平纪念日", "双十"},
        key=len,
        reverse=True,
    )
)
_AHEAD: Final = timedelta(days=60)


def _nth(year: int, month: int, weekday: int, which: int, shift: int) -> date:
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7) + timedelta(days=shift)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1) + shift)


def _in_year(name: str, year: int, region: str) -> date | None:
    own = _IN_REGION.get(region, {}).get(name)
    if isinstance(own, str):
        return _in_year(own, year, "")
    if own is not None:
        return date(year, own[0], own[1]) if len(own) == 2 else _nth(year, *own)
    if name in _FIXED:
        month, day = _FIXED[name]
        return date(year, month, day)
    if name in _NTH:
        return _nth(year, *_NTH[name])
    if name in _TERMS:
        return solar_term(year, *_TERMS[name])
    if name in _EASTER:
        return easter(year) + timedelta(days=_EASTER[name])
    if name in _TABLED:
        return next((date.fromisoformat(x) for x in _TABLED[name] if x[:4] == str(year)), None)
    if name in _LUNAR:
        month, day, shift = _LUNAR[name]
        first = lunar_day(year, month, day)
        return first + timedelta(days=shift) if first else None
    return None


def festival(name: str, today: date, year: int | None, region: str = "") -> date | None:
    """Return the day of a festival in `year`, else the last one, or the next where it is near."""
    if year is not None:
        return _in_year(name, year, region)
    days = [_in_year(name, today.year + shift, region) for shift in (1, 0, -1)]
    known = [day for day in days if day is not None]
    past = [day for day in known if day <= today]
    near = [day for day in known if today < day <= today + _AHEAD]
    if near and (not past or today - past[0] > timedelta(days=365) - _AHEAD):
        return near[-1]
    return past[0] if past else None


def new_year_day(number: int, today: date) -> date | None:
    """Return 初N while the lunar new year is near, None at other times of the year."""
    for year in (today.year, today.year - 1, today.year + 1):
        first = lunar_day(year, 1, number)
        if first is not None and -20 <= (today - first).days <= 60:
            return first
    return None
