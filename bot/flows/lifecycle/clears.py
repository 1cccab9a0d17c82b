"""The five clears before a case is resolved: heard, asked, followed, answered, recorded.

The desk fills in what the case shows and asks staff only for the rest; it never refuses. What
they wrote meanwhile is held and goes out when they resolve anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Button, Join, Label, line
from bot.flows.folder import HEARD
from bot.flows.unsent import drop, keep, taken, undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.effects import Line
    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.turn import Turn

ANYWAY = "anyway"
"""How a resolve goes on that was asked back: whatever is missing."""

PLAIN = "plain"
"""How a resolve says that nothing is to be written: it was asked for words and has none."""


def heard(_turn: Turn, folder: Folder, _act: Act) -> bool:
    """Whether somebody knows the story: it was told in words, or a person wrote down the need."""
    case = folder.case
    return bool(case.story or case.underlying_need or "what" in case.facts)


def asked(turn: Turn, folder: Folder, _act: Act) -> bool:
    """Whether every required fact is there, or was asked for and left open."""
    return not _unasked(turn, folder)


def followed(_turn: Turn, folder: Folder, act: Act) -> bool:
    """Whether nothing hangs: no question to the customer, no hand-over, no broken promise.

    A promise that was missed is made good by a later word to the customer, this one included.
    """
    case = folder.case
    spoke = case.last_staff_at
    words = (one for one in case.promises if one.kind in HEARD and one.state == "missed")
    broken = any(spoke is None or one.due > spoke for one in words)
    return case.question is None and case.transfer is None and (bool(act.written) or not broken)


def answered(_turn: Turn, folder: Folder, act: Act) -> bool:
    """Whether a person has written to the customer, now at the latest."""
    return folder.case.first_answer_at is not None or bool(act.written)


def recorded(_turn: Turn, _folder: Folder, act: Act) -> bool:
    """Whether what was done stands there in words."""
    return bool(act.written and act.written.text.strip())


CLEARS: dict[str, Callable[[Turn, Folder, Act], bool]] = {
    "heard": heard,
    "asked": asked,
    "followed": followed,
    "answered": answered,
    "recorded": recorded,
}


def unclear(turn: Turn, folder: Folder, act: Act) -> tuple[str, ...]:
    """Return what the case does not show of the five; nobody is asked for words twice."""
    missing = tuple(name for name, holds in CLEARS.items() if not holds(turn, folder, act))
    nothing_to_add = act.arg == PLAIN and not undecided(folder, "resolve")
    return () if nothing_to_add and missing == ("recorded",) else missing


def ask_back(turn: Turn, folder: Folder, act: Act, missing: tuple[str, ...]) -> None:
    """Name what is missing; their words are kept until they press, or write more."""
    act.refused = True
    if act.written and not _kept(turn, folder, act):
        return
    case = folder.case
    folder.log("clears_asked", act.by, missing=list(missing))
    words = undecided(folder, "resolve")
    rows: list[Line] = [line("clears.title", ref=case.ref)]
    facts = Join(_unasked(turn, folder))
    rows += [line(f"clear.{name}", facts=facts) for name in missing]
    rows.append(line("clears.held" if words else "clears.how"))
    # who was told that a colleague has the case, and went on, is not told so again
    theirs = case.owner not in {None, act.staff.id}
    data = f"s:anyway:{case.id}:resolve+{ANYWAY}" if theirs else f"s:resolve:{case.id}:{ANYWAY}"
    if words:
        data = f"s:sendnow:{case.id}:{words[-1].message_id}"
    folder.inform(
        *rows,
        buttons=((Button(line("card.resolve_anyway"), data),),),
        reply_to=act.written.message_id if act.written else None,
        prompt="resolve",
        silent=False,
    )


def _kept(turn: Turn, folder: Folder, act: Act) -> bool:
    """Keep their words in place of earlier ones; False for a further part of the same album."""
    one = taken(turn, act.staff, act.wrote, "resolve", ANYWAY)
    earlier = undecided(folder, "resolve")
    drop(folder, (other for other in earlier if not one.album or other.album != one.album))
    return keep(turn, folder, one)


def _unasked(turn: Turn, folder: Folder) -> tuple[Label, ...]:
    case = folder.case
    required = (fact for fact in turn.desk.config.playbook(case).facts if fact.required)
    return tuple(Label(f"fact.{fact.id}") for fact in required if fact.id not in case.facts)
