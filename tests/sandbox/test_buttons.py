"""Inline keyboards, reply keyboards, presses and their answers."""

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from sandbox.people import Group, Person
from sandbox.server import Sandbox


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=f"do:{label}")] for label in labels]
    )


def inline(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (inline(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (inline(callback_data="字" * 22), "BUTTON_DATA_INVALID"),
        (
            inline(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline(callback_data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline(url="not a url"),
            "inline keyboard button URL 'not a url' is invalid: Wrong HTTP URL",
        ),
        (inline(text="", callback_data="a"), "inline keyboard button text must be non-empty"),
        (
            inline(style="pink", callback_data="a"),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            {"inline_keyboard": [[{"callback_data": "a"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [["a"]]},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"inline_keyboard": [{"text": "a"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 8] * 13},
            "reply markup is too long",
        ),
        ({"keyboard": ["a"]}, 'field "keyboard" must be an Array of Arrays'),
        (
            {"keyboard": [[1]]},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        ({"keyboard": [[""]]}, "keyboard button text must be non-empty"),
        ([], "object expected as reply markup"),
        ("[", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_bad_keyboard_is_refused(raw, ann: Person, markup, complaint):
    answer = await raw("sendMessage", chat_id=ann.id, text="hi", reply_markup=markup)
    assert answer["description"] == f"Bad Request: {complaint}"
    assert ann.heard == []


async def test_callback_data_may_have_64_bytes(raw, ann: Person):
    assert (
        await raw(
            "sendMessage", chat_id=ann.id, text="hi", reply_markup=inline(callback_data="x" * 64)
        )
    )["ok"]
    assert (
        await raw(
            "sendMessage", chat_id=ann.id, text="hi", reply_markup=inline(callback_data="字" * 21)
        )
    )["ok"]


async def test_a_press_reaches_the_bot_with_its_message(bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "ready?", reply_markup=keyboard("Yes", "No"))
    ann.presses("Yes")
    (update,) = await bot.get_updates()
    assert update.callback_query.data == "do:Yes"
    assert update.callback_query.from_user.id == ann.id
    assert update.callback_query.message.message_id == sent.message_id
    assert update.callback_query.message.reply_markup == sent.reply_markup


async def test_pressing_what_is_not_there_names_what_is(bot: Bot, ann: Person):
    await bot.send_message(ann.id, "ready?", reply_markup=keyboard("Yes", "No"))
    with pytest.raises(AssertionError, match="Yes, No"):
        ann.presses("Maybe")


async def test_an_answer_is_a_toast_or_an_alert_for_the_presser(bot: Bot, ann: Person):
    await bot.send_message(ann.id, "ready?", reply_markup=keyboard("Yes"))
    first, second = ann.presses("Yes"), ann.presses("Yes")
    assert await bot.answer_callback_query(first.id, "fine")
    assert await bot.answer_callback_query(second.id, "again?", show_alert=True)
    assert ann.toasts == ["fine", "again?"]
    assert ann.alerts == ["again?"]


async def test_a_toast_has_200_characters(bot: Bot, ann: Person):
    await bot.send_message(ann.id, "ready?", reply_markup=keyboard("Yes"))
    press = ann.presses("Yes")
    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(press.id, "x" * 201)


async def test_a_late_or_unknown_answer(sb: Sandbox, raw, bot: Bot, ann: Person):
    await bot.send_message(ann.id, "ready?", reply_markup=keyboard("Yes"))
    press = ann.presses("Yes")
    sb.advance(16)
    expected = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert (await raw("answerCallbackQuery", callback_query_id=press.id))["description"] == expected
    assert (await raw("answerCallbackQuery", callback_query_id="1"))["description"] == expected


async def test_an_old_button_tapped_months_later_shows_no_message(
    sb: Sandbox, bot: Bot, ann: Person
):
    sent = await bot.send_message(ann.id, "ready?", reply_markup=keyboard("Yes"))
    sb.advance(90 * 86400)
    ann.presses("Yes")
    (update,) = await bot.get_updates()
    message = update.callback_query.message
    assert not message.is_accessible
    assert (message.message_id, message.chat.id, message.date.timestamp()) == (
        sent.message_id,
        ann.id,
        0,
    )


async def test_a_deleted_message_tapped_on_a_stale_screen(sb: Sandbox, bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "ready?", reply_markup=keyboard("Yes"))
    await bot.delete_message(ann.id, sent.message_id)
    ann.presses("Yes", message=sb.world.chats[ann.id].messages[sent.message_id])
    (update,) = await bot.get_updates()
    assert not update.callback_query.message.is_accessible


async def test_a_reply_keyboard_shows_until_removed(bot: Bot, ann: Person):
    rows = [["A person", "My cases"], [KeyboardButton("My number", request_contact=True)]]
    markup = ReplyKeyboardMarkup(
        rows, is_persistent=True, resize_keyboard=True, input_field_placeholder="Tell us"
    )
    sent = await bot.send_message(ann.id, "hi", reply_markup=markup)
    assert sent.reply_markup is None
    assert ann.keyboard == ["A person", "My cases", "My number"]
    assert ann.chat.keyboards[None]["is_persistent"] is True
    await bot.send_message(ann.id, "bye", reply_markup=ReplyKeyboardRemove())
    assert ann.keyboard == []


async def test_a_forced_reply_ends_with_the_answer(bot: Bot, ann: Person):
    await bot.send_message(
        ann.id, "your name?", reply_markup=ForceReply(input_field_placeholder="name")
    )
    assert ann.chat.keyboards[None]["force_reply"] is True
    ann.says("Ann")
    assert ann.chat.keyboards == {}


async def test_only_private_chats_may_ask_for_a_number(bot: Bot, team: Group):
    markup = ReplyKeyboardMarkup([[KeyboardButton("Me", request_contact=True)]])
    with pytest.raises(BadRequest, match="Phone number can be requested in private chats only"):
        await bot.send_message(team.id, "hi", reply_markup=markup)
