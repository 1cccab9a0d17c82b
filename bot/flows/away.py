"""Being away: who says so is passed over until they are back, by the time or by their word."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from bot.flows.effects import Label, When, line
from bot.flows.staffroom import say
from bot.flows.understanding.ahead import ahead

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.effects import Line
    from bot.flows.events import StaffCommanded
    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.turn import Turn

LONGEST = timedelta(days=366)
LISTED = 10


def away(turn: Turn, event: StaffCommanded, staff: Staff) -> None:
    """Take somebody off until a time; what they promised meanwhile is shown to them."""
    until = back_at(turn, event.argument)
    if until is None:
        say(turn, event, line("away.until_when"))
        return
    turn.settings(staff=[staff.but(away_until=until)])
    say(
        turn, event, line("away.set", who=staff.name, until=When(until)), *_owed(turn, staff, until)
    )


def back_at(turn: Turn, words: str) -> datetime | None:
    """Read until when: a day without a time ends with the opening of that day."""
    general, hours = turn.desk.general, turn.desk.config.hours
    meant = ahead(words, turn.at, general.zone, general.region)
    if meant is None:
        return None
    at, timed = meant
    at = at.astimezone(UTC)
    if not timed:
        at = next((start for start, _ in hours.openings(hours.local(at).date())), at)
    return at if turn.at < at <= turn.at + LONGEST else None


def _owed(turn: Turn, staff: Staff, until: datetime) -> list[Line]:
    """Return what they hold that comes due before they are back."""
    mine = [f for f in turn.folders.values() if f.case.owner == staff.id and f.case.open]
    due = [(one.due, f, one.kind) for f in mine for one in f.case.promises if one.state == "open"]
    soon = sorted(
        ((at, f.case.id, f, kind) for at, f, kind in due if at <= until), key=lambda x: x[:2]
    )
    rows = [_row(f, kind, at) for at, _, f, kind in soon[:LISTED]]
    return [line("away.owed"), *rows] if rows else []


def _row(folder: Folder, kind: str, due: datetime) -> Line:
    return line("soon.row", ref=folder.case.ref, what=Label(f"promise.{kind}"), due=When(due))


def back(turn: Turn, event: StaffCommanded, staff: Staff) -> None:
    """Take somebody on again."""
    turn.settings(staff=[staff.but(away_until=None)])
    say(turn, event, line("away.back", who=staff.name))
