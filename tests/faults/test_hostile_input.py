"""Nothing anybody types or presses ends in a traceback, a parse error at Telegram, or silence."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.people import Actor
from tests.faults.journey import QUIET_DESK, rest
from tests.town import Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.model import Press, Stored
    from sandbox.people import Person

STORY = "My order 55-123 arrived broken yesterday, the lid was smashed, I want my money back"
HOSTILE = (
    "<b>",
    "</code></pre><a href='tg://user?id=1'>you</a>",
    "&lt;b&gt; &amp;amp; &#0; &nbsp;",
    "_*[]()~`>#+-=|{}.!\\",
    "\u202e\u2066\u200f\u061c\u202b",
    "\u0000",
    "\u200b\u200d\ufeff\u2060",
    "{name} {0} %s %(ref)s ${x}",
    "'; DROP TABLE cases; --",
    "C-1 C-2 C-99999999999999999999 #C-0",
    "②³₄٣٤৯ 十二万亿",
    "😀" * 2048,
    "👨‍👩‍👧‍👦" * 372,
    "x" * 4096,
    "﷽" * 4096,
    "\n" * 50 + ".",
    "<" * 4096,
    "&" * 4096,
    "/",
    "/start@some_other_bot",
    "/queue",
    "/case 1",
    "/" + "a" * 300,
    "//",
    "2026-02-30 25:61 99999999999999999999999999元",
    "Z̷̡̢̛͔̤͇a̶l̴g̷o̶" * 60,
)
NAMES = (
    "<b>Ann</b>",
    "&lt;script&gt;",
    "*_[Ann](tg://user?id=1)`",
    "\u202eevoba\u2066",
    "\u0000",
    "\u200b",
    "😀" * 32,
    "C-1 · paid",
    "{name} %s",
    "x" * 64,
)
EXPECTED = (
    "message is not modified",
    "TOPIC_NOT_MODIFIED",
    "message to be replied not found",
    "query is too old",
)
"""Refusals that are verdicts, not mistakes in what was sent."""


@asynccontextmanager
async def gentle_town(caplog: pytest.LogCaptureFixture, **more: Any) -> AsyncIterator[Town]:
    """A town in which nothing may be logged as an error, laid aside, or refused by Telegram."""
    caplog.set_level(logging.INFO)
    async with Town(config=QUIET_DESK, **more) as town:
        yield town
        await rest(town)
        check_gentle(town, caplog)
        async with town.desk.store.unit() as unit:
            assert await unit.dead_letters(10) == []
            assert await unit.failed_letters(10) == []


def check_gentle(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    errors = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert not errors, errors[0].getMessage() + str(errors[0].exc_info)
    assert not [one for one in caplog.records if one.exc_info], "a traceback"
    refused = [
        (call.method, call.params, call.result)
        for call in town.sandbox.calls
        if not call.ok and not any(words in str(call.result) for words in EXPECTED)
    ]
    assert not refused, refused[0]


def traces(actor: Actor, message: Stored | None = None) -> tuple[int, int, int]:
    """What of the desk can be seen here: messages, edits, and reactions on this message."""
    own = [one for one in actor.screen if one.from_bot]
    edits = sum("edit_date" in one.body for one in own)
    reactions = 0 if message is None else len(message.reactions)
    return (len(own), edits, reactions)


async def answered(town: Town, actor: Actor, act: Any) -> None:
    """Do something; the desk must react where it was done: a message, an edit or a mark."""
    before = traces(actor)
    message = act()
    await rest(town)
    last = message[-1] if isinstance(message, list) else message
    assert traces(actor, last) != before, f"silence after {last.body}"


async def a_case(town: Town, person: Person, *, taken: bool = True) -> tuple[int, Stored]:
    """Bring one case to the team and return its number and the relayed words."""
    person.says(STORY)
    await rest(town)
    async with town.desk.store.unit() as unit:
        number = await unit.last_case_number()
    person.says("/person")
    await rest(town)
    mei = town.mei.actor
    if taken:
        mei.presses(data=f"s:take:{number}:")
        await rest(town)
    topic = town.group.topic(f"C-{number}")
    relays = [one for one in town.group.messages(topic.thread) if "arrived broken" in one.text]
    return number, relays[-1]


async def is_done_with_questions(town: Town, person: Person, number: int) -> None:
    """Answer whatever is still asked, so that what comes next is plain words."""
    while (dialog := (await customer_of(town, person)).dialog) is not None:
        data = {"asking": f"c:a:{number}:{dialog.asking}:?", "remedy": f"c:r:{number}:?"}
        forge(town, person, data.get(dialog.step, f"c:s:{number}:yes"), person.last.message_id)
        await rest(town)


def forge(
    town: Town, actor: Actor, data: str, message_id: int, *, anonymous: bool = False
) -> Press:
    """Press a button that was never shown, as a modified client can."""
    world = town.sandbox.world
    press = world.new_press(actor.user, actor.chat, message_id, data)
    stored = actor.chat.messages.get(message_id)
    shown = (
        stored.body if stored else {"message_id": message_id, "date": 0, "chat": actor.chat.brief}
    )
    user = world.anonymous if anonymous else actor.user
    query = {"id": press.id, "from": user.brief, "message": shown}
    world.updates.put("callback_query", query | {"chat_instance": "7", "data": data})
    return press


# ---- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_customer_may_say_anything_at_any_step(text, caplog):
    async with gentle_town(caplog) as town:
        for step, before in enumerate(((), (STORY,), (STORY, "/person"))):
            ann = town.sandbox.person(f"Ann {step}")
            for words in before:
                ann.says(words)
                await rest(town)
            for _ in range(3):
                if "@some_other_bot" not in text:
                    await answered(town, ann, lambda ann=ann: ann.says(text))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_staff_may_write_anything_and_it_reaches_the_customer_whole_or_cut(text, caplog):
    async with gentle_town(caplog) as town:
        ann = town.sandbox.person("Ann")
        bob = town.sandbox.person("Bob")
        bob.says("hello")
        await rest(town)
        _, relay = await a_case(town, ann)
        heard, others = len(ann.heard), list(bob.heard)
        mei = town.mei.actor
        if "@some_other_bot" in text:
            return
        await answered(town, mei, lambda: mei.says(text, reply_to=relay))
        await answered(town, mei, lambda: mei.says(text, thread=relay.thread))
        await answered(town, mei, lambda: mei.sends("photo", caption=text[:500], reply_to=relay))
        if not text.startswith("/"):
            assert len(ann.heard) == heard + 2
        assert bob.heard == others


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_names_are_names(name, caplog):
    """Customers, staff, groups and files may be called anything."""
    async with gentle_town(caplog) as town:
        ann = town.sandbox.person(name, last_name=name)
        town.mei_person.user.first_name = name
        town.sandbox.world.tell_user(town.mei_person.user)
        _, relay = await a_case(town, ann)
        mei = town.mei.actor
        await answered(town, mei, lambda: mei.says("We are on it", reply_to=relay))
        await answered(town, ann, lambda: ann.sends("document", file_name=f"{name}.pdf"))
        ann.says("How to address me")
        await rest(town)
        forge(town, ann, "c:n:0:name", ann.last.message_id)
        await rest(town)
        await answered(town, ann, lambda: ann.says(name))
        await answered(town, ann, lambda: ann.says("/cases"))


async def test_the_longest_texts_fit_behind_the_heads_put_before_them(caplog):
    async with gentle_town(caplog) as town:
        ann = town.sandbox.person("A" * 64)
        number, relay = await a_case(town, ann)
        await is_done_with_questions(town, ann, number)
        said = ann.says("é" * 4095 + "!")
        captioned = ann.sends("photo", caption="é" * 1023 + "!")
        await rest(town)
        relays = [one for one in town.group.messages(relay.thread) if "ééé" in one.text]
        assert len(relays) >= 2
        await answered(town, ann, lambda: ann.says("and so on"))
        ann.edits(said, "è" * 4096)
        ann.edits(captioned, "è" * 1024)
        await rest(town)
        changed = [one for one in town.group.messages(relay.thread) if "èèè" in one.text]
        assert len(changed) >= 2


# ---- things ----------------------------------------------------------------------------------

KINDS = (
    "photo", "voice", "audio", "document", "video", "video_note", "animation", "sticker",
    "location", "venue", "contact", "dice",
)  # fmt: skip
UNKNOWN = {
    "poll": {
        "id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
        "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
        "allows_multiple_answers": False,
    },
    "story": {"id": 1, "chat": {"id": 5, "type": "private", "first_name": "S"}},
    "paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]},
    "game": {"title": "g", "description": "d", "photo": []},
    "something_of_next_year": {"x": 1},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_any_thing_may_come_first_and_at_any_step(kind, caplog):
    """Stickers first, empty captions, albums: each is answered or marked."""
    async with gentle_town(caplog) as town:
        ann, bob = town.sandbox.person("Ann"), town.sandbox.person("Bob")
        await answered(town, ann, lambda: ann.sends(kind))
        await answered(town, ann, lambda: ann.sends(kind))
        await answered(town, ann, lambda: ann.says(STORY))
        await answered(town, ann, lambda: ann.sends(kind, caption=""))
        _, relay = await a_case(town, bob)
        await answered(town, bob, lambda: bob.sends(kind))
        mei = town.mei.actor
        await answered(town, mei, lambda: mei.sends(kind, reply_to=relay))
        await answered(town, mei, lambda: mei.sends(kind, thread=relay.thread))


@pytest.mark.parametrize("kind", UNKNOWN)
async def test_what_has_no_name_here_is_answered_as_well(kind, caplog):
    async with gentle_town(caplog) as town:
        ann, bob = town.sandbox.person("Ann"), town.sandbox.person("Bob")
        _, relay = await a_case(town, bob)

        def sends(who: Actor, thread: int | None = None) -> Stored:
            who.user.started = True
            return town.sandbox.world.post(who.chat, who.user, {kind: UNKNOWN[kind]}, thread=thread)

        await answered(town, ann, lambda: sends(ann))
        await answered(town, ann, lambda: sends(ann))
        await answered(town, bob, lambda: sends(bob))
        mei = town.mei.actor
        await answered(town, mei, lambda: sends(mei, relay.thread))


async def test_forwarded_words_are_words(caplog):
    async with gentle_town(caplog) as town:
        ann, bob = town.sandbox.person("Ann"), town.sandbox.person("Bob")
        _, relay = await a_case(town, bob)
        theirs = bob.says("secret of Bob <b>")
        await rest(town)
        await answered(town, ann, lambda: ann.forwards(theirs))
        await answered(town, ann, lambda: ann.forwards(ann.screen[-1]))
        mei = town.mei.actor
        await answered(town, mei, lambda: mei.forwards(theirs, thread=relay.thread))


# ---- buttons ---------------------------------------------------------------------------------

FORGED = (
    "", ":", "c", "c:", "c:a", "c:a:", "c:a:1", "c:a:1:", "c:a:1:x:y:z", "c:a:-1:x", "c:a:²:x",
    "c:a:٣:x", "c:a:1:when:²", "c:a:99999999999999999999:x", "c:x:1:²", "c:x:1:-5", "c:x:1:9" + "9" * 40,
    "c:b:1-2-3:", "c:b:²-²-²:", "c:b:--:", "c:b:1-1-1", "c:n:0:l-", "c:n:0:l-xx", "c:n:1:call",
    "c:n:²:call", "c:m:1:6", "c:m:1:②", "c:e:1:maybe", "c:r:1:nothing", "c:s:1:yes", "c:w:1:yes",
    "c:o:1:", "c:+:1:", "c:l:1:", "c:g:1:nonsense", "c:h:1:nonsense", "c:k:1:both", "c:d:1:?", "c:u:1:",
    "s:take:1:", "s:resolve:1:", "s:transfer:1:²", "s:transfer:1:x", "s:transfer:1:-7", "s:grade:1:worst",
    "s:ask:1:nonsense", "s:prompt:1:nonsense+x", "s:more:²:", "s:take:1-2:", "s:x", "r:", "r:x", "r:team:²",
    "r:use:-100", "r:yes:1:2", "ä😀", "x" * 64, "c:" + "☃" * 20,
)  # fmt: skip


async def test_forged_buttons_do_nothing_for_strangers_and_are_answered(caplog):
    """Eve presses every button of Ann's case that a modified client could make up."""
    async with gentle_town(caplog) as town:
        ann, eve = town.sandbox.person("Ann"), town.sandbox.person("Eve")
        number, _ = await a_case(town, ann)
        eve.starts()
        await rest(town)
        before = await town.case(number)
        heard = list(ann.heard)
        for data in FORGED:
            press = forge(town, eve, data, eve.last.message_id)
            await rest(town)
            assert press.answered, data
        assert await town.case(number) == before
        assert ann.heard == heard
        for text in eve.heard:
            assert "arrived broken" not in text
            assert f"C-{number}" not in text


