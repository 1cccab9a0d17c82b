"""A case while it is being worked on: its newest version, what is promised, said and logged.

Belongs to one `Turn` and dies with it. It must never know another case, a customer's
conversation or what an act means: acts are `lifecycle`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bot.flows.effects import Inform, Line, Rows, Text, When, line
from bot.flows.model import Case, Entry, Promise, Status

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.calendar import Span
    from bot.flows.desk import Desk
    from bot.flows.outcome import Outcome


class Deciding(Protocol):
    """What a case asks of the turn in which it is worked on."""

    desk: Desk
    at: datetime
    result: Outcome

    def tell(self, *text: Line, folder: Folder | None = None, **more: Any) -> None:
        """Speak to the customer of the turn."""

    def later(self, make: Any) -> None:
        """Have an effect that is built when the turn ends."""


class Folder:
    """A case while it is being worked on: always the newest version, with its log."""

    __slots__ = (
        "before", "carded", "case", "changed", "entries", "stale", "triggers", "turn", "was",
    )  # fmt: skip

    def __init__(self, turn: Deciding, case: Case, *, new: bool = False) -> None:
        """Open the folder of a case for this turn."""
        self.turn = turn
        self.case = case
        self.entries = case.entries  # rows of the timeline, those of this turn included
        self.changed = new
        self.triggers: set[str] = set()
        self.stale = False  # what its card shows has changed
        self.carded = False  # its card is brought up to date in this turn
        self.before = case  # as it stood when the turn began
        self.was = {  # before this turn
            "grade": case.grade.value,
            "category": case.category,
            "status": case.status.value,
            "level": case.level.value,
        }

    def edit(self, **changes: Any) -> None:
        """Replace fields of the case."""
        self.case = self.case.but(**changes)
        self.changed = True

    def log(self, kind: str, by: str = "desk", **data: Any) -> None:
        """Append one row to the case's timeline."""
        self.entries += 1
        self.changed = True
        turn = self.turn
        turn.result.entries.append(Entry(self.case.id, self.entries, turn.at, kind, by, data))

    def move(self, status: Status) -> None:
        """Change where the case stands."""
        if status is not self.case.status:
            self.edit(status=status, since=self.turn.at)

    def trigger(self, *names: str) -> None:
        """Have the rules look at this case for these reasons."""
        self.triggers.update(names)

    # ---- promises ---------------------------------------------------------------------------

    def promise(
        self,
        kind: str,
        span: Span | None = None,
        by: int | None = None,
        *,
        until: datetime | None = None,
        row: str = "",
    ) -> Promise:
        """Promise this within the span, or until an instant, in place of an open one."""
        turn = self.turn
        due = until or (span.after(turn.at, turn.desk.config.hours) if span else turn.at)
        made = Promise.made(
            kind=kind,
            due=due,
            made_at=turn.at,
            by_staff=by,
            state="open",
            warned=False,
            length=str(span) if span else "",
            row=row,
            rung=0,
            reached=0,
            stops=(),
        )
        others = [p for p in self.case.promises if p.kind != kind or p.state != "open"]
        over = [p for p in others if p.state not in UNDONE]
        forgotten = over[: max(len(over) - PROMISES_KEPT, 0)]
        kept = [p for p in others if p not in forgotten]
        self.edit(promises=(*kept, made))
        self.log("promised", what=kind, due=due.isoformat())
        return made

    def keep(self, *kinds: str) -> None:
        """Mark what was promised of these kinds as done: kept, or late."""
        if any(p.state in UNDONE and p.kind in kinds for p in self.case.promises):
            self.edit(
                promises=tuple(
                    p.but(state=UNDONE[p.state]) if p.state in UNDONE and p.kind in kinds else p
                    for p in self.case.promises
                )
            )

    def promised(self, kind: str) -> Promise | None:
        """Return the promise of this kind that is still to be kept, missed or not."""
        ours = [p for p in self.case.promises if p.kind == kind and p.state in UNDONE]
        return ours[-1] if ours else None

    def next_word(self) -> Promise | None:
        """Return the promise by which the customer hears next, if one is open."""
        hears = [p for p in self.case.promises if p.state == "open" and p.kind in HEARD]
        return min(hears, key=lambda p: p.due, default=None)

    # ---- saying things ----------------------------------------------------------------------

    def tell(self, *text: Line, buttons: Rows = (), menu: bool = False, **more: Any) -> None:
        """Speak to the case's customer about this case; in a crisis, as its statement has it."""
        if more.get("purpose") in OWN_WORD:
            text = self.as_approved(text)
        self.log_told(*(one.id for one in text))
        self.turn.tell(*text, buttons=buttons, menu=menu, folder=self, **more)

    def as_approved(self, text: Text) -> Text:
        """Return what the desk may say by itself: in a crisis the statement and the next time."""
        crisis = self.turn.desk.crisis_of(self.case)
        if crisis is None:
            return text
        words = crisis.words(self.case.language)
        word = self.next_word()
        due = When(word.due) if word else None
        said = line("crisis.statement", ref=self.case.ref, words=words)
        return (said, line("crisis.next", due=due)) if due else (said,)

    def log_told(self, *ids: str) -> None:
        """Note what the customer was told, or what staff are to tell who has no chat here."""
        self.log("to_tell" if self.case.absent else "told", ids=list(ids))

    def inform(self, *text: Line, buttons: Rows = (), **more: Any) -> None:
        """Speak to staff in the case's room."""
        self.turn.later(lambda: Inform(self.case, text, buttons, **more))

    def later(self, effect: Any, **more: Any) -> None:
        """Have an effect that carries the case; it is built with its last version."""
        self.turn.later(lambda: effect(self.case, **more))


OWN_WORD = frozenset({"update", "rule"})
"""Purposes of what the desk says by itself, asked by nobody: updates, promises, rules' words."""

PROMISES_KEPT = 20
UNDONE = {"open": "kept", "missed": "late"}
"""States of a promise that is still to be kept, and what each becomes when it is."""

HEARD = frozenset({"first_answer", "update", "word"})
"""Kinds of promise whose coming due means that the customer hears something."""
