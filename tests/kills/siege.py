"""A desk under siege: a process that is killed again and again while people talk to it.

The stand-in lives here, in the test's process, so the test sees every call and every poll and can
kill in the very instant that matters. Time is frozen and moved only when nothing else is left to
do, so the clock decides nothing.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter, defaultdict
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import orjson

from sandbox.server import Sandbox
from tests.kills.look import looking
from tests.town import WEDNESDAY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.kills.look import Look

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("desk.yaml")
REPEATABLE = ("send", "copy", "forward", "createForumTopic")
ANSWER_WAITS = 60_000
"""Milliseconds: on the desk that is besieged nothing wakes a case so soon but an answer on hold."""
HANDED, UNCONFIRMED, SENT, ANYTIME = "handed", "unconfirmed", "sent", "anytime"
"""When a kill comes: updates just handed out; committed but not confirmed; sent but not marked;
and anywhere between two calls."""


@dataclass(frozen=True)
class Made:
    """One call that Telegram carried out."""

    life: int
    method: str
    chat: int
    key: bytes


@dataclass
class Reaper:
    """Chooses the moments, from a seed: so many kills, while there is work to be interrupted."""

    random: Random
    left: int
    calls: int  # calls between two kills, at most
    polls: int  # polls with news between two kills, at most
    moment: str = ""
    count: int = 0

    def choose(self) -> None:
        """Choose how and when the next life ends."""
        self.moment = self.random.choice((HANDED, UNCONFIRMED, SENT, SENT, ANYTIME, ANYTIME))
        longest = {ANYTIME: self.calls, SENT: self.calls // 2}.get(self.moment, self.polls)
        self.count = self.random.randint(1, longest)

    def strikes(self, moment: str) -> bool:
        """Tell whether this is the moment."""
        if not self.left or moment != self.moment:
            return False
        self.count -= 1
        if self.count:
            return False
        self.left -= 1
        return True


class Siege:
    """One stand-in, one database, and one desk after the other."""

    def __init__(self, sandbox: Sandbox, look: Look, reaper: Reaper, log: Path) -> None:
        self.sandbox = sandbox
        self.look = look
        self.reaper = reaper
        self.log = log
        self.made: list[Made] = []
        self.life = 0
        self.kills: Counter[str] = Counter()
        self.struck_after: list[int] = []  # messages sent before each kill
        self._pid: int | None = None
        self._died = asyncio.Event()
        self._zygote: asyncio.subprocess.Process
        self._hook()

    # ---- watching the desk ---------------------------------------------------------------

    def _hook(self) -> None:
        sandbox, updates = self.sandbox, self.sandbox.world.updates
        note, peek, confirm = sandbox.exchange.note_call, updates.peek, updates.confirm

        def noted(method: str, params: Any, *, ok: bool, result: object) -> None:
            note(method, params, ok=ok, result=result)
            if ok and method.startswith(REPEATABLE):
                key = orjson.dumps(params, option=orjson.OPT_SORT_KEYS)
                chat = int(params.get("chat_id", 0))
                self.made.append(Made(self.life, method, chat, key))
                self._moment(SENT)
            self._moment(ANYTIME)

        def peeked(limit: int) -> Any:
            found = peek(limit)
            if found:
                self._moment(HANDED)
            return found

        def confirmed(offset: int) -> None:
            if len(updates) and updates.peek.__wrapped__(1)[0]["update_id"] < offset:
                self._moment(UNCONFIRMED)
                if self._pid is None:
                    return  # it died before Telegram heard of it
            confirm(offset)

        peeked.__wrapped__ = peek  # type: ignore[attr-defined]
        sandbox.exchange.note_call = noted  # type: ignore[method-assign]
        updates.peek = peeked  # type: ignore[method-assign]
        updates.confirm = confirmed  # type: ignore[method-assign]

    def _moment(self, moment: str) -> None:
        if self._pid is None or not self.reaper.strikes(moment):
            return
        self.struck_after.append(len(self.made))
        self.kills[moment] += 1
        if moment in {SENT, UNCONFIRMED}:
            self._kill()  # before an answer leaves
        else:
            delay = self.reaper.random.uniform(0, 0.03)
            asyncio.get_running_loop().call_later(delay, self._kill)

    def _kill(self) -> None:
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            self._pid = None
            self._died.set()

    # ---- one life after the other ----------------------------------------------------------

    async def open(self, environment: dict[str, str]) -> None:
        """Start the zygote and the first desk."""
        self._zygote = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.kills.zygote",
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        await self._start()

    async def _order(self, order: str) -> int:
        assert self._zygote.stdin
        assert self._zygote.stdout
        self._zygote.stdin.write(f"{order}\n".encode())
        await self._zygote.stdin.drain()
        return int(await self._zygote.stdout.readline())

    async def _start(self) -> None:
        self.life += 1
        self.reaper.choose()
        self._pid = await self._order("start")

    async def keep_alive(self) -> None:
        """Start the next desk whenever one was killed."""
        while True:
            await self._died.wait()
            self._died.clear()
            assert os.WTERMSIG(await self._order("bury")) == signal.SIGKILL
            await self._start()

    async def close(self) -> None:
        """Let the last desk stop as an operator would stop it."""
        if self._pid is not None:
            os.kill(self._pid, signal.SIGTERM)
            self._pid = None
            assert await self._order("bury") == 0, self.log.read_text("utf-8")[-3000:]
        assert self._zygote.stdin
        self._zygote.stdin.close()
        await self._zygote.wait()

    # ---- waiting ---------------------------------------------------------------------------

    async def breath(self) -> None:
        """Let the stand-in answer what has come in, and no more."""
        await asyncio.wait([self.sandbox.world.next_change()], timeout=0.002)

    async def quiet(self) -> None:
        """Wait until all is committed, confirmed, sent and recorded."""
        try:
            async with asyncio.timeout(90):
                while not await self._is_quiet():
                    await self._silence()
        except TimeoutError:
            rows = await self.look.rows(
                "SELECT chat_id, state, attempts, error, letter FROM outbox LIMIT 9"
            )
            tail = self.log.read_text("utf-8")[-3000:]
            message = f"no quiet: {self.sandbox.pending_updates} updates, {rows}\n{tail}"
            raise AssertionError(message) from None

    async def _silence(self) -> None:
        """Wait until nothing has changed for a few milliseconds: then it is worth looking."""
        changed = True
        while changed:
            changed, _ = await asyncio.wait([self.sandbox.world.next_change()], timeout=0.004)

    async def _is_quiet(self) -> bool:
        if self._pid is None or self.sandbox.pending_updates:
            return False
        now = int(self.sandbox.clock.time() * 1000)
        sql = "SELECT min(wake_at) FROM cases WHERE wake_at <= "
        wake = (await self.look.rows(f"{sql}{now + ANSWER_WAITS}"))[0][0]
        if wake is not None and wake <= now:
            return False
        left = await self.look.rows(
            "SELECT chat_id, state, due_at FROM outbox WHERE state <> 'failed' "
            "ORDER BY chat_id, state DESC, priority, id"
        )
        first = {chat: (state, at) for chat, state, at in reversed(left)}.values()
        ahead = [at for _, at in first] + ([wake] if wake is not None else [])
        if ahead and all(state == "queued" and at > now for state, at in first):
            self.sandbox.advance((min(ahead) - now) / 1000 + 0.001)
            return False
        return not left and not self.sandbox.pending_updates and self._pid is not None


@asynccontextmanager
async def siege(
    url: str, folder: Path, *, kills: int = 0, calls: int = 100, polls: int = 5, seed: int = 1
) -> AsyncIterator[tuple[Siege, Any, Any]]:
    """Open a desk on this database that will be killed so many times; give also Mei and the team."""
    log = folder / "desk.log"
    log.touch()
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox(now=WEDNESDAY))
        boss, mei = sandbox.person("Boss"), sandbox.person("Mei")
        boss.starts()
        team = sandbox.group("Team", members=[boss, mei], forum=True)
        team.add_bot(admin=True)
        look = await stack.enter_async_context(looking(url))
        reaper = Reaper(Random(seed), kills, calls, polls)
        under = Siege(sandbox, look, reaper, log)
        await under.open(
            {
                "BOT_TOKEN": sandbox.token,
                "BOT_API_URL": sandbox.url,
                "DATABASE_URL": url,
                "ADMIN_IDS": str(boss.id),
                "TEAM_CHAT_ID": str(team.id),
                "DESK_CONFIG": str(CONFIG),
                "PACING": "off",
                "CLASSIFIER": "off",
                "DESK_LOG": str(log),
            }
        )
        stack.push_async_callback(under.close)
        keeper = asyncio.create_task(under.keep_alive())
        try:
            await sandbox.until(lambda: sandbox.connected, timeout=30)
            yield under, mei.at(team), team
            reaper.left = 0
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)


# ---- repeats ---------------------------------------------------------------------------------


@dataclass
class Repeats:
    """Messages that went out again, by chat and by the kill they were repeated after."""

    by_kill: dict[tuple[int, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    in_one_life: list[Made] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(len(one) for one in self.by_kill.values())


def repeats(made: list[Made], usual: list[Made]) -> Repeats:
    """Find what was sent more often than in a run without kills; after which kill, where."""
    usually = Counter((one.chat, one.key) for one in usual)
    times: dict[tuple[int, bytes], list[Made]] = defaultdict(list)
    for one in made:
        times[one.chat, one.key].append(one)
    found = Repeats()
    for at, sent in times.items():
        excess = len(sent) - max(1, usually[at])
        pairs = sorted(pairwise(sent), key=lambda p: p[1].life - p[0].life)
        after_kill = [pair for pair in pairs if pair[1].life > pair[0].life]
        for first, _ in after_kill[: max(excess, 0)]:
            found.by_kill[first.chat, first.life].append(first.method)
        found.in_one_life += [p[0] for p in pairs[: max(excess - len(after_kill), 0)]]
    return found
