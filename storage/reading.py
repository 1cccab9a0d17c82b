"""How rows become values: pure, one function per question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from bot.flows.events import Media
from bot.flows.model import Earlier, Entry
from bot.flows.session import Breaches
from bot.flows.versions import Version
from storage import letters
from storage.rows import TOPIC, Attached, Claimed, Dead, FailedLetter, Link, Place
from storage.times import deadline, instant, maybe

if TYPE_CHECKING:
    from bot.flows.model import Case
    from bot.flows.people import Customer
    from bot.texts.letters import Letter
    from storage.driver import Row, Rows
    from storage.rows import Pair
    from storage.upgrade import Forms


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the documents whose form changes between releases."""

    forms: Forms

    def customers(self, rows: Rows) -> dict[int, Customer]:
        """(id, format, doc)."""
        form = self.forms.customer
        return {row[0]: form.recall(*row) for row in rows}

    def cases_by_id(self, rows: Rows) -> dict[int, Case]:
        """(id, wake_at, format, doc)."""
        return {row[0]: self._case(row) for row in rows}

    def cases(self, rows: Rows) -> list[Case]:
        """(id, wake_at, format, doc)."""
        return [self._case(row) for row in rows]

    def _case(self, row: Row) -> Case:
        number, wake_at, written, doc = row
        case = self.forms.case.recall(number, written, doc)
        if deadline(case.wake_at) != wake_at:  # moved by `wake_open`
            case = case.but(wake_at=maybe(wake_at))
        return case


def nothing(_rows: Rows) -> None:
    """Of a lock."""


def entries(case: int, rows: Rows) -> list[Entry]:
    """(n, at, kind, actor, doc)."""
    return [
        Entry(case=case, n=n, at=instant(at), kind=kind, by=actor, data=orjson.loads(doc))
        for n, at, kind, actor, doc in rows
    ]


def attachments(case: int, rows: Rows) -> list[Attached]:
    """(n, doc)."""
    return [Attached(case, n, Media(**orjson.loads(doc))) for n, doc in rows]


def breaches(rows: Rows) -> tuple[Breaches, ...]:
    """(kind, category, owner, week, month)."""
    return tuple(Breaches(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows)


def versions(rows: Rows) -> list[Version]:
    """(version, at, by_id, by_name, how, changed, doc); without a document, "{}"."""
    return [
        Version(
            version=row[0],
            at=instant(row[1]),
            by=row[2],
            by_name=row[3],
            how=row[4],
            changed=tuple(orjson.loads(row[5])),
            doc=orjson.loads(row[6]),
        )
        for row in rows
    ]


def settings(since: int, rows: Rows) -> tuple[int, dict[str, Any]]:
    """(key, doc, changed), in the order of changes."""
    stamp = rows[-1][2] if rows else since
    return stamp, {row[0]: orjson.loads(row[1]) for row in rows}


def links(rows: Rows) -> dict[Pair, Link]:
    """(chat, message, case, kind, peer chat, peer message)."""
    return {(row[0], row[1]): Link(*row) for row in rows}


def copies(rows: Rows) -> dict[Pair, list[Link]]:
    """(chat, message, case, kind, peer chat, peer message)."""
    found: dict[Pair, list[Link]] = {}
    for row in rows:
        found.setdefault((row[4], row[5]), []).append(Link(*row))
    return found


def places(rows: Rows) -> list[Place]:
    """(case or 0, chat, slot, message)."""
    return [Place(chat, case or None, slot, message) for case, chat, slot, message in rows]


def places_by_pair(rows: Rows) -> dict[Pair, list[Place]]:
    """(case or 0, chat, slot, message)."""
    found: dict[Pair, list[Place]] = {}
    for place in places(rows):
        found.setdefault((place.chat, place.message), []).append(place)
    return found


def topics(rows: Rows) -> dict[Pair, int]:
    """(case or 0, chat, slot, message)."""
    return {(row[1], row[3]): row[0] for row in rows if row[2] == TOPIC}


def likes(count: int, rows: Rows) -> list[list[tuple[bool, Earlier]]]:
    """(n of the question, case, at, apart), newest first within each question."""
    found: list[list[tuple[bool, Earlier]]] = [[] for _ in range(count)]
    for n, case, at, apart in rows:
        found[n].append((bool(apart), Earlier(case, instant(at))))
    return found


def dead(rows: Rows) -> list[Dead]:
    """(id, key, at, error, doc)."""
    return [
        Dead(key, instant(at), error, orjson.loads(doc), id_) for id_, key, at, error, doc in rows
    ]


def unsent(rows: Rows) -> dict[tuple[int, str], Letter]:
    """(chat, key, priority, due_at, letter)."""
    return {
        (chat, key): letters.load(text, chat, priority, due)
        for chat, key, priority, due, text in rows
    }


def claimed(rows: Rows) -> list[Claimed]:
    """(id, chat, priority, due_at, attempts, letter, thread, slot message), in any order."""
    ordered = sorted(rows, key=lambda row: (row[2], row[0]))
    return [
        Claimed(id_, letters.load(text, chat, priority, due), attempts, thread, slot)
        for id_, chat, priority, due, attempts, text, thread, slot in ordered
    ]


def failed(rows: Rows) -> list[FailedLetter]:
    """(id, chat, priority, due_at, attempts, letter, error, at)."""
    return [
        FailedLetter(id_, letters.load(text, chat, priority, due), error, attempts, instant(at))
        for id_, chat, priority, due, attempts, text, error, at in rows
    ]
