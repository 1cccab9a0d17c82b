"""Targets become promises: made from the row of the policy table that fits, and following it.

What the policy table sets for a case stands on the case as promises, each with the row it came
from. When the case gets another row, or an admin applies another table to open cases, they
follow. It must never know how a promise is told or what happens when it is missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.calendar import span
from bot.flows.folder import HEARD
from bot.flows.targets import TARGETS

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.model import Promise
    from bot.flows.targets import Target
    from bot.flows.turn import Turn


def begin(turn: Turn, folder: Folder, *, anew: bool = False, waits: bool = True) -> None:
    """Promise what the case's row asks for and is not promised yet; `anew`, all of it again.

    `waits` says that somebody still has to take the case.
    """
    row = _row(turn, folder)
    if anew:
        folder.edit(contained_at=None, paused=None)
    for kind, of in TARGETS.items():
        span = of(row)
        if span is None or (kind == "accept" and not waits):
            continue
        if anew or not _spoken_for(folder, kind):
            folder.promise(kind, span, row=row.name)


def _spoken_for(folder: Folder, kind: str) -> bool:
    """Whether this is promised already, or done."""
    if kind == "first_answer":
        return folder.next_word() is not None or folder.promised(kind) is not None
    if kind == "containment" and folder.case.contained_at is not None:
        return True
    if kind == "analysis" and folder.case.responsibility:
        return True
    return folder.promised(kind) is not None


def analyse_anew(turn: Turn, folder: Folder) -> None:
    """Let the time to establish what happened run anew: the customer told something new."""
    row = turn.desk.config.target(folder.case)
    if row.analyse is not None and folder.promised("analysis") is not None:
        folder.promise("analysis", row.analyse, row=row.name)


def wait_again(turn: Turn, folder: Folder) -> None:
    """Promise anew that somebody takes the case: it lost its owner."""
    row = _row(turn, folder)
    folder.promise("accept", row.accept, row=row.name)


def _row(turn: Turn, folder: Folder) -> Target:
    row = turn.desk.config.target(folder.case)
    if not folder.case.row_now:
        folder.edit(row_now=row.name, row_version=turn.desk.config.targets_version)
    return row


def follow(turn: Turn, folder: Folder) -> bool:
    """Let open promises follow the row that fits now; tell whether it is another one.

    Each is reckoned again from when it was made. What the customer was told never moves later,
    and nothing is set to a time that has passed already: then it runs from now.
    """
    case = folder.case
    if not case.row_now or not case.open:
        return False
    row, version = turn.desk.config.target(case), turn.desk.config.targets_version
    if (row.name, version) == (case.row_now, case.row_version):
        return False
    folder.edit(
        row_now=row.name,
        row_version=version,
        promises=tuple(one for p in case.promises if (one := _moved(turn, p, row)) is not None),
    )
    if row.contain is not None and folder.promised("resolution") is not None:
        begin(turn, folder, waits=False)
    folder.log("targets", row=row.name)
    return True


def _moved(turn: Turn, promise: Promise, row: Target) -> Promise | None:
    """Return the promise as the row has it; None when the row knows no such target."""
    if promise.state != "open" or not promise.row or promise.stops:
        return promise
    span = TARGETS[promise.kind](row)
    if span is None:
        return None
    if str(span) == promise.length:
        return promise.but(row=row.name)
    hours = turn.desk.config.hours
    due = span.after(promise.made_at, hours)
    made = promise.made_at
    if due <= turn.at:
        due, made = span.after(turn.at, hours), turn.at
    if promise.kind in HEARD and due > promise.due:
        return promise.but(row=row.name)
    if due >= promise.due and made != promise.made_at:
        return promise.but(row=row.name)  # what is left is less than the new row gives from now
    return promise.but(due=due, made_at=made, length=str(span), row=row.name, warned=False)


def let_run(turn: Turn, folder: Folder, by: str) -> None:
    """Let every clock that a pause stopped go on with what was left."""
    if folder.case.paused is None:
        return
    promises = tuple(_running(turn, one) for one in folder.case.promises)
    folder.edit(paused=None, promises=promises)
    folder.log("resumed", by)


def _running(turn: Turn, promise: Promise) -> Promise:
    if not promise.stands:
        return promise
    stop = promise.stops[-1]
    due = span(stop.left).after(turn.at, turn.desk.config.hours)
    stops = (*promise.stops[:-1], stop.but(until=turn.at))
    return promise.but(due=due, stops=stops)
