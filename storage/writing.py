"""How changes become statements: pure, so that a whole unit travels to the database at once.

One step per table whatever the size of the batch, and none for a table with nothing to write.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import orjson

from storage import letters
from storage.driver import Params, Step
from storage.errors import StoreError
from storage.times import deadline, passed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from bot.flows.model import Case, Entry
    from bot.flows.people import Customer
    from bot.flows.versions import Version
    from bot.texts.letters import Letter
    from storage.rows import Attached, Changes, Dead, Failed, Likes, Link, Place, Retry, Sent
    from storage.upgrade import Forms


def dumped(value: object) -> str:
    """Return a value as JSON text."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError as error:
        msg = f"Something that is not JSON cannot be stored: {error}."
        raise StoreError(msg) from error


def change_steps(changes: Changes, now: datetime, forms: Forms) -> list[Step]:
    """Return the statements that carry out these changes, in their order."""
    at = passed(now)
    drops = [
        {"case_id": case or 0, "chat_id": chat, "slot": slot}
        for chat, case, slot in changes.drop_places
    ]
    steps = [
        *_many("seen_add", [{"key": key, "at": at} for key in changes.seen]),
        *_many("customer_put", [_customer(one, forms) for one in changes.customers]),
        *_many("case_put", [_case(one, forms) for one in changes.cases]),
        *_many("entry_add", map(_entry, changes.entries)),
        *_many("media_put", map(_attached, changes.media)),
        *_many("link_put", map(_link, changes.links)),
        *_many("place_drop", drops),
        *_many("place_put", map(_place, changes.places)),
        *_many("likes_drop", [{"case_id": one.case} for one in changes.likes]),
        *_many("like_add", [row for one in changes.likes for row in _likes(one)]),
        *_setting_steps(changes),
        *_many("version_add", map(_version, changes.versions)),
        *_many("firing_add", _firings(changes.entries)),
        *_many("breach_add", _breaches(changes.entries)),
        *_many("dead_add", map(_dead, changes.dead)),
    ]
    if changes.last_number is not None:
        steps.append(Step("counter_set", {"name": "case", "n": changes.last_number}))
    return [
        *steps,
        *letter_steps(changes.letters, now),
        *_move_steps(changes.readdress),
    ]


def letter_steps(queued: Collection[Letter], now: datetime) -> Iterator[Step]:
    """Queue letters behind (or, urgent, before) what waits in their chats."""
    yield from _many("letter_add", [_letter(one, passed(now)) for one in queued])
    most_urgent: dict[tuple[int, int], int] = {}
    for one in queued:
        if one.case is not None and one.method not in ALONE:
            key = (one.chat, one.case)
            most_urgent[key] = min(one.priority, most_urgent.get(key, one.priority))
    yield from _many(
        "letter_lift",
        [
            {"chat_id": chat, "case_id": case, "priority": priority}
            for (chat, case), priority in most_urgent.items()
        ],
    )


def outcome_steps(
    now: datetime,
    done: Collection[Sent],
    retry: Collection[Retry],
    failed: Collection[Failed],
    revive: Collection[int],
) -> list[Step]:
    """Record what became of claimed letters, and queue what follows delivered ones."""
    at = passed(now)
    return [
        *_many("letter_done", [{"id": one.id} for one in done]),
        *_many("letter_retry", [_retry(one, at) for one in retry]),
        *_many(
            "letter_fail",
            [{"id": one.id, "error": one.error, "now": at} for one in failed],
        ),
        *_many("letter_revive", [{"id": one, "now": at} for one in revive]),
        *_many("link_put", [_link(link) for one in done for link in one.links]),
        *_many("place_put", [_place(place) for one in done for place in one.places]),
        *letter_steps([letter for one in done for letter in one.letters], now),
    ]


ALONE = frozenset({"createForumTopic", "setMessageReaction"})
"""What goes ahead without taking along what waits: a new topic, a mark."""


def _many(query: str, rows: Iterable[Params]) -> list[Step]:
    rows = list(rows)
    return [Step(query, rows=rows)] if rows else []


def _setting_steps(changes: Changes) -> list[Step]:
    rows = [{"key": key, "doc": dumped(value)} for key, value in changes.settings.items()]
    return [Step("settings_stamp"), Step("settings_put", rows=rows)] if rows else []


