"""Numbers as people write them: 1,299 · 两千三 · 3万5 · two hundred. Knows no unit and no slot."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

ZH_DIGITS: Final = {
    **{char: index for index, char in enumerate("零一二三四五六七八九")},
    **{char: index + 1 for index, char in enumerate("壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_ZH_UNITS: Final = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
}  # fmt: skip
_ZH_MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
_SUFFIX: Final = {"k": 1000, "w": 10_000, "m": 1_000_000}
# One regular expression source for a number in Chinese characters, and one for digits.
ZH: Final = "[零一二三四五六七八九两俩仨十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]"
ZH_START: Final = "[零一二三四五六七八九两俩仨十百廿卅壹贰叁肆伍陆柒捌玖拾]"
DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
EN_NUMBERS: Final = {
    word: value
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_EN_SCALE: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
EN: Final = "(?:" + "|".join(sorted((*EN_NUMBERS, *_EN_SCALE), key=len, reverse=True)) + ")"
_MIXED: Final = re.compile(r"\d+(?:\.\d+)?|.")


def parse_zh(text: str) -> Decimal | None:
    """Read a number in Chinese characters or mixed with digits: 一千二百九十九, 3万5, 二零二六.

    A lone digit after a unit counts tenths of it: 两千三 is 2300, 一百二 is 120, 三万五 is 35000.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if text and all(char in ZH_DIGITS for char in text):
        return Decimal("".join(str(ZH_DIGITS[char]) for char in text))
    total = section = Decimal(0)
    digit: Decimal | None = None
    last = 1
    zero = False
    for part in _MIXED.findall(text):
        if part in _ZH_MYRIADS:
            section += digit or 0
            total = (
                (total + section) * _ZH_MYRIADS[part]
                if part == "亿"
                else (total + (section or 1) * _ZH_MYRIADS[part])
            )
            section, digit, last, zero = Decimal(0), None, _ZH_MYRIADS[part], False
        elif part in _ZH_UNITS:
            last = _ZH_UNITS[part]
            section += (Decimal(1) if digit is None else digit) * last
            digit, zero = None, False
        elif part in ZH_DIGITS:
            zero = zero or part in "零〇"
            digit = Decimal(ZH_DIGITS[part])
        else:
            try:
                digit = Decimal(part)
            except InvalidOperation:
                return None
    if digit is not None:
        tenths = last > 10 and not zero and digit < 10 and digit == digit.to_integral_value()
        section += digit * last / 10 if tenths else digit
    return total + section


def parse_digits(text: str) -> Decimal | None:
    """Read digits with optional thousands commas, decimals and k, w, m."""
    scale = _SUFFIX.get(text[-1:], 1)
    try:
        return Decimal(text.rstrip("kwm ").replace(",", "")) * scale
    except InvalidOperation:
        return None


def parse_en(text: str) -> Decimal | None:
    """Read English number words: two, twenty five, two hundred and fifty."""
    total = current = 0
    seen = False
    for word in text.replace("-", " ").split():
        if word == "and":
            continue
        seen = True
        if word in _EN_SCALE:
            current = max(current, 1) * _EN_SCALE[word]
            if _EN_SCALE[word] > 100:
                total, current = total + current, 0
        elif word in EN_NUMBERS:
            current += EN_NUMBERS[word]
        else:
            return None
    return Decimal(total + current) if seen else None


def parse(text: str) -> Decimal | None:
    """Read a number in any of the three ways of writing."""
    text = text.strip()
    if not text:
        return None
    if text[0].isascii() and text[0].isalpha():
        return parse_en(text)
    if text.isascii():
        return parse_digits(text)
    return parse_zh(text)


def whole(text: str) -> int | None:
    """Read a small whole number, None where it is none."""
    number = parse(text)
    if number is None or number != number.to_integral_value() or number > 10**9:
        return None
    return int(number)
