"""Telegram out: what the store holds is sent in order per chat, many chats at once, at pace.

A chat's next letter leaves only after the outcome of the one before is committed, so a crash
repeats one message per chat at most. Outcomes and the next claim share one transaction; slow
sends hold back nobody else. It must never know what a letter says, and it never logs it.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.calls import weight
from bot.clock import nap
from bot.outage import Outage
from bot.outcomes import Landed, Ledger, failures, ledger_of, moves
from bot.pace import Pace
from bot.texts.letters import URGENT
from storage.errors import RacedError
from storage.rows import Retry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.clock import Clock
    from bot.delivery import Delivery
    from bot.flows.events import Event
    from bot.intake import Handles
    from bot.texts.letters import Letter
    from storage import Store
    from storage.rows import Claimed

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Letters in flight; well under the connections of the request."""
DRAIN_SECONDS = 5.0
GATHER_SECONDS = 0.01
"""What lands within this time is recorded together: a transaction costs more than such a wait."""
LONGEST = timedelta(minutes=1)
"""Look at least this often, and take up what another process left behind."""
RACES = 5
"""How often a transaction that another process overtook is done again at once."""
ABANDONED = timedelta(minutes=3)
"""Longer than any call may take: a claim this old belongs to a process that is no more."""


class Outbox:
    """The loop that sends."""

    def __init__(
        self,
        store: Store,
        app: Handles,
        delivery: Delivery,
        clock: Clock,
        *,
        pacing: bool = True,
        at_once: int = AT_ONCE,
        alone: bool = True,
    ) -> None:
        """Send through `delivery`; with `alone=False` other processes send from the same store."""
        self._store = store
        self._app = app
        self._delivery = delivery
        self._clock = clock
        self._pace = Pace(kept=pacing)
        self._at_once = at_once
        self._alone = alone
        self._nudge = asyncio.Event()
        self._flying: set[int] = set()  # ids of rows claimed here and not yet recorded
        self._tasks: set[asyncio.Task[None]] = set()
        self._landed: list[Landed] = []
        self._kept_back: list[Retry] = []  # claimed, but their chats' turn has not come
        self._gathering: asyncio.TimerHandle | None = None
        self._flung: set[asyncio.Task[None]] = set()
        self._reclaimed_at: datetime | None = None
        self.next_at: datetime | None = None
        """When to look again if nothing else happens; for tests that move the clock."""
        self.on_told: Callable[[], None] = _nothing
        """Called after the desk heard of failures: wake-ups may have moved."""

    def poke(self) -> None:
        """Look now: there may be something new to send."""
        self._nudge.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight and nothing landed waits to be recorded."""
        return not self._tasks and not self._landed and not self._kept_back

    def fling(self, letters: Sequence[Letter]) -> None:
        """Send these at once and keep nothing: what is worth sending only now."""
        for letter in letters:
            task = asyncio.create_task(self._fling_one(letter))
            self._flung.add(task)
            task.add_done_callback(self._flung.discard)

    async def step(self) -> bool:
        """Claim, send all of it, record; tell whether there was anything. For tests."""
        await self._turn()
        if not self._tasks and not self._kept_back:
            return False
        await asyncio.gather(*self._tasks)
        await self._turn(claim=False)
        return True

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; then finish what is in flight and drain what is due."""
        database = Outage(log, "the database")
        ending = asyncio.ensure_future(_tell_when(stop, self._nudge))
        try:
            while not stop.is_set():
                await self._guarded(database, stop)
            await self._drain()
        finally:
            ending.cancel()

    # ---- one turn ----------------------------------------------------------------------------

    async def _guarded(self, database: Outage, stop: asyncio.Event) -> None:
        """One turn and the wait after it; what landed is kept while the database is away."""
        self._nudge.clear()
        try:
            await self._turn()
            database.over()
        except Exception as err:  # noqa: BLE001 - nothing is lost: rows stay claimed, outcomes here
            database.seen(err)
            await database.wait(stop)
            return
        await self._clock.sleep_until(self.next_at, self._nudge)

    async def _turn(self, *, claim: bool = True) -> None:
        """Record what landed and claim what may leave, in one transaction; then let it leave."""
        landed, self._landed = self._landed, []
        kept_back, self._kept_back = self._kept_back, []
        self._gathered()
        now = self._clock.now()
        try:
            await self._tell(failures(landed, now))
            ledger = ledger_of(landed, now)
            ledger.retry += kept_back
            leaving = await self._recorded(ledger, now, claim=claim)
        except BaseException:  # cancelled included: what landed is to be recorded later
            self._landed = landed + self._landed
            self._kept_back = kept_back
            raise
        self._flying.difference_update(one.claimed.id for one in landed)
        for claimed in leaving:
            self._flying.add(claimed.id)
            task = asyncio.create_task(self._send(claimed))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        await self._tell(moves(landed, now))  # after: what is queued again moves along

    async def _recorded(self, ledger: Ledger, now: datetime, *, claim: bool) -> list[Claimed]:
        """Do the transaction; another process may get there first, then do it again."""
        for _ in range(RACES):
            try:
                return await self._record_and_claim(ledger, now, claim=claim)
            except RacedError:
                continue
        return await self._record_and_claim(ledger, now, claim=claim)

    async def _record_and_claim(
        self, ledger: Ledger, now: datetime, *, claim: bool
    ) -> list[Claimed]:
        room = self._at_once - len(self._flying) + ledger.landed
        limit = self._pace.room(now, room) if claim else 0
        async with self._store.unit() as unit:
            await unit.finish(now, ledger.done, ledger.retry, ledger.failed)
            if not claim:
                return []
            if self._reclaims(now):
                await unit.reclaim(now, None if self._alone else now - ABANDONED)
            claimed, due = await unit.together(
                unit.claim(now, (), max(limit, 0)), unit.next_due(now), last=True
            )
        leaving, self._kept_back = self._paced(claimed, now)
        self._reclaimed_at = self._reclaimed_at or now
        self._look_again(now, due, full=len(claimed) >= limit)
        return leaving

    def _paced(
        self, claimed: Sequence[Claimed], now: datetime
    ) -> tuple[list[Claimed], list[Retry]]:
        """Part what may leave now from what must wait for its chat's turn."""
        leaving, kept_back = [], []
        for one in claimed:
            letter = one.letter
            when = self._pace.take(
                letter.chat, weight(letter), now, urgent=letter.priority <= URGENT
            )
            if when <= now:
                leaving.append(one)
            else:
                kept_back.append(Retry(one.id, when, counted=False))
        return leaving, kept_back

    def _reclaims(self, now: datetime) -> bool:
        """Take up what a dead process had claimed: once when alone, else again and again."""
        last = self._reclaimed_at
        if last is None:
            return True
        if self._alone or now - last < LONGEST:
            return False
        self._reclaimed_at = None
        return True

    def _look_again(self, now: datetime, due: datetime | None, *, full: bool) -> None:
        """Set when to look again; at once when more may be waiting, or something was kept back."""
        times = [now + LONGEST, *(one.due_at for one in self._kept_back)]
        if due is not None:
            times.append(due)
        if full and self._pace.room(now, self._at_once) <= 0:
            times.append(self._pace.room_at(now))
        elif self._kept_back or (full and len(self._flying) < self._at_once):
            self._nudge.set()
        self.next_at = min(times)

    # ---- sending -----------------------------------------------------------------------------

    async def _send(self, claimed: Claimed) -> None:
        """Send one; its outcome waits for the next turn."""
        letter = claimed.letter
        outcome = await self._delivery.send(letter, claimed.thread, claimed.slot_message)
        if outcome.after is not None:
            self._pace.hold(letter.chat, self._clock.now() + outcome.after)
        if outcome.error:
            log.info("letter %d (%s): %s", claimed.id, letter.method, outcome.verdict)
        self._landed.append(Landed(claimed, outcome))
        self._gather()

    def _gather(self) -> None:
        """Have what landed recorded: at once when nothing else flies, else with what lands soon."""
        if len(self._landed) >= len(self._flying):
            self._nudge.set()
        elif self._gathering is None:
            loop = asyncio.get_running_loop()
            self._gathering = loop.call_later(GATHER_SECONDS, self._nudge.set)

    def _gathered(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    async def _fling_one(self, letter: Letter) -> None:
        outcome = await self._delivery.send(letter)
        if outcome.error:
            log.info("a fleeting %s was not taken: %s", letter.method, outcome.verdict)

    async def _tell(self, events: Sequence[Event]) -> None:
        """Let the desk hear of what failed or moved."""
        if events:
            self.fling(await self._app.handle(events))
            self.on_told()

    async def _drain(self) -> None:
        """Finish what is in flight and send what is due, for a few seconds of real time.

        A call that takes longer stays claimed and is sent again by the next start.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + DRAIN_SECONDS
        try:
            while (left := until - loop.time()) > 0:
                self._nudge.clear()
                await self._turn()
                if not self._flying:
                    break
                await nap(left, self._nudge)
            await self._turn(claim=False)
        except Exception as err:  # noqa: BLE001 - the next start sends what was not recorded
            log.warning("stopped before all was recorded: %s", type(err).__name__)
        for task in (*self._tasks, *self._flung):
            task.cancel()


async def _tell_when(stop: asyncio.Event, nudge: asyncio.Event) -> None:
    await stop.wait()
    nudge.set()


def _nothing() -> None:
    """Do nothing: nobody wants to hear."""
