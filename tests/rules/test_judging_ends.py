"""Whatever rules admins write: judging ends, no mark twice, and no instant is missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from bot.flows.document.rules_page import CONDITIONS
from bot.flows.model import Case, Promise, Status
from bot.flows.rules.judge import firings, next_firing, ready_at
from bot.flows.rules.model import Rule
from bot.flows.rules.quiet import Quiet
from bot.flows.rules.scene import Scene
from tests.core.small_world import MEI, TEAM, SmallWorld, config_of
from tests.rules.made import LENGTHS, rule_sets, rules, written
from tests.rules.scenes import HOURS, MINUTE, NOW, after, case, promise, rule

MANY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

LIFE = ("收银多扣了我128块，单号 8823-1907", "叫你们经理来", "冒烟了！！", "我要曝光你们")
QUIET = Quiet.model_validate({"start": "19:00", "until": "21:00", "zone": "Asia/Shanghai"})


@MANY
@given(rule_sets())
def test_whatever_the_rules_judging_ends_and_no_mark_is_left_twice(ruled):
    """The small world checks after every event that the wake-up is right and history is whole."""
    world = SmallWorld.of("cn")
    world.desk = world.desk.but(config=config_of("cn").but(rules=ruled, quiet=QUIET))
    caps = {one.id: one.cap if one.once == "every" else 1 for one in ruled}
    for text in LIFE:
        world.says(101, text)
        world.passes(timedelta(minutes=25))
    world.staff_presses(MEI, TEAM, "s:take:1:")
    world.staff_presses(MEI, TEAM, "s:resolve:1:")
    world.presses(101, "c:e:1:no")
    world.passes(timedelta(days=2))
    for one in world.cases.values():
        for mark, times in one.fired.items():
            assert times <= caps[mark.partition("@")[0]], one.fired


# ---- by time alone --------------------------------------------------------------------------

TIMELY = {
    name: CONDITIONS[name]
    for name in ("age", "promise_due_soon", "promise_missed", "working_time", "not", "all", "any")
}
BY_TIME = st.recursive(
    written({k: m for k, m in TIMELY.items() if k not in {"all", "any", "not"}}, "test"),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"test": st.just("not"), "of": inner}),
        st.fixed_dictionaries(
            {
                "test": st.sampled_from(("all", "any")),
                "of": st.lists(inner, min_size=1, max_size=3),
            }
        ),
    ),
    max_leaves=4,
)
MINUTES = st.integers(-2000, 2000).map(lambda n: NOW + n * MINUTE)
PAST = st.integers(0, 2000).map(lambda n: NOW - n * MINUTE)
KINDS = ("update", "first_answer", "accept")


@st.composite
def cases(draw) -> Case:
    """A case with times of every kind, all at full minutes."""
    kinds = draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=3))
    promises = tuple(
        Promise(
            kind=kind,
            due=draw(MINUTES),
            made_at=NOW,
            state=draw(st.sampled_from(("open", "open", "missed", "kept"))),
        )
        for kind in kinds
    )
    maybe = st.one_of(st.none(), PAST)
    return case(
        opened_at=draw(PAST),
        since=draw(PAST),
        filed_at=draw(maybe),
        accepted_at=draw(maybe),
        first_answer_at=draw(maybe),
        last_customer_at=draw(maybe),
        last_staff_at=draw(maybe),
        promises=promises,
        status=Status.IN_PROGRESS,
    )


TIME = frozenset({"time"})
AHEAD = 2 * 24 * 60
"""Minutes that are gone through one by one."""


def judged(one: Rule, about: Case, at: datetime):
    return next(iter(firings([one], Scene(about, at, HOURS), TIME)), None)


def first_by_the_minute(one: Rule, about: Case) -> datetime | None:
    """The slow and obvious way: look every minute."""
    return next((at for n in range(1, AHEAD) if judged(one, about, at := NOW + n * MINUTE)), None)


def first_by_waking(one: Rule, about: Case) -> datetime | None:
    """The desk's way: look only when it says that something may fire."""
    at = NOW
    while (ahead := next_firing([one], Scene(about, at, HOURS))) is not None:
        assert ahead > at, "the next look is not later"
        at = ahead
        if at >= NOW + AHEAD * MINUTE:
            return None
        if judged(one, about, at):
            return at
    return None


SOON = "{test: promise_due_soon, kind: update, within: 30 min}"
NEARLY_DUE = case(promises=(promise("update", NOW + 10 * MINUTE),))


@MANY
@example(rule(f"{{test: not, of: {SOON}}}", when="[time]"), NEARLY_DUE)
@example(  # when the promise's time is over, what holds holds for another reason
    rule(
        f"{{test: any, of: [{SOON}, {{test: age, since: filed, at_least: 1 min}}]}}",
        when="[time]",
        once="reason",
    ),
    NEARLY_DUE,
)
@example(rule("{test: promise_missed, kind: update}", when="[time]"), NEARLY_DUE)
@given(rules(BY_TIME, ("time",)), cases())
def test_a_rule_that_time_alone_may_fire_is_looked_at_in_the_very_minute(one, about):
    for _ in range(3):  # what fires now has fired, as after every event
        firing = judged(one, about, NOW)
        if firing is None:
            break
        about = after(about, firing, NOW)
    assume(judged(one, about, NOW) is None)  # a rule that fires every time it is looked at
    expected = first_by_the_minute(one, about)
    assert first_by_waking(one, about) == expected
    if expected is not None:  # and the second time as well, after the first
        about = after(about, judged(one, about, expected), expected)
        ready = ready_at(one, about, Scene(about, expected, HOURS))
        assert ready is None or ready > expected
        assert not judged(one, about, expected)


def test_lengths_are_full_minutes_or_the_slow_way_would_see_less():
    assert not [one for one in LENGTHS if one.endswith(" s")]
