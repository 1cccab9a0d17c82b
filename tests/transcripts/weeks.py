"""A week of a desk: people with roles, the clock let run with or without kills, and the ribbon.

The ribbon is what everybody was told, each line with its local minute. Two weeks that went the
same way have the same ribbon.
"""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.flows.people import Role, Staff
from tests.town import Someone, Town
from tests.transcripts.tellings import filed, relayed, tells

if TYPE_CHECKING:
    from collections.abc import Callable


class Week:
    """A town with a supervisor and a manager, seen through its ribbon."""

    def __init__(self, town: Town, zone: str, seed: int | None) -> None:
        """Live in a town; with a seed the desk is killed at random moments."""
        self.town, self.zone = town, ZoneInfo(zone)
        self.dice = random.Random(seed) if seed is not None else None
        self.kills = 0
        self.watched: dict[str, Someone] = {}
        self.chen: Someone
        self.lin: Someone

    async def staffed(self) -> None:
        """Let the supervisor and the manager begin, who can be reached in private."""
        people = {}
        for name, role in (("Chen", Role.SUPERVISOR), ("Lin", Role.MANAGER)):
            person = self.town.sandbox.person(name, language_code="en")
            person.starts()
            self.town.group.add(person)
            people[name] = person
            staff = Staff(id=person.id, name=name, role=role, private=True)
            doc = {f"staff:{person.id}": staff.model_dump(mode="json")}
            await self.town.desk.app.put(self.now, doc)
        await self.town.settle()
        town = self.town
        self.chen, self.lin = (Someone(town, people[one]) for one in ("Chen", "Lin"))
        self.watched = {"room": town.mei, "Chen": self.chen, "Lin": self.lin, "Boss": town.boss}

    @property
    def now(self) -> datetime:
        """The town's time."""
        return self.town.sandbox.clock.now()

    async def until(self, local: str) -> None:
        """Let time pass until a local instant; kill the desk on the way as the dice fall."""
        until = datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC)
        assert until > self.now, f"{local} is over"
        while self.now < until:
            nearest = await self._nearest(until)
            self.town.sandbox.advance(max((nearest - self.now).total_seconds(), 0.001))
            await self._perhaps_killed()
            await self.town.settle()

    async def _nearest(self, until: datetime) -> datetime:
        async with self.town.desk.store.unit() as unit:
            wake = await unit.next_wake()
        dues = [one for one in (wake, self.town.desk.waker.next_day) if one is not None]
        return min([max(one, self.now) for one in dues] + [until])

    async def _perhaps_killed(self) -> None:
        """Kill before what is due is decided, or after that and before it is sent."""
        if self.dice is None or self.dice.random() > KILLED:
            return
        self.kills += 1
        if self.dice.random() < AFTER:
            await self.town.desk.waker.step()
        await self.town.restart()

    def ribbon(self, *names: str) -> list[str]:
        """What the people named saw of the desk, line by line with its local minute."""
        lines = []
        for name in names:
            for message in self.watched[name].actor.screen:
                if message.from_bot and not message.service:
                    at = datetime.fromtimestamp(message.date, UTC).astimezone(self.zone)
                    lines.append((message.date, f"{at:%a %H:%M} {name} | {message.text}"))
        return [line for _, line in sorted(lines, key=lambda one: one[0])]

    def told(self, *names: str) -> list[str]:
        """What they were told of times, line by line: `Mon 13:30 Chen ⏰ C-1: first answer`."""
        return [
            f"{head.removesuffix(':')} {CUT.sub('', line)}"
            for head, text in (one.split(" | ", 1) for one in self.ribbon(*names))
            for line in text.split("\n")
            if line.startswith(MARKS)
        ]


KILLED = 0.5
"""How often the desk is killed on the way from one event to the next."""
AFTER = 0.5
"""How often that is after the decision."""

