"""Crisis mode: a manager opens and ends it, a rule may propose it; one approved statement.

While it lasts the desk itself says nothing to those affected but the statement and the next
promised time (`Folder.as_approved`); people go on writing as they see fit. Which cases are part
of it is said in `membership`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Button, Label, Rows, Say, line
from bot.flows.likes import FACTS, facets
from bot.flows.records import Crisis
from bot.flows.rules.reasons import held_line
from bot.flows.trends.shared import (
    answer,
    page,
    say,
    shared_line,
    to_managers,
    what_is_shared,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.effects import Line
    from bot.flows.events import StaffCommanded, StaffEvent, StaffPressed, StaffWrote, Tallied
    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.rules.actions import CallCrisis
    from bot.flows.rules.judge import Firing
    from bot.flows.turn import Turn

LANGUAGES = ("zh_Hans", "zh_Hant", "en")
STATEMENT_KEPT = 1000
"""Characters of a statement."""

END = frozenset({"end", "stop", "结束", "結束"})


# ---- by a rule ------------------------------------------------------------------------------


def call(turn: Turn, folder: Folder, firing: Firing, action: CallCrisis) -> None:
    """Propose crisis mode for cases like this one, or open it where the rule says so."""
    shared = what_is_shared(folder, firing, action.by)
    if shared is None:
        folder.log("crisis_not_proposed", by=action.by)
        return
    facet, value = shared
    known = [one for one in turn.desk.crises.values() if one.of(facet, value)]
    if any(one.holds_off(turn.at) for one in known):
        return
    record = _new(turn, facet, value).but(
        rule=firing.rule.id, statement=dict(action.words), state="proposed"
    )
    why = held_line(firing.held, turn.desk.general.currency)
    folder.log("crisis_proposed", crisis=record.ref)
    if action.open:
        _begin(turn, record.but(by_name=turn.desk.general.name))
        return
    turn.keep_record(record)
    to_managers(
        turn, line("crisis.proposed", ref=record.ref, why=why), *_lines(record),
        buttons=_buttons(record),
    )  # fmt: skip


def _new(turn: Turn, facet: str, value: str) -> Crisis:
    number = max(turn.desk.crises, default=0) + 1
    return Crisis(id=number, facet=facet, value=value, at=turn.at)


# ---- by a manager ---------------------------------------------------------------------------


def commanded(turn: Turn, event: StaffCommanded, staff: Staff, folder: Folder | None) -> None:
    """Show what lasts and what could be begun, or end it: `/crisis`, `/crisis end`."""
    lasting = [one for one in turn.desk.crises.values() if one.open]
    if event.argument.strip().casefold() in END:
        _end_asked(turn, event, staff, lasting)
        return
    for record in lasting:
        say(
            turn,
            event,
            line("crisis.lasts", ref=record.ref),
            *_lines(record),
            buttons=_buttons(record),
        )
    if folder is None:
        prefix = "m:cat:0:"
        names = list(turn.desk.config.playbooks)
        buttons = [
            Button(line("button.plain", label=Label(f"category.{one}")), prefix + one)
            for one in names
        ]
    else:
        shared = facets(folder.case)
        names = [one for one in ("category", *FACTS) if one in shared]
        prefix = f"m:by:{folder.case.id}:"
        buttons = [
            Button(line("button.plain", label=Label(f"alike.{one}")), prefix + one) for one in names
        ]
    rows = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
    text = (
        line("crisis.which") if folder is None else line("crisis.which_like", ref=folder.case.ref)
    )
    say(turn, event, text, buttons=rows)


def by_category(turn: Turn, event: StaffPressed, staff: Staff, arg: str) -> None:
    """Begin to prepare a crisis of one category."""
    if arg in turn.desk.config.playbooks:
        _prepare(turn, event, staff, "category", arg)
    else:
        answer(turn, event, line("press.stale"))


def by_case(turn: Turn, event: StaffPressed, staff: Staff, folder: Folder | None, arg: str) -> None:
    """Begin to prepare a crisis of what a case has in common with others."""
    value = facets(folder.case).get(arg) if folder is not None else None
    if value and arg in {"category", *FACTS}:
        _prepare(turn, event, staff, arg, value)
    else:
        answer(turn, event, line("press.stale"))


def _prepare(turn: Turn, event: StaffPressed, staff: Staff, facet: str, value: str) -> None:
    known = [one for one in turn.desk.crises.values() if one.of(facet, value)]
    lasting = next((one for one in known if one.open), None)
    if lasting is not None:
        answer(turn, event, _already(lasting))
        return
    record = next((one for one in known if one.state in {"draft", "proposed"}), None)
    if record is None:
        record = _new(turn, facet, value).but(by=staff.id, by_name=staff.name)
        turn.keep_record(record)
    answer(turn, event)
    _show(turn, event, record)


def _write(turn: Turn, event: StaffPressed, record: Crisis, _staff: Staff, arg: str) -> None:
    """Ask for the statement in one language."""
    if record.state in {"over", "declined"} or arg not in LANGUAGES:
        answer(turn, event, line("press.stale"))
        return
    answer(turn, event)
    text = line("crisis.write", ref=record.ref, language=Label(f"language.{arg}"))
    say(turn, event, text, prompt=f"crisis+{record.id}+{arg}")


def written(turn: Turn, event: StaffWrote, _staff: Staff, arg: str) -> None:
    """Take the statement in one language, and show it as customers will read it."""
    number, _, language = arg.partition("+")
    record = turn.desk.crises.get(int(number)) if number.isdecimal() else None
    words = event.text.strip()
    if record is None or record.state in {"over", "declined"} or language not in LANGUAGES:
        say(turn, event, line("crisis.over_already"))
        return
    if not words or len(words) > STATEMENT_KEPT:
        say(turn, event, line("crisis.too_long", limit=STATEMENT_KEPT))
        return
    record = record.but(statement={**record.statement, language: words})
    turn.keep_record(record)
    _show(turn, event, record)


def _open(turn: Turn, event: StaffPressed, record: Crisis, staff: Staff, _arg: str) -> None:
    if record.state not in {"draft", "proposed"}:
        answer(turn, event, _already(record))
    elif not record.statement:
        answer(turn, event)
        say(
            turn,
            event,
            line("crisis.needs_words", ref=record.ref),
            *_lines(record),
            buttons=_buttons(record),
        )
    else:
        answer(turn, event, line("crisis.opened_press", ref=record.ref))
        _begin(turn, record.but(by=staff.id, by_name=staff.name))


def _begin(turn: Turn, record: Crisis) -> None:
    """Let it hold: managers paged, the team told, every open case looked at."""
    record = record.but(state="open", opened_at=turn.at)
    turn.keep_record(record)
    turn.result.wake_open = True
    opened = line("crisis.opened", ref=record.ref, who=record.by_name)
    page(turn, opened, *_lines(record), buttons=_buttons(record))
    _tell_team(turn, record, opened, line("crisis.team", what=shared_line(record)))


def _tell_team(turn: Turn, record: Crisis, *text: Line) -> None:
    """Tell the team, unless it is about complaints of colleagues: those are the managers'."""
    team = turn.desk.team
    book = turn.desk.config.playbooks.get(record.value) if record.facet == "category" else None
    if team.chat is not None and not team.lost and not (book and book.accused):
        turn.do(Say(team.chat, text, language=turn.desk.general.staff_language))


