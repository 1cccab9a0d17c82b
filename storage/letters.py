"""Letters as JSON text: what is at its default is left out, and so is what a row holds itself.

The chat of a letter is the row's column. Letters inside it (`then`) carry theirs only where it
differs, so that moving a row to another chat moves its followers along.
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

import orjson

from bot.texts.letters import Letter
from storage.errors import StoreError
from storage.times import deadline, maybe

_HANDLED = {"chat", "method", "params", "priority", "due_at", "origins", "then"}
_PLAIN = tuple((one.name, one.default) for one in fields(Letter) if one.name not in _HANDLED)
"""Fields that JSON carries as they are, with their defaults; new ones join by themselves."""
_values = attrgetter(*(name for name, _ in _PLAIN))


def dump(letter: Letter) -> str:
    """Return the JSON text kept in the row of this letter."""
    try:
        return orjson.dumps(_flat(letter)).decode()
    except orjson.JSONEncodeError as error:
        msg = f"A letter for {letter.method} cannot be stored: {error}."
        raise StoreError(msg) from error


def load(text: str, chat: int, priority: int, due_at: int) -> Letter:
    """Return the letter kept in a row."""
    doc = orjson.loads(text)
    return _letter(doc, chat, priority, due_at)


def _flat(letter: Letter) -> dict[str, Any]:
    doc: dict[str, Any] = {"method": letter.method, "params": letter.params}
    for (name, default), value in zip(_PLAIN, _values(letter), strict=True):
        if value != default:
            doc[name] = value
    if letter.origins:
        doc["origins"] = letter.origins
    if letter.then:
        doc["then"] = [_follower(one, letter.chat) for one in letter.then]
    return doc


def _follower(letter: Letter, parent_chat: int) -> dict[str, Any]:
    doc = _flat(letter) | {"priority": letter.priority}
    if letter.chat != parent_chat:
        doc["chat"] = letter.chat
    if letter.due_at is not None:
        doc["due_at"] = deadline(letter.due_at)
    return doc


def _letter(doc: dict[str, Any], chat: int, priority: int, due_at: int | None) -> Letter:
    return Letter(
        chat=chat,
        method=doc["method"],
        params=doc["params"],
        priority=priority,
        due_at=maybe(due_at),
        origins=tuple((one, two) for one, two in doc.get("origins", ())),
        then=tuple(
            _letter(one, one.get("chat", chat), one["priority"], one.get("due_at"))
            for one in doc.get("then", ())
        ),
        **{name: doc[name] for name, _ in _PLAIN if name in doc},
    )
