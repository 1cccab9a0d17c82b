"""The exchange: what the Bot API, the control address and the people of one sandbox share.

The world with its clock, the faults that are planned, the pace that is kept, and the log of what
the bot called. It must never know how it is reached: HTTP is for those who are given it.
"""

import itertools
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.model import Json
from sandbox.pacing import Pacing
from sandbox.world import World

_CALLS_KEPT = 10_000


@dataclass(slots=True)
class CallRecord:
    """One call of the bot, as it was answered."""

    n: int
    method: str
    params: Json
    ok: bool
    result: Any


class Exchange:
    """One bot's Telegram, without its doors."""

    def __init__(self, token: str, world: World, *, record: bool, seed: int) -> None:
        """Serve the bot of this token; `record=False` keeps no call log, for benchmarks."""
        self.token = token
        self.world = world
        self.clock: Clock = world.clock
        self.faults = Faults(seed)
        self.pacing = Pacing(world.clock)
        self.calls: deque[CallRecord] = deque(maxlen=_CALLS_KEPT)
        self.unknown_parameters: list[tuple[str, str]] = []
        self.walk: Callable[[float], Awaitable[None]] | None = None
        """Moves the clock for a visitor, stopping on the way where whoever runs the bot wants."""
        self.zone = ""
        """Time zone in which the page shows times; "" is the page's own choice."""
        self.hears: Callable[..., None] | None = None
        """Told of each call as it is answered: (method, params, ok, result)."""
        self._record = record
        self._call_numbers = itertools.count()

    def note_call(self, method: str, params: Json, *, ok: bool, result: object) -> None:
        """Remember a call and how it was answered."""
        if self.hears is not None:
            self.hears(method, params, ok=ok, result=result)
        if self._record:
            self.calls.append(CallRecord(next(self._call_numbers), method, params, ok, result))
            self.world.wake()

    def note_unknown(self, method: str, names: list[str]) -> None:
        """Remember parameters that Telegram would silently ignore."""
        for name in names:
            self.unknown_parameters.append((method, name))
            self.world.tell("unknown_parameter", method=method, name=name)
