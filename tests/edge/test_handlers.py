"""Whatever Telegram sends becomes the right event, or none, and never an exception."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.flows import events as ev
from bot.handlers import Me, to_events
from bot.intake import Intake
from bot.texts.letters import Letter

NOW = datetime(2025, 1, 31, 12, 0, tzinfo=UTC)
DATE = 1738324800
ME = Me(1000, "desk_bot")
MENU = {"👤 转人工": "person"}
ANN = {
    "id": 7,
    "is_bot": False,
    "first_name": "Ann",
    "last_name": "Lee",
    "language_code": "zh-hans",
}
BOT = {"id": 1000, "is_bot": True, "first_name": "Desk", "username": "desk_bot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
TEAM = {"id": -100500, "type": "supergroup", "title": "Team", "is_forum": True}
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 12}


def read(**parts):
    """Translate one update."""
    return to_events(Update.de_json({"update_id": 42, **parts}, None), NOW, ME, MENU)


def one(**parts):
    """Translate one update that is one event."""
    (event,) = read(**parts)
    return event


def message(chat=PRIVATE, sender=ANN, **fields):
    return {"message_id": 5, "date": DATE, "chat": chat, "from": sender, **fields}


def said(text, **fields):
    return one(message=message(text=text, **fields))


def in_team(text, **fields):
    return one(message=message(TEAM, text=text, **fields))


# ---- customers -------------------------------------------------------------------------------


def test_a_customers_words_arrive_with_who_when_and_marks():
    event = said("您好", entities=[{"type": "bold", "offset": 0, "length": 2}])
    assert isinstance(event, ev.CustomerSaid)
    assert (event.key, event.text, event.message_id) == ("u42", "您好", 5)
    assert event.at == datetime.fromtimestamp(DATE, UTC)
    assert event.who == ev.Who(7, "Ann", "zh-hans", "")
    assert [dict(mark) for mark in event.entities] == [{"type": "bold", "offset": 0, "length": 2}]


@pytest.mark.parametrize(
    ("text", "kind", "fields"),
    [
        ("/start branch_5", ev.CustomerStarted, {"payload": "branch_5"}),
        ("/start", ev.CustomerStarted, {"payload": ""}),
        ("/HELP", ev.CustomerCommanded, {"command": "help"}),
        ("/status@desk_bot", ev.CustomerCommanded, {"command": "cases"}),
        ("/agent", ev.CustomerCommanded, {"command": "person"}),
        ("/withdraw", ev.CustomerCommanded, {"command": "withdraw"}),
        ("👤 转人工", ev.CustomerCommanded, {"command": "person"}),
        ("/queue", ev.StaffCommanded, {"command": "queue", "chat": 7}),
        ("/case 1042", ev.StaffCommanded, {"command": "case", "argument": "1042"}),
        ("/setup CODE", ev.StaffCommanded, {"command": "setup", "argument": "CODE"}),
        ("/unheard of", ev.CustomerSaid, {"text": "/unheard of"}),
        ("/start@other_bot", ev.CustomerSaid, {"text": "/start@other_bot"}),
        ("// no command", ev.CustomerSaid, {"text": "// no command"}),
    ],
)
def test_commands_lasting_buttons_and_speech_are_told_apart(text, kind, fields):
    event = said(text)
    assert type(event) is kind
    assert {name: getattr(event, name) for name in fields} == fields


def test_a_forwarded_command_is_speech():
    origin = {"type": "hidden_user", "date": DATE, "sender_user_name": "X"}
    event = said("/start", forward_origin=origin)
    assert isinstance(event, ev.CustomerSaid)
    assert event.forwarded


@pytest.mark.parametrize(
    ("fields", "kind", "extra"),
    [
        ({"voice": {**FILE, "duration": 3}}, "voice", {}),
        ({"video": {**FILE, "duration": 3, "width": 1, "height": 1}}, "video", {}),
        ({"audio": {**FILE, "duration": 3, "title": "T"}}, "audio", {"title": "T"}),
        ({"document": {**FILE, "file_name": "收据.pdf"}}, "document", {}),
        ({"video_note": {**FILE, "duration": 3, "length": 1}}, "video_note", {}),
        (
            {
                "sticker": {
                    **FILE,
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                    "emoji": "👍",
                }
            },
            "sticker",
            {"emoji": "👍"},
        ),
        (
            {
                "animation": {**FILE, "duration": 3, "width": 1, "height": 1},
                "document": FILE,
            },
            "animation",
            {},
        ),
        ({"location": {"latitude": 1.5, "longitude": 2.5}}, "location", {"latitude": 1.5}),
        (
            {
                "venue": {
                    "location": {"latitude": 1.5, "longitude": 2.5},
                    "title": "T",
                    "address": "A",
                },
                "location": {"latitude": 1.5, "longitude": 2.5},
            },
            "venue",
            {"latitude": 1.5, "title": "T", "address": "A"},
        ),
        ({"contact": {"phone_number": "1", "first_name": "B"}}, "contact", {"phone_number": "1"}),
        ({"dice": {"emoji": "🎲", "value": 3}}, "dice", {"emoji": "🎲"}),
        (
            {
                "poll": {
                    "id": "1",
                    "question": "Q",
                    "options": [{"text": "a", "voter_count": 0, "persistent_id": "p"}],
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                    "allows_revoting": False,
                    "members_only": False,
                }
            },
            "poll",
            {"question": "Q", "options": ["a"]},
        ),
        ({"story": {"id": 1, "chat": PRIVATE}}, "other", {}),
        ({"something_new": {"x": 1}}, "other", {}),
        ({}, "other", {}),
    ],
)
def test_every_kind_of_attachment_arrives_by_reference(fields, kind, extra):
    event = one(message=message(**fields))
    assert isinstance(event, ev.CustomerSaid)
    assert event.media is not None
    assert event.media.kind == kind
    assert extra.items() <= dict(event.media.extra).items()


def test_of_a_photo_the_largest_size_is_kept_with_caption_and_album():
    sizes = [
        {**FILE, "file_id": n, "width": w, "height": w} for n, w in (("S", 9), ("L", 90), ("M", 50))
    ]
    event = one(message=message(photo=sizes, caption="看", media_group_id="G"))
    assert (event.text, event.media.file_id, event.media.album) == ("看", "L", "G")


def test_an_edit_a_press_and_a_block_arrive_as_what_they_are():
    edit = one(edited_message=message(text="new", edit_date=DATE + 9))
    assert isinstance(edit, ev.CustomerEdited)
    assert edit.at == datetime.fromtimestamp(DATE + 9, UTC)
    query = {
        "id": "q",
        "from": ANN,
        "chat_instance": "x",
        "data": "c:yes",
        "message": message(text="?"),
    }
    press = one(callback_query=query)
    assert isinstance(press, ev.CustomerPressed)
    assert (press.data, press.query_id, press.message_id, press.at) == ("c:yes", "q", 5, NOW)
    member = {"user": BOT, "status": "kicked", "until_date": 0}
    change = {
        "chat": PRIVATE,
        "from": ANN,
        "date": DATE,
        "old_chat_member": {"user": BOT, "status": "member"},
    }
    assert one(my_chat_member={**change, "new_chat_member": member}).blocked
    member = {"user": BOT, "status": "member"}
    assert not one(my_chat_member={**change, "new_chat_member": member}).blocked


def test_a_live_location_that_moves_is_no_edit():
    place = {"latitude": 1.5, "longitude": 2.5, "live_period": 60}
    assert read(edited_message=message(location=place, edit_date=DATE)) == ()


def test_an_old_buttons_message_still_names_its_place_and_nothing_pressed_ends_quietly():
    query = {"id": "q", "from": ANN, "chat_instance": "x"}
    old = {"chat": PRIVATE, "message_id": 3, "date": 0}
    assert one(callback_query={**query, "data": "c:x", "message": old}).message_id == 3
    team = {"chat": TEAM, "message_id": 3, "date": 0}
    assert one(callback_query={**query, "data": "s:take:1", "message": team}).chat == TEAM["id"]
    for nothing in ({"message": old}, {"data": "c:x"}, {"game_short_name": "g"}):
        letter = one(callback_query={**query, **nothing})
        assert isinstance(letter, Letter)
        assert (letter.method, letter.fleeting) == ("answerCallbackQuery", True)


def test_a_team_button_in_private_is_the_teams():
    query = {"id": "q", "from": ANN, "chat_instance": "x", "message": message(text="?")}
    assert isinstance(one(callback_query={**query, "data": "s:take:1"}), ev.StaffPressed)
    assert isinstance(one(callback_query={**query, "data": "r:use:-5"}), ev.StaffPressed)


# ---- staff -----------------------------------------------------------------------------------

CREATED = {
    "message_id": 9,
    "date": DATE,
    "chat": TEAM,
    "forum_topic_created": {"name": "C-1", "icon_color": 1},
}
TOPIC = {"message_thread_id": 9, "is_topic_message": True}


def test_a_plain_message_in_a_topic_answers_nothing():
    event = in_team("note", reply_to_message=CREATED, **TOPIC)
    assert isinstance(event, ev.StaffWrote)
    assert (event.thread, event.reply_to, event.quoted) == (9, None, "")


def test_a_reply_names_its_target_and_the_words_there():
    target = message(TEAM, BOT, text="#C-1042 the story") | {"message_id": 33}
    event = in_team("yes", reply_to_message=target, **TOPIC)
    assert (event.reply_to, event.quoted) == (33, "#C-1042 the story")


def test_a_thread_of_replies_outside_a_forum_is_no_topic():
    assert in_team("x", message_thread_id=31).thread is None


def test_an_anonymous_admin_has_no_identity_and_channels_and_bots_are_not_heard():
    group = {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    event = one(message=message(TEAM, group, sender_chat=TEAM, text="x", author_signature="Boss"))
    assert event.anonymous
    assert event.who.name == "Boss"
    channel = {"id": -100777, "type": "channel", "title": "News"}
    assert read(message=message(TEAM, group, sender_chat=channel, text="x")) == ()
    assert read(message=message(TEAM, BOT | {"id": 5}, text="x")) == ()
    assert read(channel_post=message(channel, None, text="x")) == ()


def test_commands_in_a_group_are_ours_unless_they_name_another_bot():
    event = in_team("/queue@Desk_Bot all")
    assert isinstance(event, ev.StaffCommanded)
    assert (event.command, event.argument) == ("queue", "all")
    assert read(message=message(TEAM, text="/queue@other_bot")) == ()


def test_naming_a_colleague_is_noticed_and_naming_the_bot_is_not():
    def mentions(text):
        return in_team(
            text, entities=[{"type": "mention", "offset": 0, "length": len(text)}]
        ).mentions

    assert mentions("@lee")
    assert not mentions("@desk_bot")
    link = [{"type": "text_mention", "offset": 0, "length": 3, "user": ANN}]
    assert in_team("Ann", entities=link).mentions


# ---- rooms -----------------------------------------------------------------------------------


def test_the_bot_comes_gets_rights_and_goes():
    def change(**member):
        return one(
            my_chat_member={
                "chat": TEAM,
                "from": ANN,
                "date": DATE,
                "old_chat_member": {"user": BOT, "status": "left"},
                "new_chat_member": {"user": BOT, **member},
            }
        )

    rights = dict.fromkeys(
        (
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
            "can_manage_topics",
        ),
        True,
    )
    plain, admin = change(status="member"), change(status="administrator", **rights)
    assert (plain.admin, plain.topics, plain.forum, plain.by.name) == (
        False,
        False,
        True,
        "Ann Lee",
    )
    assert (admin.admin, admin.topics) == (True, True)
    assert isinstance(change(status="left"), ev.RoomLost)
    assert isinstance(change(status="kicked", until_date=0), ev.RoomLost)


def test_people_join_and_leave_and_groups_move():
    bob = {"id": 8, "is_bot": False, "first_name": "Bob"}
    joined = read(message=message(TEAM, new_chat_members=[BOT, ANN, bob]))
    assert [(event.who.id, event.present) for event in joined] == [(7, True), (8, True)]
    assert len({event.key for event in joined}) == 2
    assert not one(message=message(TEAM, left_chat_member=bob)).present
    old = {"id": -5, "type": "group", "title": "Team"}
    there = one(message=message(old, migrate_to_chat_id=-100500))
    here = one(message=message(TEAM, migrate_from_chat_id=-5))
    assert (there.old, there.new) == (here.old, here.new) == (-5, -100500)


@pytest.mark.parametrize(
    "fields",
    [
        {"pinned_message": message(text="x")},
        {"new_chat_title": "T"},
        {"forum_topic_closed": {}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 5}},
        {"video_chat_started": {}},
    ],
)
def test_what_nobody_wrote_is_nobodys_words(fields):
    assert read(message=message(**fields)) == ()
    assert read(message=message(TEAM, **fields)) == ()


def test_a_message_that_cannot_be_read_whole_keeps_its_words():
    intake = Intake(Silent(), None, None, fling=None, poke=None)
    broken = message(caption="my story", poll={"id": 1, "options": [{"nobody": "knows"}]})
    (event,) = intake._translated({"update_id": 42, "message": broken}, NOW, ME)
    assert isinstance(event, ev.CustomerSaid)
    assert (event.text, event.media.kind) == ("my story", "other")


# ---- anything --------------------------------------------------------------------------------

SAMPLES = [
    {"message": message(text="x", entities=[{"type": "bold", "offset": 0, "length": 1}])},
    {"message": message(TEAM, text="/x", reply_to_message=CREATED, **TOPIC)},
    {"edited_message": message(caption="x", photo=[{**FILE, "width": 1, "height": 1}])},
    {
        "callback_query": {
            "id": "q",
            "from": ANN,
            "chat_instance": "x",
            "data": "s:",
            "message": message(text="?"),
        }
    },
    {
        "my_chat_member": {
            "chat": TEAM,
            "from": ANN,
            "date": DATE,
            "old_chat_member": {"user": BOT, "status": "left"},
            "new_chat_member": {"user": BOT, "status": "member"},
        }
    },
    {
        "message_reaction": {
            "chat": TEAM,
            "message_id": 1,
            "date": DATE,
            "old_reaction": [],
            "new_reaction": [],
        }
    },
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def paths(value, at=()):
    """Give the place of every value inside."""
    yield at
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, part in inside:
        yield from paths(part, (*at, name))


def spoiled(value, path, new):
    """Give a copy with another value at that place."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = spoiled(value[path[0]], path[1:], new)
    return copy


