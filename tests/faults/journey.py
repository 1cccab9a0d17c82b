"""One long journey that needs every method of the Bot API that the desk uses.

It is a siege's script with more in it: every kind of media both ways, edits, unsending, a topic
closed and opened again. It is driven in the test's own process, on a frozen clock.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.intake import LineDownError
from tests.kills.look import plain
from tests.kills.script import Visitor
from tests.town import Town

if TYPE_CHECKING:
    from collections.abc import Generator

QUIET_DESK = str(Path(__file__).parents[1] / "kills" / "desk")
"""A desk on which nothing happens by itself; Town adds the ending."""
ANSWER_WAITS = timedelta(seconds=60)
"""Nothing else wakes a case of that desk so soon as an answer on hold."""
CAPTIONED = ("video", "document", "audio", "voice", "animation", "photo")
BARE = ("sticker", "video_note", "location", "contact", "dice")


class Traveller(Visitor):
    """A customer whose one case sees everything."""

    def script(self) -> Generator[None]:
        """Live through one case, with all that Telegram can carry."""
        self.person.starts()
        yield
        yield from self.complains(0)
        yield from self.adds_and_corrects()
        yield from self.is_answered()
        yield from self.shows_everything()
        yield from self.corrects_what_is_relayed()
        yield from self.is_unsent()
        yield from self.is_regraded()
        yield from self.is_settled()
        self.mei.presses(data=f"s:reopen:{self.number}:")
        yield
        self.says("so it is not over after all", relayed=True)
        yield

    def shows_everything(self) -> Generator[None]:
        """Send every kind of media, and get every kind."""
        for kind in CAPTIONED:
            self.person.sends(kind, caption=f"{kind} {self.marker(relayed=True)}")
        for kind in BARE:
            self.person.sends(kind)
        self.person.sends_album(2, self.marker(relayed=True))
        yield
        relay = self._latest(self.mei, self.relayed[-1])
        for kind in CAPTIONED:
            self.mei.sends(kind, caption=self.reply(), reply_to=relay)
        for kind in BARE:
            self.mei.sends(kind, reply_to=relay)
        self.mei.sends_album(2, self.reply(), reply_to=relay)
        yield

    def corrects_what_is_relayed(self) -> Generator[None]:
        """Edit a text and a caption that stand in the topic already, on both sides."""
        said = self.says("it was on Monday", relayed=True)
        shown = self.person.sends("photo", caption=self.marker(relayed=True))
        yield
        self.person.edits(said, f"{said.text}, no, on Tuesday")
        self.person.edits(shown, f"{shown.text} the other side")
        relay = self._latest(self.mei, self.relayed[-2])
        answer = self.mei.says(f"Thank you {self.reply()}", reply_to=relay)
        yield
        self.mei.edits(answer, f"{answer.text} very much")
        yield

    def is_regraded(self) -> Generator[None]:
        """Staff call the case minor."""
        for verb in ("more", "grademenu", "grade"):
            self.mei.presses(data=f"s:{verb}:{self.number}:{'minor' if verb == 'grade' else ''}")
            yield

    def is_unsent(self) -> Generator[None]:
        """Staff write something too soon and take it back."""
        relay = self._latest(self.mei, self.relayed[-1])
        self.wrong = self.mei.says("You will get a million", reply_to=relay)
        yield
        self.mei.says("/unsend", reply_to=self.wrong)
        yield


class Accuser(Visitor):
    """A customer who, after the team has the case, accuses one of the team."""

    def script(self) -> Generator[None]:
        """Complain, ask for a person, then say who it was."""
        self.says(
            "My order 55-123 arrived broken yesterday, the lid was smashed, I want my money back"
        )
        yield
        self.person.says("/person")
        yield
        self.says("the blue one from the window")
        yield
        self.says("The waiter was rude to me")
        yield


async def travel(town: Town, travellers: list[Visitor]) -> None:
    """Let them all live their scripts, side by side."""
    acting = {one.n: one.script() for one in travellers}
    while acting:
        for n, script in list(acting.items()):
            if next(script, acting) is acting:
                del acting[n]
        await rest(town)
        documents = await stored(town)
        for one in travellers:
            one.doc = documents["customers"][one.person.id]
            one.cases = [
                case for case in documents["cases"].values() if case["customer"] == one.person.id
            ]


async def rest(town: Town) -> None:
    """Let the desk work until all is received, sent and recorded; waits become moves of the clock."""
    desk, sandbox = town.desk, town.sandbox
    for _ in range(2000):
        try:
            await desk.settle()
        except LineDownError:
            continue
        now = sandbox.clock.now()
        async with desk.store.unit() as unit:
            due = await unit.next_due(now)
            wake = await unit.next_wake()
        if due is None and wake is not None and wake - now <= ANSWER_WAITS:
            due = wake
        if due is None and desk.outbox.idle and not desk.outbox._flung:
            return
        if desk.outbox._flung:
            await next(iter(desk.outbox._flung))
            continue
        ahead = (due - now).total_seconds() if due is not None else 0
        sandbox.advance(max(ahead, 0.001))
    message = "the desk does not come to rest"
    raise AssertionError(message)


async def stored(town: Town) -> dict[str, Any]:
    """Return what the desk has stored, as plain data."""
    people = [chat.id for chat in town.sandbox.world.chats.values() if chat.user is not None]
    async with town.desk.store.unit() as unit:
        customers = await unit.customers(people)
        numbers = range(1, await unit.last_case_number() + 1)
        cases = await unit.cases(numbers)
        timeline = {number: await unit.timeline(number) for number in numbers}
        failed = await unit.failed_letters(100)
        dead = await unit.dead_letters(100)
    return {
        "customers": {one: doc.model_dump(mode="json") for one, doc in customers.items()},
        "cases": {one: cases[one].model_dump(mode="json") for one in sorted(cases)},
        "timeline": {
            one: [(entry.kind, entry.by, entry.data) for entry in entries]
            for one, entries in timeline.items()
        },
        "failed": failed,
        "dead": dead,
    }


def settled_state(documents: dict[str, Any]) -> Any:
    """Return where everybody stands, without instants and Telegram's numbers."""
    return plain([documents["customers"], documents["cases"], documents["timeline"]])
