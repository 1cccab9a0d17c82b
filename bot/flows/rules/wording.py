"""Words and patterns that admins write: plain words, `*` for a few characters, `#` for a digit.

No regular expressions reach this desk: a pattern here cannot run away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

FEW = 20
"""Characters that `*` may stand for."""


@lru_cache(maxsize=8)  # many rules look at the words of one case
def folded(text: str) -> str:
    """Return a text as it is compared: full-width characters narrowed, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def fits(pattern: str, text: str) -> bool:
    """Whether the (folded) text contains the pattern; Latin words only as whole words."""
    literal, form = _compiled(pattern)
    if not literal:
        return False  # a pattern of nothing but `*` says nothing, rather than everything
    # most words are not there at all, and finding that out so is thirty times faster
    return literal in text and form.search(text) is not None


def found(patterns: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where patterns stand in a text, as spans of the text itself, each pattern once.

    A text that folding would lengthen or shorten is compared unfolded but for its case.
    """
    plain = folded(text)
    shown = plain if len(plain) == len(text) else text.lower()
    for pattern in patterns:
        literal, form = _compiled(pattern)
        match = form.search(shown) if literal else None
        if match and match.end() <= len(text):
            yield match.span()


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> tuple[str, re.Pattern[str]]:
    plain = folded(pattern.strip())
    pieces = re.split(r"([*#])", plain)
    literal = max((piece for piece in pieces if piece not in WILD), key=len, default="").strip()
    parts = [WILD.get(part) or re.escape(part) for part in pieces]
    head = r"(?<![a-z0-9])" if plain[:1].isascii() and plain[:1].isalnum() else ""
    tail = r"(?![a-z0-9])" if plain[-1:].isascii() and plain[-1:].isalnum() else ""
    return literal, re.compile(head + "".join(parts) + tail, re.DOTALL)


WILD = {"*": f".{{0,{FEW}}}?", "#": r"\d"}