MARKS = ("⏳ C", "⏰ C", "▶️", "⏸ C", "Overdue", "🔴 C", "🟠 C", "关于", "About C", "C-")
CUT = re.compile(
    r"( is due| was due| was promised|, until|, since| this morning|: nobody|: the time| · \w"
    r"|：|: there is| has it wait|: the word|(?<=supplier): |，|(?<=passed) |(?<=message) "
    r"|(?<=1 已经有人接手)).*",
    re.DOTALL,
)


# ---- two weeks -------------------------------------------------------------------------------

SHANGHAI_MONDAY = datetime(2026, 11, 23, 2, 30, 0, tzinfo=UTC)  # 10:30 there
NEW_YORK_FRIDAY = datetime(2026, 10, 30, 19, 30, 0, tzinfo=UTC)  # 15:30 there


async def shanghai(url: str, seed: int | None, made: Callable[..., Town] = Town) -> Week:
    """One case through lunch, holiday, absence, pause and make-up day."""
    async with made(config="week_cn", url=url, now=SHANGHAI_MONDAY) as town:
        week = Week(town, "Asia/Shanghai", seed)
        await week.staffed()
        await week.lin.says("/away until Thursday 9:00")
        li = await filed(town)
        week.watched["Li"] = li
        await week.until("2026-11-24 10:00")
        await town.mei.presses("Take")
        await town.mei.says("我们正在核对收银记录。", reply_to=relayed(town.mei, "128块"))
        await week.until("2026-11-24 11:00")
        await tells(town.mei, "[More]", "[Pause]", "[the supplier]")
        await town.mei.presses("until 11:00 on Thursday")
        await week.until("2026-11-28 10:45")
        await tells(town.mei, "[Done, tell customer]", "[Done, nothing to add]", "[Resolve anyway]")
        await week.until("2026-12-12 12:00")
        return week


async def new_york(url: str, seed: int | None, made: Callable[..., Town] = Town) -> Week:
    """A general case over the weekend, and a severe one in the night the clocks go back."""
    async with made(config="week_us", url=url, now=NEW_YORK_FRIDAY) as town:
        week = Week(town, "America/New_York", seed)
        await week.staffed()
        ann = await filed(town, "Ann", "You charged me 45 dollars twice for order 55-17 yesterday")
        week.watched["Ann"] = ann
        await week.until("2026-10-31 23:00")
        bob = town.customer("Bob", "en")
        await bob.says(
            "My toaster arrived broken, order 55-18. I will see you in court, my lawyer knows"
        )
        week.watched["Bob"] = bob
        await week.until("2026-11-03 12:00")
        return week


SHANGHAI = {
    "room": """
        Mon 10:30 room 🟠 C-1
        Mon 13:00 room ⏳ C-1: taken by a person
        Mon 13:00 room ⏳ C-1: first answer
        Mon 13:30 room 🟠 C-1
        Mon 14:00 room 🟠 C-1
        Mon 15:00 room ⏳ C-1: next word to the customer
        Mon 15:30 room 🟠 C-1
        Tue 11:00 room C-1: whom does it wait for?
        Tue 11:00 room C-1 waits for the supplier
        Tue 11:00 room ⏸ C-1: Mei
        Thu 10:30 room ⏳ C-1: the customer
        Thu 11:00 room 🟠 C-1
        Thu 11:00 room ▶️ C-1
        Thu 11:00 room ⏰ C-1: next word to the customer
        Thu 13:30 room ⏳ C-1: the customer
        Thu 14:00 room 🟠 C-1
        Thu 14:00 room ⏰ C-1: next word to the customer
        Thu 14:00 room C-1: a promised time has passed
        Sat 10:45 room C-1: reply to this message""",
    "Chen": """
        Mon 13:30 Chen ⏰ C-1: taken by a person
        Mon 13:30 Chen ⏰ C-1: first answer
        Thu 11:00 Chen ⏰ C-1: next word to the customer""",
    "Lin": """
        Thu 11:30 Lin ⏰ C-1: next word to the customer""",
    "Boss": """
        Mon 14:00 Boss ⏰ C-1: taken by a person
        Mon 14:00 Boss ⏰ C-1: first answer
        Tue 09:00 Boss Overdue
        Tue 09:00 Boss 🟠 C-1
        Thu 13:00 Boss ⏰ C-1: next word to the customer
        Fri 09:00 Boss Overdue
        Fri 09:00 Boss 🟠 C-1
        Sat 09:00 Boss Overdue
        Sat 09:00 Boss 🟠 C-1""",
    "Li": """
        Mon 13:30 Li 关于 C-1
        Mon 15:30 Li 关于 C-1
        Tue 10:00 Li C-1 已经有人接手
        Tue 11:00 Li 关于 C-1
        Thu 11:00 Li 关于 C-1
        Thu 14:00 Li 关于 C-1
        Sat 10:45 Li C-1 这件事
        Mon 10:45 Li C-1 一直没有新的消息""",
}
"""Filed Monday 10:30: two working hours end at 13:30, after lunch. Lin is away, so Monday's 14:00
goes to Boss. Paused from Tuesday 11:00 over Wednesday's holiday to Thursday 11:00; three working
days from Monday 10:30 would have ended Friday, and end on the make-up Saturday 10:30, of which
Boss has the list. Asked again two days after Saturday, closed a week later."""

