"""Notices: what a rule has the desk tell people of it, held back while quiet hours last.

What is severe is told at once. The rest waits on the case, so that nothing in a chat's lane
waits behind it, and each is told once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Label, Page, line
from bot.flows.model import Grade, Notice
from bot.flows.people import Role

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.folder import Folder
    from bot.flows.model import Case
    from bot.flows.turn import Turn


def notify(turn: Turn, folder: Folder, role: Role, person: int | None = None) -> None:
    """Ask people to look at the case: now, or when the quiet hours are over."""
    quiet = turn.desk.config.quiet
    until = quiet.ends(turn.at) if quiet and folder.case.grade is not Grade.SEVERE else None
    if until is None:
        _tell(folder, role, person)
        return
    held = folder.case.notices
    if not any((one.role, one.person) == (role.value, person) for one in held):
        notice = Notice(role=role.value, person=person, until=until)
        folder.edit(notices=(*held, notice))


def _tell(folder: Folder, role: Role, person: int | None) -> None:
    title = line(
        "page.rule",
        mark=Label(f"grade_mark.{folder.case.grade.value}"),
        ref=folder.case.ref,
        category=Label(f"category.{folder.case.category}"),
    )
    folder.later(
        Page,
        text=(title,),
        role=role.value,
        person=person,
        urgent=folder.case.grade is Grade.SEVERE,
    )


def notices_due(_desk: Desk, case: Case) -> datetime | None:
    """Return when people are told what quiet hours held back."""
    return min((one.until for one in case.notices), default=None)


def give_notices(turn: Turn, folder: Folder) -> None:
    """Tell them."""
    for one in folder.case.notices:
        if one.until <= turn.at:
            _tell(folder, Role(one.role), one.person)
    folder.edit(notices=tuple(one for one in folder.case.notices if one.until > turn.at))
