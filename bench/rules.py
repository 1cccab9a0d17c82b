"""`python -m bench.rules`: what 200 rules cost a case, per judging and per next look.

The rules are the shipped ones over and over with thresholds, words and lengths of their own; the
case is one in work, with a long story. Medians of many rounds, in microseconds.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from bot import seed
from bot.flows.calendar import Block, Hours
from bot.flows.model import Case, Fact, Promise, Sign, Status, Word
from bot.flows.rules.judge import firings, next_firing
from bot.flows.rules.model import Rule
from bot.flows.rules.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = 200
ROUNDS = 400
NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
STORY = "我11月3号在你们店买的破壁机，昨天用第二次就冒烟了，吓得我妈赶紧拔插头。" * 12

TESTS: tuple[tuple[str, Callable[[int], dict[str, Any]]], ...] = (
    ("said changed", lambda _: {"test": "signal", "any_of": ["threat_media", "anger"]}),
    ("said changed", lambda n: {"test": "words", "any_of": [f"漏电{n}", f"billing error {n}"]}),
    ("changed filed", lambda n: {"test": "amount", "at_least": {"CNY": 200_000 + n, "*": 90_000}}),
    ("filed confirmed", lambda n: {"test": "same_customer", "at_least": 2 + n % 3, "days": 30}),
    ("filed", lambda _: {"test": "alike", "by": "product", "at_least": 5, "days": 7}),
    ("said", lambda n: {"test": "failed_questions", "at_least": 2 + n % 4}),
    ("rated", lambda n: {"test": "rating", "at_most": 1 + n % 5}),
    ("reopened", lambda n: {"test": "reopened", "at_least": 1 + n % 3}),
    ("promise_missed time", lambda _: {"test": "promise_missed", "kind": "update"}),
    ("time", lambda n: {"test": "age", "since": "filed", "at_least": f"{20 + n} working h"}),
    ("time", lambda n: {"test": "promise_due_soon", "kind": "update", "within": f"{5 + n} min"}),
    ("staff_said changed", lambda _: {"test": "language", "any_of": ["en"]}),
)
"""Triggers and condition of one kind of rule; none of them fires for the case."""


def rules(count: int = RULES) -> tuple[Rule, ...]:
    """Return so many rules of every kind."""
    made = []
    for n in range(count):
        triggers, test = TESTS[n % len(TESTS)]
        whole = {
            "test": "all",
            "of": [{"test": "not", "of": {"test": "status", "any_of": ["draft"]}}, test(n)],
        }
        doc = {
            "id": f"rule_{n}",
            "when": triggers.split(),
            "if": whole,
            "then": [{"do": "hand_off", "level": "supervisor"}],
        }
        made.append(Rule.model_validate(doc))
    return tuple(made)


def case() -> Case:
    """Return a case in work."""
    at = NOW - timedelta(hours=3)
    return Case(
        id=1042,
        customer=7,
        status=Status.IN_PROGRESS,
        since=at,
        opened_at=at,
        filed_at=at,
        category="product_quality",
        language="zh_Hans",
        words=tuple(Word(message_id=n, text=STORY[n : n + 200]) for n in range(6)),
        facts={"amount": Fact(value="129900", currency="CNY", at=at)},
        signs=(Sign(name="safety", words="冒烟", kind="smoke_electric", at=at),),
        promises=(Promise(kind="update", due=NOW + timedelta(hours=20), made_at=at),),
        owner=5,
        accepted_at=at,
        last_customer_at=at,
    )


WEEK = {day: (Block(start="09:00", until="18:00"),) for day in range(5)}  # type: ignore[arg-type]


def measured(act: Callable[[], object]) -> float:
    """Return the median of many rounds, in microseconds."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return 1e6 * median(took)


def main() -> int:
    """Print the figures."""
    config = seed.config().but(rules=rules(), hours=Hours(zone="Asia/Shanghai", week=WEEK))
    scene = Scene(case(), NOW, config.hours)
    timed = config.timed
    print(f"{len(config.rules)} rules, {len(timed.rules)} of them by time; medians of {ROUNDS}")
    for said in ({"said"}, {"changed", "filed"}, {"said", "time"}, {"time"}):
        asked = timed.answering(said)
        judge = measured(lambda asked=asked, said=said: list(firings(asked, scene, said)))  # type: ignore[misc]
        print(f"  judging {'+'.join(sorted(said)):14} {len(asked):4} rules  {judge:8.1f} µs")
    every = frozenset({name for rule in config.rules for name in rule.when})
    whole = measured(lambda: list(firings(config.rules, scene, every)))
    print(f"  judging everything      {len(config.rules):4} rules  {whole:8.1f} µs")
    looked = measured(lambda: next_firing(timed.rules, scene))
    print(f"  next_firing             {len(timed.rules):4} rules  {looked:8.1f} µs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
