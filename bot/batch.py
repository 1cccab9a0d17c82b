"""What one batch of events changes, before any of it is saved: values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from bot.addresses import Known
    from bot.flows import events as e
    from bot.flows.effects import Backtest, StopBacktest
    from bot.flows.model import Case
    from bot.flows.people import Customer
    from bot.flows.versions import Version
    from bot.texts.letters import Letter
    from storage.rows import Attached, Dead, Link


@dataclass(slots=True)
class Batch:
    """What one batch changes, gathered while its events are decided."""

    at: datetime
    known: Known
    last_number: int
    numbered: bool = False
    seen: list[str] = field(default_factory=list)
    customers: dict[int, Customer] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    media: list[Attached] = field(default_factory=list)
    links: dict[tuple[int, int], Link] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    dead: list[Dead] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    fleeting: list[Letter] = field(default_factory=list)
    readdress: list[tuple[int, int]] = field(default_factory=list)
    vacate: list[tuple[int, int]] = field(default_factory=list)  # (case, chat)
    versions: list[Version] = field(default_factory=list)
    wake_open: bool = False
    backtests: list[Backtest | StopBacktest] = field(default_factory=list)
    relike: set[int] = field(default_factory=set)  # cases that others find by other values now
    uncounted: dict[int, set[str]] = field(default_factory=dict)  # case -> triggers put off
    tally: set[int] = field(default_factory=set)  # crises that ended
    minutes: list[e.Minuted] = field(default_factory=list)

    @property
    def unfinished(self) -> bool:
        """Whether something follows from what was decided, in the same transaction."""
        return bool(self.uncounted or self.tally or self.minutes)
