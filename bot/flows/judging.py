"""Carrying out what the rules decide for a case, to a fixed point, with the reason kept.

Rules run after every event; no rule code lives elsewhere. A rule that fired for a case and
reason does not fire again, so this ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Label, Page, RenameTopic, line
from bot.flows.lifecycle.table import Act, run
from bot.flows.model import Grade, Reason
from bot.flows.rules.judge import firings
from bot.flows.rules.model import HandOff, Notify, SetGrade

if TYPE_CHECKING:
    from bot.flows.rules.judge import Firing
    from bot.flows.turn import Folder, Turn


def judge(turn: Turn, folder: Folder) -> None:
    """Let the rules look at the case for everything that happened to it in this turn."""
    while folder.triggers:
        triggers = frozenset(folder.triggers)
        folder.triggers.clear()
        for firing in tuple(firings(turn.desk.config.rules, folder.case, triggers, turn.at)):
            _carry_out(turn, folder, firing)


def _carry_out(turn: Turn, folder: Folder, firing: Firing) -> None:
    rule = firing.rule
    times = folder.case.fired.get(firing.mark, 0) + 1
    folder.edit(fired={**folder.case.fired, firing.mark: times})
    folder.log("rule", rule=rule.id, version=turn.desk.config.version, values=firing.values)
    for action in rule.then:
        match action:
            case HandOff():
                _hand_off(turn, folder, firing, action)
            case SetGrade():
                _grade(folder, action.grade)
            case Notify():
                folder.later(
                    Page,
                    text=(
                        line(
                            "page.rule",
                            ref=folder.case.ref,
                            category=Label(f"category.{folder.case.category}"),
                        ),
                    ),
                    role=action.role.value,
                )


def _hand_off(turn: Turn, folder: Folder, firing: Firing, action: HandOff) -> None:
    reason = Reason.model_construct(
        rule=firing.rule.id,
        level=action.level,
        why=firing.rule.explanation,
        values=firing.values,
        at=turn.at,
    )
    run(turn, folder, "hand_off", Act(level=action.level, reason=reason, tell=action.tell))


def _grade(folder: Folder, grade: Grade) -> None:
    order = (Grade.MINOR, Grade.GENERAL, Grade.SEVERE)
    if order.index(grade) > order.index(folder.case.grade):
        folder.edit(grade=grade)
        folder.log("graded", grade=grade.value)
        if folder.case.relayed:
            folder.later(RenameTopic)
        folder.trigger("changed")
