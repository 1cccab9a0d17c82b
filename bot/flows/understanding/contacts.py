"""E-mail addresses and phone numbers, the customer's own and a company's hotline.

Phone numbers are checked by phonenumberslite (Apache-2.0) with the desk's region; the common
mobile shapes of the mainland, Taiwan and Hong Kong are read directly, being much cheaper.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import phonenumbers

from bot.flows.understanding.page import Page

_EMAIL: Final = re.compile(
    r"[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9](?:[a-z0-9\-]{0,62}\.)+[a-z]{2,24}(?![a-z0-9])"
)
_CANDIDATE: Final = re.compile(
    r"(?<![a-z0-9\-/.#$€£¥+(])(?:\+|00)?\(?\d[\d\-\s().]{5,20}\d(?![a-z0-9]|[-/]\d)"
)
_DATE_LIKE: Final = re.compile(
    r"(?:19|20)\d{2}[-/. ]?\d{1,2}[-/. ]?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})"
)
_DIRECT: Final = {
    "CN": (re.compile(r"1[3-9]\d{9}"), "+86", 0),
    "TW": (re.compile(r"09\d{8}"), "+886", 1),
    "HK": (re.compile(r"[4-79]\d{7}|8[4-9]\d{6}"), "+852", 0),
}  # fmt: skip
_CN_MOBILE: Final = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_COMPANY: Final = re.compile(
    r"客服|热线|专线|你们?(?:公司|店)?的?(?:电话|号码)|你哋|官方|投诉电话|\b(?:hotline|your (?:number|line|phone|support|office|store)|customer (?:service|support)|helpline|called (?:your|the))\b"
)
_OWN: Final = re.compile(
    r"我的?(?:电话|手机|号码|联络)|联系我|联络我|打给我|打俾我|回电|致电我|我电话|\b(?:my (?:number|phone|mobile|cell)|call me|reach me|contact me|text me|ring me|whatsapp)\b"
)
_PHONE_WORD: Final = re.compile(
    r"电话|手机|联系|联络|致电|号码是|tel|phone|mobile|call|cell|whatsapp|reach|contact|text"
)
_MIN_DIGITS: Final = 7
_MAX_DIGITS: Final = 15


def emails(page: Page) -> None:
    """Add e-mail addresses, lower-cased."""
    if "@" not in page.masked:
        return
    for match in _EMAIL.finditer(page.masked):
        page.add("email", match.group(), match.start(), match.end(), 0.99)


@lru_cache(maxsize=8)
def number(text: str, region: str) -> str | None:
    """Return a phone number as E.164, None where it is none for this region."""
    digits = re.sub(r"[^\d+]", "", text)
    plain = digits.lstrip("+")
    if not _MIN_DIGITS <= len(plain) <= _MAX_DIGITS:
        return None
    direct = _DIRECT.get(region)
    if direct and direct[0].fullmatch(digits):
        return direct[1] + digits[direct[2] :]
    mobile = _CN_MOBILE.fullmatch(digits)
    if mobile and region in {"CN", "HK", "TW", "MO"}:
        return f"+86{mobile[1]}"
    try:
        parsed = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _owner(page: Page, start: int, end: int) -> str:
    text = page.folded
    before = max(page.clause_start(start) - 14, 0, start - 40)
    if _OWN.search(text, before, end + 12):
        return "customer"
    return "company" if _COMPANY.search(text, before, end + 6) else "customer"


def phones(page: Page) -> None:
    """Add phone numbers; whatever looks like a date is left alone."""
    text = page.masked
    if not page.digits or sum(map(text.count, "0123456789")) < _MIN_DIGITS:
        return
    for match in _CANDIDATE.finditer(text):
        shown = match.group()
        digits = sum(char.isdigit() for char in shown)
        if digits < _MIN_DIGITS or digits > _MAX_DIGITS or _DATE_LIKE.match(shown):
            continue
        value = number(shown, page.region)
        if value is None:
            continue
        named = _PHONE_WORD.search(text, max(0, match.start() - 24), match.start()) is not None
        sure = named or shown.startswith("+") or digits >= 10
        page.add(
            "phone",
            value,
            match.start(),
            match.end(),
            0.97 if sure else 0.7,
            kind=_owner(page, match.start(), match.end()),
        )
