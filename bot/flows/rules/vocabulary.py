"""The words rules are made of: what starts one and what it may ask of a case.

A closed vocabulary of discriminated models, so that a rule is data that can be checked, shown as
a sentence, edited by buttons and judged again on past cases. There are no expressions. What a
condition means is said in `conditions`; nothing here looks at a case.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from bot.flows.calendar import Length, Span
from bot.flows.frozen import Written
from bot.flows.model import Claim, Grade, Status
from bot.flows.people import Role

Trigger = Literal[
    "said",  # the customer wrote
    "changed",  # a fact, grade or category changed
    "filed",
    "confirmed",
    "handed_off",
    "accepted",
    "staff_said",
    "promise_due_soon",
    "promise_missed",
    "rated",
    "reopened",
    "time",
]

Signal = Literal["safety", "human", "anger", "threat_legal", "threat_regulator", "threat_media"]
PromiseKind = Literal[
    "accept", "first_answer", "update", "containment", "analysis", "resolution", "follow_up", "word"
]
Languages = Literal["en", "zh_Hans", "zh_Hant"]


class SignalSeen(Written):
    """The customer's words show one of these signals, in so many messages at least."""

    test: Literal["signal"]
    any_of: tuple[Signal, ...] = Field(min_length=1)
    words: tuple[str, ...] = ()  # only if the words that show it contain one of these
    kinds: tuple[str, ...] = ()  # only these kinds of danger: injury, allergy, fire …
    at_least: int = Field(default=1, ge=1, le=20)  # messages


class WordsSaid(Written):
    """The customer's words contain one of these; `*` stands for a few characters, `#` a digit."""

    test: Literal["words"]
    any_of: tuple[Annotated[str, Field(min_length=1, max_length=80)], ...] = Field(min_length=1)


class AmountAtLeast(Written):
    """The amount at stake reaches its currency's limit; `*` is for currencies not named."""

    test: Literal["amount"]
    at_least: dict[str, Annotated[int, Field(ge=0)]] = Field(min_length=1)  # minor units


class ClaimIs(Written):
    """What they want is of this kind: put right, compensation, an apology or explanation only."""

    test: Literal["claim"]
    any_of: tuple[Claim, ...] = Field(min_length=1)


class FailedQuestions(Written):
    """So many questions in a row were answered unreadably."""

    test: Literal["failed_questions"]
    at_least: int = Field(default=2, ge=1)


class Unanswered(Written):
    """So many messages of the customer came since a person last wrote."""

    test: Literal["unanswered"]
    at_least: int = Field(default=3, ge=1)


class Transfers(Written):
    """The case changed hands so many times."""

    test: Literal["transfers"]
    at_least: int = Field(default=2, ge=1)


class PromiseMissed(Written):
    """A promise of this kind is past due and unkept."""

    test: Literal["promise_missed"]
    kind: PromiseKind = "first_answer"


class PromiseDueSoon(Written):
    """A promise of this kind comes due within this time."""

    test: Literal["promise_due_soon"]
    kind: PromiseKind = "first_answer"
    within: Length = Span(seconds=1800)


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


class LevelIs(Written):
    """The case lies at one of these levels of the ladder."""

    test: Literal["level"]
    any_of: tuple[Role, ...] = Field(min_length=1)


class CategoryIs(Written):
    """The case is of one of these categories."""

    test: Literal["category"]
    any_of: tuple[str, ...] = Field(min_length=1)


class SourceIs(Written):
    """The case came in by one of these: a deep-link payload, or the beginning of one with `*`."""

    test: Literal["source"]
    any_of: tuple[str, ...] = Field(min_length=1)


class GroupIs(Written):
    """The customer belongs to one of these groups."""

    test: Literal["group"]
    any_of: tuple[str, ...] = Field(min_length=1)


class TagIs(Written):
    """A rule or a person put one of these tags on the case."""

    test: Literal["tag"]
    any_of: tuple[str, ...] = Field(min_length=1)


class LanguageIs(Written):
    """The customer speaks one of these."""

    test: Literal["language"]
    any_of: tuple[Languages, ...] = Field(min_length=1)


class Attached(Written):
    """The customer sent photos, documents or the like."""

    test: Literal["attachment"]
    at_least: int = Field(default=1, ge=1)


class OnTheSpot(Written):
    """The customer is being served right now."""

    test: Literal["on_the_spot"]


class Accuses(Written):
    """The case accuses a member of staff."""

    test: Literal["accuses_staff"]


class Owned(Written):
    """Somebody has taken the case."""

    test: Literal["owned"]


class Reopened(Written):
    """The case was reopened so many times."""

    test: Literal["reopened"]
    at_least: int = Field(default=1, ge=1)


class SameCustomer(Written):
    """The customer filed so many earlier complaints within the last days."""

    test: Literal["same_customer"]
    at_least: int = Field(default=1, ge=1, le=20)
    days: int = Field(default=30, ge=1, le=400)


AlikeBy = Literal["category", "product", "place"]
ALIKE_BY: tuple[AlikeBy, ...] = get_args(AlikeBy)
"""What cases may have in common."""


class Alike(Written):
    """So many cases like this one, itself counted, were filed within the last days."""

    test: Literal["alike"]
    by: AlikeBy = "category"
    at_least: int = Field(default=5, ge=2, le=50)
    days: int = Field(default=7, ge=1, le=400)


class WorkingTime(Written):
    """The desk is open at this moment."""

    test: Literal["working_time"]


Event = Literal[
    "opened", "filed", "accepted", "first_answer", "customer_word", "staff_word", "status"
]


class Age(Written):
    """So long ago did this happen, and the like has not happened since."""

    test: Literal["age"]
    since: Event
    at_least: Length


class Was(Written):
    """In this very change, the grade, category, status or level was one of these before."""

    test: Literal["was"]
    field: Literal["grade", "category", "status", "level"]
    any_of: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self) -> Self:
        allowed = {"grade": Grade, "status": Status, "level": Role}.get(self.field)
        unknown = [one for one in self.any_of if allowed and one not in {*allowed}]
        if unknown and allowed:
            msg = f"there is no {self.field} {unknown[0]!r}: use {', '.join(allowed)}"
            raise ValueError(msg)
        return self


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
    | WordsSaid
    | AmountAtLeast
    | ClaimIs
    | FailedQuestions
    | Unanswered
    | Transfers
    | PromiseMissed
    | PromiseDueSoon
    | RatingAtMost
    | StatusIs
    | GradeIs
    | LevelIs
    | CategoryIs
    | SourceIs
    | GroupIs
    | TagIs
    | LanguageIs
    | Attached
    | OnTheSpot
    | Accuses
    | Owned
    | Reopened
    | SameCustomer
    | Alike
    | WorkingTime
    | Age
    | Was
    | Fired
    | AllOf
    | AnyOf
    | Not,
    Field(discriminator="test"),
]

for _nest in (AllOf, AnyOf, Not):
    _nest.model_rebuild()
