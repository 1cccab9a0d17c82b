"""One transaction on the desk's memory: what is read, and what will be written with it.

Reads are named after the desk's questions. Each may be awaited by itself; `together` asks
several in one go, which costs a single hop to SQLite. Writes are kept until the next read or
the end of the unit and then travel together with the commit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from bot.flows.model import OPEN
from bot.flows.session import OPEN_CASES_READ, Papers
from storage import reading
from storage.driver import Step
from storage.errors import StoreError
from storage.reading import Reading
from storage.times import maybe, passed
from storage.writing import DAY_MS, change_steps, dumped, outcome_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Sequence
    from datetime import datetime

    from bot.flows.model import Case, Earlier, Entry
    from bot.flows.people import Customer
    from bot.flows.session import Breaches, Wants
    from bot.flows.versions import Version
    from bot.texts.letters import Letter
    from storage.driver import Rows, Session
    from storage.rows import (
        Attached,
        Changes,
        Claimed,
        Dead,
        Failed,
        FailedLetter,
        LikesWanted,
        Link,
        Pair,
        Place,
        Retry,
        Sent,
    )
    from storage.upgrade import Forms

LIKES = 50
"""Like cases told of for one question; more would not change what a rule says."""
HISTORY_READ = 60
"""Versions of the configuration that the history shows."""

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")


class Read(Generic[T]):
    """A question to the store: await it, or ask it `together` with others."""

    __slots__ = ("parse", "steps", "unit")

    def __init__(self, unit: Unit, steps: list[Step], parse: Callable[[Rows], T]) -> None:
        """Take the steps to run; the rows of the last are what is parsed."""
        self.unit = unit
        self.steps = steps
        self.parse = parse

    def __await__(self) -> Generator[Any, None, T]:
        """Ask it alone."""
        return self._asked().__await__()

    async def _asked(self) -> T:
        results = await self.unit.run(self.steps)
        return self.parse(results[-1] if results else [])


class Unit:
    """One transaction. Made by `Store.unit()`."""

    def __init__(self, session: Session, forms: Forms, *, locks: bool) -> None:
        """Work on a transaction of a driver."""
        self._session = session
        self._forms = forms
        self._reading = Reading(forms)
        self._locks = locks
        self._lanes: set[int] = set()  # customers locked so far
        self._lanes_of: set[int] = set()  # cases whose customers are
        self._pending: list[Step] = []
        self._broken = False  # a statement failed: nothing of this unit will be written
        self._over = False  # it is committed

    async def run(self, steps: list[Step], *, last: bool = False) -> list[Rows]:
        """Run pending writes and then these steps; rows of these steps alone."""
        if self._broken:
            msg = "A statement of this unit failed, so nothing of it is written."
            raise StoreError(msg)
        pending, self._pending = self._pending, []
        if self._over and (pending or steps):
            msg = "This unit was committed with its last question: open another one."
            raise StoreError(msg)
        if self._over or not (pending or steps or last):
            return []
        try:
            results = await self._session.run([*pending, *steps], last=last)
        except BaseException:  # cancelled included: a half-done unit must not commit
            self._broken = True
            raise
        self._over = last
        return results[len(pending) :]

    # ---- several questions at once --------------------------------------------------------

    @overload
    async def together(self, a: Read[A], b: Read[B], /, *, last: bool = False) -> tuple[A, B]: ...
    @overload
    async def together(self, a: Read[A], b: Read[B], c: Read[C], /) -> tuple[A, B, C]: ...
    @overload
    async def together(
        self, a: Read[A], b: Read[B], c: Read[C], d: Read[D], /
    ) -> tuple[A, B, C, D]: ...
    @overload
    async def together(
        self, a: Read[A], b: Read[B], c: Read[C], d: Read[D], e: Read[E], /
    ) -> tuple[A, B, C, D, E]: ...
    @overload
    async def together(
        self, a: Read[A], b: Read[B], c: Read[C], d: Read[D], e: Read[E], f: Read[F], /
    ) -> tuple[A, B, C, D, E, F]: ...
    @overload
    async def together(self, *reads: Read[Any], last: bool = False) -> tuple[Any, ...]: ...
    async def together(self, *reads: Read[Any], last: bool = False) -> tuple[Any, ...]:
        """Ask several questions in one hop; the answers come in their order.

        With `last` the unit is committed in the same hop, and nothing more can be done in it.
        """
        results = await self.run([step for read in reads for step in read.steps], last=last)
        answers = []
        end = 0
        for read in reads:
            end += len(read.steps)
            answers.append(read.parse(results[end - 1] if read.steps else []))
        return tuple(answers)

    # ---- customers and cases --------------------------------------------------------------

    def lock(self, customers: Iterable[int] = (), cases: Iterable[int] = ()) -> Read[None]:
        """Take the lanes of these customers, and of whose cases these are, in one order.

        The readers below do it for what they read; a unit that will read several times asks
        for all of it first, so that no two units wait for each other. Costs nothing on SQLite.
        """
        return Read(self, self._lane_steps(customers, cases), reading.nothing)

    def customers(self, ids: Collection[int]) -> Read[dict[int, Customer]]:
        """Return those known, locked (and those not known yet as well)."""
        steps = [
            *self._lane_steps(ids, ()),
            Step("customers_of", {"ids": dumped(list(ids))}),
        ]
        return Read(self, steps if ids else [], self._reading.customers)

    def cases(
        self, ids: Collection[int] = (), open_of: Collection[int] = ()
    ) -> Read[dict[int, Case]]:
        """Return these cases and all open ones of these customers, locked, by id."""
        params = {"ids": dumped(list(ids)), "open_of": dumped(list(open_of))}
        steps = [*self._lane_steps(open_of, ids), Step("cases_of", params)]
        return Read(self, steps if ids or open_of else [], self._reading.cases_by_id)

    def recent_cases(self, customer: int, limit: int) -> Read[list[Case]]:
        """Return a customer's cases, newest first."""
        params = {"customer_id": customer, "limit": limit}
        return Read(self, [Step("cases_recent", params)], self._reading.cases)

    def past(self, before: int, limit: int) -> Read[list[tuple[int, int, str]]]:
        """Return cases numbered below, newest first, as stored: (number, format, document)."""
        step = Step("cases_past", {"before": before, "limit": limit})
        return Read(self, [step], lambda rows: [(row[0], row[1], row[2]) for row in rows])

    def queue(self, statuses: Collection[str], limit: int) -> Read[list[Case]]:
        """Return open cases in these statuses, oldest first."""
        params = {
            "statuses": dumped([str(status) for status in statuses]),
            "limit": limit,
        }
        return Read(self, [Step("cases_with_status", params)], self._reading.cases)

    def owned(self, owner: int, limit: int) -> Read[list[Case]]:
        """Return the open cases of a member of staff, oldest first."""
        params = {"owner": owner, "limit": limit}
        return Read(self, [Step("cases_of_owner", params)], self._reading.cases)

    def overdue(self, limit: int) -> Read[list[Case]]:
        """Return the cases in which something is overdue, longest first."""
        return Read(self, [Step("cases_overdue", {"limit": limit})], self._reading.cases)

    def due(self, now: datetime, limit: int) -> Read[list[int]]:
        """Return the cases to wake by now, longest overdue first."""
        step = Step("cases_due", {"now": passed(now), "limit": limit})
        return Read(self, [step], lambda rows: [row[0] for row in rows])

    def next_wake(self) -> Read[datetime | None]:
        """Return when the next case is to be woken."""
        return Read(self, [Step("cases_next_wake")], lambda rows: maybe(rows[0][0]))

    def timeline(self, case: int, after: int = 0) -> Read[list[Entry]]:
        """Return what happened in a case, oldest first."""
        step = Step("entries", {"case_id": case, "after": after})
        return Read(self, [step], lambda rows: reading.entries(case, rows))

    def media(self, case: int) -> Read[list[Attached]]:
        """Return a case's attachments."""
        step = Step("media_of", {"case_id": case})
        return Read(self, [step], lambda rows: reading.attachments(case, rows))

    def likes(self, wanted: Sequence[LikesWanted]) -> Read[list[list[tuple[bool, Earlier]]]]:
        """Return for each question the cases filed before, newest first, with who accuses staff."""
        asked = [
            (one.facet, one.value, passed(one.since), passed(one.filed_at), one.case)
            for one in wanted
        ]
        step = Step("likes_before", {"asked": dumped(asked), "limit": LIKES})
        return Read(self, [step] if asked else [], lambda rows: reading.likes(len(asked), rows))

    def tally(self, facet: str, value: str) -> Read[int]:
        """Return how many cases share a value, of all time: for facets that end with a matter."""
        step = Step("likes_tally", {"facet": facet, "value": value})
        return Read(self, [step], lambda rows: int(rows[0][0]))

    def last_case_number(self) -> Read[int]:
        """Return the highest case number given out; locked until the unit ends."""
        query = "lock_counter" if self._locks else "counter"
        return Read(self, [Step(query, {"name": "case"})], lambda rows: int(rows[0][0]))

    def number_early(self) -> Read[int | None]:
        """Return the highest case number where reading it holds up nobody, as on SQLite.

        Where it is locked it is to be asked for last, and this is None.
        """
        steps = [] if self._locks else [Step("counter", {"name": "case"})]
        return Read(self, steps, lambda rows: int(rows[0][0]) if rows else None)

    # ---- keys, settings, messages ---------------------------------------------------------

    def seen(self, keys: Collection[str]) -> Read[set[str]]:
        """Return which of these keys were handled before."""
        steps = [Step("seen_among", {"keys": dumped(list(keys))})] if keys else []
        return Read(self, steps, lambda rows: {row[0] for row in rows})

    def settings(self, since: int = 0) -> Read[tuple[int, dict[str, Any]]]:
        """Return the settings changed after that stamp, and the stamp to ask with next."""
        step = Step("settings_changed", {"since": since})
        return Read(self, [step], lambda rows: reading.settings(since, rows))

    def links(self, pairs: Collection[Pair]) -> Read[dict[Pair, Link]]:
        """Return which case these (chat, message) belong to."""
        return Read(self, _pair_steps("links_at", pairs), reading.links)

    def copies(self, pairs: Collection[Pair]) -> Read[dict[Pair, list[Link]]]:
        """Return the messages whose peer is one of these (chat, message)."""
        return Read(self, _pair_steps("links_of_peer", pairs), reading.copies)

    def messages(self, case: int, chat: int) -> Read[list[int]]:
        """Return every message of a case that is known in a chat, people's and the desk's."""
        step = Step("links_of_case", {"case_id": case, "chat_id": chat})
        return Read(self, [step], lambda rows: [row[0] for row in rows])

    def places(self, cases: Collection[int]) -> Read[list[Place]]:
        """Return where the slots of these cases stand, in every chat."""
        steps = [Step("places_of", {"cases": dumped(list(cases))})] if cases else []
        return Read(self, steps, reading.places)

    def places_at(self, pairs: Collection[Pair]) -> Read[dict[Pair, list[Place]]]:
        """Return the slots that stand at these (chat, message)."""
        return Read(self, _pair_steps("places_at", pairs), reading.places_by_pair)

    def topics(self, pairs: Collection[Pair]) -> Read[dict[Pair, int]]:
        """Return whose topic each of these (chat, thread) is."""
        return Read(self, _pair_steps("places_at", pairs), reading.topics)

    # ---- the configuration ------------------------------------------------------------------

    def versions(self, limit: int) -> Read[list[Version]]:
        """Return the newest versions of the configuration, without the documents."""
        steps = [Step("versions_recent", {"limit": limit})] if limit else []
        return Read(self, steps, reading.versions)

    def version(self, number: int) -> Read[Version | None]:
        """Return one version with its document."""
        steps = [Step("version_at", {"version": number})] if number else []
        return Read(self, steps, lambda rows: next(iter(reading.versions(rows)), None))

    def rule_counts(self, now: datetime) -> Read[dict[str, tuple[int, int]]]:
        """Return how often each rule fired in the last 7 and 30 days."""
        today = passed(now) // DAY_MS
        step = Step("firings_since", {"today": today, "week": today - 7, "month": today - 30})
        return Read(self, [step], lambda rows: {row[0]: (int(row[1]), int(row[2])) for row in rows})

    def breaches(self, now: datetime, *, wanted: bool = True) -> Read[tuple[Breaches, ...]]:
        """Return the targets missed in the last 30 days, and of those in the last 7."""
        today = passed(now) // DAY_MS
        params = {"today": today, "week": today - 7, "month": today - 30}
        steps = [Step("breaches_since", params)] if wanted else []
        return Read(self, steps, reading.breaches)

    async def papers(self, wants: Wants, now: datetime) -> Papers:
        """Return what the pages of the admins' menu show, in one hop."""
        counts, history, version, cases, opened, breaches = await self.together(
            self.rule_counts(now),
            self.versions(HISTORY_READ if wants.history else 0),
            self.version(wants.version or 0),
            self.cases([] if wants.case is None else [wants.case]),
            self.queue([*OPEN] if wants.open_cases else [], OPEN_CASES_READ + 1),
            self.breaches(now, wanted=wants.breaches),
        )
        return Papers(
            counts=counts,
            history=tuple(history),
            version=version,
            case=cases.get(wants.case or 0),
            open_cases=tuple(opened) if wants.open_cases else None,
            breaches=breaches,
        )

    def dead_letters(self, limit: int) -> Read[list[Dead]]:
        """Return the updates that could not be handled, newest first."""
        return Read(self, [Step("dead_recent", {"limit": limit})], reading.dead)

    # ---- the outbox -----------------------------------------------------------------------

    def unsent_albums(
        self, keys: Collection[tuple[int, str]]
    ) -> Read[dict[tuple[int, str], Letter]]:
        """Return the queued letters with these (chat, coalesce), to add parts to."""
        return Read(self, _pair_steps("letters_unsent", keys), reading.unsent)

    def claim(self, now: datetime, busy_chats: Collection[int], limit: int) -> Read[list[Claimed]]:
        """Take letters to send: at most the head of each chat's lane, none while one is out."""
        params = {"now": passed(now), "busy": dumped(list(busy_chats)), "limit": limit}
        return Read(self, [Step("letters_claim", params)], reading.claimed)

    def next_due(self, now: datetime) -> Read[datetime | None]:
        """Return when the next letter that is not due yet will be."""
        step = Step("letters_next_due", {"now": passed(now)})
        return Read(self, [step], lambda rows: maybe(rows[0][0]))

    def failed_letters(self, limit: int) -> Read[list[FailedLetter]]:
        """Return the letters that were given up, newest first."""
        return Read(self, [Step("letters_failed", {"limit": limit})], reading.failed)

    async def finish(
        self,
        now: datetime,
        done: Collection[Sent] = (),
        retry: Collection[Retry] = (),
        failed: Collection[Failed] = (),
        revive: Collection[int] = (),
    ) -> None:
        """Record what became of claimed letters; `revive` queues failed ones again."""
        self._pending += outcome_steps(now, done, retry, failed, revive)

    def reclaim(self, now: datetime, before: datetime | None = None) -> Read[int]:
        """Queue again what a dead process had claimed (before that time, if others live)."""
        step = Step("letters_reclaim", {"now": passed(now), "before": passed(before or now)})
        return Read(self, [step], len)

    # ---- writing --------------------------------------------------------------------------

    async def write(self, changes: Changes, now: datetime) -> None:
        """Write all of it; letters without a due time are due now."""
        self._pending += change_steps(changes, now, self._forms)

    async def wake_open(self, at: datetime) -> None:
        """Have every open case looked at again by then (the rules were edited)."""
        self._pending.append(Step("cases_wake_open", {"at": passed(at)}))

    def prune_seen(self, before: datetime, limit: int) -> Read[int]:
        """Forget keys handled before that time, so many at most; how many went."""
        return Read(self, [Step("seen_prune", {"before": passed(before), "limit": limit})], len)

    def _lane_steps(self, customers: Iterable[int], cases: Iterable[int]) -> list[Step]:
        if not self._locks:
            return []
        ids, theirs = set(customers) - self._lanes, set(cases) - self._lanes_of
        self._lanes |= ids
        self._lanes_of |= theirs
        if not (ids or theirs):
            return []
        params = {"ids": dumped(list(ids)), "cases": dumped(list(theirs))}
        return [Step("lock_customers", params)]


def _pair_steps(query: str, pairs: Collection[tuple[int, Any]]) -> list[Step]:
    return [Step(query, {"pairs": dumped(list(pairs))})] if pairs else []
