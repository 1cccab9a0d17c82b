"""How the bot introduces itself in Telegram: its commands, in every language it speaks."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import BotCommand
from telegram.error import TelegramError

from bot.texts.catalogue import LANGUAGES, locale

if TYPE_CHECKING:
    from telegram import Bot

    from bot.flows.desk import Desk

log = logging.getLogger(__name__)

COMMANDS = ("start", "person", "cases", "add", "withdraw", "language", "help")
CODES = {"en": ("",), "zh_Hans": ("zh",), "zh_Hant": ()}
"""Telegram knows languages by two letters, so Chinese commands are in simplified script."""


async def introduce(bot: Bot, desk: Desk) -> None:
    """Set the command lists; a refusal is logged and costs nothing else."""
    for language in LANGUAGES:
        where = locale(language, desk.general.region, desk.general.zone)
        commands = [BotCommand(one, where.get(f"command.{one}")) for one in COMMANDS]
        for code in CODES[language]:
            try:
                await bot.set_my_commands(commands, language_code=code or None)
            except TelegramError as error:
                log.warning("the command list was not taken: %s", type(error).__name__)
