"""Any order of queueing, claiming, failing, dying and moving agrees with a simple model."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)
from postgres_server import clean
from store_values import later, letter, words

from storage import Changes, Failed, Retry, Sent, Store

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from storage import Claimed

CHATS = st.sampled_from([-2, 1, 2])
CASES = st.sampled_from([None, 7, 8])
PRIORITIES = st.sampled_from([0, 5, 9])
KEYS = st.sampled_from(["", "", "x", "y"])


@dataclass(frozen=True)
class Row:
    """A letter as the model knows it."""

    seq: int
    chat: int
    priority: int
    due: int
    text: str
    case: int | None
    key: str
    state: str = "queued"
    attempts: int = 0


class Lanes:
    """The outbox, told in a few lines: a list that is searched from end to end."""

    def __init__(self) -> None:
        """Start empty, at second 0."""
        self.rows: dict[int, Row] = {}
        self.now = 0

    def queued(self, chat: int) -> list[Row]:
        """Return a chat's lane in its order."""
        rows = [one for one in self.rows.values() if (one.chat, one.state) == (chat, "queued")]
        return sorted(rows, key=lambda one: (one.priority, one.seq))

    def keyed(self, chat: int, key: str) -> Row | None:
        """Return the queued letter with this key."""
        return next((one for one in self.queued(chat) if key and one.key == key), None)

    def put(self, row: Row, *, album: bool) -> None:
        """Queue, replace, and lift the case."""
        urgency = row.priority
        if old := self.keyed(row.chat, row.key):
            due = row.due if album else old.due
            priority = min(old.priority, urgency)
            row = replace(old, due=due, priority=priority, text=row.text, case=row.case)
        self.rows[row.seq] = row
        self.lift(row, urgency)

    def lift(self, row: Row, urgency: int) -> None:
        """Raise the same case's letters in the same chat."""
        for one in self.queued(row.chat):
            if row.case is not None and one.case == row.case and one.priority > urgency:
                self.rows[one.seq] = replace(one, priority=urgency)

    def claimable(self, busy: set[int], limit: int) -> list[Row]:
        """Return the heads that may leave."""
        out = {one.chat for one in self.rows.values() if one.state == "sending"}
        chats = {one.chat for one in self.rows.values()} - out - busy
        heads = [self.queued(chat)[0] for chat in chats if self.queued(chat)]
        due = [one for one in heads if one.due <= self.now]
        return sorted(due, key=lambda one: (one.priority, one.seq))[:limit]

    def requeue(self, row: Row, due: int) -> None:
        """Put back a letter that was out; a newer one keeps the key."""
        key = "" if self.keyed(row.chat, row.key) else row.key
        self.rows[row.seq] = replace(
            row, state="queued", due=due, key=key, attempts=row.attempts + 1
        )

    def move(self, old: int, new: int) -> None:
        """Readdress a lane."""
        for one in self.queued(old):
            key = "" if self.keyed(new, one.key) else one.key
            self.rows[one.seq] = replace(one, chat=new, key=key)


