"""Reading the answer to one asked fact, where a bare number or a single word is enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot.flows.understanding import contacts, intents, money, script
from bot.flows.understanding.facts import Facts, Found, Slot
from bot.flows.understanding.moments import recent_day
from bot.flows.understanding.numerals import DIGITS, ZH, parse, whole
from bot.flows.understanding.page import Page

AnswerKind = Literal[
    "date", "amount", "reference", "phone", "email", "contact", "choice", "yesno", "text",
    "quantity", "place", "remedy",
]  # fmt: skip
Choices = Sequence[tuple[str, tuple[str, ...]]]
_SLOTS: Final[dict[str, Slot]] = {
    "date": "when", "amount": "amount", "reference": "reference", "phone": "phone",
    "email": "email", "quantity": "quantity", "place": "place",
}  # fmt: skip
_NUMBER: Final = re.compile(rf"(?:{DIGITS})(?:{ZH})*(?:k|w)?|{ZH}+")
_TOKEN: Final = re.compile(r"#?((?=[a-z0-9\-_/ ]*\d)[a-z0-9][a-z0-9\-_/]{1,39})")
_ORDINAL: Final = re.compile(
    r"(?:第|选|揀|拣|option|number|no\.?|choice|answer)?\s*(\d{1,2}|[一二三四五六七八九十]{1,2}|[a-h](?![a-z]))\s*(?:个|项|号|條|条|种|st|nd|rd|th|\.|\))?(?: one| option)?"
)
_ORDINAL_EN: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "last": -1,
}
_ORDINAL_WORD: Final = re.compile(
    rf"(?:the )?({'|'.join(_ORDINAL_EN)})(?: one| option)?|(最后一?个|尾二个|最尾嗰个)"
)
_UNKNOWN: Final = frozenset(
    {"not_sure", "skip", "back", "why_ask", "already_told", "help", "status", "cancel", "withdraw"}
)
_MARKS: Final = re.compile(r"[^\w]+|_")
_NOT_YET: Final = re.compile(
    r"没有?|不|冇|唔|未|无|还没|还未|还不|仲未|仲冇|仲唔|尚未|根本没|not (?:yet|at all)"
)


# "It was the red one." answers with the red one; polite openings are no part of the value.
_OPENING: Final = re.compile(
    r"(?:(?:well|oh|um|so|ok|okay|yes|yeah|hi|hello)[,\s]+)?(?:(?:it|that|this|they)(?:'s|'re| was| is| were| are| would be| happened)|i (?:bought|ordered|got)|i think (?:it's|it was)|the answer is)\s+(?=\S)"
    r"|(?:(?:嗯|哦|好|那个|应该|大概|好像|就)[,\s]*)?(?:是|系|就是|就系|应该是|好像是|大概是|应该系)(?:的)?(?=[^不吗否的啊呀吧咁,。\s])",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"[\s.。!！~,，;；]+$|(?:\s+(?:thanks|thank you|please))[\s.!]*$", re.IGNORECASE
)


def bare(text: str) -> str:
    """Return an answer without its polite opening and final stop; the whole where nothing is left."""
    plain = script.fold(text)
    start = match.end() if (match := _OPENING.match(plain)) else 0
    kept = text[start:]
    kept = _CLOSING.sub("", kept)
    return kept or text


NO_REFERENCE: Final = frozenset({"when", "amount", "quantity", "email"})
"""Slots whose digits are no reference (a number of eight digits may be a phone's and an order's)."""
_COUNTED: Final = re.compile(
    r"\s?(?:[个件次人份块元天月年小]|items?\b|times?\b|days?\b|people\b|pieces?\b)"
)


class Answer(BaseModel):
    """An answer as read: `value` as in Found (a choice: its id; yesno: "yes" or "no")."""

    model_config = ConfigDict(frozen=True)

    kind: AnswerKind
    value: str
    text: str
    confidence: float = 1.0
    guessed: bool = False
    part: str | None = None
    currency: str | None = None
    unit: str | None = None


def _from(kind: AnswerKind, found: Found) -> Answer:
    return Answer(
        kind=kind,
        value=found.value,
        text=found.text,
        confidence=found.confidence,
        guessed=found.guessed,
        part=found.part,
        currency=found.currency,
        unit=found.unit,
    )


def read_answer(  # noqa: PLR0913, PLR0917 the seam the playbooks use
    kind: AnswerKind,
    facts: Facts,
    text: str,
    choices: Choices,
    now: datetime,
    zone: ZoneInfo | str,
    region: str,
    *,
    currency: str | None = None,
) -> Answer | None:
    """Read the answer to a question of this kind; None where it could not be read.

    `facts` is what `understand` read from the same text; `currency` the desk's ISO code for
    bare numbers (the region's otherwise).
    """
    if kind in {"choice", "remedy"}:
        chosen = choose(text, choices)
        if chosen is not None:
            return Answer(kind=kind, value=chosen, text=text.strip())
        if kind == "remedy" and facts.remedies:
            return Answer(kind=kind, value=facts.remedies[0], text=text.strip(), confidence=0.9)
        return None
    if kind == "yesno":
        return _yes_or_no(facts, text)
    if kind != "text" and _UNKNOWN.intersection(facts.intents):
        return None
    if kind == "contact":
        return _plain(facts, text, "phone", now, zone, region, currency) or _plain(
            facts, text, "email", now, zone, region, currency
        )
    return _plain(facts, text, kind, now, zone, region, currency)


def _plain(  # noqa: PLR0917 one way out for each kind
    facts: Facts,
    text: str,
    kind: AnswerKind,
    now: datetime,
    zone: ZoneInfo | str,
    region: str,
    currency: str | None,
) -> Answer | None:
    stripped = text.strip()
    if kind == "text":
        return Answer(kind=kind, value=bare(stripped), text=stripped) if stripped else None
    found = facts.best(_SLOTS[kind])
    if kind == "date":
        dates = [when for when in facts.of("when") if when.kind != "deadline"]
        found = max(dates, key=lambda when: when.confidence, default=None)
        return _from(kind, found) if found else _bare_day(stripped, now, zone, region)
    if found is not None:
        return _from(kind, found)
    if unsure_at_first(stripped):
        return None
    folded = script.fold(script.visible(stripped)[0])
    if kind == "amount":
        return _bare_amount(
            folded, stripped, currency or money.REGION_CURRENCY.get(region.upper(), "USD")
        )
    if kind == "reference":
        return _bare_reference(folded, stripped, facts)
    if kind == "phone":
        number = contacts.number(folded, region.upper())
        return Answer(kind=kind, value=number, text=stripped, confidence=0.95) if number else None
    if kind == "quantity":
        match = _NUMBER.search(folded)
        count = whole(match.group()) if match else None
        return (
            Answer(kind=kind, value=str(count), text=stripped, confidence=0.9)
            if count is not None
            else None
        )
    if kind == "place" and 0 < len(stripped) <= 60:
        return Answer(kind=kind, value=bare(stripped), text=stripped, confidence=0.6)
    return None


def _bare_amount(folded: str, shown: str, currency: str) -> Answer | None:
    match = _NUMBER.search(folded)
    if match is None or _NUMBER.search(folded, match.end()):
        return None
    value = parse(match.group())
    units = None if value is None else money.minor(value, currency)
    if units is None:
        return None
    return Answer(kind="amount", value=str(units), text=shown, confidence=0.9, currency=currency)


def unsure_at_first(text: str) -> bool:
    """Whether an answer begins by saying that they do not know: 不知道，小票丢了."""
    first = _CLAUSE.split(script.fold(text).strip(), maxsplit=1)[0]
    return "not_sure" in intents.read(first)


_CLAUSE: Final = re.compile(r"[,.!?;，。！？；、…~\n]|(?<=[a-z]) - ")
BESIDE: Final = 24
"""Characters beside a bare number, beyond which the message tells something else."""


def _bare_reference(folded: str, shown: str, facts: Facts) -> Answer | None:
    if len(folded) - max((len(one[1]) for one in _TOKEN.finditer(folded)), default=0) > BESIDE:
        return None
    for other in facts.found:  # 11月3号 is a day: its 11 is no number of an order
        if other.slot in NO_REFERENCE:
            folded = folded.replace(script.fold(script.visible(other.text)[0]), " ", 1)
    tokens = [one for one in _TOKEN.finditer(folded) if not _COUNTED.match(folded, one.end())]
    match = max(tokens, key=lambda m: len(m[1]), default=None)
    if match is None or sum(char.isdigit() for char in match[1]) < 2:
        return None
    same = len(folded) == len(shown)
    value = shown[match.start(1) : match.end(1)] if same else match[1].upper()
    return Answer(kind="reference", value=value, text=shown, confidence=0.85)


def _bare_day(text: str, now: datetime, zone: ZoneInfo | str, region: str) -> Answer | None:
    """Read a lone number as a day of the month: "3", "3日", "the 3rd"."""
    page = Page(text, now, zone, region)
    match = re.fullmatch(
        r"(?:the )?(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})(?:st|nd|rd|th|日|号)?",
        page.folded.strip(),
    )
    number = whole(match[1]) if match else None
    if number is None or not 1 <= number <= 31:
        return None
    day = recent_day(number, page.today)
    return (
        Answer(kind="date", value=day.isoformat(), text=text, confidence=0.6, guessed=True)
        if day
        else None
    )


def _yes_or_no(facts: Facts, text: str) -> Answer | None:
    for word in ("yes", "no"):
        if word in facts.intents:
            return Answer(kind="yesno", value=word, text=text.strip())
    folded = script.fold(script.visible(text)[0])
    head = re.split(r"[,.!;。 ]", folded.strip(), maxsplit=1)[0]
    for word in ("yes", "no"):
        if word in intents.read(head):
            return Answer(kind="yesno", value=word, text=text.strip(), confidence=0.8)
    if _NOT_YET.match(folded):
        return Answer(kind="yesno", value="no", text=text.strip(), confidence=0.6)
    return None


def _key(text: str) -> str:
    return _MARKS.sub("", script.fold(script.visible(text)[0]))


def choose(text: str, choices: Choices) -> str | None:
    """Return the id of the choice meant: by label, by number, or by words it contains."""
    key = _key(text)
    if not key:
        return None
    labels = [
        (identity, [_key(label) for label in written if _key(label)])
        for identity, written in choices
    ]
    for identity, written in labels:
        if key in written or key == _key(identity):
            return identity
    number = _choice_number(script.fold(text).strip())
    if number is not None and (1 <= number <= len(choices) or number == -1):
        return choices[number - 1 if number > 0 else -1][0] if choices else None
    inside = [
        (len(label), identity)
        for identity, written in labels
        for label in written
        if len(label) > 1 and (label in key or (len(key) > 1 and key in label))
    ]
    names = {identity for _, identity in inside}
    if len(names) == 1:
        return inside[0][1]
    longest = [pair for pair in inside if pair[0] == max(inside)[0]]
    return longest[0][1] if inside and len({name for _, name in longest}) == 1 else None


def _choice_number(folded: str) -> int | None:
    match = _ORDINAL.fullmatch(folded)
    if match is not None:
        mark = match[1]
        return ord(mark) - ord("a") + 1 if mark.isascii() and mark.isalpha() else whole(mark)
    word = _ORDINAL_WORD.fullmatch(folded)
    if word is None:
        return None
    return _ORDINAL_EN[word[1]] if word[1] else -1


__all__ = ["Answer", "AnswerKind", "choose", "read_answer"]
