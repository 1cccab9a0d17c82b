"""What a page of the menu is, what it sees, and what its buttons and typed words may do.

A page is one small file with a `PAGE`: `show(view)` says what stands there and which keys lie
below; `does` and `takes` are tables of what keys and typed words do. Pages never speak to anybody
themselves; `menu` shows, checks rights, and keeps where everybody stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.flows.admin import documents
from bot.flows.admin.draft import Mistake, document, edited, nobody_left, read, started
from bot.flows.admin.values import Names
from bot.flows.desk import Config, Desk
from bot.flows.effects import Line, Text, Value, line
from bot.flows.languages import LANGUAGES, guess_language
from bot.flows.people import Role
from bot.flows.session import AdminSession, Awaits, Draft, Move, Papers, Place, Wants

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.admin.documents import Path
    from bot.flows.events import Who
    from bot.flows.people import Staff
    from bot.flows.session import Doc
    from bot.flows.turn import Turn
    from bot.flows.understanding import Facts

ITEMS = 8
"""Members of a list on one page."""
DEEPEST = 30
"""Pages one can go back through."""


AWAITED = timedelta(minutes=15)
"""So long a typed answer is awaited; later words are a customer's again."""


class GoneError(LookupError):
    """What a page was opened on is not there any more."""


# ---- what a page says -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A button of the menu: what it says and what it does."""

    label: Line
    move: Move


Keys = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it stands."""

    text: Text
    keys: Keys = ()


def go(page: str, /, **args: Any) -> Move:
    """Open a page."""
    return Move(to=Place(page=page, args=args))


def do(name: str, /, **args: Any) -> Move:
    """Have the page do something, and stay."""
    return Move(do=name, args=args)


def ask(name: str, /, **args: Any) -> Move:
    """Await the next message, for the page to take."""
    return Move(takes=name, args=args)


def back(steps: int = 1) -> Move:
    """Return to where one came from."""
    return Move(back=steps)


def named(value: Value, mark: str = "") -> Line:
    """Return the label of a key that says a name, with a mark in front."""
    return line("admin.named", mark=mark, name=value)


def pages_of(place: Place, count: int) -> tuple[slice, tuple[Key, ...]]:
    """Return which members of a list to show, and the keys to the others."""
    last = max(0, (count - 1) // ITEMS)
    now = min(int(place.args.get("p", 0)), last)
    keys = tuple(
        Key(
            line("admin.earlier" if to < now else "admin.later"),
            Move(back=1, to=Place(page=place.page, args=place.args | {"p": to})),
        )
        for to in (now - 1, now + 1)
        if 0 <= to <= last
    )
    return slice(now * ITEMS, (now + 1) * ITEMS), keys


def rows(keys: list[Key], width: int = 1) -> Keys:
    """Put keys into rows."""
    return tuple(tuple(keys[n : n + width]) for n in range(0, len(keys), width))


# ---- what a page sees -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class View:
    """The desk as one person sees it through the menu, at one instant."""

    desk: Desk
    at: datetime
    staff: Staff
    session: AdminSession
    config: Config  # as edited, where there is a draft
    doc: Doc
    papers: Papers
    editable: bool
    language: str  # a catalogue's

    @property
    def place(self) -> Place:
        """The page that is shown, with what it is opened on."""
        return self.session.here

    @property
    def args(self) -> Doc:
        """What the page is opened on."""
        return self.session.here.args

    @property
    def path(self) -> Path:
        """The place in the document that the page is opened on."""
        return tuple(self.args.get("path", ()))

    @property
    def names(self) -> Names:
        """Whom and what the configuration may name."""
        return Names(self.desk, self.config)

    @property
    def overtaken(self) -> bool:
        """Whether the configuration changed since the draft was begun."""
        draft = self.session.draft
        return draft is not None and draft.base != self.desk.config.version

    def text_of(self, text_id: str, language: str) -> str:
        """Return a text as it is being edited, "" where nobody worded it.

        A question that the desk added is asked in the words of another language where it has none
        in the reader's.
        """
        own, shipped = self.config.texts, self.papers.shipped
        found = own.get(language, {}).get(text_id) or shipped.get(language, {}).get(text_id)
        others = (self.config.general.language, *LANGUAGES)
        rest = (own.get(one, {}).get(text_id) for one in others)
        return found or next((one for one in rest if one), "")

    def there(self, path: Path) -> Any:
        """Return what stands at a path; a path under `form` is in the rule being put together."""
        whole: Any = {**self.doc, "form": self.session.form}
        found = documents.at(whole, path)
        if found is documents.GONE or found is None:
            raise GoneError(path)
        return found


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for the menu."""

    text: str
    facts: Facts | None = None


