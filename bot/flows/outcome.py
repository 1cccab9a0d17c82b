"""What a turn decided: what is saved, what is done, what follows in the same transaction.

Nothing but values: it must never know how any of it is decided or carried out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.flows.effects import Effect
from bot.flows.model import Case, Entry
from bot.flows.people import Customer

if TYPE_CHECKING:
    from bot.flows.desk import Config
    from bot.flows.events import Media, Minuted
    from bot.flows.people import Staff, Team
    from bot.flows.records import CorrectiveAction, Crisis
    from bot.flows.session import AdminSession
    from bot.flows.versions import Applied, Version


@dataclass(frozen=True, slots=True)
class Tie:
    """What is remembered of a message: its case, what it is, and its copy elsewhere."""

    case: int | None  # None: about the desk and no one case
    kind: str
    peer: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An attachment to be remembered with its case."""

    case: int
    n: int
    media: Media


@dataclass(slots=True)
class Outcome:
    """What a turn decided; the app saves the first part and enqueues the effects."""

    customer: Customer | None = None
    cases: dict[int, Case] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    ties: dict[tuple[int, int], Tie] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    team: Team | None = None
    staff: dict[int, Staff] = field(default_factory=dict)
    redeemed: tuple[int, ...] | None = None
    config: Config | None = None
    crises: dict[int, Crisis] = field(default_factory=dict)
    actions: dict[int, CorrectiveAction] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)  # keys that only one transaction may ever write
    version: Version | None = None  # the row of the history that goes with `config`
    applied: tuple[Applied, ...] | None = None
    sessions: dict[int, AdminSession] = field(default_factory=dict)
    offer_answered: bool = False  # the changed file was taken up, or declined
    wake_open: bool = False  # look at every open case again: a room or a rule changed
    # what follows in the same transaction:
    uncounted: dict[int, set[str]] = field(default_factory=dict)  # case -> triggers put off
    tally: set[int] = field(default_factory=set)  # crises whose cases are to be counted
    minutes: list[Minuted] = field(default_factory=list)
    relike: set[int] = field(default_factory=set)  # cases that others now find by other values
