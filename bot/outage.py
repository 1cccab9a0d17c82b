"""Something outside is away: say so once, say once that it is back, and wait ever longer between.

The waiting is by real time, not by the desk's clock: an outage knows nothing of a moved clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.clock import nap

if TYPE_CHECKING:
    import asyncio
    import logging
    from datetime import timedelta

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class Outage:
    """The state of one outside thing, as a loop sees it."""

    def __init__(self, log: logging.Logger, thing: str, first_pause: float = FIRST_PAUSE) -> None:
        """Speak about `thing` ("Telegram", "the database") in this log."""
        self._first_pause = first_pause
        self._log = log
        self._thing = thing
        self._failures = 0

    def over(self) -> None:
        """Note that it answered."""
        if self._failures:
            self._log.warning("%s is back after %d failed tries", self._thing, self._failures)
        self._failures = 0

    def seen(self, err: BaseException) -> None:
        """Note that it did not answer; only the first time is told, by kind and text."""
        if not self._failures:
            self._log.warning(
                "%s cannot be reached (%s: %s); trying on", self._thing, type(err).__name__, err
            )
        self._failures += 1

    async def wait(self, stop: asyncio.Event, asked: timedelta | None = None) -> None:
        """Wait before the next try: 1 s, 2 s … 30 s, or as long as was asked for."""
        doubled = min(max(self._failures - 1, 0), 10)
        seconds = min(self._first_pause * 2.0**doubled, LONGEST_PAUSE)
        if asked is not None:
            seconds = max(seconds, asked.total_seconds())
        await nap(seconds, stop)
