"""The table: which kind of update goes to which translator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Message

from bot.handlers import customer, rooms, staff
from bot.handlers.parts import is_group, is_private, thread
from bot.texts.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from telegram import CallbackQuery, ChatMemberUpdated, MessageReactionUpdated, Update

    from bot.flows.events import Event
    from bot.handlers.parts import Me

    Found = tuple[Event | Letter, ...]

STAFF_BUTTONS = ("s:", "r:", "m:", "a:", "b:")
"""How the data of the team's buttons begins: cards, rooms, managers', admins' menu, trials."""


def to_events(update: Update, at: datetime, me: Me, menu: Mapping[str, str]) -> Found:
    """Translate one update. `at` is now, for what carries no date of its own.

    Almost always one event or none; several people may join at once; and a press that carries
    nothing gives a letter that ends its spinner. `menu` maps labels of lasting buttons to commands.
    """
    key = f"u{update.update_id}"
    for field, translate in TABLE.items():
        it = getattr(update, field)
        if it is not None:
            return translate(key, at, it, me, menu)
    return ()


def _message(key: str, _at: datetime, it: Message, me: Me, menu: Mapping[str, str]) -> Found:
    if rooms.is_service(it):
        return rooms.service(key, it, me)
    if is_private(it.chat):
        return _one(customer.message(key, it, me, menu))
    return _one(staff.message(key, it, me)) if is_group(it.chat) else ()


def _edited(key: str, at: datetime, it: Message, _me: Me, _menu: Mapping[str, str]) -> Found:
    if is_private(it.chat):
        return _one(customer.edited(key, at, it))
    return _one(staff.edited(key, at, it)) if is_group(it.chat) else ()


def _pressed(key: str, at: datetime, it: CallbackQuery, _me: Me, _menu: object) -> Found:
    """Translate a press; a message too old to be shown still names its chat and number."""
    place = it.message
    if place is None or not it.data:
        return (empty_answer(it.id),)
    if is_private(place.chat) and not it.data.startswith(STAFF_BUTTONS):
        return (customer.pressed(key, at, it, place.message_id),)
    inside = thread(place) if isinstance(place, Message) else None
    return (staff.pressed(key, at, it, place.chat.id, place.message_id, inside),)


def _my_place(key: str, _at: datetime, it: ChatMemberUpdated, _me: Me, _menu: object) -> Found:
    return _one(customer.blocked(key, it) if is_private(it.chat) else rooms.my_place(key, it))


def _member(key: str, _at: datetime, it: ChatMemberUpdated, _me: Me, _menu: object) -> Found:
    return _one(rooms.member(key, it))


def _reacted(key: str, _at: datetime, it: MessageReactionUpdated, _me: Me, _menu: object) -> Found:
    return _one(staff.reacted(key, it)) if is_group(it.chat) else ()


def empty_answer(query_id: str) -> Letter:
    """End a button's spinner without a word."""
    return Letter(
        chat=0,
        method="answerCallbackQuery",
        params={"callback_query_id": query_id},
        purpose="answer_press",
        fleeting=True,
    )


def _one(event: Event | None) -> Found:
    return () if event is None else (event,)


TABLE: dict[str, Callable[..., Found]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _my_place,
    "chat_member": _member,
    "message_reaction": _reacted,
}
"""Field of an update → its translator."""
