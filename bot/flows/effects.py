"""What the desk can do about an event: every effect, in the imperative.

Effects are meant, not worded: `texts.render` turns each into letters for the outbox, in its
reader's language. A `Line` names a text by id with its variables; customers' own words travel
as variables and are escaped there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.flows.events import Media
    from bot.flows.model import Case


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's minor unit."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class When:
    """An instant, shown in full in the desk's zone: date, weekday, time."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One text by its id, with variables (words, numbers, `Money`, `When`, dates, lines)."""

    id: str
    vars: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Join:
    """Several values as a list in one line, `、` or `, ` between."""

    parts: tuple[Value, ...]
    by: str = "list"  # "list", "line" or "space"


@dataclass(frozen=True, slots=True)
class Label:
    """A playbook's own word in every language (category, choice, remedy …), by text id."""

    id: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as readers of a language get it, its markup too; it was checked (`own_texts`)."""

    text: str
    language: str
    vars: Mapping[str, Value] = field(default_factory=dict)


Value = str | int | float | Money | When | date | Line | Join | Label | Sample
Text = tuple[Line, ...]  # lines of one message, in order
"""What a message says: lines one under the other."""


def line(_id: str, **variables: Value) -> Line:
    """`line("case.filed", ref="C-1042")`: a text with its variables."""
    return Line(_id, variables)


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: what it says and what it carries (64 bytes at most)."""

    label: Line | str
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to be done; carried out by the outbox after the commit."""


# ---- to the customer ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tell(Effect):
    """The desk itself speaks to a customer, in the customer's language."""

    customer: int
    text: Text
    case: Case | None = None
    buttons: Rows = ()
    menu: bool = False  # show the lasting buttons as well (only without inline buttons)
    reply_to: int | None = None
    slot: str = ""  # a message that is edited in place while it is the same slot
    fresh: bool = False  # with `slot`: a new message all the same
    purpose: str = "told"
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Unbutton(Effect):
    """Take the buttons off a message that has been answered; the chosen one stays to be seen."""

    chat: int
    message_id: int
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Carry(Effect):
    """A staff message goes to the customer as the team's word: text or media, marks kept."""

    case: Case
    chat: int  # of the staff message
    message_id: int
    text: str
    entities: tuple[Mapping[str, Any], ...] = ()
    media: Media | None = None
    reply_to: int | None = None  # message in the customer's chat it answers
    sender: str = ""  # shown name, "" for the team's


# ---- to the team ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenTopic(Effect):
    """Give the case its own forum topic in its room (a no-op in a room without topics)."""

    case: Case
    anew: bool = False  # the one it had is gone


@dataclass(frozen=True, slots=True)
class Vacate(Effect):
    """Leave no trace of the case in the team chat: topic and cards are deleted there."""

    case: Case


@dataclass(frozen=True, slots=True)
class RenameTopic(Effect):
    """Topic name follows number, grade and category; `closed` shuts or reopens it."""

    case: Case
    closed: bool | None = None


@dataclass(frozen=True, slots=True)
class ShowCard(Effect):
    """Post the case's card in its room, or bring the one standing there up to date."""

    case: Case
    where: str = "queue"  # "queue" or "topic"
    alert: bool = False  # post anew, with sound, even where one stands
    page: str = ""  # which set of buttons: "", "more" or "verify"
    chat: int | None = None  # a private chat to show it in, instead of its rooms
    was: Case | None = None  # what the card standing there shows: the same again is not sent


@dataclass(frozen=True, slots=True)
class Inform(Effect):
    """The desk speaks in the case's room (its topic where there is one)."""

    case: Case
    text: Text
    buttons: Rows = ()
    reply_to: int | None = None
    slot: str = ""
    silent: bool = True
    purpose: str = "informed"
    prompt: str = ""  # a reply to this message is taken as this verb: progress, resolve, …
    queue: bool = False  # outside the case's topic, where everybody looks
    alert: bool = False  # may be gathered with those of other cases where they share a chat


@dataclass(frozen=True, slots=True)
class Relay(Effect):
    """A customer's message goes to the case's room, so that a reply to it answers them."""

    case: Case
    chat: int
    message_id: int
    text: str
    more: tuple[int, ...] = ()  # further messages whose words are in `text`
    name: str = ""
    entities: tuple[Mapping[str, Any], ...] = ()
    media: Media | None = None
    reply_to: tuple[int, int] | None = None  # (team chat, message) it answers


@dataclass(frozen=True, slots=True)
class Amend(Effect):
    """A carried or relayed message was edited by its author: its copy follows."""

    case: Case
    chat: int  # of the copy
    message_id: int
    text: str
    entities: tuple[Mapping[str, Any], ...] = ()
    media: Media | None = None
    name: str = ""  # customer's name when the copy stands in a team room


@dataclass(frozen=True, slots=True)
class Retract(Effect):
    """Delete one of the desk's own messages: an answer taken back, a question that is settled."""

    case: Case
    chat: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Mark(Effect):
    """Put a reaction on somebody's message: 👀 seen, 👌 delivered."""

    chat: int
    message_id: int
    emoji: str
    case: Case | None = None
    urgent: bool = False
    looks: bool = False  # the desk wants to hear when the message has been deleted


# ---- to one person, or the press of a button ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer(Effect):
    """Answer a button press: a short notice to the presser alone."""

    query_id: str
    text: Line | None = None
    alert: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Say(Effect):
    """Speak in a given chat in a given language (a group, a member of staff in private)."""

    chat: int
    text: Text
    language: str = ""
    buttons: Rows = ()
    thread: int | None = None
    reply_to: int | None = None
    case: int | None = None
    purpose: str = "said"
    urgent: bool = False
    slot: str = ""
    silent: bool = False
    prompt: str = ""  # a reply to this message is taken as this verb: progress, resolve, …
    fresh: bool = False  # with `slot`: a new message all the same
    own: Mapping[str, Mapping[str, str]] | None = None  # the desk's own texts, as edited


@dataclass(frozen=True, slots=True)
class SendFile(Effect):
    """Give somebody a text as a document, with a word to it."""

    chat: int
    name: str
    text: str
    said: Text
    language: str = ""


@dataclass(frozen=True, slots=True)
class Report(Effect):
    """Tell another system of a case, by a webhook; nothing personal goes out."""

    case: Case
    hook: str
    rule: str
    id: str  # the same for the same report sent twice


@dataclass(frozen=True, slots=True)
class Page(Effect):
    """Reach people in private by role, at this level or the next reachable one above.

    With `person` that one alone; when they are away, the role stands in for them. With `people`
    just those, whoever they are.
    """

    case: Case | None
    text: Text
    role: str
    person: int | None = None
    people: tuple[int, ...] = ()
    buttons: Rows = ()
    urgent: bool = True


@dataclass(frozen=True, slots=True)
class Backtest(Effect):
    """Judge stored cases as today and as edited; what comes of it comes back as events."""

    admin: int
    token: str  # names this one trial
    tried: Mapping[str, Any]  # the edited parts, the parts named in `trial.TRIED`
    count: int  # of the last cases


@dataclass(frozen=True, slots=True)
class StopBacktest(Effect):
    """End a trial that an admin does not want to wait for."""

    admin: int
    token: str


@dataclass(frozen=True, slots=True)
class Readdress(Effect):
    """Everything still on its way to `old` goes to `new` (a group became a supergroup)."""

    old: int
    new: int
