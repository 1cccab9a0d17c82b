"""The short way gives the very events that the long way gives, or none at all."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.handlers import Me, plain, to_events

BOT = Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
ME = Me(123456, "desk_bot")
MENU = {"找人工": "person", "My cases": "cases"}
AT = datetime(2026, 11, 18, 10, tzinfo=UTC)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
PERSON = st.fixed_dictionaries(
    {"id": st.integers(1, 2**50), "is_bot": st.booleans(), "first_name": TEXT},
    optional={"language_code": st.sampled_from(["en", "zh-hans"]), "username": TEXT},
)
CHAT = st.fixed_dictionaries(
    {"id": st.integers(1, 2**50), "type": st.sampled_from(["private", "group"])}
)
WORDS = st.one_of(TEXT, st.sampled_from([*MENU, "/start", "/help", " My cases "]))
MESSAGE = st.fixed_dictionaries(
    {
        "message_id": st.integers(1, 2**31),
        "date": st.integers(1, 2**31),
        "chat": CHAT,
        "from": PERSON,
        "text": WORDS,
    },
    optional={"is_topic_message": st.booleans(), "caption": TEXT},
)
DATA = st.sampled_from(["c:a:1:when:today", "s:take:1:", "r:team:-1", "c:!:0:", "x"])
MARKUP = st.builds(
    lambda data, label: {"inline_keyboard": [[{"text": label, "callback_data": data}]]}, DATA, TEXT
)
PLACE = st.fixed_dictionaries(
    {"message_id": st.integers(1, 2**31), "date": st.integers(0, 2**31), "chat": CHAT},
    optional={"reply_markup": MARKUP},
)
QUERY = st.fixed_dictionaries(
    {"id": TEXT, "from": PERSON, "chat_instance": st.just("1"), "data": DATA, "message": PLACE}
)
UPDATE = st.one_of(
    st.builds(lambda it: {"update_id": 7, "message": it}, MESSAGE),
    st.builds(lambda it: {"update_id": 7, "callback_query": it}, QUERY),
)


@given(UPDATE)
def test_both_ways_give_the_same_event(raw):
    short = plain(raw, AT, MENU)
    if short is not None:
        assert (short,) == to_events(Update.de_json(raw, BOT), AT, ME, MENU)


def test_plain_words_and_presses_take_the_short_way():
    person = {"id": 5, "is_bot": False, "first_name": "Ann"}
    chat = {"id": 5, "type": "private"}
    said = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "wet box"}
    query = {"id": "q", "from": person, "chat_instance": "1", "data": "c:l:1:", "message": said}
    assert plain({"update_id": 1, "message": said}, AT, MENU) is not None
    assert plain({"update_id": 2, "callback_query": query}, AT, MENU) is not None
    assert plain({"update_id": 3, "edited_message": said}, AT, MENU) is None
