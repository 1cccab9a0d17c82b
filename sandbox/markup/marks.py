"""What every part of markup needs: entities as dicts, UTF-16 length, the parse error."""

from typing import Any

Marks = list[dict[str, Any]]


class ParseError(ValueError):
    """Text that Telegram cannot parse; its words are Telegram's."""


def unparsable(reason: str) -> ParseError:
    """Make the error with the prefix that Telegram gives it."""
    return ParseError(f"Can't parse entities: {reason}")


def utf16(text: str) -> int:
    """Length in UTF-16 code units, the unit of every offset and limit at Telegram."""
    if text.isascii():
        return len(text)
    return len(text) + sum(char > "\uffff" for char in text)


def byte_offset(text: str, position: int) -> int:
    """Where a character begins in UTF-8, as Telegram's error texts count."""
    return len(text[:position].encode())


def in_order(marks: Marks) -> Marks:
    """Outer entities before the inner ones that begin with them."""
    marks.sort(key=lambda mark: (mark["offset"], -mark["length"]))
    return marks
