"""What managers do about many cases at once: commands, buttons (`m:`), words asked for.

Every way in is here, and so is the one question of rights: managers and admins only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Answer, line
from bot.flows.people import Role
from bot.flows.trends import breaches, corrective, crisis
from bot.flows.trends.shared import answer, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.effects import Line
    from bot.flows.events import StaffCommanded, StaffPressed, StaffWrote
    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.turn import Turn

COMMANDS = frozenset({"crisis", "actions", "breaches"})
PROMPTS = ("prompt:crisis+", "prompt:action+")
"""Kinds of messages whose reply is about records and no one case."""


def commanded(turn: Turn, event: StaffCommanded, staff: Staff, folder: Folder | None) -> None:
    """Answer `/crisis`, `/actions` and `/breaches`."""
    refused = _refused(turn, staff, event.chat)
    if refused is not None:
        say(turn, event, refused)
    elif event.command == "crisis":
        crisis.commanded(turn, event, staff, folder)
    elif event.command == "breaches":
        breaches.listed(turn, event)
    else:
        corrective.listed(turn, event)


def pressed(turn: Turn, event: StaffPressed, staff: Staff, folder: Folder | None) -> None:
    """Answer a button of the managers."""
    _, verb, number, arg = (*event.data.split(":", 3), "", "", "")[:4]
    key = int(number) if number.isascii() and number.isdecimal() else 0
    refused = _refused(turn, staff, event.chat)
    record, action = turn.desk.crises.get(key), turn.desk.actions.get(key)
    if event.anonymous:
        turn.do(Answer(event.query_id, line("press.anonymous"), alert=True))
    elif refused is not None:
        answer(turn, event, refused)
    elif verb == "cat":
        crisis.by_category(turn, event, staff, arg)
    elif verb == "by":
        crisis.by_case(turn, event, staff, folder, arg)
    elif verb in crisis.PRESSES and record is not None:
        crisis.PRESSES[verb](turn, event, record, staff, arg)
    elif verb in corrective.PRESSES and action is not None:
        corrective.PRESSES[verb](turn, event, action, staff)
    else:
        answer(turn, event, line("press.stale"))


WRITTEN: dict[str, Callable[[Turn, StaffWrote, Staff, str], None]] = {
    "crisis": crisis.written,
    "action": corrective.written,
}


def wrote(turn: Turn, event: StaffWrote, staff: Staff, kind: str) -> None:
    """Take the words that a prompt asked for; `kind` is that of the message replied to."""
    what, _, arg = kind.removeprefix("prompt:").partition("+")
    refused = _refused(turn, staff, event.chat)
    if event.anonymous or refused is not None:
        say(turn, event, refused or line("staff.anonymous"))
    else:
        WRITTEN[what](turn, event, staff, arg)


def _refused(turn: Turn, staff: Staff, chat: int) -> Line | None:
    """Say why somebody may not decide about many cases here: what managers say is not the team's.

    The lists name cases that accuse colleagues as well.
    """
    if not staff.ranks(Role.MANAGER):
        return line("managers.only")
    here = chat > 0 or chat == turn.desk.team.managers_chat
    return None if here else line("managers.elsewhere")