@dataclass(slots=True)
class Work:
    """One act on the menu: what it changes, where it leads, what is said about it."""

    turn: Turn
    staff: Staff
    who: Who
    session: AdminSession
    papers: Papers
    note: list[Line] = field(default_factory=list)  # stands above the page
    alert: Line | None = None  # answers the press in a window of its own
    known: tuple[Draft | None, Config, Config, Doc] | None = None  # see `_edited`

    @property
    def view(self) -> View:
        """What is seen now."""
        turn, staff = self.turn, self.staff
        config, doc = self._edited()
        editable = staff.role is Role.ADMIN
        return View(
            turn.desk,
            turn.at,
            staff,
            self.session,
            config,
            doc,
            self.papers,
            editable,
            guess_language(self.language) or turn.desk.general.staff_language,
        )

    @property
    def language(self) -> str:
        """The language they read the menu in: chosen, else their Telegram's."""
        chosen = self.staff.language or self.who.language_code
        return chosen or self.turn.desk.general.staff_language

    def _edited(self) -> tuple[Config, Doc]:
        """Return the configuration as edited, with its document; worked out once for each draft."""
        draft, today = self.session.draft, self.turn.desk.config
        known = self.known
        if known is None or known[0] is not draft or known[1] is not today:
            found = today if draft is None else read(draft.doc, draft.base)
            if isinstance(found, Mistake):  # made by another release: see `let_go`
                found = today
            doc = document(today) if draft is None or found is today else draft.doc
            self.known = known = (draft, today, found, doc)
        return known[2], known[3]

    def let_go(self) -> None:
        """Drop a draft that this release cannot read, and say so."""
        if self.session.draft is not None and self._edited()[0] is self.turn.desk.config:
            self.know(draft=None)
            self.say(line("admin.draft_unread"))

    def say(self, *said: Line) -> None:
        """Say something above the page."""
        self.note.extend(one for one in said if one not in self.note)

    def know(self, **changes: Any) -> None:
        """Replace fields of the session."""
        self.session = self.session.but(**changes)

    def open(self, page: str, /, **args: Any) -> None:
        """Go to a page."""
        self.step(Place(page=page, args=args))

    def step(self, to: Place) -> None:
        """Go to a place, unless one stands there already."""
        if self.session.here != to:
            self.know(trail=(*self.session.trail, to)[-DEEPEST:])

    def leave(self, steps: int = 1) -> None:
        """Go back."""
        self.know(trail=self.session.trail[: max(1, len(self.session.trail) - steps)])

    def awaits(self, takes: str, /, **args: Any) -> None:
        """Take the next message as this, as a key of `ask` does."""
        self.know(awaits=Awaits(takes=takes, args=args, until=self.turn.at + AWAITED))

    def home(self) -> None:
        """Go to the first page."""
        self.know(trail=self.session.trail[:1])

    def edit(self, doc: Doc) -> bool:
        """Make this document the draft, if it is whole and valid; else say what is wrong."""
        draft = self.session.draft or started(self.turn.desk.config)
        found = edited(draft, doc)
        if not isinstance(found, Mistake) and nobody_left(self.turn.desk, found.doc):
            found = Mistake(line("mistake.last_admin"))
        if isinstance(found, Mistake):
            self.say(line("mistake.kept", said=found.said))
            return False
        self.know(draft=None if found.doc == found.was else found)
        return True

    def put(self, path: Path, value: Any) -> bool:
        """Put a value at a path: in the draft, or in the rule that is being put together."""
        if path[:1] == ("form",):
            self.know(form=documents.put(self.session.form or {}, path[1:], value))
            return True
        return self.edit(documents.put(self.view.doc, path, value))

    def drop(self, path: Path) -> bool:
        """Take away what stands at a path."""
        if path[:1] == ("form",):
            self.know(form=documents.drop(self.session.form or {}, path[1:]))
            return True
        return self.edit(documents.drop(self.view.doc, path))


# ---- a page ---------------------------------------------------------------------------------

Deed = Callable[[Work, Any], None]
"""What a key does: the work, and the key's arguments."""
Taking = Callable[[Work, Typed, Any], None]
"""What takes typed words: the work, the words, and the arguments they were asked for with."""


def _nothing(_desk: Desk, _place: Place) -> Wants:
    return Wants()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the menu."""

    show: Callable[[View], Shown]
    does: Mapping[str, Deed] = field(default_factory=dict)
    takes: Mapping[str, Taking] = field(default_factory=dict)
    wants: Callable[[Desk, Place], Wants] = _nothing  # what it reads from the store
    looks: frozenset[str] = frozenset()  # deeds and takings that change nothing: anybody's
