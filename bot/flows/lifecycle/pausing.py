"""Pausing: the clocks of a case stand still while it waits for somebody outside the desk.

Only with a reason, an end, a word to the customer and a line in the timeline. What was left of
each promise goes on afterwards; the word promised to the customer does not wait with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.calendar import Span, span
from bot.flows.effects import Answer, Button, Label, Rows, When, line
from bot.flows.folder import HEARD
from bot.flows.keeping import let_run
from bot.flows.lifecycle.answers import carry, reachable, spoken
from bot.flows.lifecycle.filing import refresh
from bot.flows.model import Pause, Stop

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.model import Case, Promise
    from bot.flows.turn import Turn

REASONS = ("customer", "supplier", "authority", "other")
"""Whom a case may wait for."""

LENGTHS = {"1": Span(days=1, working=True), "3": Span(days=3, working=True), "7": span("7 days")}
"""How long a pause may last, by what its button carries."""

RUN_ON = HEARD | {"accept", "follow_up"}
"""Promises that no pause holds: the customer was told, or nobody has the case yet."""


def chosen(arg: str) -> tuple[str, Span] | None:
    """Read `supplier-3`: whom the case waits for, and how long at most."""
    reason, _, days = arg.partition("-")
    return (reason, LENGTHS[days]) if reason in REASONS and days in LENGTHS else None


def pause(turn: Turn, folder: Folder, act: Act) -> None:
    """Stop the clocks, tell the customer why and by when they hear, and log it."""
    choice = chosen(act.arg)
    if choice is None or folder.case.paused is not None:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    if not reachable(turn, folder, act):
        return
    reason, length = choice
    until = length.after(turn.at, turn.desk.config.hours)
    spoken(turn, folder, act)
    folder.promise("update", until=until, by=act.staff.id)
    folder.edit(
        paused=Pause(reason=reason, at=turn.at, until=until, by=act.staff.id),
        promises=tuple(_stopped(turn, one, reason) for one in folder.case.promises),
    )
    folder.log("paused", act.by, reason=reason, until=until.isoformat())
    ref, due = folder.case.ref, When(until)
    if act.written:
        carry(turn, folder, act)
        folder.tell(line("progress.next", ref=ref, due=due), purpose="update")
    else:
        folder.tell(line(f"paused.{reason}", ref=ref, due=due), purpose="update")
    act.say(turn, Answer(act.query, line("press.paused")))
    why = Label(f"waits_for.{reason}")
    folder.inform(line("staff.paused", ref=ref, who=act.staff.name, reason=why, due=due))
    refresh(turn, folder)


def _stopped(turn: Turn, promise: Promise, reason: str) -> Promise:
    if promise.state != "open" or promise.kind in RUN_ON or promise.stands:
        return promise
    length = span(promise.stops[-1].left if promise.stops else promise.length)
    left = length.left(turn.at, promise.due, turn.desk.config.hours)
    return promise.but(stops=(*promise.stops, Stop(at=turn.at, reason=reason, left=str(left))))


def resume(turn: Turn, folder: Folder, act: Act) -> None:
    """Let the clocks go on by hand."""
    if folder.case.paused is None:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    let_run(turn, folder, act.by)
    act.say(turn, Answer(act.query, line("press.resumed", ref=folder.case.ref)))
    folder.inform(line("staff.resumed", ref=folder.case.ref))
    refresh(turn, folder)


def pause_over(_desk: Desk, case: Case) -> datetime | None:
    """Return when a pause comes to its end."""
    return case.paused.until if case.paused is not None else None


def go_on(turn: Turn, folder: Folder) -> None:
    """End a pause at its date, and ask whoever has the case how it goes on."""
    let_run(turn, folder, "desk")
    folder.inform(
        line("staff.pause_over", ref=folder.case.ref), buttons=again(folder), silent=False
    )
    refresh(turn, folder)


def again(folder: Folder) -> Rows:
    """Return the buttons that say how it goes on after a pause."""
    prefix = f"s:%s:{folder.case.id}:"
    return (
        (Button(line("card.progress"), prefix % "prompt" + "progress"),),
        (Button(line("card.pause"), prefix % "pausemenu"),),
    )


def answered_by_customer(turn: Turn, folder: Folder) -> None:
    """End a pause that waited for the customer when they write."""
    paused = folder.case.paused
    if paused is None or paused.reason != "customer" or paused.at == turn.at:
        return
    if folder.case.last_customer_at == turn.at:
        let_run(turn, folder, "customer")
        folder.inform(line("staff.resumed", ref=folder.case.ref), silent=False)
        folder.stale = True


def reasons_menu(folder: Folder) -> Rows:
    """Return whom the case may wait for, as buttons."""
    prefix = f"s:pausemenu:{folder.case.id}:"
    return tuple(
        (Button(line("button.plain", label=Label(f"waits_for.{one}")), prefix + one),)
        for one in REASONS
    )


def lengths_menu(turn: Turn, folder: Folder, reason: str) -> Rows:
    """Return until when it may wait, as buttons; and the way to write the word oneself."""
    hours, prefix = turn.desk.config.hours, f"s:pause:{folder.case.id}:{reason}-"
    rows = [
        (Button(line("pause.until", due=When(length.after(turn.at, hours))), prefix + name),)
        for name, length in LENGTHS.items()
    ]
    write = f"s:prompt:{folder.case.id}:pause+{reason}-3"
    return (*rows, (Button(line("still.write", ref=folder.case.ref), write),))
