"""The time that everything in the sandbox happens at.

It is either the system's time plus an offset, or frozen; it moves forward on request, never back.
It must never sleep and knows nothing of what happens in that time.
"""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    """System time plus an offset, or frozen at one instant."""

    def __init__(self, now: datetime | None = None) -> None:
        """Freeze at `now`, or run with the system's clock when it is None."""
        if now is not None and now.tzinfo is None:
            message = "Sandbox(now=…) needs a datetime with a time zone"
            raise ValueError(message)
        self._frozen_at = None if now is None else now.timestamp()
        self.offset = 0.0
        self.rev = 0
        self.on_move: list[Callable[[], None]] = []

    @property
    def frozen(self) -> bool:
        """Whether time stands still between two `advance` calls."""
        return self._frozen_at is not None

    def time(self) -> float:
        """Unix seconds now."""
        return (time.time() if self._frozen_at is None else self._frozen_at) + self.offset

    def now(self) -> datetime:
        """Return the current instant in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, seconds: float) -> None:
        """Move time forward and tell whoever listens."""
        if seconds < 0:
            message = "the clock only moves forward"
            raise ValueError(message)
        self.offset += seconds
        self.rev += 1
        for listener in self.on_move:
            listener()

    def face(self) -> dict[str, object]:
        """Shape the clock as the control address shows it."""
        return {
            "now": self.now().isoformat(),
            "offset": self.offset,
            "frozen": self.frozen,
            "rev": self.rev,
        }
