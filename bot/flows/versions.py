"""Versions of the configuration: what was applied when, and what the history tells of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.flows.frozen import Frozen


class Applied(Frozen):
    """A version came into force: which rules it changed, and whether open cases are judged by them.

    With `too` False ("from now on") what holds of an open case at `at` fires no changed rule.
    """

    version: int
    at: datetime
    too: bool = False
    rules: tuple[str, ...] = ()  # ids of the rules that are new, changed or switched on


APPLIED_KEPT = 30
"""Open cases are woken by every version, so none is ever this far behind."""


class Version(Frozen):
    """One row of the history. `doc` is the whole configuration, where it was asked for."""

    version: int
    at: datetime
    by: int = 0  # Telegram user id; 0: the operator, from outside Telegram
    by_name: str = ""
    how: str = "edited"  # seeded, edited, rolled_back, file, merged
    changed: tuple[str, ...] = ()  # the places that changed, as paths
    doc: dict[str, Any] = {}
