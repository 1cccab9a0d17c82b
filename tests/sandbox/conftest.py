"""A sandbox with a frozen clock, python-telegram-bot's client on it, a caller of raw methods."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.people import Group, Person
from sandbox.server import Sandbox

Raw = Callable[..., Awaitable[dict[str, Any]]]
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
START = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


def client_of(sandbox: Sandbox) -> Bot:
    """Make python-telegram-bot's client, without loading certificates that nothing here needs."""
    requests = [HTTPXRequest(httpx_kwargs={"verify": _NO_CERTIFICATES}) for _ in range(2)]
    return Bot(
        sandbox.token,
        base_url=f"{sandbox.url}/bot",
        base_file_url=f"{sandbox.url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )


@pytest.fixture
async def sb() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=START) as sandbox:
        yield sandbox
        assert sandbox.unknown_parameters == []


@pytest.fixture
async def bot(sb: Sandbox) -> AsyncIterator[Bot]:
    async with client_of(sb) as client:
        yield client


@pytest.fixture
def another_bot(sb: Sandbox) -> Bot:
    """A second client with the same token, not yet connected."""
    return client_of(sb)


@pytest.fixture
async def http(sb: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sb.url) as session:
        yield session


@pytest.fixture
def raw(sb: Sandbox, http: aiohttp.ClientSession) -> Raw:
    """Call a method with a JSON body; answer the whole JSON object."""

    async def call(method: str, **params: Any) -> dict[str, Any]:
        async with http.post(f"/bot{sb.token}/{method}", json=params) as response:
            answer: dict[str, Any] = await response.json()
            if not answer["ok"]:
                assert response.status == answer["error_code"]
            return answer

    return call


@pytest.fixture
def ann(sb: Sandbox) -> Person:
    """A customer who has started the bot; its update is already confirmed."""
    person = sb.person("Ann", language_code="en")
    person.starts()
    sb.world.updates.clear()
    return person


@pytest.fixture
def team(sb: Sandbox) -> Group:
    """A forum with Bob and Carol in which the bot is an administrator; nothing pending."""
    bob, carol = sb.person("Bob"), sb.person("Carol")
    group = sb.group("Team", forum=True, members=[bob, carol]).add_bot(admin=True)
    sb.world.updates.clear()
    return group


@pytest.fixture
def bob(sb: Sandbox, team: Group) -> Person:
    """The team's creator."""
    return Person(sb.world, team.owner)
