"""Texts of the configuration that have a form of their own: a country, a currency, a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bot.flows.admin.openings import COUNTRIES
from bot.flows.effects import Line, line


@dataclass(frozen=True, slots=True)
class Free:
    """A text with a form of its own: what is offered, how it is read, an example."""

    example: Line
    offered: tuple[str, ...] = ()
    read: Callable[[str], str] = str
    limit: int = 60


def _code(letters: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        code = unicodedata.normalize("NFKC", text).strip().upper()
        return code if re.fullmatch(rf"[A-Z]{{{letters}}}", code) else ""

    return read


CURRENCIES = ("CNY", "HKD", "TWD", "MOP", "SGD", "USD", "GBP", "EUR", "JPY")
FREE = {
    ("General", "name"): Free(line("example.business")),
    ("General", "region"): Free(line("example.region"), COUNTRIES, _code(2)),
    ("General", "currency"): Free(line("example.currency_code"), CURRENCIES, _code(3)),
    ("General", "emergency"): Free(line("example.emergency"), limit=40),
}
"""Texts of a form of their own, by model and field."""
