"""A town whose desk is a process of its own, killed by SIGKILL at random moments and started again.

Seen from a test it is a `Town`: people act, time passes, everybody looks. What a test asks the
desk's memory is read beside the desk, through a store of its own.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bot import seed
from bot.app import App
from bot.flows.digest import day_began, day_begins
from storage import Store
from tests.kills.look import looking
from tests.kills.siege import Reaper, Siege
from tests.town import Town

if TYPE_CHECKING:
    from datetime import datetime


class Beside:
    """What a test asks of a desk that lives in another process."""

    def __init__(self, store: Store, app: App, town: HardTown) -> None:
        self.store = store
        self.app = app
        self.waker = self
        self._town = town

    @property
    def next_day(self) -> datetime:
        """When the next working day begins."""
        return day_begins(self.app.desk, self._town.sandbox.clock.now())


class HardTown(Town):
    """A town under siege."""

    def __init__(self, folder: Path, kills: int, dice: int, **more: Any) -> None:
        super().__init__(**more)
        self._folder = folder
        self._reaper = Reaper(Random(dice), kills, calls=8, polls=2)
        self._day = ""
        self.under: Siege

    async def _open(self) -> None:
        self._desk_stack = AsyncExitStack()
        log = self._folder / "desk.log"
        log.touch()
        look = await self._desk_stack.enter_async_context(looking(self.url))
        self.under = Siege(self.sandbox, look, self._reaper, log)
        await self.under.open(
            {
                "BOT_TOKEN": self.sandbox.token,
                "BOT_API_URL": self.sandbox.url,
                "DATABASE_URL": self.url,
                "ADMIN_IDS": str(self.boss_person.id),
                "TEAM_CHAT_ID": str(self.group.chat.id),
                "DESK_CONFIG": str(self._file()),
                "PACING": "off",
                "CLASSIFIER": "off",
                "DESK_LOG": str(log),
            }
        )
        self._desk_stack.push_async_callback(self.under.close)
        keeper = asyncio.create_task(self.under.keep_alive())
        self._desk_stack.push_async_callback(partial(self._at_peace, keeper))
        await self.sandbox.until(lambda: self.sandbox.connected, timeout=30)
        store = await Store.open(self.url)
        self._desk_stack.push_async_callback(store.close)
        app = App(store, seed.config(self._file()))
        await app.refresh()
        self.desk = Beside(store, app, self)  # type: ignore[assignment]

    async def _at_peace(self, keeper: asyncio.Task[None]) -> None:
        """Let the last desk live to its own end."""
        self._reaper.left = 0
        await self.under.quiet()
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until all that is due is decided, sent and recorded, whoever had to be killed."""
        await self.under.quiet()
        begun = day_began(self.desk.app.desk, self.sandbox.clock.now())
        day = f"day:{self.desk.app.desk.config.hours.local(begun).date()}" if begun else self._day
        if day != self._day:
            self._day = day
            await self._recorded(day)
            await self.under.quiet()

    async def _recorded(self, key: str) -> None:
        """Wait until the desk has taken note of something that has no case."""
        async with asyncio.timeout(30):
            while not await self.under.look.rows(f"SELECT 1 FROM seen WHERE key = '{key}'"):  # noqa: S608
                await self.under.breath()
