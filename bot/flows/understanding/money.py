"""Amounts of money: symbols, codes, words, Chinese numerals; a bare $ and 元 by region.

Values are whole minor units by ISO 4217's exponent.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from bot.flows.understanding.numerals import DIGITS, EN, ZH, ZH_START, parse
from bot.flows.understanding.page import Page

REGION_CURRENCY: Final = {
    "CN": "CNY", "TW": "TWD", "HK": "HKD", "MO": "MOP", "SG": "SGD", "MY": "MYR", "US": "USD",
    "GB": "GBP", "AU": "AUD", "NZ": "NZD", "CA": "CAD", "JP": "JPY", "KR": "KRW", "IE": "EUR",
    "DE": "EUR", "FR": "EUR", "ES": "EUR", "IT": "EUR", "NL": "EUR", "IN": "INR", "PH": "PHP",
    "TH": "THB", "ID": "IDR", "VN": "VND", "CH": "CHF", "ZA": "ZAR", "AE": "AED",
}  # fmt: skip
_NO_MINOR: Final = frozenset({"JPY", "KRW", "VND"})  # ISO 4217 exponent 0
_DOLLARS: Final = frozenset({"USD", "HKD", "TWD", "SGD", "AUD", "NZD", "CAD"})
_PREFIXES: Final = {
    "hk$": "HKD", "hkd$": "HKD", "hkd": "HKD", "港币": "HKD", "港元": "HKD", "nt$": "TWD", "ntd$": "TWD", "ntd": "TWD",
    "nt": "TWD", "twd": "TWD", "新台币": "TWD", "台币": "TWD", "us$": "USD", "usd$": "USD", "usd": "USD", "rmb¥": "CNY",
    "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "mop$": "MOP", "mop": "MOP", "s$": "SGD",
    "sgd": "SGD", "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD", "cad": "CAD",
    "nz$": "NZD", "rm": "MYR", "myr": "MYR", "gbp": "GBP", "eur": "EUR", "jpy": "JPY",
    "£": "GBP", "€": "EUR", "₩": "KRW", "฿": "THB", "₹": "INR", "¥": "", "$": "",
}  # fmt: skip
_SUFFIXES: Final = {
    "块钱": "", "块": "", "元整": "", "元": "", "圆": "", "大洋": "", "大元": "", "蚊": "", "文鸡": "",
    "人民币": "CNY", "港币": "HKD", "港元": "HKD", "港纸": "HKD", "新台币": "TWD", "台币": "TWD", "美元": "USD",
    "美金": "USD", "刀": "USD", "英镑": "GBP", "镑": "GBP", "欧元": "EUR", "日元": "JPY", "日圆": "JPY", "澳币": "AUD",
    "澳元": "AUD", "加币": "CAD", "加元": "CAD", "新币": "SGD", "马币": "MYR", "令吉": "MYR", "澳门元": "MOP",
    "rmb": "CNY", "cny": "CNY", "hkd": "HKD", "ntd": "TWD", "twd": "TWD", "usd": "USD", "gbp": "GBP",
    "eur": "EUR", "sgd": "SGD", "aud": "AUD", "cad": "CAD", "myr": "MYR", "jpy": "JPY", "us dollars": "USD",
    "hong kong dollars": "HKD", "dollars": "", "dollar": "", "bucks": "", "quid": "GBP", "pounds sterling": "GBP",
    "pounds": "GBP", "pound": "GBP", "euros": "EUR", "euro": "EUR", "yuan": "CNY", "ringgit": "MYR", "yen": "JPY",
    "€": "EUR", "£": "GBP", "$": "",
}  # fmt: skip


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_JAPAN: Final = re.compile(
    r"日本|东京|大阪|京都|北海道|冲绳|福冈|名古屋|\b(?:japan|tokyo|osaka|kyoto)\b"
)
# After 元 a number is tenths (12元8) unless it counts something: 3,200元一张.
_COUNTER: Final = (
    "个件天年月万千百块元张箱盒瓶条只隻包袋份串碗杯位晚间斤台部双对套次人本节课支颗枚桶罐桌小日周期"
)
_ROOMS: Final = frozenset({"nt", "rm"})  # rm 815 is a room, RM 815 is money
_SCALE: Final = r"(?:\s?(?P<s{0}>万|千|百|k\b|w(?![a-z])|million\b|thousand\b|m\b))?"
_PREFIXED: Final = re.compile(
    rf"(?<![a-z])(?P<c>{_any(_PREFIXES)})\s?(?P<n>{DIGITS}|{ZH_START}{ZH}*)" + _SCALE.format("")
)
_NUMBER: Final = rf"(?P<n>(?<![\d.])(?<!\d-)(?:{DIGITS})(?:{ZH}|(?<=[万千百])\d)*(?:万|千|百)?(?:\d(?=块|元))?|{ZH_START}{ZH}*|(?<=[咗嗰成收俾畀我佢要嘅])千{ZH}*)"
_SUFFIXED: Final = re.compile(
    _NUMBER
    + rf"(?:\s?(?P<s>k|w))?\s?(?:多|几|来|余)?\s?(?P<c>{_any({k: v for k, v in _SUFFIXES.items() if not k.isascii() or not k.isalpha()})}|(?:{_any({k: v for k, v in _SUFFIXES.items() if k.isascii() and k.replace(' ', '').isalpha()})})\b)"
    rf"(?P<jiao>(?P<j>[\d一二两三四五六七八九半])(?:毛|角)?(?![\d{_COUNTER}]))?"
)
_EN_WORDS: Final = re.compile(
    rf"\b(?P<n>{EN}(?:[ -](?:and )?{EN})*) (?P<c>dollars?|bucks|pounds?|quid|euros?|yuan|ringgit|hkd|usd)\b"
)
_PIECE: Final = re.compile(
    r"\s?(?:[,.!?;。~的了也都就还多呢吧啊买退赔给不我你钱左右一]|$|\s|以|到|优惠|押金|红包|券|补|而|但|和|、|就|订|定|运费)"
)
_SCALES: Final = {
    "k": 1000,
    "千": 1000,
    "thousand": 1000,
    "w": 10_000,
    "万": 10_000,
    "百": 100,
    "m": 10**6,
    "million": 10**6,
}
_HAS: Final = re.compile(r"[\d一二三四五六七八九十两百千]|\b(?:dollar|buck|pound|quid|euro|yuan)")
_MARK: Final = re.compile(r"[块元圆蚊刀镑币金$€£¥₩฿₹]|大洋|文鸡|港纸|令吉")
_MARK_WORDS: Final = frozenset(
    word
    for mark in (*_PREFIXES, *_SUFFIXES)
    if mark.isascii()
    for word in re.findall("[a-z]+", mark)
)
_TOO_BIG: Final = Decimal(10) ** 11


def major(units: str, currency: str | None) -> float:
    """Return whole minor units in major ones, as a number is written: 129900 is 1299.0."""
    return float(Decimal(units) / (1 if currency in _NO_MINOR else 100))


def minor(value: Decimal, currency: str) -> int | None:
    """Return whole minor units, None for nothing or beyond sense."""
    if not 0 < value < _TOO_BIG:
        return None
    return int((value if currency in _NO_MINOR else value * 100).to_integral_value(ROUND_HALF_UP))


def currency_of(mark: str, region: str) -> str:
    """Return the ISO code for a written mark; $ 元 块 ¥ depend on the region."""
    known = _PREFIXES.get(mark) or _SUFFIXES.get(mark)
    if known:
        return known
    local = REGION_CURRENCY.get(region, "USD")
    if mark in {"$", "dollars", "dollar", "bucks"}:
        return local if local in _DOLLARS or local == "MOP" else "USD"
    if mark == "¥":
        return "JPY" if region == "JP" else "CNY"
    if mark in {"蚊", "文鸡"}:
        return "MOP" if region == "MO" else "HKD"
    return local if region in {"CN", "TW", "HK", "MO", "SG", "MY"} else "CNY"


def note(
    page: Page, start: int, end: int, value: Decimal | None, currency: str, sure: float
) -> None:
    """Add one amount; nothing at all ($0) is kept, but never sure."""
    if value is not None and value == 0:
        page.add("amount", "0", start, end, 0.3, currency=currency, kind="mentioned", guessed=True)
        return
    units = None if value is None else minor(value, currency)
    if units is not None:
        page.add("amount", str(units), start, end, sure, currency=currency, kind="mentioned")


def _prefixed(page: Page) -> None:
    for match in _PREFIXED.finditer(page.masked):
        value = parse(match["n"])
        if value is not None and match["s"]:
            value *= _SCALES[match["s"]]
        written = page.shown[match.start("c") : match.end("c")]
        if match["c"] in _ROOMS and page.region not in {"MY", "TW"} and not written.isupper():
            continue
        if match["n"][0] == "0" and match["n"][1:2].isdigit():
            continue
        currency = currency_of(match["c"], page.region)
        if match["c"] == "¥" and _JAPAN.search(page.folded):
            currency = "JPY"
        note(page, match.start(), match.end(), value, currency, 0.97)


def _suffixed(page: Page) -> None:
    text = page.masked
    for match in _SUFFIXED.finditer(text):
        mark, number = match["c"], match["n"]
        value = parse(number)
        if value is None:
            continue
        if mark in {"块", "刀"} and value < 10 and not match["j"]:
            if not _PIECE.match(text, match.end()) or text.startswith(("一起", "儿"), match.end()):
                continue
            if number == "一":
                continue
        if (
            mark == "$"
            and match.start()
            and text[match.start() - 1].isalpha()
            and text[match.start() - 1].isascii()
        ):
            continue
        if match["s"]:
            value *= _SCALES[match["s"]]
        if match["j"]:
            value += (
                Decimal("0.5") if match["j"] == "半" else (parse(match["j"]) or Decimal(0)) / 10
            )
        note(page, match.start(), match.end(), value, currency_of(mark, page.region), 0.95)


def _in_words(page: Page) -> None:
    for match in _EN_WORDS.finditer(page.masked):
        if match["n"] in {"a", "an"} and match["c"].startswith("pound"):
            continue
        currency = currency_of(match["c"], page.region)
        note(page, match.start(), match.end(), parse(match["n"]), currency, 0.9)


def read(page: Page) -> None:
    """Add every amount that is told with its currency."""
    if not _HAS.search(page.masked):
        return
    if not _MARK_WORDS.isdisjoint(page.words) or _MARK.search(page.masked):
        _prefixed(page)
        _suffixed(page)
    if (
        " dollar" in page.masked
        or " buck" in page.masked
        or " pound" in page.masked
        or " quid" in page.masked
        or " euro" in page.masked
    ):
        _in_words(page)
