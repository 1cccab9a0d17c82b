"""The bot under test, composed as `complaint-bot run` composes it.

`python -m bench.desk [--reading remembered] [--profile KIND:FILE]`; settings come from the
environment. With `remembered`, each text is read once and looked up afterwards: the same
conversation without the cost of reading.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bot import compose
from bot.clock import SystemClock
from bot.config import load
from bot.logs import start_logging

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.app import App
    from bot.flows.understanding import Facts

    Read = Callable[[str, datetime, str], Facts]


def remembered(make: Callable[[App], Read]) -> Callable[[App], Read]:
    """Return a maker of readers that read each text only once."""

    def made(app: App) -> Read:
        read, known = make(app), dict[tuple[str, str], "Facts"]()

        def recall(text: str, at: datetime, language: str) -> Facts:
            key = (text, language)
            if key not in known:
                known[key] = read(text, at, language)
            return known[key]

        return recall

    return made


async def run() -> None:
    """Do what `complaint-bot run` does."""
    settings = load()
    start_logging(settings.log_level, settings.token)
    await compose.run(settings, SystemClock())


def main() -> None:
    """Run until told to stop, profiled if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reading", choices=("real", "remembered"), default="real")
    parser.add_argument("--profile", default="")
    given = parser.parse_args()
    if given.reading == "remembered":
        setattr(compose, "reader", remembered(compose.reader))  # noqa: B010 - the one seam to it
    if given.profile:
        from bench.profiling import watch  # noqa: PLC0415 - costs nothing where it is not asked for

        kind, _, place = given.profile.partition(":")
        watch(kind, Path(place))
    asyncio.run(run())


if __name__ == "__main__":
    main()
