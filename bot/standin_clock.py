"""The demo's clock: read from the stand-in's control address, where a visitor moves it.

Only `demo` composes it; `run` has the system's clock. It follows `GET /control/clock?rev=n`
(sandbox/README.md) by long poll, and keeps the last known time when the stand-in is away.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import aiohttp
import orjson

from bot.clock import LONGEST_NAP

if TYPE_CHECKING:
    from types import TracebackType

log = logging.getLogger(__name__)

POLL_SECONDS = 40.0  # the stand-in answers after 25 s at the latest
RETRY_SECONDS = 1.0


class StandinClock:
    """The stand-in's time. Use it as `async with StandinClock(url) as clock`."""

    def __init__(self, url: str) -> None:
        """Follow the stand-in at this address, e.g. `http://127.0.0.1:8081`."""
        self._url = f"{url.rstrip('/')}/control/clock"
        self._rev = -1
        self._offset = timedelta(0)
        self._frozen_at: datetime | None = None
        self._moved = asyncio.Event()
        self._session: aiohttp.ClientSession | None = None
        self._follower: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Learn the time once, then follow it."""
        self._session = aiohttp.ClientSession()
        await self._ask(self._session, f"{self._url}")
        self._follower = asyncio.create_task(self._follow(self._session))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        err: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop following."""
        if self._follower is not None:
            self._follower.cancel()
            await asyncio.gather(self._follower, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def now(self) -> datetime:
        """Return the stand-in's present instant, aware, in UTC."""
        return self._frozen_at or datetime.now(UTC) + self._offset

    async def sleep_until(self, t: datetime | None, wake: asyncio.Event) -> None:
        """Return when the stand-in's time has reached `t` or `wake` is set."""
        while not wake.is_set():
            left = LONGEST_NAP if t is None else t - self.now()
            if left <= timedelta(0):
                return
            moved = self._moved
            await self._first_of(wake, moved, None if self._frozen_at else min(left, LONGEST_NAP))

    @staticmethod
    async def _first_of(
        wake: asyncio.Event, moved: asyncio.Event, longest: timedelta | None
    ) -> None:
        waits = [asyncio.ensure_future(wake.wait()), asyncio.ensure_future(moved.wait())]
        try:
            seconds = None if longest is None else longest.total_seconds()
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _follow(self, session: aiohttp.ClientSession) -> None:
        """Ask again for ever; every answer is news or a sign of life."""
        while True:
            try:
                await self._ask(session, f"{self._url}?rev={self._rev}")
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
                log.debug("the stand-in's clock cannot be read just now")
                await asyncio.sleep(RETRY_SECONDS)

    async def _ask(self, session: aiohttp.ClientSession, url: str) -> None:
        limit = aiohttp.ClientTimeout(total=POLL_SECONDS)
        async with session.get(url, timeout=limit) as answer:
            self._take(orjson.loads(await answer.read()))

    def _take(self, face: dict[str, Any]) -> None:
        """Set the time as told and let every sleeper look again."""
        self._frozen_at = datetime.fromisoformat(face["now"]) if face["frozen"] else None
        self._offset = timedelta(seconds=float(face["offset"]))
        if face["rev"] != self._rev:
            self._rev = int(face["rev"])
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()
