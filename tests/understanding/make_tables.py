"""Writes `bot/flows/understanding/words/script.txt`, the script tables; run by hand.

    python -m tests.understanding.make_tables

Needs opencc (Apache-2.0), a development dependency only: the bot itself reads the written
file. `test_script_tables.py` compares the file with what would be written today.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import opencc

TARGET: Final = Path(__file__).parents[2] / "bot/flows/understanding/words/script.txt"
_RANGES: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
_WIDTH: Final = 40  # characters or pairs a line
_HEAD: Final = """\
# Which characters are simplified, which traditional, and what a traditional one becomes.
# Written by tests/understanding/make_tables.py from OpenCC's t2s and s2t (Apache-2.0) and the
# national character sets GB 2312 and Big5 (cp950). Do not edit; run the generator.
"""


def _converted(config: str, characters: list[str]) -> list[str]:
    converted: str = opencc.OpenCC(config).convert("\n".join(characters))
    return converted.split("\n")


def _in_charset(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _in_use(traditional: str, simplified: str) -> bool:
    """Tell whether a pair is written today: one of the two is in a national character set."""
    return _in_charset(traditional, "big5hkscs") or _in_charset(simplified, "gb2312")


def tables() -> dict[str, list[str]]:
    """Return the three tables: pairs to fold, simplified-only and traditional-only characters."""
    han = [chr(point) for low, high in _RANGES for point in range(low, high)]
    simplified = dict(zip(han, _converted("t2s", han), strict=True))
    traditional = dict(zip(han, _converted("s2t", han), strict=True))
    return {
        "fold": [
            char + to
            for char, to in simplified.items()
            if char != to and len(to) == 1 and _in_use(char, to)
        ],
        "simplified": [
            char
            for char in han
            if simplified[char] == char != traditional[char]
            and _in_charset(char, "gb2312")
            and not _in_charset(char, "cp950")
        ],
        "traditional": [
            char
            for char, to in simplified.items()
            if char != to and not _in_charset(char, "gb2312") and _in_use(char, to)
        ],
    }


def written() -> str:
    """Return the whole file as text."""
    parts = [_HEAD]
    for name, entries in tables().items():
        parts.append(f"[{name}]\n")
        rows = [entries[at : at + _WIDTH] for at in range(0, len(entries), _WIDTH)]
        parts.extend("".join(row) + "\n" for row in rows)
    return "".join(parts)


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