NEW_YORK = {
    "room": """
        Fri 15:30 room 🟠 C-1
        Sat 23:00 room 🔴 C-2
        Sun 00:00 room 🔴 C-2
        Sun 01:00 room 🔴 C-2
        Sun 01:30 room 🔴 C-2
        Sun 02:00 room 🔴 C-2
        Mon 02:00 room 🔴 C-2
        Mon 09:00 room ⏳ C-1: taken by a person
        Mon 09:00 room ⏳ C-1: first answer
        Mon 09:30 room 🟠 C-1
        Mon 10:00 room 🟠 C-1
        Mon 11:30 room 🟠 C-1
        Tue 02:00 room 🔴 C-2""",
    "Chen": """
        Sat 23:00 Chen 🔴 C-2
        Sat 23:15 Chen ⏳ C-2: taken by a person
        Sat 23:30 Chen ⏰ C-2: taken by a person
        Mon 09:30 Chen ⏰ C-1: taken by a person
        Mon 09:30 Chen ⏰ C-1: first answer""",
    "Lin": """
        Sun 00:00 Lin ⏰ C-2: taken by a person
        Sun 00:30 Lin ⏳ C-2: first answer
        Sun 01:00 Lin ⏰ C-2: first answer
        Mon 10:00 Lin ⏰ C-1: taken by a person
        Mon 10:00 Lin ⏰ C-1: first answer
        Mon 11:00 Lin ⏳ C-1: next word to the customer""",
    "Boss": """
        Sun 01:30 Boss ⏰ C-2: taken by a person
        Sun 01:30 Boss ⏰ C-2: first answer
        Mon 09:00 Boss Overdue
        Mon 09:00 Boss 🔴 C-2
        Mon 11:30 Boss ⏰ C-1: taken by a person
        Mon 11:30 Boss ⏰ C-1: first answer
        Mon 11:30 Boss ⏰ C-1: next word to the customer
        Tue 09:00 Boss Overdue
        Tue 09:00 Boss 🔴 C-2
        Tue 09:00 Boss 🟠 C-1""",
    "Ann": """
        Mon 09:30 Ann About C-1
        Mon 11:30 Ann About C-1""",
    "Bob": """
        Sun 01:00 Bob About C-2
        Sun 02:00 Bob About C-2
        Mon 02:00 Bob About C-2
        Tue 02:00 Bob About C-2""",
}
"""Filed Friday 15:30: half of the two working hours are Monday's. The severe case of Saturday 23:00
is told in the quiet hours. Its two hours after 01:00 end at 02:00 by the clock on the wall, which
went back, and the 24 hours after that again at 02:00."""


def expected(week: dict[str, str], name: str) -> list[str]:
    """Return the ribbon a person is to have had."""
    return [line.strip() for line in week[name].strip().split("\n")]
