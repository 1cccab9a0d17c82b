"""How well messages are read: precision, recall and F1 for each slot and language.

`python -m tests.understanding.scoring FOLDER [--errors]` reads the labelled messages of a folder
(`tests/understanding/labelled/README.md`) and prints a table; `--errors` lists what was missed and
what was made up. The counts are micro-averaged: every value counts once.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import orjson

from bot.flows.understanding import understand
from bot.meaning import Classifier
from bot.understand import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Doc = dict[str, Any]
CLASSIFIER = Classifier()
HERE = Path(__file__).parent / "labelled"


@dataclass(slots=True)
class Score:
    """Values found rightly, found though not there, and there but not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of those found, the share that is right; 1 when none was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Of those there, the share that was found; 1 when none is there."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0


def messages(folder: Path) -> list[Doc]:
    """Return the labelled messages of a folder."""
    lines = (line for file in sorted(folder.glob("*.jsonl")) for line in file.open("rb"))
    return [orjson.loads(line) for line in lines if line.strip()]


def reads(doc: Doc) -> Doc:
    """Return what the desk reads from a labelled message."""
    zone = ZoneInfo(doc["zone"])
    now = datetime.fromisoformat(doc["now"])
    facts = understand(doc["text"], now, zone, doc["region"], None)
    facts = CLASSIFIER.refined(doc["text"], facts)
    disputed = [one for one in facts.of("amount") if one.kind == "disputed"]
    said = told(facts)
    said["disputed"] = (
        said["amounts"][facts.of("amount").index(disputed[0])]["value"] if disputed else None
    )
    return said


def plain(text: str) -> str:
    """Fold width, case, spaces and marks: what makes no other reference or product."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def _dates(doc: Doc) -> list[str]:
    return [one["date"] for one in doc["when"] if one["date"]]


def _times(doc: Doc) -> list[str]:
    return [one["time"] for one in doc["when"] if one["time"]]


SLOTS: dict[str, Callable[[Doc], list[Any]]] = {
    "language": lambda doc: [doc["lang"]],
    "e-mail": lambda doc: doc["emails"],
    "phone": lambda doc: doc["phones"],
    "customer's phone": lambda doc: doc["customer_phones"],
    "amount": lambda doc: [f"{one['value']:.2f} {one['currency']}" for one in doc["amounts"]],
    "disputed amount": lambda doc: [] if doc["disputed"] is None else [f"{doc['disputed']:.2f}"],
    "date": _dates,
    "clock time": _times,
    "part of day": lambda doc: [one["part"] for one in doc["when"] if one["part"]],
    "incident date": lambda doc: [doc["incident"]["date"]] if doc["incident"] else [],
    "reference": lambda doc: [plain(one) for one in doc["refs"]],
    "quantity": lambda doc: [f"{float(one['value']):g}" for one in doc["quantity"]],
    "remedy": lambda doc: doc["remedies"],
    "rejected remedy": lambda doc: doc["remedies_rejected"],
    "category": lambda doc: [doc["category"]],
    "kind": lambda doc: [doc["kind"]],
    "signals": lambda doc: doc["flags"],
}
for _flag in ("safety", "human", "anger", "threat_legal", "threat_regulator", "threat_media"):
    SLOTS[f"· {_flag}"] = lambda doc, flag=_flag: [one for one in doc["flags"] if one == flag]

LOOSE = {"product": "products", "place": "places"}
"""Slots in which one wording may contain the other: "the blender" names "blender"."""


def scores(docs: Iterable[Doc]) -> dict[tuple[str, str], Score]:
    """Return the score of each (slot, language), "" for all languages."""
    table: dict[tuple[str, str], Score] = defaultdict(Score)
    for doc in docs:
        gold, said = doc["gold"], reads(doc)
        for slot, of in SLOTS.items():
            _count(table, slot, doc, sorted(map(str, of(gold))), sorted(map(str, of(said))))
        for slot, key in LOOSE.items():
            there, found = [plain(x) for x in gold[key]], [plain(x) for x in said[key]]
            same = [next((g for g in there if g in f or f in g), f) for f in found]
            _count(table, slot, doc, sorted(there), sorted(same))
    return table


def _count(
    table: dict[tuple[str, str], Score], slot: str, doc: Doc, gold: list[str], said: list[str]
) -> None:
    missed, wrong = list(gold), []
    for one in said:
        if one in missed:
            missed.remove(one)
        else:
            wrong.append(one)
    for language in ("", doc["gold"]["lang"]):
        score = table[slot, language]
        score.right += len(gold) - len(missed)
        score.wrong += len(wrong)
        score.missed += len(missed)
    if missed or wrong:
        table[slot, ""].errors.append(
            f"{doc['id']}: missed {missed or '–'}, made up {wrong or '–'} | {doc['text'][:160]!r}"
        )


def made_up(docs: Iterable[Doc], slot: str) -> float:
    """Return the share of all messages in which a value is read where none was given."""
    docs = list(docs)
    of = SLOTS[slot]
    return sum(bool(not of(doc["gold"]) and of(reads(doc))) for doc in docs) / len(docs)


def main() -> None:
    """Print the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", help="building or unopened")
    given.add_argument("--errors", default=None, nargs="?", const="", help="of this slot, or all")
    given.add_argument("--words", action="store_true", help="the word lists alone, no classifier")
    asked = given.parse_args()
    docs = messages(HERE / asked.folder)
    if not asked.words:
        CLASSIFIER.warm()
    table = scores(docs)
    languages = sorted({language for _, language in table})
    print(f"{len(docs)} messages".ljust(20) + "".join(f"{one or 'all':>24}" for one in languages))
    for slot in dict.fromkeys(slot for slot, _ in table):
        cells = (table[slot, one] for one in languages)
        row = (f"{x.precision:8.2f}{x.recall:6.2f}{x.f1:6.2f}{x.right + x.missed:4}" for x in cells)
        print(slot.ljust(20) + "".join(row))
    for slot in ("amount", "reference", "incident date"):
        print(f"{slot} made up where none was given: {made_up(docs, slot):.1%} of messages")
    if asked.errors is not None:
        for slot in dict.fromkeys(slot for slot, _ in table):
            if asked.errors in {"", slot}:
                print(f"\n== {slot}", *table[slot, ""].errors, sep="\n")


if __name__ == "__main__":
    main()
