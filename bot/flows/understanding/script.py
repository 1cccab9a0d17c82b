"""Script and spelling: one folded text for all lists, and which language a message is in.

Folding is one character to one character (compatibility form, lower case, traditional to
simplified), so positions in the folded text are positions in the original. Only invisible
characters are taken out; then an offset map leads back. The script tables are the data file
`words/script.txt`, written from OpenCC by tests/understanding/make_tables.py.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from typing import Final

_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_HAN_RUN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_LATIN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff]"
)
_STRAIGHT: Final = {
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "`": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2011": "-",
    "\t": " ",
    "\r": " ",
    "\v": " ",
    "\f": " ",
    "〇": "零",
    "妳": "你",
    "畀": "俾",
    "枱": "台",
    "㖊": "寻",
    "噚": "寻",
}
# Words and characters written in Cantonese only (simplified form after folding).
_CANTONESE: Final = re.compile(
    "[唔冇佢哋嘅咗喺嚟嘢啲噉咁咩搵俾嗰嘥嬲攞睇瞓惗諗揾咪嗮晒吖喎啩囉啫]|寻日|琴日|寻晚|琴晚|听日|而家|点解"
    "|边度|几时|乜|边个|点样|返工|蚊|执返|咁样"
)
CJK_LANGUAGES: Final = frozenset({"zh_Hans", "zh_Hant"})
_TRADITIONAL_REGIONS: Final = frozenset({"TW", "HK", "MO"})
_LARGEST_CACHE: Final = 8192  # characters remembered beyond the table; there are few in use


def _read() -> dict[str, str]:
    """Return the sections of the script tables as written."""
    path = resources.files(__package__ or "").joinpath("words", "script.txt")
    sections: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            rows.append(line)
    return {name: "".join(rows) for name, rows in sections.items()}


class _Folding(dict[int, int]):
    """What each character becomes; worked out when a character is first met."""

    def __init__(self, pairs: str) -> None:
        """Take pairs of a traditional and a simplified character, written one after another."""
        self.simplified = dict(zip(map(ord, pairs[::2]), map(ord, pairs[1::2]), strict=True))
        super().__init__()

    def __missing__(self, point: int) -> int:
        folded = self._folded(point)
        if len(self) < _LARGEST_CACHE:
            self[point] = folded
        return folded

    def _folded(self, point: int) -> int:
        char = chr(point)
        folded = unicodedata.normalize("NFKC", char)
        folded = folded if len(folded) == 1 else char
        folded = chr(self.simplified.get(ord(folded), ord(folded)))
        lower = folded.lower()
        folded = lower if len(lower) == 1 else folded
        if not folded.isascii() and (digit := unicodedata.decimal(folded, None)) is not None:
            folded = str(digit)
        return ord(_STRAIGHT.get(folded, folded))


_TABLES = _read()
_FOLD: Final = _Folding(_TABLES["fold"])
_SIMPLIFIED: Final = frozenset(_TABLES["simplified"])
_TRADITIONAL: Final = frozenset(_TABLES["traditional"])
del _TABLES


def fold(text: str) -> str:
    """Fold a text, keeping its length."""
    return text.translate(_FOLD)


def visible(text: str) -> tuple[str, list[int] | None]:
    """Take invisible characters out; the list gives each kept character's original index."""
    if text.isascii() or not _INVISIBLE.search(text):
        return text, None
    kept = [index for index, char in enumerate(text) if not _INVISIBLE.match(char)]
    return "".join([text[index] for index in kept]), kept


def has_han(text: str) -> bool:
    """Tell whether a text has Chinese characters."""
    return not text.isascii() and _HAN.search(text) is not None


def is_cantonese(folded: str) -> bool:
    """Tell whether a folded text is written in Cantonese wording."""
    return _CANTONESE.search(folded) is not None


def language_of(original: str, folded: str, region: str, language: str | None) -> str:
    """Return the language a text is written in, "" when it tells nothing.

    Chinese wins over Latin letters when a text has at least one Chinese character for every
    two Latin words: "iPhone 坏了" is Chinese, "I ate 火锅 at your Soho branch today" is English.
    """
    if original.isascii():
        return "en" if _LATIN.search(folded) else ""
    characters = set(original)
    han = sum(map(len, _HAN_RUN.findall(original)))
    if not han or han * 2 < len(_LATIN.findall(folded)):
        return "en" if _LATIN.search(folded) else ""
    simplified = len(characters & _SIMPLIFIED)
    traditional = len(characters & _TRADITIONAL)
    if simplified != traditional:
        return "zh_Hans" if simplified > traditional else "zh_Hant"
    if language in CJK_LANGUAGES:
        return language or ""
    return "zh_Hant" if region in _TRADITIONAL_REGIONS else "zh_Hans"
