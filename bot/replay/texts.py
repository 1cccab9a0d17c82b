"""The files of a replay, and how a Telegram client sends a long text: in parts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLUMNS = ("narrative", "text")
LIMIT = 4096
"""Telegram's limit for one message, in UTF-16 units."""
CJK = ("\u3400", "\u9fff")
CJK_SHARE = 0.2
"""Share of CJK characters from which a text is read as Chinese."""


@dataclass(frozen=True, slots=True)
class Told:
    """One complaint: where it stands, and what it says."""

    place: str
    text: str

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        han = sum(CJK[0] <= char <= CJK[1] for char in self.text)
        return "zh" if han >= CJK_SHARE * len(self.text) else "en"

    def parts(self) -> tuple[str, ...]:
        """Return the text as a Telegram client sends it."""
        return tuple(_parts(self.text))


def read_all(files: Iterable[Path], limit: int = 0) -> list[Told]:
    """Return the texts of all files, `limit` at most (0: all)."""
    found = [told for file in files for told in _read(file)]
    return found[:limit] if limit else found


def _read(file: Path) -> Iterator[Told]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            if file.suffix.lower() != ".csv":
                yield from _numbered(file, lines)
                return
            rows = csv.DictReader(lines)
            column = next((one for one in COLUMNS if one in (rows.fieldnames or ())), None)
            if column is None:
                raise SettingsError(f"{file}: name one column {' or '.join(COLUMNS)}.")
            yield from _numbered(file, (row[column] or "" for row in rows))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{file} cannot be read as UTF-8 text: {error}.") from None


def _numbered(file: Path, texts: Iterable[str]) -> Iterator[Told]:
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield Told(f"{file.name}:{number}", text.strip())


def _parts(text: str) -> Iterator[str]:
    """Cut at the last line or word that fits, as Telegram's own clients do."""
    while _length(text) > LIMIT:
        end = _fitting(text)
        cut = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
        cut = cut if cut > end // 2 else end
        if part := text[:cut].strip():
            yield part
        text = text[cut:]
    if part := text.strip():
        yield part


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fitting(text: str) -> int:
    """Return how many characters of the text fit into one message."""
    units = 0
    for number, char in enumerate(text):
        units += _length(char)
        if units > LIMIT:
            return number
    return len(text)
