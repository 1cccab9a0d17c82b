"""What time it is, and waiting for a time: the one place where the loops meet the clock.

The core never asks for the time; events carry it. Whatever does ask, asks a `Clock`, so that a
test or the demo can move time by hand. It must never know what is being waited for.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

LONGEST_NAP = timedelta(hours=1)
"""A sleep is cut here and taken up again: the system's clock may be set while we sleep."""


class Clock(Protocol):
    """Tells the time and waits for one."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""

    async def sleep_until(self, t: datetime | None, wake: asyncio.Event) -> None:
        """Return when `t` has come by this clock (None: never) or `wake` is set."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, t: datetime | None, wake: asyncio.Event) -> None:
        """Return when `t` has come or `wake` is set."""
        while not wake.is_set():
            left = LONGEST_NAP if t is None else t - self.now()
            if left <= timedelta(0):
                return
            await nap(min(left, LONGEST_NAP).total_seconds(), wake)


async def nap(seconds: float, wake: asyncio.Event) -> bool:
    """Wait this many real seconds at most; tell whether `wake` was set meanwhile."""
    try:
        async with asyncio.timeout(seconds):
            await wake.wait()
    except TimeoutError:
        return False
    return True
