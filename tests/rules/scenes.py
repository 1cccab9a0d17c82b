"""Cases and scenes for tests of rules: one plain case, changed where a test needs it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import yaml

from bot.flows.calendar import Hours
from bot.flows.model import Case, Earlier, Fact, Promise, Sign, Status, Word
from bot.flows.rules.judge import Firing, firings
from bot.flows.rules.model import Rule
from bot.flows.rules.scene import Scene

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
"""Wednesday, 18:00 in Shanghai."""
DAY, HOUR, MINUTE, SECOND = (
    timedelta(**{one: 1}) for one in ("days", "hours", "minutes", "seconds")
)
HOURS = Hours.model_validate(
    {"zone": "Asia/Shanghai", "week": {d: [{"start": "09:00", "until": "18:00"}] for d in range(5)}}
)
TAGGED = "[{do: tag, tag: hit}]"


def case(**changes: Any) -> Case:
    """A case in the queue, filed an hour ago."""
    at = NOW - HOUR
    plain = Case(id=9, customer=101, status=Status.QUEUED, since=at, opened_at=at, filed_at=at)
    return plain.but(**changes)


def amount(minor: int | str, currency: str | None = "CNY") -> dict[str, Fact]:
    return {"amount": Fact(value=str(minor), currency=currency, at=NOW)}


def sign(name: str, words: str = "", kind: str = "", ago: timedelta = HOUR) -> Sign:
    return Sign(name=name, words=words, kind=kind, at=NOW - ago)


def promise(kind: str, due: datetime, state: str = "open") -> Promise:
    return Promise(kind=kind, due=due, made_at=NOW - DAY, state=state)


def filed(*ago: timedelta) -> tuple[Earlier, ...]:
    return tuple(Earlier(case=n, filed_at=NOW - HOUR - one) for n, one in enumerate(ago, 1))


def told(text: str) -> tuple[Word, ...]:
    return (Word(message_id=1, text=text),)


@lru_cache
def rule(test: str, **more: str) -> Rule:
    """A rule in YAML: its condition, and what else is not as shipped."""
    doc: dict[str, Any] = {"id": "probe", "when": "[said, time]", "then": TAGGED, "if": test} | more
    return Rule.model_validate({k: yaml.safe_load(v) if k != "id" else v for k, v in doc.items()})


def fires(one: Rule, about: Case, at: datetime = NOW, **more: Any) -> Firing | None:
    """What the rule does in this scene for its own triggers."""
    scene = Scene(about, at, more.pop("hours", HOURS), more.pop("was", {}))
    found = list(firings([one], scene, more.pop("triggers", frozenset(one.when)), **more))
    return found[0] if found else None


def after(about: Case, firing: Firing, at: datetime = NOW) -> Case:
    """The case as it is after a rule fired."""
    mark, name = firing.mark, firing.rule.id
    times = about.fired.get(mark, 0) + 1
    return about.but(fired={**about.fired, mark: times}, fired_at={**about.fired_at, name: at})
