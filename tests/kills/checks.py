"""What must hold after any trouble: everything said is in its case, and nobody reads another's."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.people import Group
    from tests.kills.script import Visitor

    Docs = dict[int, dict[str, Any]]

MARKER = re.compile(r"\[[ar]~[a-j]+~[a-j]+\]")


def cases_of(visitor: Visitor, cases: Docs) -> list[int]:
    """Return the numbers of a customer's cases, oldest first."""
    return [number for number, case in cases.items() if case["customer"] == visitor.person.id]


def check_said(visitors: list[Visitor], cases: Docs, timeline: dict[int, Any]) -> None:
    """Each marker was said exactly once, in its own case; what was moved is where it went."""
    for one in visitors:
        numbers = cases_of(one, cases)
        assert len(numbers) == len({*one.expected.values(), *one.moved.values()})
        wanted = Counter((numbers[n], "said", m) for m, n in one.expected.items())
        wanted += Counter((numbers[n], "moved_in", m) for m, n in one.moved.items())
        found = Counter(
            (number, kind, marker)
            for number, entries in timeline.items()
            for kind, _, doc in entries
            if kind in {"said", "moved_in"}
            for marker in MARKER.findall(doc["text"])
            if marker.startswith(one.tag)
        )
        assert found == wanted


def check_screens(visitors: list[Visitor], cases: Docs, team: Group) -> None:
    """Everybody reads what is meant for them, and nobody anything of anybody else's."""
    topics = {topic.thread: int(re.search(r"C-(\d+)", topic.name)[1]) for topic in team.topics}
    read: dict[str, set[int]] = {}
    for message in team.screen:
        for marker in _markers(message.text) if message.from_bot else ():
            named = re.search(r"C-(\d+)", message.text)  # what stands in no topic names its case
            number = int(named[1]) if message.thread is None else topics[message.thread]
            read.setdefault(marker, set()).add(number)
    for one in visitors:
        numbers = cases_of(one, cases)
        for marker in one.relayed:
            assert numbers[one.where(marker)] in read.get(marker, ()), (marker, numbers)
        for marker in one.expected:
            assert read.get(marker, set()) <= set(numbers), marker
        heard = {m for text in one.person.heard for m in _markers(text)}
        assert heard >= set(one.replies), (heard, one.replies)
        own = set(one.replies) | set(one.expected)
        assert heard <= own, heard - own


def _markers(text: str) -> Iterator[str]:
    return iter(MARKER.findall(text))
