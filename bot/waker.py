"""Time in: cases that asked to be looked at again are woken when their instant has come.

It knows when, never why: what a wake-up means is decided by the rules.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.digest import day_began, day_begins
from bot.flows.events import DayBegan, Woken
from bot.outage import Outage
from storage.times import passed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.flows.desk import Desk
    from bot.intake import Handles
    from bot.texts.letters import Letter
    from storage import Store

log = logging.getLogger(__name__)

BATCH = 100
LONGEST = timedelta(minutes=1)
"""Look at least this often: another process may have moved a wake-up forward."""
SEEN_KEPT = timedelta(days=8)
"""Telegram offers an update for a day; a key older than this never comes again."""
PRUNED = 1000
TIDIED = timedelta(hours=1)
STUBBORN = timedelta(seconds=1)
"""A case due again at once after its wake-up (a bug, a dead letter) must not spin the loop."""


class Waker:
    """The loop that wakes."""

    def __init__(
        self,
        store: Store,
        app: Handles,
        clock: Clock,
        *,
        desk: Callable[[], Desk],
        fling: Callable[[Sequence[Letter]], None],
        poke: Callable[[], None],
    ) -> None:
        """Wake through `app`; `poke` is called after every commit, as new letters may wait.

        `desk` tells the desk as last seen: its hours say when its days begin.
        """
        self._store = store
        self._app = app
        self._clock = clock
        self._fling = fling
        self._poke_outbox = poke
        self._nudge = asyncio.Event()
        self._next: datetime | None = None
        self._tidied: datetime | None = None
        self._desk = desk
        self.next_day: datetime | None = None
        """When the next working day begins; for tests that move the clock."""
        self._woken: dict[int, int] = {}  # case → times in a row that it was due again

    def poke(self) -> None:
        """Look again now: some wake-up may have moved."""
        self._nudge.set()

    async def step(self) -> bool:
        """Wake what is due, in one transaction; tell whether anything was."""
        self._nudge.clear()
        now = self._clock.now()
        async with self._store.unit() as unit:
            if self._tidied is None or now - self._tidied > TIDIED:
                await unit.prune_seen(now - SEEN_KEPT, PRUNED)
                self._tidied = now
            due, upcoming = await unit.together(unit.due(now, BATCH), unit.next_wake(), last=True)
        self._woken = {case: self._woken.get(case, 0) + 1 for case in due}
        self._next = self._when_next(now, upcoming, again=bool(due))
        woken = await self._wake(now, due)
        return await self._begin_day(now) or woken

    async def _wake(self, now: datetime, due: Sequence[int]) -> bool:
        if not due:
            return False
        moment = passed(now)
        letters = await self._app.handle(
            # due again in the same moment: what another case led to had every open one woken
            [Woken(f"w{case}:{moment}:{self._woken[case]}", now, case=case) for case in due]
        )
        self._fling(letters)
        self._poke_outbox()
        return True

    async def _begin_day(self, now: datetime) -> bool:
        """Say that a working day has begun; its date makes it one event for all processes."""
        desk = self._desk()
        before, self.next_day = self.next_day, day_begins(desk, now)
        if before is not None and before > now:
            self._next = min(self._next or self.next_day, self.next_day)
            return False
        begun = day_began(desk, now)
        if begun is None:
            return False
        day = desk.config.hours.local(begun).date()
        self._fling(await self._app.handle([DayBegan(f"day:{day.isoformat()}", now)]))
        self._poke_outbox()
        return True

    async def run(self, stop: asyncio.Event) -> None:
        """Wake until told to stop."""
        database = Outage(log, "the database")
        stopper = asyncio.ensure_future(_set_when(stop, self._nudge))
        try:
            while not stop.is_set():
                try:
                    await self.step()
                    database.over()
                except Exception as err:  # noqa: BLE001 - what was due stays due
                    database.seen(err)
                    await database.wait(stop)
                    continue
                await self._clock.sleep_until(self._next, self._nudge)
        finally:
            stopper.cancel()

    def _when_next(self, now: datetime, upcoming: datetime | None, *, again: bool) -> datetime:
        """Say when to look again: at once after a wake-up, ever later for a stubborn case."""
        if not again:
            return min(upcoming or now + LONGEST, now + LONGEST)
        times = min(max(self._woken.values()), 7) - 1
        return now + times * times * STUBBORN


async def _set_when(stop: asyncio.Event, nudge: asyncio.Event) -> None:
    await stop.wait()
    nudge.set()
