"""The short way for the two commonest updates: a customer's plain words, a customer's press.

Making python-telegram-bot's objects of an update costs more than deciding it. What is nothing but
a text or a press in a private chat is read straight from Telegram's JSON; whatever else an update
holds goes the long way, through the table. A test holds both ways to the same events.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.flows.events import CustomerCommanded, CustomerPressed, CustomerSaid, Who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.flows.events import Event

PLAIN = frozenset({"message_id", "from", "chat", "date", "text"})
"""Fields of a message that is text and nothing else."""


def plain(raw: Mapping[str, Any], at: datetime, menu: Mapping[str, str]) -> Event | None:
    """Translate an update the short way; None when it must go the long way."""
    message = raw.get("message")
    if message is not None:
        return _said(raw, message, menu)
    query = raw.get("callback_query")
    return None if query is None else _pressed(raw, query, at)


def _said(raw: Mapping[str, Any], it: Mapping[str, Any], menu: Mapping[str, str]) -> Event | None:
    if it.keys() != PLAIN or it["chat"].get("type") != "private" or it["from"].get("is_bot"):
        return None
    text = it["text"]
    if text.startswith("/"):
        return None
    key, when = f"u{raw['update_id']}", datetime.fromtimestamp(it["date"], UTC)
    person = _who(it["from"])
    command = menu.get(text.strip())
    if command is not None:
        return CustomerCommanded(key, when, person, it["message_id"], command)
    return CustomerSaid(key, when, person, it["message_id"], text)


def _pressed(raw: Mapping[str, Any], it: Mapping[str, Any], at: datetime) -> Event | None:
    data, message = it.get("data", ""), it.get("message", {})
    if not data.startswith("c:") or message.get("chat", {}).get("type") != "private":
        return None
    return CustomerPressed(
        f"u{raw['update_id']}",
        at,
        _who(it["from"]),
        data,
        it["id"],
        message["message_id"],
        _label(message.get("reply_markup", {}), data),
    )


def _label(markup: Mapping[str, Any], data: str) -> str:
    rows = markup.get("inline_keyboard", ())
    return next(
        (one["text"] for row in rows for one in row if one.get("callback_data") == data), ""
    )


def _who(person: Mapping[str, Any]) -> Who:
    return Who(
        person["id"],
        person["first_name"],
        person.get("language_code", ""),
        person.get("username", ""),
    )
