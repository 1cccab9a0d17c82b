"""Conditions about time: do they hold now, and when will they change by time alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.flows.rules import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.flows.model import Case
    from bot.flows.rules.scene import Scene


@dataclass(frozen=True, slots=True)
class Clocked:
    """Whether it holds now, with what values, and when time alone changes one or the other."""

    holds: bool
    next: datetime | None = None
    values: dict[str, object] = field(default_factory=dict)


NEVER = Clocked(holds=False)
"""It does not hold, and time alone changes nothing about that."""


def _age(condition: v.Age, scene: Scene) -> Clocked:
    since = SINCE[condition.since](scene.case)
    if since is None:
        return NEVER
    ripe = condition.at_least.after(since, scene.hours)
    if ripe > scene.at:
        return Clocked(holds=False, next=ripe)
    values: dict[str, object] = {"since": condition.since, "length": str(condition.at_least)}
    return Clocked(holds=True, values=values | {"reason": since.isoformat()})


SINCE: dict[str, Callable[[Case], datetime | None]] = {
    "opened": lambda case: case.opened_at,
    "filed": lambda case: case.filed_at,
    "accepted": lambda case: case.accepted_at,
    "first_answer": lambda case: case.first_answer_at,
    "customer_word": lambda case: case.last_customer_at,
    "staff_word": lambda case: case.last_staff_at,
    "status": lambda case: case.since,
}
"""When each event of `Age` happened last."""


def _due_soon(condition: v.PromiseDueSoon, scene: Scene) -> Clocked:
    begins: list[datetime] = []
    for promise in scene.case.promises:
        if promise.kind != condition.kind or promise.state != "open" or promise.due <= scene.at:
            continue
        begin = condition.within.before(promise.due, scene.hours)
        if begin <= scene.at:
            due = promise.due.isoformat()
            values: dict[str, object] = {"kind": promise.kind, "due": due, "reason": due}
            return Clocked(holds=True, next=promise.due, values=values)
        begins.append(begin)
    return Clocked(holds=False, next=min(begins, default=None))


def _missed(condition: v.PromiseMissed, scene: Scene) -> Clocked:
    """Whether one is late; of several the newest tells, as those before it had their time."""
    at = scene.at
    ours = [p for p in scene.case.promises if p.kind == condition.kind]
    if not ours:
        return NEVER
    dues = [p.due for p in ours if p.state == "open"]
    late = [due for due in dues if due <= at]
    late += [p.due for p in ours if p.state == "missed"]
    upcoming = min((due for due in dues if due > at), default=None)
    if not late:
        return Clocked(holds=False, next=upcoming)
    due = max(late).isoformat()
    values: dict[str, object] = {"kind": condition.kind, "due": due, "reason": due}
    return Clocked(holds=True, next=upcoming, values=values)


def _working_time(_: v.WorkingTime, scene: Scene) -> Clocked:
    hours = scene.hours
    if not hours.week:
        return Clocked(holds=True)
    for start, end in hours.open_from(scene.at):
        if start <= scene.at:
            return Clocked(holds=True, next=end)
        return Clocked(holds=False, next=start)
    return NEVER


CLOCKED: dict[type, Callable[[Any, Scene], Clocked]] = {
    v.Age: _age,
    v.PromiseDueSoon: _due_soon,
    v.PromiseMissed: _missed,
    v.WorkingTime: _working_time,
}
