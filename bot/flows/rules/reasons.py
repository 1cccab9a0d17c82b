"""Why a rule fired, as lines of text with the values that held, typed for their reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.flows.calendar import span
from bot.flows.effects import Join, Label, Line, Money, Value, When, line
from bot.flows.showing import length_line

if TYPE_CHECKING:
    from bot.flows.model import Held, Reason


def reason_line(reason: Reason, currency: str) -> Line:
    """Say why a case was escalated; amounts without a currency are in the desk's."""
    return line("reason.why", held=held_line(reason.held, currency))


def held_line(held: tuple[Held, ...], currency: str) -> Value:
    """Say what held, condition by condition; a rule without any says so."""
    told = {str(one): one for one in held if one.test not in UNSAID}
    lines = tuple(_said(one, currency) for one in told.values())
    return Join(lines) if lines else line("why.always")


UNSAID = frozenset({"fired", "owned", "working_time"})
"""Conditions that tell nobody why: they only keep rules apart."""


def _said(held: Held, currency: str) -> Line:
    unit = held.values.get("currency") or currency
    typed = {name: _typed(held.test, name, v, unit) for name, v in held.values.items()}
    name = f"signal.{typed['signal']}" if held.test == "signal" else held.test
    return line(
        f"why.{name}",
        words=typed.get("words", ""),
        amount=typed.get("amount", ""),
        limit=typed.get("limit", ""),
        value=typed.get("value", ""),
        count=typed.get("count", ""),
        kind=typed.get("kind", ""),
        due=typed.get("due", ""),
        rating=typed.get("rating", ""),
        days=typed.get("days", ""),
        by=typed.get("by", ""),
        refs=typed.get("refs", ""),
        since=typed.get("since", ""),
        length=typed.get("length", ""),
        field=typed.get("field", ""),
        was=typed.get("was", ""),
        now=typed.get("now", ""),
        level=typed.get("level", ""),
    )


def _typed(test: str, name: str, value: str, currency: str) -> Value:
    """Return a value as its reader is to see it."""
    if test == "amount" and name in {"amount", "limit"} and value.isdecimal():
        return Money(int(value), currency)
    if name == "due":
        return When(datetime.fromisoformat(value))
    if name == "length":
        return length_line(span(value))
    if name == "words":
        return value or Label("menu.person")
    label = LABELS.get((test, name))
    return label(value) if label else value


LABELS: dict[tuple[str, str], Callable[[str], Label]] = {
    ("claim", "value"): lambda value: Label(f"claim.{value}"),
    ("promise_missed", "kind"): lambda value: Label(f"promise.{value}"),
    ("promise_due_soon", "kind"): lambda value: Label(f"promise.{value}"),
    ("status", "value"): lambda value: Label(f"status.{value}"),
    ("grade", "value"): lambda value: Label(f"grade.{value}"),
    ("level", "value"): lambda value: Label(f"role.{value}"),
    ("category", "value"): lambda value: Label(f"category.{value}"),
    ("language", "value"): lambda value: Label(f"language.{value}"),
    ("alike", "by"): lambda value: Label(f"alike.{value}"),
    ("age", "since"): lambda value: Label(f"since.{value}"),
    ("was", "field"): lambda value: Label(f"field.{value}"),
    ("nobody_took_it", "level"): lambda value: Label(f"role.{value}"),
}
"""Values that are one of the desk's own words, as that word."""
