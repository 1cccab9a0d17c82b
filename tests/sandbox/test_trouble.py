"""Faults, pacing and the clock."""

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from sandbox.people import Group, Person
from sandbox.server import Sandbox


async def test_429_says_how_long(sb: Sandbox, bot: Bot, ann: Person):
    sb.faults.add("sendMessage", "429", retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ann.id, "hi")
    assert caught.value._retry_after.total_seconds() == 7
    assert ann.heard == []
    await bot.send_message(ann.id, "hi")
    assert ann.heard == ["hi"]


@pytest.mark.parametrize("kind", ["500", "502", "reset"])
async def test_trouble_before_acting(sb: Sandbox, bot: Bot, ann: Person, kind):
    sb.faults.add("*", kind)
    with pytest.raises(NetworkError):
        await bot.send_message(ann.id, "hi")
    assert ann.heard == []


@pytest.mark.parametrize("kind", ["lost", "malformed"])
async def test_trouble_after_acting(sb: Sandbox, bot: Bot, ann: Person, kind):
    sb.faults.add("sendMessage", kind)
    with pytest.raises(TelegramError):
        await bot.send_message(ann.id, "hi")
    assert ann.heard == ["hi"]


async def test_a_timeout_hangs_until_the_caller_gives_up(sb: Sandbox, bot: Bot, ann: Person):
    sb.faults.add("sendMessage", "timeout")
    with pytest.raises(TimedOut):
        await bot.send_message(ann.id, "hi", read_timeout=0.05)
    assert ann.heard == []


async def test_502_is_a_page_not_json(sb: Sandbox, http: aiohttp.ClientSession):
    sb.faults.add("getMe", "502")
    async with http.get(f"/bot{sb.token}/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"


async def test_updates_twice_and_out_of_order(sb: Sandbox, bot: Bot, ann: Person):
    ann.says("one")
    ann.says("two")
    sb.faults.add("getUpdates", "duplicate")
    assert [u.message.text for u in await bot.get_updates()] == ["one", "one", "two", "two"]
    sb.faults.add("getUpdates", "reorder")
    assert [u.message.text for u in await bot.get_updates()] == ["two", "one"]
    assert [u.message.text for u in await bot.get_updates()] == ["one", "two"]


async def test_faults_by_times_skip_and_seeded_chance(sb: Sandbox, raw):
    sb.faults.add("getMe", "500", times=2, skip=1)
    assert [(await raw("getMe"))["ok"] for _ in range(4)] == [True, False, False, True]
    sb.faults.add("getMe", "500", chance=0.5)
    outcomes = [(await raw("getMe"))["ok"] for _ in range(40)]
    assert 8 < sum(outcomes) < 32
    sb.faults.clear()
    assert (await raw("getMe"))["ok"]
    with pytest.raises(ValueError, match="no fault"):
        sb.faults.add("getMe", "earthquake")


async def test_pacing_in_a_group_is_20_a_minute(sb: Sandbox, raw, team: Group):
    sb.pacing.kept = True
    for n in range(20):
        assert (await raw("sendMessage", chat_id=team.id, text=str(n)))["ok"]
    answer = await raw("sendMessage", chat_id=team.id, text="more")
    assert answer["description"] == "Too Many Requests: retry after 3"
    assert answer["parameters"] == {"retry_after": 3}
    sb.advance(3)
    assert (await raw("sendMessage", chat_id=team.id, text="more"))["ok"]


async def test_pacing_in_a_private_chat_lets_short_bursts_pass(sb: Sandbox, raw, ann: Person):
    sb.pacing.kept = True
    outcomes = [(await raw("sendMessage", chat_id=ann.id, text=str(n)))["ok"] for n in range(6)]
    assert outcomes == [True] * 5 + [False]
    for _ in range(10):
        sb.advance(1)
        assert (await raw("sendMessage", chat_id=ann.id, text="steady"))["ok"]


async def test_pacing_over_all_chats_is_30_a_second(sb: Sandbox, raw):
    sb.pacing.kept = True
    people = [sb.person(f"P{n}") for n in range(31)]
    for one in people:
        one.starts()
    outcomes = [(await raw("sendMessage", chat_id=one.id, text="hi"))["ok"] for one in people]
    assert outcomes == [True] * 30 + [False]


async def test_message_dates_come_from_the_clock(sb: Sandbox, bot: Bot, ann: Person):
    first = await bot.send_message(ann.id, "now")
    sb.advance(3600)
    second = await bot.send_message(ann.id, "later")
    assert (second.date - first.date).total_seconds() == 3600
    with pytest.raises(ValueError, match="only moves forward"):
        sb.advance(-1)
