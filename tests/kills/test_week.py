"""The scripted weeks with the desk killed on the way: nobody is told more, less or later."""

from __future__ import annotations

import pytest

from tests.transcripts import weeks


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("live", "ribbon", "seed"),
    [(weeks.shanghai, weeks.SHANGHAI, 3), (weeks.new_york, weeks.NEW_YORK, 8)],
)
async def test_a_week_with_kills_is_the_week_without(url, live, ribbon, seed):
    week = await live(url, seed)
    assert week.kills > 9
    for name in ribbon:
        assert week.told(name) == weeks.expected(ribbon, name), name
