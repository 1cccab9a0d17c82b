"""Where an admin stands in the menu: values, kept in the settings as `admin:<user id>`.

The menu is one message. What each of its buttons does is kept here, so a button carries only
whose menu it belongs to, which showing of it, and its number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import field_validator

from bot.flows.frozen import Frozen
from bot.flows.model import Case
from bot.flows.trial import Trial
from bot.flows.versions import Version

if TYPE_CHECKING:
    from collections.abc import Mapping

Doc = dict[str, Any]


class Place(Frozen):
    """A page, and what it is opened on."""

    page: str
    args: Doc = {}

    @field_validator("args")
    @classmethod
    def _as_stored(cls, args: Doc) -> Doc:
        """Hold what JSON holds, so that a place is the same before and after it was stored."""
        return {key: list(one) if isinstance(one, tuple) else one for key, one in args.items()}


class Move(Frozen):
    """What a button does: a deed of its page, then a step to another place, or back."""

    do: str = ""  # a row of the page's table `does`
    takes: str = ""  # a row of its table `takes`: the next message is awaited
    args: Doc = {}
    to: Place | None = None
    back: int = 0
    home: bool = False


class Awaits(Frozen):
    """The admin's next private message is taken as this, until then."""

    takes: str
    args: Doc = {}
    until: datetime


class Draft(Frozen):
    """An edited configuration that is not applied yet, and the version it was made on."""

    base: int
    was: Doc  # that version, whole
    doc: Doc
    how: str = "edited"  # what the history is to call it


class AdminSession(Frozen):
    """One person's menu."""

    id: int  # Telegram user id
    token: str = ""
    language: str = ""  # in which it was last shown
    rev: int = 0  # grows with every showing: a button of an older one does nothing
    message: int = 0  # where it stands, as far as known
    trail: tuple[Place, ...] = (Place(page="home"),)
    moves: tuple[Move, ...] = ()
    awaits: Awaits | None = None
    form: Doc | None = None  # a rule that is being put together
    question: Doc | None = None  # a question of a category that is being put together
    draft: Draft | None = None
    file: Draft | None = None  # a configuration that was sent as a document, beside a draft
    trial: Trial | None = None
    used_at: datetime | None = None

    @property
    def here(self) -> Place:
        """The page that is shown."""
        return self.trail[-1]


@dataclass(frozen=True, slots=True)
class Breaches:
    """How often a target was missed in cases of a category that somebody had (0: nobody)."""

    kind: str  # of promise
    category: str
    owner: int
    week: int  # in the last 7 days
    month: int  # in the last 30 days, these included


@dataclass(frozen=True, slots=True)
class Wants:
    """What a page or a list of managers reads from the store."""

    counts: bool = False  # how often each rule fired
    history: bool = False
    version: int | None = None
    case: int | None = None
    open_cases: bool = False
    breaches: bool = False

    def __or__(self, other: Wants) -> Wants:
        """Want both."""
        return Wants(
            self.counts or other.counts,
            self.history or other.history,
            self.version if self.version is not None else other.version,
            self.case if self.case is not None else other.case,
            self.open_cases or other.open_cases,
            self.breaches or other.breaches,
        )


@dataclass(frozen=True, slots=True)
class Papers:
    """What was read for it; None or empty where it was not."""

    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # rule -> 7, 30 days
    history: tuple[Version, ...] = ()
    version: Version | None = None
    case: Case | None = None
    open_cases: tuple[Case, ...] | None = None
    breaches: tuple[Breaches, ...] = ()
    shipped: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # texts, by language


NO_WANTS = Wants()
NO_PAPERS = Papers()
OPEN_CASES_READ = 1000
"""Open cases that a preview looks at; more are said to be more."""
