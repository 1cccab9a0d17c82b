"""The cast of the storage tests: one instant, small cases, letters and customers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.flows.model import Case, Entry
from bot.flows.people import Customer
from bot.texts.letters import Letter

NOON = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
TEAM = -1001
ANN, BOB = 11, 12


def later(seconds: float) -> datetime:
    """Return an instant so many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def customer(id_: int = ANN, **fields: Any) -> Customer:
    """Return a customer."""
    return Customer(id=id_, **fields)


def case(id_: int, of: int = ANN, **fields: Any) -> Case:
    """Return a case that was opened at noon."""
    return Case(id=id_, customer=of, since=NOON, opened_at=NOON, **fields)


def entry(of: int, n: int, **data: Any) -> Entry:
    """Return a row of a timeline."""
    return Entry(case=of, n=n, at=NOON, kind="said", by="customer", data=data)


def letter(chat: int, text: str = "hello", **fields: Any) -> Letter:
    """Return a text message to a chat."""
    return Letter(chat=chat, method="sendMessage", params={"text": text}, **fields)


def words(letters: Any) -> list[str]:
    """Return what claimed, failed or plain letters say."""
    plain = [getattr(one, "letter", one) for one in letters]
    return [one.params["text"] for one in plain]
