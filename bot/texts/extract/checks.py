"""The checks on the catalogues: each returns its findings, a sentence each, none when all is well.

Languages are compared as a reader gets them: an overlay laid over its language. What makes a
wording wrong comes from SPEC section 9 and from complaint-handling practice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from opencc import OpenCC

from bot.texts.extract import books

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.texts.extract.uses import Uses

Books = dict[str, dict[str, str]]
"""Texts by language and id."""

LABEL_CJK = 20
LABEL_LATIN = 30
NOTICE = 200
"""Characters that Telegram shows of an answer to a press."""


def catalogues() -> dict[str, dict[str, str]]:
    """Return every language's texts by id, as its catalogue has them."""
    return {name: books.texts(name) for name in (*books.FULL, *books.OVERLAYS)}


def as_read(found: Books) -> dict[str, dict[str, str]]:
    """Return every language's texts as its readers get them, overlays laid over."""
    laid = {name: dict(found[name]) for name in books.FULL}
    return laid | {name: {**found[base], **found[name]} for name, base in books.OVERLAYS.items()}


# ---- ids and variables ----------------------------------------------------------------------


def missing(used: Uses, found: Books) -> Iterator[str]:
    """Find ids without words in a language."""
    for name in books.FULL:
        for text_id in sorted(used):
            if not found[name].get(text_id):
                yield f"{name} has no words for {text_id} ({used[text_id].places[0]})"


def unused(used: Uses, found: Books) -> Iterator[str]:
    """Find words that nobody uses, and words of an overlay that do not differ."""
    for name, texts in found.items():
        yield from (
            f"{name} has {text_id}, which nobody uses" for text_id in set(texts) - set(used)
        )
    for name, base in books.OVERLAYS.items():
        for text_id, text in found[name].items():
            if found[base].get(text_id) == text:
                yield f"{name} repeats {text_id} as {base} has it: leave it out"


def variables(used: Uses, found: Books) -> Iterator[str]:
    """Find variables that the code does not give, or that differ between languages."""
    for name, texts in found.items():
        for text_id, text in texts.items():
            here = books.fields(text)
            given = used[text_id].variables if text_id in used else None
            if given is None or here - given:
                yield f"{name} {text_id} wants {sorted(here)}, the code gives {sorted(given or ())}"
            if here != books.fields(found["en"].get(text_id, "")):
                yield f"{name} {text_id} has other variables than en: {sorted(here)}"


# ---- markup and length ----------------------------------------------------------------------

MENTION = '<a href="tg://user?id={to_id}">'
TAG = re.compile(r"<(/?)([a-z]+)>")
ALLOWED = frozenset({"b", "i", "blockquote", "code"})


def markup(used: Uses, found: Books) -> Iterator[str]:
    """Find tags that are not ours to use, unbalanced ones, and any where none are shown."""
    for name, text_id, text in _each(found):
        bare = text.replace(MENTION, "<b>").replace("</a>", "</b>") if MENTION in text else text
        if text_id in used and used[text_id].plain and set(bare) & set("<>&"):
            yield f"{name} {text_id} is shown as plain words: leave out < > &"
        if not _balanced(bare):
            yield f"{name} {text_id} has markup that Telegram would refuse: {text!r}"


def _balanced(text: str) -> bool:
    within: list[str] = []
    for closes, tag in TAG.findall(text):
        if tag not in ALLOWED:
            return False
        if not closes:
            within.append(tag)
        elif not within or within.pop() != tag:
            return False
    return not within and not set(TAG.sub("", text)) & set("<>&")


def lengths(used: Uses, found: Books) -> Iterator[str]:
    """Find labels too long for a button and notices too long for Telegram."""
    for name, text_id, text in _each(found):
        use = used.get(text_id)
        bare = re.sub(r"\{\w+\}", "", text)
        if use and use.button and len(bare) > (LABEL_CJK if _cjk(bare) else LABEL_LATIN):
            yield f"{name} {text_id} is long for a button: {text!r}"
        if use and use.plain and len(bare) > NOTICE - 20:
            yield f"{name} {text_id} is long for a notice: {text!r}"


def _cjk(text: str) -> bool:
    return any("CJK" in unicodedata.name(char, "") for char in text)


# ---- wording --------------------------------------------------------------------------------

DANGER = re.compile(
    r"(danger\.|closing\.danger$|sorry\.(danger|safety_injury)$|handed_off\.danger$)"
)
LIGHT = re.compile(
    r"不便|不好意思|唔好意思|小事|小意思|inconvenien|a bit of|trouble you", re.IGNORECASE
)
"""Words too light for somebody who is hurt."""

