"""One decision in the making: what is known, what changes, what is to be done.

A `Turn` lives for one event. Functions of the core read and edit it; nothing of it reaches the
world until `outcome()` is taken, so a decision that fails half-way has done nothing at all. It
must never know a clock (the event's `at` is the only time), a database or Telegram.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.flows.effects import Button, Effect, Line, Rows, Tell, Text, When, line
from bot.flows.folder import Folder
from bot.flows.invitation import invitation
from bot.flows.likes import told_apart
from bot.flows.model import Case
from bot.flows.outcome import Outcome, Tie
from bot.flows.people import LADDER, Customer, Dialog, Role
from bot.flows.playbooks import COMMON
from bot.flows.records import Crisis
from bot.flows.session import NO_PAPERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.flows.desk import Desk
    from bot.flows.people import Staff
    from bot.flows.playbooks import FactAsked
    from bot.flows.records import CorrectiveAction
    from bot.flows.understanding import Facts


class Turn:
    """Everything about one event while it is being decided."""

    def __init__(
        self,
        desk: Desk,
        at: datetime,
        *,
        customer: Customer | None = None,
        cases: Mapping[int, Case] | None = None,
        ties: Mapping[tuple[int, int], Tie] | None = None,
        next_case: int = 1,
    ) -> None:
        """Set the scene: the desk, the instant, and what was loaded for this event."""
        self.desk = desk
        self.at = at
        self.result = Outcome()
        self.ties = dict(ties or {})
        self.papers = NO_PAPERS  # what was read for an admin's menu
        self.next_case = next_case
        self.preface: list[Line] = []
        self.told = 0
        self._customer = customer
        self._dirty = False
        self._later: list[Any] = []
        self.folders = {case.id: Folder(self, case) for case in (cases or {}).values()}

    # ---- the customer -----------------------------------------------------------------------

    @property
    def customer(self) -> Customer:
        """The customer of this turn."""
        if self._customer is None:
            msg = "this turn has no customer"
            raise LookupError(msg)
        return self._customer

    @property
    def dialog(self) -> Dialog | None:
        """Where the conversation stands; None when idle."""
        return self._customer.dialog if self._customer else None

    def receive(self, customer: Customer) -> None:
        """Begin with a customer who did not write: somebody else speaks for them."""
        if self._customer is not None:
            msg = "this turn has a customer already"
            raise LookupError(msg)
        self._customer = customer
        self._dirty = True

    def know(self, **changes: Any) -> None:
        """Replace fields of the customer."""
        self._customer = self.customer.but(**changes)
        self._dirty = True

    def go(self, step: str, folder: Folder | None = None, **changes: Any) -> None:
        """Take the conversation to a step; what is not named starts afresh."""
        base = self.dialog
        asked = base.asked if base and folder and base.case == folder.case.id else ()
        dialog = Dialog.made(
            **{
                "step": step,
                "case": folder.case.id if folder else None,
                "asking": "",
                "failed": 0,
                "asked": asked,
                "picked": (),
                "changing": False,
                "said": 0,
            }
            | changes
        )
        self.know(dialog=dialog)

    def rest(self) -> None:
        """End the scripted conversation; whatever they write next is taken as it comes."""
        if self.dialog is not None:
            self.know(dialog=None)

    # ---- cases ------------------------------------------------------------------------------

    def folder(self, case: int | None) -> Folder | None:
        """Return the folder of a case that was loaded for this turn."""
        return self.folders.get(case) if case is not None else None

    def open_cases(self) -> list[Folder]:
        """Return the customer's open cases, oldest first."""
        mine = (f for f in self.folders.values() if f.case.customer == self.customer.id)
        return sorted((f for f in mine if f.case.open), key=lambda f: f.case.id)

    def open_case(self, by: str = "customer") -> Folder:
        """Start a new case for the customer."""
        case = Case.model_validate(
            {
                "id": self.next_case,
                "customer": self.customer.id,
                "since": self.at,
                "opened_at": self.at,
                "language": self.customer.language or self.desk.general.language,
                "source": self.customer.payload,
                "name": self.customer.address or self.customer.name,
                "judged_under": self.desk.config.version,
                "group": self.desk.config.group_of(self.customer.id, self.customer.payload),
            }
        )
        self.next_case += 1
        folder = Folder(self, case, new=True)
        self.folders[case.id] = folder
        folder.log("opened", by, source=case.source)
        return folder

    def tie(self, chat: int, message: int, folder: Folder, kind: str) -> None:
        """Remember which case a message belongs to."""
        self.result.ties[chat, message] = Tie(folder.case.id, kind)

    # ---- saying things ----------------------------------------------------------------------

    def tell(
        self,
        *text: Line,
        buttons: Rows = (),
        menu: bool = False,
        folder: Folder | None = None,
        **more: Any,
    ) -> None:
        """Speak to the customer; what was prefaced in this turn goes in front."""
        whole: Text = (*self.preface, *text)
        self.preface.clear()
        self.told += 1
        if self.customer.absent:
            self._have_told(whole, buttons, folder)
            return
        customer = self.customer.id
        self.later(
            lambda: Tell(customer, whole, folder.case if folder else None, buttons, menu, **more)
        )

    def _have_told(self, text: Text, buttons: Rows, folder: Folder | None) -> None:
        """Show staff what to tell a customer who has no chat here, and let them answer for them."""
        mine = (f for f in self.folders.values() if f.case.customer == self.customer.id)
        about = folder or next(mine)
        address = invitation(self.desk, about.case)
        rows = tuple(
            tuple(Button(one.label, spoken_for(one.data)) for one in row) for row in buttons
        )
        about.inform(
            line("staff.tell_yourself", ref=about.case.ref),
            *text,
            *((line("staff.invite", link=address),) if address else ()),
            buttons=tuple(row for row in rows if all(one.data for one in row)),
            purpose="to_tell",
        )

    def do(self, effect: Effect) -> None:
        """Have an effect carried out."""
        self._later.append(effect)

    def later(self, make: Any) -> None:
        """Have an effect that is built when the turn ends, with the newest state."""
        self._later.append(make)

    def local_day(self) -> date:
        """Return the day it is at the desk."""
        return self.at.astimezone(ZoneInfo(self.desk.general.zone)).date()

    def promised(self, folder: Folder) -> When | None:
        """Return by when the customer hears about the case, for a text."""
        word = folder.next_word()
        return When(word.due) if word else None

    def settings(self, **changes: Any) -> None:
        """Change what the desk knows about itself: team, staff, admins, configuration, menus."""
        if team := changes.get("team"):
            self.desk = self.desk.but(team=team)
            self.result.team = team
        for member in map(self._kept, changes.get("staff", ())):
            self.desk = self.desk.but(staff={**self.desk.staff, member.id: member})
            self.result.staff[member.id] = member
        if config := changes.get("config"):
            self.desk = self.desk.but(config=config)
            self.result.config = config
        if applied := changes.get("applied"):
            self.desk = self.desk.but(applied=applied)
            self.result.applied = applied
        if changes.get("offer_answered"):
            self.desk = self.desk.but(offered=None)
            self.result.offer_answered = True
        if session := changes.get("session"):
            self.desk = self.desk.but(sessions={**self.desk.sessions, session.id: session})
            self.result.sessions[session.id] = session
        if redeemed := changes.get("redeemed"):
            self.desk = self.desk.but(redeemed=redeemed)
            self.result.redeemed = redeemed

    def _kept(self, member: Staff) -> Staff:
        """Return a member of staff as stored: a role that admins give stays in the configuration.

        So whoever loses it there has lost it.
        """
        if member.id not in self.desk.config.people:
            return member
        stored = self.desk.staff.get(member.id)
        return member.but(role=stored.role if stored else Role.AGENT)

    def keep_record(self, record: CorrectiveAction | Crisis) -> None:
        """Keep a new version of a record; of two made at once elsewhere only one is written."""
        record = record.but(rev=record.rev + 1)
        kind = "crisis" if isinstance(record, Crisis) else "action"
        self.result.claims.add(f"{kind}:{record.id}:{record.rev}")
        if isinstance(record, Crisis):
            self.desk = self.desk.but(crises={**self.desk.crises, record.id: record})
            self.result.crises[record.id] = record
        else:
            self.desk = self.desk.but(actions={**self.desk.actions, record.id: record})
            self.result.actions[record.id] = record

    def outcome(self) -> Outcome:
        """Return what the turn came to: what to save and what to do."""
        result = self.result
        result.customer = self._customer if self._dirty else None
        result.cases = {f.case.id: f.case for f in self.folders.values() if f.changed}
        result.uncounted = {
            number: triggers
            for number, triggers in result.uncounted.items()
            if self.folders[number].case.filed_at is not None
        }
        result.relike = {
            f.case.id
            for f in self.folders.values()
            if f.changed
            and (f.case.filed_at or f.before.filed_at)  # a draft is found by nothing
            and told_apart(f.case) != told_apart(f.before)
        }
        result.effects = [one if isinstance(one, Effect) else one() for one in self._later]
        return result

    def close(self) -> None:
        """Let go of what points back here, so that nothing of the turn waits for the collector."""
        self._later.clear()
        self.folders.clear()


