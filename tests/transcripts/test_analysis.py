"""Seven working days to establish what happened; they run anew when the customer tells more."""

from datetime import timedelta

import yaml

from tests.town import Town
from tests.transcripts.many import desk_with
from tests.transcripts.tellings import filed, tells

ROW = "{name: general, accept: 2 working h, first_answer: 2 working h, update: 2 working days, analyse: 7 working days, resolve: 30 days, follow_up: 2 days}"


async def promised(town):
    return [one for one in (await town.case(1)).promises if one.kind == "analysis"]


async def due(town):
    return {one.kind: one for one in (await town.case(1)).promises if one.state == "open"}[
        "analysis"
    ]


async def test_what_happened_is_to_be_established_in_time_and_new_facts_give_the_time_anew(
    tmp_path,
):
    path = desk_with(tmp_path, targets=[yaml.safe_load(ROW)])
    async with Town(config=path) as town:
        li = await filed(town)
        await tells(town.mei, "[接手]")
        first = await due(town)
        assert first.due - first.made_at > timedelta(days=7)
        await town.passes(days=2)
        await li.says("对了，我的电话是 13800138000")
        again = await due(town)
        assert again.due > first.due, "the customer told something new"
        await li.says("谢谢")
        assert await due(town) == again, "thanks are no new fact"
        await tells(town.mei, "[更多]", "[核实情况]", "[我方]", "[仍然认定]")
        assert [one.state for one in await promised(town)] == ["kept"]
        await li.says("邮箱 li@example.org")
        assert [one.state for one in await promised(town)] == ["kept"], "it was established"


async def test_missed_it_climbs_like_any_target(tmp_path):
    path = desk_with(tmp_path, targets=[yaml.safe_load(ROW)])
    async with Town(config=path) as town:
        await filed(town)
        await tells(town.mei, "[接手]")
        await town.passes(days=12)
        assert "missed" in await town.timeline(1)
        town.team_sees("查清经过")