async def test_forged_buttons_of_staff_and_owners_are_answered_too(caplog):
    """The same by the customer whose case it is, and by staff in the team chat."""
    async with gentle_town(caplog) as town:
        ann = town.sandbox.person("Ann")
        _, relay = await a_case(town, ann)
        for data in FORGED:
            for who, message in ((ann, ann.last), (town.mei.actor, relay)):
                press = forge(town, who, data, message.message_id)
                await rest(town)
                assert press.answered, (data, who.user.first_name)


async def test_buttons_pressed_twice_or_months_later_are_answered(caplog):
    async with gentle_town(caplog) as town:
        ann = town.sandbox.person("Ann")
        number, _ = await a_case(town, ann)
        shown = [(who, one) for who in (ann, town.mei.actor) for one in who.screen if one.buttons]
        labels = [
            (who, one, b["callback_data"]) for who, one in shown for r in one.buttons for b in r
        ]
        assert len(labels) > 4
        for who, one, data in labels:
            for _ in range(2):
                assert await pressed(town, who, data, one), data
        town.sandbox.advance(120 * 86400)
        await rest(town)
        for who, one, data in labels:
            assert await pressed(town, who, data, one), data
        assert (await town.case(number)).customer == ann.id


async def pressed(town: Town, who: Actor, data: str, message: Stored) -> bool:
    press = forge(town, who, data, message.message_id)
    await rest(town)
    return press.answered


