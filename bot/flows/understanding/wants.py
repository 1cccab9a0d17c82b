"""Wanted and rejected remedies: word lists with negation inside the clause.

A business that refuses a remedy (不给退款, refused to refund) does not make the customer
reject it; a customer who does (不想换, no voucher) does.
"""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding.facts import REMEDIES
from bot.flows.understanding.lexicon import Hit
from bot.flows.understanding.page import Page

# Each pattern twice: for a Chinese term, for an English one.
_REJECT: Final = (
    re.compile(
        r"不要|不想|不需要|不用|不接受|别(?!人|的|家)|不是(?!说)|并非|不必|不稀罕|不屑|唔要|唔想|唔使|唔需要|唔系|唔接受|毋须|无须|无需|不必|不敢|不(?=换|退|修|赔|道歉|取消)|唔(?=换|退|修|赔)"
    ),
    re.compile(
        r"\b(?:don't|do not|dont|didn't|not|no|never|without|rather than|instead of|not interested in|won't accept|don't need|keep your|keep the|keep|don't care about|not after|not looking for|not interested in|spare me|stuff your|forget the|refuse)\b"
    ),
)
_COMPANY_REFUSES: Final = (
    re.compile(
        r"不给|不肯|不让|不同意|不予|不能|不可以|不愿|不支持|不批|拒绝|拒不|没有|没|未|唔肯|唔俾|唔畀|冇|未有|无法|唔可以|唔得|不会|不处理|也不|都不|还不|不答应|就是不|死活不|坚决不|你们不|他们不|商家不|客服不|店家不|卖家不"
    ),
    re.compile(
        r"\b(?:refus\w+|won't|wouldn't|will not|would not|can't|cannot|can not|couldn't|denied|declined|deny|haven't|hasn't|never (?:got|received|gave|sent|offered)|yet to|didn't (?:get|receive|offer|give|even)|did not (?:get|receive|offer|give)|don't (?:want to|give|offer|do)|you don't|they don't|no (?:one|sign|reply|response|refund (?:yet|policy)|apology|explanation|replacement|offer)|not (?:been|received|got|even|yet|getting|given|offered|processed)|without (?:any|an?|even))\b"
    ),
)
_WANT: Final = (
    re.compile(
        r"要|想|希望|请|麻烦|给我|能否|能不能|可不可以|可以|应该|必须|申请|需要|赶紧|马上|立刻|快点|尽快|只要|强烈要求|还我|求|唔该|俾我|我想|帮我|得|应当|起码|至少|全额|期待|打算|宁愿|宁可|最好"
    ),
    re.compile(
        r"\b(?:want|need|please|would like|'d like|demand|expect|request|requesting|give me|asking for|ask for|can i|can you|could you|i'd|looking for|hope|should|must|just|require|insist|get (?:a|my)|prefer|deserve|how about|still waiting for|owe)\b"
    ),
)
_PAST: Final = re.compile(
    r"\b(?:already|had|got|was|were|been|received|arrived with|offered me|they offered|you offered|gave me|after the)\b|已经|上次|之前|以前|过一次|了三次|了两次|之后|过了"
)
_LISTED: Final = re.compile(
    r"\s?(?:和|或者?|跟|与|、|也|/|同|还是|同埋|and|or|nor|,)?\s?(?:a |an |any |your |the )?"
)
_BARE_LIMIT: Final = 24  # characters: a message this short names a remedy because it is wanted
_ASKING: Final = {"explanation", "other"}


def _judge(page: Page, hit: Hit, *, short: bool) -> tuple[float, bool]:
    """Return how sure it is that the remedy is meant, and whether it is rejected."""
    text = page.folded
    first = max(page.clause_start(hit.start), hit.start - 42)
    before = text[first : hit.start]
    latin = text[hit.start].isascii()
    # the sign of refusal may be the term's own first word: 不想换, not a refund
    lead = before + text[hit.start : hit.start + (0 if latin else 1)]
    company = _COMPANY_REFUSES[latin].search(lead)
    reject = None
    for match in _REJECT[latin].finditer(lead):
        reject = match
    reach = 30 if latin else 9
    if reject is not None and _spent(page, first + reject.end(), hit):
        reject = None
    if reject is not None and len(lead) - reject.end() <= reach:
        own = company is None or reject.start() > company.end()
        if own or (
            company is not None and company.start() == reject.start() and _own_words(reject.group())
        ):
            return 0.85, True
    if company is not None:
        return 0.6, False
    wanted = _WANT[latin].search(text, first, hit.end + 3) is not None
    if wanted:
        return 0.9, False
    if _PAST.search(before) is not None:
        return 0.2, False
    weak = hit.tag in _ASKING
    return (0.8 if short else 0.35 if weak else 0.55), False


def _spent(page: Page, after: int, hit: Hit) -> bool:
    """Tell whether the refusal already governs an earlier remedy: 不要换货给我退款."""
    others = [
        other
        for other in page.listed("remedies")
        if other.tag != hit.tag and after - 1 <= other.start < hit.start
    ]
    if not others:
        return False
    between = page.folded[others[-1].end : hit.start]
    return len(between) > 0 and _LISTED.fullmatch(between) is None


def _own_words(word: str) -> bool:
    return word in {"不要", "不想", "不需要", "不接受", "唔要", "唔想", "don't", "do not", "dont"}


_OPENS: Final = re.compile(
    r"\s*(?:我们?|我哋)?(?:只|就|都|还|仲)?(?:要|想要?|希望|要求|请|麻烦|叫)"
    r"|\s*(?:i|we)(?:'d| would)? (?:just |only )?(?:want|like|need|expect|demand)\b|\s*(?:please|just) "
)


def opens(page: Page) -> bool:
    """Tell whether a message begins as a wish."""
    return _OPENS.match(page.folded) is not None


def read(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return wanted and rejected remedies, in the order of the text."""
    wanted: dict[str, float] = {}
    rejected: dict[str, float] = {}
    short = len(page.folded.strip()) <= _BARE_LIMIT
    for hit in page.listed("remedies"):
        sure, refused = _judge(page, hit, short=short)
        target = rejected if refused else wanted
        target[hit.tag] = max(target.get(hit.tag, 0.0), sure)
    for tag, sure in rejected.items():
        if wanted.get(tag, 0.0) <= sure:
            wanted.pop(tag, None)
    chosen = tuple(tag for tag, sure in wanted.items() if sure >= 0.5 and tag in REMEDIES)
    return chosen, tuple(tag for tag in rejected if tag not in chosen)
