"""Faults on demand: Telegram slow, down, forgetful.

By method and kind, so many times or by seeded chance.

It must never know what a method does.
"""

import random
from dataclasses import dataclass

from sandbox.model import Json

KINDS = frozenset(
    {"429", "500", "502", "timeout", "reset", "lost", "malformed", "duplicate", "reorder"}
)
DELIVERY = frozenset({"duplicate", "reorder"})


@dataclass(slots=True)
class Fault:
    """One kind of trouble for one method ("*": all)."""

    method: str
    kind: str
    times: int | None
    chance: float
    retry_after: int
    skip: int
    hits: int = 0

    def view(self) -> Json:
        """Shape it for the control address."""
        return {name: getattr(self, name) for name in self.__slots__}


class Faults:
    """The troubles to come."""

    def __init__(self, seed: int = 1) -> None:
        """Begin without any."""
        self.random = random.Random(seed)  # noqa: S311  (trouble, not secrets)
        self.planned: list[Fault] = []

    def add(
        self,
        method: str,
        kind: str,
        *,
        times: int | None = None,
        chance: float | None = None,
        retry_after: int = 3,
        skip: int = 0,
    ) -> Fault:
        """Plan a fault: so many `times`, after `skip` good calls.

        Once unless said; without end where only a `chance` is given.
        """
        if str(kind) not in KINDS:
            message = f"no fault {kind!r}; there are {', '.join(sorted(KINDS))}"
            raise ValueError(message)
        if times is None and chance is None:
            times = 1
        fault = Fault(
            method, str(kind), times, 1.0 if chance is None else chance, retry_after, skip
        )
        self.planned.append(fault)
        return fault

    def clear(self) -> None:
        """End all trouble."""
        self.planned.clear()

    def due(self, method: str, *, delivery: bool = False) -> Fault | None:
        """Take the fault that hits this call, if any."""
        for fault in self.planned:
            if fault.method not in {"*", method} or (fault.kind in DELIVERY) is not delivery:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.chance < 1 and self.random.random() >= fault.chance:
                continue
            fault.hits += 1
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
            return fault
        return None

    def delivered(self, updates: list[Json]) -> list[Json]:
        """Spoil a batch of updates: some twice, or out of order."""
        for fault in [
            f for f in (self.due("getUpdates", delivery=True),) if f is not None and updates
        ]:
            if fault.kind == "duplicate":
                updates = [copy for update in updates for copy in (update, update)]
            else:
                updates = updates[::-1]
        return updates
