"""Whose is it: from an event to the case, customer and messages it is about.

`resolve` finds each event its place in what was read (`needs`): topic, then message map, then the
case number in the quoted words. Pure. A group that is no team room is told apart here, because
only the desk's settings know its rooms.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.flows import events as e
from bot.flows.invitation import fits, invited_to
from bot.flows.outcome import Tie
from bot.flows.people import Customer
from bot.flows.session import NO_PAPERS, Papers
from bot.needs import CASE_BUTTONS, NUMBER, REFERENCE, TAKE_DOWN, Pair, numbers, once

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.flows.desk import Desk
    from bot.flows.model import Case
    from storage.rows import Link

OPENED = frozenset({"admin", "backtest"})
"""Commands that open the menu of an admin."""
LISTS = frozenset({"queue", "mine", "away"})
"""Commands that look over several cases."""

STAFF_KINDS = ("relay", "joined", "card", "desk", "prompt:")
"""What a message in a private chat may be that only staff are sent."""


@dataclass(slots=True)
class Known:
    """What was read for a batch; kept up to date while its events are decided."""

    seen: set[str]
    customers: dict[int, Customer]
    cases: dict[int, Case]
    links: dict[Pair, Link] = field(default_factory=dict)
    copies: dict[Pair, list[Link]] = field(default_factory=dict)
    topics: dict[Pair, int] = field(default_factory=dict)
    listed: dict[int, Case] = field(default_factory=dict)
    overdue: dict[int, Case] = field(default_factory=dict)
    papers: Papers = NO_PAPERS

    def siblings(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Return the other parts of the albums that these messages belong to."""
        albums = [album for case in self.cases.values() for album in case.albums]
        return {
            (album.chat, part)
            for chat, message in pairs
            for album in albums
            if album.chat == chat and message in album.parts
            for part in album.parts
        }

    def cases_wanted(self) -> set[int]:
        """Return the cases that what was read points to."""
        wanted = {link.case for link in self.links.values()}
        wanted |= {link.case for links in self.copies.values() for link in links}
        wanted |= set(self.topics.values())
        for customer in self.customers.values():
            wanted.add(customer.focus)
            if customer.dialog is not None:
                wanted.add(customer.dialog.case)
        return {case for case in wanted if case is not None}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event belongs."""

    event: e.Event
    customer: Customer | None = None
    case: int | None = None
    cases: dict[int, Case] = field(default_factory=dict)
    ties: dict[Pair, Tie] = field(default_factory=dict)
    once: str = ""  # a further key: an answer given only once
    papers: Papers = NO_PAPERS


# ---- where it belongs -----------------------------------------------------------------------


def resolve(event: e.Event, known: Known, desk: Desk) -> Place | None:
    """Return the place of an event, or None when there is nothing to be done about it."""
    match event:
        case e.CustomerEvent():
            return _of_customer(event, known, desk)
        case e.StaffEvent():
            return _of_staff(event, known, desk)
        case e.Woken() | e.Counted() | e.Minuted():
            return _of_case(event, event.case, known)
        case e.DayBegan():
            return Place(event, cases=known.overdue)
        case e.DeliveryFailed():
            return _of_case(event, event.case, known)
        case e.StrangerSpoke():
            return Place(event, once=once(event.chat, event.who.id))
        case _:
            return Place(event, papers=known.papers)


def _of_customer(event: e.CustomerEvent, known: Known, desk: Desk) -> Place | None:
    typed = as_typed(event, desk)
    if typed is not None:
        return Place(typed, papers=known.papers)
    staff = _as_staff(event, known, desk)
    if staff is not None:
        return _of_staff(staff, known, desk)
    who = event.who.id
    customer = known.customers.get(who) or Customer(id=who, name=event.who.name)
    cases = {case.id: case for case in known.cases.values() if case.customer == who}
    ties = _ties(event, known, desk)
    case = next((tie.case for tie in ties.values()), None)
    if isinstance(event, e.CustomerStarted) and (invited := _invited(event, known, desk)):
        case = invited.id
        cases[case] = invited
    return Place(event, customer, case, cases, ties)


def _invited(event: e.CustomerStarted, known: Known, desk: Desk) -> Case | None:
    """Return the case that staff took down and that this link invites to; staff cannot join."""
    case = known.cases.get(invited_to(event.payload) or 0)
    if case is None or desk.member(event.who.id) is not None:
        return None
    return case if fits(event.payload, case) else None


def _as_staff(event: e.CustomerEvent, known: Known, desk: Desk) -> e.StaffWrote | None:
    """Return a private message as staff's, when it replies to something only staff are sent."""
    if not isinstance(event, e.CustomerSaid) or event.reply_to is None:
        return None
    link = known.links.get((event.who.id, event.reply_to))
    if link is None or not link.kind.startswith(STAFF_KINDS) or not desk.member(event.who.id):
        return None
    return e.StaffWrote(
        event.key,
        event.at,
        event.who,
        event.who.id,
        event.message_id,
        text=event.text,
        entities=event.entities,
        media=event.media,
        reply_to=event.reply_to,
    )


