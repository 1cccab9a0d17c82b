"""Which cases are part of a crisis: each joins and leaves by itself when it is looked at.

Opening or ending a crisis has every open case looked at; a new one joins when it is filed. So no
transaction grows with the number of cases, and a restart changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.likes import CRISIS, facets

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.records import Crisis
    from bot.flows.turn import Turn


def settle(turn: Turn, folder: Folder) -> None:
    """Have a case join the crisis that is its own, or leave one that is over."""
    case = folder.case
    if not case.open:
        return
    if case.crisis is not None and turn.desk.crisis_of(case) is None:
        _leave(folder)
    if folder.case.crisis is None and turn.desk.crises:
        crisis = _its_own(turn, folder)
        if crisis is not None:
            _join(turn, folder, crisis)


def _its_own(turn: Turn, folder: Folder) -> Crisis | None:
    lasting = [one for one in turn.desk.crises.values() if one.open]
    if not lasting or folder.case.kind != "complaint":
        return None
    shared = facets(folder.case)
    return next((one for one in lasting if shared.get(one.facet) == one.value), None)


def _join(turn: Turn, folder: Folder, crisis: Crisis) -> None:
    """Mark the case, and give its customer the approved statement, once."""
    tags = tuple(dict.fromkeys((*folder.case.tags, CRISIS)))
    folder.edit(crisis=crisis.id, tags=tags)
    folder.log("crisis_joined", crisis=crisis.ref)
    folder.stale = True
    folder.trigger("changed")
    if turn.customer.reachable:
        folder.tell(*folder.as_approved(()), purpose=CRISIS)
        folder.log("crisis_told", crisis=crisis.ref)


def _leave(folder: Folder) -> None:
    tags = tuple(tag for tag in folder.case.tags if tag != CRISIS)
    folder.log("crisis_left", crisis=f"X-{folder.case.crisis}")
    folder.edit(crisis=None, tags=tags)
    folder.stale = True
    folder.trigger("changed")
