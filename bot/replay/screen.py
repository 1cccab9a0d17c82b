"""What a customer reads off the screen: which question stands there and what each button says.

Only what is written is looked at, in the words of the catalogues, as somebody who reads the
language would; nothing of the desk's inside is known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.texts.catalogue import LANGUAGES, locale

if TYPE_CHECKING:
    from sandbox.model import Stored
    from sandbox.people import Actor

REGIONS = ("CN", "TW", "HK")
QUESTIONS = ("ask.", "danger.question", "kind.question", "category.question", "remedy.question")
QUESTIONS_TOO = ("summary.right", "change.question", "listening.")
BUTTONS = (
    *("button.", "choice.", "danger.", "kind.", "remedy.", "summary.", "change.", "category."),
    "fact.",
)
ENDINGS = ("feedback.upgrade", "greeting.tell", "withdrawn.undo")
MARKUP = re.compile(r"<[^>]+>")
PICKED = "✓ "


@dataclass(frozen=True, slots=True)
class Screen:
    """The newest question, as understood: text id, and text id → label of each button."""

    message: Stored
    asked: str
    buttons: dict[str, str]

    @property
    def choices(self) -> dict[str, str]:
        """The buttons that answer the question itself, rather than go round it."""
        aside = ("button.", "remedy.unsure", "summary.", "change.")
        return {one: label for one, label in self.buttons.items() if not one.startswith(aside)}


def look(customer: Actor) -> Screen | None:
    """Return the question that waits for an answer; None when the newest words ask nothing."""
    spoken = [one for one in customer.screen if one.from_bot and not one.service]
    if not spoken or all(label.startswith(PICKED) for label in spoken[-1].labels):
        return None  # nothing to tap, or only what was tapped already
    newest = spoken[-1]
    asked = _question(newest.text)
    buttons = {_label(label, asked): label for label in newest.labels}
    if buttons.keys() & set(ENDINGS):
        return None
    return Screen(newest, asked, buttons)


def _label(label: str, asked: str) -> str:
    """Return what a label says; where one word means two things, the question tells which."""
    known = _labels().get(label.removeprefix(PICKED), [label])
    family = asked.partition(".")[0]
    return next((one for one in known if one.startswith(f"{family}.")), known[0])


def _question(text: str) -> str:
    """Return the text id of the last question in a message."""
    found = [(text.rfind(words), one) for words, one in _questions() if words in text]
    return max(found, default=(0, ""))[1]


@lru_cache(maxsize=1)
def _labels() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for one, words in _texts():
        if one.startswith((*BUTTONS, *ENDINGS)) and "question" not in one:
            known.setdefault(words, []).append(one)
    return known


@lru_cache(maxsize=1)
def _questions() -> tuple[tuple[str, str], ...]:
    wanted = (*QUESTIONS, *QUESTIONS_TOO)
    return tuple((words, one) for one, words in _texts() if one.startswith(wanted))


@lru_cache(maxsize=1)
def _texts() -> tuple[tuple[str, str], ...]:
    """Every text without variables, in every language and region."""
    return tuple(
        (one, MARKUP.sub("", words))
        for language in LANGUAGES
        for region in REGIONS
        for one, words in locale(language, region, "UTC").texts.items()
        if "{" not in words
    )
