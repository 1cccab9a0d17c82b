"""The process that judges past cases: told the rules once, then given cases, a line at a time.

It is a process of its own so that customers never wait for it: on another core where there is
one, and last in line where there is none. It ends when its standard input does.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from bot.flows.calendar import Hours
from bot.flows.comparison import Comparison
from bot.flows.frozen import Frozen
from bot.flows.rules.missed import Times, missed
from bot.flows.rules.model import Rule
from bot.flows.rules.past import RuleSet, compare
from bot.flows.targets import Target
from storage.upgrade import Forms


class Tried(Frozen):
    """The parts of a configuration that are compared: those that `trial.TRIED` names."""

    rules: tuple[Rule, ...]
    hours: Hours
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """The first line: what is in force, and what was edited."""

    today: Tried
    edited: Tried
    now: datetime


Cases = list[tuple[int, int, str]]
SETTING = TypeAdapter(Setting)
CASES = TypeAdapter(Cases)
FOUND = TypeAdapter(Comparison)


def main() -> None:
    """Answer each line of cases with what was found."""
    lines = sys.stdin.buffer
    setting = SETTING.validate_json(lines.readline())
    one, other = setting.today, setting.edited
    today = RuleSet.of(one.rules, one.hours)
    edited = RuleSet.of(other.rules, other.hours, like=today)
    times = [Times(each.targets, each.hours) for each in (one, other)]
    form = Forms().case
    for line in lines:
        cases = [form.load(written, doc) for _, written, doc in CASES.validate_json(line)]
        found = compare(today, edited, cases, setting.now)
        if times[0] != times[1]:
            before, after = (missed(each, cases, setting.now) for each in times)
            found += Comparison(missed=(before, after))
        sys.stdout.buffer.write(FOUND.dump_json(found) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
