"""Train the classifier of what a message means; write `bot/meaning/weights.npz`.

`python -m training.train` learns from `training/examples` and the building half of the labelled
messages; `--check` cross-validates instead: the figures are of messages not learnt from. Needs
scikit-learn, which the bot does not: `pip install scikit-learn` beside the project.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import orjson
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bot.flows.understanding import understand
from bot.flows.understanding.facts import CATEGORIES, REMEDIES, SIGNALS, Facts
from bot.meaning import features
from bot.meaning.model import DENSE_SHARE, TOKEN_SHARE, WEIGHTS, decided, encoder

HERE = Path(__file__).parent
LABELLED = HERE.parent / "tests/understanding/labelled/building"
NOW = "2026-11-27T12:00:00+00:00"
LEAST = 3  # messages a token must stand in
FOLDS = 5
STRENGTH = {"category": 8.0, "kind": 6.0, "wanted": 6.0, "refused": 6.0, "raised": 6.0}

Doc = dict[str, Any]


def docs() -> tuple[list[Doc], int]:
    """Return all examples, those of `training/examples` first, and how many those are."""
    found: list[Doc] = []
    for file in sorted((HERE / "examples").glob("*.jsonl")):
        found += [orjson.loads(line) for line in file.read_bytes().splitlines() if line.strip()]
    own = len(found)
    for file in sorted(LABELLED.glob("*.jsonl")):
        for line in file.read_bytes().splitlines():
            doc = orjson.loads(line)
            found.append({**doc, **doc["gold"]})
    return found, own


class Table:
    """All examples as numbers."""

    def __init__(self, found: list[Doc]) -> None:
        """Read, encode and count every example."""
        encode = encoder()
        self.facts = facts = [
            understand(
                doc["text"],
                datetime.fromisoformat(doc.get("now", NOW)),
                ZoneInfo(doc.get("zone", "UTC")),
                doc.get("region", "US"),
                None,
            )
            for doc in found
        ]
        cut = [features.pieces(doc["text"]) for doc in found]
        flat = encode([one for some in cut for one in some])
        ends = np.cumsum([0, *map(len, cut)])
        self.vectors = np.stack([features.sentences(flat[a:b]) for a, b in pairwise(ends)])
        places = {name: at for at, name in enumerate(features.DENSE)}
        self.dense = np.stack(
            [
                features.dense(doc["text"], one, places)
                for doc, one in zip(found, facts, strict=True)
            ]
        )
        self.tokens = [set(features.tokens(doc["text"])) for doc in found]

    def vocabulary(self, rows: list[int]) -> dict[str, int]:
        """Return the tokens worth a weight, each with its column."""
        met = Counter(token for row in rows for token in self.tokens[row])
        return {token: at for at, token in enumerate(sorted(t for t in met if met[t] >= LEAST))}

    def matrix(self, rows: list[int], known: dict[str, int], idf: np.ndarray) -> Any:
        """Return the features of some examples, as `bot.meaning.model` lays them out."""
        at: list[int] = []
        col: list[int] = []
        val: list[float] = []
        for n, row in enumerate(rows):
            columns = sorted(known[token] for token in self.tokens[row] if token in known)
            norm = float(np.linalg.norm(idf[columns])) or 1.0
            at += [n] * len(columns)
            col += columns
            val += [float(idf[c]) / norm * TOKEN_SHARE for c in columns]
        bag = sparse.csr_matrix((val, (at, col)), shape=(len(rows), len(known)))
        rest = np.hstack([self.vectors[rows], self.dense[rows] * DENSE_SHARE])
        return sparse.hstack([bag, sparse.csr_matrix(rest)]).tocsr()

    def weighed(self, rows: list[int], known: dict[str, int]) -> np.ndarray:
        """Return how rare each token is among some examples."""
        met = Counter(token for row in rows for token in self.tokens[row])
        return np.array([np.log(len(rows) / met[token]) + 1 for token in known], dtype=np.float32)


def heads(found: list[Doc]) -> dict[str, tuple[list[int], list[Any]]]:
    """Return for each head the rows that teach it and what they say."""
    every = list(range(len(found)))
    sorted_rows = [row for row in every if "category" in found[row]]
    table: dict[str, tuple[list[int], list[Any]]] = {
        "category": (sorted_rows, [found[row]["category"] for row in sorted_rows]),
        "kind": (sorted_rows, [found[row]["kind"] == "feedback" for row in sorted_rows]),
    }
    for key, prefix, names in (
        ("remedies", "wanted", REMEDIES),
        ("remedies_rejected", "refused", REMEDIES),
        ("flags", "raised", SIGNALS),
    ):
        for name in names:
            table[f"{prefix}.{name}"] = (every, [name in found[row][key] for row in every])
    return table


def fitted(x: Any, y: list[Any], strength: float) -> LogisticRegression:
    """Fit one head."""
    return LogisticRegression(C=strength, max_iter=400).fit(x, y)


def learn(table: Table, found: list[Doc]) -> None:
    """Fit every head on all examples and write the weights."""
    every = list(range(len(found)))
    known = table.vocabulary(every)
    idf = table.weighed(every, known)
    x = table.matrix(every, known, idf)
    names: list[str] = []
    rows: list[np.ndarray] = []
    bias: list[float] = []
    for name, (where, what) in heads(found).items():
        if name != "category" and len(set(what)) < 2:
            continue
        model = fitted(x[where], what, STRENGTH[name.partition(".")[0]])
        labels = [f"category.{c}" for c in model.classes_] if name == "category" else [name]
        names += labels
        rows += list(model.coef_)
        bias += list(model.intercept_)
    assert set(CATEGORIES) == {n.partition(".")[2] for n in names if n.startswith("category.")}
    np.savez_compressed(
        WEIGHTS,
        heads=np.array(names),
        dense=np.array(features.DENSE),
        tokens=np.array("\n".join(known)),
        idf=idf.astype(np.float16),
        weights=np.stack(rows).astype(np.float16),
        bias=np.array(bias, dtype=np.float32),
    )
    print(f"{len(found)} examples, {len(known)} tokens, {len(names)} heads: {WEIGHTS}")


def check(table: Table, found: list[Doc], own: int) -> None:
    """Print cross-validated figures on the labelled messages, none of them learnt from."""
    labelled = list(range(own, len(found)))
    order = np.random.RandomState(0).permutation(len(labelled)) % FOLDS
    made: dict[str, np.ndarray] = {}
    classes: list[str] = []
    facts: dict[int, Facts] = {}
    sure: dict[int, np.ndarray] = {}
    for fold in range(FOLDS):
        held = [row for row, one in zip(labelled, order, strict=True) if one == fold]
        outside = set(held)
        taught = [row for row in range(len(found)) if row not in outside]
        known = table.vocabulary(taught)
        idf = table.weighed(taught, known)
        x, z = table.matrix(taught, known, idf), table.matrix(held, known, idf)
        place = {row: at for at, row in enumerate(taught)}
        for name, (where, what) in heads(found).items():
            pairs = [(place[row], it) for row, it in zip(where, what, strict=True) if row in place]
            y = [it for _, it in pairs]
            if len(set(y)) < 2:
                continue
            model = fitted(x[[at for at, _ in pairs]], y, STRENGTH[name.partition(".")[0]])
            if name == "category":
                chance = model.predict_proba(z)
                classes = list(model.classes_)
                sure |= dict(zip(held, chance, strict=True))
            else:
                made.setdefault(name, np.zeros(len(found)))[held] = model.predict_proba(z)[:, 1]
    for row in labelled:
        alone = {name: float(chance[row]) for name, chance in made.items()}
        sorts = {f"category.{c}": float(p) for c, p in zip(classes, sure[row], strict=True)}
        facts[row] = decided(alone | sorts, table.facts[row])
    slots: dict[str, Callable[[Doc, Facts], tuple[set[str], set[str]]]] = {
        "category": lambda doc, one: ({doc["category"]}, {one.category}),
        "kind": lambda doc, one: ({doc["kind"]}, {one.kind}),
        "remedy": lambda doc, one: (set(doc["remedies"]), set(one.remedies)),
        "rejected remedy": lambda doc, one: (
            set(doc["remedies_rejected"]),
            set(one.remedies_rejected),
        ),
    }
    for slot, of in slots.items():
        for language in ("", "en", "zh-Hans", "zh-Hant"):
            pairs = [of(found[r], facts[r]) for r in labelled if language in {"", found[r]["lang"]}]
            right = sum(len(gold & said) for gold, said in pairs)
            gold, said = (sum(len(pair[n]) for pair in pairs) for n in (0, 1))
            f1 = 2 * right / (gold + said)
            shares = f"P {right / said:.2f} R {right / gold:.2f} F1 {f1:.2f}"
            print(f"{slot:16} {language or 'all':8} {shares}")


def main() -> None:
    """Train, or check."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    found, own = docs()
    table = Table(found)
    if asked.parse_args().check:
        check(table, found, own)
    else:
        learn(table, found)


if __name__ == "__main__":
    sys.exit(main())
