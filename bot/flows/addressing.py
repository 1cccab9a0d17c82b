"""Whether a note reads like an answer: a small word test, so that a slip can be offered to be sent.

Better silent than a nuisance: words *about* the customer ("李女士刚打电话来") are no answer, nor is
what greets or asks a colleague. It must never know who writes.
"""

from __future__ import annotations

import re
from typing import Final

_GREETING_ZH: Final = re.compile(r"您好|你好呀?[，,!！。\s]*(?=.*您)|尊敬的|親愛的|亲爱的")
_GREETED_WITHIN: Final = 12
"""Characters in which a greeting may begin: `李女士，您好`."""

_TO_YOU_ZH: Final = re.compile(
    r"(?:为|為|给|給|帮|幫|替|向|请|請|让|讓|令|使|跟|与|與|感谢|感謝|谢谢|謝謝|多謝|麻烦|麻煩)您"
    r"|您的(?:订单|訂單|款|退款|包裹|商品|问题|問題|反馈|反映|投诉|投訴|客訴|案件|個案|耐心|理解|体谅|體諒|意見)"
)
_DONE_ZH: Final = re.compile(
    r"已经?|已經|会|會|将|將|马上|馬上|立即|稍后|稍後|尽快|盡快|正在|安排|退|换|換|补|補|寄|联系|聯絡|聯繫"
    r"|抱歉|对不起|對不起|致歉|道歉|谢|謝|理解|体谅|體諒|耐心|查收|祝"
)
_TO_YOU_EN: Final = re.compile(
    r"\b(?:you a (?:new|full|replacement)|your (?:order|refund|money|parcel|case|complaint|table"
    r"|booking|patience))\b"
)
_DONE_EN: Final = re.compile(
    r"\b(?:(?:we|i)(?:['’]ve|['’]ll|['’]m| have| will| are| am| can)|sorry|apologi[sz]e"
    r"|apologies|thank you|thanks for)\b"
)
_CLOSING_EN: Final = re.compile(
    r"\b(?:(?:kind|best|warm) regards|sincerely|yours (?:truly|faithfully)"
    r"|thank you for your (?:patience|understanding|message)"
    r"|sorry for the (?:trouble|inconvenience|delay))\b"
)
_GREETING_EN: Final = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[\s,]*"
)
_ANYBODY: Final = re.compile(r"(?:there|sir|madam|ma'am|customer|mr|mrs|ms|miss)\b")
_ASKS: Final = re.compile(r"[?？]\s*$")


def reads_like_answer(text: str, name: str) -> bool:
    """Tell whether a note speaks to the customer of that name rather than to colleagues."""
    words = text.strip().lower()
    return _in_chinese(words) or _in_english(words, name.strip().lower())


def _in_chinese(words: str) -> bool:
    greeting = _GREETING_ZH.search(words)
    if greeting is not None and greeting.start() <= _GREETED_WITHIN:
        return True
    to_you = _TO_YOU_ZH.search(words) is not None and _DONE_ZH.search(words) is not None
    return to_you and _ASKS.search(words) is None


def _in_english(words: str, name: str) -> bool:
    if _CLOSING_EN.search(words) is not None:
        return True
    greeting = _GREETING_EN.match(words)
    if greeting is not None:
        rest = words[greeting.end() :]
        named = bool(name) and rest.startswith(name.split(maxsplit=1)[0])
        return named or greeting.group().startswith("dear") or _ANYBODY.match(rest) is not None
    to_you = _TO_YOU_EN.search(words) is not None and _DONE_EN.search(words) is not None
    return to_you and _ASKS.search(words) is None
