"""Text as Telegram reads it: parse modes, entities, UTF-16 lengths.

`formatted` is the one entrance. It must never know messages or chats.
"""

from sandbox.markup.detect import detected
from sandbox.markup.given import given_entities
from sandbox.markup.html import parse_html
from sandbox.markup.markdown import parse_markdown_v2
from sandbox.markup.marks import Marks, ParseError, utf16
from sandbox.markup.trim import trimmed

__all__ = ["Marks", "ParseError", "formatted", "utf16"]

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2}


def formatted(text: str, parse_mode: str | None, entities: object = None) -> tuple[str, Marks]:
    """Parse `text` in its mode or with the given entities, trim it, find links and commands."""
    marks: Marks = []
    if parse_mode and parse_mode.lower() != "none":
        parser = _PARSERS.get(parse_mode.lower())
        if parser is None:
            reason = "Unsupported parse_mode"
            raise ParseError(reason)
        text, marks = parser(text)
    elif entities:
        marks = given_entities(text, entities)
    text, marks = trimmed(text, marks)
    found = detected(text, marks)
    if found:
        marks = sorted(marks + found, key=lambda mark: (mark["offset"], -mark["length"]))
    return text, marks