@st.composite
def updates(draw):
    """Draw an update that is like Telegram's but wrong in places."""
    update = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(list(paths(update))[1:]))
        update = spoiled(update, place, draw(JSON))
    return {"update_id": 42, **(update if isinstance(update, dict) else {})}


class Silent:
    """A bot that PTB's objects may hold on to."""

    id, username = 1000, "desk_bot"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    updates() | st.dictionaries(st.text(max_size=8), JSON).map(lambda raw: {**raw, "update_id": 42})
)
def test_no_update_however_odd_raises(raw):
    intake = Intake(Silent(), None, None, fling=None, poke=None, menu=lambda: MENU)
    for found in intake._translated(raw, NOW, ME):
        assert isinstance(found, ev.Event | Letter)


HOSTILE = st.text(st.characters(codec="utf-8"), max_size=64) | st.sampled_from(
    [
        "<b>&",
        "\u202eevil",
        "/",
        "/start@",
        "/\x00",
        "👨‍👩‍👧" * 500,
        "s:" * 40,
        "`*_[",
        "\ud83d".encode("utf-8", "replace").decode(),
    ]
)


@settings(max_examples=300, deadline=None)
@given(HOSTILE, HOSTILE, st.sampled_from([PRIVATE, TEAM]))
def test_whatever_people_type_or_call_themselves_is_one_event(text, name, chat):
    person = {**ANN, "first_name": name, "username": name}
    found = read(message=message(chat, person, text=text or "x"))
    elsewhere = len(found) == 0 and text.startswith("/") and "@" in text
    assert len(found) == 1 or elsewhere
