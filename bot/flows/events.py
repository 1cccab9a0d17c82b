"""What can happen: every event the desk decides about, in the past tense.

Each carries `key` (the same delivery twice has the same key, so it counts once) and `at` (the
instant it happened, aware UTC: the core has no clock of its own). Handlers and the waker make
them; `decide` answers each one. They know nothing of Telegram's objects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.flows.comparison import Comparison
    from bot.flows.model import Earlier
    from bot.flows.understanding import Facts


@dataclass(frozen=True, slots=True)
class Who:
    """A person as Telegram names them."""

    id: int
    name: str
    language_code: str = ""  # Telegram's setting: a guess, no more
    username: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment, by reference: the bytes stay with Telegram."""

    kind: str  # photo, document, video, voice, audio, video_note, animation, sticker, location, …
    file_id: str = ""
    unique_id: str = ""
    file_name: str = ""
    size: int = 0  # bytes, 0 when unknown
    album: str = ""  # media_group_id
    extra: Mapping[str, Any] = field(default_factory=dict)  # coordinates, phone, emoji …


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened once, at one instant."""

    key: str
    at: datetime


# ---- customers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CustomerEvent(Event):
    """Anything a customer does in the private chat."""

    who: Who


@dataclass(frozen=True, slots=True)
class CustomerStarted(CustomerEvent):
    """`/start`, perhaps with a deep-link payload (branch, table, order)."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class CustomerSaid(CustomerEvent):
    """A message of any kind, with what was read out of its words."""

    message_id: int
    text: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    facts: Facts | None = None
    media: Media | None = None
    reply_to: int | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class CustomerEdited(CustomerEvent):
    """An earlier message now reads differently."""

    message_id: int
    text: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    facts: Facts | None = None
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class CustomerPressed(CustomerEvent):
    """A button under one of the desk's messages; `data` is what the button carried."""

    data: str
    query_id: str
    message_id: int
    label: str = ""  # what the button said


@dataclass(frozen=True, slots=True)
class CustomerCommanded(CustomerEvent):
    """A command, a lasting button or a plain word that means one: `person`, `cases`, …"""

    message_id: int
    command: str


@dataclass(frozen=True, slots=True)
class CustomerBlocked(CustomerEvent):
    """They blocked the bot, or (`blocked=False`) let it write again."""

    blocked: bool = True


# ---- staff ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffEvent(Event):
    """Anything in a team room, or by staff in their private chat. `chat` is where."""

    who: Who
    chat: int
    message_id: int
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class StaffWrote(StaffEvent):
    """A message in a team room. A reply to the customer's words answers the customer."""

    text: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    media: Media | None = None
    reply_to: int | None = None
    quoted: str = ""  # the words of the message replied to, for its case reference
    mentions: bool = False  # names a colleague
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class StaffEdited(StaffEvent):
    """An earlier message by staff now reads differently."""

    text: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    media: Media | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class StaffReacted(StaffEvent):
    """A reaction was put on a message (one taken off is nobody's concern)."""


@dataclass(frozen=True, slots=True)
class StaffPressed(StaffEvent):
    """A button under a card."""

    data: str = ""
    query_id: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class StaffCommanded(StaffEvent):
    """`/queue`, `/mine`, `/case 1042`, `/why 1042` … in a room or in private."""

    command: str = ""
    argument: str = ""
    reply_to: int | None = None
    quoted: str = ""
    quoted_by: int | None = None  # who wrote that
    media: Media | None = None  # that the command is the caption of
    secret: str = ""  # unguessable, for a link that this command leads to
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class AdminTyped(StaffEvent):
    """What the menu of an admin awaits, typed in the private chat; `cancelled` by `/cancel`."""

    text: str = ""
    facts: Facts | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class AdminSent(StaffEvent):
    """A configuration as a file: what it says, or what is wrong with it.

    Neither: the file was not to be had.
    """

    doc: Mapping[str, Any] | None = None  # the whole configuration as a document
    version: int = 0  # that it was taken from
    wrong: tuple[tuple[int, Any], ...] = ()  # line (0: of the whole), what it is in words
    left_out: tuple[str, ...] = ()  # parts that it does not have: they go back to as shipped


@dataclass(frozen=True, slots=True)
class StrangerSpoke(Event):
    """Somebody spoke to the bot in a group that is no team room."""

    who: Who
    chat: int
    message_id: int
    thread: int | None = None


# ---- the rooms themselves -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoomJoined(Event):
    """The bot was added to a group, or its rights there changed."""

    chat: int
    title: str
    forum: bool
    by: Who
    admin: bool
    topics: bool


@dataclass(frozen=True, slots=True)
class RoomLost(Event):
    """The bot was removed from a group."""

    chat: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class RoomMoved(Event):
    """A basic group became a supergroup: same people, new chat id."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class MemberSeen(Event):
    """Somebody joined or left a team room."""

    who: Who
    chat: int
    present: bool


# ---- time and delivery ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Woken(Event):
    """The instant a case asked to be looked at again has come."""

    case: int


@dataclass(frozen=True, slots=True)
class DayBegan(Event):
    """A working day of the desk has begun."""


@dataclass(frozen=True, slots=True)
class Counted(Event):
    """Other cases like this one were counted, for the rules that ask about them.

    `triggers` are those these rules were not judged for yet; `found` maps a facet to (accuses
    staff, case) pairs, newest first.
    """

    case: int
    triggers: frozenset[str]
    found: Mapping[str, tuple[tuple[bool, Earlier], ...]]


@dataclass(frozen=True, slots=True)
class Tallied(Event):
    """The cases of a crisis that ended were counted."""

    crisis: int
    cases: int


@dataclass(frozen=True, slots=True)
class Minuted(Event):
    """Something about several cases happened: a line in the timeline of this one."""

    case: int
    kind: str
    by: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeliveryFailed(Event):
    """A message could not be delivered, and trying again would not help.

    `verdict` is one of `delivery.Verdict`: gone (blocked, deactivated), rejected, topic_lost,
    topic_closed, room_lost. `purpose` says what the message was for (answer, card, relay …).
    """

    chat: int
    case: int | None
    customer: int | None
    verdict: str
    error: str
    purpose: str
    origin: tuple[int, int] | None = None  # (chat, message) of the staff message it carried


@dataclass(frozen=True, slots=True)
class BacktestStep(Event):
    """A trial of rules on past cases has come so far."""

    admin: int
    token: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BacktestDone(Event):
    """A trial of rules on past cases is over; without `found` it was stopped, or `failed`."""

    admin: int
    token: str
    found: Comparison | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class EventFailed(Event):
    """An event could not be decided after several tries and lies in the dead letters."""

    failed_key: str
    error: str
