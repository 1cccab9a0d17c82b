"""The desk in a process of its own, made to be killed: `python -m tests.kills.zygote`.

It imports everything once and forks a desk per `start`, so that a restart costs what opening the
database and greeting Telegram cost, not what Python's imports cost. `bury` waits for a killed one.
When its input ends, whatever still runs is killed: no desk outlives the test.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime

from bot.compose import desk, stop_on_signals
from bot.config import load
from bot.flows.understanding import understand
from bot.logs import start_logging
from bot.standin_clock import StandinClock


async def _work() -> None:
    settings = load(None)
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with (
        StandinClock(settings.bot_api_url) as clock,
        desk(settings, clock, introduced=False) as running,
    ):
        await running.run(stop)


def _be_a_desk() -> None:
    with open(os.environ["DESK_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123
        start_logging("INFO", os.environ["BOT_TOKEN"], stream=log)
        status = 1
        try:
            asyncio.run(_work())
            status = 0
        except BaseException:  # noqa: BLE001 - the log is what the test reads
            sys.excepthook(*sys.exc_info())
        finally:
            log.flush()
            os._exit(status)


def main() -> None:
    """Obey `start` and `bury`, a line each, with a line in answer."""
    for language, words in (
        ("en", "It broke yesterday, 20 dollars."),
        ("zh", "昨天坏了，退我20元"),
    ):
        understand(words, datetime.now(UTC), "America/New_York", "US", language)
    child = 0
    for order in sys.stdin:
        if order.strip() == "start":
            child = os.fork()
            if not child:
                sys.stdin.close()
                _be_a_desk()
            print(child, flush=True)  # noqa: T201 - the answer
        elif order.strip() == "bury":
            _, status = os.waitpid(child, 0)
            child = 0
            print(status, flush=True)  # noqa: T201 - the answer
    if child:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
