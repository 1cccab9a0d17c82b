"""Telegram cuts white space from both ends of a text; entities move with it or vanish."""

from sandbox.markup.marks import Marks, utf16


def trimmed(text: str, marks: Marks) -> tuple[str, Marks]:
    """Cut white space at both ends and fit the entities to what is left."""
    stripped = text.strip()
    if stripped == text or not marks:
        return stripped, marks
    left = utf16(text[: len(text) - len(text.lstrip())])
    end = utf16(stripped)
    fitted: Marks = []
    for mark in marks:
        begin = max(mark["offset"] - left, 0)
        stop = min(mark["offset"] + mark["length"] - left, end)
        if stop > begin:
            fitted.append({**mark, "offset": begin, "length": stop - begin})
    return stripped, fitted
