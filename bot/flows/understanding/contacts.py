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
    "GB": (re.compile(r"07\d{9}"), "+44", 1),
}  # fmt: skip
_CN_MOBILE: Final = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
# A number spelt in Chinese digits: 一三八零零一三八零零零.
_SPELT: Final = re.compile(
    r"(?<![零〇一二三四五六七八九])[零〇一二三四五六七八九幺](?:[\s-]?[零〇一二三四五六七八九幺]){6,14}(?![零〇一二三四五六七八九十百千万])"
)
_SPELT_DIGITS: Final = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
# Whose number it is: of these words before it, the nearest tells.
_COMPANY: Final = re.compile(
    r"客服|热线|专线|总机|总台|前台|总部|门店|分店|餐厅|酒店|店里|店铺|公司|医院|学校|管理处|物业|贵店|贵司|你司|你们?的?(?:电话|号码)|你哋|官方|投诉电话|来电显示|拨打|致电(?!我)|打去|打俾(?!我)|打给(?!我)|打过|骗子|对方"
    r"|\b(?:hotlines?|(?:your|ur|their) (?:\w+ ){0,2}(?:number|line|phone)|(?:your|ur|the|their) (?:\w+ ){0,2}(?:support|office|store|branch|salon|shop|hotel|restaurant|clinic|desk|team|switchboard)|customer (?:service|support|care)|helpline|head office"
    r"|(?:called|rang|phoned|dialled|dialed|tried|ringing|calling|call|ring) (?:the|your|ur|you|yours?|customer|support|guest|head|that|their)|switchboard|the one you (?:used|rang|called)|(?:called|rang|phoned) me (?:from|on)|caller id|came from|from the number|scammers?)\b"
)
_OWN: Final = re.compile(
    r"我的?(?:电话|手机|号码|联络|手提|门号)|我系|我是|本人|联系人|联系(?:方式|电话)|联络(?:人|电话)|联系我|联络我|搵我|找我|打给我|打俾我|请(?:致电|拨打|打|联系|联络|电)|打我|回电|覆我|回我|回复我|致电我|我电话|手机|手提|门号"
    r"|\b(?:my (?:\w+ ){0,2}(?:number|phone|mobile|cell|whatsapp|line)|my mobile's|(?:call|reach|contact|text|ring|phone|get|message|whatsapp) (?:me|us)|be reached|i'm on|i am on|gave you|whatsapp|mobile|cell)\b"
)
_COMPANY_AFTER: Final = re.compile(
    r"[,\s]*(?:\(?(?:打不通|没人接|无人接|长期|不通|一直(?:占线|忙)|is (?:the|your) (?:switchboard|number|hotline|office)|just rings?|rings? out|keeps? ringing|never (?:answers?|picks?)|number (?:and|is|but|keeps)|goes (?:to|straight)|has me on hold))"
)
_TOLL_FREE: Final = re.compile(
    r"\+1(?:800|888|877|866|855|844|833)\d{7}|\+86[48]00\d{7}|\+8860?80\d+|\+44(?:800|808|845|870|300|330|333|344)\d+|\+61(?:1300|1800|13)\d+|\+65(?:1800)\d+|\+601[38]00\d+|\+3531800\d+|\+85218\d+"
)
_PHONE_WORD: Final = re.compile(
    r"电话|手机|手提|门号|联系|联络|致电|打给|打俾|打我|覆我|找我|搵我|号码是|tel|ring|rang|number|phone|mobile|call|cell|whatsapp|reach|contact|text"
)
_MIN_DIGITS: Final = 7
_MAX_DIGITS: Final = 15
_LEAD: Final = 48  # characters before a number that tell whose it is
_POSSIBLE: Final = phonenumbers.ValidationResult.IS_POSSIBLE


def emails(page: Page) -> None:
    """Add e-mail addresses, lower-cased."""
    if "@" not in page.masked:
        return
    for match in _EMAIL.finditer(page.masked):
        page.add("email", match.group(), match.start(), match.end(), 0.99)


@lru_cache(maxsize=8)
def number(text: str, region: str) -> str | None:
    """Return a phone number as E.164, None where it is none for this region."""
    return _valid(text, region)


def _valid(text: str, region: str, *, named: bool = False) -> str | None:
    """Return E.164; a number named as a phone need only be possible, not assigned."""
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
    possible = named and phonenumbers.is_possible_number_with_reason(parsed) == _POSSIBLE
    if not possible and not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _owner(page: Page, value: str, start: int, end: int) -> str:
    """Return whose number it is: told by the nearest words before it, else by those after."""
    text = page.folded
    last = max(
        (found.end for found in page.found if found.slot == "phone" and found.end <= start),
        default=0,
    )
    before = max(last, start - _LEAD, 0)
    told, _ = page.sentence(start, end)
    own = max((match.end() for match in _OWN.finditer(text, before, start)), default=-1)
    company = max(
        (match.end() for match in _COMPANY.finditer(text, max(before, told), start)), default=-1
    )
    if own >= max(company, 0):
        return "customer"
    if company >= 0 or _TOLL_FREE.match(value) or _COMPANY_AFTER.match(text, end):
        return "company"
    return "customer"


def _spelt(page: Page) -> None:
    """Add numbers spelt in Chinese digits."""
    for match in _SPELT.finditer(page.masked):
        value = number(re.sub(r"[\s-]", "", match.group()).translate(_SPELT_DIGITS), page.region)
        if value is not None:
            owner = _owner(page, value, match.start(), match.end())
            page.add("phone", value, match.start(), match.end(), 0.9, kind=owner)


def phones(page: Page) -> None:
    """Add phone numbers; whatever looks like a date is left alone."""
    text = page.masked
    if page.han:
        _spelt(page)
    if not page.digits or sum(map(text.count, "0123456789")) < _MIN_DIGITS:
        return
    for match in _CANDIDATE.finditer(text):
        shown = match.group()
        digits = sum(char.isdigit() for char in shown)
        if digits < _MIN_DIGITS or digits > _MAX_DIGITS or _DATE_LIKE.match(shown):
            continue
        named = _PHONE_WORD.search(text, max(0, match.start() - 24), match.start()) is not None
        value = number(shown, page.region)
        if value is None and named and shown[0] in "+0(":
            value = _valid(shown, page.region, named=True)
        if value is None:
            continue
        sure = named or shown.startswith("+") or digits >= 10
        page.add(
            "phone",
            value,
            match.start(),
            match.end(),
            0.97 if sure else 0.7,
            kind=_owner(page, value, match.start(), match.end()),
        )
