"""Looking at a room through Telegram: is it there, has it topics, may the bot do its work?

A room that Telegram refuses to show is lost; a Telegram that does not answer tells nothing about
any room, so it is asked again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberOwner
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Bot

PAUSES = (1.0, 2.0, 4.0)
"""Seconds before Telegram is asked again when it did not answer."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a room is like for the bot."""

    chat: int
    title: str = ""
    forum: bool = False
    admin: bool = False
    topics: bool = False  # may make topics
    error: str = ""
    answered: bool = True  # False: Telegram said nothing about it


async def survey(bot: Bot, chat: int, pauses: Sequence[float] = PAUSES) -> Room:
    """Return what the room is like; `error` says in Telegram's words why it cannot be seen."""
    for pause in (*pauses, None):
        try:
            return await _seen(bot, chat)
        except ChatMigrated as error:
            return await survey(bot, error.new_chat_id, pauses)
        except (BadRequest, Forbidden) as error:
            return Room(chat, error=error.message)
        except TelegramError as error:
            unanswered = Room(chat, error=error.message, answered=False)
        if pause is not None:
            await asyncio.sleep(pause)
    return unanswered


async def _seen(bot: Bot, chat: int) -> Room:
    seen = await bot.get_chat(chat)
    member = await bot.get_chat_member(chat, bot.id)
    owner = isinstance(member, ChatMemberOwner)
    admin = owner or isinstance(member, ChatMemberAdministrator)
    topics = owner or bool(getattr(member, "can_manage_topics", False))
    return Room(chat, seen.title or "", bool(seen.is_forum), admin, topics)