# ---- people ----------------------------------------------------------------------------------


async def test_staff_commands_by_a_customer_show_nothing_of_anybody(caplog):
    async with gentle_town(caplog) as town:
        ann, eve = town.sandbox.person("Ann"), town.sandbox.person("Eve")
        number, _ = await a_case(town, ann)
        commands = (
            "queue",
            "mine",
            "case",
            "why",
            "unsend",
            "setup",
            "take",
            "team",
            "admin",
            "stats",
        )
        for command in commands:
            for argument in ("", f" {number}", f" C-{number}", " ²", " " + "9" * 60, " <b>"):
                await answered(town, eve, lambda c=command, a=argument: eve.says(f"/{c}{a}"))
        assert not [one for one in eve.heard if "arrived broken" in one or f"C-{number}" in one]


async def test_a_staff_command_leaves_a_customers_conversation_where_it_was(caplog):
    """Whoever is no staff is a customer, and stays the one they were: nothing is forgotten."""
    async with gentle_town(caplog) as town:
        ann = town.sandbox.person("Ann")
        ann.says(STORY)
        await rest(town)
        before = await customer_of(town, ann)
        assert before.dialog is not None
        for act in ("/queue", "/why 1"):
            await answered(town, ann, lambda act=act: ann.says(act))
        forge(town, ann, "s:take:1:", ann.last.message_id)
        await rest(town)
        after = await customer_of(town, ann)
        assert after.but(seen_at=before.seen_at) == before


