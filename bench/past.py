"""`python -m bench.past`: a trial of rules on 10,000 stored cases, and what it costs customers.

One run, one desk: first the trial alone, then rounds of two windows of the same load, one without
and one with a trial under way. Few customers at once, so that cores are not full without it; the
judging process may use any core, desk and server are pinned as in the other measurements.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import AsyncExitStack
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import psutil

from bench import databases, fill, machine
from bench.crowd import Crowd
from bench.databases import SqliteFile
from bench.processes import bot, cores_of_server, pin, settings_of
from bench.rules import rules
from bench.run import SIZES, filled
from bot.app import App
from bot.clock import SystemClock
from bot.flows.admin.draft import started
from bot.flows.session import AdminSession
from bot.seed import config
from sandbox.acts import talk
from storage import Store

if TYPE_CHECKING:
    from pathlib import Path

    from bench.figures import Window
    from bench.processes import Bot

STORED = 10_000
RULES = 50
NAME = "desk-10k"
SIZES[NAME] = STORED


async def ruled(database: SqliteFile, boss: int) -> None:
    """Put 50 rules in force, and into the admin's draft one that hands off every Chinese case."""
    store = await Store.open(database.url)
    app = App(store, config())
    await app.refresh()
    now = SystemClock().now()
    await app.take_over(app.desk.config.but(rules=rules(RULES)), now, "bench")
    doc = app.desk.config.model_dump(mode="json", by_alias=True)
    doc["rules"][-1] |= {"when": ["filed"], "if": {"test": "language", "any_of": ["zh_Hans"]}}
    draft = started(app.desk.config).but(doc=doc)
    session = AdminSession(id=boss, draft=draft)
    await app.put(now, {f"admin:{boss}": session.model_dump(mode="json")})
    await store.close()


class Trial:
    """One `/backtest` by the boss."""

    def __init__(self, crowd: Crowd) -> None:
        """Ask for it."""
        self._crowd = crowd
        world = crowd.world
        self._chat = world.chats[crowd.boss]
        self._before = max(self._chat.messages, default=0)
        self.began = time.perf_counter()
        talk.say(world, world.users[crowd.boss], self._chat, f"/backtest {STORED}")

    @property
    def texts(self) -> list[str]:
        """What the bot said since."""
        return [str(m.text) for n, m in self._chat.messages.items() if n > self._before]

    @property
    def over(self) -> bool:
        """Whether the result stands there."""
        return any("Of the last" in text for text in self.texts)

    async def ended(self) -> float:
        """Wait for the result; return how many seconds it took."""
        while not self.over:  # noqa: ASYNC110 - the stand-in tells nobody what it was sent
            await asyncio.sleep(0.02)
        return time.perf_counter() - self.began


async def freed(desk: Bot) -> float:
    """Let the judging process use every core; return its size in MB once it has read cases."""
    while not (children := psutil.Process(desk.pid).children()):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    pin(children[0].pid, set(range(psutil.cpu_count() or 1)))
    await asyncio.sleep(0.5)
    try:
        return float(children[0].memory_info().rss) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


async def measured(path: Path, given: argparse.Namespace) -> int:
    """Print the figures."""
    database = SqliteFile(path)
    crowd = Crowd(echo=False, stored=STORED)
    async with AsyncExitStack() as stack:
        await ruled(database, crowd.boss)
        started = bot(NAME, crowd, ("bench.desk",), settings_of(crowd, database.url))
        desk = await stack.enter_async_context(started)
        desk.unsent = partial(databases.unsent, database)
        trial = Trial(crowd)
        size = await freed(desk)
        alone = await trial.ended()
        print(f"alone: {alone:.1f} s, {size:.0f} MB beside the desk; shown at the end:")
        print("\n".join(f"  {line}" for line in trial.texts[-1].splitlines()[:3]))
        await desk.window(given.warm_up, given.customers)
        without: list[Window] = []
        beside: list[Window] = []
        for _ in range(given.rounds):
            without.append(await desk.window(given.cases, given.customers))
            trial = Trial(crowd)
            await freed(desk)
            beside.append(await desk.window(given.cases, given.customers))
            over = trial.over
            took = await trial.ended()
            note = "over before the window was" if over else f"{took:.1f} s in all"
            print(
                f"  p95 {without[-1].p95_ms:.0f} ms, {beside[-1].p95_ms:.0f} ms beside it ({note})"
            )
            await crowd.quiet()
    for name in ("p50_ms", "p95_ms", "turns_per_second", "cpu_ms_per_turn"):
        a, b = (median(getattr(one, name) for one in many) for many in (without, beside))
        each = median(
            getattr(y, name) / getattr(x, name) for x, y in zip(without, beside, strict=True)
        )
        print(f"  {name:18} {a:8.2f} without, {b:8.2f} with a trial; ratio of pairs {each:.3f}")
    return 0


def main() -> int:
    """Fill the database where it is not there yet, and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.past", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", type=int, default=50)
    parser.add_argument("--warm-up", type=int, default=60)
    parser.add_argument("--customers", type=int, default=3)
    given = parser.parse_args()
    print(machine.told(machine.describe()))
    path = fill.ready(STORED) or filled(given, [NAME])[NAME]
    pin(0, cores_of_server)
    return asyncio.run(measured(path, given))


if __name__ == "__main__":
    sys.exit(main())
