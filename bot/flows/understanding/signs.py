"""Signals: danger, threats, anger, the wish for a person, with the words that show them.

The word lists say where to look; `danger` and `meant` judge whether the clause means it.
Threats are often conditional and stay threats: "if you don't refund, I'll sue".
"""

from __future__ import annotations

import re
from typing import Final, cast

from bot.flows.understanding import danger, meant
from bot.flows.understanding.accusing import Assault
from bot.flows.understanding.facts import Signal, SignalName
from bot.flows.understanding.lexicon import Hit
from bot.flows.understanding.page import Page

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


def _counts(page: Page, hit: Hit) -> bool:
    if hit.list == "safety":
        return danger.real(page, hit)
    if hit.tag == "anger":
        begin = page.clause_start(hit.start)
        return _PRAISING_ANGER.search(page.folded[max(begin, hit.start - 20) : hit.start]) is None
    if hit.tag != "human":
        before = page.folded[max(page.clause_start(hit.start), hit.start - 30) : hit.start]
        return _NO_THREAT.search(before) is None and meant.threat(page, hit)
    # "can't I speak to a manager", 不给我找经理: the wish stays although it was refused
    if page.negator(hit.start) and _unwilling(page, hit):
        return False
    return meant.person_wanted(page, hit)


def _unwilling(page: Page, hit: Hit) -> bool:
    before = page.folded[max(0, hit.start - 22) : hit.start]
    return _UNWILLING.search(before) is not None


def words(page: Page, assault: Assault | None) -> str:
    """Return the words that tell of an assault, as written."""
    if assault is None:
        return ""
    start, end = page.original_span(assault.start, assault.end)
    return page.original[start:end]


def read(page: Page, assault: Assault | None = None) -> tuple[Signal, ...]:
    """Return the signals of a message, each name (and danger) once with its first words."""
    raised: dict[tuple[str, str | None], Signal] = {}
    for hit in sorted([*page.listed("safety"), *page.listed("signals")]):
        name = "safety" if hit.list == "safety" else hit.tag
        kind = hit.tag if hit.list == "safety" else None
        if (name, kind) in raised or not _counts(page, hit):
            continue
        start, end = page.original_span(hit.start, hit.end)
        raised[name, kind] = Signal(
            name=cast("SignalName", name),
            text=page.original[start:end],
            start=start,
            end=end,
            kind=kind,
        )
    if assault is not None and assault.harm and not any(name == "safety" for name, _ in raised):
        start, end = page.original_span(assault.start, assault.end)
        raised["safety", "other"] = Signal(
            name="safety", text=words(page, assault), start=start, end=end, kind="other"
        )
    if ("human", None) not in raised and meant.lone_call(page):
        start, end = page.original_span(0, len(page.folded))
        called = page.original[start:end]
        raised["human", None] = Signal(name="human", text=called, start=start, end=end)
    if ("anger", None) not in raised:
        shout = _SHOUT.search(page.shown.replace("！", "!"))
        if shout is not None:
            start, end = page.original_span(*shout.span())
            raised["anger", None] = Signal(
                name="anger", text=page.original[start:end], start=start, end=end
            )
    return tuple(sorted(raised.values(), key=lambda signal: signal.start))
