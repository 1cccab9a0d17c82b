"""What the rules would do with a sentence or a stored case: judged on a copy, nothing is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from bot.flows.absorb import hear
from bot.flows.effects import Value
from bot.flows.events import CustomerSaid, Who
from bot.flows.folder import Folder
from bot.flows.judging import judge
from bot.flows.model import Held, Status
from bot.flows.people import Customer
from bot.flows.rules.reasons import held_line
from bot.flows.rules.vocabulary import Trigger
from bot.flows.turn import Turn

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.desk import Config, Desk
    from bot.flows.model import Case
    from bot.flows.rules.model import Rule
    from bot.flows.understanding import Facts


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that would fire, and what held."""

    rule: Rule
    held: tuple[Held, ...]

    def why(self, currency: str) -> Value:
        """Say what held, with its values."""
        return held_line(self.held, currency)


def sentence_fires(
    desk: Desk, config: Config, text: str, facts: Facts | None, at: datetime
) -> list[Fired]:
    """Return what would fire for a customer who tells this and files it."""
    turn = Turn(desk.but(config=config, applied=()), at, customer=Customer(id=0))
    folder = turn.open_case()
    said = CustomerSaid("try", at, Who(0, ""), 0, text=text, facts=facts)
    hear(turn, folder, said)
    judge(turn, folder)
    if folder.case.status is Status.DRAFT:
        folder.edit(status=Status.QUEUED, filed_at=at, confirmed=True)
    folder.trigger("filed", "confirmed", "changed")
    judge(turn, folder)
    return _fired(turn, folder)


def case_fires(desk: Desk, config: Config, case: Case, at: datetime) -> list[Fired]:
    """Return what would fire for a stored case as it stands now, had no rule fired before."""
    turn = Turn(desk.but(config=config, applied=()), at, customer=Customer(id=case.customer))
    afresh = case.but(fired={}, fired_at={}, spared=(), held_back={}, entries=0)
    turn.folders[case.id] = folder = Folder(turn, afresh)
    folder.trigger(*get_args(Trigger))
    judge(turn, folder)
    return _fired(turn, folder)


def _fired(turn: Turn, folder: Folder) -> list[Fired]:
    rules = {rule.id: rule for rule in turn.desk.config.rules}
    return [
        Fired(
            rules[entry.data["rule"]],
            tuple(Held(test=one["test"], values=one["values"]) for one in entry.data["held"]),
        )
        for entry in turn.result.entries
        if entry.case == folder.case.id and entry.kind == "rule"
    ]
