"""An admin tries rules on past cases: from the menu, or at once by `/backtest N`."""

from __future__ import annotations

import asyncio
import copy

from bot.flows.admin.draft import started
from bot.flows.people import Role, Staff
from bot.flows.session import AdminSession
from tests.town import Town
from tests.transcripts.test_admin import menu, taps

AMOUNT = "You charged me ${} too much on order 8823-1907, I want my money back"


async def a_town_with_past_cases(town: Town) -> None:
    for n, much in enumerate((50, 90, 150, 900)):
        ann = town.customer(f"Ann{n}")
        await ann.says(AMOUNT.format(much))
        await town.passes(minutes=16)  # silence files it as told


async def lowered(town: Town, limit: int, **parts: object) -> None:
    """Keep a draft for the boss in which the large amount is lower, and other parts likewise."""
    draft = started(town.desk.app.desk.config)
    doc = copy.deepcopy(draft.doc) | parts
    large = next(one for one in doc["rules"] if one["id"] == "large_amount")
    large["if"]["of"][0]["at_least"] = {"*": limit}
    session = AdminSession(id=town.boss.id, draft=draft.but(doc=doc))
    stored = {f"admin:{town.boss.id}": session.model_dump(mode="json")}
    await town.desk.app.put(town.sandbox.clock.now(), stored)


async def over(town: Town) -> None:
    await town.desk.backtests.idle()
    await town.settle()


async def test_a_lower_threshold_is_tried_on_what_was_and_each_case_says_why():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await lowered(town, 9000)
        boss = town.boss
        await boss.says("/admin")
        await taps(boss, "Rules", "Backtest", "Last 50")
        assert "0 of 50" in menu(boss)
        assert boss.buttons[0] == "Stop"
        await over(town)
        shown = menu(boss)
        assert "Of the last 4 cases, handed off: 1 → 3" in shown
        assert "“Large amount” would have fired for 3 of them." in shown
        assert "New: 2" in shown
        assert "C-3 · Large amount: " in shown
        assert "C-2 · Large amount: " in shown
        assert "missed" not in shown, "hours and targets are as they were"
        assert "Stop" not in boss.buttons, "there is nothing left to stop"
        shown = await taps(boss, "C-3")
        assert "You charged me $150 too much" in shown
        assert "With your draft Large amount hands it off" in shown
        await boss.presses("Show its card")
        assert any("C-3" in said for said in boss.heard[-2:])
        await boss.says("/admin")
        assert "1 → 3" in await taps(boss, "Backtest", "C-3", "Back")
        assert "0 of 1000" in await taps(boss, "Last 1000")
        await over(town)
        assert "1 → 3" in menu(boss)
        assert (await town.case(3)).status == "queued", "nothing was changed"


async def test_one_message_is_edited_and_what_came_of_it_stands_there_after_a_new_menu():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await lowered(town, 9000)
        await town.boss.says("/admin")
        before = len(town.boss.heard)
        await taps(town.boss, "Backtest", "Another number …")
        await town.boss.says("none")
        assert "Write a number" in menu(town.boss)
        await taps(town.boss, "Another number …")
        await town.boss.says("3")
        await over(town)
        assert len(town.boss.heard) == before + 2, "one menu, posted anew below what was typed"
        assert "Of the last 3 cases, handed off: 1 → 3" in menu(town.boss)
        await town.boss.says("/admin")
        assert "1 → 3" in await taps(town.boss, "Backtest")
        await taps(town.boss, "Back", "Rules", "Danger", "Switch off", "Backtest")
        assert "no longer what was tried here" in menu(town.boss)


async def test_the_result_is_told_on_whatever_page_one_stands_and_its_buttons_stay_good():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await lowered(town, 9000)
        await town.boss.says("/admin")
        await taps(
            town.boss, "Backtest", "Last 50", "Menu" if "Menu" in town.boss.buttons else "Back"
        )
        rev = town.desk.app.desk.sessions[town.boss.id].rev
        await over(town)
        assert "1 → 3" in menu(town.boss)
        assert town.desk.app.desk.sessions[town.boss.id].rev == rev
        assert "Large amount" in await taps(town.boss, "Rules")


async def test_without_a_draft_todays_rules_are_compared_with_themselves_and_that_is_said():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await town.boss.says("/backtest 2")
        await over(town)
        assert "Of the last 2 cases, handed off: 1 → 1" in menu(town.boss)
        assert "compared with itself" in menu(town.boss)


async def test_with_other_hours_or_targets_the_missed_ones_are_counted_as_well():
    """Taken after half an hour: in time by a target of two hours, late by one of ten minutes."""
    async with Town(config="us") as town:
        ann = town.customer("Ann")
        await ann.says(AMOUNT.format(50))
        await town.passes(minutes=46)
        await town.mei.presses("Take")
        rows = [one.model_dump(mode="json") for one in town.desk.app.desk.config.targets]
        quick = [one | {"accept": "10 min"} for one in rows]
        await lowered(town, 100_000, targets=quick)
        await town.boss.says("/backtest 10")
        await over(town)
        assert "would have been missed: 0 → 1" in menu(town.boss)


async def test_a_trial_can_be_stopped_and_one_that_a_restart_ended_goes_on_by_itself(tmp_path):
    async with Town(config="us", url=f"sqlite:///{tmp_path / 'desk.db'}") as town:
        await a_town_with_past_cases(town)
        await lowered(town, 9000)
        await town.boss.says("/backtest 100")
        await town.boss.presses("Stop")
        await over(town)
        assert "was stopped" in menu(town.boss)
        await town.boss.says("/backtest 100")
        await town.restart()
        assert "0 of 100" in menu(town.boss)
        await over(town)
        assert "1 → 3" in menu(town.boss)


async def test_of_two_trials_the_later_one_counts():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await lowered(town, 9000)
        await town.boss.says("/backtest 100")
        await town.boss.says("/backtest 2")
        await over(town)
        assert "Of the last 2 cases" in menu(town.boss)


async def test_it_goes_on_while_customers_are_served_and_nobody_but_an_admin_may():
    async with Town(config="us") as town:
        await a_town_with_past_cases(town)
        await town.boss.says("/backtest 100")
        ann = town.customer("Bea")
        await ann.says(AMOUNT.format(50))
        assert ann.heard
        await over(town)
        assert "Of the last" in menu(town.boss)
        await town.mei.says("/backtest 100")
        assert "private chat" in town.mei.heard[-1]
        lin = town.customer("Lin")
        await lin.starts()
        staff = Staff(id=lin.id, name="Lin", role=Role.SUPERVISOR, private=True)
        doc = {f"staff:{lin.id}": staff.model_dump(mode="json")}
        await town.desk.app.put(town.sandbox.clock.now(), doc)
        await lin.says("/backtest 100")
        assert "You may look, not change" in lin.heard[-1]
        assert not await town.desk.backtests.idle()


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
        assert "could not be finished" in menu(town.boss)
        await taps(town.boss, "Last 50")
        await over(town)
        assert "Of the last 4 cases" in menu(town.boss)
