"""The ladder: who hears before a promise comes due, when it is missed, and when after that.

First its owner is warned; missed, the owner hears, then each rung of the ladder at its own delay.
Whoever is away is passed over, whoever stands in for several rungs hears once, and quiet hours
hold back all but what is severe. The top has a daily list after that (`digest`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Button, Label, Page, Rows, When, line
from bot.flows.emergency import endangered
from bot.flows.folder import HEARD
from bot.flows.hold import last_leaves
from bot.flows.judging import judge
from bot.flows.lifecycle.act import Act
from bot.flows.lifecycle.answers import STILL
from bot.flows.lifecycle.custody import lose, rise
from bot.flows.lifecycle.filing import place_of_card
from bot.flows.lifecycle.table import run
from bot.flows.model import Grade, Held, Reason, Status
from bot.flows.people import LADDER, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.effects import Line, Text
    from bot.flows.folder import Folder
    from bot.flows.model import Case, Promise
    from bot.flows.turn import Turn

AT_WORK = frozenset({Status.QUEUED, Status.HANDED_OFF, Status.IN_PROGRESS, Status.WAITING})
"""Where promises run. Following up afterwards has a look of its own."""

STEPS = len(LADDER)
"""Steps after a promise is missed: its owner, then each rung above the first."""

TOP = LADDER[-1]


def running(case: Case) -> Iterable[Promise]:
    """Yield the promises of the case that are still to be kept and whose clock runs."""
    if case.status not in AT_WORK:
        return ()
    return (
        one
        for one in case.promises
        if one.state in {"open", "missed"} and one.kind != "follow_up" and not one.stands
    )


def _laddered(case: Case) -> Iterable[Promise]:
    fast = endangered(case)
    return (one for one in running(case) if not (fast and one.kind == "accept"))


def waking(desk: Desk, case: Case, at: datetime) -> datetime:
    """Return when people may hear of it: at once, or when the quiet hours are over."""
    quiet = desk.config.quiet
    if quiet is None or case.grade is Grade.SEVERE:
        return at
    return quiet.ends(at) or at


# ---- before ---------------------------------------------------------------------------------


def warning_at(desk: Desk, case: Case, promise: Promise) -> datetime:
    """Return when the owner is warned: the ladder's length before, half-way at the earliest."""
    begun = promise.stops[-1].until if promise.stops else None
    begun = begun or promise.made_at
    early = desk.config.ladder.warn.before(promise.due, desk.config.hours)
    middle = begun + (promise.due - begun) / 2
    return waking(desk, case, max(early, middle))


def _to_warn(desk: Desk, case: Case) -> list[tuple[datetime, Promise]]:
    """Return what is still to be warned of, and when; what would come too late is left out."""
    whens = [
        (warning_at(desk, case, one), one)
        for one in _laddered(case)
        if one.state == "open" and not one.warned
    ]
    return [(at, one) for at, one in whens if at < one.due]


def warning_due(desk: Desk, case: Case) -> datetime | None:
    """Return when somebody is warned next that a promise comes due."""
    return min((at for at, _ in _to_warn(desk, case)), default=None)


def warn(turn: Turn, folder: Folder) -> None:
    """Warn the owner, else those at the case's level; a word to the customer is one tap away."""
    near = [one for at, one in _to_warn(turn.desk, folder.case) if at <= turn.at]
    _replace(folder, [(one, one.but(warned=True)) for one in near])
    coming = [one for one in near if one.due > turn.at]
    if not coming:
        return
    for one in coming:
        folder.log("warned", what=one.kind, due=one.due.isoformat())
    owned = folder.case.owner is not None
    asks = owned and any(one.kind in HEARD for one in coming)
    text = tuple(_soon(folder, one, asks=owned and one.kind in HEARD) for one in coming)
    buttons = update_buttons(folder) if asks else ()
    if not tell_owner(turn, folder, text, buttons):
        _tell_level(turn, folder, text)
    folder.trigger("promise_due_soon")


def _soon(folder: Folder, promise: Promise, *, asks: bool) -> Line:
    text = "soon.update" if asks else "soon.due"
    what = Label(f"promise.{promise.kind}")
    return line(text, ref=folder.case.ref, what=what, due=When(promise.due))


def update_buttons(folder: Folder) -> Rows:
    """Return the words that an owner can send with one tap, and the way to write own ones."""
    prefix = f"s:still:{folder.case.id}:"
    return (
        *(
            (Button(line(f"still.button.{one}", ref=folder.case.ref), prefix + one),)
            for one in STILL
        ),
        (Button(line("still.write", ref=folder.case.ref), f"s:prompt:{folder.case.id}:progress"),),
    )


# ---- missed ---------------------------------------------------------------------------------