def staff_name(desk: Desk, user: int | None, fallback: str = "") -> str:
    """Return the name colleagues know a member of staff by."""
    member = desk.member(user) if user is not None else None
    return (member.name if member else "") or fallback or (f"#{user}" if user else "")


SPOKEN_FOR = frozenset({"e", "m"})
"""Kinds of a customer's buttons that staff may press for them: settled or not, the rating."""


def spoken_for(data: str) -> str:
    """Return what staff's button carries for a customer's, "" for one they may not press."""
    kind, case, choice = (*data.split(":", 3)[1:], "", "", "")[:3]
    return f"s:for:{case}:{kind}:{choice}" if kind in SPOKEN_FOR else ""


def level_above(role: Role, steps: int = 1) -> Role:
    """Return the role that many rungs up the ladder, the top at most."""
    return LADDER[min(LADDER.index(role) + steps, len(LADDER) - 1)]


def words_of(facts: Facts | None) -> frozenset[str]:
    """Return the conversational acts that a short message consists of."""
    return frozenset(facts.intents) if facts is not None else frozenset()


def fact_of(turn: Turn, folder: Folder | None, fact_id: str) -> FactAsked | None:
    """Return a fact of the case's playbook, or one that every case may have."""
    if folder is None:
        return None
    own = turn.desk.config.playbook(folder.case).fact(fact_id)
    return own or COMMON.get(fact_id)
