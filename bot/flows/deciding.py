"""What becomes of an answer that waits for a word: sent, changed, or kept among staff.

The buttons under what the desk asked about it; what the question was is `doubts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows import doubts
from bot.flows.effects import Retract, line
from bot.flows.hold import REWRITE, asks_first, author, keep_as_note, leave, say
from bot.flows.lifecycle.clears import ANYWAY
from bot.flows.unsent import drop, found

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.events import StaffPressed
    from bot.flows.folder import Folder
    from bot.flows.sent import Unsent
    from bot.flows.turn import Turn


def pressed(turn: Turn, folder: Folder, event: StaffPressed, verb: str, arg: str) -> bool:
    """Do what a button under the desk's question says; False when it is out of date."""
    message = int(arg) if arg.isdecimal() else 0
    parts = [one for one in found(folder, event.chat, message) if one.until is None]
    if not parts:
        return False
    DECIDED[verb](turn, folder, event, parts)
    folder.later(Retract, chat=event.chat, message_id=event.message_id)
    return True


def _send_now(turn: Turn, folder: Folder, event: StaffPressed, parts: list[Unsent]) -> None:
    """Send it although somebody was asked about it; that they decided so is kept."""
    drop(folder, parts)
    passed = [one.but(doubt="", passed=_passed(one)) for one in parts]
    if parts[0].doubt == "wording":
        _said_anyway(turn, folder, event, parts)
    _send_note(turn, folder, event, passed)


def _passed(one: Unsent) -> tuple[str, ...]:
    """Return the doubts that "send" settles; what stands at the five clears had all settled."""
    if one.arg == ANYWAY:
        return tuple(doubts.DOUBTS)
    return (*one.passed, one.doubt or "colleague")


def _said_anyway(turn: Turn, folder: Folder, event: StaffPressed, parts: list[Unsent]) -> None:
    """Write down, where nobody can take it away, who sent what this desk does not say."""
    text = "\n".join(one.text for one in parts if one.text)
    phrases = doubts.forbidden(turn, text)
    by = f"staff:{event.who.id}"
    folder.log("said_anyway", by, phrases=list(phrases), text=text, author=parts[0].by)
    folder.inform(
        line("hold.said_anyway", who=event.who.name, phrases=doubts.quoted(phrases)),
        reply_to=parts[0].message_id,
    )


def _send_note(turn: Turn, folder: Folder, _event: StaffPressed, parts: list[Unsent]) -> None:
    drop(folder, parts)
    if not asks_first(turn, folder, author(turn, parts[0]), parts):
        for one in parts:
            leave(turn, folder, one)


def _change(turn: Turn, folder: Folder, _event: StaffPressed, parts: list[Unsent]) -> None:
    """Say how to give it other words; until then it is kept."""
    say(
        turn,
        folder,
        parts[0],
        line("hold.change_how"),
        prompt=f"{REWRITE}+{parts[0].message_id}",
    )


def _keep_note(turn: Turn, folder: Folder, _event: StaffPressed, parts: list[Unsent]) -> None:
    keep_as_note(turn, folder, parts)


DECIDED: dict[str, Callable[[Turn, Folder, StaffPressed, list[Unsent]], None]] = {
    "sendnow": _send_now,
    "sendnote": _send_note,
    "keepnote": _keep_note,
    "change": _change,
}
