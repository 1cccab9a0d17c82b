"""Killed at any moment, on either database, the desk loses nothing and mixes nothing up."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.kills.checks import check_said, check_screens
from tests.kills.script import Visitor
from tests.kills.siege import SENT, UNCONFIRMED, Made, Siege, repeats, siege

if TYPE_CHECKING:
    from pathlib import Path

DATABASES = pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)


@dataclass
class Ended:
    """What was left when all was quiet."""

    under: Siege
    team: Any
    visitors: list[Visitor]
    state: dict[int, Any]
    timeline: dict[int, Any]
    cases: dict[int, Any]
    dead: int
    made: list[Made]


async def besieged(url: str, folder: Path, customers: int, kills: int = 0, **more: Any) -> Ended:
    """Let so many customers live through their scripts while the desk is killed so often."""
    async with siege(url, folder, kills=kills, **more) as (under, mei, team):
        sandbox = under.sandbox
        people = [sandbox.person(f"Customer {n}") for n in range(customers)]
        visitors = [Visitor(n, one, mei) for n, one in enumerate(people)]
        acting = {one.n: one.script() for one in visitors}
        order = Random(7)
        while acting:
            for n, script in list(acting.items()):
                if next(script, acting) is acting:
                    del acting[n]
                for _ in range(order.randint(0, 3)):  # let the desk work between two acts
                    await under.breath()
            await under.quiet()
            customers_now = await under.look.documents("customers")
            cases_now = await under.look.documents("cases")
            for one in visitors:
                one.doc = customers_now[one.person.id]
                one.cases = [c for c in cases_now.values() if c["customer"] == one.person.id]
        dead = await under.look.rows(
            "SELECT (SELECT count(*) FROM dead_letters) + count(*) "
            "FROM outbox WHERE state = 'failed'"
        )
        return Ended(
            under,
            team,
            visitors,
            await under.look.state(),
            await under.look.timeline(),
            await under.look.documents("cases"),
            dead[0][0],
            under.made,
        )


def check(ended: Ended, usual: Ended) -> str:
    """Check everything that may not depend on kills; return the figures."""
    check_said(ended.visitors, ended.cases, ended.timeline)
    check_screens(ended.visitors, ended.cases, ended.team)
    assert ended.dead == 0
    for one in ended.visitors:
        assert ended.state[one.person.id] == usual.state[one.person.id], one.n
    log = ended.under.log.read_text("utf-8")
    assert "ERROR" not in log, log[-3000:]
    assert "Traceback" not in log, log[-3000:]
    assert not ended.under.sandbox.unknown_parameters
    found = repeats(ended.made, usual.made)
    assert not found.in_one_life, found.in_one_life
    worst = max((len(one) for one in found.by_kill.values()), default=0)
    kills = sum(ended.under.kills.values())
    figures = (
        f"{len(ended.visitors)} customers, {len(ended.cases)} cases, {kills} kills "
        f"{dict(ended.under.kills)}, {len(ended.made)} messages, {found.total} repeated, "
        f"{worst} at most per chat and kill"
    )
    assert worst <= 1, (figures, found.by_kill)
    return figures


@pytest.fixture(scope="module")
def usual() -> dict[int, Ended]:
    """Runs without kills, by the number of customers: what every other run must equal."""
    return {}


async def without_kills(usual: dict[int, Ended], folder: Path, customers: int) -> Ended:
    if customers not in usual:
        folder.mkdir()  # noqa: ASYNC240 - nothing runs beside it yet
        ended = await besieged(f"sqlite:///{folder / 'usual.db'}", folder, customers)
        usual[customers] = ended
        assert not repeats(ended.made, ended.made).total
        check(ended, ended)
    return usual[customers]


@DATABASES
async def test_twelve_kills_lose_nothing(url: str, usual: dict, tmp_path: Path):
    """Twelve customers with three cases each, twelve kills at random moments."""
    expected = await without_kills(usual, tmp_path / "usual", 12)
    ended = await besieged(url, tmp_path, 12, kills=12, calls=280, polls=12, seed=12)
    assert sum(ended.under.kills.values()) == 12
    print(check(ended, expected))  # noqa: T201 - the figures, shown by -s


@pytest.mark.soak
@DATABASES
async def test_a_hundred_kills_lose_nothing(url: str, usual: dict, tmp_path: Path):
    """A hundred customers with three cases each, a hundred kills at random moments."""
    expected = await without_kills(usual, tmp_path / "usual", 100)
    ended = await besieged(url, tmp_path, 100, kills=100, calls=300, polls=4, seed=100)
    assert sum(ended.under.kills.values()) == 100
    assert ended.under.kills[SENT] > 9 < ended.under.kills[UNCONFIRMED]
    print(check(ended, expected))  # noqa: T201 - the figures, shown by -s
