"""A town for tests: a desk at work on the stand-in, and people who talk to it.

`async with Town() as town:` then `await ann.says("…")`, `ann.sees("…")`. Everything is real: the
bot over HTTP, the database, the stand-in's strict Bot API; only the clock is moved by hand.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from bot.compose import Running, desk
from bot.config import load
from sandbox.server import Sandbox

if TYPE_CHECKING:
    import asyncio

    from sandbox.model import Press, Stored
    from sandbox.people import Actor, Group

DESKS = Path(__file__).parent / "desks"
"""Configurations of desks in four places: cn, hk, tw, us."""

WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
"""18:00 in Shanghai, the day of the transcripts."""


class TownClock:
    """The sandbox's clock, as the desk sees it."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Follow a sandbox in the same process."""
        self._sandbox = sandbox

    def now(self) -> datetime:
        """Return the sandbox's time."""
        return self._sandbox.clock.now()

    async def sleep_until(self, t: datetime | None, wake: asyncio.Event) -> None:
        """Wait for a wake-up; a frozen clock never comes to a time by itself."""
        del t
        await wake.wait()


class Someone:
    """A person of the town: acts, lets the desk answer, and looks."""

    def __init__(self, town: Town, actor: Actor) -> None:
        """Be this actor."""
        self.town = town
        self.actor = actor
        self.seen = 0

    @property
    def id(self) -> int:
        """User id."""
        return self.actor.id

    async def says(self, text: str, **more: Any) -> Stored:
        """Say something and wait for the desk."""
        return await self._did(self.actor.says(text, **more))

    async def sends(self, kind: str, **more: Any) -> Stored:
        """Send media and wait for the desk."""
        return await self._did(self.actor.sends(kind, **more))

    async def album(self, count: int = 3, **more: Any) -> list[Stored]:
        """Send an album and wait for the desk."""
        return await self._did(self.actor.sends_album(count, **more))

    async def edits(self, message: Any, text: str) -> Stored:
        """Edit a message and wait for the desk."""
        return await self._did(self.actor.edits(message, text))

    async def presses(self, label: str, **more: Any) -> Press:
        """Press a button and wait for the desk."""
        return await self._did(self.actor.presses(label, **more))

    async def starts(self, payload: str | None = None) -> Stored:
        """Press Start."""
        return await self._did(self.actor.starts(payload))  # type: ignore[attr-defined]

    async def _did(self, done: Any) -> Any:
        before = len(self.heard)
        await self.town.settle()
        self.seen = before
        return done

    @property
    def heard(self) -> list[str]:
        """Everything the bot has said here."""
        return self.actor.heard

    @property
    def news(self) -> str:
        """What the bot said since the last act."""
        return "\n".join(self.heard[self.seen :])

    def sees(self, *parts: str) -> None:
        """Check that all of these stand in what the bot said since the last act."""
        for part in parts:
            assert part in self.news, f"{part!r} not in:\n{self.news}\nbefore: {self.heard[-4:]}"

    def sees_not(self, *parts: str) -> None:
        """Check that none of these stands in what the bot said since the last act."""
        for part in parts:
            assert part not in self.news, f"{part!r} in:\n{self.news}"

    @property
    def buttons(self) -> list[str]:
        """Labels of the latest message with buttons."""
        return self.actor.buttons


