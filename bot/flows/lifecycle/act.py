"""The circumstances of one act on one case: who does it, with what, why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.flows.model import Reason
from bot.flows.people import Role, Staff

if TYPE_CHECKING:
    from bot.flows.effects import Answer
    from bot.flows.events import StaffWrote
    from bot.flows.turn import Turn

NOBODY = Staff(id=0, name="")


@dataclass(slots=True)
class Act:
    """Who does it, with what: the circumstances of one act on one case."""

    staff: Staff = NOBODY
    arg: str = ""
    query: str = ""  # id of the button press to answer
    written: StaffWrote | None = None
    answers: int | None = None  # the customer's message that it was written to
    level: Role = Role.AGENT
    reason: Reason | None = None
    tell: str = ""
    told_otherwise: bool = False  # the people of the level hear of it from whoever acts
    answered: bool = field(default=False)
    refused: bool = False  # it could not be done after all: the case stays where it stands

    @property
    def by(self) -> str:
        """Who, as the timeline names them."""
        return f"staff:{self.staff.id}" if self.staff.id else self.actor

    actor: str = "desk"

    @property
    def wrote(self) -> StaffWrote:
        """Return the staff message this act was done with."""
        if self.written is None:
            msg = "this act came without a message"
            raise LookupError(msg)
        return self.written

    def say(self, turn: Turn, answer: Answer) -> None:
        """Answer the press, where there was one."""
        if answer.query_id:
            self.answered = True
            turn.do(answer)
