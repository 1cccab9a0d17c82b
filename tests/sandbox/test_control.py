"""The control address, as the page and subprocess tests use it."""

import asyncio
import base64
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.media import png
from sandbox.people import Person
from sandbox.server import Sandbox


@pytest.fixture
def act(http: aiohttp.ClientSession):
    async def do(name: str, /, **fields: Any) -> Any:
        async with http.post("/control/act", json={"do": name, **fields}) as response:
            answer = await response.json()
            assert response.status == (200 if answer["ok"] else 400)
            return answer["result"] if answer["ok"] else answer["error"]

    return do


async def test_the_clock_moves_and_tells_who_waits(http: aiohttp.ClientSession):
    async with http.get("/control/clock") as response:
        first = await response.json()
    assert first == {"now": "2025-03-03T09:00:00+00:00", "offset": 0.0, "frozen": True, "rev": 0}
    waiting = asyncio.create_task(http.get("/control/clock", params={"rev": 0}))
    async with http.post("/control/clock", json={"advance": 1800}) as response:
        moved = await response.json()
    assert moved == {"now": "2025-03-03T09:30:00+00:00", "offset": 1800.0, "frozen": True, "rev": 1}
    async with await waiting as response:
        assert await response.json() == moved
    async with http.post("/control/clock", json={"advance": -5}) as response:
        assert response.status == 400


async def test_a_whole_life_by_acts(act, sb: Sandbox, bot: Bot):
    ann = await act("create_user", name="Ann", language_code="zh-hans", username="ann")
    bob = await act("create_user", name="Bob")
    started = await act("start", user=ann["id"], payload="table_5")
    assert started["message"]["text"] == "/start table_5"
    team = await act(
        "create_group", title="Team", user=bob["id"], members=[ann["id"]], forum=True, bot="admin"
    )
    assert {member["status"] for member in team["members"]} == {
        "creator",
        "member",
        "administrator",
    }
    topic = await act("create_topic", user=bob["id"], chat=team["id"], name="By hand")
    said = await act("say", user=bob["id"], chat=team["id"], thread=topic["thread"], text="hello")
    answer = await act(
        "say", user=ann["id"], chat=team["id"], reply_to=said["message_id"], quote="hell", text="hm"
    )
    assert answer["thread"] == topic["thread"]
    assert answer["message"]["quote"]["text"] == "hell"
    await act("edit", user=bob["id"], chat=team["id"], message=said["message_id"], text="hello!")
    await act("react", user=ann["id"], chat=team["id"], message=said["message_id"], emoji=["👍"])
    await act("pin", user=bob["id"], chat=team["id"], message=said["message_id"])
    await act("forward", user=ann["id"], message=started["message_id"], chat=team["id"])
    await act("album", user=ann["id"], count=2, caption="look")
    await act("language", user=ann["id"], language_code="en")
    for name in ("block", "unblock"):
        assert (await act(name, user=ann["id"]))["blocked"] is (name == "block")
    await act("promote_bot", user=bob["id"], chat=team["id"], rights={"can_manage_topics": True})
    await act("set_role", user=bob["id"], chat=team["id"], member=ann["id"], status="administrator")
    await act("anonymous", user=ann["id"], chat=team["id"], on=True)
    await act("close_topic", user=bob["id"], chat=team["id"], thread=topic["thread"])
    await act("reopen_topic", user=bob["id"], chat=team["id"], thread=topic["thread"])
    await act(
        "rename_topic", user=bob["id"], chat=team["id"], thread=topic["thread"], name="Renamed"
    )
    assert (
        await act("delete", user=bob["id"], chat=team["id"], message=answer["message_id"]) is True
    )
    await act("delete_topic", user=bob["id"], chat=team["id"], thread=topic["thread"])
    await act("rename_group", user=bob["id"], chat=team["id"], title="Desk")
    await act("available_reactions", user=bob["id"], chat=team["id"], emoji=["👍"])
    await act("remove_member", user=bob["id"], chat=team["id"], member=ann["id"])
    await act("add_member", user=bob["id"], chat=team["id"], member=ann["id"])
    gone = await act("remove_bot", user=bob["id"], chat=team["id"])
    assert {"kicked"} <= {member["status"] for member in gone["members"]}
    basic = await act("create_group", title="Old", user=bob["id"], basic=True, bot="member")
    upgraded = await act("upgrade", user=bob["id"], chat=basic["id"])
    assert upgraded["type"] == "supergroup"
    assert (await bot.get_updates(limit=1))[0].message.from_user.language_code == "zh-hans"


async def test_wrong_acts_are_answered_with_a_sentence(act, ann: Person):
    assert "there is no act 'fly'" in await act("fly")
    assert await act("say", user=ann.id) == "say needs 'text'"
    assert await act("say", user=1, text="x") == "there is no user 1"
    assert await act("say", user="x", text="x") == "'user' must be a number, not 'x'"
    assert "4097 characters" in await act("say", user=ann.id, text="x" * 4097)
    assert "no such button" in await act(
        "press", user=ann.id, message=ann.last.message_id, row=0, col=0
    )
    await act("block", user=ann.id)
    assert "unblock it first" in await act("say", user=ann.id, text="x")


