"""The sandbox as a running server: `async with Sandbox() as sb`.

It puts the world, the Bot API, the control address and the people together, and owns the port.
It must never know the bot that calls.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, Self, TypeVar

from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.clock import Clock
from sandbox.control import add_control
from sandbox.exchange import CallRecord, Exchange
from sandbox.model import User
from sandbox.people import Group, Person
from sandbox.transcript import transcript
from sandbox.world import World

T = TypeVar("T")
_LEAN_HISTORY = 50
BODY_BYTES = 60 * 1024 * 1024


class Sandbox:
    """A Telegram for one bot, on a port of 127.0.0.1."""

    def __init__(
        self,
        now: datetime | None = None,
        port: int = 0,
        token: str = "123456789:AAF-sandbox-token-for-local-use-only",  # noqa: S107  (opens nothing)
        *,
        record: bool = True,
        privacy: bool = True,
        enforce_pacing: bool = False,
        seed: int = 1,
    ) -> None:
        """Prepare; `now` freezes the clock.

        `record=False` keeps no call log and little history, for benchmarks.
        """
        bot = User(
            int(token.partition(":")[0]),
            "Complaint desk",
            username="complaint_desk_bot",
            is_bot=True,
        )
        self.token = token
        self.clock = Clock(now)
        self.world = World(self.clock, bot, history=None if record else _LEAN_HISTORY, seed=seed)
        self.world.privacy = privacy
        self.exchange = Exchange(token, self.world, record=record, seed=seed)
        self.faults = self.exchange.faults
        self.pacing = self.exchange.pacing
        self.pacing.kept = enforce_pacing
        self.calls = self.exchange.calls
        self.unknown_parameters = self.exchange.unknown_parameters
        self._wanted_port = port
        self._runner: web.AppRunner | None = None
        self.port = port

    # Running

    async def __aenter__(self) -> Self:
        """Open the port."""
        app = web.Application(client_max_size=BODY_BYTES)
        bot_api = BotApi(self.exchange)
        app.router.add_route("*", "/bot{token}/{method}", bot_api.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", bot_api.download)
        add_control(app, self.exchange)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._wanted_port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Where it listens; a bot's `base_url` is this + "/bot", for files this + "/file/bot"."""
        return f"http://127.0.0.1:{self.port}"

    # People

    def person(self, name: str, *, language_code: str | None = "en", **rest: Any) -> Person:
        """Let a person be born."""
        return Person(self.world, self.world.add_user(name, language_code=language_code, **rest))

    def group(
        self,
        title: str,
        *,
        members: list[Person] | None = None,
        forum: bool = False,
        basic: bool = False,
        owner: Person | None = None,
    ) -> Group:
        """Open a group; its creator is `owner`, or else the first member."""
        return Group.create(
            self.world, title, members=members or [], forum=forum, basic=basic, owner=owner
        )

    # Looking on

    @property
    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.world.updates)

    @property
    def connected(self) -> bool:
        """Whether a bot is polling."""
        return self.world.profile.connected

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self.clock.advance(seconds)

    def calls_of(self, method: str) -> list[CallRecord]:
        """List the recorded calls of one method."""
        return [call for call in self.calls if call.method == method]

    async def until(self, condition: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109  (it fails with the screens)
        """Wait until `condition()` is true, looking at every change; fail with the screens."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            if value := condition():
                return value
            change = self.world.next_change()
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                message = f"not within {timeout} s; the world is:\n{transcript(self.world)}"
                raise AssertionError(message)
            await asyncio.wait([change], timeout=left)
