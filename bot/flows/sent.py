"""What staff send to the customer: answers that have not left yet, albums that have."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.flows.frozen import Frozen


class Unsent(Frozen):
    """What a member of staff wrote for the customer while it has not left yet.

    With `until` it leaves by itself; without, it waits for somebody to say so.
    """

    act: str  # what it does: reply, progress, resolve, refuse, ask
    arg: str = ""
    by: int
    name: str = ""
    chat: int
    message_id: int
    thread: int | None = None
    text: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    kind: str = ""  # of the attachment
    file_id: str = ""
    album: str = ""
    file_name: str = ""
    answers: int | None = None  # message in the customer's chat
    until: datetime | None = None
    looked: bool = False  # whether it still stands in the room was asked
    doubt: str = ""  # the question about it that is open, by `doubts.DOUBTS`
    passed: tuple[str, ...] = ()  # those that somebody answered with "send anyway"


class Album(Frozen):
    """An album of staff's that went to the customer: its parts are taken back together."""

    album: str  # as Telegram numbers it
    chat: int
    parts: tuple[int, ...]
