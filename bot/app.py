"""The one verb: `App.handle(events)` is one transaction over a whole batch.

Seen before? load, decide, save, enqueue, commit. Deciding is pure, so an event that fails leaves
nothing behind and is laid aside with its error; the rest of the batch goes on. It must never
speak to Telegram.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import BaseModel

from bot import following
from bot.addresses import Known, about_menu, as_typed, resolve
from bot.batch import Batch
from bot.flows import events as e
from bot.flows.admin.applying import apply
from bot.flows.admin.menu import wanted
from bot.flows.commands import LOADED
from bot.flows.decide import decide
from bot.flows.desk import Config, Desk
from bot.flows.effects import Backtest, Line, Readdress, StopBacktest, Tell, Vacate
from bot.flows.people import Customer, Team
from bot.flows.session import NO_WANTS
from bot.flows.turn import Turn
from bot.flows.versions import Version
from bot.gathering import joined, keys_of
from bot.kept_settings import settings_of, with_settings
from bot.needs import Needs, needs_of
from bot.texts.catalogue import shipped
from bot.texts.render import gone, render
from storage.errors import RacedError
from storage.rows import Attached, Changes, Dead, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.flows.desk import Webhook
    from bot.flows.effects import Effect
    from bot.flows.outcome import Outcome
    from bot.texts.letters import Letter
    from storage import Store
    from storage.unit import Unit

log = logging.getLogger(__name__)

RACES = 5
"""How often a batch that another process overtook is done again at once."""

UNOWNED = ("queued", "handed_off")
"""Statuses in which a case may have nobody."""


def _nobody(_asked: Backtest | StopBacktest) -> None:
    """Stand in where nobody tests rules."""


class App:
    """The desk at work."""

    def __init__(
        self,
        store: Store,
        config: Config,
        *,
        admins: tuple[int, ...] = (),
        team: Team | None = None,
        username: str = "",
    ) -> None:
        """Work on a store, with what the operator set from outside."""
        self._store = store
        self._base = Desk(config=config, team=team or Team(), operators=admins, username=username)
        self._desk = self._base
        self._stamp = 0
        self.on_backtest: Callable[[Backtest | StopBacktest], None] = _nobody
        """Who is told, after the commit, that rules are to be tested on past cases."""

    @property
    def desk(self) -> Desk:
        """The desk as last seen."""
        return self._desk

    def webhook(self, name: str) -> Webhook | None:
        """Return a webhook as the configuration has it now."""
        return self._desk.config.webhooks.get(name)

    async def handle(self, events: Sequence[e.Event]) -> tuple[Letter, ...]:
        """Decide and commit a batch; return what is worth sending only now."""
        for _ in range(RACES):
            try:
                return await self._handle(events)
            except RacedError:
                continue
        return await self._handle(events)

    async def refresh(self) -> Desk:
        """Read what changed in the settings since last asked, and return the desk."""
        async with self._store.unit() as unit:
            self._take_settings(await unit.settings(self._stamp))
        return self._desk

    async def setting(self, key: str) -> Any:
        """Return one setting as it is stored, None when it is not."""
        async with self._store.unit() as unit:
            _, settings = await unit.settings(0)
        return settings.get(key)

    async def post(self, now: datetime, letters: Sequence[Letter]) -> None:
        """Enqueue letters that come from no event."""
        async with self._store.unit() as unit:
            await unit.write(Changes(letters=letters), now)

    async def put(
        self,
        now: datetime,
        settings: dict[str, Any],
        *,
        look_again: bool = False,
        versions: Sequence[Version] = (),
    ) -> None:
        """Write settings from outside a conversation (first start, operator's commands).

        `look_again` has every open case looked at: its room, say, is another one now.
        """
        async with self._store.unit() as unit:
            await unit.write(Changes(settings=settings, versions=versions), now)
            if look_again:
                await unit.wake_open(now)
        await self.refresh()

    async def take_over(self, config: Config, now: datetime, who: str) -> int:
        """Put a configuration in force as the next version, as *Apply* does; return its number."""
        turn = Turn(self._desk, now)
        version = apply(turn, config, e.Who(0, who), "shell", too=False)
        turn.settings(offer_answered=True)
        outcome = turn.outcome()
        rows = [outcome.version] if outcome.version is not None else []
        await self.put(now, settings_of(outcome), look_again=True, versions=rows)
        log.info("version %s of the configuration is in force (by %s)", version, who)
        return version

    # ---- one batch --------------------------------------------------------------------------

    async def _handle(self, events: Sequence[e.Event]) -> tuple[Letter, ...]:
        desk = self._desk
        try:
            async with self._store.unit() as unit:
                batch = await self._load(unit, events)
                for event in events:
                    self._one(batch, event)
                while batch.unfinished:
                    for event in await self._follow(unit, batch):
                        self._guarded(batch, event)
                await self._save(unit, batch, batch.at)
        except BaseException:  # whatever it was, cancelled included: nothing was committed
            self._desk = desk  # what was decided about rooms and people was not committed
            self._stamp = 0
            raise
        for asked in batch.backtests:
            self.on_backtest(asked)
        return tuple(batch.fleeting)

    async def _load(self, unit: Unit, events: Sequence[e.Event]) -> Batch:
        """Read everything the batch needs, in two hops at most."""
        at = max(event.at for event in events)
        needs = needs_of(events)
        await unit.lock(needs.customers, needs.cases)
        seen, settings, customers, cases, number = await unit.together(
            unit.seen(needs.keys),
            unit.settings(self._stamp),
            unit.customers(needs.customers),
            unit.cases(needs.cases, open_of=needs.customers),
            unit.number_early(),
        )
        self._take_settings(settings)
        known = Known(seen=seen, customers=customers, cases=cases)
        if needs.pairs or needs.topics:
            links, copies, topics = await unit.together(
                unit.links(needs.pairs), unit.copies(needs.pairs), unit.topics(needs.topics)
            )
            known.links, known.copies, known.topics = links, copies, topics
        await self._load_rest(unit, needs, known)
        wants = needs.wants
        for event in events:
            if about_menu(event) or as_typed(event, self._desk):
                wants |= wanted(self._desk, event)
        if wants != NO_WANTS:
            papers = await unit.papers(wants, max(event.at for event in events))
            known.papers = replace(papers, shipped=shipped(self._desk.general.region))
        if number is None:  # on PostgreSQL it is locked until the commit, so it comes last
            number = await unit.last_case_number() if needs.number else 0
        return Batch(at, known, number)

    async def _load_rest(self, unit: Unit, needs: Needs, known: Known) -> None:
        """Read the cases that messages turned out to belong to, and their customers."""
        await self._load_more(unit, known, known.cases_wanted())
        if others := known.siblings(needs.unsends) - needs.pairs:
            known.copies |= await unit.copies(others)
        listed = [await unit.queue(UNOWNED, LOADED)] if needs.lists else []
        listed += [await unit.owned(owner, LOADED) for owner in sorted(needs.owners)]
        known.listed = {case.id: case for cases in listed for case in cases}
        if needs.overdue:
            known.overdue = {case.id: case for case in await unit.overdue(LOADED)}

    @staticmethod
    async def _load_more(unit: Unit, known: Known, cases: set[int]) -> None:
        """Read these cases, unless they are known, and the customers of all that are."""
        if cases := cases - known.cases.keys():
            known.cases |= await unit.cases(cases)
        people = {case.customer for case in known.cases.values()} - known.customers.keys()
        if people:
            known.customers |= await unit.customers(people)

    def _take_settings(self, found: tuple[int, dict[str, Any]]) -> None:
        self._stamp, changed = found
        self._desk = with_settings(self._desk, changed)

    # ---- one event --------------------------------------------------------------------------

    def _one(self, batch: Batch, event: e.Event) -> None:
        if event.key in batch.known.seen:
            return
        batch.known.seen.add(event.key)
        batch.seen.append(event.key)
        self._guarded(batch, event)

    def _guarded(self, batch: Batch, event: e.Event) -> None:
        """Decide an event; one that fails is laid aside and changes nothing."""
        try:
            self._decide(batch, event)
        except Exception as error:
            log.exception("event %s (%s) could not be decided", event.key, type(event).__name__)
            self._lay_aside(batch, event, error)

    def _decide(self, batch: Batch, event: e.Event) -> None:
        place = resolve(event, batch.known, self._desk)
        if place is None:
            return
        event = place.event
        if place.once:
            if place.once in batch.known.seen:
                return
            batch.known.seen.add(place.once)
            batch.seen.append(place.once)
        customer = place.customer
        turn = Turn(
            self._desk,
            event.at,
            customer=customer,
            cases=place.cases,
            ties=place.ties,
            next_case=batch.last_number + 1,
        )
        turn.papers = place.papers
        outcome = decide(turn, event, turn.folder(place.case))
        letters = render(outcome.effects, turn.desk, outcome.customer or customer, event.at)
        self._merge(batch, turn, outcome, letters)
        turn.close()

    def _merge(self, batch: Batch, turn: Turn, outcome: Outcome, letters: list[Letter]) -> None:
        """Take a decided event into the batch: only now does it count."""
        known = batch.known
        if outcome.customer is not None:
            known.customers[outcome.customer.id] = outcome.customer
            batch.customers[outcome.customer.id] = outcome.customer
        known.cases |= outcome.cases
        batch.cases |= outcome.cases
        batch.numbered |= turn.next_case - 1 > batch.last_number
        batch.last_number = turn.next_case - 1
        batch.entries += outcome.entries
        batch.media += [Attached(one.case, one.n, one.media) for one in outcome.kept]
        for (chat, message), tie in outcome.ties.items():
            link = Link(chat, message, tie.case, tie.kind)
            known.links[chat, message] = link
            batch.links[chat, message] = link
        batch.letters += [one for one in letters if not one.fleeting]
        batch.fleeting += [one for one in letters if one.fleeting]
        for one in outcome.effects:
            match one:
                case Readdress():
                    batch.readdress.append((one.old, one.new))
                case Vacate() if team := turn.desk.team.chat:
                    batch.vacate.append((one.case.id, team))
                case Backtest() | StopBacktest():
                    batch.backtests.append(one)
        batch.wake_open |= outcome.wake_open
        batch.seen += outcome.claims  # another process that claims the same is overtaken
        batch.relike |= outcome.relike
        for case, triggers in outcome.uncounted.items():
            batch.uncounted.setdefault(case, set()).update(triggers)
        batch.tally |= outcome.tally
        batch.minutes += outcome.minutes
        self._take_outcome_settings(batch, outcome, turn.desk)

    def _take_outcome_settings(self, batch: Batch, outcome: Outcome, desk: Desk) -> None:
        if outcome.version is not None:
            batch.versions.append(outcome.version)
        if desk is self._desk:
            return
        if settings := settings_of(outcome):
            batch.settings |= settings
            self._desk = desk

    def _lay_aside(self, batch: Batch, event: e.Event, error: Exception) -> None:
        """Keep an event that failed, tell the admins, and leave nobody without an answer."""
        said = f"{type(error).__name__} while deciding {type(event).__name__}"
        batch.dead.append(Dead(event.key, event.at, said, _plain(event)))
        if isinstance(event, e.EventFailed | e.DeliveryFailed):
            return
        turn = Turn(self._desk, event.at)
        notice = e.EventFailed(event.key, event.at, event.key, said)
        effects: list[Effect] = list(decide(turn, notice).effects)
        customer = None
        if isinstance(event, e.CustomerSaid | e.CustomerPressed | e.CustomerStarted):
            customer = batch.known.customers.get(event.who.id) or Customer(id=event.who.id)
            effects.append(Tell(customer.id, (Line("desk.trouble"),)))
        letters = render(effects, self._desk, customer, event.at)
        batch.letters += [one for one in letters if not one.fleeting]

    # ---- what follows -----------------------------------------------------------------------

    async def _follow(self, unit: Unit, batch: Batch) -> list[e.Event]:
        """Read what decisions asked for, and return the events that answer them.

        Other cases are known only by what is written: what this batch filed is written first.
        """
        await self._write_likes(unit, batch)
        minutes, uncounted, tally = batch.minutes, batch.uncounted, batch.tally
        batch.minutes, batch.uncounted, batch.tally = [], {}, set()
        known = batch.known
        await self._load_more(unit, known, {one.case for one in minutes})
        put_off = [(known.cases[number], names) for number, names in uncounted.items()]
        counted = await following.counted(unit, put_off, self._desk.config.timed, batch.at)
        return [*counted, *await following.tallied(unit, tally, batch.at), *minutes]

    async def _write_likes(self, unit: Unit, batch: Batch) -> None:
        changed, batch.relike = sorted(batch.relike), set()
        likes = [following.likes_of(batch.cases[number], batch.at) for number in changed]
        if likes:
            await unit.write(Changes(likes=likes), batch.at)

    # ---- saving -----------------------------------------------------------------------------

    async def _save(self, unit: Unit, batch: Batch, now: datetime) -> None:
        await self._write_likes(unit, batch)
        letters = await self._gathered(unit, batch.letters)
        for case, chat in batch.vacate:
            letters += gone(chat, case, await unit.messages(case, chat))
        await unit.write(
            Changes(
                seen=batch.seen,
                customers=tuple(batch.customers.values()),
                cases=tuple(batch.cases.values()),
                entries=batch.entries,
                media=batch.media,
                links=tuple(batch.links.values()),
                settings=batch.settings,
                versions=batch.versions,
                dead=batch.dead,
                last_number=batch.last_number if batch.numbered else None,
                letters=letters,
                readdress=batch.readdress,
            ),
            now,
        )
        if batch.wake_open:
            await unit.wake_open(now)

    async def _gathered(self, unit: Unit, letters: list[Letter]) -> list[Letter]:
        """Join what belongs together to one letter, with what waits unsent already."""
        keys = keys_of(letters)
        return joined(letters, await unit.unsent_albums(keys)) if keys else letters


def _plain(event: e.Event) -> Any:
    return orjson.loads(orjson.dumps(event, default=_jsonable, option=orjson.OPT_NON_STR_KEYS))


def _jsonable(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return str(value)
