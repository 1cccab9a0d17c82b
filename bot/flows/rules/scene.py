"""What a rule is judged on: a case at one instant, under one configuration. Values, no acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.flows.calendar import Hours
    from bot.flows.model import Case, Held


@dataclass(frozen=True, slots=True)
class Scene:
    """A case as it stands, when, and what is needed to judge it.

    `was` holds what grade, category, status and level were before this change. With `ahead` the
    conditions about time are taken as come true, and `later` gathers when that will be: so one
    learns whether, and when, a rule could fire by time alone.
    """

    case: Case
    at: datetime
    hours: Hours
    was: Mapping[str, str] = field(default_factory=dict)
    ahead: bool = False
    later: list[datetime] = field(default_factory=list)


Match = tuple["Held", ...] | None
"""What held, in order; None when the condition does not hold."""
