"""Signals: danger, threats, anger, the wish for a person, with the words that show them.

Negation counts inside the clause; for danger a supposition (if, 如果) does not count either.
Threats are often conditional and stay threats: "if you don't refund, I'll sue".
"""

from __future__ import annotations

import re
from typing import Final, cast

from bot.flows.understanding.facts import Signal, SignalName
from bot.flows.understanding.lexicon import Hit
from bot.flows.understanding.page import Page

_SUPPOSED: Final = re.compile(
    r"\b(?:if|what if|in case|could have|might have|would have|imagine|hypothetically|wonder whether|afraid of)\b|如果|万一|要是|假如|假设|倘若|若是|会不会|怕会|担心会|以防"
)
_ASKED: Final = re.compile(
    r"\b(?:does it|is it|will it|can it|are there|do you have|does this)\b|有没有|会不会|是否|吗\b"
)
_FREED: Final = re.compile(
    r"\b(?:no one|nobody|none of us|no injur\w+|wasn't|weren't|isn't|aren't|not|never|without|don't|didn't|no)\b[^,.;!?]{0,22}$|"
    r"(?:没有?(?:人|造成|任何|被|什么|发生)?|无人?|未|冇人?|不是|并非|并没有?|不会|冇|唔系|唔会|没被|避免|防止)(?:[^,;。!?]{0,4})$"
)
_SPOILED: Final = re.compile(
    r"no one (?:helped|came|cared|answered)|nobody (?:helped|came|cared)|没人(?:管|理|帮|处理)|冇人(?:理|帮)|不管|不小心|没想到|not only|不仅|不但|不止|not just|no wonder|只|差点没"
)
_AFTER_FREED: Final = re.compile(
    r"^(?:倒|就|都)?(?:没有|冇|无)(?![^,;。]{0,2}人(?:理|管))|^s? free\b"
)
_NO_THREAT: Final = re.compile(
    r"\b(?:not going to|not gonna|won't|will not|don't want to|do not want to|never|no intention of|no need to|not planning to|rather not|wouldn't|not here to|hope not to|without)\b[^,.;!?]*$"
    r"|(?:不会|不想|不打算|没想过?|不是要|没打算|没有?要|无意|不至于|犯不着|不必|不用|唔会|唔想|唔系要|冇谂住|无意要)[^,;。!?]{0,6}$"
)
_UNWILLING: Final = re.compile(
    r"(?:don't|do not|no need|not|doesn't)\b(?: \w+){0,3} $|(?:不(?:用|要|想|需要|必)|唔(?:使|要|想))[^,;。]{0,4}$"
)
_SHOUT: Final = re.compile(r"[!]{3,}|(?:[A-Z]{3,}[\s,!']+){3,}")
_PRAISING_ANGER: Final = re.compile(
    r"\b(?:no|not|isn't|wasn't|never)\s+(?:\w+\s)?$|不(?:算|是|觉得)?$|没(?:有)?$|唔算$"
)


def _freed(page: Page, hit: Hit) -> bool:
    """Tell whether the clause says that the danger did not happen."""
    text = page.folded
    start = page.clause_start(hit.start)
    before = text[max(start, hit.start - 34) : hit.start]
    if _SUPPOSED.search(text, max(start, hit.start - 40), hit.start) or _ASKED.search(before):
        return True
    if _FREED.search(before) and not _SPOILED.search(before):
        return True
    return _AFTER_FREED.match(text[hit.end : hit.end + 6]) is not None


def _counts(page: Page, hit: Hit) -> bool:
    if hit.list == "safety":
        return not _freed(page, hit)
    if hit.tag == "anger":
        begin = page.clause_start(hit.start)
        return _PRAISING_ANGER.search(page.folded[max(begin, hit.start - 20) : hit.start]) is None
    if hit.tag != "human":
        before = page.folded[max(page.clause_start(hit.start), hit.start - 30) : hit.start]
        return _NO_THREAT.search(before) is None
    negator = page.negator(hit.start)
    if not negator:
        return True
    # "can't I speak to a manager", 不给我找经理: the wish stays although it was refused
    return not _unwilling(page, hit)


def _unwilling(page: Page, hit: Hit) -> bool:
    before = page.folded[max(0, hit.start - 22) : hit.start]
    return _UNWILLING.search(before) is not None


def read(page: Page) -> tuple[Signal, ...]:
    """Return the signals of a message, each name (and danger) once with its first words."""
    raised: dict[tuple[str, str | None], Signal] = {}
    for hit in page.hits:
        if hit.list not in {"safety", "signals"}:
            continue
        name = "safety" if hit.list == "safety" else hit.tag
        danger = hit.tag if hit.list == "safety" else None
        if (name, danger) in raised or not _counts(page, hit):
            continue
        start, end = page.original_span(hit.start, hit.end)
        raised[name, danger] = Signal(
            name=cast("SignalName", name),
            text=page.original[start:end],
            start=start,
            end=end,
            kind=danger,
        )
    if ("anger", None) not in raised:
        shout = _SHOUT.search(page.shown.replace("！", "!"))
        if shout is not None:
            start, end = page.original_span(*shout.span())
            raised["anger", None] = Signal(
                name="anger", text=page.original[start:end], start=start, end=end
            )
    return tuple(sorted(raised.values(), key=lambda signal: signal.start))
