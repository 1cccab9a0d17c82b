"""Corrective actions: proposed by rules, opened by a manager, fixed by one, verified by another.

Several like complaints lead to one action (ISO 10002, 8.2 and 8.6; an 8D report in small): the
problem, its cases, an owner, a due date. Every step is a line in the timeline of each case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.effects import Button, Label, Rows, When, line
from bot.flows.events import Minuted
from bot.flows.people import Role
from bot.flows.records import CASES_KEPT, CorrectiveAction
from bot.flows.rules.reasons import held_line
from bot.flows.trends.shared import (
    answer,
    page,
    refs,
    say,
    shared_line,
    to_managers,
    what_is_shared,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.effects import Line
    from bot.flows.events import StaffCommanded, StaffEvent, StaffPressed, StaffWrote
    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.rules.actions import Propose
    from bot.flows.rules.judge import Firing
    from bot.flows.turn import Turn


def propose(turn: Turn, folder: Folder, firing: Firing, action: Propose) -> None:
    """Propose an action for the cases alike; one that is under way takes this case in."""
    shared = what_is_shared(folder, firing)
    if shared is None:
        return
    facet, value = shared
    like = [one.case for one in folder.case.alike.get(facet, ())]
    numbers = tuple(sorted({*like, folder.case.id}))[-CASES_KEPT:]
    known = [one for one in turn.desk.actions.values() if one.of(facet, value)]
    waiting = next((one for one in known if one.holds_off(turn.at)), None)
    if waiting is not None:
        _take_in(turn, folder, waiting)
        return
    record = CorrectiveAction(
        id=max(turn.desk.actions, default=0) + 1,
        facet=facet,
        value=value,
        rule=firing.rule.id,
        at=turn.at,
        cases=numbers,
        due=action.within.after(turn.at, turn.desk.config.hours),
    )
    turn.keep_record(record)
    _minute(turn, record, "action_proposed", "desk")
    why = held_line(firing.held, turn.desk.general.currency)
    again = any(one.state == "verified" for one in known)
    to_managers(
        turn,
        line("action.again" if again else "action.proposed", ref=record.ref, why=why),
        line("action.cases", what=shared_line(record), refs=refs(record.cases)),
        buttons=_buttons(record),
    )


def _take_in(turn: Turn, folder: Folder, record: CorrectiveAction) -> None:
    if folder.case.id in record.cases:
        return
    turn.keep_record(record.but(cases=(*record.cases, folder.case.id)[-CASES_KEPT:]))
    folder.log("action_joined", action=record.ref)


def _button(label: Line, verb: str, record: CorrectiveAction) -> Button:
    return Button(label, f"m:{verb}:{record.id}:")


def _minute(turn: Turn, record: CorrectiveAction, kind: str, by: str, **data: Any) -> None:
    """Write a line into the timeline of every case of an action."""
    for number in record.cases:
        data = {"action": record.ref, **data}
        folder = turn.folder(number)
        if folder is not None:
            folder.log(kind, by, **data)
        else:
            key = f"m:{record.ref}:{record.rev}:{kind}:{number}"
            turn.result.minutes.append(Minuted(key, turn.at, number, kind, by, data))


# ---- buttons --------------------------------------------------------------------------------


def _open(turn: Turn, event: StaffPressed, record: CorrectiveAction, staff: Staff) -> None:
    """Open it: whoever does answers for it, and is asked for the problem in their words."""
    if record.state != "proposed":
        answer(turn, event, _already(record))
        return
    named = {"by": staff.id, "by_name": staff.name, "owner": staff.id, "owner_name": staff.name}
    record = record.but(state="open", **named)
    _moved(turn, record, "action_opened", staff)
    answer(turn, event)
    _show(turn, event, record)
    say(turn, event, line("action.write", ref=record.ref), prompt=f"action+{record.id}")


def _drop(turn: Turn, event: StaffPressed, record: CorrectiveAction, staff: Staff) -> None:
    if record.state != "proposed":
        answer(turn, event, _already(record))
        return
    record = record.but(state="declined", by=staff.id, by_name=staff.name, at=turn.at)
    _moved(turn, record, "action_declined", staff)
    answer(turn, event, line("action.dropped", ref=record.ref))


def _done(turn: Turn, event: StaffPressed, record: CorrectiveAction, staff: Staff) -> None:
    if record.state != "open":
        answer(turn, event, _already(record))
        return
    record = record.but(state="done", done_by=staff.id, done_at=turn.at)
    _moved(turn, record, "action_done", staff)
    answer(turn, event, line("action.done_told", ref=record.ref))
    alone = set(turn.desk.people(Role.MANAGER)) == {staff.id}
    page(
        turn,
        line("action.verify_asked", ref=record.ref, who=staff.name),
        *_lines(record),
        buttons=_buttons(record),
        role=Role.ADMIN if alone else Role.MANAGER,
    )


def _verify(turn: Turn, event: StaffPressed, record: CorrectiveAction, staff: Staff) -> None:
    """Take "it works": from somebody else than who fixed it."""
    if not _may_judge(turn, event, record, staff):
        return
    record = record.but(state="verified", verified_by=staff.id, verified_name=staff.name)
    _moved(turn, record, "action_verified", staff)
    answer(turn, event, line("action.verified", ref=record.ref))


def _back(turn: Turn, event: StaffPressed, record: CorrectiveAction, staff: Staff) -> None:
    """Take "it does not work yet": it is open again."""
    if not _may_judge(turn, event, record, staff):
        return
    record = record.but(state="open", done_by=None, done_at=None)
    _moved(turn, record, "action_not_verified", staff)
    answer(turn, event, line("action.reopened", ref=record.ref, owner=record.owner_name))


def _may_judge(turn: Turn, event: StaffPressed, record: CorrectiveAction, staff: Staff) -> bool:
    if record.state != "done":
        answer(turn, event, _already(record))
    elif record.done_by == staff.id:
        answer(turn, event, line("action.not_yourself", ref=record.ref))
    else:
        return True
    return False


def _already(record: CorrectiveAction) -> Line:
    state = Label(f"action_state.{record.state}")
    return line("action.already", ref=record.ref, state=state)


def _moved(turn: Turn, record: CorrectiveAction, kind: str, staff: Staff) -> None:
    turn.keep_record(record)
    _minute(turn, record, kind, f"staff:{staff.id}", name=staff.name)


PRESSES: dict[str, Callable[[Turn, StaffPressed, CorrectiveAction, Staff], None]] = {
    "act_open": _open,
    "act_drop": _drop,
    "act_done": _done,
    "act_verify": _verify,
    "act_back": _back,
}


# ---- words ----------------------------------------------------------------------------------


def written(turn: Turn, event: StaffWrote, staff: Staff, arg: str) -> None:
    """Take the problem in the owner's words."""
    number = arg.partition("+")[0]
    record = turn.desk.actions.get(int(number)) if number.isdecimal() else None
    if record is None or not event.text.strip():
        say(turn, event, line("staff.which_case"))
        return
    record = record.but(problem=event.text.strip()[:PROBLEM_KEPT])
    _moved(turn, record, "action_problem", staff)
    _show(turn, event, record)


