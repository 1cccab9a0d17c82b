"""Carrying out what the rules decide for a case, to a fixed point, with the reason kept.

Rules run after every event; no rule code lives elsewhere. A rule that fired for a case and
reason does not fire again, so this ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.deeds import DEEDS
from bot.flows.likes import to_count
from bot.flows.rules.judge import HeldBack, fires, firings
from bot.flows.rules.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from bot.flows.folder import Folder
    from bot.flows.rules.judge import Firing
    from bot.flows.rules.model import Rule
    from bot.flows.turn import Turn


def judge(turn: Turn, folder: Folder) -> None:
    """Let the rules look at the case for everything that happened to it in this turn.

    In order, each at the case as the one before left it: a rule may ask whether another fired.
    """
    catch_up(turn, folder)
    while folder.triggers:
        triggers = frozenset(folder.triggers)
        folder.triggers.clear()
        _round(turn, folder, turn.desk.config.timed.answering(triggers), triggers)


def catch_up(turn: Turn, folder: Folder) -> None:
    """Judge the case by what was applied since it was last judged.

    Applied "from now on", a rule does not fire for what held at that moment; the case has not
    changed since, so it is asked now. Applied to open cases too, it is judged like anything new.
    """
    config, loaded = turn.desk.config, folder.before
    if folder.case.judged_under >= config.version:
        return
    rules = {rule.id: rule for rule in config.rules}
    spared: set[str] = set(folder.case.spared)
    too: set[str] = set()
    for one in turn.desk.applied:
        if one.version <= folder.case.judged_under:
            continue
        changed = [rules[name] for name in one.rules if name in rules]
        if one.too and loaded.open:
            too.update(one.rules)
        elif not one.too:
            scene = Scene(loaded, one.at, config.hours)
            spared |= {firing.mark for firing in holding(changed, scene)}
    folder.edit(judged_under=config.version, spared=tuple(sorted(spared)))
    if too:
        again = [rule for rule in config.rules if rule.id in too]
        _round(turn, folder, again, frozenset(name for rule in again for name in rule.when))


def holding(rules: Sequence[Rule], scene: Scene) -> list[Firing]:
    """Return which of these rules would fire for the case as it stands, whatever happened to it."""
    triggers = frozenset(name for rule in rules for name in rule.when)
    awake = (rule.but(stop=False) for rule in rules)
    return [x for x in firings(tuple(awake), scene, triggers) if not isinstance(x, HeldBack)]


def judge_held_back(turn: Turn, folder: Folder) -> None:
    """Judge again the rules that quiet hours held back and that are free now."""
    free = {rule for rule, until in folder.case.held_back.items() if until <= turn.at}
    if not free:
        return
    waiting = {k: until for k, until in folder.case.held_back.items() if k not in free}
    folder.edit(held_back=waiting)
    rules = [rule for rule in turn.desk.config.rules if rule.id in free]
    _round(turn, folder, rules, frozenset(name for rule in rules for name in rule.when))
    judge(turn, folder)


def scene_of(turn: Turn, folder: Folder) -> Scene:
    """Return what the rules look at: the case as it stands in this turn."""
    return Scene(folder.case, turn.at, turn.desk.config.hours, folder.was)


def _round(turn: Turn, folder: Folder, rules: Sequence[Rule], triggers: AbstractSet[str]) -> None:
    quiet = turn.desk.config.quiet
    if _uncounted(turn, folder):
        rules = [rule for rule in rules if rule.id not in turn.desk.config.timed.asking]
        turn.result.uncounted.setdefault(folder.case.id, set()).update(triggers)
    scene = scene_of(turn, folder)
    for rule in rules:
        if scene.case is not folder.case:  # an earlier rule left its mark
            scene = scene_of(turn, folder)
        one = fires(rule, scene, triggers, quiet)
        if isinstance(one, HeldBack):
            folder.edit(held_back={**folder.case.held_back, rule.id: one.until})
        elif one is not None:
            _carry_out(turn, folder, one)
            if rule.stop:
                return


def judge_counted(turn: Turn, folder: Folder, triggers: AbstractSet[str]) -> None:
    """Judge the rules that ask about other cases, now that these were counted."""
    asking = turn.desk.config.timed.asking
    rules = [rule for rule in turn.desk.config.rules if rule.id in asking]
    _round(turn, folder, rules, triggers)
    judge(turn, folder)


def _uncounted(turn: Turn, folder: Folder) -> bool:
    """Whether other cases are still to be counted before rules that ask about them are judged.

    A draft is like no other yet: such rules wait until it is filed.
    """
    timed = turn.desk.config.timed
    if not timed.asking:
        return False
    return folder.case.filed_at is None or to_count(folder.case, timed) != folder.case.counted


def _carry_out(turn: Turn, folder: Folder, firing: Firing) -> None:
    rule, case = firing.rule, folder.case
    folder.edit(
        fired={**case.fired, firing.mark: case.fired.get(firing.mark, 0) + 1},
        fired_at={**case.fired_at, rule.id: turn.at},
    )
    folder.log(
        "rule",
        rule=rule.id,
        version=turn.desk.config.version,
        held=[_plain(one) for one in firing.held],
    )
    for action in rule.then:
        DEEDS[type(action)](turn, folder, firing, action)


def _plain(held: Any) -> dict[str, Any]:
    return {"test": held.test, "values": held.values}
