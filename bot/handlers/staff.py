"""What people do in groups, and with the team's buttons anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.events import (
    Event,
    StaffCommanded,
    StaffEdited,
    StaffPressed,
    StaffReacted,
    StaffWrote,
)
from bot.handlers import parts

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import CallbackQuery, Message, MessageReactionUpdated

    from bot.handlers.parts import Me


def message(key: str, it: Message, me: Me) -> Event | None:
    """Translate a message in a group: a command to this bot, or words of any kind."""
    if not parts.by_a_person(it) or parts.for_another_bot(it, me):
        return None
    command = parts.command(it, me, captions=True)
    if command is not None:
        return StaffCommanded(
            key,
            it.date,
            parts.author(it),
            it.chat.id,
            it.message_id,
            parts.thread(it),
            command=command.name,
            argument=command.argument,
            reply_to=parts.reply_to(it),
            quoted=parts.quoted(it),
            quoted_by=parts.quoted_by(it),
            anonymous=parts.anonymous(it),
            media=parts.media(it),
        )
    return StaffWrote(
        key,
        it.date,
        parts.author(it),
        it.chat.id,
        it.message_id,
        parts.thread(it),
        text=parts.words(it),
        entities=parts.entities(it),
        media=parts.media(it),
        reply_to=parts.reply_to(it),
        quoted=parts.quoted(it),
        mentions=_mentions_colleague(it, me),
        anonymous=parts.anonymous(it),
    )


def edited(key: str, at: datetime, it: Message) -> Event | None:
    """Translate an edit in a group."""
    if not parts.by_a_person(it) or it.location is not None:
        return None
    return StaffEdited(
        key,
        it.edit_date or at,
        parts.author(it),
        it.chat.id,
        it.message_id,
        parts.thread(it),
        text=parts.words(it),
        entities=parts.entities(it),
        media=parts.media(it),
        anonymous=parts.anonymous(it),
    )


def pressed(
    key: str, at: datetime, query: CallbackQuery, chat: int, message_id: int, thread: int | None
) -> Event:
    """Translate the press of a button under a card."""
    return StaffPressed(
        key,
        at,
        parts.who(query.from_user, full=True),
        chat,
        message_id,
        thread,
        data=query.data or "",
        query_id=query.id,
        anonymous=query.from_user.id == parts.ANONYMOUS_ADMIN,
    )


def reacted(key: str, it: MessageReactionUpdated) -> Event | None:
    """Translate a reaction put on a message in a group, by somebody who can be told."""
    if it.user is None or it.user.is_bot or not it.new_reaction:
        return None
    return StaffReacted(key, it.date, parts.who(it.user, full=True), it.chat.id, it.message_id)


def _mentions_colleague(it: Message, me: Me) -> bool:
    """Whether it names somebody by @name or by link, this bot not counted."""
    marks = {**it.parse_entities(), **it.parse_caption_entities()}
    for mark, said in marks.items():
        if mark.type == "text_mention" and mark.user is not None and mark.user.id != me.id:
            return True
        if mark.type == "mention" and said.lower() != f"@{me.username}".lower():
            return True
    return False
