"""Doubts: what staff are asked before their words go to a customer, one after the other.

A table from the name of a doubt to what it asks, None where there is none. Whoever says *Send
anyway* passes it for these very words; `hold` keeps them until then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Join, Label, line
from bot.flows.guard import unsayable
from bot.flows.rights import hindered
from bot.flows.understanding import understand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.flows.effects import Line, Value
    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.sent import Unsent
    from bot.flows.turn import Turn


def _colleague(turn: Turn, folder: Folder, staff: Staff, _one: Unsent) -> Line | None:
    """Ask before a colleague's case is answered by somebody else."""
    if not hindered(turn, folder, staff):
        return None
    return line("hold.colleague", owner=folder.case.owner_name, ref=folder.case.ref)


def _wording(turn: Turn, _folder: Folder, _staff: Staff, one: Unsent) -> Line | None:
    """Ask before something is said that this desk does not say to customers."""
    found = forbidden(turn, one.text)
    return line("hold.wording", phrases=quoted(found)) if found else None


def _approval(turn: Turn, folder: Folder, _staff: Staff, one: Unsent) -> Line | None:
    """Ask before an outcome is promised that somebody above has not said yes to."""
    asked = folder.case.approval
    if asked is None or asked.state == "approved" or not _offers(turn, one):
        return None
    state, role = Label(f"approval_state.{asked.state}"), Label(f"role.{asked.role.value}")
    return line("hold.approval", ref=folder.case.ref, role=role, state=state)


def _offers(turn: Turn, one: Unsent) -> bool:
    """Whether words speak of an outcome: of settling the case, or of a remedy by name."""
    if one.act == "resolve":
        return True
    general = turn.desk.general
    said = understand(one.text, turn.at, general.zone, general.region, general.language)
    return bool(said.remedies)


DOUBTS: dict[str, Callable[[Turn, Folder, Staff, Unsent], Line | None]] = {
    "colleague": _colleague,
    "wording": _wording,
    "approval": _approval,
}


def first(
    turn: Turn, folder: Folder, staff: Staff, parts: Iterable[Unsent]
) -> tuple[str, Line] | None:
    """Return the first doubt about words, or the parts of one album, that nobody passed yet."""
    for one in parts:
        for name, asks in DOUBTS.items():
            asked = None if name in one.passed else asks(turn, folder, staff, one)
            if asked is not None:
                return name, asked
    return None


def forbidden(turn: Turn, text: str) -> tuple[str, ...]:
    """Return the phrases of the desk's list that stand in a text."""
    return unsayable(turn.desk.config.words.forbidden, text)


def quoted(phrases: Iterable[str]) -> Value:
    """Return phrases as they are named to staff."""
    return Join(tuple(line("value.quoted", words=one) for one in phrases))
