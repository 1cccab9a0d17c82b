"""`complaint-bot link PAYLOAD`: a deep link to the bot, and its QR code as text, to be printed.

What the payload means is the desk's: a place or a table is kept on the case; `pulse` or
`pulse_<place>` asks how it was today.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import segno
from telegram.error import TelegramError

from bot.config import SettingsError
from bot.request import telegram_bot

if TYPE_CHECKING:
    from bot.config import Settings

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram lets a link carry (core.telegram.org/bots/features#deep-linking)."""


async def link(settings: Settings, payload: str) -> int:
    """Print the link and its code; return the exit status."""
    if not PAYLOAD.fullmatch(payload):
        raise SettingsError(
            "Give a payload of 1 to 64 letters a-z, digits, - and _, such as pulse_centre."
        )
    bot = telegram_bot(settings.token, settings.bot_api_url)
    try:
        await bot.initialize()
    except TelegramError as error:
        why = type(error).__name__
        raise SettingsError(
            f"The bot's name could not be asked for ({why}): try complaint-bot check."
        ) from None
    finally:
        await bot.shutdown()
    url = f"https://t.me/{bot.username}?start={payload}"
    print(url)  # noqa: T201
    segno.make(url, micro=False).terminal(sys.stdout, compact=True)
    return 0
