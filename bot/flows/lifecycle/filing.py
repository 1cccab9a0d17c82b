"""Filing: how a draft becomes a case with a number and a promised time, or feedback, or nothing.

Each function is what one row of the lifecycle table does; the table moves the status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from bot.flows.effects import Button, ShowCard, line
from bot.flows.keeping import begin
from bot.flows.rules.vocabulary import PromiseKind

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.model import Case
    from bot.flows.turn import Turn


def file(turn: Turn, folder: Folder, act: Act) -> None:
    """Give the case its place in the queue, its clock, and the customer a promised time."""
    confirmed = act.arg != "unconfirmed"
    folder.edit(
        filed_at=folder.case.filed_at or turn.at,
        confirmed=confirmed,
        told=len(folder.case.words) if confirmed else 0,
        listening=False,
        telling_until=None,
    )
    by = "customer" if confirmed else act.by
    folder.log("filed", by, confirmed=confirmed)
    begin(turn, folder)
    folder.trigger("filed", *(("confirmed",) if confirmed else ()))
    show_in_queue(turn, folder)


def tell_filed(turn: Turn, folder: Folder) -> None:
    """Tell the customer number, steps ahead, and by when they hear."""
    due = turn.promised(folder)
    text = "filed.confirmed" if folder.case.confirmed else "filed.unconfirmed"
    folder.tell(
        line(text, ref=folder.case.ref),
        line("filed.promise", due=due) if due else line("filed.soon"),
        line("filed.next"),
        menu=True,
        purpose="filed",
    )


def confirm(turn: Turn, folder: Folder, act: Act) -> None:
    """Take the customer's word that a case already filed or handed off is right as it stands."""
    del act
    if folder.case.confirmed:
        return
    folder.edit(
        confirmed=True,
        filed_at=folder.case.filed_at or turn.at,
        told=folder.case.told or len(folder.case.words),
    )
    folder.log("confirmed", "customer")
    folder.trigger("confirmed", "changed")


PRAISE, UNSAID = "praise", "unsaid"
"""Feedback that is a good mark alone, or a bad one to which nothing was added."""


def keep_as_feedback(turn: Turn, folder: Folder, act: Act) -> None:
    """Thank for feedback: recorded and counted, no deadline; one tap makes it a complaint."""
    folder.edit(kind="feedback", listening=False, telling_until=None)
    folder.log("feedback", "customer")
    if act.arg != PRAISE:  # a good mark is counted; the team is not called for it
        show_in_queue(turn, folder)
    if act.arg != UNSAID:
        thank_for_feedback(folder, praise=act.arg == PRAISE)


def thank_for_feedback(folder: Folder, *, praise: bool = False) -> None:
    """Thank, with the one tap that asks for an answer after all."""
    folder.tell(
        line("pulse.thanks" if praise else "feedback.thanks"),
        buttons=((Button(line("feedback.upgrade"), f"c:u:{folder.case.id}:"),),),
    )


def upgrade(turn: Turn, folder: Folder, act: Act) -> None:
    """Make a complaint out of feedback."""
    folder.edit(kind="complaint")
    folder.log("upgraded", "customer")
    file(turn, folder, act)


def withdraw(turn: Turn, folder: Folder, act: Act) -> None:
    """Let the customer take the case back; the team is told, nothing is deleted."""
    del act
    folder.edit(
        listening=False, telling_until=None, transfer=None, question=None, paused=None, notices=()
    )
    folder.keep(*EVERYTHING)
    folder.log("withdrawn", "customer")
    if folder.case.filed_at or folder.case.shown:
        folder.inform(line("staff.withdrawn", ref=folder.case.ref))
        refresh(turn, folder)
    folder.tell(
        line("withdrawn.done", ref=folder.case.ref),
        buttons=((Button(line("withdrawn.undo"), f"c:o:{folder.case.id}:"),),),
    )


EVERYTHING = get_args(PromiseKind)


def show_in_queue(turn: Turn, folder: Folder) -> None:
    """Have the case's compact card stand in the room's queue."""
    if turn.desk.rooms(folder.case):
        folder.edit(shown=True, room_set=turn.desk.room_set(folder.case))
    folder.carded = True
    folder.edit(page="")
    folder.later(ShowCard, where="queue")


def refresh(turn: Turn, folder: Folder) -> None:
    """Bring the case's card up to date wherever it stands."""
    del turn
    if not folder.carded:
        turn_card(folder, "")


def turn_card(folder: Folder, page: str) -> None:
    """Bring the card up to date with these of its buttons."""
    folder.carded = True
    if folder.case.page != page:
        folder.edit(page=page)
    folder.later(lambda case: ShowCard(case, _place(case), page=page, was=_stood(folder)))


def _stood(folder: Folder) -> Case | None:
    """Return the case as the card that stands there now shows it, if the card stays there."""
    was, case = folder.before, folder.case
    stays = was.shown and was.room_set == case.room_set and _place(was) == _place(case)
    return was if stays else None


def place_of_card(folder: Folder) -> str:
    """Return where the case's card stands: its own topic once it was handed off or taken."""
    return _place(folder.case)


def _place(case: Case) -> str:
    return "topic" if case.relayed or case.reasons or case.owner else "queue"
