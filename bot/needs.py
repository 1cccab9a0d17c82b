"""What a batch of events must read, told from the events alone. Pure.

It must never know the store: `app` reads what `needs_of` names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.flows import events as e
from bot.flows.invitation import invited_to
from bot.flows.session import NO_WANTS, Wants

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[int, int]
TAKE_DOWN = "log"
"""The command by which staff record a complaint for a customer."""
REFERENCE = re.compile(r"\bC-(\d{1,15})\b")
NUMBER = re.compile(r"\d{1,15}")


@dataclass(slots=True)
class Needs:
    """What a batch has to read."""

    keys: set[str] = field(default_factory=set)
    customers: set[int] = field(default_factory=set)
    cases: set[int] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)
    topics: set[Pair] = field(default_factory=set)
    lists: bool = False  # the cases that nobody has
    owners: set[int] = field(default_factory=set)  # whose cases are listed
    unsends: set[Pair] = field(default_factory=set)  # answers to be taken back
    overdue: bool = False  # every open case in which something is overdue
    number: bool = False  # a case may be opened
    wants: Wants = NO_WANTS  # what a list is made of that is no case


def needs_of(events: Iterable[e.Event]) -> Needs:
    """Return what these events need read."""
    needs = Needs()
    for event in events:
        needs.keys.add(event.key)
        _need(needs, event)
    return needs


def _need(needs: Needs, event: e.Event) -> None:
    match event:
        case e.CustomerEvent():
            needs.customers.add(event.who.id)
            needs.number = True
            _customer_needs(needs, event)
        case e.StaffEvent():
            _staff_needs(needs, event)
        case e.StrangerSpoke():
            needs.keys.add(once(event.chat, event.who.id))
        case e.Woken() | e.Counted() | e.Minuted():
            needs.cases.add(event.case)
        case e.DayBegan():
            needs.overdue = True
        case e.DeliveryFailed():
            needs.cases |= set() if event.case is None else {event.case}
            needs.customers |= set() if event.customer is None else {event.customer}


def _customer_needs(needs: Needs, event: e.CustomerEvent) -> None:
    match event:
        case e.CustomerSaid() if event.reply_to is not None:
            needs.pairs.add((event.who.id, event.reply_to))
        case e.CustomerEdited():
            needs.pairs.add((event.who.id, event.message_id))
        case e.CustomerPressed():
            needs.cases |= numbers(event.data)
        case e.CustomerStarted():
            invited = invited_to(event.payload)
            needs.cases |= set() if invited is None else {invited}


def _staff_needs(needs: Needs, event: e.StaffEvent) -> None:
    needs.keys.add(once(event.chat, event.who.id))
    if event.chat > 0:
        needs.customers.add(event.who.id)  # who turns out to be no staff is a customer
    if event.thread is not None:
        needs.topics.add((event.chat, event.thread))
    match event:
        case e.StaffWrote() | e.StaffCommanded():
            if event.reply_to is not None:
                needs.pairs.add((event.chat, event.reply_to))
            needs.cases |= references(event.quoted)
            if isinstance(event, e.StaffCommanded):
                needs.cases |= {int(n) for n in NUMBER.findall(event.argument)[:1]}
                needs.lists |= event.command == "queue"
                needs.owners |= {event.who.id} if event.command in {"mine", "away"} else set()
                if event.command == "unsend" and event.reply_to is not None:
                    needs.unsends.add((event.chat, event.reply_to))
                needs.number |= event.command == TAKE_DOWN
                needs.wants |= Wants(breaches=event.command == "breaches")
        case e.StaffEdited() | e.StaffReacted():
            needs.pairs.add((event.chat, event.message_id))
        case e.StaffPressed() if event.data.startswith(CASE_BUTTONS):
            needs.cases |= numbers(event.data)


CASE_BUTTONS = ("s:", "m:by:")
"""How the data of staff's buttons begins whose number is a case's."""


def numbers(data: str) -> set[int]:
    """Return the case that a button is about, none or one."""
    address = data.split(":", 3)[2:3]
    return {int(number) for part in address for number in NUMBER.findall(part)}


def references(text: str) -> set[int]:
    """Return the cases that a text names, three at most."""
    return {int(number) for number in REFERENCE.findall(text)[:3]}


def once(chat: int, user: int) -> str:
    """Return the key under which somebody is answered once in a chat."""
    return f"once:{chat}:{user}"
