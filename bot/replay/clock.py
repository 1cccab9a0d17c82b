"""The replay's time: the stand-in's clock in the same process, moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

    from sandbox.server import Sandbox

START = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
"""A Wednesday, 10:00 in Shanghai: what is replayed twice comes out the same."""


class MovedClock:
    """The stand-in's time; a frozen clock never comes to a time by itself."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Follow a stand-in in the same process."""
        self._sandbox = sandbox

    def now(self) -> datetime:
        """Return the stand-in's present instant."""
        return self._sandbox.clock.now()

    async def sleep_until(self, t: datetime | None, wake: asyncio.Event) -> None:
        """Wait to be woken."""
        del t
        await wake.wait()
