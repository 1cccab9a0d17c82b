"""The bots under test: each a process of its own, on a core of its own, measured from outside."""

from __future__ import annotations

import asyncio
import compileall
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.figures import Window, percentile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bench.crowd import Crowd, Unsent

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "bench" / "data"
START_SECONDS = 60.0
STOP_SECONDS = 15.0


def compiled() -> None:
    """Compile what the bots run, as an installer does: done in a bot it would count as its own."""
    for folder in ("bot", "storage", "bench"):
        compileall.compile_dir(ROOT / folder, quiet=1)


class BotFailedError(Exception):
    """A bot under test did not start, or ended by itself."""


def cores() -> tuple[set[int], set[int]]:
    """Return the core of the server and its customers, and the core of the bot."""
    if not hasattr(os, "sched_getaffinity"):  # no pinning on macOS
        return set(), set()
    mine = sorted(os.sched_getaffinity(0))
    return ({mine[0]}, {mine[1]}) if len(mine) > 1 else (set(mine), set(mine))


cores_of_server, cores_of_bot = cores()


def pin(pid: int, chosen: set[int]) -> None:
    """Keep a process (0: this one) on these cores, where the system can."""
    if chosen:
        os.sched_setaffinity(pid, chosen)


class Bot:
    """A bot at work on a crowd's server."""

    def __init__(self, name: str, crowd: Crowd, process: Process, log: Path) -> None:
        """Measure this process."""
        self.name, self.crowd, self.log = name, crowd, log
        self.unsent: Unsent = _nothing_unsent
        self._child = process
        self._process = psutil.Process(process.pid)

    async def window(self, cases: int, at_once: int) -> Window:
        """Play so many cases and return what they cost."""
        me = psutil.Process()
        cpu, own = self._cpu(), _seconds(me)
        played = await self.crowd.play(cases, at_once, self.unsent)
        if self.ended:
            raise BotFailedError(self.said())
        used = self._cpu() - cpu
        return Window(
            bot=self.name,
            turns=played.turns,
            seconds=played.seconds,
            turns_per_second=played.turns / played.seconds,
            cpu_ms_per_turn=1000 * used / played.turns,
            bot_busy=used / played.seconds,
            server_busy=(_seconds(me) - own) / played.seconds,
            p50_ms=1000 * percentile(played.latencies, 0.5),
            p95_ms=1000 * percentile(played.latencies, 0.95),
            drained_ms=1000 * played.drained,
            rss_mb=self._process.memory_info().rss / 2**20,
            calls=played.calls,
        )

    def tell(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._child.send_signal(number)

    @property
    def pid(self) -> int:
        """Its number with the system."""
        return self._child.pid

    def _cpu(self) -> float:
        return _seconds(self._process)

    def said(self) -> str:
        """Return the end of what the process printed."""
        return f"{self.name}: {self.log.read_text('utf-8', 'replace')[-2000:]}"

    @property
    def ended(self) -> bool:
        """Whether the process is no more."""
        return self._child.returncode is not None

    async def stop(self) -> None:
        """End it as an operator would."""
        if self.ended:
            return
        self._child.terminate()
        try:
            await asyncio.wait_for(self._child.wait(), STOP_SECONDS)
        except TimeoutError:
            self._child.kill()
            await self._child.wait()


async def _nothing_unsent() -> bool:
    """Say no: a bot that keeps nothing has sent what it answered."""
    return False


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@asynccontextmanager
async def bot(
    name: str, crowd: Crowd, module: Sequence[str], settings: dict[str, str]
) -> AsyncIterator[Bot]:
    """Open the crowd's server and run a bot on it; `module` is what follows `python -m`."""
    DATA.mkdir(parents=True, exist_ok=True)
    log = DATA / f"{name}.log"
    async with crowd:
        env = {
            **{one: value for one, value in os.environ.items() if "_proxy" not in one.lower()},
            "PYTHONPATH": os.pathsep.join(
                [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
            ),
            "BOT_API_URL": crowd.url,
            **settings,
        }
        given = [part.format(url=crowd.url, token=crowd.token) for part in module]
        with log.open("wb") as out:
            process = await create_subprocess_exec(
                sys.executable,
                "-m",
                *given,
                cwd=DATA,
                env=env,
                stdin=DEVNULL,
                stdout=out,
                stderr=out,
            )
        pin(process.pid, cores_of_bot)
        running = Bot(name, crowd, process, log)
        try:
            await _connected(running)
            yield running
        finally:
            await running.stop()


async def _connected(running: Bot) -> None:
    """Wait until the bot polls, which no event of its server tells."""
    until = time.monotonic() + START_SECONDS
    while not running.crowd.connected:
        if running.ended or time.monotonic() > until:
            raise BotFailedError(running.said())
        await asyncio.sleep(0.05)
    await running.crowd.quiet()  # what the set-up of the rooms told it has been answered


def settings_of(crowd: Crowd, database: str) -> dict[str, str]:
    """Return the environment of a desk on this crowd's server."""
    return {
        "BOT_TOKEN": crowd.token,
        "DATABASE_URL": database,
        "MANAGERS_CHAT_ID": "",
        "ADMIN_IDS": str(crowd.boss),
        "TEAM_CHAT_ID": str(crowd.team.id),
        "DESK_CONFIG": str(ROOT / "bench" / "desk.yaml"),
        "PACING": "off",
        "CLASSIFIER": "off",
    }
