"""Topics, members, privacy mode, anonymous administrators, upgrades."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated

from sandbox.acts import CannotDo
from sandbox.people import Group, Person
from sandbox.server import Sandbox


async def test_a_topic_is_the_message_that_created_it(bot: Bot, team: Group, bob: Person):
    topic = await bot.create_forum_topic(team.id, "#1 soup", icon_color=9367192)
    assert (topic.name, topic.icon_color) == ("#1 soup", 9367192)
    (update,) = await bot.get_updates(offset=-1)
    assert update.message.forum_topic_created.name == "#1 soup"
    assert update.message.message_id == topic.message_thread_id
    sent = await bot.send_message(team.id, "card", message_thread_id=topic.message_thread_id)
    assert sent.message_thread_id == topic.message_thread_id
    assert sent.is_topic_message
    assert sent.reply_to_message.message_id == topic.message_thread_id
    assert sent.reply_to_message.forum_topic_created.name == "#1 soup"


async def test_a_reply_in_a_topic_replies_to_its_message(bot: Bot, team: Group, bob: Person):
    topic = await bot.create_forum_topic(team.id, "#1")
    card = await bot.send_message(team.id, "card", message_thread_id=topic.message_thread_id)
    said = bob.at(team).says("on it", reply_to=card.message_id)
    (update,) = await bot.get_updates(offset=-1)
    assert update.message.message_id == said.message_id
    assert update.message.reply_to_message.message_id == card.message_id
    assert update.message.message_thread_id == topic.message_thread_id


async def test_general_has_neither_thread_nor_topic_mark(bot: Bot, team: Group, bob: Person):
    bob.at(team).says("hello all")
    (update,) = await bot.get_updates()
    assert update.message.message_thread_id is None
    assert update.message.is_topic_message is None
    assert update.message.reply_to_message is None


@pytest.mark.parametrize("thread", [1, 999])
async def test_writing_to_no_topic(bot: Bot, team: Group, thread):
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(team.id, "hi", message_thread_id=thread)


async def test_a_deleted_topic(sb: Sandbox, bot: Bot, team: Group):
    topic = await bot.create_forum_topic(team.id, "#1")
    await bot.send_message(team.id, "card", message_thread_id=topic.message_thread_id)
    await bot.get_updates(offset=-1)
    team.delete_topic(topic.message_thread_id)
    assert sb.pending_updates == 1
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(team.id, "hi", message_thread_id=topic.message_thread_id)
    sb.world.deleted_topic_text = "TOPIC_DELETED"
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_DELETED"):
        await bot.send_message(team.id, "hi", message_thread_id=topic.message_thread_id)
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_ID_INVALID"):
        await bot.edit_forum_topic(team.id, topic.message_thread_id, name="x")


async def test_a_closed_topic_is_closed_to_those_without_the_right(
    sb: Sandbox, bot: Bot, team: Group, bob: Person
):
    carol = sb.person("Dora")
    team.add(carol)
    thread = team.create_topic("by hand").thread
    team.close_topic(thread)
    await bot.send_message(team.id, "admins may", message_thread_id=thread)
    with pytest.raises(CannotDo, match="closed"):
        carol.at(team).says("hi", thread=thread)
    team.promote_bot(can_manage_topics=False)
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_CLOSED"):
        await bot.send_message(team.id, "hi", message_thread_id=thread)


async def test_closing_reopening_and_renaming_leave_service_messages(bot: Bot, team: Group):
    thread = (await bot.create_forum_topic(team.id, "#1")).message_thread_id
    await bot.close_forum_topic(team.id, thread)
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(team.id, thread)
    await bot.reopen_forum_topic(team.id, thread)
    await bot.edit_forum_topic(team.id, thread, name="#1 done")
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_NOT_MODIFIED"):
        await bot.edit_forum_topic(team.id, thread, name="#1 done")
    _, closed, reopened, edited = await bot.get_updates()
    assert closed.message.forum_topic_closed is not None
    assert reopened.message.forum_topic_reopened is not None
    assert edited.message.forum_topic_edited.name == "#1 done"
    assert edited.message.message_thread_id == thread
    assert await bot.delete_forum_topic(team.id, thread)
    assert team.topics == []


async def test_what_a_topic_needs(sb: Sandbox, bot: Bot, team: Group, raw):
    plain = sb.group("Plain").add_bot(admin=True)
    with pytest.raises(BadRequest, match="The chat is not a forum"):
        await bot.create_forum_topic(plain.id, "x")
    for name in ("", "x" * 129):
        with pytest.raises(BadRequest, match=r"(?i)TOPIC_TITLE"):
            await bot.create_forum_topic(team.id, name)
    await bot.create_forum_topic(team.id, "x" * 128)
    with pytest.raises(BadRequest, match="Invalid icon color specified"):
        await bot.create_forum_topic(team.id, "x", icon_color=1)
    team.promote_bot(can_manage_topics=False)
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await bot.create_forum_topic(team.id, "x")


async def test_threads_are_ignored_where_there_are_no_topics(bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "hi", message_thread_id=77)
    assert sent.message_thread_id is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("just talking", False),
        ("/case 5", True),
        ("/case@complaint_desk_bot 5", True),
        ("/case@other_bot 5", False),
        ("ask @complaint_desk_bot", True),
    ],
)
async def test_privacy_mode(sb: Sandbox, bot: Bot, text, seen):
    bob = sb.person("Bob")
    group = sb.group("Plain", members=[bob]).add_bot()
    sb.world.updates.clear()
    bob.at(group).says(text)
    assert len(await bot.get_updates()) == int(seen)


async def test_privacy_mode_lets_replies_to_the_bot_and_service_messages_through(
    sb: Sandbox, bot: Bot
):
    bob = sb.person("Bob")
    group = sb.group("Plain", members=[bob]).add_bot()
    card = await bot.send_message(group.id, "card")
    sb.world.updates.clear()
    mine = bob.at(group).says("mine", reply_to=card.message_id)
    bob.at(group).says("not yours", reply_to=mine)
    group.add(sb.person("Dave"))
    replied, joined = await bot.get_updates()
    assert replied.message.text == "mine"
    assert joined.message.new_chat_members[0].first_name == "Dave"


async def test_admins_and_bots_without_privacy_see_all(sb: Sandbox, bot: Bot):
    bob = sb.person("Bob")
    group = sb.group("Plain", members=[bob]).add_bot()
    sb.world.privacy = False
    sb.world.updates.clear()
    bob.at(group).says("one")
    sb.world.privacy = True
    group.promote_bot()
    bob.at(group).says("two")
    texts = [u.message.text for u in await bot.get_updates() if u.message]
    assert texts == ["one", "two"]


async def test_a_service_reply_chain_in_a_topic_is_no_reply_to_the_bot(
    sb: Sandbox, bot: Bot, team: Group, bob: Person
):
    thread = (await bot.create_forum_topic(team.id, "#1")).message_thread_id
    team.demote_bot()
    sb.world.updates.clear()
    bob.at(team).says("a note", thread=thread)
    assert await bot.get_updates() == ()


async def test_coming_going_and_being_promoted(sb: Sandbox, bot: Bot):
    bob = sb.person("Bob")
    group = sb.group("Plain", members=[bob])
    group.add_bot()
    group.promote_bot(can_pin_messages=False)
    group.remove_bot()
    joined, member, admin, left, gone = await bot.get_updates()
    assert joined.message.new_chat_members[0].id == bot.id
    assert (
        member.my_chat_member.old_chat_member.status,
        member.my_chat_member.new_chat_member.status,
    ) == (
        "left",
        "member",
    )
    assert admin.my_chat_member.new_chat_member.can_manage_topics is True
    assert admin.my_chat_member.new_chat_member.can_pin_messages is False
    assert left.message.left_chat_member.id == bot.id
    assert gone.my_chat_member.new_chat_member.status == "kicked"
    bob.at(group).says("/start")
    assert sb.pending_updates == 5


async def test_an_anonymous_admin_writes_as_the_group(bot: Bot, team: Group, bob: Person):
    team.anonymous(bob)
    bob.at(team).says("who am I?")
    (update,) = await bot.get_updates(offset=-1)
    assert update.message.from_user.id == 1087968824
    assert update.message.from_user.username == "GroupAnonymousBot"
    assert update.message.sender_chat.id == team.id


async def test_members_as_the_bot_sees_them(
    sb: Sandbox, bot: Bot, team: Group, bob: Person, ann: Person
):
    assert (await bot.get_chat_member(team.id, bob.id)).status == "creator"
    assert (await bot.get_chat_member(team.id, bot.id)).can_manage_topics is True
    assert (await bot.get_chat_member(team.id, ann.id)).status == "left"
    with pytest.raises(BadRequest, match=r"(?i)PARTICIPANT_ID_INVALID"):
        await bot.get_chat_member(team.id, 31)
    assert await bot.get_chat_member_count(team.id) == 3
    assert {admin.user.id for admin in await bot.get_chat_administrators(team.id)} == {
        bob.id,
        bot.id,
    }


async def test_a_chat_in_full(bot: Bot, team: Group, ann: Person):
    full = await bot.get_chat(team.id)
    assert full.is_forum
    assert full.title == "Team"
    assert full.permissions.can_send_messages
    assert not full.available_reactions
    team.allow_reactions("👍")
    assert [r.emoji for r in (await bot.get_chat(team.id)).available_reactions] == ["👍"]
    assert (await bot.get_chat(ann.id)).first_name == "Ann"


async def test_topics_switched_on_in_a_basic_group_upgrade_it(sb: Sandbox, bot: Bot):
    group = sb.group("Old", basic=True).add_bot(admin=True)
    old = group.id
    group.set_forum()
    with pytest.raises(ChatMigrated):
        await bot.send_message(old, "hi")
    assert (await bot.get_chat(group.id)).is_forum
    await bot.create_forum_topic(group.id, "#1")


async def test_a_supergroup_counts_its_messages_for_itself(
    sb: Sandbox, bot: Bot, team: Group, ann: Person
):
    first = await bot.send_message(team.id, "a")
    await bot.send_message(ann.id, "b")
    second = await bot.send_message(team.id, "c")
    assert second.message_id == first.message_id + 1
