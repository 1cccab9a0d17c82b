"""Time is waited for, by the machine's clock or by the one a visitor of the demo moves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.standin_clock import StandinClock
from sandbox.server import Sandbox

pytestmark = pytest.mark.asyncio
NOON = datetime(2025, 1, 31, 12, 0, tzinfo=UTC)


async def test_the_systems_clock_returns_when_the_time_has_come_or_something_happens():
    clock, wake = SystemClock(), asyncio.Event()
    await clock.sleep_until(clock.now() - timedelta(hours=1), wake)
    await clock.sleep_until(clock.now() + timedelta(milliseconds=5), wake)
    waiting = asyncio.create_task(clock.sleep_until(None, wake))
    await asyncio.sleep(0)
    assert not waiting.done()
    wake.set()
    async with asyncio.timeout(2):
        await waiting


@pytest.mark.parametrize("frozen", [True, False])
async def test_the_demos_clock_follows_the_standin(frozen):
    async with Sandbox(now=NOON if frozen else None) as sb, StandinClock(sb.url) as clock:
        assert abs(clock.now() - sb.clock.now()) < timedelta(seconds=1)
        later = clock.now() + timedelta(hours=24)
        waiting = asyncio.create_task(clock.sleep_until(later, asyncio.Event()))
        sb.advance(3600)
        await asyncio.wait([waiting], timeout=0.2)
        assert not waiting.done()
        sb.advance(23 * 3600)
        async with asyncio.timeout(5):
            await waiting
        assert clock.now() >= later


async def test_a_sleeper_on_the_demos_clock_can_be_woken():
    async with Sandbox(now=NOON) as sb, StandinClock(sb.url) as clock:
        wake = asyncio.Event()
        waiting = asyncio.create_task(clock.sleep_until(None, wake))
        await asyncio.sleep(0)
        wake.set()
        async with asyncio.timeout(5):
            await waiting
