"""The nouns of a case: fact, sign, reason, promise, transfer. Frozen values, nothing that acts.

These models are also what the database keeps, as JSON with a `format` version beside it. They
must never know how they are stored, shown or sent. All times are aware datetimes in UTC; all
amounts are integers in the currency's minor unit (cents, fen).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.flows.frozen import Frozen
from bot.flows.people import ABSENT, Role
from bot.flows.sent import Album, Unsent

CASE_FORMAT = 3
"""Version of the stored form of a case; raise it with an upgrade in `storage.upgrade`."""


class Status(StrEnum):
    """Where a case stands. The moves between them are the table in `lifecycle`."""

    DRAFT = "draft"
    QUEUED = "queued"
    HANDED_OFF = "handed_off"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    CARRIED_OUT = "carried_out"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    FEEDBACK = "feedback"


OPEN = frozenset(
    {
        Status.DRAFT,
        Status.QUEUED,
        Status.HANDED_OFF,
        Status.IN_PROGRESS,
        Status.WAITING,
        Status.CARRIED_OUT,
        Status.FOLLOWED_UP,
    }
)
"""Statuses in which somebody still owes the customer something."""


class Grade(StrEnum):
    """How grave a case is (SPEC section 3): proposed by rules, set by staff."""

    SEVERE = "severe"
    GENERAL = "general"
    MINOR = "minor"


class Claim(StrEnum):
    """What kind of thing the customer wants (SPEC section 3)."""

    PUT_RIGHT = "put_right"  # redo, exchange, repair, return
    COMPENSATION = "compensation"
    EXPLANATION = "explanation"  # or an apology, and no more


PUT_RIGHT = frozenset({"refund", "exchange", "repair", "cancel"})
WORDS_ONLY = frozenset({"apology", "explanation"})


class Source(StrEnum):
    """How a fact became known."""

    READ = "read"  # taken from the customer's free text
    ASKED = "asked"  # the customer's answer to a question
    STAFF = "staff"  # written down by a member of staff
    START = "start"  # carried by the deep link (branch, table, order)


class Fact(Frozen):
    """One thing known about a case. `value` is None when asked and left open on purpose."""

    value: str | None
    shown: str = ""  # the words it was given in
    source: Source = Source.ASKED
    at: datetime
    sure: bool = True  # False: guessed from the text, to be confirmed
    currency: str | None = None  # only for amounts, ISO 4217
    open: str = ""  # "skipped" | "not_sure" when value is None


class Sign(Frozen):
    """A signal found in what the customer wrote, with the words that show it."""

    name: str  # safety, human, anger, threat_legal, threat_regulator, threat_media
    words: str
    kind: str = ""  # for safety: injury, allergy, food_poisoning, fire, …
    at: datetime


class Held(Frozen):
    """One condition that held when a rule fired, with the values that made it hold."""

    test: str  # the condition's name in `rules.vocabulary`, or the desk's own: nobody_took_it
    values: dict[str, str] = {}


class Reason(Frozen):
    """Why a case was escalated: the rule, which version of the rules, and what held."""

    rule: str
    level: Role
    held: tuple[Held, ...]
    version: int = 0  # of the configuration
    at: datetime

    def value(self, name: str) -> str:
        """Return a value that matched, "" when there is none of that name."""
        return next((one.values[name] for one in self.held if name in one.values), "")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case that was filed before this one: of the same customer, or one like it."""

    case: int
    filed_at: datetime


def within(others: tuple[Earlier, ...], days: int, at: datetime) -> list[Earlier]:
    """Return those that were filed at most so many days before."""
    since = at - timedelta(days=days)
    return [one for one in others if since <= one.filed_at <= at]


class Stop(Frozen):
    """A stretch in which a promise's clock stood still."""

    at: datetime
    reason: str  # whom the case waited for, by `lifecycle.pausing.REASONS`
    left: str  # what was left of its time, as `calendar.span` reads it
    until: datetime | None = None  # None: it still stands


