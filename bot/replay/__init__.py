"""Replay: real complaint texts through the whole desk, many customers at once.

The stand-in, the desk as composed and a database in a file; people who answer what they are
asked. The stand-in's clock is moved between rounds, so silence takes no time.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tqdm import tqdm

from bot.compose import Running, desk
from bot.demo import DESK, give_roles, people_of, settings_of, with_changes
from bot.replay.clock import START, MovedClock
from bot.replay.customer import Customer
from bot.replay.texts import read_all
from bot.replay.verdict import Report, judge, words
from sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.replay.texts import Told

ROUND_SECONDS = 5.0
"""How long a customer takes for one act."""
SILENCE_SECONDS = 16 * 60.0
"""A silence after which the desk files what was told."""
ELSEWHERE = {"zone": "America/New_York", "region": "US", "language": "en", "currency": "USD"}
"""General settings of the desk that hears mostly English."""
TELEGRAM_LANGUAGE = {"en": "en", "zh": "zh-hans"}


async def replay(
    files: Iterable[Path], *, customers: int = 20, terse: bool = False, limit: int = 0
) -> int:
    """Replay these files and print what became of the complaints; return the exit status."""
    texts = read_all(files, limit)
    started = time.monotonic()
    report = await replayed(texts, at_once=max(customers, 1), terse=terse)
    print(words(report, time.monotonic() - started, max(customers, 1)))  # noqa: T201
    return 0 if report.good else 1


async def replayed(texts: Sequence[Told], *, at_once: int, terse: bool) -> Report:
    """Have these complaints made, each by a customer of its own."""
    with TemporaryDirectory(prefix="complaint-replay-") as name:
        folder = Path(name)
        tongue = Counter(told.language for told in texts).most_common(1)
        english = bool(tongue) and tongue[0][0] == "en"
        path = with_changes(DESK, folder, **(ELSEWHERE if english else {}))
        async with Sandbox(now=START) as sandbox:
            people = people_of(sandbox)
            database = f"sqlite:///{folder / 'replay.db'}"
            settings = settings_of(sandbox, people, database_url=database, desk_config=path)
            clock = MovedClock(sandbox)
            async with desk(settings, clock, introduced=False) as running:
                await give_roles(running.app, clock, people)
                made = [_born(sandbox, told, n, terse=terse) for n, told in enumerate(texts)]
                refused = await _play(sandbox, running, made, at_once)
                report = await judge(running.store, sandbox, made)
                report.refused = refused
                return report


def _born(sandbox: Sandbox, told: Told, number: int, *, terse: bool) -> Customer:
    person = sandbox.person(
        f"{told.language} {number + 1}", language_code=TELEGRAM_LANGUAGE[told.language]
    )
    dice = Random(number)  # noqa: S311 - a temperament, no secret
    return Customer(told, person, dice, terse=terse)


async def _play(
    sandbox: Sandbox, running: Running, customers: Sequence[Customer], at_once: int
) -> Counter[str]:
    """Let them come and go, so many at a time; return what Telegram refused."""
    refused: Counter[str] = Counter()
    waiting = deque(customers)
    here: list[Customer] = []
    with tqdm(total=len(customers), unit="complaint", file=sys.stderr) as bar:
        while waiting or here:
            while waiting and len(here) < at_once:
                here.append(waiting.popleft())
            for customer in here:
                customer.act()
            await _pass(sandbox, running, ROUND_SECONDS, refused)
            bar.update(sum(customer.over for customer in here))
            here = [customer for customer in here if not customer.over]
    await _pass(sandbox, running, SILENCE_SECONDS, refused)
    return refused


async def _pass(sandbox: Sandbox, running: Running, seconds: float, refused: Counter[str]) -> None:
    """Let the desk answer, then let time pass."""
    await running.settle()
    sandbox.advance(seconds)
    await running.settle()
    while sandbox.calls:
        call = sandbox.calls.popleft()
        if not call.ok:
            refused[f"{call.method}: {call.result}"] += 1
