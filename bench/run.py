"""One run of the bench: bots side by side, round after round, and what came of it."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

from bench import databases, fill, machine, postgres, profiling
from bench.crowd import Crowd
from bench.databases import SqliteFile
from bench.figures import ratios, table, verdicts
from bench.processes import (
    DATA,
    ROOT,
    Bot,
    BotFailedError,
    bot,
    compiled,
    cores_of_server,
    pin,
    settings_of,
)
from bench.script import WrongAnswerError

if TYPE_CHECKING:
    from pathlib import Path

    from bench.databases import Database
    from bench.figures import Rounds, Window

RESULTS = ROOT / "bench" / "results" / "latest.json"
AT_ONCE = 50
CASES = 250
WARM_UP = 60
ROUNDS = 7
QUICK_ROUNDS = 3
SIZES = {"desk-1k": 1_000, "desk-100k": 100_000, "desk-1m": 1_000_000}
SPEED = ("bare", "bare+sniffio", "desk", "desk-unread", "desk-postgres")
ECHO = ("bench.echo", "{url}", "{token}")


class Run:
    """Bots at work side by side; each is asked for one window a round."""

    def __init__(self, stack: AsyncExitStack, *, cases: int, at_once: int) -> None:
        """Keep what is opened on this stack."""
        self._stack = stack
        self._cases, self._at_once = cases, at_once
        self.bots: list[Bot] = []
        self._kept: dict[str, tuple[Database, int]] = {}

    async def add_echo(self, name: str, wanted: str) -> None:
        """Add a bare echo."""
        self.bots.append(
            await self._stack.enter_async_context(bot(name, Crowd(echo=True), (*ECHO, wanted), {}))
        )

    async def add_desk(self, name: str, database: Database, *options: str, stored: int = 0) -> Bot:
        """Add this bot on a database; at the end it must hold what customers were told."""
        before = await databases.filed(database) if stored else 0
        crowd = Crowd(echo=False, stored=stored)
        one = await self._stack.enter_async_context(
            bot(name, crowd, ("bench.desk", *options), settings_of(crowd, database.url))
        )
        one.unsent = partial(databases.unsent, database)
        self.bots.append(one)
        self._kept[name] = (database, before)
        return one

    async def rounds(self, count: int) -> Rounds:
        """Warm up, then let each bot have a window in every round."""
        for one in self.bots:
            await one.window(min(WARM_UP, self._cases), self._at_once)
        done: Rounds = []
        for n in range(count):
            done.append({})
            for one in self.bots:
                done[-1][one.name] = await one.window(self._cases, self._at_once)
            _progress(n + 1, count, done[-1])
        await self._check()
        return done

    async def _check(self) -> None:
        """Compare what the databases hold with what customers were told."""
        for one in self.bots:
            if one.name not in self._kept:
                continue
            database, before = self._kept[one.name]
            cases, told = await databases.filed(database) - before, len(one.crowd.filed)
            if cases != told:
                msg = f"{one.name} told {told} customers a number and filed {cases} cases"
                raise WrongAnswerError(msg)


def _progress(n: int, count: int, windows: dict[str, Window]) -> None:
    speeds = "  ".join(f"{name} {one.turns_per_second:.0f}" for name, one in windows.items())
    print(f"  round {n}/{count}, turns/s: {speeds}", flush=True)


def _new(name: str) -> SqliteFile:
    """Return a database that does not exist yet."""
    DATA.mkdir(parents=True, exist_ok=True)
    for old in DATA.glob(f"{name}.db*"):
        old.unlink()
    return SqliteFile(DATA / f"{name}.db")


async def _speed(given: argparse.Namespace) -> Rounds:
    """Run (a), (b), (c) and what is shown beside them."""
    async with AsyncExitStack() as stack:
        run = Run(stack, cases=given.cases, at_once=given.customers)
        if "bare" in given.only:
            await run.add_echo("bare", "without-sniffio")
        if "bare+sniffio" in given.only:
            await run.add_echo("bare+sniffio", "with-sniffio")
        if "desk" in given.only:
            await run.add_desk("desk", _new("desk"))
        if "desk-unread" in given.only:
            await run.add_desk("desk-unread", _new("desk-unread"), "--reading", "remembered")
        if "desk-postgres" in given.only:
            server_url = stack.enter_context(postgres.server())
            await run.add_desk("desk-postgres", await postgres.fresh(server_url))
        return await run.rounds(given.rounds)


async def _pattern(given: argparse.Namespace) -> Path:
    """Let the bot write a few real cases."""
    database = _new("pattern")
    async with AsyncExitStack() as stack:
        run = Run(stack, cases=64, at_once=given.customers)
        one = await run.add_desk("pattern", database)
        await one.window(64, given.customers)
    return database.path


async def _sizes(given: argparse.Namespace, paths: dict[str, Path]) -> Rounds:
    """Run the bot on databases of several sizes."""
    async with AsyncExitStack() as stack:
        run = Run(stack, cases=given.cases, at_once=given.customers)
        for name, path in paths.items():
            await run.add_desk(name, SqliteFile(path), stored=SIZES[name])
        return await run.rounds(given.rounds)


def filled(given: argparse.Namespace, names: list[str]) -> dict[str, Path]:
    """Return the databases of these sizes, made now where there is none."""
    found: dict[str, Path] = {}
    pattern: Path | None = None
    for name in names:
        path = fill.ready(SIZES[name])
        if path is None:
            pattern = pattern or asyncio.run(_pattern(given))
            began = time.perf_counter()
            path = fill.fill(pattern, SIZES[name])
            size = path.stat().st_size / 2**20
            print(f"  {name}: filled in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
        found[name] = path
    return found


async def _profile(given: argparse.Namespace, kind: str, place: Path) -> Window:
    """Run the desk alone under a profile."""
    async with AsyncExitStack() as stack:
        run = Run(stack, cases=given.cases, at_once=given.customers)
        one = await run.add_desk("profiled", _new("profiled"), "--profile", f"{kind}:{place}")
        await one.window(WARM_UP, given.customers)
        one.tell(signal.SIGUSR1)
        window = await one.window(given.cases, given.customers)
        one.tell(signal.SIGUSR2)
        await asyncio.sleep(1)
    return window


def main(argv: list[str] | None = None) -> int:
    """Run what is asked for; return the exit status."""
    given = _asked(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # bots and server are ended as well
    try:
        return _run(given)
    except (WrongAnswerError, BotFailedError) as error:
        print(f"bench failed: {error}", file=sys.stderr)
        return 1


def _run(given: argparse.Namespace) -> int:
    compiled()
    if given.profile:
        place = DATA / f"{given.profile}.out"
        window = asyncio.run(_profile(given, given.profile, place))
        print(table([{"profiled": window}]))
        if given.profile == "calls":
            profiling.top_calls(place)
        else:
            profiling.top_samples(place, window.turns)
        print(f"written to {place.relative_to(ROOT)}")
        return 0
    about = machine.describe()
    print(machine.told(about))
    sizes = [] if "sizes" not in given.only else [n for n in SIZES if n in given.sizes]
    paths = filled(given, sizes)
    pin(0, cores_of_server)
    speed = asyncio.run(_speed(given)) if set(SPEED) & set(given.only) else []
    grown = asyncio.run(_sizes(given, paths)) if paths else []
    found = ratios(speed) | ratios(grown)
    for rounds in (speed, grown):
        if rounds:
            print(f"\n{table(rounds)}")
    print(f"\nmedians of {given.rounds} paired rounds:\n{verdicts(found)}")
    machine.save(RESULTS, about, given, found, {"speed": speed, "sizes": grown})
    print(f"written to {RESULTS.relative_to(ROOT)}")
    return 0


def _asked(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, 100,000 cases at most")
    parser.add_argument("--rounds", type=int, default=0, help=f"paired rounds (default {ROUNDS})")
    parser.add_argument("--cases", type=int, default=CASES, help=f"per window (default {CASES})")
    parser.add_argument(
        "--customers", type=int, default=AT_ONCE, help=f"at once (default {AT_ONCE})"
    )
    parser.add_argument("--only", default=",".join((*SPEED, "sizes")), help="of these: %(default)s")
    parser.add_argument(
        "--profile",
        nargs="?",
        const="calls",
        choices=("calls", "samples"),
        help="the desk alone, under cProfile or a sampler",
    )
    given = parser.parse_args(argv)
    given.only = given.only.split(",")
    if unknown := set(given.only) - {*SPEED, "sizes"}:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    given.rounds = given.rounds or (QUICK_ROUNDS if given.quick else ROUNDS)
    given.sizes = [name for name in SIZES if not (given.quick and name == "desk-1m")]
    return given
