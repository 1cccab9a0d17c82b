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
from bot.flows.rules.model import Rule
from bot.flows.rules.past import RuleSet, compare
from storage.upgrade import Forms


@dataclass(frozen=True, slots=True)
class Setting:
    """The first line: the rules in force, the edited ones, and the hours they count in."""

    today: tuple[Rule, ...]
    edited: tuple[Rule, ...]
    hours: Hours
    now: datetime


Cases = list[tuple[int, int, str]]
SETTING = TypeAdapter(Setting)
CASES = TypeAdapter(Cases)
FOUND = TypeAdapter(Comparison)


def main() -> None:
    """Answer each line of cases with what was found."""
    lines = sys.stdin.buffer
    setting = SETTING.validate_json(lines.readline())
    today = RuleSet.of(setting.today, setting.hours)
    edited = RuleSet.of(setting.edited, setting.hours, like=today)
    form = Forms().case
    for line in lines:
        cases = (form.load(written, doc) for _, written, doc in CASES.validate_json(line))
        found = compare(today, edited, cases, setting.now)
        sys.stdout.buffer.write(FOUND.dump_json(found) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