class Town:
    """A desk at work, with a team chat."""

    def __init__(
        self,
        *,
        config: str | Path | None = "cn",
        forum: bool = True,
        team: bool = True,
        managers: bool = False,
        operators: bool = True,
        url: str = "sqlite:///:memory:",
        now: datetime = WEDNESDAY,
    ) -> None:
        """Prepare a town."""
        self._config, self._forum, self._team, self._managers = config, forum, team, managers
        self._operators = operators
        self.url, self._now = url, now
        self._stack = AsyncExitStack()
        self.desk: Running
        self.sandbox: Sandbox
        self.group: Group
        self.managers: Group

    async def __aenter__(self) -> Self:
        """Open the stand-in and the desk."""
        self.sandbox = await self._stack.enter_async_context(Sandbox(now=self._now))
        self.boss_person = self.sandbox.person("Boss", language_code="en")
        self.boss_person.starts()
        self.mei_person = self.sandbox.person("Mei", language_code="en")
        self.ravi_person = self.sandbox.person("Ravi", language_code="en")
        people = [self.boss_person, self.mei_person, self.ravi_person]
        self.group = self.sandbox.group("Team", forum=self._forum, members=people)
        if self._team:
            self.group.add_bot(admin=True)
        self.managers = self.sandbox.group("Managers", forum=False, members=[self.boss_person])
        if self._managers:
            self.managers.add_bot(admin=True)
        await self._open()
        self.boss = Someone(self, self.boss_person)
        self.mei = Someone(self, self.mei_person.at(self.group))
        self.ravi = Someone(self, self.ravi_person.at(self.group))
        await self.settle()
        return self

    async def _open(self) -> None:
        given = {
            "bot_token": self.sandbox.token,
            "bot_api_url": self.sandbox.url,
            "database_url": self.url,
            "admin_ids": (self.boss_person.id,) if self._operators else (),
            "team_chat_id": self.group.chat.id if self._team else None,
            "managers_chat_id": self.managers.chat.id if self._managers else None,
            "desk_config": self._file(),
            "pacing": "off",
        }
        settings = load(None, **{k: v for k, v in given.items() if v is not None})
        self._desk_stack = AsyncExitStack()
        self.desk = await self._desk_stack.enter_async_context(
            desk(settings, TownClock(self.sandbox), introduced=False)
        )

    def _file(self) -> Path | None:
        named = isinstance(self._config, str)
        return DESKS / f"{self._config}.yaml" if named else self._config

    async def restart(self) -> None:
        """Stop the desk and start it again on the same database."""
        await self._desk_stack.aclose()
        await self._open()

    async def __aexit__(self, *error: object) -> None:
        """Close everything; nothing unknown may have been sent to Telegram."""
        await self._desk_stack.aclose()
        await self._stack.aclose()
        if error[0] is None:
            assert not self.sandbox.unknown_parameters, self.sandbox.unknown_parameters
            refused = [c for c in self.sandbox.calls if not c.ok and "can't parse" in str(c.result)]
            assert not refused, refused

    def customer(self, name: str = "Ann", language: str = "en") -> Someone:
        """Let a customer be born."""
        return Someone(self, self.sandbox.person(name, language_code=language))

    async def moment(self) -> None:
        """Let the desk do what is to be done in this very moment."""
        await self.desk.settle()

    async def settle(self) -> None:
        """Let the desk do everything there is to do; answers on hold are waited for."""
        for _ in range(40):
            await self.desk.settle()
            now = self.sandbox.clock.now()
            due, soon = self.desk.outbox.next_at, timedelta(seconds=3)
            if due is None or due - now > soon:
                due, soon = await self._next_answer(), timedelta(seconds=60)
            if due is None or due - now > soon:
                return
            self.sandbox.advance((due - now).total_seconds() + 0.001)

    async def _next_answer(self) -> datetime | None:
        """Return when the next answer of staff leaves, or is looked at before."""
        async with self.desk.store.unit() as unit:
            wake = await unit.next_wake()
            due = await unit.due(wake, 1) if wake else []
            cases = await unit.cases(due)
        return wake if any(one.until for case in cases.values() for one in case.unsent) else None

    async def passes(self, **length: float) -> None:
        """Let time pass: minutes=30, days=1. Whatever is due on the way happens in order."""
        until = self.sandbox.clock.now() + timedelta(**length)
        while (now := self.sandbox.clock.now()) < until:
            async with self.desk.store.unit() as unit:
                wake = await unit.next_wake()
            day = self.desk.waker.next_day or until
            nearest = min(max(wake, now) if wake else until, max(day, now), until)
            self.sandbox.advance(max((nearest - now).total_seconds(), 0.001))
            await self.settle()

    async def case(self, number: int = 1) -> Any:
        """Return a case as it is stored."""
        async with self.desk.store.unit() as unit:
            return (await unit.cases([number])).get(number)

    async def timeline(self, number: int = 1) -> list[str]:
        """Return the kinds of what happened in a case."""
        async with self.desk.store.unit() as unit:
            return [entry.kind for entry in await unit.timeline(number)]

    def team_sees(self, *parts: str) -> None:
        """Check that all of these stand somewhere in the team chat."""
        everything = "\n".join(self.mei.heard)
        for part in parts:
            assert part in everything, f"{part!r} not in the team chat:\n{everything}"
