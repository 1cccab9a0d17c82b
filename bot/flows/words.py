"""Words of the desk's own trade: what admins add to what it understands, and what it never says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from bot.flows.frozen import Written
from bot.flows.rules.vocabulary import Signal as SignalName
from bot.flows.rules.wording import found
from bot.flows.understanding import Facts
from bot.flows.understanding.facts import Signal

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """A desk's own texts for readers of one language, as (id, text).

    `elsewhere` are those it has in other languages alone: they stand in for what has no text in
    the reader's, a question the desk added, say.
    """

    here: Pairs = frozenset()
    elsewhere: Pairs = frozenset()


NONE = Wording()


def wording(texts: Mapping[str, Mapping[str, str]], language: str, first: str) -> Wording:
    """Return what readers of a language get of a desk's own texts; `first` is the desk's own."""
    if not texts:
        return NONE
    mine = texts.get(language, {})
    others = dict(item for one in texts.values() for item in one.items())
    missing = {
        k: text for k, text in (others | dict(texts.get(first, {}))).items() if k not in mine
    }
    return Wording(frozenset(mine.items()), frozenset(missing.items()))


Phrase = Annotated[str, Field(min_length=1, max_length=80)]


class Words(Written):
    """Words of the trade and of the house; `*` stands for a few characters, `#` for a digit."""

    signals: dict[SignalName, tuple[Phrase, ...]] = {}  # further words for each signal
    forbidden: tuple[Phrase, ...] = ()  # what staff do not say to customers: see `doubts`

    def heard(self, text: str, facts: Facts) -> Facts:
        """Return the facts with the signals that these words show in the text."""
        fresh = [
            Signal(name=name, text=text[start:end], start=start, end=end)
            for name, phrases in self.signals.items()
            for start, end in found(phrases, text)
            if not any(one.name == name and one.start == start for one in facts.signals)
        ]
        if not fresh:
            return facts
        return facts.model_copy(update={"signals": (*facts.signals, *fresh)})

    def unheard(self, text: str, facts: Facts) -> Facts:
        """Return the facts without the signals that only these words show."""
        own = {
            (name, start, end)
            for name, phrases in self.signals.items()
            for start, end in found(phrases, text)
        }
        kept = [
            one for one in facts.signals if one.kind or (one.name, one.start, one.end) not in own
        ]
        return facts.model_copy(update={"signals": tuple(kept)})
