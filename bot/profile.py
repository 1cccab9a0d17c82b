"""How the bot introduces itself in Telegram: what it is for and its commands, in its languages."""

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

COMMANDS = (
    *("start", "person", "cases", "add", "feedback", "withdraw"),
    *("policy", "language", "help"),
)
TRADITIONAL = frozenset({"TW", "HK", "MO"})
"""Telegram knows languages by two letters: there "zh" gets the traditional script."""


async def introduce(bot: Bot, desk: Desk) -> None:
    """Set descriptions and command lists; a refusal is logged and costs nothing else."""
    for language in LANGUAGES:
        own = desk.config.wording(language)
        where = locale(language, desk.general.region, desk.general.zone, own)
        commands = [BotCommand(one, where.get(f"command.{one}")) for one in COMMANDS]
        traditional = desk.general.region in TRADITIONAL
        if language == ("zh_Hans" if traditional else "zh_Hant"):
            continue
        code = None if language == "en" else "zh"
        long, short = (where.get(f"profile.{one}") for one in ("description", "short"))
        try:
            await bot.set_my_commands(commands, language_code=code)
            await bot.set_my_description(long, code)
            await bot.set_my_short_description(short, code)
        except TelegramError as error:
            log.warning("the bot's introduction was not taken: %s", type(error).__name__)
