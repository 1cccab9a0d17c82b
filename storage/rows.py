"""What goes into the store and comes out of it, beside the core's own nouns.

Plain frozen values; they know nothing of SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.flows.events import Media
    from bot.flows.model import Case, Entry
    from bot.flows.people import Customer
    from bot.flows.versions import Version
    from bot.texts.letters import Letter

TOPIC = "topic"
"""The slot whose message is a forum topic: its message is the thread id."""

Pair = tuple[int, int]
"""(chat, message) or (chat, thread)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A message belongs to a case; `peer` is the message it is a copy of, or was copied to."""

    chat: int
    message: int
    case: int | None
    kind: str = ""
    peer_chat: int | None = None
    peer_message: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A message that lives on: where a slot of a case stands in a chat."""

    chat: int
    case: int | None
    slot: str
    message: int


@dataclass(frozen=True, slots=True)
class Attached:
    """The n-th attachment of a case, by reference."""

    case: int
    n: int
    media: Media


@dataclass(frozen=True, slots=True)
class Likes:
    """By what other cases find this one: facet (category, product …) -> value."""

    case: int
    at: datetime  # when it was filed
    apart: bool  # it accuses a member of staff: not every case may know of it
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LikesWanted:
    """Cases filed before this one, not so long ago, that share a value; the newest only."""

    facet: str
    value: str
    since: datetime
    case: int
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class Dead:
    """An update that could not be handled, kept with its error. `update` is JSON."""

    key: str
    at: datetime
    error: str
    update: Any
    id: int = 0  # given by the store


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter this process is now to send, with what is known only at this moment."""

    id: int
    letter: Letter
    attempts: int  # made before this one
    thread: int | None  # the case's topic in that chat
    slot_message: int | None  # where the letter's slot stands


@dataclass(frozen=True, slots=True)
class Sent:
    """A claimed letter was delivered: what to remember, and what follows."""

    id: int
    links: Collection[Link] = ()
    places: Collection[Place] = ()
    letters: Collection[Letter] = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """A claimed letter is to be tried again; a healed letter replaces the old one."""

    id: int
    due_at: datetime
    error: str = ""
    letter: Letter | None = None
    counted: bool = True  # whether this was an attempt


@dataclass(frozen=True, slots=True)
class Failed:
    """A claimed letter will not be tried again."""

    id: int
    error: str


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """A letter that was given up, with its last error."""

    id: int
    letter: Letter
    error: str
    attempts: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything one unit writes, in one go."""

    seen: Collection[str] = ()
    customers: Collection[Customer] = ()
    cases: Collection[Case] = ()
    entries: Collection[Entry] = ()
    media: Collection[Attached] = ()
    links: Collection[Link] = ()
    drop_places: Collection[tuple[int, int | None, str]] = ()  # (chat, case, slot)
    places: Collection[Place] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)  # JSON by key
    versions: Collection[Version] = ()  # of the configuration
    dead: Collection[Dead] = ()
    likes: Collection[Likes] = ()
    last_number: int | None = None  # the highest case number given out
    letters: Collection[Letter] = ()
    readdress: Collection[tuple[int, int]] = ()  # (old chat, new chat)
