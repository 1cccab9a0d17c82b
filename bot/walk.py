"""The demo's way through time: a moved clock stops at whatever the desk has to do on the way.

`+1 day` would otherwise bring everything of that day at its end. Each stop lasts until the desk
is at rest, so every message stands at its own minute. Only `demo` composes it.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.compose import Running

LOOKS = 0.02  # seconds of real time between two looks whether the desk rests
RESTS = 3  # looks in a row that find it at rest
PATIENCE = 150  # looks after which time goes on all the same
PAST = timedelta(milliseconds=2)
"""So far beyond an instant it has come for certain, whatever was rounded."""


class Moves(Protocol):
    """The stand-in's clock."""

    def now(self) -> datetime:
        """Return its time."""
        ...

    def advance(self, seconds: float) -> None:
        """Move it forward."""
        ...


class Walk:
    """Walks a clock past everything a running desk has to do."""

    def __init__(self, clock: Moves, running: Running) -> None:
        """Move this clock for this desk."""
        self._clock, self._running = clock, running
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, seconds: float) -> None:
        """Move the clock so far, stopping on the way."""
        async with self._one_at_a_time:
            until = self._clock.now() + timedelta(seconds=seconds)
            while (left := until - self._clock.now()) > timedelta(0):
                stop = await self._next()
                step = left if stop is None else min(left, stop + PAST - self._clock.now())
                self._clock.advance(max(step, PAST).total_seconds())
                await self._rest()

    async def _next(self) -> datetime | None:
        """Return when the desk has something to do next: a case, a letter, a day."""
        now = self._clock.now()
        async with self._running.store.unit() as unit:
            wake, letter = await unit.together(unit.next_wake(), unit.next_due(now))
        times = (wake, letter, self._running.waker.next_day)
        return min((one for one in times if one is not None), default=None)

    async def _rest(self) -> None:
        """Wait until nothing is due and nothing is being sent, or patience ends."""
        quiet = 0
        for _ in range(PATIENCE):
            await asyncio.sleep(LOOKS)
            async with self._running.store.unit() as unit:
                due = await unit.due(self._clock.now(), 1)
            quiet = quiet + 1 if not due and self._running.outbox.idle else 0
            if quiet >= RESTS:
                return
