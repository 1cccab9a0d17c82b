"""What a rule may do: a closed list. How each is carried out is said in `judging`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.flows.calendar import Length, Span
from bot.flows.frozen import Written
from bot.flows.model import Grade
from bot.flows.people import Role
from bot.flows.rules.vocabulary import AlikeBy, Languages, PromiseKind

Words = Annotated[str, Field(min_length=1, max_length=1000)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class HandOff(Written):
    """A person at this level of the ladder takes over."""

    do: Literal["hand_off"]
    level: Role = Role.AGENT
    tell: str = "handed_off.other"  # text id of what the customer hears; "" for nothing


class SetGrade(Written):
    """The case is this grave (never lowers what staff or danger set)."""

    do: Literal["grade"]
    grade: Grade


class Assign(Written):
    """This member of staff becomes the owner, unless they are away or it has one."""

    do: Literal["assign"]
    to: int  # Telegram user id


class PutTag(Written):
    """Put a tag on the case."""

    do: Literal["tag"]
    tag: Name


class UseTarget(Written):
    """From now on this row of the policy table holds for the case."""

    do: Literal["target"]
    row: str


class Notify(Written):
    """Tell the people of this role, or one person, in private."""

    do: Literal["notify"]
    role: Role = Role.SUPERVISOR
    person: int | None = None


class TellCustomer(Written):
    """The customer hears these words, in their language where it is given, else in any.

    `{ref}` stands for the case's number, `{name}` for how they are addressed.
    """

    do: Literal["tell_customer"]
    words: dict[Languages, Words] = Field(min_length=1)


class MakePromise(Written):
    """The customer is promised word within this time, and told so."""

    do: Literal["promise"]
    kind: PromiseKind = "update"
    within: Length


class Survey(Written):
    """Ask the customer whether it is done as agreed, and for a rating."""

    do: Literal["survey"]


class Propose(Written):
    """Propose a corrective action to the managers, once for the cases that are alike.

    What they have in common is what the rule's `alike` compares; without one it is this case.
    """

    do: Literal["corrective_action"]
    within: Length = Span(seconds=14 * 86400)  # how long whoever opens it has


class AskApproval(Written):
    """Ask somebody of this role for a yes or no, kept on the case; the customer hears nothing."""

    do: Literal["ask_approval"]
    role: Role = Role.MANAGER
    what: str = Field(default="", max_length=200)  # what is to be approved; "" gives the reason


class CallCrisis(Written):
    """Propose crisis mode for cases like this one to the managers; `open` begins it at once."""

    do: Literal["crisis"]
    by: AlikeBy = "category"  # what makes a case one of them, where the rule does not compare
    open: bool = False
    words: dict[Languages, Words] = {}  # the approved statement; needed to open at once

    @model_validator(mode="after")
    def _approved(self) -> Self:
        if self.open and not self.words:
            msg = (
                "crisis: it can open by itself only with an approved statement: write 'words', "
                "or leave 'open' out and a manager decides"
            )
            raise ValueError(msg)
        return self


class CallWebhook(Written):
    """Post number, category, grade, status and rule to a webhook of the configuration, signed."""

    do: Literal["webhook"]
    hook: str


Action = Annotated[
    HandOff
    | SetGrade
    | Assign
    | PutTag
    | UseTarget
    | Notify
    | TellCustomer
    | MakePromise
    | Survey
    | Propose
    | AskApproval
    | CallCrisis
    | CallWebhook,
    Field(discriminator="do"),
]
