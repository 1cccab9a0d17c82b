"""The wording guard: phrases that the desk does not say to customers, found in what staff write.

Close variants count: marks, particles, the script of a character and the width of a letter make no
difference. It says what stands there; what becomes of it is `doubts`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.flows.rules.wording import fits
from bot.flows.understanding.script import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

HAN = "\u3400-\u9fff"
PARTICLES = re.compile(rf"(?<=[{HAN}])[啊呀哦噢呢吧啦嘛哈呗喔喎㗎啫囉咯]+(?![{HAN}])")
"""Words without a meaning of their own, at the end of what they soften."""

BESIDE_HAN = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")


def unsayable(phrases: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the phrases, as the desk has them, that stand in a text."""
    said = bare(text, "")
    return tuple(one for one in phrases if said and fits(_phrase(one), said))


@lru_cache(maxsize=512)
def _phrase(phrase: str) -> str:
    return bare(phrase, "*#")


def bare(text: str, wild: str) -> str:
    """Return a text as it is compared; `wild` are marks that stay."""
    plain = fold(visible(text)[0]).replace("'", "")
    plain = PARTICLES.sub("", plain)
    kept = "".join(one if one in wild or _says(one) else " " for one in plain)
    return " ".join(BESIDE_HAN.sub("", kept).split())


def _says(char: str) -> bool:
    """Whether a character means something: a letter, a digit, an emoji."""
    return char.isalnum() or unicodedata.category(char) == "So"
