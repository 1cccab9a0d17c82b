# ruff: noqa: INP001 - a script beside its pictures
"""The guides' pictures, taken from the running demo: `make pictures` (needs Chromium).

The stories are played as a visitor would play them. The clock is put to a Wednesday morning, so
that promised times look alike whenever the pictures are taken.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, async_playwright, expect

from bot.demo import Demo, opened
from docs.pictures.palette import small
from tests.browser.conftest import ARGUMENTS, PATIENCE_MS
from tests.browser.phones import Desk, Phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Shanghai")
LARGEST = 150_000
"""Bytes a picture may have."""

PAGE = (1280, 800)
HIGH = (1200, 900)
HIGHER = (1200, 1040)
"""The page as a whole; high enough that one phone shows a conversation, or a card."""

STILL_MS = 1500
LIGHT = (
    ".phone.lit { animation: none }"
    ".phone[data-role=team].held { animation: none; box-shadow: 0 0 0 6px #ffc83d }"
    ".overlay { visibility: hidden }"
)
"""The light of the staff phone that gets a message, held still; no passing words over a phone."""


@asynccontextmanager
async def town() -> AsyncIterator[Demo]:
    """Open the demo and put its clock to ten o'clock on a Wednesday."""
    async with opened() as demo:
        now = datetime.now(UTC).astimezone(ZONE)
        day = now.date() + timedelta(days=(2 - now.weekday()) % 7 or 7)
        morning = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
        stop = asyncio.Event()
        loops = asyncio.create_task(demo.running.run(stop))
        await demo.sandbox.until(lambda: demo.people.boss.heard, PATIENCE_MS / 1000)
        demo.sandbox.advance((morning - now).total_seconds())
        try:
            yield demo
        finally:
            stop.set()
            await loops


