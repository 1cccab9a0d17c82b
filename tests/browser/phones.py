"""The page as a person sees it: phones to type on, buttons to click, words to wait for."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

Words = str | re.Pattern[str]


class Phone:
    """One of the three phones."""

    def __init__(self, page: Page, role: str) -> None:
        self.page = page
        self.node = page.get_by_test_id(f"phone-{role}")

    def message(self, words: Words) -> Locator:
        """The latest message with these words."""
        return self.node.get_by_test_id("message").filter(has_text=words).last

    async def sees(self, *words: Words) -> None:
        for one in words:
            await expect(self.message(one)).to_be_visible()

    async def starts(self) -> None:
        await self.node.get_by_test_id("start").click()

    async def says(self, text: str) -> None:
        await self.node.get_by_test_id("input").fill(text)
        await self.node.get_by_test_id("send").click()

    async def clicks(self, label: Words) -> None:
        await self.node.get_by_test_id("inline-button").filter(has_text=label).last.click()

    async def taps(self, *labels: Words) -> None:
        """Press one key after another of a message that is edited as one moves."""
        for label in labels:
            before = await self.node.inner_text()
            await self.clicks(label)
            await self._moved_on(before)

    async def types(self, text: str) -> None:
        """Type what the menu awaits."""
        before = await self.node.get_by_test_id("message").count()
        await self.says(text)
        await expect(self.node.get_by_test_id("message")).to_have_count(before + 2)

    async def _moved_on(self, before: str) -> None:
        async with asyncio.timeout(20):
            while await self.node.inner_text() == before:  # noqa: ASYNC110 - a page tells nobody
                await asyncio.sleep(0.03)

    async def replies(self, to: Words, text: str) -> None:
        """Reply to a message by its own button, then type."""
        message = self.message(to)
        await message.hover()
        await message.get_by_test_id("quick-reply").click()
        await self.says(text)

    async def opens_general(self) -> None:
        """Go to the queue, by way of the list."""
        await self._opens(self.node.get_by_test_id("topic-general"))

    async def opens_topic(self, name: Words) -> None:
        """Go to a case's topic, by way of the list."""
        topics = self.node.locator("[data-testid^=topic-]:not([data-testid=topic-general])")
        await self._opens(topics.filter(has_text=name))

    async def _opens(self, row: Locator) -> None:
        if not await self.node.get_by_test_id("topic-general").is_visible():
            await self.node.get_by_test_id("back").click()
        await row.click()


class Desk:
    """The whole page."""

    def __init__(self, page: Page, shots: Path | None, story: str) -> None:
        self.page = page
        self.customer = Phone(page, "customer")
        self.team = Phone(page, "team")
        self.admin = Phone(page, "admin")
        self._shots = shots
        self._story = story
        self._taken = 0

    async def plays(self, chip: str) -> None:
        """Click a chip and wait until its scene is over."""
        await self.page.get_by_test_id(f"chip-{chip}").click()
        status = self.page.get_by_test_id("scene-status")
        await expect(status).to_have_attribute(
            "data-state", re.compile("done|failed"), timeout=60_000
        )
        assert await status.get_attribute("data-state") == "done", await status.text_content()

    async def new_customer(self, language: str) -> None:
        await self.page.get_by_test_id("customer-language").select_option(language)
        await self.page.get_by_test_id("new-customer").click()
        await self.customer.starts()

    async def moves_clock(self, step: str, times: int = 1) -> None:
        for _ in range(times):
            await self.page.get_by_test_id(f"clock-{step}").click()

    async def moves_clock_until(self, phone: Phone, words: Words, step: str = "+30m") -> None:
        """Move the clock, step by step, until somebody sees these words: half a day at most."""
        for _ in range(24):
            await self.moves_clock(step)
            try:
                return await expect(phone.message(words)).to_be_visible(timeout=1_500)
            except AssertionError:
                continue
        await phone.sees(words)
        return None

    async def answers(self, to: Words, text: str) -> None:
        """Have the team reply, and let the time in which an answer may be stopped pass at once."""
        await self.team.replies(to, text)
        await expect(self.team.message(text).get_by_test_id("reaction").first).to_be_visible()
        await self.moves_clock("+1m")

    async def marked(self) -> list[str]:
        """The words that are marked as the reason."""
        words: list[str] = await self.page.evaluate(
            "[...(CSS.highlights.get('marked') ?? [])].map(String)"
        )
        return words

    async def shot(self, name: str) -> None:
        """Keep a picture, if somebody wants to look."""
        if self._shots is None:
            return
        self._taken += 1
        self._shots.mkdir(parents=True, exist_ok=True)
        file = self._shots / f"{self._story}-{self._taken:02}-{name}.png"
        await self.page.screenshot(path=file)
