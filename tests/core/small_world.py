"""A small world in memory: the core decides, letters are rendered and land, nothing is real.

`SmallWorld.happens(event)` does what `App` does without store, HTTP or loop: find the event its
place, decide, render, take the outcome in, let the letters land. After every event it checks what
must hold whatever happens; a broken promise is an `AssertionError` that names the event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import seed
from bot.addresses import Known, about_menu, as_typed, resolve
from bot.flows import effects as do
from bot.flows import events as e
from bot.flows.admin.menu import wanted
from bot.flows.decide import decide
from bot.flows.desk import Config, Desk
from bot.flows.likes import facets, to_count
from bot.flows.looking import next_look
from bot.flows.model import Case, Earlier, Status
from bot.flows.people import ABSENT, Customer, Role, Staff, Team
from bot.flows.session import AdminSession, Papers
from bot.flows.turn import Turn
from bot.flows.understanding import Facts, understand
from bot.flows.versions import Version
from bot.needs import needs_of
from bot.texts.catalogue import shipped
from bot.texts.letters import WEBHOOK
from bot.texts.render import render
from storage.rows import Link
from tests.core.strict import fits_telegram

if TYPE_CHECKING:
    from bot.flows.outcome import Outcome
    from bot.flows.session import Wants
    from bot.texts.letters import Letter

START = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
TEAM, MANAGERS, OTHER_GROUP = -1001, -1002, -1003
ADMIN, MEI, RAVI, SUPERVISOR, MANAGER = 1, 11, 12, 13, 14
STAFF = {
    MEI: Staff(id=MEI, name="Mei"),
    RAVI: Staff(id=RAVI, name="Ravi", private=True),
    SUPERVISOR: Staff(id=SUPERVISOR, name="Sue", role=Role.SUPERVISOR, private=True),
    MANAGER: Staff(id=MANAGER, name="Max <b>", role=Role.MANAGER, private=True, language="zh_Hans"),
}
CUSTOMERS = (101, 102, 103)
DESKS = Path(__file__).parents[1] / "desks"
AT_WORK = {Status.QUEUED, Status.HANDED_OFF, Status.IN_PROGRESS, Status.WAITING}


@lru_cache
def config_of(name: str) -> Config:
    return seed.config(DESKS / f"{name}.yaml")


@lru_cache(maxsize=4096)
def read(text: str, zone: str, region: str) -> Facts:
    """What is read from a text, as of the first day: the same words need reading once."""
    return understand(text, START, zone, region, None)


@dataclass(slots=True)
class Landed:
    """A message that stands in a chat."""

    chat: int
    message: int
    text: str
    buttons: tuple[str, ...] = ()
    thread: int | None = None


@dataclass
class SmallWorld:
    """Everything there is, and what happened to it."""

    desk: Desk
    now: datetime = START
    customers: dict[int, Customer] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    entries: dict[int, list[Any]] = field(default_factory=dict)
    links: dict[tuple[int, int], Link] = field(default_factory=dict)
    topics: dict[tuple[int, int], int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    standing: list[Landed] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    fresh: list[Letter] = field(default_factory=list)
    happened: list[e.Event] = field(default_factory=list)
    versions: dict[int, Version] = field(default_factory=dict)
    last_number: int = 0
    message: int = 100
    update: int = 0

    @classmethod
    def of(
        cls, name: str = "cn", *, team: bool = True, forum: bool = True, managers: bool = False
    ) -> SmallWorld:
        room = Team(
            chat=TEAM if team else None,
            forum=forum,
            title="Team",
            managers_chat=MANAGERS if managers else None,
            setup_code="c0de",
        )
        people = STAFF if team or managers else {}
        config = config_of(name)
        return cls(
            Desk(config=config, team=room, staff=people, operators=(ADMIN,), username="desk")
        )

    # ---- what happens -----------------------------------------------------------------------

    def key(self) -> str:
        self.update += 1
        return f"u{self.update}"

    def message_id(self) -> int:
        self.message += 1
        return self.message

    def facts(self, text: str) -> Facts | None:
        general = self.desk.general
        return read(text, general.zone, general.region) if text else None

    def who(self, user: int, code: str = "") -> e.Who:
        name = STAFF[user].name if user in STAFF else f"N{user} <i>&"
        return e.Who(user, name, code or ("zh-hans" if user % 2 else "en"))

    def says(self, user: int, text: str = "", **more: Any) -> Outcome | None:
        facts = more.pop("facts", None) or self.facts(text)
        return self.happens(
            e.CustomerSaid(
                self.key(),
                self.now,
                self.who(user),
                self.message_id(),
                text=text,
                facts=facts,
                **more,
            )
        )

    def presses(self, user: int, data: str, message: int = 0) -> Outcome | None:
        key = self.key()
        return self.happens(
            e.CustomerPressed(key, self.now, self.who(user), data, f"q{key}", message)
        )

    def staff_writes(self, user: int, chat: int, text: str, **more: Any) -> Outcome | None:
        return self.happens(
            e.StaffWrote(
                self.key(), self.now, self.who(user), chat, self.message_id(), text=text, **more
            )
        )

    def staff_presses(self, user: int, chat: int, data: str, **more: Any) -> Outcome | None:
        key = self.key()
        return self.happens(
            e.StaffPressed(
                key, self.now, self.who(user), chat, 5, data=data, query_id=f"q{key}", **more
            )
        )

    def passes(self, length: timedelta, *, waking: bool = True) -> None:
        """Let time pass; whatever is due on the way is looked at in order."""
        until = self.now + length
        while waking:
            due = [(c.wake_at, c.id) for c in self.cases.values() if c.wake_at is not None]
            wake, case = min(due, default=(None, 0))
            if wake is None or wake > until:
                break
            self.now = max(self.now, wake)
            self.wakes(case)
        self.now = until

    def wakes(self, case: int) -> None:
        """Wake a case, and see that its next wake-up is later (HOUSE, idea 6)."""
        self.happens(e.Woken(f"w{case}:{self.key()}", self.now, case))
        later = self.cases[case].wake_at if case in self.cases else None
        assert later is None or later > self.now, f"wakes again at once: {self.cases.get(case)!r}"

    def wakes_now(self, case: int) -> None:
        """Look at a case though nothing is due, as after a change of the configuration."""
        self.happens(e.Woken(f"w{case}:{self.key()}", self.now, case))

    # ---- as the app does --------------------------------------------------------------------

    def happens(self, event: e.Event) -> Outcome | None:
        """Take one event through; check what must always hold."""
        self.happened.append(event)
        self.fresh = []
        if event.key in self.seen:
            return None
        self.seen.add(event.key)
        place = resolve(event, self._known(event), self.desk)
        if place is None:
            return None
        if place.once:
            if place.once in self.seen:
                return None
            self.seen.add(place.once)
        turn = Turn(
            self.desk,
            event.at,
            customer=place.customer,
            cases=place.cases,
            ties=place.ties,
            next_case=self.last_number + 1,
        )
        turn.papers = place.papers
        outcome = decide(turn, place.event, turn.folder(place.case))
        self.fresh = render(
            outcome.effects, turn.desk, outcome.customer or place.customer, event.at
        )
        before = {number: self.cases.get(number) for number in outcome.cases}
        self._checked(place.event, outcome, before, place.customer, turn.desk)
        self._take_in(outcome, turn)
        fresh = self.fresh
        for letter in fresh:
            self._lands(letter)
        for follow in self._following(outcome):
            self.happens(follow)
            fresh = [*fresh, *self.fresh]
        self.fresh = fresh
        return outcome

    def _following(self, outcome: Outcome) -> list[e.Event]:
        """What the app decides next in the same transaction, with counts of what is here."""
        timed = self.desk.config.timed
        counted = [
            e.Counted(
                self.key(),
                self.now,
                number,
                frozenset(triggers),
                {
                    key.partition("/")[0]: self._like(self.cases[number], key.partition("/")[0])
                    for key in to_count(self.cases[number], timed)
                },
            )
            for number, triggers in outcome.uncounted.items()
        ]
        tallied = [
            e.Tallied(self.key(), self.now, one, sum(c.crisis == one for c in self.cases.values()))
            for one in outcome.tally
        ]
        return [*counted, *tallied, *outcome.minutes]

    def _like(self, case: Case, facet: str) -> tuple[tuple[bool, Earlier], ...]:
        mine = facets(case)[facet]
        return tuple(
            (one.accused, Earlier(case=one.id, filed_at=one.filed_at))
            for one in self.cases.values()
            if one.id < case.id and one.filed_at and facets(one).get(facet) == mine
        )

    def _known(self, event: e.Event) -> Known:
        """Read just what the app would read for this event."""
        needs = needs_of([event])
        known = Known(
            seen=self.seen & needs.keys,
            customers=_some(self.customers, needs.customers),
            cases=_some(self.cases, needs.cases)
            | {n: c for n, c in self.cases.items() if c.customer in needs.customers and c.open},
            links=_some(self.links, needs.pairs),
            topics=_some(self.topics, needs.topics),
        )
        for pair in needs.pairs:
            copies = [x for x in self.links.values() if (x.peer_chat, x.peer_message) == pair]
            if copies:
                known.copies[pair] = copies
        known.cases |= _some(self.cases, known.cases_wanted())
        for pair in known.siblings(needs.unsends) - needs.pairs:
            copies = [x for x in self.links.values() if (x.peer_chat, x.peer_message) == pair]
            known.copies |= {pair: copies} if copies else {}
        if needs.lists or needs.owners:
            known.listed = {n: c for n, c in self.cases.items() if c.status in AT_WORK}
        if about_menu(event) or as_typed(event, self.desk):
            known.papers = self._papers(wanted(self.desk, event))
        known.customers |= _some(self.customers, {c.customer for c in known.cases.values()})
        return known

    def _papers(self, wants: Wants) -> Papers:
        """Read what a page of the admins' menu shows."""
        return Papers(
            counts={},
            history=tuple(one.but(doc={}) for one in reversed(self.versions.values())),
            version=self.versions.get(wants.version or 0),
            case=self.cases.get(wants.case or 0),
            open_cases=tuple(c for c in self.cases.values() if c.open)
            if wants.open_cases
            else None,
            shipped=shipped(self.desk.general.region),
        )

    def _take_in(self, outcome: Outcome, turn: Turn) -> None:
        self.desk = turn.desk
        for user, session in outcome.sessions.items():  # through JSON, as it is stored
            stored = AdminSession.model_validate_json(session.model_dump_json())
            self.desk = self.desk.but(sessions={**self.desk.sessions, user: stored})
        if outcome.version is not None:
            self.versions[outcome.version.version] = outcome.version
        self.last_number = turn.next_case - 1
        if outcome.customer is not None:
            self.customers[outcome.customer.id] = outcome.customer
        # What is kept is what comes back from the database: through JSON.
        for number, case in outcome.cases.items():
            self.cases[number] = Case.model_validate_json(case.model_dump_json())
        for entry in outcome.entries:
            self.entries.setdefault(entry.case, []).append(entry)
        for (chat, message), tie in outcome.ties.items():
            self.links[chat, message] = Link(chat, message, tie.case, tie.kind)
        if outcome.wake_open:
            for case in list(self.cases.values()):
                if case.open:
                    self.cases[case.id] = case.but(wake_at=self.now)

    def _lands(self, letter: Letter) -> None:
        self.letters.append(letter)
        if letter.fleeting:
            return
        message = self.message_id()
        if letter.method == "createForumTopic" and letter.case is not None:
            standing = [t for t, case in self.topics.items() if case == letter.case]
            if letter.fresh or not [t for t in standing if t[0] == letter.chat]:
                self.topics[letter.chat, message] = letter.case
            return
        if not letter.method.startswith(("send", "copy")):
            return
        origin = letter.origins[0] if letter.origins else (None, None)
        kind = letter.link or letter.purpose
        self.links[letter.chat, message] = Link(letter.chat, message, letter.case, kind, *origin)
        rows = (letter.params.get("reply_markup") or {}).get("inline_keyboard", ())
        buttons = tuple(b["callback_data"] for row in rows for b in row if "callback_data" in b)
        text = str(letter.params.get("text") or letter.params.get("caption") or "")
        self.standing.append(Landed(letter.chat, message, text, buttons))

    # ---- what must always hold --------------------------------------------------------------

    def _checked(
        self,
        event: e.Event,
        outcome: Outcome,
        before: dict[int, Case | None],
        customer: Customer | None,
        desk: Desk,
    ) -> None:
        for letter in self.fresh:
            fits_telegram(letter)
            _to_somebody(letter)
        self._answered(event, outcome, customer)
        self._nobody_else(outcome, customer, desk)
        for number, case in outcome.cases.items():
            _facts_stay(before[number], case, outcome, self.entries.get(number, []))
            _history_grows(before[number], case, outcome)
            assert case.wake_at == next_look(desk, case, event.at)
        assert len(outcome.entries) < 120, "rules went round and round"

    def _answered(self, event: e.Event, outcome: Outcome, customer: Customer | None) -> None:
        at = customer.dialog if customer is not None else None
        match event:
            case e.CustomerSaid() | e.CustomerStarted() | e.CustomerCommanded():
                mine = [x for x in self.fresh if x.chat == event.who.id]
                assert mine, f"silence at {at} for {event}"
            case e.CustomerPressed() | e.StaffPressed():
                answers = [x for x in outcome.effects if isinstance(x, do.Answer)]
                assert len(answers) == 1, f"{len(answers)} answers to the press {event.data!r}"
            case e.StaffCommanded():
                assert self.fresh, f"silence for /{event.command} {event.argument}"
            case e.StaffWrote() if outcome.cases:
                assert self.fresh, "a message about a case without any sign"

    def _nobody_else(self, outcome: Outcome, customer: Customer | None, desk: Desk) -> None:
        staff = {*desk.staff, *desk.admins}
        about = {customer.id} if customer is not None else set()
        for letter in self.fresh:
            if letter.chat <= 0 or letter.chat in about | staff:
                continue
            if letter.method == WEBHOOK:
                assert letter.params["body"].keys() == REPORTED
                continue
            assert letter.purpose == "said", f"{letter.method} {letter.purpose} to a stranger"
        for letter in self.fresh:
            case = outcome.cases.get(letter.case or 0) or self.cases.get(letter.case or 0)
            if case is not None and case.accused and letter.chat == desk.team.chat:
                assert letter.purpose in ABOUT_TRACES, f"{letter.purpose} of an accused in the team"


