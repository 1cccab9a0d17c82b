"""Rules in an admin's own hands, on the page: built, tried, backtested, applied, seen, undone."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from bot.demo import DESK, Demo, with_changes
from bot.replay import ELSEWHERE
from bot.replay.customer import Customer
from bot.replay.texts import Told, read_all
from bot.texts.catalogue import locale
from tests.browser.phones import Desk, Phone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

pytestmark = pytest.mark.browser

REAL = Path(__file__).parents[1] / "data" / "complaints_en.csv"
"""Complaints that customers of American banks really made (`tests/data/README.md`)."""
LARGE = 6
"""So many of them, the first, name five thousand dollars and more."""
STORY = "You charged me $6,000 too much for order 7777-1234 yesterday, I want my money back"
AGAIN = "Another $6,000 too much today, order 7777-1299, I want my money back"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The demo's shop, in New York."""
    return with_changes(DESK, tmp_path, **ELSEWHERE)


def named(language: str) -> Callable[..., re.Pattern[str]]:
    """Return what finds a text of the desk by its id, in a language."""
    texts = locale(language, "", "UTC")

    def pattern(text: str, **given: str) -> re.Pattern[str]:
        said = re.escape(texts.get(text))
        for name in re.findall(r"\\\{(\w+)\\\}", said):
            said = said.replace(rf"\{{{name}\}}", re.escape(given.get(name, "")) or ".*")
        return re.compile(said)

    return pattern


async def builds(admin: Phone, at: Callable[..., re.Pattern[str]], amount: re.Pattern[str]) -> None:
    """Amount at least 5,000 and a second complaint within 30 days: to a supervisor at once."""
    await admin.says("/admin")
    await admin.taps(at("section.rules"), at("rules.add"))
    await admin.taps(at("new.when"), at("trigger.filed"), at("admin.back"))
    await admin.taps(at("new.if"), at("condition.add"), at("cond_name.amount"))
    await admin.taps(at("part.at_least"), amount)
    await admin.types("5,000")
    await admin.taps(at("admin.back"), at("condition.and"), at("cond_name.same_customer"))
    await admin.taps(at("admin.back"), at("admin.back"))
    await admin.taps(at("new.then"), at("actions.add"), at("action_name.hand_off"))
    await admin.taps(at("admin.back"), at("admin.back"), at("new.name"))
    await admin.types("5k again")
    await admin.taps(at("new.finish"))
    await admin.sees("5k again", re.compile("5,000"))


async def replayed(demo: Demo, texts: Iterable[Told]) -> None:
    """Have these complaints made through the desk: the first large ones by who complained before."""
    told = list(texts)
    others, large = told[LARGE:], told[:LARGE]
    people = [demo.sandbox.person(f"Customer {n}", language_code="en") for n in range(len(others))]
    await _told(demo, list(zip(others, people, strict=True)))
    for person in people[:LARGE]:
        person.says("/new")
    await _told(demo, list(zip(large, people, strict=False)))


async def _told(demo: Demo, stories: list[tuple[Told, object]]) -> None:
    here = [Customer(told, one, Random(n), terse=False) for n, (told, one) in enumerate(stories)]
    while here:
        for customer in here:
            customer.act()
        await _pass(demo, 5)
        here = [customer for customer in here if not customer.over]
    await _pass(demo, 16 * 60)


async def _pass(demo: Demo, seconds: float) -> None:
    """Let the desk answer, then let time pass."""
    exchange = demo.sandbox.exchange
    async with asyncio.timeout(60):
        while len(exchange.world.updates):  # noqa: ASYNC110 - until all were taken
            await asyncio.sleep(0.02)
    assert exchange.walk is not None
    await exchange.walk(seconds)


async def test_a_rule_for_large_second_complaints_from_the_first_tap_to_its_undoing(
    desk: Desk, demo: Demo
):
    await replayed(demo, read_all([REAL]))
    at = named("en")
    await builds(desk.admin, at, re.compile(r"US\$|\$"))
    await desk.shot("built")

    await desk.admin.taps(at("section.try"), at("try.type"))
    await desk.admin.types(STORY)
    await desk.admin.sees("Large amount")
    await desk.shot("tried")

    await desk.admin.taps(
        at("admin.home_key"), at("section.backtest"), at("backtest.last", count="50")
    )
    result = re.compile(r"Of the last \d+ cases, handed off: (\d+) → (\d+)")
    await desk.admin.sees(result)
    await desk.shot("backtested")
    said = await desk.admin.message(result).inner_text()
    async with demo.running.store.unit() as unit:
        cases = await unit.last_case_number()
    assert f"Of the last {cases} cases" in said
    assert cases >= 30
    before, after = map(int, result.search(said).groups())
    assert before <= after, "a rule that is added takes nothing back"
    fired = re.search(r"“5k again” would have fired for (\d+) of them", said)
    assert 1 <= int(fired.group(1)) <= LARGE, said

    await desk.admin.taps(at("admin.back"), at("section.compare"), at("compare.apply"))
    await desk.admin.taps(at("apply.do"))
    await desk.admin.sees("Version 2 is in force")

    await desk.new_customer("en")
    await desk.customer.says(STORY)
    await desk.moves_clock("+30m")
    await desk.customer.sees(f"C-{cases + 1}")
    await desk.customer.says("/new")
    await desk.customer.says(AGAIN)
    await desk.moves_clock("+30m")
    await desk.team.opens_topic(f"C-{cases + 2}")
    await desk.team.sees(re.compile(r"5,000"), re.compile("30 days"))
    await desk.shot("fired")

    await desk.admin.taps(at("section.history"), re.compile("№ 1$"), at("version.back"))
    await desk.admin.taps(at("compare.apply"), at("apply.do"))
    await desk.admin.sees("Version 3 is in force")
    config = demo.running.app.desk.config
    assert [one.name for one in config.rules if one.name == "5k again"] == []
    await expect(desk.page.get_by_test_id("ribbon-mark").first).to_be_visible()
    here = demo.sandbox.clock.now().astimezone(ZoneInfo(ELSEWHERE["zone"]))
    await expect(desk.page.get_by_test_id("clock")).to_contain_text(f"{here:%H:}")
    await desk.shot("undone")


@pytest.mark.parametrize("staff_language", ["zh_Hans"])
@pytest.mark.parametrize("page_locale", ["zh-CN"])
async def test_the_same_rule_is_built_and_applied_in_chinese(desk: Desk, demo: Demo):
    at = named("zh_Hans")
    await builds(desk.admin, at, re.compile(r"US\$|\$"))
    await desk.shot("built")
    await desk.admin.taps(at("admin.home_key"), at("section.compare"), at("compare.apply"))
    await desk.admin.taps(at("apply.do"))
    await expect(desk.admin.message("2")).to_be_visible()
    assert demo.running.app.desk.config.rules[-1].name == "5k again"
    assert demo.running.app.desk.config.version == 2
