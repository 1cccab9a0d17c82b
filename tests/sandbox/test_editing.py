"""Editing, deleting, copying, forwarding."""

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from sandbox.people import Group, Person
from sandbox.server import Sandbox

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


async def test_an_edit_shows_at_once_and_drops_the_old_buttons(sb: Sandbox, bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "one", reply_markup=BUTTON)
    sb.advance(60)
    edited = await bot.edit_message_text("two", ann.id, sent.message_id)
    assert edited.edit_date is not None
    assert ann.heard == ["two"]
    assert ann.last.labels == []
    assert sb.pending_updates == 0


async def test_an_edit_that_changes_nothing(raw, bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "<b>one</b>", parse_mode="HTML", reply_markup=BUTTON)
    answer = await raw(
        "editMessageText",
        chat_id=ann.id,
        message_id=sent.message_id,
        text="*one*",
        parse_mode="MarkdownV2",
        reply_markup=BUTTON.to_dict(),
    )
    assert answer["description"] == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    await bot.edit_message_reply_markup(ann.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(ann.id, sent.message_id)
    await bot.edit_message_text("one", ann.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("one", ann.id, sent.message_id)


async def test_what_cannot_be_edited(bot: Bot, ann: Person, raw):
    theirs = ann.says("mine")
    text = await bot.send_message(ann.id, "one")
    photo = await bot.send_photo(ann.id, b"picture", caption="c")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", ann.id, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", ann.id, theirs.message_id)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", ann.id, photo.message_id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(ann.id, text.message_id, caption="x")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.edit_message_text(
            "x", ann.id, text.message_id, reply_markup=ReplyKeyboardMarkup([["a"]])
        )
    assert (await raw("editMessageText", text="x"))[
        "description"
    ] == "Bad Request: message identifier is not specified"


async def test_captions_and_media_change(bot: Bot, ann: Person):
    sent = await bot.send_photo(ann.id, b"picture", caption="one")
    edited = await bot.edit_message_caption(ann.id, sent.message_id, caption="two")
    assert edited.caption == "two"
    changed = await bot.edit_message_media(
        InputMediaVideo(b"film", caption="three"), ann.id, sent.message_id
    )
    assert changed.video is not None
    assert not changed.photo
    assert changed.caption == "three"


async def test_people_delete_and_the_bot_cannot_find_it_any_more(bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "one")
    ann.deletes(sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("two", ann.id, sent.message_id)


async def test_the_bot_deletes_within_48_hours(sb: Sandbox, bot: Bot, ann: Person):
    first, second = [await bot.send_message(ann.id, str(n)) for n in range(2)]
    assert await bot.delete_message(ann.id, first.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ann.id, first.message_id)
    sb.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(ann.id, second.message_id)


async def test_an_admin_bot_deletes_others_messages_at_any_age(
    sb: Sandbox, bot: Bot, team: Group, bob: Person
):
    old = bob.at(team).says("old")
    sb.advance(72 * 3600)
    assert await bot.delete_message(team.id, old.message_id)
    team.promote_bot(can_delete_messages=False)
    fresh = bob.at(team).says("fresh")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(team.id, fresh.message_id)


async def test_many_are_deleted_at_once(bot: Bot, ann: Person):
    ids = [(await bot.send_message(ann.id, str(n))).message_id for n in range(3)]
    assert await bot.delete_messages(ann.id, [*ids, 999])
    assert ann.heard == []


async def test_a_copy_has_no_origin_and_a_forward_has(bot: Bot, ann: Person, team: Group):
    story = ann.sends_photo("the soup")
    copied = await bot.copy_message(team.id, ann.id, story.message_id)
    forwarded = await bot.forward_message(team.id, ann.id, story.message_id)
    copy = team.chat.messages[copied.message_id].body
    assert copy["caption"] == "the soup"
    assert copy["photo"] == story.body["photo"]
    assert "forward_origin" not in copy
    assert forwarded.forward_origin.sender_user.id == ann.id


async def test_a_copy_may_carry_another_caption_and_buttons(bot: Bot, ann: Person, team: Group):
    story = ann.sends_photo("the soup")
    copied = await bot.copy_message(
        team.id,
        ann.id,
        story.message_id,
        caption="<b>#1</b>",
        parse_mode="HTML",
        reply_markup=BUTTON,
    )
    shown = team.chat.messages[copied.message_id]
    assert shown.text == "#1"
    assert shown.labels == ["Go"]


async def test_copied_albums_stay_albums(bot: Bot, ann: Person, team: Group):
    album = ann.sends_album(3, "look")
    copies = await bot.copy_messages(team.id, ann.id, [one.message_id for one in album])
    groups = {team.chat.messages[one.message_id].body["media_group_id"] for one in copies}
    assert len(copies) == 3
    assert len(groups) == 1
    assert groups != {album[0].body["media_group_id"]}


async def test_what_cannot_be_copied(bot: Bot, ann: Person, team: Group):
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(team.id, ann.id, 999)
    with pytest.raises(BadRequest, match="Message to forward not found"):
        await bot.forward_message(team.id, ann.id, 999)
    with pytest.raises(BadRequest, match="strictly increasing order"):
        await bot.copy_messages(team.id, ann.id, [2, 1])
    topic = await bot.create_forum_topic(team.id, "#1")
    with pytest.raises(BadRequest, match="Message can't be copied"):
        await bot.copy_message(ann.id, team.id, topic.message_thread_id)
    kept = await bot.send_message(ann.id, "secret", protect_content=True)
    assert kept.has_protected_content
    with pytest.raises(BadRequest, match="can't be forwarded"):
        await bot.forward_message(team.id, ann.id, kept.message_id)


async def test_an_album_item_keeps_its_group_when_its_caption_changes(bot: Bot, ann: Person):
    album = await bot.send_media_group(
        ann.id, [InputMediaPhoto(b"a", caption="one"), InputMediaPhoto(b"b")]
    )
    edited = await bot.edit_message_caption(ann.id, album[0].message_id, caption="two")
    assert edited.media_group_id == album[1].media_group_id
