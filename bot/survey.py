"""Looking at a room through Telegram: is it there, has it topics, may the bot do its work?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberOwner
from telegram.error import TelegramError

if TYPE_CHECKING:
    from telegram import Bot


@dataclass(frozen=True, slots=True)
class Room:
    """What a room is like for the bot."""

    chat: int
    title: str = ""
    forum: bool = False
    admin: bool = False
    topics: bool = False  # may make topics
    error: str = ""


async def survey(bot: Bot, chat: int) -> Room:
    """Return what the room is like; `error` says in Telegram's words why it cannot be seen."""
    try:
        seen = await bot.get_chat(chat)
        member = await bot.get_chat_member(chat, bot.id)
    except TelegramError as error:
        return Room(chat, error=error.message)
    owner = isinstance(member, ChatMemberOwner)
    admin = owner or isinstance(member, ChatMemberAdministrator)
    topics = owner or bool(getattr(member, "can_manage_topics", False))
    return Room(chat, seen.title or "", bool(seen.is_forum), admin, topics)
