"""The demo: the real desk on the stand-in for Telegram, with a town of people and a web page.

Everything is as in `run` but for the clock, which the page moves, and Telegram's pace, which is
off. Nothing is kept: the stand-in forgets, and so does the desk, unless DATABASE_URL says where.
"""

from __future__ import annotations

import asyncio
import errno
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from bot.compose import Running, desk, stop_on_signals
from bot.config import Settings, SettingsError, load
from bot.flows.people import Role, Staff
from bot.logs import start_logging
from bot.standin_clock import StandinClock
from bot.texts.catalogue import LANGUAGES
from bot.walk import Walk
from sandbox.server import Sandbox
from storage import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import App
    from bot.clock import Clock
    from sandbox.people import Group, Person

DESK = Path(__file__).with_name("demo_desk.yaml")

CUSTOMERS = (("陳大文", "zh-HK"), ("林怡君", "zh-TW"), ("王芳", "zh-hans"), ("Ann", "en"))
"""Who is there to begin with, the last with the phone in hand; scenes and visitors bring more."""


@dataclass(frozen=True, slots=True)
class People:
    """The staff of the town and their rooms."""

    boss: Person
    team: Group
    managers: Group
    staff: tuple[Staff, ...]


TELEGRAM = {"zh_Hans": "zh-hans", "zh_Hant": "zh-hant"}
"""Telegram's code for a language of the desk; English is what it is without one."""


def people_of(sandbox: Sandbox, staff_language: str = "") -> People:
    """Let the town be: a team chat with topics, a managers' chat, and who is in them.

    Supervisors and managers have started the bot, so that it can page them in private. The boss
    reads the menu in the language that the staff read.
    """
    boss = sandbox.person("Boss", language_code=TELEGRAM.get(staff_language, "en"))
    mei = sandbox.person("Mei 小梅", language_code="zh-hans")
    ravi = sandbox.person("Ravi")
    chen = sandbox.person("Chen 陈主管", language_code="zh-hans")
    lin = sandbox.person("Lin 林经理", language_code="zh-hans")
    team = sandbox.group(
        "Team / 客服团队", forum=True, owner=boss, members=[boss, mei, ravi, chen, lin]
    )
    managers = sandbox.group("Managers / 主管群", forum=True, owner=boss, members=[boss, chen, lin])
    for group in (team, managers):
        group.add_bot(admin=True)
    sandbox.world.updates.clear()  # how the bot came to its rooms, step by step, is old news
    for person in (boss, chen, lin):
        person.starts()
    roles = ((mei, Role.AGENT), (ravi, Role.AGENT), (chen, Role.SUPERVISOR), (lin, Role.MANAGER))
    staff = tuple(
        Staff(
            id=person.id,
            name=person.user.first_name,
            role=role,
            private=role is not Role.AGENT,
        )
        for person, role in roles
    )
    return People(boss, team, managers, staff)


def settings_of(sandbox: Sandbox, people: People, **more: Any) -> Settings:
    """Return the settings of a desk on this stand-in; nothing is read from a `.env`."""
    given = {
        "bot_token": sandbox.token,
        "bot_api_url": sandbox.url,
        "admin_ids": (people.boss.id,),
        "team_chat_id": people.team.id,
        "managers_chat_id": people.managers.id,
        "pacing": "off",
    }
    return load(None, **given | more)


async def give_roles(app: App, clock: Clock, people: People) -> None:
    """Let the desk know who is who, as an admin would have told it."""
    found = {f"staff:{one.id}": one.model_dump(mode="json") for one in people.staff}
    await app.put(clock.now(), found)


def with_changes(path: Path, folder: Path, **general: str) -> Path:
    """Write a copy of a desk's configuration with other general settings; return its path."""
    doc = yaml.safe_load(path.read_text(encoding="utf-8"))
    doc["general"] |= general
    copy = folder / path.name
    copy.write_text(yaml.safe_dump(doc, allow_unicode=True), encoding="utf-8")
    return copy


@dataclass(frozen=True, slots=True)
class Demo:
    """The town with its desk at work."""

    sandbox: Sandbox
    running: Running
    people: People


@asynccontextmanager
async def opened(
    port: int = 0,
    *,
    staff_language: str = "",
    config: Path | None = None,
    database: str = "",
    classifier: str = "off",
) -> AsyncIterator[Demo]:
    """Open the stand-in on a port of this machine, and a desk behind it.

    The classifier is loaded beside the running desk; without it every run reads the same.
    """
    with TemporaryDirectory(prefix="complaint-demo-") as name:
        folder = Path(name)
        path = config or DESK
        if staff_language:
            path = with_changes(path, folder, staff_language=staff_language)
        database = database or f"sqlite:///{folder / 'demo.db'}"
        await _must_be_new(database)
        async with Sandbox(port=port) as sandbox, StandinClock(sandbox.url) as clock:
            people = people_of(sandbox, staff_language)
            more = {"database_url": database, "desk_config": path, "classifier": classifier}
            settings = settings_of(sandbox, people, **more)
            async with desk(settings, clock) as running:
                sandbox.exchange.walk = Walk(sandbox.clock, running)
                sandbox.exchange.zone = running.app.desk.general.zone
                await give_roles(running.app, clock, people)
                for one, language in CUSTOMERS:
                    sandbox.person(one, language_code=language)
                yield Demo(sandbox, running, people)


async def _must_be_new(database: str) -> None:
    """Refuse a database with a past: the stand-in numbers its people and messages anew."""
    store = await Store.open(database)
    try:
        async with store.unit() as unit:
            _, settings = await unit.settings()
    finally:
        await store.close()
    if settings:
        raise SettingsError(
            "The database of DATABASE_URL has been used before, and the demo's people begin "
            "anew each time: set it to an empty database, or leave it out."
        )


async def demo(port: int) -> int:
    """Serve the page until Ctrl-C; return the exit status."""
    start_logging(os.environ.get("LOG_LEVEL", "WARNING"), "")
    language = os.environ.get("STAFF_LANGUAGE", "")
    if language and language not in LANGUAGES:
        raise SettingsError(
            f"Set STAFF_LANGUAGE to one of {', '.join(LANGUAGES)}, or leave it out."
        )
    config = os.environ.get("DESK_CONFIG")
    stop = asyncio.Event()
    try:
        async with opened(
            port,
            staff_language=language,
            config=Path(config) if config else None,
            database=os.environ.get("DATABASE_URL", ""),
            classifier=os.environ.get("CLASSIFIER", "on"),
        ) as town:
            stop_on_signals(stop)
            _say(f"\n  The complaint desk is open:  {town.sandbox.url}\n")
            _say(
                "  Three phones: a customer, the team, an admin. The chips above them play scenes."
            )
            _say("  Ctrl-C closes it.")
            await town.running.run(stop)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(  # noqa: T201
            f"Port {port} is taken: close what uses it, or give another with --port.",
            file=sys.stderr,
        )
        return 2
    _say("\n  Closed.")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