def _version(one: Version) -> Params:
    return {
        "version": one.version,
        "at": passed(one.at),
        "by_id": one.by,
        "by_name": one.by_name,
        "how": one.how,
        "changed": dumped(one.changed),
        "doc": dumped(one.doc),
    }


DAY_MS = 86_400_000


def _firings(entries: Iterable[Entry]) -> list[Params]:
    """Count what fired by day and rule, in one order, so that no two units wait for each other."""
    counted: Counter[tuple[int, str]] = Counter(
        (passed(one.at) // DAY_MS, one.data["rule"]) for one in entries if one.kind == "rule"
    )
    return [{"day": day, "rule": rule, "n": counted[day, rule]} for day, rule in sorted(counted)]


def _breaches(entries: Iterable[Entry]) -> list[Params]:
    """Count what was missed by day, target, category and owner, in one order as well."""
    counted: Counter[tuple[int, str, str, int]] = Counter(
        (passed(one.at) // DAY_MS, one.data["what"], one.data["category"], one.data["owner"] or 0)
        for one in entries
        if one.kind == "missed"
    )
    names = ("day", "kind", "category", "owner", "n")
    return [dict(zip(names, (*key, n), strict=True)) for key, n in sorted(counted.items())]


def _move_steps(moves: Collection[tuple[int, int]]) -> list[Step]:
    # Message ids do not carry over to the new chat: slots and topics are forgotten, and links
    # stay under the old chat, where they cannot be taken for another message's.
    rows = [{"old": old, "new": new} for old, new in moves]
    return [
        *_many("letters_unkey", rows),
        *_many("letters_move", rows),
        *_many("places_leave", [{"old": old} for old, _ in moves]),
    ]


def _customer(one: Customer, forms: Forms) -> Params:
    return {"id": one.id, "format": forms.customer.format, "doc": forms.customer.dump(one.id, one)}


def _case(one: Case, forms: Forms) -> Params:
    return {
        "id": one.id,
        "customer_id": one.customer,
        "status": one.status.value,
        "open": int(one.open),
        "owner": one.owner,
        "filed_at": None if one.filed_at is None else passed(one.filed_at),
        "wake_at": deadline(one.wake_at),
        "overdue_at": None if one.overdue_at is None else passed(one.overdue_at),
        "format": forms.case.format,
        "doc": forms.case.dump(one.id, one),
    }


def _entry(one: Entry) -> Params:
    return {
        "case_id": one.case,
        "n": one.n,
        "at": passed(one.at),
        "kind": one.kind,
        "actor": one.by,
        "doc": dumped(one.data),
    }


def _attached(one: Attached) -> Params:
    media = one.media
    doc = {
        "kind": media.kind,
        "file_id": media.file_id,
        "unique_id": media.unique_id,
        "file_name": media.file_name,
        "size": media.size,
        "album": media.album,
        "extra": dict(media.extra),
    }
    return {"case_id": one.case, "n": one.n, "doc": dumped(doc)}


def _link(one: Link) -> Params:
    return {
        "chat_id": one.chat,
        "message_id": one.message,
        "case_id": one.case,
        "kind": one.kind,
        "peer_chat": one.peer_chat,
        "peer_message": one.peer_message,
    }


def _place(one: Place) -> Params:
    return {
        "case_id": one.case or 0,
        "chat_id": one.chat,
        "slot": one.slot,
        "message_id": one.message,
    }


def _likes(one: Likes) -> Iterator[Params]:
    for facet, value in one.values.items():
        yield {
            "case_id": one.case,
            "facet": facet,
            "value": value,
            "at": passed(one.at),
            "apart": int(one.apart),
        }


def _dead(one: Dead) -> Params:
    return {
        "key": one.key,
        "at": passed(one.at),
        "error": one.error,
        "doc": dumped(one.update),
    }


def _letter(one: Letter, at: int) -> Params:
    due_at = deadline(one.due_at)
    return {
        "chat_id": one.chat,
        "priority": one.priority,
        "due_at": at if due_at is None else due_at,
        "state_at": at,
        "case_id": one.case,
        "slot": one.slot,
        "merge_key": one.coalesce,
        "letter": letters.dump(one),
        "renew": int(bool(one.album)),
    }


def _retry(one: Retry, at: int) -> Params:
    return {
        "id": one.id,
        "due_at": deadline(one.due_at),
        "error": one.error,
        "counted": int(one.counted),
        "letter": None if one.letter is None else letters.dump(one.letter),
        "now": at,
    }