def _of_staff(event: e.StaffEvent, known: Known, desk: Desk) -> Place | None:
    private = event.chat > 0
    if about_menu(event) and (private or desk.is_room(event.chat)):
        known_here = desk.member(event.who.id) is not None
        if known_here or isinstance(event, e.StaffPressed):  # a forged press is told so as well
            return Place(event, papers=known.papers)
    if not private and not desk.is_room(event.chat) and not _about_rooms(event):
        return _stranger(event, desk)
    if private and desk.member(event.who.id) is None and not _about_rooms(event):
        return _not_staff(event, known, desk)
    ties = _ties(event, known, desk)
    if isinstance(event, e.StaffCommanded) and event.command == TAKE_DOWN:
        return Place(event, ties=ties)  # a new case, wherever it was written
    found = _case_of(event, known, ties)
    case = known.cases.get(found) if found is not None else None
    cases = {case.id: case} if case else {}
    if isinstance(event, e.StaffCommanded) and event.command in LISTS:
        cases = known.listed | cases
    customer = known.customers.get(case.customer) if case else None
    if case is not None and customer is None:
        customer = Customer(id=case.customer, name=case.name)
    number = case.id if case else None
    return Place(event, customer, number, cases, ties, papers=known.papers)


def _about_rooms(event: e.StaffEvent) -> bool:
    if isinstance(event, e.StaffPressed):
        return event.data.startswith("r:")
    return isinstance(event, e.StaffCommanded) and event.command == "setup"


def about_menu(event: e.Event) -> bool:
    """Whether an event is about an admin's menu."""
    match event:
        case e.StaffPressed():
            return event.data.startswith("a:")
        case e.StaffCommanded():
            return event.command in OPENED
        case _:
            return isinstance(event, e.BacktestStep | e.BacktestDone | e.AdminSent)


def as_typed(event: e.Event, desk: Desk) -> e.AdminTyped | None:
    """Return a private message as what the menu of its author awaits; None: it awaits nothing.

    Only plain words count: a reply, a picture or something forwarded goes its usual way.
    """
    if not isinstance(event, e.CustomerSaid | e.CustomerCommanded):
        return None
    session = desk.sessions.get(event.who.id)
    awaited = session.awaits if session is not None else None
    if awaited is None or event.at > awaited.until or desk.member(event.who.id) is None:
        return None
    typed = e.AdminTyped(event.key, event.at, event.who, event.who.id, event.message_id)
    match event:
        case e.CustomerCommanded():
            return replace(typed, cancelled=True) if event.command == "withdraw" else None
        case e.CustomerSaid():
            plain = event.text and not (event.media or event.forwarded or event.reply_to)
            return replace(typed, text=event.text, facts=event.facts) if plain else None
    return None


def _stranger(event: e.StaffEvent, _desk: Desk) -> Place | None:
    if not isinstance(event, e.StaffWrote | e.StaffCommanded):
        return None
    spoke = e.StrangerSpoke(
        event.key, event.at, event.who, event.chat, event.message_id, event.thread
    )
    return Place(spoke, once=once(event.chat, event.who.id))


