"""Judging: which rules fire for a case now, why, and when one could fire by time alone.

A rule that fired for a case and reason does not fire for it again, and one that fires again and
again waits at least a minute: so judging to a fixed point ends.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.flows.frozen import Frozen
from bot.flows.model import Grade, Held
from bot.flows.rules.conditions import check, turning_points
from bot.flows.rules.model import Rule
from bot.flows.rules.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from bot.flows.model import Case
    from bot.flows.rules.quiet import Quiet


class Firing(Frozen):
    """A rule that fires, with what held and the mark it leaves on the case."""

    rule: Rule
    held: tuple[Held, ...]
    mark: str


class HeldBack(Frozen):
    """A rule that would fire, but not in quiet hours: to be judged again when they end."""

    rule: Rule
    until: datetime


def firings(
    rules: Sequence[Rule], scene: Scene, triggers: AbstractSet[str], quiet: Quiet | None = None
) -> Iterator[Firing | HeldBack]:
    """Yield the rules that fire in the scene, in order, and those that quiet hours hold back."""
    for rule in rules:
        one = fires(rule, scene, triggers, quiet)
        if one is not None:
            yield one
        if isinstance(one, Firing):
            if rule.stop:
                return
            scene = _having(scene, one.mark)  # rules after this one may ask whether it has fired


def _having(scene: Scene, mark: str) -> Scene:
    fired = scene.case.fired
    return replace(scene, case=scene.case.but(fired={**fired, mark: fired.get(mark, 0) + 1}))


def fires(
    rule: Rule, scene: Scene, triggers: AbstractSet[str], quiet: Quiet | None = None
) -> Firing | HeldBack | None:
    """Return why one rule fires in the scene, or until when quiet hours hold it back, or None."""
    if not rule.on or triggers.isdisjoint(rule.when) or _done(rule, scene):
        return None
    held = check(rule.test, scene)
    if held is None:
        return None
    mark = mark_of(rule, scene.case, held)
    if spent(rule, scene.case, mark):
        return None
    until = quiet.ends(scene.at) if rule.quiet and quiet and not _severe(scene) else None
    if until is not None:
        return HeldBack.made(rule=rule, until=until)
    return Firing.made(rule=rule, held=held, mark=mark)


def _severe(scene: Scene) -> bool:
    return scene.case.grade is Grade.SEVERE


def mark_of(rule: Rule, case: Case, held: Sequence[Held]) -> str:
    """Return what remembers that this rule fired for this reason."""
    if rule.once == "episode":
        return f"{rule.id}@{case.reopened}"
    if rule.once == "reason":
        reason = next((one.values["reason"] for one in held if "reason" in one.values), "")
        return f"{rule.id}@{reason}"
    return rule.id


def spent(rule: Rule, case: Case, mark: str) -> bool:
    """Whether the rule has fired for this reason as often as it may, or is not to."""
    if mark in case.spared:
        return True
    times = case.fired.get(mark, 0)
    return times >= (rule.cap if rule.once == "every" else 1)


def ready_at(rule: Rule, case: Case, scene: Scene) -> datetime | None:
    """Return when the rule may fire again after it did: its cooldown and its `every`."""
    last = case.fired_at.get(rule.id)
    if last is None:
        return None
    waits = [span.after(last, scene.hours) for span in (rule.every, rule.cooldown) if span]
    return max(waits, default=None)


def _done(rule: Rule, scene: Scene) -> bool:
    """Whether the rule will not fire whatever holds: it has fired, or it rests."""
    case = scene.case
    if rule.id not in case.fired_at:
        return False
    return (rule.once in UNREASONED and spent(rule, case, mark_of(rule, case, ()))) or _resting(
        rule, scene
    )


UNREASONED = frozenset({"case", "episode", "every"})
"""Ways of firing whose mark is known before it is known what held."""


def _resting(rule: Rule, scene: Scene) -> bool:
    ready = ready_at(rule, scene.case, scene)
    return ready is not None and ready > scene.at


def next_firing(rules: Sequence[Rule], scene: Scene) -> datetime | None:
    """Return the next instant, later than the scene's, at which time alone may fire a rule.

    Only rules with the trigger `time` are asked, and only those whose other conditions hold:
    whatever else changes on the case is an event, and has it judged anyway.
    """
    ahead = Scene(scene.case, scene.at, scene.hours, scene.was, ahead=True)
    moments: list[datetime] = []
    for rule in rules:
        if rule.on and "time" in rule.when:
            ahead.later.clear()
            moments += _moments(rule, ahead)
    return min(moments, default=None)


def _moments(rule: Rule, scene: Scene) -> list[datetime]:
    case = scene.case
    if rule.once in UNREASONED and case.fired and spent(rule, case, mark_of(rule, case, ())):
        return []
    if check(rule.test, scene) is None:
        return []
    later = scene.later
    if rule.once == "reason":
        # a reason still to come is not known yet, so its mark is not spent; and what holds now
        # may hold for another reason once the time of this one is over
        later.extend(turning_points(rule.test, scene))
    ready = ready_at(rule, scene.case, scene)
    return [one for one in (*later, ready) if one is not None and one > scene.at]
