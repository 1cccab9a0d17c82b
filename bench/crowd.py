"""The load: customers in a closed loop on a stand-in server, each as fast as the bot answers.

Server and customers share this process, so neither costs the bot under test anything. A window
ends when the last case is filed and the last call of the bot is answered.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bench.script import TURNS, Filed, Lines, Say, WrongAnswerError, lines, next_act, next_echo
from sandbox.acts import press, talk
from sandbox.model import Json, User
from sandbox.server import Sandbox
from sandbox.updates import Updates

QUIET_SECONDS = 0.25
"""No call for so long after the last case: everything that was queued has been sent."""
STUCK_SECONDS = 30.0
Unsent = Callable[[], Awaitable[bool]]
"""Tells whether the bot still has something to send."""
SPACING = 1000
"""Stored customers have ids that are multiples of it; those who come now fall in between."""
FIRST_CUSTOMER = 7_000_000_000


@dataclass(slots=True)
class Customer:
    """One case in the making."""

    user: User
    script: Lines
    taps: bool
    said: int = 0
    at: float = 0.0
    heard: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Played:
    """What a window of load measured from outside."""

    turns: int
    cases: int
    seconds: float
    drained: float  # how much of it came after the last answer to a customer
    latencies: list[float]
    calls: dict[str, int]


class Crowd(Sandbox):
    """A Telegram for one bot, with customers in it."""

    def __init__(self, *, echo: bool, stored: int = 0, seed: int = 1) -> None:
        """Play for a bot that echoes, or for a desk that keeps so many cases already."""
        super().__init__(record=False)
        self.exchange.hears = self.note_call
        self._echo = echo
        self._random = random.Random(seed + time.time_ns())
        self._range = max(stored, 1_000_000)
        # Keys of updates are remembered in kept databases, so no run may repeat another's.
        self.world.updates = Updates(self.world.clock, first_id=time.time_ns() // 1_000_000)
        boss = self.person("Boss")
        boss.starts()
        self.boss = boss.id
        self.team = self.group("Team", forum=True, members=[boss])
        self.team.add_bot(admin=True)
        self.team.chat.last_id = int(time.time())
        self._talking: dict[int, Customer] = {}
        self._next = 0
        self._left = 0
        self._ended: asyncio.Future[None] | None = None
        self._latencies: list[float] = []
        self._calls: Counter[str] = Counter()
        self._last_call = 0.0
        self.filed: set[int] = set()

    async def play(self, cases: int, at_once: int, unsent: Unsent) -> Played:
        """Let so many cases happen, so many customers at once, and wait until all is quiet."""
        self._latencies, self._calls = [], Counter()
        self._left = cases
        self._ended = asyncio.get_running_loop().create_future()
        before = len(self.filed)
        began = time.perf_counter()
        for _ in range(min(at_once, cases)):
            self._enter()
        await self._until_ended()
        answered = time.perf_counter()
        await self.quiet()
        while await unsent():
            await self.quiet()
        if not self._echo and len(self.filed) - before != cases:
            msg = f"{cases} cases were told and {len(self.filed) - before} numbers given"
            raise WrongAnswerError(msg)
        ended = max(answered, self._last_call)
        return Played(
            len(self._latencies),
            cases,
            ended - began,
            ended - answered,
            self._latencies,
            dict(self._calls),
        )

    async def quiet(self) -> None:
        """Wait until the bot has taken in everything and has made no call for a while."""
        self._last_call = max(self._last_call, time.perf_counter() - QUIET_SECONDS / 2)
        while True:
            left = self._last_call + QUIET_SECONDS - time.perf_counter()
            if left <= 0 and not self.pending_updates:
                return
            await asyncio.sleep(max(left, QUIET_SECONDS / 5))

    async def _until_ended(self) -> None:
        assert self._ended is not None  # noqa: S101 - set by `play`
        while not self._ended.done():
            heard = self._last_call
            await asyncio.wait([self._ended], timeout=STUCK_SECONDS)
            if not self._ended.done() and self._last_call == heard:
                stuck = next(iter(self._talking.values()), None)
                msg = f"nothing came for {STUCK_SECONDS:.0f} s; a customer heard {stuck}"
                raise WrongAnswerError(msg)
        self._ended.result()

    def _enter(self) -> None:
        """Let a new customer come in and tell."""
        self._left -= 1
        self._next += 1
        script = lines(self._next)
        user = self.world.add_user(
            f"Customer {self._next}", user_id=self._free_id(), language_code=script.language
        )
        one = Customer(user, script, taps=self._next % 4 < 2)  # both languages tap and type
        self._talking[user.id] = one
        self._say(one, script.narrative)

    def _free_id(self) -> int:
        while True:
            found = FIRST_CUSTOMER + self._random.randrange(self._range * SPACING // 3)
            if found % SPACING and found not in self.world.users:
                return found

    def _say(self, one: Customer, text: str) -> None:
        one.said += 1
        one.at = time.perf_counter()
        talk.say(self.world, one.user, self.world.chats[one.user.id], text)

    # ---- what the bot does ------------------------------------------------------------------

    def note_call(self, method: str, params: Json, *, ok: bool, result: object) -> None:
        """Hear of every call of the bot as it is answered."""
        self._last_call = time.perf_counter()
        self._calls[method] += 1
        ended = self._ended
        if ended is None or ended.done():
            return
        if not ok:
            ended.set_exception(WrongAnswerError(f"{method} {params} was refused: {result}"))
        elif isinstance(result, dict) and method == "sendMessage":
            one = self._talking.get(result["chat"]["id"])
            if one is not None:
                self._hear(one, result, ended)

    def _hear(self, one: Customer, message: dict[str, Any], ended: asyncio.Future[None]) -> None:
        self._latencies.append(self._last_call - one.at)
        one.heard.append(message["text"])
        try:
            act = (
                next_echo(one.script, one.said, message)
                if self._echo
                else next_act(one.script, one.said, message, taps=one.taps)
            )
        except WrongAnswerError as error:
            ended.set_exception(WrongAnswerError(f"{error}; before: {one.heard}"))
            return
        # The bot's call is answered first, then the customer acts on it.
        asyncio.get_running_loop().call_soon(self._act, one, message, act)

    def _act(self, one: Customer, message: dict[str, Any], act: object) -> None:
        if isinstance(act, Filed):
            self._done(one, act.number)
        elif isinstance(act, Say):
            self._say(one, act.text)
        else:
            chat = self.world.chats[one.user.id]
            stored = chat.messages[message["message_id"]]
            one.said += 1
            one.at = time.perf_counter()
            press.press(self.world, one.user, stored, stored.buttons[0][0])

    def _done(self, one: Customer, number: int) -> None:
        if one.said != TURNS or number in self.filed:
            self._fail(
                f"case {number} after {one.said} turns, given before: {number in self.filed}"
            )
            return
        if number:
            self.filed.add(number)
        del self._talking[one.user.id]
        del self.world.users[one.user.id]
        if self._left > 0:
            self._enter()
        elif not self._talking and self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def _fail(self, message: str) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_exception(WrongAnswerError(message))
