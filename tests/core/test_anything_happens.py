"""Whatever happens, in whatever order: an answer, no exception, nothing lost, nobody else told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.moves import MOVE, play
from tests.core.small_world import SmallWorld

SHAPES = st.sampled_from(
    (
        ("cn", True, True, False),
        ("hk", True, False, True),
        ("tw", True, True, True),
        ("us", False, False, False),
        ("hk", False, False, True),
    )
)
STORY = st.lists(MOVE, min_size=1, max_size=30)
LONG_STORY = st.lists(MOVE, min_size=20, max_size=120)
QUICK = settings(
    max_examples=220,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
THOROUGH = settings(QUICK, max_examples=20_000, derandomize=False)


def world_of(shape: tuple[str, bool, bool, bool]) -> SmallWorld:
    name, team, forum, managers = shape
    return SmallWorld.of(name, team=team, forum=forum, managers=managers)


@QUICK
@given(SHAPES, STORY)
def test_every_event_in_every_state_has_an_answer_and_loses_nothing(shape, moves):
    play(world_of(shape), moves)


@settings(QUICK, max_examples=40)
@given(SHAPES, STORY)
def test_the_same_events_lead_to_the_same_cases_and_the_same_letters(shape, moves):
    first, second = world_of(shape), world_of(shape)
    play(first, moves)
    play(second, moves)
    assert first.letters == second.letters
    assert first.cases == second.cases
    assert first.entries == second.entries


@pytest.mark.soak
@THOROUGH
@given(SHAPES, LONG_STORY)
def test_long_lives_of_a_desk_hold_all_of_that_too(shape, moves):
    play(world_of(shape), moves)
