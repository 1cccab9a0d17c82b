"""The commands: `complaint-bot run | check | config | link | demo …`. The composition root."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot import check as checking
from bot import compose, configure
from bot import link as linking
from bot.clock import SystemClock
from bot.config import SettingsError, load, memory
from bot.logs import start_logging
from bot.understand import understood
from storage.errors import StoreError


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    given = _parser().parse_args(argv)
    try:
        return int(asyncio.run(given.do(given)))
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="complaint-bot", description="A complaint desk that lives in Telegram."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run the desk (settings from the environment, .env)")
    run.set_defaults(do=_run)
    check = commands.add_parser("check", help="check token, rights, database and configuration")
    check.set_defaults(do=_check)
    link = commands.add_parser("link", help="print a deep link to the bot, with its QR code")
    link.add_argument("payload", help="branch, table or order; pulse_PLACE asks how it was today")
    link.set_defaults(do=_link)
    _config_parsers(commands.add_parser("config", help="check, compare, apply, export it all"))
    demo = commands.add_parser("demo", help="the desk on a stand-in for Telegram, in a web page")
    demo.add_argument("--port", type=_port, default=8080, help="port of the page (default 8080)")
    demo.set_defaults(do=_demo)
    replay = commands.add_parser("replay", help="send real complaint texts through the whole desk")
    replay.add_argument(
        "files", nargs="+", type=Path, help="CSV (narrative or text column) or text"
    )
    replay.add_argument("--customers", type=int, default=20, help="how many at once (default 20)")
    replay.add_argument("--terse", action="store_true", help="customers answer with few words")
    replay.add_argument("--limit", type=int, default=0, help="texts at most (default all)")
    replay.set_defaults(do=_replay)
    _understand_parser(commands.add_parser("understand", help="say what is read from messages"))
    return parser


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= PORTS:
        msg = f"{text!r} is no port: give a number up to {PORTS}"
        raise argparse.ArgumentTypeError(msg)
    return number


PORTS = 65_535


def _understand_parser(reads: argparse.ArgumentParser) -> None:
    reads.add_argument("file", nargs="?", type=Path, help="JSON lines (default: standard input)")
    reads.add_argument("--now", default="", help="the present moment, ISO 8601 (default: now)")
    reads.add_argument("--zone", "--tz", default="UTC", help="time zone, e.g. Asia/Hong_Kong")
    reads.add_argument("--region", default="US", help="country, ISO 3166 (default US)")
    reads.set_defaults(do=_understand)


def _config_parsers(config: argparse.ArgumentParser) -> None:
    commands = config.add_subparsers(required=True, metavar="COMMAND")
    for name, (about, do) in CONFIG.items():
        one = commands.add_parser(name, help=about)
        one.set_defaults(do=do)
        if name != "export":
            one.add_argument("file", type=Path, help="configuration file (YAML)")
        else:
            one.add_argument(
                "--secrets", action="store_true", help="with the secrets that sign webhooks"
            )
        if name == "apply":
            one.add_argument("--force", action="store_true", help="over a newer version as well")


async def _config_check(given: argparse.Namespace) -> int:
    return configure.check(given.file)


async def _config_diff(given: argparse.Namespace) -> int:
    return await configure.diff(given.file, memory().database_url)


async def _config_apply(given: argparse.Namespace) -> int:
    return await configure.apply(given.file, memory().database_url, SystemClock(), given.force)


async def _config_export(given: argparse.Namespace) -> int:
    return await configure.export(memory().database_url, secrets=given.secrets)


CONFIG = {
    "check": ("say what is wrong with a file, by line", _config_check),
    "diff": ("say what a file would change", _config_diff),
    "apply": ("put a file in force as the next version", _config_apply),
    "export": ("print the configuration in force as YAML", _config_export),
}


async def _run(_given: argparse.Namespace) -> int:
    settings = load()
    start_logging(settings.log_level, settings.token)
    await compose.run(settings, SystemClock())
    return 0


async def _check(_given: argparse.Namespace) -> int:
    return await checking.check(load())


async def _link(given: argparse.Namespace) -> int:
    return await linking.link(load(), given.payload)


async def _demo(given: argparse.Namespace) -> int:
    from bot.demo import demo  # noqa: PLC0415 - the stand-in is loaded only here

    return await demo(given.port)


async def _replay(given: argparse.Namespace) -> int:
    from bot.replay import replay  # noqa: PLC0415 - the stand-in is loaded only here

    return await replay(
        given.files, customers=given.customers, terse=given.terse, limit=given.limit
    )


async def _understand(given: argparse.Namespace) -> int:
    out = sys.stdout.buffer
    return understood(given.file, given.now, given.zone, given.region, out)


if __name__ == "__main__":
    sys.exit(main())