FORBIDDEN = {
    "亲 as an address": r"(^|[，。！、\s])[亲親]([，,！!~～]|爱的|愛的|$)",
    "a bare number of days": r"\d+\s*(個|个)?\s*(工作日|工作天|working day|business day)",
    "an empty thank-you": r"value your|is important to us|宝贵(的)?意见|寶貴(的)?意見",
    "fault, outcome or amount from the bot": (
        r"our (fault|mistake)|we were wrong|we will (refund|pay|replace)|guarantee"
        r"|我们的错|我們的錯|保证|保證|一定(会|會)(退|赔|賠)|负全责|負全責"
    ),
    "what guides forbid to say": (
        r"一分[价價]?[钱錢]|不可能|[绝絕][对對][没沒]有|太[简簡][单單]|改天|肯定不行|您懂不懂|很常[见見]"
        r"|不是我[们們]?[负負][责責]|[请請]您?再[详詳][细細]|我有些不清楚"
        r"|happens all the time|calm down"
    ),
}

WRONG_HERE = {
    "en": (),
    "zh_Hans": ("品质", "个案", "外送", "发票", "服务人员", "侍应", "意见回馈", "客诉"),
    "zh_Hant": (
        *("質量", "反饋", "小票", "服務員", "外賣", "視頻", "信息", "短信", "網絡", "默認"),
        *("用戶", "軟件", "登錄", "屏幕", "郵箱", "打印", "點擊", "質素", "侍應", "個案(?!件)"),
    ),
    "zh_Hant_TW": (
        *("投訴", "個案(?!件)", "質素", "質量", "外賣", "侍應", "單據", "小票", "反饋"),
        "意見(?!回饋)",
    ),
    "zh_Hant_HK": (
        *("客訴", "案件", "品質", "質量", "發票", "外送", "服務人員", "服務員", "小票", "反饋"),
        *("回饋", "餐點"),
    ),
}
"""Terms that belong to another region (SPEC section 9)."""

QUOTES = {"en": "「」『』", "zh_Hans": "\"'「」『』", "zh_Hant": "\"'“”‘’"}
NAMED_IN_ITSELF = re.compile(r"language\.")


def wording(_: Uses, found: Books) -> Iterator[str]:
    """Find what the desk must never sound like."""
    for name, text_id, text in _each(as_read(found)):
        if DANGER.match(text_id) and (said := LIGHT.search(text)):
            yield f"{name} {text_id} speaks lightly of danger: {said.group()}"
        for what, pattern in FORBIDDEN.items():
            if said := re.search(pattern, text, re.IGNORECASE):
                yield f"{name} {text_id} has {what}: {said.group()}"


def terms(_: Uses, found: Books) -> Iterator[str]:
    """Find terms and quotation marks of another region."""
    for name, text_id, text in _each(as_read(found)):
        for term in WRONG_HERE[name]:
            if re.search(term, text):
                yield f"{name} {text_id} has {term}, a term of another region"
        bare = text.replace(MENTION, "") if MENTION in text else text
        for mark in set(bare) & set(QUOTES[books.OVERLAYS.get(name, name)]):
            yield f"{name} {text_id} has {mark}, a quotation mark of another script"


TO_SIMPLE = OpenCC("t2s")
TO_TRADITIONAL = OpenCC("s2t")
SAME_IN_BOTH = frozenset("台里只干面系余准云并于后几了制板范致表松斗冲丑占恤志折吃群吓晒")
"""Characters that are words of their own in traditional script as well."""


def scripts(_: Uses, found: Books) -> Iterator[str]:
    """Find characters of the other Chinese script."""
    for name, text_id, text in _each(found):
        if name == "en" or NAMED_IN_ITSELF.match(text_id):
            continue
        strange = {char for char in text if _strange(char, simplified=name == "zh_Hans")}
        if strange:
            yield f"{name} {text_id} has characters of the other script: {''.join(sorted(strange))}"


@cache
def _strange(char: str, *, simplified: bool) -> bool:
    if simplified:
        return str(TO_SIMPLE.convert(char)) != char
    if char in SAME_IN_BOTH or str(TO_SIMPLE.convert(char)) != char:
        return False
    return str(TO_TRADITIONAL.convert(char)) != char


def _each(found: Books) -> Iterator[tuple[str, str, str]]:
    for name, texts in found.items():
        for text_id, text in sorted(texts.items()):
            yield name, text_id, text


# ---- files ----------------------------------------------------------------------------------


def template(used: Uses, _: Books) -> Iterator[str]:
    """Find a template that does not list the ids and variables that the code uses."""
    stands = books.TEMPLATE.read_bytes() if books.TEMPLATE.is_file() else b""
    if _unplaced(stands) != _unplaced(books.template(used)):
        yield "desk.pot is not what the code uses: run `make texts`"


def _unplaced(content: bytes) -> list[bytes]:
    return [row for row in content.splitlines() if not row.startswith((b"#:", b'"Generated-By'))]


def compiled(_: Uses, found: Books) -> Iterator[str]:
    """Find compiled catalogues that are not what their source says."""
    for name in found:
        mo = books.po(name).with_suffix(".mo")
        if not mo.is_file() or mo.read_bytes() != books.compiled(name):
            yield f"{name}: desk.mo is not compiled from desk.po as it stands: run `make texts`"


CHECKS: tuple[Callable[[Uses, Books], Iterator[str]], ...] = (
    missing,
    unused,
    variables,
    markup,
    lengths,
    wording,
    terms,
    scripts,
    template,
    compiled,
)
