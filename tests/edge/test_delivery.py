"""One letter becomes one call, and every answer of Telegram a verdict."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.calls import call_for, weight
from bot.delivery import LONGEST_PAUSE, Delivery, Verdict, next_try
from bot.request import NotSent, telegram_bot
from bot.texts.letters import Letter

pytestmark = pytest.mark.asyncio


def say(chat: int, text: str = "Good day", **rest) -> Letter:
    return Letter(chat, "sendMessage", {"text": text}, **rest)


async def test_a_letter_is_delivered_and_its_number_told(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    outcome = await edge.delivery.send(say(ann.id, "您好 👋"))
    assert outcome.verdict is Verdict.DONE
    assert outcome.messages == (ann.last.message_id,)
    assert ann.heard == ["您好 👋"]
    assert edge.sb.unknown_parameters == []


async def test_an_album_gives_several_numbers_and_an_album_of_one_is_sent_alone(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    ann.sends_photo()
    photo = ann.last.body["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": photo, "caption": "a"}, {"type": "photo", "media": photo}]
    both = await edge.delivery.send(Letter(ann.id, "sendMediaGroup", {"media": media}))
    alone = await edge.delivery.send(Letter(ann.id, "sendMediaGroup", {"media": media[:1]}))
    assert (both.error, alone.error) == ("", "")
    assert (len(both.messages), len(alone.messages)) == (2, 1)
    assert edge.sent("sendPhoto")[0]["caption"] == "a"


async def test_a_copy_gives_its_number(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    said = ann.says("hello")
    copy = Letter(ann.id, "copyMessage", {"from_chat_id": ann.id, "message_id": said.message_id})
    outcome = await edge.delivery.send(copy)
    assert outcome.messages == (ann.last.message_id,)


async def test_a_slot_is_edited_where_it_stands_and_sent_anew_when_it_is_gone(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    slotted = say(ann.id, "one", slot="summary")
    first = (await edge.delivery.send(slotted)).messages[0]
    edited = await edge.delivery.send(say(ann.id, "two", slot="summary"), slot_message=first)
    same = await edge.delivery.send(say(ann.id, "two", slot="summary"), slot_message=first)
    assert (edited.verdict, edited.edited, edited.messages) == (Verdict.DONE, True, (first,))
    assert same.verdict is Verdict.DONE
    assert ann.heard == ["two"]
    ann.deletes(first)
    anew = await edge.delivery.send(say(ann.id, "three", slot="summary"), slot_message=first)
    assert anew.verdict is Verdict.DONE
    assert not anew.edited
    assert ann.heard[-1] == "three"
    fresh = await edge.delivery.send(
        say(ann.id, "four", slot="summary", fresh=True), slot_message=anew.messages[0]
    )
    assert not fresh.edited
    assert ann.heard[-2:] == ["three", "four"]


async def test_a_topic_is_made_once_and_written_into(edge):
    lee = edge.sb.person("Lee")
    team = edge.sb.group("Team", members=[lee], forum=True)
    team.add_bot(admin=True)
    made = await edge.delivery.send(
        Letter(team.chat.id, "createForumTopic", {"name": "C-1"}, case=1)
    )
    again = await edge.delivery.send(
        Letter(team.chat.id, "createForumTopic", {"name": "C-1"}, case=1), thread=made.thread
    )
    assert made.thread is not None
    assert again.thread == made.thread
    assert len(team.topics) == 1
    letter = say(team.chat.id, "card", in_topic=True)
    assert (await edge.delivery.send(letter, thread=made.thread)).verdict is Verdict.DONE
    team.close_topic(made.thread)
    for again_closed in ("closeForumTopic",):
        shut = Letter(team.chat.id, again_closed, {}, in_topic=True)
        assert (await edge.delivery.send(shut, thread=made.thread)).verdict is Verdict.DONE
    team.delete_topic(made.thread)
    lost = await edge.delivery.send(letter, thread=made.thread)
    assert lost.verdict is Verdict.TOPIC_LOST


async def test_a_person_who_blocked_the_bot_is_gone_and_a_group_that_removed_it_is_lost(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    ann.blocks()
    lee = edge.sb.person("Lee")
    team = edge.sb.group("Team", members=[lee])
    team.add_bot()
    team.remove_bot()
    assert (await edge.delivery.send(say(ann.id))).verdict is Verdict.GONE
    assert (await edge.delivery.send(say(987654321))).verdict is Verdict.GONE
    assert (await edge.delivery.send(say(team.chat.id))).verdict is Verdict.ROOM_LOST


async def test_a_group_that_was_upgraded_tells_its_new_number(edge):
    lee = edge.sb.person("Lee")
    team = edge.sb.group("Team", members=[lee], basic=True)
    team.add_bot()
    old = team.chat.id
    team.upgrade()
    moved = await edge.delivery.send(say(old))
    assert (moved.verdict, moved.moved_to) == (Verdict.MOVED, team.chat.id)


async def test_the_message_to_be_answered_is_gone_so_the_letter_goes_plainly(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    said = ann.says("hello")
    ann.deletes(said)
    params = {"text": "yes?", "reply_parameters": {"message_id": said.message_id}}
    outcome = await edge.delivery.send(Letter(ann.id, "sendMessage", params))
    assert outcome.verdict is Verdict.DONE
    assert ann.heard == ["yes?"]


async def test_a_mark_that_the_room_does_not_allow_is_declined_quietly(edge):
    lee = edge.sb.person("Lee")
    team = edge.sb.group("Team", members=[lee])
    team.add_bot(admin=True)
    team.allow_reactions("👍")
    said = lee.at(team).says("hello")
    put = {"message_id": said.message_id, "reaction": [{"type": "emoji", "emoji": "👌"}]}
    outcome = await edge.delivery.send(Letter(team.chat.id, "setMessageReaction", put))
    assert outcome.verdict is Verdict.DECLINED
    put["reaction"] = [{"type": "emoji", "emoji": "✅"}]
    outcome = await edge.delivery.send(Letter(team.chat.id, "setMessageReaction", put))
    assert outcome.verdict is Verdict.DECLINED


async def test_what_telegram_will_never_take_is_rejected(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    too_long = await edge.delivery.send(say(ann.id, "x" * 5000))
    unknown = await edge.delivery.send(Letter(ann.id, "sendTelepathy", {}))
    broken = await edge.delivery.send(Letter(ann.id, "sendMediaGroup", {"media": [{}]}))
    assert {too_long.verdict, unknown.verdict, broken.verdict} == {Verdict.REJECTED}


async def test_flood_control_is_told_with_its_time(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    edge.sb.faults.add("sendMessage", "429", retry_after=17)
    outcome = await edge.delivery.send(say(ann.id))
    assert (outcome.verdict, outcome.after) == (Verdict.LATER, timedelta(seconds=17))


@pytest.mark.parametrize("kind", ["500", "502", "timeout", "reset", "lost", "malformed"])
async def test_without_an_answer_it_may_have_been_sent(edge, kind):
    ann = edge.sb.person("Ann")
    ann.starts()
    edge.sb.faults.add("sendMessage", kind)
    outcome = await edge.delivery.send(say(ann.id))
    assert outcome.verdict is Verdict.MAYBE_SENT
    assert edge.sb.token not in outcome.error
    assert len(ann.heard) == (1 if kind in {"lost", "malformed"} else 0)


async def test_when_telegram_cannot_be_reached_it_was_surely_not_sent():
    bot = telegram_bot("123456789:AAF-nobody-listens-at-this-address-xx", "http://127.0.0.1:9")
    await bot.request.initialize()
    outcome = await Delivery(bot).send(say(1))
    await bot.request.shutdown()
    assert outcome.verdict is Verdict.LATER
    assert "AAF" not in outcome.error
    assert issubclass(NotSent, Exception)


async def test_pauses_double_to_five_minutes_and_end_after_half_a_day():
    pauses, attempts, total = [], 1, timedelta(0)
    while (wait := next_try(attempts)) is not None:
        pauses.append(wait)
        total += wait
        attempts += 1
    assert [p.seconds for p in pauses[:6]] == [1, 2, 4, 8, 16, 32]
    assert max(pauses) == LONGEST_PAUSE
    assert timedelta(hours=11, minutes=50) < total < timedelta(hours=12, minutes=10)
    assert next_try(1, timedelta(minutes=40)) == timedelta(minutes=40)


async def test_only_inline_buttons_travel_into_an_edit():
    lasting = {
        "text": "a",
        "reply_markup": {"keyboard": [[{"text": "x"}]]},
        "protect_content": True,
    }
    call = call_for(Letter(5, "sendMessage", lasting, slot="s"), None, 9)
    assert call is not None
    assert call.method == "editMessageText"
    assert set(call.params) == {"chat_id", "message_id", "text"}


async def test_albums_and_edits_count_in_telegrams_limits_and_marks_do_not():
    album = Letter(1, "sendMediaGroup", {"media": [{}, {}, {}]})
    assert [weight(one) for one in (album, say(1))] == [3, 1]
    assert weight(Letter(1, "editMessageText", {})) == 1
    assert weight(Letter(1, "setMessageReaction", {})) == 0
    assert weight(Letter(1, "createForumTopic", {})) == 0
