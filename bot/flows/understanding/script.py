"""Script and spelling: one folded text for all lists, and which language a message is in.

Folding is one character to one character (compatibility form, lower case, traditional to
simplified), so positions in the folded text are positions in the original. Only invisible
characters are taken out; then an offset map leads back. The script tables come from opencc
(Apache-2.0) and the national character sets GB 2312 and Big5 (cp950), computed at import.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

import opencc

_CJK_RANGES: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
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


def _han() -> list[str]:
    return [chr(point) for low, high in _CJK_RANGES for point in range(low, high)]


def _converted(config: str, characters: list[str]) -> list[str]:
    converted: str = opencc.OpenCC(config).convert("\n".join(characters))
    return converted.split("\n")


def _in_charset(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _tables() -> tuple[dict[int, str], frozenset[str], frozenset[str]]:
    """Build the fold table, the simplified-only and the traditional-only characters."""
    han = _han()
    simplified = dict(zip(han, _converted("t2s", han), strict=True))
    traditional = dict(zip(han, _converted("s2t", han), strict=True))
    only_simplified = frozenset(
        char
        for char in han
        if simplified[char] == char != traditional[char]
        and _in_charset(char, "gb2312")
        and not _in_charset(char, "cp950")
    )
    only_traditional = frozenset(
        char for char in han if simplified[char] != char and not _in_charset(char, "gb2312")
    )
    fold: dict[int, str] = {}
    for point in range(0x10000):
        if 0xD800 <= point < 0xE000:
            continue
        char = chr(point)
        folded = unicodedata.normalize("NFKC", char)
        folded = folded if len(folded) == 1 else char
        folded = simplified.get(folded, folded)
        lower = folded.lower()
        folded = lower if len(lower) == 1 else folded
        if not folded.isascii() and (digit := unicodedata.decimal(folded, None)) is not None:
            folded = str(digit)
        folded = _STRAIGHT.get(folded, folded)
        if len(folded) == 1 and folded != char:
            fold[point] = folded
    return fold, only_simplified, only_traditional


_FOLD, _SIMPLIFIED, _TRADITIONAL = _tables()


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
