"""Why a case was escalated, as a line of text with the values that matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Label, Line, Money, Value, line

if TYPE_CHECKING:
    from bot.flows.model import Reason


def reason_line(reason: Reason, currency: str) -> Line:
    """Say why, with the matched values typed; amounts without a currency are in the desk's."""
    values = reason.values
    unit = values.get("currency") or currency
    shown: dict[str, Value] = {
        "words": values.get("words") or Label("menu.person"),
        "count": values.get("count", ""),
        "rating": values.get("rating", ""),
        "amount": _money(values.get("amount"), unit),
        "limit": _limit(values, unit),
        "level": Label(f"role.{reason.level.value}"),
    }
    return line(reason.why, **shown)


def _limit(values: dict[str, str], currency: str) -> Value:
    """Return the limit that was reached: an amount where an amount was judged."""
    limit = values.get("limit", "")
    return _money(limit, currency) if "amount" in values else limit


def _money(minor: str | None, currency: str) -> Value:
    return Money(int(minor), currency) if minor and minor.isdecimal() else (minor or "")
