"""Playbooks: for each category, the facts a case of that kind needs and how to ask for them.

Playbooks are data (`packs/*.yaml`), checked here when loaded. Wordings are text ids; the
catalogues hold the words. Nothing here asks anybody anything.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.flows.frozen import Written
from bot.flows.model import Grade

FactType = Literal[
    "text", "date", "reference", "amount", "contact", "choice", "yesno", "place", "quantity"
]

CATEGORIES = (
    "product_quality",
    "delivery",
    "service_attitude",
    "wait_response",
    "billing",
    "facility",
    "outage",
    "privacy_fraud",
    "misleading",
    "safety_injury",
    "other",
)
"""The general pack. Understanding proposes one of these; a trade's pack adds to it."""

REMEDIES = (
    "refund",
    "exchange",
    "repair",
    "compensation",
    "apology",
    "explanation",
    "cancel",
    "other",
)


def _strings(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class FactAsked(Written):
    """One fact of a playbook."""

    id: str = Field(pattern=r"^[a-z_]{2,24}$")
    type: FactType = "text"
    required: bool = False  # no Skip; without it a confirmed filing is refused
    ask: Annotated[tuple[str, ...], BeforeValidator(_strings)]  # first form, plainer form …
    choices: tuple[str, ...] = ()  # ids; worded by `choice.<id>`
    slots: tuple[str, ...] = ()  # slots of understanding that answer it unasked

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type == "choice" and not self.choices:
            msg = f"fact {self.id!r} is a choice without choices: list them under 'choices'"
            raise ValueError(msg)
        if not self.ask:
            msg = f"fact {self.id!r} has no question: give a text id under 'ask'"
            raise ValueError(msg)
        return self

    def wording(self, failed: int) -> str:
        """Return the text id for this try: another form after each failed answer."""
        return self.ask[min(failed, len(self.ask) - 1)]


class Playbook(Written):
    """What a case of one category needs."""

    id: str
    grade: Grade = Grade.GENERAL
    accused: bool = False  # by its nature it accuses a member of staff
    facts: tuple[FactAsked, ...]
    remedies: tuple[str, ...] = ("refund", "exchange", "compensation", "apology", "explanation")
    most: int = Field(default=6, ge=1, le=12)  # questions asked at most
    hidden: bool = False  # no new case gets it: neither offered nor chosen from what they write

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        ids = [fact.id for fact in self.facts]
        twice = {one for one in ids if ids.count(one) > 1}
        if twice:
            msg = f"playbook {self.id!r} asks for {sorted(twice)} twice: keep one of each"
            raise ValueError(msg)
        unknown = set(self.remedies) - set(REMEDIES)
        if unknown:
            msg = f"playbook {self.id!r} offers unknown remedies {sorted(unknown)}: use {REMEDIES}"
            raise ValueError(msg)
        return self

    def fact(self, fact_id: str) -> FactAsked | None:
        """Return the fact of that id, if the playbook has it."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)


SLOT_TO_FACT = {
    "when": "when",
    "amount": "amount",
    "reference": "order",
    "phone": "contact",
    "email": "contact",
    "product": "product",
    "place": "place",
    "person": "who",
    "quantity": "quantity",
}
"""Where a slot of understanding goes when the playbook says nothing else."""

WHAT = "what"
WHAT_FACT = FactAsked(id=WHAT, ask=("ask.what", "ask.what.again"))
COMMON = {
    WHAT: WHAT_FACT,
    "contact": FactAsked(id="contact", type="contact", ask=("ask.contact", "ask.contact.again")),
    "place": FactAsked(id="place", type="place", ask=("ask.place", "ask.place.again")),
    "when": FactAsked(
        id="when", type="date", ask=("ask.when", "ask.when.again"), choices=("today", "yesterday")
    ),
    "order": FactAsked(id="order", type="reference", ask=("ask.order", "ask.order.again")),
    "amount": FactAsked(id="amount", type="amount", ask=("ask.amount", "ask.amount.again")),
    "product": FactAsked(id="product", ask=("ask.product", "ask.product.again")),
    "who": FactAsked(id="who", ask=("ask.who", "ask.who.again")),
    "quantity": FactAsked(
        id="quantity", type="quantity", ask=("ask.quantity", "ask.quantity.again")
    ),
}
"""Facts that may come up in any category."""