def _to_somebody(letter: Letter) -> None:
    """Nothing is sent to, or copied from, a chat that does not exist."""
    assert letter.chat > ABSENT, f"{letter.method} to a customer who has no chat here"
    assert letter.params.get("from_chat_id", 0) > ABSENT
    assert (letter.params.get("reply_parameters") or {}).get("message_id", 1) > 0
    for more in letter.then:
        _to_somebody(more)


REPORTED = {"case", "category", "grade", "status", "rule"}
"""All that another system is told of a case."""

ABOUT_TRACES = frozenset({"retired", "unsend", "amend", "mark", "looks", "said"})
"""What may still be said in the team chat once a case turned out to accuse a colleague."""


def _some(source: dict[Any, Any], keys: Any) -> dict[Any, Any]:
    return {key: source[key] for key in keys if key in source}


def _facts_stay(old: Case | None, new: Case, outcome: Outcome, entries: list[Any]) -> None:
    if old is None:
        return
    said = {
        value
        for entry in (*entries, *outcome.entries)
        if entry.case == new.id and entry.kind == "fact"
        for value in (entry.data["was"], entry.data["now"])
    }
    forgotten = {n for x in outcome.entries if x.kind == "forgotten" for n in x.data["facts"]}
    for name, fact in old.facts.items():
        if fact.value is None:
            continue
        if name in forgotten:
            assert all(fact.shown not in w.text for w in new.words), f"{name!r} is told elsewhere"
            continue
        assert name in new.facts, f"the fact {name!r} is gone"
        if new.facts[name].value != fact.value:
            assert fact.value in said, f"what {name!r} was before is told nowhere"
    gone = {w.message_id for w in old.words} - {w.message_id for w in new.words}
    moved = {x.data.get("message") for x in outcome.entries if x.kind == "moved_out"}
    assert gone <= moved, "words of the customer are gone"


def _history_grows(old: Case | None, new: Case, outcome: Outcome) -> None:
    first = old.entries if old else 0
    numbers = [x.n for x in outcome.entries if x.case == new.id]
    assert numbers == list(range(first + 1, new.entries + 1)), "a hole in the timeline"
