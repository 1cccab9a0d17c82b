"""The one verb: `App.handle(events)` is one transaction over a whole batch.

Seen before? load, decide, save, enqueue, commit. Deciding is pure, so an event that fails leaves
nothing behind and is laid aside with its error; the rest of the batch goes on. It must never
speak to Telegram.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import BaseModel

from bot.addresses import Known, Needs, needs_of, resolve
from bot.flows import events as e
from bot.flows.commands import LOADED
from bot.flows.decide import decide
from bot.flows.desk import Config, Desk
from bot.flows.effects import Backtest, Line, Readdress, StopBacktest, Tell, Vacate
from bot.flows.model import Customer, Staff, Team
from bot.flows.turn import Turn
from bot.gathering import joined, keys_of
from bot.texts.render import gone, render
from storage.errors import RacedError
from storage.rows import Attached, Changes, Dead, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.flows.effects import Effect
    from bot.flows.model import Case
    from bot.flows.turn import Outcome
    from bot.texts.letters import Letter
    from storage import Store
    from storage.unit import Unit

log = logging.getLogger(__name__)

RACES = 5
"""How often a batch that another process overtook is done again at once."""

UNOWNED = ("queued", "handed_off")
"""Statuses in which a case may have nobody."""


@dataclass(slots=True)
class Batch:
    """What one batch changes, gathered while its events are decided."""

    known: Known
    last_number: int
    numbered: bool = False
    seen: list[str] = field(default_factory=list)
    customers: dict[int, Customer] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    media: list[Attached] = field(default_factory=list)
    links: dict[tuple[int, int], Link] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    dead: list[Dead] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    fleeting: list[Letter] = field(default_factory=list)
    readdress: list[tuple[int, int]] = field(default_factory=list)
    vacate: list[tuple[int, int]] = field(default_factory=list)  # (case, chat)
    wake_open: bool = False
    backtests: list[Backtest | StopBacktest] = field(default_factory=list)


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
        self._base = Desk(config=config, team=team or Team(), admins=admins, username=username)
        self._desk = self._base
        self._stamp = 0
        self.on_backtest: Callable[[Backtest | StopBacktest], None] = _nobody
        """Who is told, after the commit, that rules are to be tested on past cases."""

    @property
    def desk(self) -> Desk:
        """The desk as last seen."""
        return self._desk

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
        self, now: datetime, settings: dict[str, Any], *, look_again: bool = False
    ) -> None:
        """Write settings from outside a conversation (first start, operator's commands).

        `look_again` has every open case looked at: its room, say, is another one now.
        """
        async with self._store.unit() as unit:
            await unit.write(Changes(settings=settings), now)
            if look_again:
                await unit.wake_open(now)
        await self.refresh()

    async def take_over(self, config: Config, now: datetime, who: str) -> int:
        """Put a configuration in force as the next version, as *Apply* does; return its number."""
        made = config.but(version=self._desk.config.version + 1)
        log.info("version %s of the configuration is in force (by %s)", made.version, who)
        doc = made.model_dump(mode="json", by_alias=True)
        await self.put(now, {"config": doc, "config_offered": None}, look_again=True)
        return made.version

    # ---- one batch --------------------------------------------------------------------------

    async def _handle(self, events: Sequence[e.Event]) -> tuple[Letter, ...]:
        now = max(event.at for event in events)
        desk = self._desk
        try:
            async with self._store.unit() as unit:
                batch = await self._load(unit, events)
                for event in events:
                    self._one(batch, event)
                await self._save(unit, batch, now)
        except BaseException:  # whatever it was, cancelled included: nothing was committed
            self._desk = desk  # what was decided about rooms and people was not committed
            self._stamp = 0
            raise
        for asked in batch.backtests:
            self.on_backtest(asked)
        return tuple(batch.fleeting)

    async def _load(self, unit: Unit, events: Sequence[e.Event]) -> Batch:
        """Read everything the batch needs, in two hops at most."""
        needs = needs_of(events)
        await unit.lock(needs.customers, needs.cases)
        seen, settings, customers, cases = await unit.together(
            unit.seen(needs.keys),
            unit.settings(self._stamp),
            unit.customers(needs.customers),
            unit.cases(needs.cases, open_of=needs.customers),
        )
        self._take_settings(settings)
        known = Known(seen=seen, customers=customers, cases=cases)
        if needs.pairs or needs.topics:
            links, copies, topics = await unit.together(
                unit.links(needs.pairs), unit.copies(needs.pairs), unit.topics(needs.topics)
            )
            known.links, known.copies, known.topics = links, copies, topics
        await self._load_rest(unit, needs, known)
        # last, because on PostgreSQL it is locked until the commit
        return Batch(known, await unit.last_case_number() if needs.number else 0)

    async def _load_rest(self, unit: Unit, needs: Needs, known: Known) -> None:
        """Read the cases that messages turned out to belong to, and their customers."""
        cases = known.cases_wanted() - known.cases.keys()
        if cases:
            known.cases |= await unit.cases(cases)
        if others := known.siblings(needs.unsends) - needs.pairs:
            known.copies |= await unit.copies(others)
        listed = [await unit.queue(UNOWNED, LOADED)] if needs.lists else []
        listed += [await unit.owned(owner, LOADED) for owner in sorted(needs.owners)]
        known.listed = {case.id: case for cases in listed for case in cases}
        if needs.overdue:
            known.overdue = {case.id: case for case in await unit.overdue(LOADED)}
        people = {case.customer for case in known.cases.values()} - known.customers.keys()
        if people:
            known.customers |= await unit.customers(people)

    def _take_settings(self, found: tuple[int, dict[str, Any]]) -> None:
        self._stamp, changed = found
        if not changed:
            return
        desk = self._desk
        staff = dict(desk.staff)
        for key, doc in changed.items():
            if key == "team":
                desk = desk.but(team=Team.model_validate(doc))
            elif key == "config":
                desk = desk.but(config=Config.model_validate(doc))
            elif key == "config_offered":
                desk = desk.but(offered=Config.model_validate(doc) if doc else None)
            elif key == "admins":
                both = dict.fromkeys((*self._base.admins, *doc))
                desk = desk.but(admins=tuple(both))
            elif key.startswith("admin:"):
                desk = desk.but(drafts=_drafts(desk, int(key.removeprefix("admin:")), doc))
            elif key.startswith("staff:"):
                member = Staff.model_validate(doc)
                staff[member.id] = member
        self._desk = desk.but(staff=staff)

    # ---- one event --------------------------------------------------------------------------

    def _one(self, batch: Batch, event: e.Event) -> None:
        if event.key in batch.known.seen:
            return
        batch.known.seen.add(event.key)
        batch.seen.append(event.key)
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
        outcome = decide(turn, event, turn.folder(place.case))
        letters = render(outcome.effects, turn.desk, outcome.customer or customer, event.at)
        self._merge(batch, turn, outcome, letters)

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
        batch.readdress += [
            (one.old, one.new) for one in outcome.effects if isinstance(one, Readdress)
        ]
        if team := turn.desk.team.chat:
            batch.vacate += [
                (one.case.id, team) for one in outcome.effects if isinstance(one, Vacate)
            ]
        batch.wake_open |= outcome.wake_open
        batch.backtests += [
            one for one in outcome.effects if isinstance(one, Backtest | StopBacktest)
        ]
        self._take_outcome_settings(batch, outcome, turn.desk)

    def _take_outcome_settings(self, batch: Batch, outcome: Outcome, desk: Desk) -> None:
        said = (outcome.team, outcome.admins, outcome.config, outcome.staff or None)
        if all(one is None for one in said):
            return
        if outcome.config is not None:
            batch.settings["config"] = outcome.config.model_dump(mode="json", by_alias=True)
            batch.settings["config_offered"] = None
        if outcome.team is not None:
            batch.settings["team"] = outcome.team.model_dump(mode="json")
        for member in outcome.staff.values():
            batch.settings[f"staff:{member.id}"] = member.model_dump(mode="json")
        if outcome.admins is not None:
            batch.settings["admins"] = list(outcome.admins)
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

    # ---- saving -----------------------------------------------------------------------------

    async def _save(self, unit: Unit, batch: Batch, now: datetime) -> None:
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


def _drafts(desk: Desk, admin: int, doc: Any) -> dict[int, Config]:
    """Return the drafts of all admins with this one's as it is stored now."""
    others = {one: draft for one, draft in desk.drafts.items() if one != admin}
    draft = doc.get("draft") if isinstance(doc, dict) else None
    return {**others, admin: Config.model_validate(draft)} if draft else others


def _plain(event: e.Event) -> Any:
    return orjson.loads(orjson.dumps(event, default=_jsonable, option=orjson.OPT_NON_STR_KEYS))


def _jsonable(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return str(value)