def promise_due(_desk: Desk, case: Case) -> datetime | None:
    """Return when the earliest open promise comes due: not while an answer is on its way."""
    due = min((one.due for one in running(case) if one.state == "open"), default=None)
    leaves = last_leaves(case)
    return max(due, leaves) if due and leaves else due


def promise_comes_due(turn: Turn, folder: Folder) -> None:
    """Mark what was missed; the customer gets word and a new time, a silent owner loses it."""
    missed = [one for one in running(folder.case) if one.state == "open" and one.due <= turn.at]
    _replace(folder, [(one, one.but(state="missed")) for one in missed])
    for promise in missed:
        due, case = promise.due.isoformat(), folder.case
        folder.log("missed", what=promise.kind, due=due, category=case.category, owner=case.owner)
    folder.trigger("promise_missed")
    judge(turn, folder)
    climb_rungs(turn, folder)
    kinds = {one.kind for one in missed}
    if _loses(turn, folder.case, kinds):
        _taken_back(turn, folder)
    if kinds & HEARD and turn.customer.reachable:
        _update_by_desk(turn, folder)


def _loses(turn: Turn, case: Case, kinds: set[str]) -> bool:
    """Whether the owner loses the case: silent a second time, away, or never took it up again."""
    if case.owner is None:
        return False
    if kinds & HEARD:
        return case.desk_updates > 0 or turn.desk.present(case.owner, turn.at) is None
    return "accept" in kinds


def _update_by_desk(turn: Turn, folder: Folder) -> None:
    first = folder.case.desk_updates == 0
    folder.edit(desk_updates=folder.case.desk_updates + 1)
    target = turn.desk.config.target(folder.case)
    folder.promise("update", target.first_answer if first else target.update)
    due, role = turn.promised(folder), Label(f"role.{folder.case.level.value}")
    text = "update.no_result" if first else "update.late"
    folder.tell(
        line(text, ref=folder.case.ref, due=due or "", role=role), menu=True, purpose="update"
    )


def _taken_back(turn: Turn, folder: Folder) -> None:
    """Take the case from an owner who stays silent (SPEC section 5)."""
    folder.inform(
        line("staff.taken_back", owner=folder.case.owner_name, ref=folder.case.ref), silent=False
    )
    if not run(turn, folder, "release"):  # it came back to work and they never took it up
        lose(turn, folder)
        folder.log("released")


# ---- after ----------------------------------------------------------------------------------


def _rung_at(desk: Desk, case: Case, promise: Promise) -> datetime | None:
    """Return when the next step after a missed promise is taken, None after the last."""
    if promise.rung >= STEPS:
        return None
    at = promise.due
    if promise.rung:
        at = desk.config.ladder.delay(promise.rung).after(at, desk.config.hours)
    return waking(desk, case, at)


def rung_due(desk: Desk, case: Case) -> datetime | None:
    """Return when somebody hears next of a promise that was missed."""
    whens = (_rung_at(desk, case, one) for one in _laddered(case) if one.state == "missed")
    return min((at for at in whens if at is not None), default=None)


def climb_rungs(turn: Turn, folder: Folder) -> None:
    """Take every step that has come, each promise its own; people hear of all of them at once."""
    heard: dict[int, list[Promise]] = {}  # rung -> of what those there hear
    late = [one for one in _laddered(folder.case) if one.state == "missed"]
    for promise in late:
        _replace(folder, [(promise, _climbed(turn, folder, promise, heard))])
    for rung, promises in sorted(heard.items()):
        text = tuple(_overdue(folder, one) for one in promises)
        if rung == 0:
            tell_owner(turn, folder, text, _late_buttons(folder, promises))
        else:
            _tell_rung(turn, folder, rung, text)


def _climbed(
    turn: Turn, folder: Folder, promise: Promise, heard: dict[int, list[Promise]]
) -> Promise:
    """Return the promise after the steps that have come; gather who hears of it."""
    skip = False
    while promise.rung < STEPS:
        at = _rung_at(turn.desk, folder.case, promise)
        if not skip and (at is None or at > turn.at):
            break
        step, promise = promise.rung, promise.but(rung=promise.rung + 1)
        if step == 0:
            skip = folder.case.owner is not None and not _owner_there(turn, folder.case)
            if folder.case.owner is not None and not skip:
                heard.setdefault(0, []).append(promise)
            continue
        skip = False
        if promise.kind == "accept":
            _nobody_took_it(turn, folder, LADDER[step])
        rung = _reached(turn, folder.case, step)
        if rung <= _knows(folder.case, promise):
            continue
        promise = promise.but(reached=rung)
        if rung in heard or not _top_knows(folder.case, rung):
            heard.setdefault(rung, []).append(promise)
            role = LADDER[rung].value
            folder.log("told_late", what=promise.kind, due=promise.due.isoformat(), role=role)
    return promise


