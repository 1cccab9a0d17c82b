"""Targets as promises: every shipped row to the minute, and each step told once whatever happens."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.flows import events as e
from bot.flows.keeping import begin
from bot.flows.ladder import warning_at
from bot.flows.lifecycle.endings import ask_settled
from bot.flows.model import Case, Grade, Sign, Status
from bot.flows.people import Customer
from bot.flows.rules.quiet import Quiet
from bot.flows.turn import Turn
from tests.core.small_world import (
    ADMIN,
    MANAGER,
    MEI,
    RAVI,
    START,
    SUPERVISOR,
    TEAM,
    SmallWorld,
)

DANGER = (Sign(name="safety", words="冒烟", kind="smoke_electric", at=START),)
SHANGHAI = timedelta(hours=8)

CASES: dict[str, dict[str, Any]] = {
    "danger": {"signs": DANGER, "grade": Grade.SEVERE},
    "on_the_spot": {"on_the_spot": True},
    "severe": {"grade": Grade.SEVERE},
    "minor": {"grade": Grade.MINOR},
    "general": {},
}
"""A case for each shipped row. It is filed on Wednesday 18 November 2026, 18:00 in Shanghai;
the desk is open 9 to 21 on weekdays, 10 to 18 on Saturday."""

DUE = {
    "danger": {
        "accept": "11-18 18:05",
        "first_answer": "11-18 18:30",
        "containment": "11-19 18:00",
        "resolution": "11-25 18:00",
    },
    "on_the_spot": {
        "accept": "11-18 18:10",
        "first_answer": "11-18 18:10",
        "resolution": "11-18 21:00",
    },
    "severe": {
        "accept": "11-18 18:30",
        "first_answer": "11-18 20:00",
        "containment": "11-19 18:00",
        "resolution": "11-25 18:00",
    },
    "minor": {
        "accept": "11-18 20:00",
        "first_answer": "11-18 21:00",
        "resolution": "11-21 18:00",
    },
    "general": {
        "accept": "11-18 20:00",
        "first_answer": "11-18 20:00",
        "resolution": "11-21 18:00",
    },
}
UPDATE = {
    "danger": "11-18 22:00",
    "on_the_spot": "11-18 19:00",
    "severe": "11-19 18:00",
    "minor": "11-20 18:00",
    "general": "11-20 18:00",
}
FOLLOW_UP = {
    "danger": ("11-20 18:00", "11-25 18:00"),
    "on_the_spot": ("11-20 18:00",),
    "severe": ("11-20 18:00", "11-25 18:00"),
    "minor": ("11-20 18:00",),
    "general": ("11-20 18:00",),
}


def shown(at: datetime) -> str:
    return f"{at + SHANGHAI:%m-%d %H:%M}"


def folder_of(name: str, at: datetime = START, **more: Any) -> tuple[Turn, Any]:
    case = Case(id=1, customer=101, since=at, opened_at=at, **(CASES[name] | more))
    desk = SmallWorld.of("cn").desk
    assert desk.config.target(case).name == name
    turn = Turn(desk, at, customer=Customer(id=101), cases={1: case})
    return turn, turn.folders[1]


def test_every_shipped_row_has_a_case_here():
    rows = [row.name for row in SmallWorld.of("cn").desk.config.targets]
    assert rows == list(CASES) == list(DUE) == list(UPDATE) == list(FOLLOW_UP)


@pytest.mark.parametrize("name", CASES)
def test_a_row_promises_to_the_minute(name):
    turn, folder = folder_of(name)
    begin(turn, folder)
    assert {p.kind: shown(p.due) for p in folder.case.promises} == DUE[name]
    row = turn.desk.config.target(folder.case)
    assert shown(folder.promise("update", row.update).due) == UPDATE[name]


@pytest.mark.parametrize("name", CASES)
def test_a_row_asks_afterwards_whether_it_was_done_as_often_as_it_says(name):
    world_turn, folder = folder_of(name, status=Status.CARRIED_OUT)
    dues = []
    while True:
        ask_settled(world_turn, folder)
        promised = folder.promised("follow_up")
        if promised is None:
            break
        dues.append(promised.due)
        desk, case = world_turn.desk, folder.case.but(entries=folder.entries)
        world_turn = Turn(desk, promised.due, customer=Customer(id=101), cases={1: case})
        folder = world_turn.folders[1]
    assert tuple(shown(due) for due in dues) == FOLLOW_UP[name]


def test_a_warning_comes_before_by_the_ladder_and_half_way_where_time_is_short():
    turn, folder = folder_of("general")
    begin(turn, folder)
    assert shown(warning_at(turn.desk, folder.case, folder.promised("accept"))) == "11-18 19:30"
    turn, folder = folder_of("on_the_spot")
    begin(turn, folder)
    assert shown(warning_at(turn.desk, folder.case, folder.promised("accept"))) == "11-18 18:05"


# ---- another row ----------------------------------------------------------------------------


def filed(world: SmallWorld, user: int = 101) -> Case:
    world.says(user, "收银多扣了我128块，单号 8823-1907")
    world.passes(timedelta(minutes=16))
    case = max(world.cases.values(), key=lambda one: one.id)
    assert case.status is Status.QUEUED, case.status
    return case


def dues(world: SmallWorld, case: int) -> dict[str, str]:
    return {p.kind: shown(p.due) for p in world.cases[case].promises if p.state == "open"}


def test_deadlines_follow_when_the_grade_changes_and_never_move_later_for_the_customer():
    world = SmallWorld.of("cn")
    case = filed(world).id  # 18:16
    world.staff_presses(MEI, TEAM, f"s:grade:{case}:severe")
    # accepted within 30 min and settled within 7 days of 18:16; what was told stays or comes sooner
    filed_at = world.cases[case].filed_at
    assert filed_at is not None
    first = shown(filed_at + timedelta(hours=2))
    assert dues(world, case) == {
        "accept": shown(filed_at + timedelta(minutes=30)),
        "first_answer": first,
        "containment": shown(world.now + timedelta(hours=24)),
        "resolution": shown(filed_at + timedelta(days=7)),
    }
    world.staff_presses(MEI, TEAM, f"s:grade:{case}:minor")
    now = dues(world, case)
    assert now["first_answer"] == first, "same working day would be later than they were told"
    assert now["accept"] == shown(filed_at + timedelta(hours=2))
    assert "containment" not in now


def test_a_target_that_has_passed_under_the_new_row_runs_from_now():
    world = SmallWorld.of("cn")
    case = filed(world).id
    world.passes(timedelta(hours=1))
    world.staff_presses(MEI, TEAM, f"s:grade:{case}:severe")
    assert dues(world, case)["accept"] == shown(world.now + timedelta(minutes=30))


def test_another_table_holds_for_open_cases_only_when_it_is_applied_to_them():
    world = SmallWorld.of("cn")
    case = filed(world).id
    config = world.desk.config
    rows = tuple(
        row.but(resolve=config.targets[0].resolve) if row.name == "general" else row
        for row in config.targets
    )
    before = dues(world, case)
    world.desk = world.desk.but(config=config.but(targets=rows))
    world.wakes_now(case)
    assert dues(world, case) == before
    world.desk = world.desk.but(config=config.but(targets=rows, targets_version=2))
    world.wakes_now(case)
    filed_at = world.cases[case].filed_at
    assert filed_at is not None
    assert dues(world, case)["resolution"] == shown(filed_at + timedelta(days=7))


# ---- each once ------------------------------------------------------------------------------

PEOPLE = st.sampled_from((MEI, RAVI, SUPERVISOR, MANAGER))
ACTS = st.sampled_from(
    (
        "take:",
        "take:",
        "release:",
        "still:checking",
        "still:department",
        "contained:",
        "pause:supplier-1",
        "pause:customer-3",
        "resume:",
        "grade:severe",
        "grade:minor",
        "grade:general",
        f"transfer:{RAVI}",
        "accept:",
        "decline:",
        "resolve:",
        "reopen:",
    )
)
LENGTHS = st.sampled_from(
    [timedelta(minutes=m) for m in (1, 7, 29, 30, 31, 119, 120, 121, 500, 1440, 3000, 9000)]
)
AWAY = st.sampled_from(("2 hours", "3 days", "until tomorrow 9:00", ""))
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("does"), PEOPLE, ACTS),
        st.tuples(st.just("does"), PEOPLE, ACTS),
        st.tuples(st.just("passes"), LENGTHS),
        st.tuples(st.just("passes"), LENGTHS),
        st.tuples(st.just("oversleeps"), LENGTHS),
        st.tuples(st.just("away"), PEOPLE, AWAY),
        st.tuples(st.just("writes")),
    ),
    min_size=4,
    max_size=24,
)


def play(world: SmallWorld, case: int, moves: list[tuple[Any, ...]]) -> None:
    for kind, *args in moves:
        match kind:
            case "does":
                who, act = args
                verb, _, arg = act.partition(":")
                world.staff_presses(who, TEAM, f"s:{verb}:{case}:{arg}")
            case "passes":
                world.passes(args[0])
            case "oversleeps":  # the desk was not running
                world.passes(args[0], waking=False)
            case "away":
                who, until = args
                world.happens(
                    e.StaffCommanded(
                        world.key(),
                        world.now,
                        world.who(who),
                        TEAM,
                        world.message_id(),
                        command="away" if until else "back",
                        argument=until,
                    )
                )
            case "writes":
                world.says(101, "有消息了吗，单号 8823-1907")


@settings(
    max_examples=70,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(MOVES, st.booleans(), st.sampled_from((timedelta(), timedelta(hours=3), timedelta(days=3))))
def test_every_step_of_every_promise_is_told_once_and_wake_ups_move_forward(moves, quiet, later):
    world = SmallWorld.of("cn")
    if quiet:
        hours = Quiet(start=time(21), until=time(9), zone="Asia/Shanghai")
        world.desk = world.desk.but(config=world.desk.config.but(quiet=hours))
    world.now += later
    case = filed(world).id
    play(world, case, moves)
    world.passes(timedelta(days=12))  # `SmallWorld.wakes` checks that each wake-up moves forward
    told = Counter(
        (entry.kind, entry.data["what"], entry.data["due"], entry.data.get("role"))
        for entry in world.entries[case]
        if entry.kind in {"warned", "missed", "told_late"}
    )
    again = {step: times for step, times in told.items() if times > 1}
    assert not again, again
    due = [p for p in world.cases[case].promises if p.state == "open" and p.due <= world.now]
    left = [p for p in due if not p.stands and world.cases[case].status in AT_WORK]
    assert not left, "a promise came due and nobody noticed"
    assert_paged_once(world)


AT_WORK = {Status.QUEUED, Status.HANDED_OFF, Status.IN_PROGRESS, Status.WAITING}


def assert_paged_once(world: SmallWorld) -> None:
    """Nobody gets the same words twice in private."""
    people = {MEI, RAVI, SUPERVISOR, MANAGER, ADMIN}
    said = Counter(
        (one.chat, one.text) for one in world.standing if one.chat in people and "⏰" in one.text
    )
    assert all(times == 1 for times in said.values()), said
