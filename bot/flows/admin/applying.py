"""A configuration comes into force: as the next version, with who, when, what, and for which cases.

The one place where a configuration is replaced once the desk is at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.admin.difference import places
from bot.flows.admin.draft import document
from bot.flows.judging import holding
from bot.flows.rules.scene import Scene
from bot.flows.versions import APPLIED_KEPT, Applied, Version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.flows.desk import Config
    from bot.flows.events import Who
    from bot.flows.model import Case
    from bot.flows.rules.model import Rule
    from bot.flows.turn import Turn


def apply(turn: Turn, config: Config, who: Who, how: str, *, too: bool) -> int:
    """Put a configuration in force; return its version. `too`: open cases are judged by it now.

    Every open case is woken: deadlines follow, and each takes the change in as it was decided.
    """
    today = turn.desk.config
    version = today.version + 1
    follow = too and config.targets != today.targets
    made = config.but(version=version, targets_version=version if follow else today.targets_version)
    rules = tuple(rule.id for rule in changed_rules(today, made))
    row = Version(
        version=version,
        at=turn.at,
        by=who.id,
        by_name=who.name,
        how=how,
        changed=places(document(today), document(made)),
        doc=made.model_dump(mode="json", by_alias=True),
    )
    applied = Applied(version=version, at=turn.at, too=too, rules=rules)
    turn.settings(config=made, applied=(*turn.desk.applied, applied)[-APPLIED_KEPT:])
    turn.result.version = row
    turn.result.wake_open = True
    return version


def changed_rules(was: Config, now: Config) -> list[Rule]:
    """Return the rules that are new, say something else, or were switched on."""
    before = {rule.id: rule.but(name="") for rule in was.rules}
    return [rule for rule in now.rules if rule.on and before.get(rule.id) != rule.but(name="")]


def would_fire(
    was: Config, now: Config, cases: Iterable[Case], at: datetime
) -> list[tuple[Case, list[str]]]:
    """Return the open cases for which changed rules would fire at once, with those rules' ids."""
    rules = changed_rules(was, now)
    found = []
    for case in cases:
        fire = holding(rules, Scene(case, at, now.hours)) if rules else []
        if fire:
            found.append((case, [one.rule.id for one in fire]))
    return found
