"""The demo with its page in a real browser: Debian's Chromium, driven by Playwright."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.demo import Demo, opened
from tests.browser.phones import Desk

PATIENCE_MS = 20_000
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def staff_language() -> str:
    return "en"


@pytest.fixture
def page_locale() -> str:
    return "en-US"


@pytest.fixture
def config() -> Path | None:
    """Another configuration than the demo's own."""
    return None


@pytest.fixture
async def demo(staff_language: str, config: Path | None) -> AsyncIterator[Demo]:
    async with opened(staff_language=staff_language, config=config) as town:
        stop = asyncio.Event()
        loops = asyncio.create_task(town.running.run(stop))
        yield town
        stop.set()
        await loops
        assert town.sandbox.unknown_parameters == []


@pytest.fixture
async def page(tmp_path: Path, page_locale: str) -> AsyncIterator[Page]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=shutil.which("chromium"),
            args=list(ARGUMENTS),
            headless=True,
            locale=page_locale,
            viewport={"width": 1440, "height": 940},
        )
        browser.set_default_timeout(PATIENCE_MS)
        yield browser.pages[0] if browser.pages else await browser.new_page()
        await browser.close()


@pytest.fixture
async def desk(demo: Demo, page: Page, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    """The page, open and connected; nothing may go wrong in the browser meanwhile."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(f"{demo.sandbox.url}/?pace=0.05")
    shots = os.environ.get("SHOTS")
    desk = Desk(page, Path(shots) if shots else None, request.node.name)
    await expect(page.get_by_test_id("bot-status")).not_to_have_class("pill bad")
    yield desk
    await desk.shot("end")
    assert errors == []
