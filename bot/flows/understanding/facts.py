"""What was read from one message: the dictionary of this room, and nothing else.

Values are plain strings so that Facts travel in events and are stored as JSON. Spans count
characters (code points) of the ORIGINAL text: `text[start:end] == found.text`.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

Slot = Literal[
    "when", "amount", "reference", "phone", "email", "quantity", "product", "place", "person"
]
SignalName = Literal["safety", "human", "anger", "threat_legal", "threat_regulator", "threat_media"]

CATEGORIES: Final = (
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
REMEDIES: Final = (
    "refund",
    "exchange",
    "repair",
    "compensation",
    "apology",
    "explanation",
    "cancel",
    "other",
)
PARTS: Final = ("dawn", "morning", "noon", "afternoon", "evening", "night")
SAFETY_KINDS: Final = (
    "injury",
    "allergy",
    "food_poisoning",
    "fire",
    "smoke_electric",
    "trapped",
    "self_harm",
    "violence",
    "other",
)
SIGNALS: Final = (
    "safety",
    "human",
    "anger",
    "threat_legal",
    "threat_regulator",
    "threat_media",
)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Found(_Record):
    """One fact with its place in the text.

    `value` by slot: when `YYYY-MM-DD`, `YYYY-MM` or `YYYY-MM-DDTHH:MM`; amount whole minor
    units (ISO 4217 exponent, "129900" is 1,299.00) in `currency`; phone E.164; quantity a
    decimal number in `unit`; the others as written. `kind` refines a slot: reference
    order|invoice|…, phone customer|company, amount disputed|mentioned,
    when past|purchase|contact|earlier|future|deadline|undated (a clock time only: its day is guessed),
    place branch|table|room|area, person
    customer|staff. `confidence` is 0 to 1; `guessed` asks to be shown back for a tap.
    """

    slot: Slot
    value: str
    text: str
    start: int
    end: int
    confidence: float
    guessed: bool = False
    part: str | None = None
    currency: str | None = None
    unit: str | None = None
    kind: str | None = None


class Signal(_Record):
    """A warning sign and the words that show it; `kind` says which danger for `safety`."""

    name: SignalName
    text: str
    start: int
    end: int
    kind: str | None = None


class Facts(_Record):
    """Everything one message tells."""

    language: str = ""
    cantonese: bool = False
    found: tuple[Found, ...] = ()
    incident: str | None = None
    incident_time: str | None = None
    incident_guessed: bool = False
    incident_told: bool = True  # False: only the day of a purchase is told, in its place
    remedies: tuple[str, ...] = ()
    remedies_rejected: tuple[str, ...] = ()
    wish: bool = False  # it begins as a wish for one of them: 希望…, 要…, I want …
    category: str = "other"
    category_confidence: float = 0.0
    kind: Literal["complaint", "feedback"] = "complaint"
    kind_confidence: float = 0.5
    signals: tuple[Signal, ...] = ()
    assault: str = ""  # the words that say that staff laid hands on somebody
    intents: tuple[str, ...] = ()

    def of(self, slot: Slot) -> tuple[Found, ...]:
        """Return what was found for one slot, in the order of the text."""
        return tuple(found for found in self.found if found.slot == slot)

    def best(self, slot: Slot) -> Found | None:
        """Return the surest find for one slot, the first one where several are equally sure."""
        return max(self.of(slot), key=lambda found: found.confidence, default=None)

    def has(self, signal: SignalName) -> bool:
        """Tell whether a signal was raised."""
        return any(raised.name == signal for raised in self.signals)
