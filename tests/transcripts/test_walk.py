"""The demo's clock: a day moved at once still brings everything at its own minute."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp

from bot.demo import opened

if TYPE_CHECKING:
    from sandbox.people import Person


def said(person: Person, mark: str) -> list[datetime]:
    """When the desk said something with this mark in a private chat."""
    there = (one for one in person.screen if one.from_bot and mark in one.text)
    return [datetime.fromtimestamp(one.date, UTC) for one in there]


async def test_a_day_moved_at_once_goes_by_the_minute():
    async with opened(staff_language="en") as demo, aiohttp.ClientSession() as session:
        stop = asyncio.Event()
        running = asyncio.create_task(demo.running.run(stop))
        try:
            ann = demo.sandbox.person("Ann", language_code="en")
            ann.says("You charged me 45 dollars twice for order 55-17")
            ann.says("/person")
            await demo.sandbox.until(lambda: any("C-1" in one for one in ann.heard), 30)
            async with session.post(
                f"{demo.sandbox.url}/control/clock", json={"advance": 86_400 * 2}
            ) as answer:
                assert answer.status == 200
        finally:
            stop.set()
            await running
        boss = said(demo.people.boss, "⏰ <b>C-1") or said(demo.people.boss, "⏰ C-1")
        async with demo.running.store.unit() as unit:
            case = (await unit.cases([1]))[1]
        accept = next(one for one in case.promises if one.kind == "accept")
        assert accept.state == "missed"
        assert boss, "the admins are the last rung"
        late = boss[0] - (accept.due + timedelta(hours=2))
        assert timedelta() <= late < timedelta(seconds=10), late
        updates = said(ann, "About C-1")
        first = next(one for one in case.promises if one.kind == "first_answer")
        assert timedelta() <= updates[0] - first.due.replace(microsecond=0) < timedelta(seconds=10)
        assert len(said(demo.people.boss, "Overdue this morning")) in {1, 2}
