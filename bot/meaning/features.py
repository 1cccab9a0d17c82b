"""What the classifier sees of a message: sentence vectors, tokens, word lists, and what was read.

Training (`training/train.py`) and reading share this file, so that both see the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.flows.understanding import lexicon, script
from bot.flows.understanding.facts import CATEGORIES, REMEDIES, SIGNALS, Facts

Vector = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vector]

_MAIL: Final = re.compile(r"[\w.+-]+@[\w.-]+")
_NUMBER: Final = re.compile(r"[0-9０-９][0-9０-９\-.,:/]{3,}")
_ENDS: Final = re.compile(r"(?<=[。！？!?;；\n，])|(?<=\.)\s|(?<=, )")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_HAN_RUN: Final = re.compile("[\u4e00-\u9fff]+")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_DIGITS: Final = re.compile(r"[0-9]+")
_PIECE_EN: Final = 80  # characters: shorter pieces are joined to the next
_PIECE_ZH: Final = 30
_MOST: Final = 10  # pieces read of a long message: its beginning and its end
_HEAD: Final = 6
_LONGEST: Final = 240  # characters of one piece
_TOKENS_OF: Final = 1600  # characters that are read for tokens
_STEM: Final = 5
_LEXICON: Final = ("categories", "remedies", "signals", "safety", "kinds")
_FULL: Final = 8  # weight of a word list's tag at which it proves no more
DENSE: Final = (
    *(f"{name}.{tag}" for name in _LEXICON for tag in lexicon.load(name)),
    *(f"read.{name}" for name in CATEGORIES),
    *(f"wanted.{name}" for name in REMEDIES),
    *(f"refused.{name}" for name in REMEDIES),
    *(f"raised.{name}" for name in SIGNALS),
    "feedback",
)
"""What the lists of today can say. Weights keep the names they were trained with, so that lists may
grow: what they did not know says nothing."""


def pieces(text: str) -> list[str]:
    """Cut a message into clauses of some length, numbers and addresses left out."""
    found: list[str] = []
    current = ""
    for part in _ENDS.split(_NUMBER.sub(" ", _MAIL.sub(" ", text))):
        current = f"{current} {part.strip()}".strip()
        if len(current) >= (_PIECE_ZH if _HAN.search(current) else _PIECE_EN):
            found.append(current[:_LONGEST])
            current = ""
    if current:
        found.append(current[:_LONGEST])
    if len(found) > _MOST:
        found = found[:_HEAD] + found[_HEAD - _MOST :]
    return found or ["-"]


def tokens(text: str) -> list[str]:
    """Return English words and pairs, and Chinese n-grams of the folded text."""
    folded = _DIGITS.sub("0", script.fold(script.visible(_MAIL.sub(" ", text))[0]))[:_TOKENS_OF]
    words = _WORD.findall(folded)
    found = [f"w_{word}" for word in words]
    found += [f"b_{one}_{two}" for one, two in pairwise(words)]
    found += [f"s_{word[:_STEM]}" for word in words if len(word) > _STEM]
    for run in _HAN_RUN.findall(folded):
        for size in (1, 2, 3):
            found += [run[at : at + size] for at in range(len(run) - size + 1)]
    return found


def dense(text: str, facts: Facts, places: Mapping[str, int]) -> Vector:
    """Return the word lists' hits and what was read by rules, each at its name's place."""
    row: Vector = np.zeros(len(places), dtype=np.float32)
    folded = script.fold(script.visible(text)[0])
    met = {
        (hit.list, hit.tag, folded[hit.start : hit.end]): hit.weight
        for hit in lexicon.scan(folded, han=script.has_han(text))
    }
    for (name, tag, _), weight in met.items():
        at = places.get(f"{name}.{tag}")
        if at is not None:
            row[at] += weight
    row = np.minimum(row / np.float32(_FULL), np.float32(1))
    names = [
        f"read.{facts.category}",
        *(f"wanted.{name}" for name in facts.remedies),
        *(f"refused.{name}" for name in facts.remedies_rejected),
        *(f"raised.{signal.name}" for signal in facts.signals),
        *(["feedback"] if facts.kind == "feedback" else []),
    ]
    for name in names:
        if name in places:
            row[places[name]] = 1.0
    return row


def sentences(vectors: Vector) -> Vector:
    """Return one row for a message from the vectors of its pieces: their mean and their peaks."""
    return np.concatenate([vectors.mean(axis=0), 0.5 * vectors.max(axis=0)])