def _knows(case: Case, promise: Promise) -> int:
    """Return the highest rung that has heard of it, or of an earlier one of the kind."""
    known = (p.reached for p in case.promises if p.kind == promise.kind and p.state == "missed")
    return max(promise.reached, *known)


def _top_knows(case: Case, rung: int) -> bool:
    """Whether this is the top and has heard of the case: then its daily list has it."""
    missed = (one for one in case.promises if one.state == "missed")
    return rung == STEPS - 1 and any(one.reached >= rung for one in missed)


def _reached(turn: Turn, case: Case, step: int) -> int:
    """Return the rung that hears: this one, or the next above on which somebody is there.

    Nobody below the owner hears of it; where nobody has the case, nobody below its level.
    """
    owner = turn.desk.member(case.owner) if case.owner is not None else None
    lowest = max(step, LADDER.index(owner.role if owner else case.level))
    for rung in range(lowest, STEPS - 1):
        if people_at(turn.desk, case, rung, turn.at):
            return rung
    return STEPS - 1


def people_at(desk: Desk, case: Case, rung: int, at: datetime) -> tuple[int, ...]:
    """Return who of this rung hears in private; the owner has heard already."""
    there = desk.people(LADDER[rung], exactly=True, at=at)
    return tuple(one for one in there if one != case.owner)


def _nobody_took_it(turn: Turn, folder: Folder, level: Role) -> None:
    if LADDER.index(level) <= LADDER.index(folder.case.level) or folder.case.owner is not None:
        return
    if folder.case.status is Status.QUEUED:
        held = (Held(test="nobody_took_it", values={"level": level.value}),)
        reason = Reason(rule="nobody_took_it", level=level, held=held, at=turn.at)
        run(turn, folder, "hand_off", Act(level=level, reason=reason, told_otherwise=True))
        return
    rise(turn, folder, level)


def _overdue(folder: Folder, promise: Promise) -> Line:
    case = folder.case
    what, due = Label(f"promise.{promise.kind}"), When(promise.due)
    if case.owner is None:
        return line("overdue.nobody", ref=case.ref, what=what, due=due)
    return line("overdue.owned", ref=case.ref, what=what, due=due, owner=case.owner_name)


def _late_buttons(folder: Folder, promises: Sequence[Promise]) -> Rows:
    return update_buttons(folder) if any(one.kind in HEARD for one in promises) else ()


def _tell_rung(turn: Turn, folder: Folder, rung: int, text: Text) -> None:
    people = people_at(turn.desk, folder.case, rung, turn.at)
    if not people:
        folder.inform(*text, buttons=take_button(folder), silent=False, alert=True)
        return
    folder.later(
        Page,
        text=text,
        role=LADDER[rung].value,
        people=people,
        buttons=take_button(folder),
        urgent=folder.case.grade is Grade.SEVERE,
    )


def take_button(folder: Folder) -> Rows:
    """Return the button that takes a case nobody has."""
    if folder.case.owner is not None:
        return ()
    return ((Button(line("alert.take", ref=folder.case.ref), f"s:take:{folder.case.id}:"),),)


# ---- telling --------------------------------------------------------------------------------


def _owner_there(turn: Turn, case: Case) -> bool:
    return case.owner is not None and turn.desk.present(case.owner, turn.at) is not None


def tell_owner(turn: Turn, folder: Folder, text: Text, buttons: Rows = ()) -> bool:
    """Tell the owner, in private where they can be reached, else in the case's topic."""
    case = folder.case
    owner = turn.desk.present(case.owner, turn.at) if case.owner is not None else None
    if owner is None:
        return False
    if owner.private:
        urgent = case.grade is Grade.SEVERE
        folder.later(
            Page,
            text=text,
            role=owner.role.value,
            people=(owner.id,),
            buttons=buttons,
            urgent=urgent,
        )
    else:
        folder.inform(*text, buttons=buttons, silent=False)
    return True


def _tell_level(turn: Turn, folder: Folder, text: Text) -> None:
    """Tell those at the case's level: agents in the room, those above them in private."""
    case = folder.case
    rung = LADDER.index(case.level)
    if _top_knows(case, rung):
        return
    people = people_at(turn.desk, case, rung, turn.at) if rung else ()
    if people:
        _tell_rung(turn, folder, rung, text)
    elif case.shown:
        queue = place_of_card(folder) == "queue"
        folder.inform(*text, buttons=take_button(folder), silent=False, queue=queue, alert=True)


def _replace(folder: Folder, new: Iterable[tuple[Promise, Promise]]) -> None:
    """Put changed promises in the place of what they were."""
    changed = {id(old): changed for old, changed in new}
    if changed:
        promises = tuple(changed.get(id(one), one) for one in folder.case.promises)
        folder.edit(promises=promises)
