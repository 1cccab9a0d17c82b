"""A desk's edge for tests: the stand-in, a real bot over HTTP, a real store, a recording app."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest_asyncio
from telegram import Bot

from bot import seed
from bot.delivery import Delivery
from bot.flows.desk import Desk
from bot.intake import Intake
from bot.outbox import Outbox
from bot.request import Request
from bot.waker import Waker
from sandbox.server import Sandbox
from storage import Changes, Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.flows.events import Event
    from bot.texts.letters import Letter

NOON = datetime(2025, 1, 31, 12, 0, tzinfo=UTC)
PATIENCE = 0.4  # seconds a call waits for an answer here; the time-out faults never answer


class SandboxClock:
    """The stand-in's time as the desk's clock, in the same process."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Follow it."""
        self._clock = sandbox.clock
        self._moved = asyncio.Event()
        self._clock.on_move.append(self._moved.set)

    def now(self) -> datetime:
        """Tell the stand-in's time."""
        return self._clock.now()

    async def sleep_until(self, t: datetime | None, wake: asyncio.Event) -> None:
        """Wait until time was moved that far, or something happens."""
        while not wake.is_set() and (t is None or self.now() < t):
            self._moved.clear()
            waits = [asyncio.ensure_future(one.wait()) for one in (self._moved, wake)]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for one in waits:
                one.cancel()


@dataclass
class Recorder:
    """An app that remembers what it was told; `answer` may write letters in return."""

    store: Store
    clock: SandboxClock
    events: list[Event] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    down: int = 0  # so many calls fail as if the database were away
    answer: Callable[[Event], Sequence[Letter]] = lambda _event: ()
    fleeting: tuple[Letter, ...] = ()
    readdresses: bool = True

    async def handle(self, events: Sequence[Event]) -> tuple[Letter, ...]:
        """Remember, and write the answers in one transaction."""
        if self.down:
            self.down -= 1
            message = "the database is away"
            raise ConnectionError(message)
        letters = [letter for event in events for letter in self.answer(event)]
        moves = [(event.old, event.new) for event in events if type(event).__name__ == "RoomMoved"]
        async with self.store.unit() as unit:
            await unit.write(Changes(letters=letters, readdress=moves), self.clock.now())
        self.events += events
        self.batches.append(len(events))
        return self.fleeting

    def of(self, kind: type) -> list[Any]:
        """Give the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


@dataclass
class Edge:
    """Everything between Telegram and the core."""

    sb: Sandbox
    bot: Bot
    store: Store
    app: Recorder
    clock: SandboxClock
    delivery: Delivery
    outbox: Outbox
    intake: Intake
    waker: Waker

    async def queue(self, *letters: Letter) -> None:
        """Put letters into the store, as the app does."""
        async with self.store.unit() as unit:
            await unit.write(Changes(letters=letters), self.clock.now())

    async def settle(self, limit: int = 400) -> None:
        """Send until nothing is left, moving the stand-in's clock instead of waiting."""
        for _ in range(limit):
            if await self.outbox.step():
                continue
            async with self.store.unit() as unit:
                due = await unit.next_due(self.clock.now())
            if due is None and self.outbox.idle:
                return
            moment = self.outbox.next_at if due is None else min(due, self.outbox.next_at or due)
            ahead = (moment - self.clock.now()).total_seconds() if moment else 0
            self.sb.advance(max(ahead, 0.001))
        message = "the outbox does not come to rest"
        raise AssertionError(message)

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        """Give what the bot called and Telegram took, as plain parameters."""
        return [call.params for call in self.sb.calls if call.method == method and call.ok]


@asynccontextmanager
async def open_edge(**sandbox: Any) -> AsyncIterator[Edge]:
    """Set everything up on one frozen clock and an empty database in memory."""
    async with Sandbox(now=NOON, **sandbox) as sb:
        bot = Bot(
            sb.token,
            base_url=f"{sb.url}/bot",
            base_file_url=f"{sb.url}/file/bot",
            request=Request(read_timeout=PATIENCE),
            get_updates_request=Request(connections=4),
        )
        await bot.initialize()
        store = await Store.open("sqlite:///:memory:")
        clock = SandboxClock(sb)
        app = Recorder(store, clock)
        delivery = Delivery(bot)
        outbox = Outbox(store, app, delivery, clock)
        intake = Intake(
            bot,
            app,
            clock,
            fling=outbox.fling,
            poke=outbox.poke,
            menu=lambda: {"👤 A person": "person"},
        )
        always_open = Desk(config=seed.config())
        waker = Waker(
            store, app, clock, desk=lambda: always_open, fling=outbox.fling, poke=outbox.poke
        )
        await waker.step()  # the day has begun before anything else happens here
        app.events.clear()
        app.batches.clear()
        try:
            yield Edge(sb, bot, store, app, clock, delivery, outbox, intake, waker)
        finally:
            await bot.shutdown()
            await store.close()


@pytest_asyncio.fixture
async def edge() -> AsyncIterator[Edge]:
    """Give an edge at noon."""
    async with open_edge() as one:
        yield one


@pytest_asyncio.fixture
async def paced() -> AsyncIterator[Edge]:
    """Give an edge whose stand-in refuses what comes faster than Telegram allows."""
    async with open_edge(enforce_pacing=True) as one:
        yield one
