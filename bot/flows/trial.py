"""A trial of rules on past cases, as it stands: what is tried, how far it is, what came of it.

Kept with the menu of the admin who asked, so that neither closing the menu nor a restart of the
desk loses it. It must never know how cases are judged.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Literal, Self

from bot.flows.comparison import Comparison
from bot.flows.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = 40
"""Cases kept of those that differ, each way; of the others the number."""


TRIED = ("rules", "hours", "targets")
"""The parts of a configuration that a trial compares."""


def tried_of(whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return these parts of a configuration's document."""
    return {name: whole[name] for name in TRIED}


def mark_of(doc: Mapping[str, Any]) -> str:
    """Return what tells apart two configurations that a trial would compare."""
    plain = json.dumps(tried_of(doc), sort_keys=True)
    return hashlib.blake2s(plain.encode()).hexdigest()[:16]


class Trial(Frozen):
    """One trial."""

    token: str
    count: int  # of the last cases
    tried: dict[str, Any] | None = None  # the edited parts, while it is under way
    mark: str = ""  # of what is tried
    state: Literal["running", "done", "stopped", "failed"] = "running"
    done: int = 0
    total: int = 0
    found: Comparison | None = None
    newly: int = 0
    no_longer: int = 0

    def came_to(self, done: int, total: int) -> Self:
        """Return it so far."""
        return self.but(done=done, total=total)

    def ended(self, found: Comparison | None, *, failed: bool = False) -> Self:
        """Return it as it ended: with what was found, or without."""
        if found is None:
            return self.but(tried=None, state="failed" if failed else "stopped")
        return self.but(
            tried=None,
            state="done",
            done=found.cases,
            total=found.cases,
            found=found.cut(KEPT),
            newly=len(found.newly),
            no_longer=len(found.no_longer),
        )
