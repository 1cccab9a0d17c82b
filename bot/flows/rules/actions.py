"""What a rule may do: a closed list. How each is carried out is said in `judging`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.flows.calendar import Length
from bot.flows.frozen import Written
from bot.flows.model import Grade, Role
from bot.flows.rules.vocabulary import Languages, PromiseKind

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
    words: dict[Languages, Annotated[str, Field(min_length=1, max_length=1000)]] = Field(
        min_length=1
    )


class MakePromise(Written):
    """The customer is promised word within this time, and told so."""

    do: Literal["promise"]
    kind: PromiseKind = "update"
    within: Length


class Survey(Written):
    """Ask the customer whether it is done as agreed, and for a rating."""

    do: Literal["survey"]


Action = Annotated[
    HandOff | SetGrade | Assign | PutTag | UseTarget | Notify | TellCustomer | MakePromise | Survey,
    Field(discriminator="do"),
]