async def customer_of(town: Town, person: Person) -> Any:
    async with town.desk.store.unit() as unit:
        return (await unit.customers([person.id]))[person.id]


async def test_anonymous_admins_and_channels_in_the_team_chat_are_told_or_left_alone(caplog):
    async with gentle_town(caplog) as town:
        ann = town.sandbox.person("Ann")
        number, relay = await a_case(town, ann, taken=False)
        heard = list(ann.heard)
        town.group.promote(town.mei_person)
        town.group.anonymous(town.mei_person)
        mei = town.mei.actor
        await answered(town, mei, lambda: mei.says("Hello <b>", reply_to=relay))
        await answered(town, mei, lambda: mei.says(f"/case {number}"))
        press = forge(town, mei, f"s:take:{number}:", relay.message_id, anonymous=True)
        await rest(town)
        assert press.answered
        world = town.sandbox.world
        channel = {"id": -1009, "type": "channel", "title": "<b>News</b>"}
        for text in ("news <b>", f"/case {number}"):
            world.post(town.group.chat, world.anonymous, {"text": text, "sender_chat": channel})
        world.updates.put(
            "channel_post", {"message_id": 5, "date": 1, "chat": channel, "text": "hello"}
        )
        await rest(town)
        assert ann.heard == heard


# ---- anything --------------------------------------------------------------------------------

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(
    lambda text: text.strip() != ""
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ANYTHING, min_size=2, max_size=6), st.lists(ANYTHING, min_size=2, max_size=4))
def test_anything_at_all_from_both_sides(caplog, said, replied):
    import asyncio  # noqa: PLC0415 - hypothesis calls a plain function

    caplog.clear()

    async def talk() -> None:
        async with gentle_town(caplog) as town:
            ann = town.sandbox.person(said[0][:64])
            for text in said:
                await answered(town, ann, lambda text=text: ann.says(text))
            bob = town.sandbox.person("Bob")
            _, relay = await a_case(town, bob)
            mei = town.mei.actor
            for text in replied:
                await answered(town, mei, lambda text=text: mei.says(text, reply_to=relay))

    asyncio.run(talk())