async def test_a_press_by_row_data_or_label(act, bot: Bot, ann: Person):
    row = [
        InlineKeyboardButton("Yes", callback_data="y"),
        InlineKeyboardButton("Site", url="https://example.com"),
    ]
    sent = await bot.send_message(ann.id, "?", reply_markup=InlineKeyboardMarkup([row]))
    for how in ({"row": 0, "col": 0}, {"data": "y"}, {"label": "Ye"}):
        assert (await act("press", user=ann.id, message=sent.message_id, **how))[
            "callback_query_id"
        ]
    assert await act("press", user=ann.id, message=sent.message_id, row=0, col=1) == {
        "url": "https://example.com"
    }
    assert [u.callback_query.data for u in await bot.get_updates()] == ["y"] * 3


async def test_a_real_picture_by_base64_and_by_multipart(
    act, http: aiohttp.ClientSession, ann: Person, bot: Bot
):
    picture = png(200, 30, 30)
    item = await act(
        "send", user=ann.id, kind="photo", caption="look", data=base64.b64encode(picture).decode()
    )
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("act", f'{{"do":"album","user":{ann.id}}}')
    form.add_field("file0", picture, filename="a.png", content_type="image/png")
    form.add_field("file1", picture, filename="b.png", content_type="image/png")
    async with http.post("/control/act", data=form) as response:
        album = (await response.json())["result"]
    assert len({one["message"]["media_group_id"] for one in album}) == 1
    for one in (item, *album):
        async with http.get(f"/files/{one['media'][0]['file_unique_id']}") as response:
            assert response.content_type == "image/png"
            assert await response.read() == picture
    file = await bot.get_file(ann.last.body["photo"][-1]["file_id"])
    assert bytes(await file.download_as_bytearray()) == picture


async def test_the_live_view_begins_with_a_snapshot_and_follows_everything(
    sb: Sandbox, http: aiohttp.ClientSession, bot: Bot, ann: Person, raw
):
    async with http.ws_connect("/control/live") as live:
        snapshot = await live.receive_json(timeout=5)
        assert snapshot["type"] == "snapshot"
        assert [user["first_name"] for user in snapshot["users"]] == ["Ann"]
        assert snapshot["chats"][0]["messages"][0]["message"]["text"] == "/start"
        assert snapshot["bot"]["connected"] is False
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
        sent = await bot.send_message(ann.id, "one", reply_markup=markup)
        await bot.edit_message_text("two", ann.id, sent.message_id, reply_markup=markup)
        await bot.set_message_reaction(ann.id, sent.message_id, "👀")
        await bot.send_chat_action(ann.id, "typing")
        press = ann.presses("Go")
        await bot.answer_callback_query(press.id, "done", show_alert=True)
        await bot.delete_message(ann.id, sent.message_id)
        sb.advance(60)
        await raw("sendMessage", chat_id=ann.id, text="", oops=1)
        events = [await live.receive_json(timeout=5) for _ in range(10)]
    assert [event["type"] for event in events] == [
        "message", "edited", "reaction", "action", "pressed",
        "answered", "deleted", "clock", "unknown_parameter", "refused",
    ]  # fmt: skip
    assert [event["seq"] for event in events] == list(
        range(snapshot["seq"] + 1, snapshot["seq"] + 11)
    )
    assert events[0]["item"]["from_bot"] is True
    assert events[2]["reactions"] == [{"user_id": bot.id, "emoji": "👀"}]
    assert (events[5]["user_id"], events[5]["text"], events[5]["show_alert"]) == (
        ann.id,
        "done",
        True,
    )
    assert events[8]["name"] == "oops"
    sb.unknown_parameters.clear()


async def test_calls_state_settings_and_faults_by_control(
    sb: Sandbox, http: aiohttp.ClientSession, raw, ann: Person
):
    async with http.post(
        "/control/faults", json={"method": "getMe", "kind": "500", "times": 1}
    ) as response:
        assert (await response.json())["result"]["kind"] == "500"
    async with http.post("/control/faults", json={"method": "getMe", "kind": "flood"}) as response:
        assert response.status == 400
    assert (await raw("getMe"))["error_code"] == 500
    await raw("sendMessage", chat_id=ann.id, text="hi")
    async with http.get("/control/calls", params={"since": 1}) as response:
        calls = (await response.json())["result"]
    assert [call["method"] for call in calls["calls"]] == ["sendMessage"]
    assert calls["next"] == 2
    async with http.post("/control/settings", json={"privacy": False, "pacing": True}) as response:
        assert (await response.json())["result"] == {"privacy": False, "pacing": True}
    async with http.get("/control/state") as response:
        state = (await response.json())["result"]
    assert state["bot"]["privacy"] is False
    async with http.delete("/control/faults") as response:
        assert (await response.json())["ok"]
    assert sb.faults.planned == []