class Outbox(RuleBasedStateMachine):
    """The store beside its model."""

    url = ""

    def __init__(self) -> None:
        """Start with an empty outbox."""
        super().__init__()
        self.model = Lanes()
        self.out: dict[int, tuple[int, Row]] = {}  # chat -> (id, row)
        self.numbers = count(1)
        self.runner = asyncio.Runner()
        self.store = self.do(Store.open(self.url))
        if self.url.startswith("postgres"):
            self.do(clean(self.url))

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something to its end."""
        return self.runner.run(work)

    def teardown(self) -> None:
        """Every letter that was not given up leaves in the end."""
        self.reclaim()
        self.model.now += 99
        while self.leave(set(), 99):
            for chat in list(self.out):
                self.deliver(chat)
        assert {one.state for one in self.model.rows.values()} <= {"failed"}
        self.do(self.store.close())
        self.runner.close()

    @rule(chat=CHATS, case=CASES, priority=PRIORITIES, key=KEYS, due=st.integers(0, 9))
    def queue(self, chat: int, case: int | None, priority: int, key: str, due: int) -> None:
        """A letter arrives, by itself or in the place of another."""
        number = next(self.numbers)
        row = Row(number, chat, priority, self.model.now + due, f"n{number}", case, key)
        album = key == "y"
        self.model.put(row, album=album)
        ours = letter(
            chat, row.text, case=case, priority=priority, coalesce=key,
            due_at=later(row.due), album="g" if album else "",
        )  # fmt: skip
        self.do(self._write(Changes(letters=[ours])))

    @rule(busy=st.sets(CHATS), limit=st.integers(1, 4))
    def claim(self, busy: set[int], limit: int) -> None:
        """Letters leave: the very ones that the model names, in its order."""
        self.leave(busy, limit)

    def leave(self, busy: set[int], limit: int) -> list[Claimed]:
        """Claim and compare."""
        expected = self.model.claimable(busy, limit)
        found = self.do(self._claim(busy, limit))
        assert words(found) == [one.text for one in expected]
        assert [one.attempts for one in found] == [one.attempts for one in expected]
        for claimed, row in zip(found, expected, strict=True):
            self.model.rows[row.seq] = replace(row, state="sending")
            self.out[row.chat] = (claimed.id, self.model.rows[row.seq])
        return found

    @rule(chat=CHATS)
    def deliver(self, chat: int) -> None:
        """A letter arrives at Telegram."""
        if chat in self.out:
            id_, row = self.out.pop(chat)
            del self.model.rows[row.seq]
            self.do(self._finish(done=[Sent(id_)]))

    @rule(chat=CHATS, wait=st.integers(0, 5))
    def postpone(self, chat: int, wait: int) -> None:
        """Telegram asks for patience."""
        if chat in self.out:
            id_, row = self.out.pop(chat)
            due = self.model.now + wait
            self.model.requeue(row, due)
            self.do(self._finish(retry=[Retry(id_, later(due), "429")]))

    @rule(chat=CHATS)
    def give_up(self, chat: int) -> None:
        """Telegram refuses for good."""
        if chat in self.out:
            id_, row = self.out.pop(chat)
            self.model.rows[row.seq] = replace(row, state="failed")
            self.do(self._finish(failed=[Failed(id_, "Forbidden")]))

    @rule()
    def reclaim(self) -> None:
        """The process dies and starts again."""
        assert self.do(self._reclaim()) == len(self.out)
        for _, row in self.out.values():
            self.model.requeue(row, row.due)
        self.out.clear()

    @rule(old=CHATS, new=CHATS)
    def move(self, old: int, new: int) -> None:
        """A group becomes a supergroup."""
        if old != new:
            self.model.move(old, new)
            self.do(self._write(Changes(readdress=[(old, new)])))

    @rule(seconds=st.integers(1, 5))
    def wait(self, seconds: int) -> None:
        """Time passes; the next due time is known."""
        dues = [one.due for one in self.model.rows.values() if one.state == "queued"]
        expected = min((due for due in dues if due > self.model.now), default=None)
        found = self.do(self._next_due())
        assert found == (None if expected is None else later(expected))
        self.model.now += seconds

    async def _write(self, changes: Changes) -> None:
        async with self.store.unit() as unit:
            await unit.write(changes, later(self.model.now))

    async def _claim(self, busy: set[int], limit: int) -> list[Claimed]:
        async with self.store.unit() as unit:
            return await unit.claim(later(self.model.now), busy, limit)

    async def _finish(self, **outcome: Any) -> None:
        async with self.store.unit() as unit:
            await unit.finish(later(self.model.now), **outcome)

    async def _reclaim(self) -> int:
        async with self.store.unit() as unit:
            return await unit.reclaim(later(self.model.now))

    async def _next_due(self) -> Any:
        async with self.store.unit() as unit:
            return await unit.next_due(later(self.model.now))


def check(url: str, examples: int) -> None:
    """Let hypothesis try to tell store and model apart."""
    machine = type("OutboxHere", (Outbox,), {"url": url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_lanes_on_sqlite_agree_with_the_model() -> None:
    """In memory: the SQL is the file's."""
    check("sqlite:///:memory:", 60)


def test_lanes_on_postgresql_agree_with_the_model(postgres_database: str) -> None:
    """With its own claim statement."""
    check(postgres_database, 25)
