"""Reports to other systems: signed, in a lane of their own, tried again, and nothing personal."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import asynccontextmanager

import orjson
import pytest
from aiohttp import web

from bot import seed
from bot.config import SettingsError
from tests.town import Town
from tests.transcripts.many import desk_with
from tests.transcripts.tellings import filed

RULE = """{id: tell_crm, when: [filed], if: {test: status, any_of: [queued, handed_off]},
  then: [{do: webhook, hook: crm}]}"""
SECRET = "a long enough secret"


@asynccontextmanager
async def listening(statuses):
    """A server that answers with these statuses in turn, the last one for ever."""
    heard = []

    async def post(request):
        heard.append((request.headers, await request.read()))
        status = statuses[min(len(heard), len(statuses)) - 1]
        headers = {"Location": "/elsewhere"} if status == 302 else {}
        return web.Response(status=status, headers=headers)

    app = web.Application()
    app.router.add_post("/hook", post)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}/hook", heard
    await runner.cleanup()


def town_with(folder, url):
    return Town(
        config=desk_with(folder, RULE, only=True, webhooks={"crm": {"url": url, "secret": SECRET}})
    )


async def test_a_report_is_signed_and_says_nothing_about_the_customer(tmp_path):
    async with listening([200]) as (url, heard), town_with(tmp_path, url) as town:
        await filed(town)
        assert len(heard) == 1
        headers, body = heard[0]
        assert orjson.loads(body) == {
            "case": "C-1",
            "category": "billing",
            "grade": "general",
            "status": "queued",
            "rule": "tell_crm",
        }
        proof = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert headers["X-Desk-Signature"] == f"sha256={proof}"
        assert "reported" in await town.timeline(1)


async def test_a_server_in_trouble_is_tried_again_and_keeps_nobody_waiting(tmp_path):
    async with listening([503, 429, 200]) as (url, heard), town_with(tmp_path, url) as town:
        li = await filed(town)
        assert "C-1" in "\n".join(li.heard), "the customer does not wait for another system"
        await town.passes(minutes=1)
        assert len(heard) == 3
        assert len({headers["X-Desk-Delivery"] for headers, _ in heard}) == 1
        await town.passes(hours=1)
        assert len(heard) == 3


@pytest.mark.parametrize("status", [302, 404])
async def test_a_refusal_is_told_to_the_admins_and_not_followed(tmp_path, status):
    async with listening([status]) as (url, heard), town_with(tmp_path, url) as town:
        await filed(town)
        await town.passes(minutes=10)
        assert len(heard) == 1
        assert f"webhook crm: {status}" in "\n".join(town.boss.heard)


async def test_nobody_listens_and_then_somebody_does(tmp_path):
    async with listening([200]) as (url, _):
        port = url.rsplit(":", 1)[1].partition("/")[0]
    async with town_with(tmp_path, f"http://127.0.0.1:{port}/hook") as town:
        await filed(town)
        await town.passes(minutes=2)
        assert "webhook" not in "\n".join(town.boss.heard), "it is still being tried"


@pytest.mark.parametrize(
    ("url", "hook", "said"),
    [
        ("ftp://crm.example/hook", "crm", "webhooks.crm.url"),
        ("https://crm.example/hook", "crn", "there is no 'crn'; there are crm"),
    ],
)
def test_a_wrong_address_or_name_is_an_error_that_says_where(tmp_path, url, hook, said):
    rule = RULE.replace("hook: crm", f"hook: {hook}")
    path = desk_with(tmp_path, rule, only=True, webhooks={"crm": {"url": url, "secret": SECRET}})
    with pytest.raises(SettingsError, match=said):
        seed.config(path)


def test_crisis_opens_by_itself_only_with_approved_words(tmp_path):
    rule = "{id: now, when: [filed], if: {test: on_the_spot}, then: [{do: crisis, open: true}]}"
    with pytest.raises(SettingsError, match="approved statement"):
        seed.config(desk_with(tmp_path, rule, only=True))
