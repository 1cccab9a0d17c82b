"""Every trigger: a rule is looked at when it happens, and not when only its neighbour does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows.document.rules_page import TRIGGERS
from bot.flows.model import Promise, Status
from tests.core.small_world import MEI, TEAM
from tests.core.test_every_corner import world_with
from tests.rules.scenes import rule

ALWAYS = "{test: not, of: {test: rating, at_most: 1}}"


def world_at(status: Status, trigger: str, step: str = "", **more):
    """A world with one case at this status, whose only rule answers to this trigger."""
    world = world_with(status, step, fired={}, **more)
    one = rule(ALWAYS, when=f"[{trigger}]")
    world.desk = world.desk.but(config=world.desk.config.but(rules=(one,)))
    return world


def says(world):
    world.says(101, "还有一件事")


def regrades(world):
    world.staff_presses(MEI, TEAM, "s:grade:1:severe")


def confirms(world):
    world.presses(101, "c:s:1:yes")


def takes(world):
    world.staff_presses(MEI, TEAM, "s:take:1:")


def writes(world):
    pair = next(iter(world.links))
    world.links[TEAM, 7] = world.links[pair].__class__(TEAM, 7, 1, "relay")
    world.staff_writes(MEI, TEAM, "在查了", reply_to=7)
    world.passes(timedelta(minutes=1))  # an answer waits a few seconds before it leaves


def notes(world):
    pair = next(iter(world.links))
    world.links[TEAM, 7] = world.links[pair].__class__(TEAM, 7, 1, "relay")
    world.staff_writes(MEI, TEAM, "// 在查了", reply_to=7)


def rates(world):
    world.presses(101, "c:m:1:4")


def disputes(world):
    world.presses(101, "c:e:1:no")


def settles(world):
    world.presses(101, "c:e:1:yes")


def waits(world):
    world.passes(timedelta(days=2))


def is_woken(world):
    world.wakes(1)


FILED, AT_WORK = Status.QUEUED, Status.IN_PROGRESS
OCCASIONS = {
    "said": (FILED, says, regrades, {}),
    "changed": (FILED, regrades, notes, {}),
    "filed": (Status.DRAFT, waits, says, {"step": "asking"}),
    "confirmed": (Status.DRAFT, confirms, waits, {"step": "summary"}),
    "accepted": (FILED, takes, notes, {}),
    "staff_said": (AT_WORK, writes, notes, {"owner": MEI}),
    "rated": (Status.FOLLOWED_UP, rates, settles, {}),
    "reopened": (Status.CARRIED_OUT, disputes, settles, {}),
    "time": (FILED, is_woken, None, {}),
}
"""Trigger → (where the case stands, what makes it happen, what does not, what else is so)."""

ELSEWHERE = {"handed_off", "promise_missed", "promise_due_soon"}
"""Tested with promises, below and in the tests of targets."""


def test_every_trigger_there_is_stands_in_these_tables():
    assert {*OCCASIONS} | ELSEWHERE == {*TRIGGERS}


@pytest.mark.parametrize("trigger", OCCASIONS)
def test_a_rule_is_looked_at_when_its_trigger_happens_and_not_before(trigger):
    status, happens, neighbour, more = OCCASIONS[trigger]
    if neighbour is not None:
        world = world_at(status, trigger, **more)
        neighbour(world)
        assert "hit" not in world.cases[1].tags, world.cases[1]
    world = world_at(status, trigger, **more)
    happens(world)
    assert "hit" in world.cases[1].tags, world.cases[1]


def test_a_hand_off_by_one_rule_is_seen_by_another_in_the_same_breath():
    world = world_at(FILED, "handed_off")
    asks = rule(
        "{test: signal, any_of: [human]}", id="asks", when="[said]", then="[{do: hand_off}]"
    )
    world.desk = world.desk.but(
        config=world.desk.config.but(rules=(*world.desk.config.rules, asks))
    )
    says(world)
    assert "hit" not in world.cases[1].tags
    world.says(101, "转人工")
    assert "hit" in world.cases[1].tags


def test_a_promise_is_missed_at_its_very_minute():
    world = world_at(FILED, "promise_missed")
    due = world.now + timedelta(hours=1)
    world.cases[1] = world.cases[1].but(
        promises=(Promise(kind="update", due=due, made_at=world.now),), wake_at=due
    )
    world.passes(timedelta(minutes=59, seconds=59))
    assert "hit" not in world.cases[1].tags
    world.passes(timedelta(seconds=1))
    assert "hit" in world.cases[1].tags
