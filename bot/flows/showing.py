"""How facts are shown to people, whichever side they are on: typed for rendering, cut to size."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.flows.effects import Join, Label, Line, Money, Value, line

if TYPE_CHECKING:
    from bot.flows.calendar import Span
    from bot.flows.model import Case, Fact
    from bot.flows.playbooks import FactAsked

UNSHOWN = frozenset({"kind", "category", "danger", "remedy"})
"""Facts about the conversation rather than the matter."""


def shorten(text: str, limit: int) -> str:
    """Cut a text to so many characters, with a sign that more was said."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


ROWS = frozenset({"danger", "on_the_spot", "severe", "minor", "general"})
"""Rows of the shipped policy table; others are called what an admin named them."""


def row_name(row: str) -> Value:
    """Return what people call a row of the policy table."""
    return Label(f"row_name.{row}") if row in ROWS else row


def wishes(case: Case) -> Join:
    """Return what would put it right; a wish of no known kind in the customer's own words."""
    own = case.facts.get("remedy")
    words = own.value if own and "," not in (own.value or "") and own.value != "other" else None
    return Join(
        tuple(
            words if one == "other" and words else Label(f"remedy.{one}") for one in case.remedies
        )
    )


def shown_value(fact: Fact, asked: FactAsked | None) -> Value:
    """Return one fact's value typed for rendering."""
    value = fact.value or ""
    kind = asked.type if asked else "text"
    if value.isdecimal() and fact.currency:
        return Money(int(value), fact.currency)
    if kind == "date" and len(value) == len("2026-11-18"):
        return date.fromisoformat(value)
    if asked and value in asked.choices:
        return Label(f"choice.{value}")
    if kind == "yesno" and value in {"yes", "no"}:
        return Label(f"choice.{value}")
    # what was tapped, in a question or of choices that an admin has taken away since
    return Label(f"choice.{value}") if not fact.shown and TAPPED.fullmatch(value) else value


TAPPED = re.compile(r"[a-z_]{2,24}")
"""What a tapped answer is kept as; its words are the family `choice.`."""

DAYS = ("days", True)


def length_line(length: Span) -> Line:
    """Return a length of time in words: 30 minutes, 2 working hours, by the end of the day."""
    if length.day_end:
        return line("span.day_end")
    if not (length.days or length.seconds):
        return line("span.at_once")
    number, unit = length.days, "working_days"
    if not length.days:
        number, unit = length.seconds, "s"
        for size, name in ((60, "min"), (3600, "h"), (86400, "days")):
            # opening time is not counted in days of 24 hours
            if length.seconds and length.seconds % size == 0 and (name, length.working) != DAYS:
                number, unit = length.seconds // size, name
        unit = f"working_{unit}" if length.working else unit
    name = f"{unit}.one" if number == 1 else unit
    return line(f"span.{name}", n=number)
