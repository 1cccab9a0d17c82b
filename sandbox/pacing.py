"""Telegram's sending limits as buckets on the sandbox's clock: per chat, per group, in all."""

import math

from sandbox.clock import Clock
from sandbox.errors import too_many_requests
from sandbox.limits import ALL_PER_SECOND, GROUP_PER_MINUTE, PRIVATE_BURST, PRIVATE_PER_SECOND


class Bucket:
    """Holds `size` calls and leaks `rate` of them a second."""

    __slots__ = ("_at", "_level", "_rate", "_size")

    def __init__(self, size: float, rate: float, now: float) -> None:
        """Start empty."""
        self._size, self._rate, self._level, self._at = size, rate, 0.0, now

    def wait(self, now: float) -> float:
        """Tell how many seconds until one more fits."""
        self._level = max(0.0, self._level - (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (self._level + 1 - self._size) / self._rate)

    def add(self) -> None:
        """Take one in."""
        self._level += 1


class Pacing:
    """The limits of one bot."""

    def __init__(self, clock: Clock) -> None:
        """Nothing sent yet, and nothing refused until it is kept."""
        self.kept = False
        self._clock = clock
        self._all = Bucket(ALL_PER_SECOND, ALL_PER_SECOND, clock.time())
        self._chats: dict[int, Bucket] = {}

    def check(self, chat_id: int) -> None:
        """Count a send to this chat, or refuse it, uncounted, with the seconds to wait."""
        now = self._clock.time()
        bucket = self._chats.get(chat_id)
        if bucket is None:
            group = Bucket(GROUP_PER_MINUTE, GROUP_PER_MINUTE / 60, now)
            bucket = self._chats[chat_id] = (
                group if chat_id < 0 else Bucket(PRIVATE_BURST, PRIVATE_PER_SECOND, now)
            )
        wait = max(bucket.wait(now), self._all.wait(now))
        if wait > 1e-6:  # noqa: PLR2004  (rounding of floats)
            raise too_many_requests(math.ceil(wait))
        bucket.add()
        self._all.add()
