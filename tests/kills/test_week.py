"""The scripted weeks with the desk killed on the way: nobody is told more, less or later."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.kills.hard_town import HardTown
from tests.transcripts import weeks

if TYPE_CHECKING:
    from pathlib import Path

WEEKS = [(weeks.shanghai, weeks.SHANGHAI), (weeks.new_york, weeks.NEW_YORK)]
DATABASES = pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)


@DATABASES
@pytest.mark.parametrize(
    ("live", "ribbon", "seed"), [(*WEEKS[0], 3), (*WEEKS[1], 8)], ids=["shanghai", "new_york"]
)
async def test_a_week_with_restarts_is_the_week_without(url, live, ribbon, seed):
    """Stopped and started between what is due and its decision, or between that and its sending."""
    week = await live(url, seed)
    assert week.kills > 9
    for name in ribbon:
        assert week.told(name) == weeks.expected(ribbon, name), name


async def besieged(url: str, folder: Path, live: Any, ribbon: dict[str, str], **how: int) -> int:
    """Live a week with a desk that is killed at random; return how often it was.

    What was sent but not recorded when the desk died is sent again: one message per chat and kill.
    Nothing else may be told twice, nothing may be missing, and every minute is the same.
    """
    week = await live(url, None, partial(HardTown, folder, **how))
    kills = sum(week.town.under.kills.values())
    for name in ribbon:
        told, expected = (Counter(one) for one in (week.told(name), weeks.expected(ribbon, name)))
        assert told.keys() == expected.keys(), name
        assert (told - expected).total() <= kills * MOST_LINES, (name, told - expected)
        assert not expected - told, name
    log = week.town.under.log.read_text("utf-8")
    assert "ERROR" not in log, log[-3000:]
    assert "Traceback" not in log, log[-3000:]
    return kills


MOST_LINES = 3
"""Lines of one message that was sent again: alerts of one minute are gathered."""


@DATABASES
async def test_a_week_of_a_killed_process_is_the_week_without(url, tmp_path):
    """SIGKILL at random: handed out, committed, sent, or anywhere between two calls."""
    assert await besieged(url, tmp_path, *WEEKS[1], kills=10, dice=5) == 10


@pytest.mark.soak
@DATABASES
@pytest.mark.parametrize("dice", range(6))
@pytest.mark.parametrize(("live", "ribbon"), WEEKS, ids=["shanghai", "new_york"])
async def test_many_weeks_of_a_killed_process_are_the_week_without(
    url, tmp_path, live, ribbon, dice
):
    assert await besieged(url, tmp_path, live, ribbon, kills=40, dice=dice) > 9
