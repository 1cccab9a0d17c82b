"""The form of a rule: when (trigger), if (conditions), then (actions). A closed vocabulary.

A rule is data, checked when loaded; there are no expressions to evaluate. What a condition means
is said in `conditions`, what an action does in `carry_out`; nothing here looks at a case.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.flows.model import Grade, Role, Status, Written

Trigger = Literal[
    "said",  # the customer wrote
    "changed",  # a fact, grade or category changed
    "filed",
    "confirmed",
    "handed_off",
    "accepted",
    "staff_said",
    "promise_missed",
    "rated",
    "reopened",
    "time",
]

Signal = Literal["safety", "human", "anger", "threat_legal", "threat_regulator", "threat_media"]


class SignalSeen(Written):
    """The customer's words show one of these signals."""

    test: Literal["signal"]
    any_of: tuple[Signal, ...] = Field(min_length=1)
    words: tuple[str, ...] = ()  # only if the words that show it contain one of these


class AmountAtLeast(Written):
    """The amount at stake reaches its currency's limit; `*` is for currencies not named."""

    test: Literal["amount"]
    at_least: dict[str, int] = Field(min_length=1)  # ISO 4217 -> minor units


class FailedQuestions(Written):
    """So many questions in a row were answered unreadably."""

    test: Literal["failed_questions"]
    at_least: int = Field(default=2, ge=1)


class PromiseMissed(Written):
    """A promise of this kind is past due and unkept."""

    test: Literal["promise_missed"]
    kind: Literal["first_answer", "update", "resolution"] = "first_answer"


class RatingAtMost(Written):
    """The customer rated the outcome this low (1 to 5)."""

    test: Literal["rating"]
    at_most: int = Field(default=3, ge=1, le=5)


class StatusIs(Written):
    """The case stands at one of these."""

    test: Literal["status"]
    any_of: tuple[Status, ...] = Field(min_length=1)


class GradeIs(Written):
    """The case has one of these grades."""

    test: Literal["grade"]
    any_of: tuple[Grade, ...] = Field(min_length=1)


class CategoryIs(Written):
    """The case is of one of these categories."""

    test: Literal["category"]
    any_of: tuple[str, ...] = Field(min_length=1)


class OnTheSpot(Written):
    """The customer is being served right now."""

    test: Literal["on_the_spot"]


class Reopened(Written):
    """The case was reopened so many times."""

    test: Literal["reopened"]
    at_least: int = Field(default=1, ge=1)


class Fired(Written):
    """Another rule has fired for this case before."""

    test: Literal["fired"]
    rule: str


class AllOf(Written):
    """Every one of these holds."""

    test: Literal["all"]
    of: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(Written):
    """At least one of these holds."""

    test: Literal["any"]
    of: tuple[Condition, ...] = Field(min_length=1)


class Not(Written):
    """This does not hold."""

    test: Literal["not"]
    of: Condition


Condition = Annotated[
    SignalSeen
    | AmountAtLeast
    | FailedQuestions
    | PromiseMissed
    | RatingAtMost
    | StatusIs
    | GradeIs
    | CategoryIs
    | OnTheSpot
    | Reopened
    | Fired
    | AllOf
    | AnyOf
    | Not,
    Field(discriminator="test"),
]


class HandOff(Written):
    """A person at this level of the ladder takes over."""

    do: Literal["hand_off"]
    level: Role = Role.AGENT
    tell: str = "handed_off.other"  # text id of what the customer hears


class SetGrade(Written):
    """The case is this grave (never lowers what staff or danger set)."""

    do: Literal["grade"]
    grade: Grade


class Notify(Written):
    """Tell the people of this role in private."""

    do: Literal["notify"]
    role: Role = Role.SUPERVISOR


Action = Annotated[HandOff | SetGrade | Notify, Field(discriminator="do")]


class Rule(Written):
    """One rule. Fires at most once per case and reason unless it says otherwise."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    on: bool = True
    when: tuple[Trigger, ...] = Field(min_length=1)
    test: Condition = Field(alias="if")
    then: tuple[Action, ...] = Field(min_length=1)
    once: Literal["case", "episode", "reason"] = "case"
    stop: bool = False  # rules after this one are not looked at in the same round
    why: str = ""  # text id of the explanation; `rule.why.<id>` when empty

    model_config = {"frozen": True, "extra": "forbid", "populate_by_name": True}

    @property
    def explanation(self) -> str:
        """Return the text id that says why the rule fired."""
        return self.why or f"rule.why.{self.id}"


AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()
Rule.model_rebuild()
