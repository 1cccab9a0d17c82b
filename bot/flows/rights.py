"""Who may do what with a case: see it, speak of it in a chat, act for the one who has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.people import Role

if TYPE_CHECKING:
    from bot.flows.desk import Desk
    from bot.flows.folder import Folder
    from bot.flows.model import Case
    from bot.flows.people import Staff
    from bot.flows.turn import Turn


def may_see(turn: Turn, folder: Folder, staff: Staff) -> bool:
    """Whether a member of staff may handle this case: one that accuses staff is for managers."""
    return sees(folder.case, staff, turn.desk)


def sees(case: Case, staff: Staff, desk: Desk) -> bool:
    """Whether somebody may see a case at all."""
    if not case.accused:
        return True
    in_room = desk.team.managers_chat is not None
    return staff.ranks(Role.MANAGER) or (in_room and staff.role is not Role.AGENT)


def here(turn: Turn, folder: Folder, chat: int) -> bool:
    """Whether a case may be spoken of in this chat: one that accuses staff, not in the team's."""
    return not folder.case.accused or chat > 0 or chat in turn.desk.rooms(folder.case)


def holds(folder: Folder, staff: Staff) -> bool:
    """Whether they have the case, or stand above those who take cases."""
    return folder.case.owner == staff.id or staff.role is not Role.AGENT


def hindered(turn: Turn, folder: Folder, staff: Staff) -> bool:
    """Whether a colleague has the case, so that they are asked before they speak for them."""
    case = folder.case
    if case.owner is None or not case.open or holds(folder, staff):
        return False
    return turn.desk.member(case.owner) is not None
