"""A scripted week: every target, warning, rung, pause and absence at its minute, once."""

from __future__ import annotations

import pytest

from tests.transcripts import weeks

MEMORY = "sqlite:///:memory:"


@pytest.mark.parametrize(
    ("live", "ribbon"), [(weeks.shanghai, weeks.SHANGHAI), (weeks.new_york, weeks.NEW_YORK)]
)
async def test_a_week_goes_by_the_minute(live, ribbon):
    week = await live(MEMORY, None)
    for name in ribbon:
        assert week.told(name) == weeks.expected(ribbon, name), name