def _drop(turn: Turn, event: StaffPressed, record: Crisis, staff: Staff, _arg: str) -> None:
    if record.state not in {"draft", "proposed"}:
        answer(turn, event, _already(record))
        return
    turn.keep_record(
        record.but(state="declined", at=turn.at, ended_by=staff.id, ended_name=staff.name)
    )
    answer(turn, event, line("crisis.dropped", ref=record.ref))


def _end_pressed(turn: Turn, event: StaffPressed, record: Crisis, staff: Staff, _arg: str) -> None:
    if not record.open:
        answer(turn, event, _already(record))
        return
    answer(turn, event)
    _end(turn, record, staff)


def _end_asked(turn: Turn, event: StaffCommanded, staff: Staff, lasting: list[Crisis]) -> None:
    if len(lasting) == 1:
        _end(turn, lasting[0], staff)
        say(turn, event, line("crisis.ending", ref=lasting[0].ref))
        return
    if not lasting:
        say(turn, event, line("crisis.none"))
    for record in lasting:
        say(
            turn,
            event,
            line("crisis.lasts", ref=record.ref),
            *_lines(record),
            buttons=_buttons(record),
        )


def _end(turn: Turn, record: Crisis, staff: Staff) -> None:
    turn.keep_record(
        record.but(state="over", ended_at=turn.at, ended_by=staff.id, ended_name=staff.name)
    )
    turn.result.tally.add(record.id)
    turn.result.wake_open = True


def tallied(turn: Turn, event: Tallied) -> None:
    """Say to managers and team that it is over, who ended it and how many cases it had."""
    record = turn.desk.crises.get(event.crisis)
    if record is None:
        return
    record = record.but(cases=event.cases)
    turn.keep_record(record)
    text = line("crisis.ended", ref=record.ref, who=record.ended_name, count=event.cases)
    to_managers(turn, text)
    _tell_team(turn, record, text)


# ---- showing --------------------------------------------------------------------------------


def _already(record: Crisis) -> Line:
    text = "crisis.already" if record.open else "crisis.over_already"
    return line(text, ref=record.ref, who=record.by_name)


def _show(turn: Turn, event: StaffEvent, record: Crisis) -> None:
    say(turn, event, *_lines(record), buttons=_buttons(record))


def _lines(record: Crisis) -> tuple[Line, ...]:
    lines = [line("crisis.title", ref=record.ref, what=shared_line(record))]
    for one in LANGUAGES:
        language = Label(f"language.{one}")
        words = record.statement.get(one)
        if words:
            lines.append(line("crisis.words", language=language, words=words))
        else:
            lines.append(line("crisis.no_words", language=language))
    return tuple(lines)


def _buttons(record: Crisis) -> Rows:
    prefix = f"m:%s:{record.id}:"
    write = tuple(
        Button(
            line("crisis.write_in", language=Label(f"language.{one}")), f"{prefix % 'write'}{one}"
        )
        for one in LANGUAGES
    )
    if record.open:
        return (write, (Button(line("crisis.end"), prefix % "end"),))
    last = (
        Button(line("crisis.open"), prefix % "open"),
        Button(line("crisis.drop"), prefix % "drop"),
    )
    return (write, last)


PRESSES: dict[str, Callable[[Turn, StaffPressed, Crisis, Staff, str], None]] = {
    "write": _write,
    "open": _open,
    "drop": _drop,
    "end": _end_pressed,
}
