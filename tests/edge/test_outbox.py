"""What the store holds reaches Telegram: in order, at pace, once, and failures are told."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.flows.events import DeliveryFailed, RoomMoved
from bot.outbox import Outbox
from bot.texts.letters import LOW, URGENT, Letter

pytestmark = pytest.mark.asyncio

FAULTS = ["429", "500", "502", "timeout", "reset", "lost", "malformed"]


def say(chat: int, text: str, **rest) -> Letter:
    return Letter(chat, "sendMessage", {"text": text}, **rest)


def customer(edge, name="Ann"):
    person = edge.sb.person(name)
    person.starts()
    return person


def forum(edge):
    lee = edge.sb.person("Lee")
    team = edge.sb.group("Team", members=[lee], forum=True)
    team.add_bot(admin=True)
    return lee.at(team), team


async def links(edge, *pairs):
    async with edge.store.unit() as unit:
        return await unit.links(pairs)


async def failed(edge):
    async with edge.store.unit() as unit:
        return await unit.failed_letters(50)


# ---- order and memory ------------------------------------------------------------------------


async def test_letters_of_one_chat_leave_in_order_and_several_chats_at_once(edge):
    ann, bob = customer(edge, "Ann"), customer(edge, "Bob")
    await edge.queue(*(say(ann.id, f"a{n}") for n in range(5)), say(bob.id, "b"))
    await edge.outbox.step()
    assert (ann.heard, bob.heard) == (["a0"], ["b"])
    await edge.settle()
    assert ann.heard == [f"a{n}" for n in range(5)]


async def test_what_was_sent_is_linked_to_its_case_and_original(edge):
    ann = customer(edge)
    letter = say(ann.id, "hello", case=7, purpose="answer", origins=((-5, 66),))
    await edge.queue(letter)
    await edge.settle()
    at = (ann.id, ann.last.message_id)
    link = (await links(edge, at))[at]
    assert (link.case, link.kind, link.peer_chat, link.peer_message) == (7, "answer", -5, 66)


async def test_a_slot_is_remembered_and_edited_next_time(edge):
    ann = customer(edge)
    await edge.queue(say(ann.id, "one", case=7, slot="status"))
    await edge.settle()
    await edge.queue(say(ann.id, "two", case=7, slot="status"))
    await edge.settle()
    assert ann.heard == ["two"]
    assert len(edge.sent("editMessageText")) == 1


async def test_a_topic_is_made_once_and_what_follows_goes_into_it(edge):
    _, team = forum(edge)
    make = Letter(team.id, "createForumTopic", {"name": "C-7"}, case=7, priority=URGENT)
    await edge.queue(make, say(team.id, "card", case=7, in_topic=True), make)
    await edge.settle()
    assert [topic.name for topic in team.topics] == ["C-7"]
    assert [one.text for one in team.messages(team.topics[0].thread) if not one.service] == ["card"]


async def test_what_follows_a_letter_leaves_after_it(edge):
    ann = customer(edge)
    await edge.queue(say(ann.id, "first", then=(say(ann.id, "second"),)))
    await edge.settle()
    assert ann.heard == ["first", "second"]


async def test_words_replace_a_mark_only_where_it_cannot_be_put(edge):
    lee, team = forum(edge)
    said = lee.says("ok")
    mark = {"message_id": said.message_id, "reaction": [{"type": "emoji", "emoji": "👌"}]}
    words = say(team.id, "delivered")
    letter = Letter(team.id, "setMessageReaction", mark, purpose="mark", then=(words,))
    await edge.queue(letter)
    await edge.settle()
    assert edge.sent() == []
    team.allow_reactions("👍")
    await edge.queue(letter)
    await edge.settle()
    assert [one["text"] for one in edge.sent()] == ["delivered"]
    assert edge.app.events == []


async def test_a_fleeting_letter_is_sent_at_once_and_never_stored(edge):
    ann = customer(edge)
    edge.outbox.fling([say(ann.id, "now", fleeting=True)])
    await edge.sb.until(lambda: ann.heard == ["now"])
    edge.outbox.fling([say(424242, "to nobody", fleeting=True)])
    await edge.sb.until(lambda: not edge.sb.calls[-1].ok)
    assert await failed(edge) == []


# ---- trouble ---------------------------------------------------------------------------------


def every_method(ann, lee, team, *, photo, thread, turn):
    """One letter for each method that the desk uses."""
    said, copied = lee.says("x"), ann.last
    own = [one for one in team.screen if one.from_bot and not one.service]
    mine = {"message_id": own[-1].message_id}
    button = [[{"text": turn, "callback_data": "s:x"}]]
    media = [{"type": "photo", "media": photo}] * 2
    emoji = {"message_id": said.message_id, "reaction": [{"type": "emoji", "emoji": "👀"}]}
    copy = {"from_chat_id": ann.id, "message_id": copied.message_id}
    thread_id = {"message_thread_id": thread}
    place = {"latitude": 1.5, "longitude": 2.5}
    return {
        "sendMessage": (ann.id, {"text": "hello"}),
        "sendPhoto": (ann.id, {"photo": photo}),
        "sendMediaGroup": (ann.id, {"media": media}),
        "sendLocation": (ann.id, place),
        "copyMessage": (team.id, copy),
        "forwardMessage": (team.id, copy),
        "editMessageText": (team.id, {**mine, "text": turn}),
        "editMessageReplyMarkup": (team.id, {**mine, "reply_markup": {"inline_keyboard": button}}),
        "deleteMessage": (team.id, mine),
        "setMessageReaction": (team.id, emoji),
        "createForumTopic": (team.id, {"name": "C-9"}),
        "editForumTopic": (team.id, {**thread_id, "name": turn}),
        "closeForumTopic": (team.id, thread_id),
        "sendChatAction": (ann.id, {"action": "typing"}),
    }


METHODS = [
    "sendMessage",
    "sendPhoto",
    "sendMediaGroup",
    "sendLocation",
    "copyMessage",
    "forwardMessage",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "setMessageReaction",
    "createForumTopic",
    "editForumTopic",
    "closeForumTopic",
    "sendChatAction",
]


@pytest.mark.parametrize("method", METHODS)
async def test_no_fault_of_telegram_loses_a_letter_whatever_its_method(edge, method):
    ann = customer(edge)
    lee, team = forum(edge)
    photo = ann.sends_photo().body["photo"][-1]["file_id"]
    made = await edge.bot.create_forum_topic(team.id, "C-8")
    for turn, fault in enumerate(FAULTS):
        await edge.bot.send_message(team.id, "card")
        if method == "closeForumTopic" and fault != FAULTS[0]:
            team.reopen_topic(made.message_thread_id)
        letters = every_method(
            ann, lee, team, photo=photo, thread=made.message_thread_id, turn=fault
        )
        chat, params = letters[method]
        before = len([call for call in edge.sb.calls_of(method) if call.ok])
        edge.sb.faults.add(method, fault)
        await edge.queue(Letter(chat, method, params, case=turn, purpose="p"))
        await edge.settle()
        acted = len([call for call in edge.sb.calls_of(method) if call.ok]) - before
        assert 1 <= acted <= 2, f"{method} under {fault}"
    assert await failed(edge) == []
    assert edge.app.events == []
    assert edge.sb.unknown_parameters == []


async def test_one_chats_flood_control_does_not_halt_the_others(edge):
    ann, bob = customer(edge, "Ann"), customer(edge, "Bob")
    edge.sb.faults.add("sendMessage", "429", retry_after=30)
    await edge.queue(say(ann.id, "a1"), say(ann.id, "a2"))
    await edge.outbox.step()
    await edge.queue(say(bob.id, "b"))
    await edge.queue(say(ann.id, "urgent", priority=URGENT))
    await edge.outbox.step()
    assert (ann.heard, bob.heard) == ([], ["b"])
    started = edge.clock.now()
    await edge.settle()
    assert ann.heard == ["urgent", "a1", "a2"]
    assert edge.clock.now() - started >= timedelta(seconds=30)


async def test_a_slow_answer_does_not_hold_back_other_chats(edge):
    ann, bob = customer(edge, "Ann"), customer(edge, "Bob")
    edge.sb.faults.add("sendMessage", "timeout")
    stop = asyncio.Event()
    await edge.queue(say(ann.id, "a"))
    running = asyncio.create_task(edge.outbox.run(stop))
    await edge.sb.until(lambda: edge.sb.calls_of("sendMessage"))
    await edge.queue(say(bob.id, "b1"), say(bob.id, "b2"))
    edge.outbox.poke()
    await edge.sb.until(lambda: bob.heard == ["b1", "b2"])
    assert ann.heard == []
    stop.set()
    await running


async def test_stopping_drains_what_is_due(edge):
    people = [customer(edge, f"P{n}") for n in range(8)]
    stop = asyncio.Event()
    stop.set()
    await edge.queue(*(say(one.id, f"m{n}") for one in people for n in range(3)))
    await edge.outbox.run(stop)
    assert all(one.heard == ["m0", "m1", "m2"] for one in people)


async def test_a_crash_between_sending_and_recording_repeats_one_message_per_chat(edge):
    ann = customer(edge)
    await edge.queue(say(ann.id, "a1"), say(ann.id, "a2"))
    async with edge.store.unit() as unit:
        claimed = await unit.claim(edge.clock.now(), (), 10)
    await edge.delivery.send(claimed[0].letter)  # and here the process is killed
    again = Outbox(edge.store, edge.app, edge.delivery, edge.clock)
    while await again.step():
        edge.sb.advance(1)
    assert ann.heard == ["a1", "a1", "a2"]


async def test_the_database_away_keeps_outcomes_and_sends_nothing_twice(edge):
    ann = customer(edge)
    ann.blocks()
    bob = customer(edge, "Bob")
    edge.app.down = 1
    await edge.queue(say(ann.id, "a", case=7), say(bob.id, "b"))
    with pytest.raises(ConnectionError):
        await edge.outbox.step()
    await edge.settle()
    assert bob.heard == ["b"]
    assert len(edge.app.of(DeliveryFailed)) == 1


async def test_a_blocked_customer_is_told_to_the_desk_once_and_the_letter_is_kept_as_failed(edge):
    ann = customer(edge)
    ann.blocks()
    letter = say(ann.id, "x", case=7, customer=ann.id, purpose="answer", origins=((-5, 66),))
    await edge.queue(letter)
    await edge.settle()
    (event,) = edge.app.of(DeliveryFailed)
    assert (event.verdict, event.case, event.customer) == ("gone", 7, ann.id)
    assert (event.purpose, event.origin) == ("answer", (-5, 66))
    assert [one.letter.params["text"] for one in await failed(edge)] == ["x"]


async def test_after_half_a_day_of_trying_the_desk_is_told(edge):
    ann = customer(edge)
    edge.sb.faults.add("sendMessage", "500", chance=1.0)
    await edge.queue(say(ann.id, "x", case=7, purpose="answer"))
    started = edge.clock.now()
    await edge.settle(3000)
    (event,) = edge.app.of(DeliveryFailed)
    assert event.verdict == "rejected"
    assert timedelta(hours=11) < edge.clock.now() - started < timedelta(hours=13)


async def test_a_deleted_topic_is_made_again_and_the_letter_follows_into_it(edge):
    _, team = forum(edge)
    make = Letter(team.id, "createForumTopic", {"name": "C-7"}, case=7, priority=URGENT)
    await edge.queue(make)
    await edge.settle()
    team.delete_topic(team.topics[0].thread)

    def heal(event):
        assert event.verdict == "topic_lost"
        name = {"name": "anew"}
        return [Letter(team.id, "createForumTopic", name, case=7, priority=URGENT, fresh=True)]

    edge.app.answer = heal
    await edge.queue(say(team.id, "card", case=7, in_topic=True))
    await edge.settle()
    anew = team.topic("anew")
    assert [one.text for one in team.messages(anew.thread) if not one.service] == ["card"]
    assert len(edge.app.events) == 1
    assert await failed(edge) == []


async def test_a_topic_that_cannot_be_healed_is_given_up(edge):
    _, team = forum(edge)
    await edge.queue(Letter(team.id, "createForumTopic", {"name": "C-7"}, case=7, priority=URGENT))
    await edge.settle()
    team.delete_topic(team.topics[0].thread)
    await edge.queue(say(team.id, "card", case=7, in_topic=True))
    await edge.settle()
    verdicts = [event.verdict for event in edge.app.of(DeliveryFailed)]
    assert verdicts == ["topic_lost"] * 4 + ["rejected"]
    assert len(await failed(edge)) == 1


async def test_letters_follow_a_group_that_became_a_supergroup(edge):
    lee = edge.sb.person("Lee")
    team = edge.sb.group("Team", members=[lee], basic=True)
    team.add_bot()
    old = team.id
    await edge.queue(say(old, "one"), say(old, "two"))
    team.upgrade()
    await edge.settle()
    assert [(event.old, event.new) for event in edge.app.of(RoomMoved)] == [(old, team.id)]
    assert [one.text for one in team.screen if one.from_bot and not one.service] == ["one", "two"]


# ---- pace ------------------------------------------------------------------------------------


def most_within(times, seconds):
    """The largest number of instants within any such span."""
    return max(sum(0 <= one - start < seconds for one in times) for start in times)


async def test_telegrams_limits_are_kept_and_the_severe_case_goes_first(paced):
    edge = paced
    people = [customer(edge, f"P{n}") for n in range(60)]
    _, team = forum(edge)
    made = []
    edge.sb.world.listeners.append(made.append)
    await edge.queue(*(say(team.id, f"card {n}", priority=LOW) for n in range(45)))
    await edge.queue(*(say(one.id, f"{n}") for one in people for n in range(2)))
    await edge.queue(*(say(people[0].id, f"more {n}") for n in range(8)))
    for _ in range(12):
        await edge.outbox.step()
        edge.sb.advance(1)
    await edge.queue(say(team.id, "SEVERE", priority=URGENT))
    before = edge.clock.now()
    await edge.outbox.step()
    cards = [one["text"] for one in edge.sent() if one["chat_id"] == team.id]
    assert cards[-1] == "SEVERE", "though thirty cards were queued before it"
    assert len(cards) < 20
    assert edge.clock.now() == before, "and without waiting"
    await edge.settle(3000)
    assert [call for call in edge.sb.calls if not call.ok] == [], "nothing came too fast"
    items = [one["item"] for one in made if one["type"] == "message" and one["item"]["from_bot"]]
    by_chat = {}
    for item in items:
        by_chat.setdefault(item["chat_id"], []).append(item["message"]["date"])
    every = [date for dates in by_chat.values() for date in dates]
    assert Counter(len(dates) for chat, dates in by_chat.items() if chat > 0) == {2: 59, 10: 1}
    assert len(by_chat[team.id]) == 46
    assert most_within(by_chat[team.id], 60) <= 20
    assert most_within(every, 1) <= 30
    assert most_within(by_chat[people[0].id], 8) <= 11


async def test_pacing_can_be_switched_off(edge):
    ann = customer(edge)
    quick = Outbox(edge.store, edge.app, edge.delivery, edge.clock, pacing=False)
    await edge.queue(*(say(ann.id, f"{n}") for n in range(40)))
    before = edge.clock.now()
    while await quick.step():
        pass
    assert len(ann.heard) == 40
    assert edge.clock.now() == before
