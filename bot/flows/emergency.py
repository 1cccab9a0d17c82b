"""The faster ladder: with people in danger the next level hears every few minutes.

Until somebody has the case, day and night; the top is reminded again and again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.lifecycle.custody import page, rise
from bot.flows.model import Grade, Status
from bot.flows.people import LADDER

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.folder import Folder
    from bot.flows.model import Case
    from bot.flows.turn import Turn

TOP = LADDER[-1]


def endangered(case: Case) -> bool:
    """Whether the case climbs the faster ladder of danger until somebody has it."""
    handed = case.status is Status.HANDED_OFF and case.climbed_at is not None
    return handed and case.owner is None and case.grade is Grade.SEVERE and bool(case.danger)


TOP_IN_DANGER = timedelta(minutes=30)
"""With people in danger the top is reminded this often, day and night."""


def climb_due(desk: Desk, case: Case) -> datetime | None:
    """Return when the next level hears that nobody has taken a case of danger."""
    if not endangered(case) or case.climbed_at is None:
        return None
    if case.level is TOP:
        return case.climbed_at + TOP_IN_DANGER
    return case.climbed_at + timedelta(seconds=desk.general.danger_climb_seconds)


def climb_in_danger(turn: Turn, folder: Folder) -> None:
    """Go one level up at once; at the top, again and again."""
    level = LADDER[min(LADDER.index(folder.case.level) + 1, len(LADDER) - 1)]
    rise(turn, folder, level)
    page(turn, folder, level)
