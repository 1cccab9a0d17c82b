"""How calls arrive and how they are answered."""

import inspect
import re

import aiohttp
import orjson
import pytest
from telegram import Bot
from telegram.error import InvalidToken

from sandbox.methods import METHODS
from sandbox.people import Person
from sandbox.server import Sandbox


async def test_an_unknown_method_is_404(raw):
    answer = await raw("sendMessagge", chat_id=1)
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_a_wrong_token_is_401(sb: Sandbox, http: aiohttp.ClientSession):
    async with http.get("/bot123456:wrong/getMe") as response:
        assert response.status == 401
        assert await response.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }
    async with http.get("/botnonsense/getMe") as response:
        assert response.status == 404


async def test_ptb_takes_a_wrong_token_for_what_it_is(sb: Sandbox):
    client = Bot("123456:wrong", base_url=f"{sb.url}/bot")
    with pytest.raises(InvalidToken):
        await client.initialize()


async def test_a_call_may_come_as_query_form_json_or_multipart(
    sb: Sandbox, http: aiohttp.ClientSession, ann: Person
):
    path = f"/bot{sb.token}/sendMessage"
    params = {"chat_id": str(ann.id), "text": "你好 & 再见"}
    multipart = aiohttp.FormData(quote_fields=False)
    for name, value in params.items():
        multipart.add_field(name, value, content_type="text/plain")
    async with (
        http.get(path, params=params) as a,
        http.post(path, data=params) as b,
        http.post(path, json=params) as c,
        http.post(path, data=multipart) as d,
        http.get(path.replace("sendMessage", "SENDMESSAGE"), params=params) as e,
    ):
        for response in (a, b, c, d, e):
            assert (await response.json())["result"]["text"] == "你好 & 再见"
    assert ann.heard == ["你好 & 再见"] * 5


async def test_unknown_parameters_are_ignored_and_reported(sb: Sandbox, raw, ann: Person):
    answer = await raw("sendMessage", chat_id=ann.id, text="hi", reply_to="7", ephemeral=True)
    assert answer["ok"]
    assert sb.unknown_parameters == [("sendMessage", "ephemeral"), ("sendMessage", "reply_to")]
    sb.unknown_parameters.clear()


async def test_broken_json_is_refused(sb: Sandbox, http: aiohttp.ClientSession, raw, ann: Person):
    async with http.post(
        f"/bot{sb.token}/getMe", data=b"{", headers={"Content-Type": "application/json"}
    ) as response:
        assert response.status == 400
    answer = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup="{")
    assert answer["description"] == "Bad Request: can't parse reply keyboard markup JSON object"


async def test_get_me_tells_privacy_mode(sb: Sandbox, bot: Bot):
    assert (await bot.get_me()).can_read_all_group_messages is False
    sb.world.privacy = False
    assert (await bot.get_me()).can_read_all_group_messages is True


async def test_calls_are_logged_with_their_answers(sb: Sandbox, bot: Bot, ann: Person, raw):
    await bot.send_message(ann.id, "hello")
    await raw("sendMessage", chat_id=ann.id)
    good, refused = sb.calls_of("sendMessage")
    assert good.ok
    assert good.params["text"] == "hello"
    assert not refused.ok
    assert refused.result == "Bad Request: message text is empty"


async def test_the_lean_mode_keeps_no_log_and_little_history():
    async with Sandbox(record=False) as sb, aiohttp.ClientSession(sb.url) as http:
        ann = sb.person("Ann")
        ann.starts()
        for n in range(200):
            async with http.post(
                f"/bot{sb.token}/sendMessage", data={"chat_id": ann.id, "text": n}
            ) as response:
                assert orjson.loads(await response.read())["ok"]
        assert not sb.calls
        assert len(ann.chat.messages) <= 100
        assert ann.last.text == "199"


async def test_every_parameter_of_ptbs_client_is_known():
    generic = {
        "self",
        "read_timeout",
        "write_timeout",
        "connect_timeout",
        "pool_timeout",
        "api_kwargs",
    }
    conveniences = {"filename", "contact", "location", "venue"}
    on_the_first_item = {"sendMediaGroup": {"caption", "caption_entities", "parse_mode"}}
    for name, method in METHODS.values():
        snake = re.sub("[A-Z]", lambda letter: f"_{letter.group().lower()}", name)
        signature = (
            inspect.signature(getattr(Bot, snake)).parameters.keys() - generic - conveniences
        )
        signature -= on_the_first_item.get(name, set())
        assert signature <= method.parameters, (name, sorted(signature - method.parameters))
