"""What people do in their private chat with the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.events import (
    CustomerBlocked,
    CustomerCommanded,
    CustomerEdited,
    CustomerPressed,
    CustomerSaid,
    CustomerStarted,
    Event,
    StaffCommanded,
)
from bot.handlers import parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from telegram import CallbackQuery, ChatMemberUpdated, Message

    from bot.handlers.parts import Me

COMMANDS = {
    "help": "help",
    "cases": "cases",
    "case_status": "cases",
    "mycases": "cases",
    "status": "cases",
    "person": "person",
    "agent": "person",
    "human": "person",
    "operator": "person",
    "add": "add",
    "new": "new",
    "complain": "new",
    "here": "here",
    "language": "language",
    "lang": "language",
    "withdraw": "withdraw",
    "cancel": "withdraw",
    "privacy": "privacy",
    "policy": "policy",
    "feedback": "feedback",
    "settings": "language",
}
"""What a customer may type after the slash, and what it is called here."""

STAFF_COMMANDS = frozenset(
    {
        "actions",
        "admin",
        "ask",
        "away",
        "back",
        "backtest",
        "breaches",
        "case",
        "check",
        "crisis",
        "deadletters",
        "digest",
        "due",
        "end_shift",
        "endshift",
        "help_staff",
        "log",
        "mine",
        "need",
        "note",
        "notify",
        "queue",
        "roles",
        "rules",
        "search",
        "setup",
        "staff",
        "team",
        "templates",
        "why",
    }
)
"""Staff may use these in private as well; whether they may is not decided here."""


def message(key: str, it: Message, me: Me, menu: Mapping[str, str]) -> Event | None:
    """Translate a message: a command, a lasting button or speech of any kind."""
    if it.from_user is None or it.from_user.is_bot:
        return None
    command = parts.command(it, me)
    if command is not None:
        event = _commanded(key, it, command)
        if event is not None:
            return event
    person = parts.who(it.from_user)
    meant = menu.get(it.text.strip()) if it.text and it.forward_origin is None else None
    if meant is not None:
        return CustomerCommanded(key, it.date, person, it.message_id, meant)
    return CustomerSaid(
        key,
        it.date,
        person,
        it.message_id,
        text=parts.words(it),
        entities=parts.entities(it),
        media=parts.media(it),
        reply_to=parts.reply_to(it),
        forwarded=it.forward_origin is not None,
    )


def _commanded(key: str, it: Message, command: parts.Command) -> Event | None:
    """Translate a command; a bare one that nobody here knows asks for help.

    None for an unknown one with words behind it, which is speech then.
    """
    if it.from_user is None:
        return None
    if command.name == "start":
        return CustomerStarted(key, it.date, parts.who(it.from_user), command.argument)
    if command.name in COMMANDS:
        meant = COMMANDS[command.name]
        return CustomerCommanded(key, it.date, parts.who(it.from_user), it.message_id, meant)
    if command.name in STAFF_COMMANDS:
        return StaffCommanded(
            key,
            it.date,
            parts.who(it.from_user, full=True),
            it.chat.id,
            it.message_id,
            command=command.name,
            argument=command.argument,
            reply_to=parts.reply_to(it),
            quoted=parts.quoted(it),
        )
    if not command.argument:
        return CustomerCommanded(key, it.date, parts.who(it.from_user), it.message_id, "help")
    return None


def edited(key: str, at: datetime, it: Message) -> Event | None:
    """Translate an edit. A live location edits itself every few seconds: those are no edits."""
    if it.from_user is None or it.from_user.is_bot or it.location is not None:
        return None
    return CustomerEdited(
        key,
        it.edit_date or at,
        parts.who(it.from_user),
        it.message_id,
        text=parts.words(it),
        entities=parts.entities(it),
        media=parts.media(it),
    )


def pressed(key: str, at: datetime, query: CallbackQuery, message_id: int) -> Event:
    """Translate the press of a button under one of the desk's messages."""
    data = query.data or ""
    person = parts.who(query.from_user)
    return CustomerPressed(key, at, person, data, query.id, message_id, _label(query, data))


def _label(query: CallbackQuery, data: str) -> str:
    """Return what the pressed button said, where its message can still be seen."""
    markup = getattr(query.message, "reply_markup", None)
    rows = markup.inline_keyboard if markup is not None else ()
    return next((one.text for row in rows for one in row if one.callback_data == data), "")


def blocked(key: str, it: ChatMemberUpdated) -> Event | None:
    """Translate "blocked the bot" and "let it write again"."""
    status = it.new_chat_member.status
    if status not in {"kicked", "member"}:
        return None
    return CustomerBlocked(key, it.date, parts.who(it.from_user), status == "kicked")
