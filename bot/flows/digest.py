"""The daily list: everything overdue, once a working day, to the top of the ladder.

What nobody took up climbs the ladder once; after that it stands here every day until it is done,
so that it never ends in nobody and nobody is told of it one by one.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.flows.effects import Join, Label, Say, When, line
from bot.flows.people import Role

if TYPE_CHECKING:
    from bot.flows.desk import Desk
    from bot.flows.effects import Line
    from bot.flows.events import DayBegan
    from bot.flows.model import Case
    from bot.flows.turn import Turn

NINE = time(9)
"""When the day begins at a desk that is always open."""

LISTED = 40


def day_begins(desk: Desk, after: datetime) -> datetime:
    """Return when the next working day of the desk begins, later than that instant."""
    hours = desk.config.hours
    day = hours.local(after).date()
    for offset in range(400):
        one = day + timedelta(days=offset)
        if hours.week:
            start = next((start for start, _ in hours.openings(one)), None)
        else:
            zone = hours.local(after).tzinfo
            start = datetime.combine(one, NINE, zone)
        if start is not None and start > after:
            return start
    return after + timedelta(days=1)


def day_began(desk: Desk, now: datetime) -> datetime | None:
    """Return when the latest working day began, None when that was over a week ago."""
    start = now - timedelta(days=8)
    found = None
    while (start := day_begins(desk, start)) <= now:
        found = start
    return found


def list_overdue(turn: Turn, event: DayBegan) -> None:
    """Send the list, each admin in their language; nothing when nothing is overdue."""
    cases = sorted(
        (f.case for f in turn.folders.values() if f.case.overdue_at is not None),
        key=lambda case: (case.overdue_at or event.at, case.id),
    )
    if not cases:
        return
    rows = [_row(case) for case in cases[:LISTED]]
    more = len(cases) - len(rows)
    end = (line("digest.more", count=more),) if more > 0 else ()
    for admin in turn.desk.people(Role.ADMIN):
        member = turn.desk.member(admin)
        text = (line("digest.title", count=len(cases)), *rows, *end)
        language = (member.language if member else "") or turn.desk.general.staff_language
        turn.do(Say(admin, text, language=language, purpose="digest"))


def _row(case: Case) -> Line:
    late = [one for one in case.promises if one.state == "missed"]
    kinds = dict.fromkeys(one.kind for one in late)
    return line(
        "digest.row" if case.owner is None else "digest.row_owned",
        mark=Label(f"grade_mark.{case.grade.value}"),
        ref=case.ref,
        category=Label(f"category.{case.category}"),
        what=Join(tuple(Label(f"promise.{kind}") for kind in kinds)),
        since=When(min(one.due for one in late)),
        owner=case.owner_name,
    )
