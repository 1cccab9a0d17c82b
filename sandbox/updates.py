"""The queue of updates: numbered, kept until confirmed or a day old, filtered by type.

It must never know what an update means.
"""

import asyncio
import itertools
from collections import deque

from sandbox.clock import Clock
from sandbox.limits import NOT_BY_DEFAULT, UPDATE_TYPES, UPDATES_KEPT
from sandbox.model import Json

DEFAULT_TYPES = UPDATE_TYPES - NOT_BY_DEFAULT


class Updates:
    """What the bot has not confirmed yet."""

    def __init__(self, clock: Clock, first_id: int = 100_000_001) -> None:
        """Start empty; updates are dated by `clock`."""
        self._clock = clock
        self._numbers = itertools.count(first_id)
        self._queue: deque[tuple[int, float, Json]] = deque()
        self._waiter: asyncio.Future[bool] | None = None
        self.allowed: frozenset[str] = DEFAULT_TYPES
        self.put_count = 0
        self.expired = 0

    def __len__(self) -> int:
        """Count the unconfirmed updates."""
        return len(self._queue)

    def wants(self, kind: str) -> bool:
        """Whether the bot has asked for this type of update."""
        return kind in self.allowed

    def put(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot does not want its type, and wake the waiting poller."""
        if kind not in self.allowed:
            return
        number = next(self._numbers)
        self._queue.append((number, self._clock.time(), {"update_id": number, kind: payload}))
        self.put_count += 1
        self.release(poll_again=True)

    def confirm(self, offset: int) -> None:
        """Forget what is below `offset`; a negative one keeps only the last so many."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
            return
        while self._queue and self._queue[0][0] < offset:
            self._queue.popleft()

    def clear(self) -> None:
        """Drop everything (`drop_pending_updates`)."""
        self._queue.clear()

    def peek(self, limit: int) -> list[Json]:
        """Return the oldest unconfirmed updates; what is older than a day is gone."""
        oldest = self._clock.time() - UPDATES_KEPT
        while self._queue and self._queue[0][1] < oldest:
            self._queue.popleft()
            self.expired += 1
        return [update for _, _, update in itertools.islice(self._queue, limit)]

    def release(self, *, poll_again: bool) -> None:
        """Wake the waiting poller: to look again, or (False) because another took its place."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(poll_again)

    async def wait(self, seconds: float) -> bool:
        """Wait for an update or for `seconds`; False means another poller took over."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiter = waiter
        try:
            return await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return True
        finally:
            if self._waiter is waiter:
                self._waiter = None
