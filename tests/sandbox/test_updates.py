"""Updates: kept until confirmed, filtered, polled by one at a time."""

import asyncio

import aiohttp
import pytest
from telegram import Bot
from telegram.error import Conflict

from sandbox.people import Group, Person
from sandbox.server import Sandbox


async def test_an_update_comes_again_until_its_offset_confirms_it(
    sb: Sandbox, bot: Bot, ann: Person
):
    ann.says("one")
    ann.says("two")
    first = await bot.get_updates()
    assert [u.message.text for u in first] == ["one", "two"]
    assert await bot.get_updates() == first
    assert [u.message.text for u in await bot.get_updates(offset=first[0].update_id + 1)] == ["two"]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()
    assert sb.pending_updates == 0


async def test_limit_and_negative_offset(bot: Bot, ann: Person):
    for n in range(5):
        ann.says(str(n))
    assert [u.message.text for u in await bot.get_updates(limit=2)] == ["0", "1"]
    assert [u.message.text for u in await bot.get_updates(offset=-1)] == ["4"]
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, ann: Person):
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    ann.says("hello")
    (update,) = await asyncio.wait_for(waiting, 5)
    assert update.message.text == "hello"


async def test_a_second_poller_ends_the_first_with_409(
    sb: Sandbox, bot: Bot, another_bot: Bot, ann: Person
):
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await sb.until(lambda: sb.connected)
    async with another_bot as other:
        later = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(
            Conflict,
            match="terminated by other getUpdates request; make sure that only one bot instance",
        ):
            await waiting
        ann.says("hello")
        assert len(await later) == 1


async def test_updates_are_kept_for_a_day(sb: Sandbox, bot: Bot, ann: Person):
    ann.says("lost")
    sb.advance(24 * 3600 + 1)
    ann.says("kept")
    assert [u.message.text for u in await bot.get_updates()] == ["kept"]


async def test_some_types_must_be_asked_for(bot: Bot, team: Group, bob: Person):
    card = await bot.send_message(team.id, "card")
    dave = Person(team.world, team.world.add_user("Dave"))
    bob.at(team).reacts(card.message_id, "👍")
    team.add(dave)
    assert [u.message.new_chat_members[0].first_name for u in await bot.get_updates()] == ["Dave"]
    await bot.get_updates(offset=-1, allowed_updates=["message", "chat_member", "message_reaction"])
    bob.at(team).reacts(card.message_id)
    team.remove(dave)
    kinds = [u.to_dict().keys() - {"update_id"} for u in await bot.get_updates()]
    assert kinds == [{"message"}, {"message_reaction"}, {"message"}, {"chat_member"}]


async def test_the_allowed_types_stay_until_others_are_given(bot: Bot, ann: Person):
    await bot.get_updates(allowed_updates=["callback_query"])
    ann.says("unheard")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    ann.says("heard")
    assert len(await bot.get_updates()) == 1


async def test_a_webhook_excludes_polling(sb: Sandbox, bot: Bot, ann: Person):
    await bot.set_webhook("https://example.com/hook")
    ann.says("waits")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://example.com/hook", 1)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_an_edit_is_an_update_and_a_deletion_is_none(sb: Sandbox, bot: Bot, ann: Person):
    said = ann.says("soop")
    ann.edits(said, "soup")
    _, edited = await bot.get_updates()
    assert edited.edited_message.text == "soup"
    assert edited.edited_message.edit_date is not None
    before = sb.pending_updates
    ann.deletes(said)
    assert sb.pending_updates == before


async def test_whether_a_bot_is_connected(sb: Sandbox, http: aiohttp.ClientSession):
    assert not sb.connected
    poll = asyncio.create_task(http.get(f"/bot{sb.token}/getUpdates", params={"timeout": 30}))
    await sb.until(lambda: sb.connected)
    poll.cancel()
    await sb.until(lambda: not sb.connected)


async def test_until_fails_with_the_screens(sb: Sandbox, ann: Person):
    with pytest.raises(AssertionError, match="Ann: /start"):
        await sb.until(lambda: False, timeout=0.01)