def _not_staff(event: e.StaffEvent, known: Known, desk: Desk) -> Place | None:
    """Take what only staff may do, by somebody who is none, as a customer's: nobody is ignored."""
    match event:
        case e.StaffCommanded():
            return _of_customer(
                e.CustomerCommanded(event.key, event.at, event.who, event.message_id, "help"),
                known,
                desk,
            )
        case e.StaffPressed():
            return _of_customer(
                e.CustomerPressed(
                    event.key, event.at, event.who, event.data, event.query_id, event.message_id
                ),
                known,
                desk,
            )
    return None


def _case_of(event: e.StaffEvent, known: Known, ties: dict[Pair, Tie]) -> int | None:
    if event.thread is not None and (event.chat, event.thread) in known.topics:
        return known.topics[event.chat, event.thread]
    for tie in ties.values():
        return tie.case
    match event:
        case e.StaffPressed() if event.data.startswith(CASE_BUTTONS):
            named: Sequence[int] = sorted(numbers(event.data))
        case e.StaffCommanded() if event.argument:
            named = [int(number) for number in NUMBER.findall(event.argument)[:1]]
        case e.StaffWrote() | e.StaffCommanded():
            named = [int(number) for number in REFERENCE.findall(event.quoted)[:1]]
        case _:
            named = []
    return next((number for number in named if number in known.cases), None)


def _of_case(event: e.Event, number: int | None, known: Known) -> Place | None:
    case = known.cases.get(number) if number is not None else None
    if case is None:
        return None if isinstance(event, e.Woken) else Place(event)
    customer = known.customers.get(case.customer) or Customer(id=case.customer, name=case.name)
    mine = {one.id: one for one in known.cases.values() if one.customer == case.customer}
    return Place(event, customer, case.id, mine)


# ---- ties -----------------------------------------------------------------------------------


def _ties(event: e.Event, known: Known, desk: Desk) -> dict[Pair, Tie]:
    """Return what is known of the message an event replies to, or edits."""
    match event:
        case e.CustomerSaid() if event.reply_to is not None:
            return _peer_of(known, (event.who.id, event.reply_to))
        case e.CustomerEdited():
            return _copy_of(known, (event.who.id, event.message_id), desk)
        case e.StaffEdited() | e.StaffReacted():
            return _copy_of(known, (event.chat, event.message_id))
        case e.StaffCommanded(command="unsend") if event.reply_to is not None:
            said = (event.chat, event.reply_to)
            others = sorted(known.siblings([said]) - {said})
            return {
                pair: tie for one in (said, *others) for pair, tie in _copy_of(known, one).items()
            }
        case e.StaffWrote() | e.StaffCommanded() if event.reply_to is not None:
            return _peer_of(known, (event.chat, event.reply_to))
    return {}


def _peer_of(known: Known, pair: Pair) -> dict[Pair, Tie]:
    link = known.links.get(pair)
    if link is None or (link.case is None and not link.kind.startswith("prompt:")):
        return {}
    peer = _pair(link.peer_chat, link.peer_message)
    if peer is None and known.copies.get(pair):
        copy = known.copies[pair][0]
        peer = (copy.chat, copy.message)
    return {pair: Tie(link.case, link.kind, peer)}


def _copy_of(known: Known, pair: Pair, desk: Desk | None = None) -> dict[Pair, Tie]:
    """Return the copy of a message; with `desk`, the one in a room where its case is now."""
    # a message that went on joined with others has no copy of its own to follow it
    copies = [c for c in known.copies.get(pair, ()) if c.case is not None and c.kind != "joined"]
    if desk is not None:
        copies = [c for c in copies if _stands_in_room(c, known, desk)]
    link = known.links.get(pair)
    if copies:
        copy = copies[-1]
        return {pair: Tie(copy.case or 0, "origin", (copy.chat, copy.message))}
    if link is not None and link.case is not None:
        return {pair: Tie(link.case, link.kind)}
    return {}


def _stands_in_room(copy: Link, known: Known, desk: Desk) -> bool:
    case = known.cases.get(copy.case) if copy.case is not None else None
    return case is not None and copy.chat in desk.rooms(case)


def _pair(chat: int | None, message: int | None) -> Pair | None:
    return None if chat is None or message is None else (chat, message)
