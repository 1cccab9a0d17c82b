"""Looking again: why a case asks to be woken, when, and what is done then.

Deadlines, pauses, nudges and climbs are all reasons to look again; `next_look` returns the
earliest. Whatever is done about a reason moves it on, so after a look at *t* the next is later.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.conversation.course import advance, awaited
from bot.flows.emergency import climb_due, climb_in_danger
from bot.flows.hold import (
    leave_due,
    leave_in_time,
    look_due,
    look_whether_it_stands,
)
from bot.flows.judging import judge, judge_held_back
from bot.flows.ladder import (
    AT_WORK,
    climb_rungs,
    promise_comes_due,
    promise_due,
    rung_due,
    warn,
    warning_due,
)
from bot.flows.lifecycle.custody import bring_to_room, transfer_lapsed
from bot.flows.lifecycle.endings import ask_settled
from bot.flows.lifecycle.filing import UNSAID, show_in_queue, tell_filed
from bot.flows.lifecycle.pausing import go_on, pause_over
from bot.flows.lifecycle.table import Act, run
from bot.flows.model import OPEN, Status
from bot.flows.notices import give_notices, notices_due
from bot.flows.rules.judge import next_firing
from bot.flows.rules.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.folder import Folder
    from bot.flows.model import Case, Promise
    from bot.flows.turn import Turn


def pause_ends(_desk: Desk, case: Case) -> datetime | None:
    """Return when silence ends a story that is being told."""
    return case.telling_until if case.listening else None


def silence_files(desk: Desk, case: Case) -> datetime | None:
    """Return when a draft is filed as told (SPEC section 2, step 7)."""
    if case.status is not Status.DRAFT:
        return None
    since = case.last_customer_at or case.opened_at
    return since + timedelta(seconds=desk.general.silence_seconds)


def transfer_lapses(desk: Desk, case: Case) -> datetime | None:
    """Return when an unaccepted transfer comes back."""
    if case.transfer is None or case.status not in AT_WORK:
        return None
    return case.transfer.at + timedelta(seconds=desk.general.accept_seconds)


def settled_asked_again(desk: Desk, case: Case) -> datetime | None:
    """Return when "done as agreed?" is asked once more, or silence closes the case."""
    if case.status is Status.FOLLOWED_UP:
        return case.since + timedelta(days=desk.general.settle_days)
    if case.status is not Status.CARRIED_OUT:
        return None
    promised = _follow_up(case)
    asked = case.asked_settled_at or case.since
    return promised.due if promised else asked + timedelta(days=desk.general.settle_days)


def _follow_up(case: Case) -> Promise | None:
    return next((p for p in case.promises if p.kind == "follow_up" and p.state == "open"), None)


def unshown(desk: Desk, case: Case) -> datetime | None:
    """Return at once when a case waits for a room and there is one now, or another one."""
    if case.status not in AT_WORK or not desk.rooms(case):
        return None
    if case.shown and case.room_set == desk.room_set(case):
        return None
    return case.since


def quiet_ends(_desk: Desk, case: Case) -> datetime | None:
    """Return when a rule that quiet hours held back may fire."""
    return min(case.held_back.values(), default=None)


# ---- what is done ---------------------------------------------------------------------------


def end_story(turn: Turn, folder: Folder) -> None:
    """Take the pause for "that's all"."""
    folder.edit(listening=False, telling_until=None)
    dialog = turn.dialog
    if not (dialog and dialog.step == "listening" and dialog.case == folder.case.id):
        return
    if awaited(folder.case):
        turn.rest()
        return
    advance(turn, folder)


def file_as_told(turn: Turn, folder: Folder) -> None:
    """File a draft that fell silent: nobody who told a story is lost."""
    case = folder.case
    if not case.words and not case.facts.keys() - {"kind"}:
        if case.pulse is not None:  # a bad mark without a word says something all the same
            turn.rest()
            run(turn, folder, "feedback", Act(arg=UNSAID, actor="desk"))
            return
        folder.edit(listening=False)
        folder.move(Status.WITHDRAWN)
        folder.log("abandoned")
        if turn.dialog and turn.dialog.case == folder.case.id:
            turn.rest()
        return
    if case.kind == "feedback" and "kind" in case.facts:
        turn.rest()
        run(turn, folder, "feedback")
        return
    run(turn, folder, "file", arg="unconfirmed")
    tell_filed(turn, folder)


def ask_or_close(turn: Turn, folder: Folder) -> None:
    """Ask again whether it is settled, as promised; after the last silence, close."""
    if folder.case.status is Status.CARRIED_OUT and _follow_up(folder.case) is not None:
        ask_settled(turn, folder)
        folder.log("followed_up")
        return
    run(turn, folder, "close")


def show(turn: Turn, folder: Folder) -> None:
    """Bring a case that waited for a room to the room there is now, with all that was said."""
    folder.edit(relayed=0)
    if folder.case.status is Status.QUEUED:
        show_in_queue(turn, folder)
    else:
        bring_to_room(turn, folder, alert=True)


Look = tuple["Callable[[Desk, Case], datetime | None]", "Callable[[Turn, Folder], None]"]

LEAVING: tuple[Look, ...] = (
    (look_due, look_whether_it_stands),
    (leave_due, leave_in_time),
)
"""What staff wrote leaves in any case, also one that is over; and before all else that is due."""

LOOKS: tuple[Look, ...] = (
    (pause_ends, end_story),
    (silence_files, file_as_told),
    (transfer_lapses, transfer_lapsed),
    (pause_over, go_on),
    (warning_due, warn),
    (promise_due, promise_comes_due),
    (rung_due, climb_rungs),
    (climb_due, climb_in_danger),
    (settled_asked_again, ask_or_close),
    (unshown, show),
    (quiet_ends, judge_held_back),
    (notices_due, give_notices),
)
"""Every other reason to look at a case again, with what is done when it has come."""


def look(turn: Turn, folder: Folder) -> None:
    """Do what has come due for the case, each reason once; the next look is later in any case."""
    folder.edit()  # even when nothing was due (every open case is woken when a room is set)
    _do_what_is_due(turn, folder, LEAVING)
    folder.trigger("time")
    judge(turn, folder)
    _do_what_is_due(turn, folder, LOOKS)


def _do_what_is_due(turn: Turn, folder: Folder, looks: tuple[Look, ...]) -> None:
    for when, do in looks:
        due = when(turn.desk, folder.case)
        if due is not None and due <= turn.at:
            do(turn, folder)
            judge(turn, folder)


def next_look(desk: Desk, case: Case, at: datetime) -> datetime | None:
    """Return when the case is to be looked at again after `at`, or None.

    Rules that time alone may fire are asked for instants after `at`: those up to it were judged
    when the case was last saved.
    """
    return min(_dues(desk, case, at), default=None)


def _dues(desk: Desk, case: Case, at: datetime) -> Iterator[datetime]:
    for when, _ in (*LEAVING, *LOOKS) if case.status in OPEN else LEAVING:
        due = when(desk, case)
        if due is not None:
            yield due
    if case.status not in OPEN:
        return
    rules = desk.config.timed.rules
    firing = next_firing(rules, Scene(case, at, desk.config.hours)) if rules else None
    if firing is not None:
        yield firing