@asynccontextmanager
async def page_on(browser: Browser, demo: Demo, size: tuple[int, int]) -> AsyncIterator[Desk]:
    """Open the page on the demo, connected, in a window of this size."""
    context = await browser.new_context(
        locale="en-US", viewport={"width": size[0], "height": size[1]}, color_scheme="light"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    await page.goto(f"{demo.sandbox.url}/?pace=0.05")
    await page.add_style_tag(content=LIGHT)
    await expect(page.get_by_test_id("bot-status")).not_to_have_class("pill bad")
    yield Desk(page, None, "")
    await context.close()


async def still(phone: Phone) -> None:
    """Take the mouse away, and wait until nothing moves any more."""
    await phone.page.mouse.move(1, 1)
    await phone.page.wait_for_timeout(STILL_MS)


def keep(name: str, png: bytes) -> None:
    """Write a picture, small enough for a page."""
    done = small(png)
    if len(done) > LARGEST:
        msg = f"{name}: {len(done)} bytes are too many; show less of the page"
        raise ValueError(msg)
    (HERE / f"{name}.png").write_bytes(done)


async def shoot(phone: Phone, name: str) -> None:
    """Keep the picture of one phone."""
    await still(phone)
    keep(name, await phone.node.screenshot(scale="css"))


async def arrives(desk: Desk, language: str) -> None:
    """Let a new customer take the phone, press Start, and be greeted."""
    await desk.new_customer(language)
    await expect(desk.customer.node.get_by_test_id("inline-button").first).to_be_visible()


# ---- the stories ----------------------------------------------------------------------------


async def three_phones(desk: Desk) -> None:
    """README's picture: the first chip has been played, the staff phone is lit up."""
    await desk.plays("12315")
    await still(desk.team)
    await desk.team.node.evaluate("node => node.classList.add('held')")
    keep("three-phones", await desk.page.screenshot(scale="css"))


async def listening(desk: Desk) -> None:
    """English: the first words, and listening."""
    await arrives(desk, "en")
    await desk.customer.says("your delivery is a joke")
    await desk.customer.sees("only ask for what's missing")
    await desk.customer.says("third time!! box was wet again")
    await shoot(desk.customer, "listening")


async def question(desk: Desk) -> None:
    """Taiwan: a question with buttons."""
    await arrives(desk, "zh-TW")
    await desk.customer.says("你們寄來的包裹有問題，訂單編號 5510-2284。")
    await desk.customer.clicks("說完了")
    await desk.customer.sees("配送上是哪種情況")
    await shoot(desk.customer, "question")


async def summary_and_number(desk: Desk) -> None:
    """Mainland: said back, then filed with number and promised time."""
    await arrives(desk, "zh-hans")
    await desk.customer.says(
        "上周六在你们人民路店买的电饭煲是坏的，煮饭总糊底。订单号 8823-1907，399元，想换一台。"
    )
    await desk.customer.sees("您看对不对")
    await shoot(desk.customer, "summary")
    await desk.customer.clicks("都对")
    await desk.customer.sees("最晚")
    await shoot(desk.customer, "filed")


async def queue(desk: Desk) -> None:
    """Show two cases that wait to be taken."""
    await arrives(desk, "zh-hans")
    await desk.customer.says(
        "上周六买的电饭煲是坏的，煮饭总糊底。订单号 8823-1907，399元，想换一台。"
    )
    await desk.customer.clicks("都对")
    await desk.customer.sees("最晚")
    await arrives(desk, "en")
    await desk.customer.says(
        "The kettle I bought last Monday is faulty. Order 8823-2044, £39.90. A new one, please."
    )
    await desk.customer.clicks("All correct")
    await desk.customer.sees("It's filed")
    await desk.team.opens_general()
    await shoot(desk.team, "queue")


async def staff(desk: Desk) -> None:
    """English: the card, a note, and an answer that arrived."""
    await arrives(desk, "en")
    await desk.customer.says(
        "The kettle I bought last Monday is faulty. Order 8823-2044, £39.90. "
        "Please replace it, or I go to my lawyer."
    )
    await desk.customer.sees("It has gone straight to")
    await desk.team.opens_topic("Quality")
    await desk.team.sees("lawyer")
    await shoot(desk.team, "card")
    await desk.team.clicks("Take")
    await desk.team.sees("Owner: Mei")
    await desk.team.says("Two more from this batch came back last week.")
    await desk.team.replies(
        "Please replace it", "A new kettle leaves today. You need not send the old one back."
    )
    await desk.customer.sees("A new kettle leaves today")
    await shoot(desk.team, "answer")


async def rating(desk: Desk) -> None:
    """Taiwan: done as agreed, then a rating."""
    await arrives(desk, "zh-TW")
    await desk.customer.says("上週五買的耳機左耳壞了，訂單編號 5510-2290，890 元，想換一副新的。")
    await desk.customer.clicks("都對")
    await desk.team.opens_general()
    await desk.team.clicks("Take")
    await desk.team.opens_topic("C-1")
    await desk.team.replies("上週五買的耳機", "新耳機今天寄出，舊的不用寄回。")
    await desk.customer.sees("新耳機今天寄出")
    await desk.team.clicks("Done, tell customer")
    await desk.team.clicks("nothing to add")
    await desk.customer.clicks("辦到了")
    await desk.customer.sees("1")
    await shoot(desk.customer, "rating")


STORIES = (
    (three_phones, PAGE),
    (listening, HIGH),
    (question, HIGH),
    (summary_and_number, HIGH),
    (queue, HIGH),
    (staff, HIGHER),
    (rating, HIGH),
)
"""What is played, and in a window of which size; each in a demo of its own."""


async def main() -> int:
    """Take every picture; return the exit status."""
    expect.set_options(timeout=PATIENCE_MS)  # an answer of staff waits five seconds
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        for story, size in STORIES:
            async with town() as demo, page_on(browser, demo, size) as desk:
                await story(desk)
        await browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
