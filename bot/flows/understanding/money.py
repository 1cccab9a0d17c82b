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
    "块钱": "", "块": "", "元整": "", "元": "", "圆": "", "大洋": "", "大元": "", "蚊": "HKD", "文鸡": "HKD",
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


_SCALE: Final = r"(?:\s?(?P<s{0}>万|千|百|k\b|w(?![a-z])|million\b|thousand\b|m\b))?"
_PREFIXED: Final = re.compile(
    rf"(?<![a-z])(?P<c>{_any(_PREFIXES)})\s?(?P<n>{DIGITS}|{ZH_START}{ZH}*)" + _SCALE.format("")
)
_NUMBER: Final = rf"(?P<n>(?<![\d.])(?<!\d-)(?:{DIGITS})(?:{ZH}|(?<=[万千百])\d)*(?:万|千|百)?(?:\d(?=块|元))?|{ZH_START}{ZH}*)"
_SUFFIXED: Final = re.compile(
    _NUMBER
    + rf"(?:\s?(?P<s>k|w))?\s?(?:多|几|来|余)?\s?(?P<c>{_any({k: v for k, v in _SUFFIXES.items() if not k.isascii() or not k.isalpha()})}|(?:{_any({k: v for k, v in _SUFFIXES.items() if k.isascii() and k.replace(' ', '').isalpha()})})\b)"
    r"(?P<jiao>(?P<j>[\d一二两三四五六七八九半])(?:毛|角)?(?![\d个件天年月万千百块元]))?"
)
_EN_WORDS: Final = re.compile(
    rf"\b(?P<n>{EN}(?:[ -](?:and )?{EN})*) (?P<c>dollars?|bucks|pounds?|quid|euros?|yuan|ringgit|hkd|usd)\b"
)
_CONTEXT: Final = re.compile(
    r"(?:(?:花了?|付了?|俾咗|付款|收了?|收我|收咗|扣了?|扣咗|扣款|扣我|退我|退回|退还|赔我?|赔偿|价格?|总共|一共|合共|合计|共|原价|定价|售价|金额|费用|充值?了?|多收了?|少退了?|减|只要|卖|标价|要价|预付|押金|订金|定金|房费|医药费|医疗费|损失|车费|误工费)(?:是|为|了|我|咗|你|:)?\s?"
    r"|\b(?:paid|charged|charge of|cost(?:s|ing)?(?: me)?|price(?: is| was| of)?|refund(?: of)?|worth|spent|total(?: of| was| is)?|billed|amount(?: of| is| was)?|fee of|deposit of|took|deducted|owe(?:s|d)?|for only)\s(?:me\s|us\s|over\s|about\s|around\s|nearly\s|almost\s)?)"
    r"$"
)
_BARE: Final = re.compile(rf"(?P<n>(?:{DIGITS})(?:[千万百]\d?)?(?:k\b|w\b)?|{ZH_START}{ZH}+)")
_LEAD: Final = 36  # characters that tell a bare number is money
_NOT_MONEY: Final = re.compile(
    r"\s?(?:[次个天日月年号件人小分点时倍成折位只盒箱瓶张份本%百:/层楼米斤款台部杯碗套双条块]|st\b|nd\b|rd\b|th\b|times?\b|days?\b|hours?\b|weeks?\b|months?\b|years?\b|minutes?\b|people\b|items?\b|nights?\b|orders?\b|percent|stars?\b|calls?\b|emails?\b|different\b|[ap]m\b|boxes\b|tickets?\b|separate\b)"
)
_PIECE: Final = re.compile(
    r"\s?(?:[,.!?;。~的了也都就还多呢吧啊买退赔给不我你钱左右一]|$|\s|以|到|优惠|押金|红包|券|补|而|但|和|、|就|订|定|运费)"
)
_DISPUTED: Final = re.compile(
    r"退|扣|多收|乱收|赔|少退|乱扣|盗|骗|重复|追|refund|charged|overcharg|deduct|disput|back|fraud|stolen|took|compensat|twice|owe"
)
# What a house costs, what one earns or may borrow is told, not disputed.
_STANDING: Final = re.compile(
    r"\b(?:limit|home|house|condo|property|mortgage|loan (?:of|for|amount)|salary|income|savings|equity|line of credit|down ?payment|appraised|apprais\w+|valued|worth|balance (?:of|was|is)|purchase price|budget)\b"
    r"|房价|房子|首付|总价|额度|限额|月薪|年薪|工资|收入|存款|市值|价值|贷款|预算|月费标准"
)
_TAKEN: Final = re.compile(
    r"多收|乱收|乱扣|扣了|扣咗|扣我|盗刷|被盗|骗|退[我还回给款钱]|赔|少退|refund(?:ed)?\b|overcharg|\bcharged\b|\bdeduct|fraud|stolen|\bstole\b|scam|\bfee\b|owes? me|back to me|money back|compensat"
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
    return local if region in {"CN", "TW", "HK", "MO", "SG", "MY"} else "CNY"


def _note(
    page: Page, start: int, end: int, value: Decimal | None, currency: str, sure: float
) -> None:
    units = None if value is None else minor(value, currency)
    if units is None:
        return
    first, last = page.clause_start(start), page.clause_end(end)
    disputed = _DISPUTED.search(page.folded, max(first, start - 30), min(last, end + 20))
    standing = _STANDING.search(page.folded, max(first, start - 40), min(last, end + 24))
    if standing and not _TAKEN.search(page.folded, max(first, start - 24), min(last, end + 12)):
        disputed = None
    kind = "disputed" if disputed else "mentioned"
    page.add("amount", str(units), start, end, sure, currency=currency, kind=kind)


def _prefixed(page: Page) -> None:
    for match in _PREFIXED.finditer(page.masked):
        value = parse(match["n"])
        if value is not None and match["s"]:
            value *= _SCALES[match["s"]]
        if match["c"] in {"nt", "rm"} and _NOT_MONEY.match(page.masked, match.end()):
            continue
        currency = currency_of(match["c"], page.region)
        _note(page, match.start(), match.end(), value, currency, 0.97)


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
        _note(page, match.start(), match.end(), value, currency_of(mark, page.region), 0.95)


def _in_words(page: Page) -> None:
    for match in _EN_WORDS.finditer(page.masked):
        if match["n"] in {"a", "an"} and match["c"].startswith("pound"):
            continue
        currency = currency_of(match["c"], page.region)
        _note(page, match.start(), match.end(), parse(match["n"]), currency, 0.9)


def _bare(page: Page) -> None:
    text = page.masked
    for match in _BARE.finditer(text):
        if not _CONTEXT.search(text, max(0, match.start() - _LEAD), match.start()):
            continue
        number = match["n"]
        if _NOT_MONEY.match(text, match.end()) or text[match.end() : match.end() + 1].isdigit():
            continue
        value = parse(number)
        if value is None or value < 5 or (1990 <= value <= 2035 and "." not in number):
            continue
        currency = REGION_CURRENCY.get(page.region, "USD")
        _note(page, match.start("n"), match.end("n"), value, currency, 0.75)


def read(page: Page) -> None:
    """Add every amount of the message."""
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
    _bare(page)