PROBLEM_KEPT = 1000


def listed(turn: Turn, event: StaffCommanded) -> None:
    """Show the actions that are not over, one message each."""
    live = [one for one in turn.desk.actions.values() if one.live]
    if not live:
        say(turn, event, line("action.none"))
    for record in live[-LISTED:]:
        _show(turn, event, record)


LISTED = 10


def _show(turn: Turn, event: StaffEvent, record: CorrectiveAction) -> None:
    say(turn, event, *_lines(record), buttons=_buttons(record))


def _lines(record: CorrectiveAction) -> tuple[Line, ...]:
    state = Label(f"action_state.{record.state}")
    lines = [
        line("action.title", ref=record.ref, state=state),
        line("action.cases", what=shared_line(record), refs=refs(record.cases)),
    ]
    if record.problem:
        lines.append(line("action.problem", words=record.problem))
    if record.owner_name and record.due:
        lines.append(line("action.owner", owner=record.owner_name, due=When(record.due)))
    return tuple(lines)


def _buttons(record: CorrectiveAction) -> Rows:
    named: dict[str, tuple[tuple[Line, str], ...]] = {
        "proposed": ((line("action.open"), "act_open"), (line("action.drop"), "act_drop")),
        "open": ((line("action.done"), "act_done"),),
        "done": ((line("action.verify"), "act_verify"), (line("action.back"), "act_back")),
    }
    return tuple((_button(label, verb, record),) for label, verb in named.get(record.state, ()))
