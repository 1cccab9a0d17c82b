"""Documents that admins send: fetched from Telegram and read, before anything is decided.

Fetched within the intake's step, so that a document is confirmed only once what came of it is
committed. It must never keep a file or log what one says.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot import seed
from bot.flows.admin.draft import document
from bot.flows.document.reading import LARGEST, TOO_LARGE
from bot.flows.effects import line
from bot.flows.events import AdminSent, CustomerSaid

if TYPE_CHECKING:
    from telegram import Bot

    from bot.app import App
    from bot.flows.document.reading import Mistake
    from bot.flows.effects import Value
    from bot.flows.events import Event

log = logging.getLogger(__name__)

ENDINGS = (".yaml", ".yml")
"""How the name of a configuration ends; other files are what anybody may send."""
SECONDS = 15.0
TOO_MUCH = 4 * LARGEST
"""Bytes that no configuration has: a character takes four at most."""


class Documents:
    """What admins send in their private chats."""

    def __init__(self, bot: Bot, app: App) -> None:
        """Fetch through this bot, for the admins of this desk."""
        self._bot = bot
        self._app = app

    async def read(self, event: Event) -> Event:
        """Return a configuration that an admin sent as what it says; any other event as it is."""
        if not isinstance(event, CustomerSaid) or not self._configuration(event):
            return event
        who = event.who
        sent = AdminSent(event.key, event.at, who, who.id, event.message_id)
        if event.media is not None and event.media.size > TOO_MUCH:
            return replace(sent, wrong=((0, TOO_LARGE.said),))
        content = await self._content(event.media.file_id if event.media else "")
        if content is None:
            log.warning("the document of %s cannot be fetched", event.key)
            return sent
        made = await asyncio.to_thread(seed.imported_bytes, content, self._app.desk.config)
        if isinstance(made, tuple):
            return replace(sent, wrong=tuple((one.line, _said(one)) for one in made))
        stored = self._app.desk.config
        out = seed.left_out(content.decode(seed.ENCODING), made, stored)
        return replace(sent, doc=document(made), version=made.version, left_out=out)

    def _configuration(self, event: CustomerSaid) -> bool:
        named = event.media is not None and event.media.file_name.lower().endswith(ENDINGS)
        return named and event.who.id in self._app.desk.admins

    async def _content(self, file_id: str) -> bytes | None:
        """Fetch a file; None: Telegram does not give it."""
        try:
            async with asyncio.timeout(SECONDS):
                file = await self._bot.get_file(file_id)
                return bytes(await file.download_as_bytearray())
        except (TelegramError, TimeoutError):
            return None


def _said(mistake: Mistake) -> Value:
    said = mistake.meant or mistake.said
    return line("file.placed", place=mistake.place, said=said) if mistake.place else said