class Promise(Frozen):
    """What is to have happened, and by when: a word to the customer, or a target of the desk."""

    kind: str  # accept, first_answer, update, containment, analysis, resolution, follow_up, word
    due: datetime
    made_at: datetime
    by_staff: int | None = None  # None: made by the desk itself
    state: str = "open"  # open, kept, missed, late (done after it was missed), replaced
    warned: bool = False
    length: str = ""  # how long it was to take, as `calendar.span` reads it; "" up to a set date
    row: str = ""  # the row of the policy table that it follows; "" none
    rung: int = 0  # steps of the ladder that were told that it was missed, the owner's first
    reached: int = 0  # the highest rung that heard: whoever stands in for one is told once
    stops: tuple[Stop, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether its clock stands still."""
        return bool(self.stops) and self.stops[-1].until is None


class Pause(Frozen):
    """Why a case waits for somebody outside the desk, and until when at most."""

    reason: str
    at: datetime
    until: datetime
    by: int


class Notice(Frozen):
    """Word for people of the desk that quiet hours hold back."""

    role: str
    person: int | None = None
    until: datetime


class Transfer(Frozen):
    """A hand-over that the next owner has not accepted yet."""

    to: int
    by: int
    at: datetime


class Question(Frozen):
    """A fact that staff asked the customer for."""

    fact: str  # playbook fact id, or "free"
    words: str  # the question as written by staff, "" when the playbook's is used
    by: int
    at: datetime


class Check(Frozen):
    """Something that a member of staff has seen to: who, and when."""

    by: int
    name: str
    at: datetime


class Approval(Frozen):
    """A word that a rule asked of somebody above: yes or no, nothing else hangs on it."""

    n: int  # the how-manieth of its case
    role: Role
    rule: str
    what: str = ""  # what is to be approved, in the admins' words
    at: datetime
    state: str = "asked"  # asked, approved, declined
    by: int | None = None
    by_name: str = ""


class Word(Frozen):
    """One message of the customer's story: text, or an attachment by reference."""

    message_id: int
    text: str = ""
    marks: tuple[dict[str, Any], ...] = ()  # bold, italics, links … in the text
    kind: str = ""  # of the attachment
    file_id: str = ""
    album: str = ""
    file_name: str = ""


class Case(Frozen):
    """One matter of one customer. Its history is the timeline; this is where it stands."""

    id: int
    customer: int
    status: Status = Status.DRAFT
    since: datetime  # when the present status began
    opened_at: datetime
    filed_at: datetime | None = None
    confirmed: bool = False  # the customer said that the summary is right
    entries: int = 0  # number of timeline rows
    language: str = "en"
    name: str = ""  # how the customer is addressed
    category: str = "other"
    category_sure: bool = False
    grade: Grade = Grade.GENERAL
    on_the_spot: bool = False  # the customer is being served right now
    accused: bool = False  # it accuses a member of staff
    words: tuple[Word, ...] = ()  # the story as told, up to `WORDS_KEPT` messages
    listening: bool = False  # the customer is still telling it
    telling_until: datetime | None = None  # silence until then ends the story
    told: int = 0  # how many of `words` were the story when it was filed; 0: all of them
    relayed: int = 0  # how many of `words` stand in the case's room
    media: int = 0  # number of attachments
    source: str = ""  # deep-link payload it came in by: branch, table, order; or "staff"
    taken_down_by: str = ""  # the member of staff who wrote it down for the customer
    invite: str = ""  # the secret of the link by which that customer joins, until they do
    kind: str = "complaint"  # or "feedback"
    pulse: int | None = None  # 1 to 5, when they were asked how it was today
    apologised: bool = False  # the one apology for the experience was made
    facts: dict[str, Fact] = {}
    remedies: tuple[str, ...] = ()
    remedies_rejected: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    level: Role = Role.AGENT
    reasons: tuple[Reason, ...] = ()
    fired: dict[str, int] = {}  # mark of a rule and reason -> times fired
    fired_at: dict[str, datetime] = {}  # rule id -> when it last fired
    held_back: dict[str, datetime] = {}  # rule id -> end of the quiet hours it waits for
    judged_under: int = 0  # version of the configuration that it was last judged by
    spared: tuple[str, ...] = ()  # marks that held when a rule was applied "from now on"
    tags: tuple[str, ...] = ()
    group: str = ""  # the customer's group when the case began
    target_row: str = ""  # a row of the policy table that a rule chose; "" takes the first fit
    earlier: tuple[Earlier, ...] = ()  # complaints the customer filed before this one
    alike: dict[str, tuple[Earlier, ...]] = {}  # category, product, place -> cases filed before
    counted: dict[str, str] = {}  # what these two were counted by (`likes.to_count`)
    crisis: int | None = None  # the crisis it is part of
    approval: Approval | None = None  # asked by a rule; the latest
    helpers: dict[int, str] = {}  # who lends the owner a hand, by user id
    owner: int | None = None
    owner_name: str = ""
    transfer: Transfer | None = None
    transfers: int = 0
    question: Question | None = None
    unsent: tuple[Unsent, ...] = ()  # answers that have not left yet, in their order
    albums: tuple[Album, ...] = ()  # the last that staff sent
    promises: tuple[Promise, ...] = ()
    desk_updates: int = 0  # updates the desk sent by itself since a person's last word
    failed_questions: int = 0
    unanswered: int = 0  # customer messages since the last staff word
    accepted_at: datetime | None = None
    first_answer_at: datetime | None = None
    last_customer_at: datetime | None = None
    last_staff_at: datetime | None = None
    verified: dict[str, Check] = {}  # what was looked into, by `verifying.CHECKS`; staff only
    responsibility: str = ""  # whose side it lies on, by `verifying.SIDES`; staff only
    underlying_need: str = ""  # what they need behind what they want; staff only
    outcome: str = ""  # what was done, as told to the customer
    settled: bool | None = None  # the answer to "done as agreed?"
    asked_settled: int = 0
    asked_settled_at: datetime | None = None
    rating: int | None = None
    reopened: int = 0
    reminded_at: datetime | None = None  # when the team was told that they ask for a person again
    climbed_at: datetime | None = None  # when the ladder last rose while nobody had it
    paused: Pause | None = None
    contained_at: datetime | None = None  # when a first step was taken against its getting worse
    notices: tuple[Notice, ...] = ()  # what rules have to tell people once quiet hours are over
    row_now: str = ""  # the row of the policy table that its promises follow
    row_version: int = 0  # version of the configuration whose lengths they have
    paged: Role | None = None  # the level last reached in private, since it waits for an owner
    shown: bool = False  # its card stands in a team room
    page: str = ""  # which buttons that card shows: "", "more" or "verify"
    room_set: int = 0  # which choice of its room (`Team`) that was
    wake_at: datetime | None = None

    @property
    def story(self) -> str:
        """The customer's own words, message by message."""
        words = self.words[: self.told] if self.told else self.words
        return "\n".join(word.text for word in words if word.text)

    @property
    def said(self) -> str:
        """Every word of the customer kept on the case, message by message."""
        return "\n".join(word.text for word in self.words if word.text)

    @property
    def claim(self) -> Claim | None:
        """What kind of thing they want, None while that is not known."""
        if "compensation" in self.remedies:
            return Claim.COMPENSATION
        if PUT_RIGHT.intersection(self.remedies):
            return Claim.PUT_RIGHT
        only_words = self.remedies and WORDS_ONLY.issuperset(self.remedies)
        return Claim.EXPLANATION if only_words else None

    @property
    def own_words(self) -> str:
        """The story without what staff wrote down for the customer: that is theirs to read."""
        own = (word.text for word in self.words if word.text and word.message_id > 0)
        return "\n".join(own) if self.taken_down_by else self.story

    @property
    def absent(self) -> bool:
        """Whether the customer has no chat here: nothing can be sent, staff tell them."""
        return self.customer <= ABSENT

    @property
    def overdue_at(self) -> datetime | None:
        """Since when something is overdue, None when nothing is."""
        if not self.open or self.status is Status.DRAFT:
            return None
        return min((one.due for one in self.promises if one.state == "missed"), default=None)

    @property
    def danger(self) -> str:
        """The kind of danger the customer's words show, "" for none."""
        return next((sign.kind or "other" for sign in self.signs if sign.name == "safety"), "")

    @property
    def ref(self) -> str:
        """The number as people see it, e.g. `C-1042`."""
        return f"C-{self.id}"

    @property
    def open(self) -> bool:
        """Whether somebody still owes the customer something."""
        return self.status in OPEN


WORDS_KEPT = 60
"""Messages of the story kept on the case itself; the timeline keeps every one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a case's append-only timeline."""

    case: int
    n: int  # 1, 2, 3 … within the case
    at: datetime
    kind: str  # said, asked, told, filed, handed_off, taken, noted, rule, promise, …
    by: str  # "customer", "desk", or "staff:<id>"
    data: dict[str, Any] = field(default_factory=dict)
