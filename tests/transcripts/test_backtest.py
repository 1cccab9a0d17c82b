"""An admin tries rules on past cases from the private chat: `/backtest N`."""

from __future__ import annotations

import asyncio
import copy

from bot.flows.admin.draft import started
from bot.flows.session import AdminSession
from tests.town import Town

AMOUNT = "You charged me ${} too much on order 8823-1907, I want my money back"


async def a_town_with_past_cases(town: Town) -> None:
    for n, much in enumerate((50, 90, 150, 900)):
        ann = town.customer(f"Ann{n}")
        await ann.says(AMOUNT.format(much))
        await town.passes(minutes=16)  # silence files it as told


async def lowered(town: Town, limit: int) -> None:
    """Keep a draft for the boss in which the large amount is lower."""
    draft = started(town.desk.app.desk.config)
    doc = copy.deepcopy(draft.doc)
    large = next(one for one in doc["rules"] if one["id"] == "large_amount")
    large["if"]["of"][0]["at_least"] = {"*": limit}
    session = AdminSession(id=town.boss.id, draft=draft.but(doc=doc))
    stored = {f"admin:{town.boss.id}": session.model_dump(mode="json")}
    await town.desk.app.put(town.sandbox.clock.now(), stored)


async def over(town: Town) -> None:
    await town.desk.backtests.idle()
    await town.settle()


async def test_a_lower_threshold_is_tried_on_what_was():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await lowered(town, 9000)
        await town.boss.says("/backtest 100")
        town.boss.sees("0 of 100")
        assert town.boss.buttons == ["Stop"]
        await over(town)
        shown = town.boss.heard[-1]
        assert "Of the last 4 cases" in shown
        assert "Today's rules would have handed off 1, the edited ones 3." in shown
        assert "New: 2" in shown
        assert "C-3 · large_amount: " in shown
        assert "C-2 · large_amount: " in shown
        assert "Stop" not in town.boss.buttons, "there is nothing left to stop"
        assert (await town.case(3)).status == "queued", "nothing was changed"


async def test_without_a_draft_todays_rules_are_compared_with_themselves_and_that_is_said():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await town.boss.says("/backtest 2")
        await over(town)
        assert "Of the last 2 cases" in town.boss.heard[-1]
        assert "handed off 1, the edited ones 1." in town.boss.heard[-1]
        assert "no edited rules" in town.boss.heard[-1]


async def test_a_test_can_be_stopped_and_one_that_a_restart_ended_says_so():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await town.boss.says("/backtest 100")
        await town.boss.presses("Stop")
        await over(town)
        assert "was stopped" in town.boss.heard[-1]
        await town.boss.says("/backtest 100")
        await town.restart()
        assert "0 of 100" in town.boss.heard[-1]
        await town.boss.presses("Stop")
        await over(town)
        assert "was stopped" in town.boss.heard[-1]


async def test_it_goes_on_while_customers_are_served_and_nobody_but_an_admin_may():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await town.boss.says("/backtest 100")
        ann = town.customer("Bea")
        await ann.says(AMOUNT.format(50))
        assert ann.heard
        await over(town)
        assert "Of the last" in town.boss.heard[-1]
        await town.mei.says("/backtest 100")
        assert "Only an admin" in town.mei.heard[-1]


async def test_a_judging_process_that_dies_is_told_and_the_desk_lives_on():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await town.boss.says("/backtest 100")
        async with asyncio.timeout(30):
            while not (found := town.desk.backtests.workers):  # noqa: ASYNC110
                await asyncio.sleep(0)
        for one in found:
            one.kill()
        await over(town)
        assert "could not be finished" in town.boss.heard[-1]
        await town.boss.says("/backtest 1")
        await over(town)
        assert "Of the last 1 cases" in town.boss.heard[-1]
