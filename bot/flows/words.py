"""Words of the desk's own trade that admins add to what the desk understands by itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.flows.model import Written
from bot.flows.rules.vocabulary import Signal as SignalName
from bot.flows.rules.wording import found
from bot.flows.understanding import Facts
from bot.flows.understanding.facts import Signal

Phrase = Annotated[str, Field(min_length=1, max_length=80)]


class Words(Written):
    """Further words for each signal; `*` stands for a few characters, `#` for a digit."""

    signals: dict[SignalName, tuple[Phrase, ...]] = {}

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
