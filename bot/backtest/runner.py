"""Trials of rules on past cases: read in chunks, judged by a process of its own, told as events.

One at a time; others wait. One that a restart ended begins again by itself: what is tried stands
in the menu of the admin who asked. It must never hold up a customer's turn, so nothing is judged
here.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.backtest.worker import CASES, FOUND, SETTING, Setting, Tried
from bot.flows.comparison import Comparison
from bot.flows.effects import Backtest, StopBacktest
from bot.flows.events import BacktestDone, BacktestStep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

    from bot.app import App
    from bot.clock import Clock
    from bot.flows.events import Event
    from bot.texts.letters import Letter
    from storage import Store

log = logging.getLogger(__name__)

CHUNK = 40
"""Cases read at once: a millisecond of the database."""
SHOWN_EVERY = 2.0
"""Seconds between two edits of the message that shows how far it is."""
LONGEST_LINE = 1 << 26
SECRETS = ("BOT_TOKEN", "DATABASE_URL")
"""What the judging process has no need to know."""


class WorkerLostError(Exception):
    """The judging process ended by itself."""


class Backtests:
    """The trials that admins asked for."""

    def __init__(
        self,
        store: Store,
        app: App,
        clock: Clock,
        *,
        fling: Callable[[Sequence[Letter]], None],
        poke: Callable[[], None],
    ) -> None:
        """Read from the store, tell `app`; `poke` is called after every commit."""
        self._store = store
        self._app = app
        self._clock = clock
        self._fling = fling
        self._poke = poke
        self._one_at_a_time = asyncio.Lock()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[asyncio.Task[None]] = set()
        self._closing = False
        self.workers: set[Process] = set()

    def asked(self, effect: Backtest | StopBacktest) -> None:
        """Begin a trial, or stop one."""
        if isinstance(effect, StopBacktest):
            running = self._tasks.get(effect.token)
            if running is not None:
                running.cancel()
            else:  # it ended already, with the process it began in perhaps
                self._start(self._stopped(effect.admin, effect.token))
            return
        self._tasks[effect.token] = self._start(self._guarded(effect))

    def resume(self) -> None:
        """Begin again what was under way when the desk stopped."""
        for admin, session in self._app.desk.sessions.items():
            trial = session.trial
            if trial is not None and trial.state == "running" and trial.tried is not None:
                self.asked(Backtest(admin, trial.token, trial.tried, trial.count))

    async def idle(self) -> bool:
        """Wait until no trial is under way; tell whether one was."""
        busy = bool(self._wanted)
        while self._wanted:
            await asyncio.wait(self._wanted)
        return busy

    async def close(self) -> None:
        """End what is under way, untold: the desk stops, and begins it again when it starts."""
        self._closing = True
        while self._wanted:
            for task in self._wanted:
                task.cancel()
            await asyncio.wait(self._wanted)

    def _start(self, doing: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(doing)
        self._wanted.add(task)
        task.add_done_callback(self._wanted.discard)
        return task

    async def _guarded(self, effect: Backtest) -> None:
        try:
            await self._run(effect)
        except asyncio.CancelledError:
            if not self._closing:
                self._start(self._stopped(effect.admin, effect.token))
        except Exception:  # whatever it was, the admin is not left waiting
            log.exception("the trial %s of rules on past cases failed", effect.token)
            await self._tell(self._done(effect.admin, effect.token, failed=True))
        finally:
            self._tasks.pop(effect.token, None)

    async def _run(self, effect: Backtest) -> None:
        async with self._one_at_a_time, self._worker(effect) as worker:
            found, before, shown = Comparison(), sys.maxsize, 0.0
            async with self._store.unit() as unit:
                total = min(effect.count, await unit.last_case_number())
            while found.cases < effect.count:
                async with self._store.unit() as unit:
                    rows = await unit.past(before, min(CHUNK, effect.count - found.cases))
                if not rows:
                    break
                before = rows[-1][0]
                found += await _judged(worker, CASES.dump_json(rows))
                now = asyncio.get_running_loop().time()
                if now - shown >= SHOWN_EVERY and found.cases < total:
                    shown = now
                    await self._tell(self._step(effect, found.cases, total))
        await self._tell(self._done(effect.admin, effect.token, found))

    async def _stopped(self, admin: int, token: str) -> None:
        await self._tell(self._done(admin, token))

    def _step(self, effect: Backtest, done: int, total: int) -> BacktestStep:
        key = f"{effect.token}:bt{done}"
        return BacktestStep(key, self._clock.now(), effect.admin, effect.token, done, total)

    def _done(
        self, admin: int, token: str, found: Comparison | None = None, *, failed: bool = False
    ) -> BacktestDone:
        key = f"{token}:bt"
        return BacktestDone(key, self._clock.now(), admin, token, found, failed)

    async def _tell(self, event: Event) -> None:
        self._fling(await self._app.handle([event]))
        self._poke()

    @asynccontextmanager
    async def _worker(self, effect: Backtest) -> AsyncIterator[Process]:
        config = self._app.desk.config
        setting = Setting(
            Tried(rules=config.rules, hours=config.hours, targets=config.targets),
            Tried.model_validate(effect.tried),
            self._clock.now(),
        )
        worker = await create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.backtest.worker",
            stdin=PIPE,
            stdout=PIPE,
            limit=LONGEST_LINE,
            env={name: one for name, one in os.environ.items() if name not in SECRETS},
        )
        self.workers.add(worker)
        _last_in_line(worker.pid)
        try:
            _write(worker, SETTING.dump_json(setting, by_alias=True))
            yield worker
        finally:
            self.workers.discard(worker)
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()


def _last_in_line(pid: int) -> None:
    """Have a process run only when nobody else wants the core.

    Niceness is not enough: Linux lets even the nicest finish its few milliseconds when a customer's
    turn wakes up, and a turn wakes up several times.
    """
    if hasattr(os, "sched_setscheduler"):
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    else:  # macOS
        os.setpriority(os.PRIO_PROCESS, pid, NICEST)


NICEST = 19


async def _judged(worker: Process, cases: bytes) -> Comparison:
    """Hand some cases over and wait for what was found."""
    _write(worker, cases)
    assert worker.stdout is not None  # noqa: S101 - opened as a pipe
    answer = await worker.stdout.readline()
    if not answer:
        raise WorkerLostError
    return FOUND.validate_json(answer)


def _write(worker: Process, line: bytes) -> None:
    assert worker.stdin is not None  # noqa: S101 - opened as a pipe
    worker.stdin.write(line + b"\n")
