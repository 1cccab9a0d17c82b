"""Every control at its edge: how often, how soon again, in quiet hours, in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows.document.rules_page import examples
from bot.flows.model import Grade
from bot.flows.rules.judge import Firing, HeldBack, firings
from bot.flows.rules.quiet import Quiet
from bot.flows.rules.scene import Scene
from bot.flows.rules.timing import Timed
from tests.core.small_world import SmallWorld, config_of
from tests.rules.scenes import (
    DAY,
    HOUR,
    HOURS,
    MINUTE,
    NOW,
    SECOND,
    after,
    case,
    fires,
    promise,
    rule,
)

ANGRY = "{test: not, of: {test: owned}}"
MISSED = "{test: promise_missed, kind: update}"
QUIET = Quiet.model_validate({"start": "22:00", "until": "07:30", "zone": "Asia/Shanghai"})
TEN_PM = NOW.replace(hour=14)  # 22:00 in Shanghai
HALF_PAST_SEVEN = (NOW + DAY).replace(hour=23, minute=30) - DAY


def test_every_control_there_is_has_an_example():
    assert {*examples()["controls"]} == {
        "on", "order", "once: case", "once: episode", "once: reason", "once: every",
        "cooldown", "quiet", "stop", "owner",
    }  # fmt: skip


def test_a_rule_that_is_off_does_not_fire():
    assert fires(rule(ANGRY), case())
    assert not fires(rule(ANGRY, on="false"), case())


def test_once_for_a_case_is_once_whatever_happens_later():
    once = rule(ANGRY)
    done = after(case(), fires(once, case()))
    assert not fires(once, done.but(reopened=3), NOW + 300 * DAY)


def test_once_an_episode_fires_again_after_each_reopening():
    once = rule(ANGRY, once="episode")
    done = after(case(), fires(once, case()))
    assert not fires(once, done)
    again = fires(once, done.but(reopened=1))
    assert again
    assert not fires(once, after(done.but(reopened=1), again))


def test_once_a_reason_fires_for_the_second_promise_that_is_missed_and_not_twice_for_one():
    """A desk that only looked at the oldest missed promise would stay silent from then on."""
    once = rule(MISSED, once="reason")
    first = case(promises=(promise("update", NOW, "missed"),))
    done = after(first, fires(once, first))
    assert not fires(once, done, NOW + HOUR)
    both = done.but(promises=(*done.promises, promise("update", NOW + DAY)))
    assert not fires(once, both, NOW + DAY - SECOND)
    assert fires(once, both, NOW + DAY)


def test_every_hour_is_an_hour_later_and_never_more_often_than_the_cap():
    hourly = rule(ANGRY, once="every", every="1 h", cap="3")
    now, about = NOW, case()
    for _ in range(3):
        firing = fires(hourly, about, now)
        assert firing
        about = after(about, firing, now)
        assert not fires(hourly, about, now + HOUR - SECOND)
        now += HOUR
    assert not fires(hourly, about, now + 300 * DAY)


@pytest.mark.parametrize(
    ("length", "fine"), [("59 s", False), ("60 s", True), ("1 working days", True)]
)
def test_every_is_a_minute_at_least(length, fine):
    if fine:
        assert rule(ANGRY, once="every", every=length)
    else:
        with pytest.raises(ValueError, match="at least one minute"):
            rule(ANGRY, once="every", every=length)


def test_a_cooldown_in_working_time_ends_in_working_time():
    """Fired at closing time: two working hours later it is 11:00 the next day."""
    cool = rule(MISSED, once="reason", cooldown="2 working h")
    first = case(promises=(promise("update", NOW, "missed"),))
    done = after(first, fires(cool, first))
    both = done.but(promises=(*done.promises, promise("update", NOW + HOUR, "missed")))
    ready = (NOW + DAY).replace(hour=3)
    assert not fires(cool, both, ready - SECOND)
    assert fires(cool, both, ready)


@pytest.mark.parametrize(
    ("at", "waits"),
    [
        (TEN_PM - SECOND, False),
        (TEN_PM, True),
        (HALF_PAST_SEVEN - MINUTE, True),
        (HALF_PAST_SEVEN - SECOND, True),
        (HALF_PAST_SEVEN, False),
    ],
)
def test_quiet_hours_hold_from_their_first_minute_to_their_last(at, waits):
    found = fires(rule(ANGRY, quiet="true"), case(), at, quiet=QUIET)
    assert isinstance(found, HeldBack if waits else Firing)
    assert isinstance(fires(rule(ANGRY), case(), at, quiet=QUIET), Firing)
    severe = case(grade=Grade.SEVERE)
    assert isinstance(fires(rule(ANGRY, quiet="true"), severe, at, quiet=QUIET), Firing)


def test_a_rule_that_quiet_hours_held_back_fires_at_the_minute_they_end():
    world = SmallWorld.of("cn")
    quiet_rule = rule("{test: unanswered, at_least: 1}", when="[said]", quiet="true")
    config = config_of("cn").but(rules=(quiet_rule,), quiet=QUIET)
    world.desk = world.desk.but(config=config)
    world.now = TEN_PM
    world.says(101, "收银多扣了我128块")
    assert world.cases[1].held_back == {"probe": HALF_PAST_SEVEN}
    world.passes(HALF_PAST_SEVEN - TEN_PM - timedelta(seconds=1))
    assert "hit" not in world.cases[1].tags
    world.passes(timedelta(seconds=1))
    assert "hit" in world.cases[1].tags
    assert world.cases[1].fired_at["probe"] == HALF_PAST_SEVEN


def test_stop_keeps_later_rules_from_being_looked_at_but_only_when_it_fires():
    stop, other = rule(ANGRY, stop="true"), rule(ANGRY, id="other")
    said = frozenset({"said"})

    def names(about):
        return [one.rule.id for one in firings([stop, other], Scene(about, NOW, HOURS), said)]

    assert names(case()) == ["probe"]
    assert names(after(case(), fires(stop, case()))) == ["other"]


def test_rules_are_looked_at_in_the_order_of_the_list_whatever_their_triggers():
    ones = [
        rule(ANGRY, id=f"r{n}", when=when)
        for n, when in enumerate(("[filed]", "[said]", "[time]", "[filed, said]"))
    ]
    timed = Timed.of(ones)
    assert [one.id for one in timed.answering({"said", "filed"})] == ["r0", "r1", "r3"]
    assert [one.id for one in timed.answering({"time"})] == ["r2"]
    assert timed.answering({"rated"}) == ()
