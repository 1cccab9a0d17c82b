"""Words of the calendar: relative days, weekdays, months, parts of the day."""

from __future__ import annotations

from typing import Final

# Folded (simplified) word → days from today and the part of the day it names.
DAYS_ZH: Final[dict[str, tuple[int, str | None]]] = {
    "大前天": (-3, None), "大前日": (-3, None), "大前晚": (-3, "evening"),
    "前天": (-2, None), "前日": (-2, None), "前晚": (-2, "evening"),
    "昨天": (-1, None), "昨日": (-1, None), "寻日": (-1, None), "琴日": (-1, None),
    "昨儿": (-1, None), "擒日": (-1, None),
    "昨晚": (-1, "evening"), "昨夜": (-1, "night"), "寻晚": (-1, "evening"),
    "琴晚": (-1, "evening"), "寻晚黑": (-1, "evening"), "昨早": (-1, "morning"), "昨午": (-1, "noon"), "昨下午": (-1, "afternoon"), "昨上午": (-1, "morning"), "昨中午": (-1, "noon"), "昨凌晨": (-1, "dawn"), "昨晨": (-1, "morning"), "寻朝": (-1, "morning"), "琴朝": (-1, "morning"), "琴晚黑": (-1, "evening"), "前夜": (-2, "night"), "前儿": (-2, None), "前下午": (-2, "afternoon"),
    "今天": (0, None), "今日": (0, None), "今儿": (0, None), "今早": (0, "morning"),
    "今晨": (0, "morning"), "今下午": (0, "afternoon"), "今上午": (0, "morning"), "今中午": (0, "noon"), "今凌晨": (0, "dawn"), "今日头": (0, None), "今朝": (0, "morning"), "今晚": (0, "evening"),
    "今夜": (0, "night"), "今午": (0, "noon"), "刚才": (0, None), "刚刚": (0, None),
    "头先": (0, None), "啱啱": (0, None), "方才": (0, None),
    "明天": (1, None), "明日": (1, None), "听日": (1, None), "听朝": (1, "morning"), "听晚": (1, "evening"), "明晨": (1, "morning"), "明早": (1, "morning"),
    "明晚": (1, "evening"), "后天": (2, None), "后日": (2, None), "大后天": (3, None),
}  # fmt: skip
PARTS_ZH: Final = {
    "凌晨": "dawn", "清晨": "morning", "早晨": "morning", "早上": "morning", "上午": "morning",
    "朝早": "morning", "一大早": "morning", "大清早": "morning", "上昼": "morning", "一早": "morning", "早": "morning",
    "中午": "noon", "正午": "noon", "午间": "noon",
    "下午": "afternoon", "下昼": "afternoon", "午后": "afternoon",
    "傍晚": "evening", "晚上": "evening", "夜晚": "evening", "晚间": "evening",
    "晚黑": "evening", "晚": "evening",
    "深夜": "night", "半夜": "night", "夜里": "night", "午夜": "night", "夜间": "night", "三更半夜": "night", "大半夜": "night", "后半夜": "dawn", "夜晚黑": "evening", "晌午": "noon", "晏昼": "afternoon", "正午时分": "noon", "入夜": "evening", "黄昏": "evening",
}  # fmt: skip
PARTS_EN: Final = {
    "morning": "morning", "noon": "noon", "lunchtime": "noon", "lunch time": "noon",
    "midday": "noon", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "midnight": "night", "dawn": "dawn", "arvo": "afternoon", "tonight": "night", "nite": "night", "teatime": "evening", "small hours": "dawn", "early hours": "dawn", "daybreak": "dawn",
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
