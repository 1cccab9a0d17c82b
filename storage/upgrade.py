"""Stored documents of older releases, brought up to the present form when they are read.

One table per document: format -> the function that turns that format into the next. Raise
`CASE_FORMAT` or `CUSTOMER_FORMAT` in the core only together with a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson

from bot.flows.model import CASE_FORMAT, Case
from bot.flows.people import CUSTOMER_FORMAT, Customer
from storage.errors import StoreError, TooNewError

if TYPE_CHECKING:
    from pydantic import BaseModel

Doc = dict[str, Any]
Upgrades = Mapping[int, Callable[[Doc], Doc]]
Model = TypeVar("Model", bound="BaseModel")


def _reasons_say_what_held(doc: Doc) -> Doc:
    """Format 1 kept one flat set of values beside a text id; format 2 keeps each condition."""
    tests = {
        "danger": "signal",
        "asks_manager": "signal",
        "asks_person": "signal",
        "outside_threat": "signal",
        "large_amount": "amount",
        "two_failed_questions": "failed_questions",
        "first_answer_late": "promise_missed",
        "update_late": "promise_missed",
        "low_rating": "rating",
    }
    reasons = [
        {
            **{name: value for name, value in one.items() if name not in {"why", "values"}},
            "held": [{"test": tests.get(one["rule"], one["rule"]), "values": one["values"]}],
        }
        for one in doc.get("reasons", ())
    ]
    return doc | {"reasons": reasons}


def _withheld_words_wait_with_the_others(doc: Doc) -> Doc:
    """Format 2 kept an outcome that staff were asked about apart; format 3 among what waits."""
    words = doc.get("withheld")
    if not words:
        return doc
    author = {"by": doc.get("owner") or 0, "name": doc.get("owner_name", "")}
    waits = {**words, **author, "act": "resolve", "arg": "anyway"}
    return doc | {"unsent": [*doc.get("unsent", ()), waits]}


CASE_UPGRADES: Upgrades = {1: _reasons_say_what_held, 2: _withheld_words_wait_with_the_others}
CUSTOMER_UPGRADES: Upgrades = {}

KNOWN = 64
"""Documents of a kind that are remembered: of as many people as write at the same time."""


@dataclass(frozen=True, slots=True)
class Form(Generic[Model]):
    """One kind of document: its model, the format written now, and the way up to it."""

    model: type[Model]
    format: int
    upgrades: Upgrades
    known: dict[int, tuple[str, Model]] = field(default_factory=dict)
    """The documents handled last, by id: what is read word for word as it was written here, or
    read before, is the same value and needs no parsing."""

    def __post_init__(self) -> None:
        """Refuse a table with a gap between its first row and the present format."""
        missing = set(range(min(self.upgrades, default=self.format), self.format))
        if missing := missing - set(self.upgrades):
            msg = (
                f"{self.model.__name__} is at format {self.format}, but storage.upgrade has no "
                f"way on from {sorted(missing)}: add it there."
            )
            raise TypeError(msg)

    def dump(self, number: int, value: Model) -> str:
        """Return a document as it is stored."""
        doc = value.model_dump_json()
        self._know(number, doc, value)
        return doc

    def recall(self, number: int, written: int, doc: str) -> Model:
        """Read the document of that id; one that has not changed is not parsed again."""
        known = self.known.get(number)
        if known is not None and known[0] == doc and written == self.format:
            return known[1]
        value = self.load(written, doc)
        self._know(number, doc, value)
        return value

    def _know(self, number: int, doc: str, value: Model) -> None:
        self.known.pop(number, None)
        self.known[number] = (doc, value)
        if len(self.known) > KNOWN:
            del self.known[next(iter(self.known))]  # the one that was handled longest ago

    def load(self, written: int, doc: str) -> Model:
        """Read a document that was written in some format."""
        if written == self.format:
            return self.model.model_validate_json(doc)
        if written > self.format:
            msg = (
                f"A {self.model.__name__.lower()} was stored by a newer release (format "
                f"{written}, this one reads up to {self.format}): install that release."
            )
            raise TooNewError(msg)
        return self.model.model_validate(self._upgraded(written, orjson.loads(doc)))

    def _upgraded(self, written: int, doc: Doc) -> Doc:
        for step in range(written, self.format):
            if step not in self.upgrades:
                msg = (
                    f"A {self.model.__name__.lower()} of format {written} can no longer be "
                    f"read: start an older release first, it upgrades the database."
                )
                raise StoreError(msg)
            doc = self.upgrades[step](doc)
        return doc


@dataclass(frozen=True, slots=True)
class Forms:
    """The kinds of documents there are."""

    case: Form[Case] = field(default=Form(Case, CASE_FORMAT, CASE_UPGRADES))
    customer: Form[Customer] = field(default=Form(Customer, CUSTOMER_FORMAT, CUSTOMER_UPGRADES))
