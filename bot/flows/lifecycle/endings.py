"""Endings: carried out, refused, settled or disputed, rated, reopened.

A case stays settled only when the customer says so: first "done as agreed?", then a rating.
Each function is what one row of the lifecycle table does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Answer, Button, Label, RenameTopic, Rows, line
from bot.flows.keeping import begin
from bot.flows.lifecycle.answers import carry, spoken
from bot.flows.lifecycle.clears import ANYWAY, ask_back, unclear
from bot.flows.lifecycle.custody import REASONS_KEPT, bring_to_room
from bot.flows.lifecycle.filing import refresh
from bot.flows.model import Held, Reason, Status
from bot.flows.turn import level_above
from bot.flows.unsent import drop, undecided

if TYPE_CHECKING:
    from bot.flows.effects import Line
    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.turn import Turn


def resolve(turn: Turn, folder: Folder, act: Act) -> None:
    """Tell the customer what was done, and ask whether it is done as agreed."""
    missing = unclear(turn, folder, act)
    if missing and act.arg != ANYWAY:
        ask_back(turn, folder, act, missing)
        return
    spoken(turn, folder, act)
    folder.keep("resolution", "containment", "analysis")
    outcome = act.wrote.text if act.written else ""
    folder.edit(outcome=outcome, question=None, asked_settled=0)
    folder.edit(paused=None, notices=())
    drop(folder, undecided(folder, "resolve"))
    folder.log("resolved", act.by, text=outcome, **({"missing": list(missing)} if missing else {}))
    if act.written:
        carry(turn, folder, act)
    act.say(turn, Answer(act.query, line("press.resolved")))
    ask_settled(turn, folder)
    refresh(turn, folder)


def ask_settled(turn: Turn, folder: Folder) -> None:
    """Ask "done as agreed?"; the answer decides where the case goes."""
    again = folder.case.asked_settled > 0
    folder.edit(asked_settled=folder.case.asked_settled + 1, asked_settled_at=turn.at)
    _follow_up(turn, folder)
    if turn.dialog is not None and turn.dialog.case == folder.case.id:
        turn.rest()  # questions that were still open are no longer what they answer
    prefix = f"c:e:{folder.case.id}:"
    folder.tell(
        line("settled.again" if again else "settled.question", ref=folder.case.ref),
        buttons=(
            (
                Button(line("settled.yes"), prefix + "yes"),
                Button(line("settled.no"), prefix + "no"),
            ),
        ),
        purpose="follow_up",
    )
    if turn.dialog is None:
        turn.know(focus=folder.case.id)


def _follow_up(turn: Turn, folder: Folder) -> None:
    """Promise to ask once more, and where the row has it a second time; asking keeps it."""
    folder.keep("follow_up")
    row = turn.desk.config.target(folder.case)
    spans = (row.follow_up, row.follow_up_again)
    asked = folder.case.asked_settled
    span = spans[asked - 1] if asked <= len(spans) else None
    if span is not None:
        folder.promise("follow_up", span, row=row.name)


def refuse(turn: Turn, folder: Folder, act: Act) -> None:
    """Refuse with reasons; the customer can ask somebody one level up to look again."""
    spoken(turn, folder, act)
    folder.keep("resolution", "containment", "analysis")
    folder.edit(outcome=act.wrote.text, question=None, paused=None, notices=())
    folder.log("refused", act.by, text=act.wrote.text)
    folder.tell(line("refused.told", ref=folder.case.ref))
    carry(turn, folder, act)
    folder.tell(
        line("refused.route"),
        line(f"outside.{turn.desk.outside}"),
        buttons=((Button(line("refused.higher"), f"c:e:{folder.case.id}:no"),),),
    )
    refresh(turn, folder)


def settle(turn: Turn, folder: Folder, act: Act) -> None:
    """Take "yes, done", and ask for a rating."""
    del act
    folder.edit(settled=True)
    folder.keep("follow_up")
    folder.log("settled", "customer")
    ask_rating(turn, folder)
    folder.inform(line("staff.settled", ref=folder.case.ref))
    refresh(turn, folder)


def ask_rating(turn: Turn, folder: Folder) -> None:
    """Ask for 1 to 5."""
    folder.tell(line("rating.question"), buttons=rating_buttons(folder), purpose="rating")
    turn.go("rating", folder)


def rating_buttons(folder: Folder) -> Rows:
    """Return the five ratings in one row."""
    prefix = f"c:m:{folder.case.id}:"
    return (tuple(Button(str(mark), f"{prefix}{mark}") for mark in range(1, 6)),)


def rate(turn: Turn, folder: Folder, act: Act) -> None:
    """Take the rating; rules decide whether a low one brings the case back."""
    mark = int(act.arg)
    folder.edit(rating=mark)
    folder.log("rated", "customer", rating=mark)
    folder.trigger("rated")
    folder.inform(line("staff.rated", ref=folder.case.ref, rating=mark))
    turn.go("word", folder)
    folder.later(RenameTopic, closed=True)
    refresh(turn, folder)


def sorry_once_more(folder: Folder) -> Line:
    """Return the apology at the end; it admits no fault and makes light of nothing."""
    hurt = folder.case.danger or folder.case.category == "safety_injury"
    return line("closing.danger" if hurt else "closing.sorry")


def dispute(turn: Turn, folder: Folder, act: Act) -> None:
    """Bring the same case back to work: the customer says that it is not settled."""
    refused = folder.case.status is Status.REFUSED
    if refused:
        _give_reason(turn, folder)
    _back_to_work(turn, folder, one_up=refused)
    folder.log("disputed", "customer", text=act.arg)
    ref, due = folder.case.ref, turn.promised(folder) or ""
    folder.inform(line("staff.asks_higher" if refused else "staff.disputed", ref=ref), silent=False)
    if refused:
        role = Label(f"role.{folder.case.level.value}")
        folder.tell(line("higher.told", ref=ref, role=role, due=due), purpose="disputed")
    else:
        folder.tell(line("disputed.told", ref=ref, due=due), purpose="disputed")
    turn.go("disputed", folder)


def _give_reason(turn: Turn, folder: Folder) -> None:
    level = level_above(folder.case.level)
    held = (Held(test="asks_higher", values={}),)
    reason = Reason(rule="asks_higher", level=level, held=held, at=turn.at)
    folder.edit(reasons=(*folder.case.reasons, reason)[-REASONS_KEPT:])


def reopen(turn: Turn, folder: Folder, act: Act) -> None:
    """Reopen by staff, or by a customer who undoes a withdrawal or writes after the end."""
    _back_to_work(turn, folder, one_up=False)
    folder.log("reopened", act.by)
    act.say(turn, Answer(act.query, line("press.reopened", ref=folder.case.ref)))
    folder.inform(line("staff.reopened", ref=folder.case.ref), silent=False)
    due = turn.promised(folder)
    folder.tell(line("reopened.told", ref=folder.case.ref, due=due or ""), purpose="reopened")


def _back_to_work(turn: Turn, folder: Folder, *, one_up: bool) -> None:
    case = folder.case
    folder.edit(
        reopened=case.reopened + 1,
        settled=False,
        rating=None,
        level=level_above(case.level) if one_up else case.level,
        owner=None if one_up else case.owner,
        owner_name="" if one_up else case.owner_name,
        climbed_at=turn.at,
        filed_at=case.filed_at or turn.at,
    )
    folder.keep("follow_up")
    begin(turn, folder, anew=True)
    folder.trigger("reopened")
    if case.status is Status.CLOSED:
        folder.later(RenameTopic, closed=False)
    bring_to_room(turn, folder, alert=True)


def close(turn: Turn, folder: Folder, act: Act) -> None:
    """Close after silence: writing again reopens it."""
    del act
    folder.keep("follow_up")
    folder.log("closed", "desk")
    if turn.dialog and turn.dialog.case == folder.case.id:
        turn.rest()
    once_more = (sorry_once_more(folder),) if folder.case.settled else ()
    folder.tell(line("closed.told", ref=folder.case.ref), *once_more, purpose="closed")
    folder.later(RenameTopic, closed=True)
    refresh(turn, folder)
