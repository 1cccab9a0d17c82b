"""`complaint-bot check`: token, rooms, privacy mode, database, configuration; a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import NetworkError, TelegramError

from bot import seed
from bot.config import SettingsError
from bot.request import telegram_bot
from bot.survey import survey
from storage import Store
from storage.errors import StoreError

if TYPE_CHECKING:
    from telegram import Bot

    from bot.config import Settings


async def check(settings: Settings) -> int:
    """Print a line for each thing the desk needs; return 0 when all is well."""
    lines = [_configuration(settings), await _database(settings)]
    bot = telegram_bot(settings.token, settings.bot_api_url)
    try:
        lines += await _telegram(settings, bot)
    finally:
        await bot.shutdown()
    for good, said in lines:
        print(f"{'ok  ' if good else 'FAIL'} {said}")  # noqa: T201
    return 0 if all(good for good, _ in lines) else 1


def _configuration(settings: Settings) -> tuple[bool, str]:
    try:
        config = seed.config(settings.desk_config)
    except SettingsError as error:
        return False, f"configuration: {error}"
    return True, f"configuration: {len(config.playbooks)} playbooks, {len(config.rules)} rules"


async def _database(settings: Settings) -> tuple[bool, str]:
    try:
        store = await Store.open(settings.database_url)
    except StoreError as error:
        return False, f"database: {error}"
    await store.close()
    return True, "database: opened, tables up to date"


async def _telegram(settings: Settings, bot: Bot) -> list[tuple[bool, str]]:
    try:
        await bot.initialize()
    except NetworkError as error:
        why = f"Telegram cannot be reached ({type(error).__name__})"
        return [(False, f"{why}: check the network and BOT_API_URL")]
    except TelegramError as error:
        why = f"{type(error).__name__}: set BOT_TOKEN to the token from @BotFather"
        return [(False, f"token: {why}, and check BOT_API_URL")]
    lines = [(True, f"token: @{bot.username}")]
    private = bot.bot.can_read_all_group_messages is False
    rooms = {"team chat": settings.team_chat_id, "managers' chat": settings.managers_chat_id}
    for name, chat in rooms.items():
        lines.append(await _room(bot, name, chat, private=private))
    return lines


async def _room(bot: Bot, name: str, chat: int | None, *, private: bool) -> tuple[bool, str]:
    if chat is None:
        return True, f"{name}: not set here (add the bot to the group and press “Use this group”)"
    room = await survey(bot, chat)
    if room.error:
        return False, f"{name}: {room.error}; add the bot to the group, or correct the id"
    if not room.admin and private:
        return False, f"{name}: privacy mode hides messages; make the bot an admin of {room.title}"
    if room.forum and not room.topics:
        return False, f"{name}: let the bot manage topics in {room.title} (admin rights)"
    return True, f"{name}: {room.title}, {'with' if room.forum else 'without'} topics"
