"""One message laid out for reading: original, folded and masked text, the calendar day, clauses.

Readers of single slots share it; each masks what it has read so that the next one does not
read it again (a phone number is no amount, an order number no date).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.flows.understanding import lexicon, script
from bot.flows.understanding.facts import Found, Slot

MASK: Final = "\x1a"
_DIGIT: Final = re.compile("[0-9]")
_LATIN: Final = re.compile("[a-z]{2}")
_WORDS: Final = re.compile("[a-z]+")
_BOUNDARY: Final = re.compile(
    r"[,;!?\n。…~]|\.(?!\d)|\b(?:but|however|though|although|because|while|when)\b|(?<=[\u4e00-\u9fff])\s|但是?|不过|可是|而是|(?<![不而还就])是(?=[换退赔修]|道歉|要)|只要|只想"
)
_SENTENCE: Final = re.compile(r"[;!?\n。…]|\.(?!\d)")
_NO_EN: Final = r"\b(?:no|not|never|without|nobody|none|nor|neither|cannot)\b|n't\b|\b(?:dont|didnt|isnt|wasnt)\b"
# 不小心, 不得不, 没想到 … are no negations of what follows.
_NO_ZH: Final = (
    r"没有?(?![想多过处理管解反])|不(?!小心|得不|但|仅|停|断|止|知|久|好意思|起|错|管|光|料|良|慎|满|舒|适)"
    r"|未|无(?!缘|故|良|法)|并非|冇|唔(?!该|好意思|小心)|别(?!的|人|家)|毋"
)
_NEGATOR: Final = re.compile(f"(?:{_NO_EN})|(?:{_NO_ZH})")
_WINDOW_EN: Final = 26  # characters between an English negator and what it negates
_WINDOW_ZH: Final = 5


class Page:
    """A message while it is being read."""

    __slots__ = (
        "_bounds", "_ends", "_hits", "_listed", "_offsets", "digits", "folded", "found", "han", "language", "latin", "masked", "now",
        "original", "region", "shown", "today", "words",
        "zone",
    )  # fmt: skip

    def __init__(self, text: str, now: datetime, zone: ZoneInfo | str, region: str) -> None:
        """Fold the text; `now` must be aware, `zone` is the desk's time zone."""
        self.original = text
        self.shown, self._offsets = script.visible(text)
        self.folded = script.fold(self.shown)
        self.masked = self.folded
        self.digits = _DIGIT.search(self.folded) is not None
        self.latin = _LATIN.search(self.folded) is not None
        self.words: set[str] = set(_WORDS.findall(self.folded)) if self.latin else set()
        self.han = script.has_han(self.shown)
        self.zone = ZoneInfo(zone) if isinstance(zone, str) else zone
        self.now = now.astimezone(self.zone)
        self.today: date = self.now.date()
        self.region = region.upper()
        self.language = ""
        self.found: list[Found] = []
        self._hits: list[lexicon.Hit] | None = None
        self._listed: dict[str, list[lexicon.Hit]] = {}
        self._bounds: tuple[list[int], list[int]] | None = None
        self._ends: tuple[list[int], list[int]] | None = None

    @property
    def hits(self) -> list[lexicon.Hit]:
        """Terms of the word lists in this text, read once."""
        if self._hits is None:
            self._hits = lexicon.scan(self.folded, han=self.han)
        return self._hits

    def listed(self, name: str) -> list[lexicon.Hit]:
        """Return the terms of one list, in the order of the text."""
        if self._hits is None:
            for hit in self.hits:
                self._listed.setdefault(hit.list, []).append(hit)
        return self._listed.get(name, [])

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the folded text lies in the original."""
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1

    def folded_starts(self) -> Callable[[int], int]:
        """Return what leads from a place of the original to that of the folded text."""
        offsets = self._offsets
        return (lambda at: at) if offsets is None else (lambda at: bisect_left(offsets, at))

    def mask(self, start: int, end: int) -> None:
        """Hide a span from later readers."""
        self.masked = self.masked[:start] + MASK * (end - start) + self.masked[end:]

    def add(  # noqa: PLR0913 one argument for each field of Found
        self,
        slot: Slot,
        value: str,
        start: int,
        end: int,
        confidence: float,
        *,
        guessed: bool = False,
        part: str | None = None,
        currency: str | None = None,
        unit: str | None = None,
        kind: str | None = None,
        mask: bool = True,
    ) -> None:
        """Note one fact of the folded span."""
        if mask:
            self.mask(start, end)
        first, last = self.original_span(start, end)
        self.found.append(
            Found(
                slot=slot,
                value=value,
                text=self.original[first:last],
                start=first,
                end=last,
                confidence=confidence,
                guessed=guessed,
                part=part,
                currency=currency,
                unit=unit,
                kind=kind,
            )
        )

    def keep(
        self,
        slot: Slot,
        start: int,
        end: int,
        sure: float,
        kind: str | None,
        *,
        guessed: bool = False,
    ) -> None:
        """Note one fact whose value is the writer's own spelling."""
        first, last = self.original_span(start, end)
        self.add(slot, self.original[first:last], start, end, sure, kind=kind, guessed=guessed)

    def _boundaries(self) -> tuple[list[int], list[int]]:
        if self._bounds is None:
            spans = [match.span() for match in _BOUNDARY.finditer(self.folded)]
            self._bounds = [span[0] for span in spans], [span[1] for span in spans]
        return self._bounds

    def clause_start(self, at: int) -> int:
        """Return where the clause around a position begins."""
        _, ends = self._boundaries()
        index = bisect_right(ends, at)
        return ends[index - 1] if index else 0

    def clause_end(self, at: int) -> int:
        """Return where the clause around a position ends."""
        starts, _ = self._boundaries()
        index = bisect_left(starts, at)
        return starts[index] if index < len(starts) else len(self.folded)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the sentence around a span."""
        if self._ends is None:
            spans = [match.span() for match in _SENTENCE.finditer(self.folded)]
            self._ends = [span[0] for span in spans], [span[1] for span in spans]
        starts, ends = self._ends
        index = bisect_right(ends, start)
        first = ends[index - 1] if index else 0
        index = bisect_left(starts, end)
        last = starts[index] if index < len(starts) else len(self.folded)
        return max(first, start - 200), last

    def negator(self, start: int) -> str:
        """Return the negating word that governs a term at `start` in its clause, or ""."""
        begin = max(self.clause_start(start), start - 40)
        last = None
        for match in _NEGATOR.finditer(self.folded, begin, start):
            last = match
        if last is None:
            return ""
        window = _WINDOW_EN if last.group().isascii() else _WINDOW_ZH
        return last.group() if start - last.end() <= window else ""
