"""Where a bot may write, and what Telegram says where it may not."""

import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from sandbox.people import Group, Person
from sandbox.server import Sandbox


async def test_unknown_chat(bot: Bot):
    for chat_id in (42, -100123, "@nobody"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(chat_id, "hi")


async def test_an_empty_chat_id(raw):
    assert (await raw("sendMessage", text="hi"))["description"] == "Bad Request: chat_id is empty"


async def test_a_bot_cannot_write_first(sb: Sandbox, bot: Bot, team: Group):
    stranger = sb.person("Zoe")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(stranger.id, "hi")
    team.add(stranger)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "hi")
    stranger.says("hello")
    assert (await bot.send_message(stranger.id, "hi")).text == "hi"


async def test_blocked_and_unblocked(sb: Sandbox, bot: Bot, ann: Person):
    ann.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "hi")
    (update,) = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    ann.unblocks()
    await bot.send_message(ann.id, "hi")
    assert sb.pending_updates == 2


async def test_a_deleted_account(bot: Bot, ann: Person):
    ann.deletes_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ann.id, "hi")


async def test_kicked_from_a_supergroup(bot: Bot, team: Group):
    team.remove_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(team.id, "hi")


async def test_having_left_a_supergroup(bot: Bot, team: Group):
    await bot.leave_chat(team.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(team.id, "hi")


async def test_kicked_from_a_basic_group(sb: Sandbox, bot: Bot):
    group = sb.group("Old", basic=True).add_bot()
    group.remove_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "hi")


async def test_an_upgraded_group_names_its_new_id(sb: Sandbox, bot: Bot, raw):
    group = sb.group("Old", basic=True).add_bot()
    old = group.id
    sb.world.updates.clear()
    group.upgrade()
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(old, "hi")
    assert caught.value.new_chat_id == group.id
    assert group.id < -1_000_000_000_000
    answer = await raw("sendMessage", chat_id=old, text="hi")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": group.id}
    here, there = await bot.get_updates()
    assert here.message.migrate_to_chat_id == group.id
    assert there.message.migrate_from_chat_id == old


async def test_a_reply_to_nothing(bot: Bot, ann: Person):
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ann.id, "hi", reply_parameters=ReplyParameters(999))
    sent = await bot.send_message(
        ann.id, "hi", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert sent.reply_to_message is None


async def test_a_reply_with_a_quote(bot: Bot, ann: Person):
    story = ann.says("The soup was cold and the waiter rude.")
    sent = await bot.send_message(
        ann.id, "sorry", reply_parameters=ReplyParameters(story.message_id, quote="soup was cold")
    )
    assert sent.reply_to_message.message_id == story.message_id
    assert (sent.quote.text, sent.quote.position) == ("soup was cold", 4)
    with pytest.raises(BadRequest, match=r"(?i)QUOTE_TEXT_INVALID"):
        await bot.send_message(
            ann.id, "sorry", reply_parameters=ReplyParameters(story.message_id, quote="not said")
        )


async def test_a_reply_shows_no_reply_inside_it(bot: Bot, ann: Person):
    one = ann.says("one")
    two = await bot.send_message(ann.id, "two", reply_parameters=ReplyParameters(one.message_id))
    three = await bot.send_message(
        ann.id, "three", reply_parameters=ReplyParameters(two.message_id)
    )
    assert three.reply_to_message.reply_to_message is None


async def test_a_reply_in_a_group_without_topics_carries_its_thread(sb: Sandbox, bot: Bot):
    bob = sb.person("Bob")
    group = sb.group("Plain", members=[bob]).add_bot(admin=True)
    card = await bot.send_message(group.id, "card")
    reply = bob.at(group).says("mine", reply_to=card.message_id)
    assert reply.body["message_thread_id"] == card.message_id
    assert "is_topic_message" not in reply.body


@pytest.mark.parametrize("bad", [{"message_id": "x"}, {"quote": "a"}, [], "nope"])
async def test_reply_parameters_must_be_right(raw, ann: Person, bad):
    answer = await raw("sendMessage", chat_id=ann.id, text="hi", reply_parameters=bad)
    assert answer["error_code"] == 400
