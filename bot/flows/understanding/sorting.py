"""Which category a message belongs to, and whether it is a complaint or feedback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from bot.flows.understanding.facts import Signal
from bot.flows.understanding.page import Page

# Where two categories prove equally much, the more specific one wins.
_PRECEDENCE: Final = (
    "privacy_fraud",
    "outage",
    "billing",
    "misleading",
    "delivery",
    "service_attitude",
    "wait_response",
    "facility",
    "product_quality",
)
_HARM: Final = frozenset(
    {"injury", "allergy", "food_poisoning", "fire", "trapped", "self_harm", "other"}
)
_HARM_WEIGHT: Final = 9
_SMOKE_WEIGHT: Final = 3


def category(page: Page, signals: Sequence[Signal]) -> tuple[str, float]:
    """Return the category and how sure it is, 0 to 1; danger to people outweighs the rest."""
    scores: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for hit in page.hits:
        if hit.list != "categories":
            continue
        word = page.folded[hit.start : hit.end]
        if (hit.tag, word) in seen:
            continue
        seen.add((hit.tag, word))
        scores[hit.tag] = scores.get(hit.tag, 0) + hit.weight
    for signal in signals:
        if signal.name == "safety":
            weight = _HARM_WEIGHT if signal.kind in _HARM else _SMOKE_WEIGHT
            scores["safety_injury"] = scores.get("safety_injury", 0) + weight
    if not scores:
        return "other", 0.2
    total = sum(scores.values())
    best = max(scores, key=lambda tag: (scores[tag], -_rank(tag)))
    sure = scores[best] / total * min(1.0, 0.5 + scores[best] / 10)
    return best, round(sure, 2)


def _rank(tag: str) -> int:
    return _PRECEDENCE.index(tag) if tag in _PRECEDENCE else -1


def kind(
    page: Page, signals: Sequence[Signal], remedies: Sequence[str], category_score: float
) -> tuple[Literal["complaint", "feedback"], float]:
    """Return complaint or feedback; feedback only where clearly no outcome is wanted."""
    proofs = {"praise": 0, "suggestion": 0, "informing": 0}
    for hit in page.hits:
        if hit.list == "kinds" and not (hit.tag == "praise" and page.negator(hit.start)):
            proofs[hit.tag] += 1
    strong = any(signal.name != "anger" for signal in signals)
    angry = any(signal.name == "anger" for signal in signals)
    if strong or (angry and not proofs["informing"]):
        return "complaint", 0.9
    if proofs["informing"]:
        return "feedback", 0.85
    if remedies and set(remedies) != {"other"}:
        return "complaint", 0.9
    if proofs["suggestion"]:
        return "feedback", 0.75 if category_score < 0.7 else 0.6
    if proofs["praise"] and (proofs["praise"] > 1 or category_score < 0.5):
        return "feedback", 0.8
    return "complaint", 0.6 if category_score < 0.3 else 0.8
