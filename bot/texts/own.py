"""A desk's own wording: texts that admins put in place of the shipped ones, checked.

An own text may leave variables out and may not invent any, except that what people need in
danger and what was promised must stay. It must never know who wrote it.
"""

from __future__ import annotations

import difflib
import re
from string import Formatter
from typing import TYPE_CHECKING

from bot.texts.catalogue import LANGUAGES, locale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

LONGEST = 2000
"""Characters of one text; a message of several lines has room for 4096."""

KEPT = frozenset({"due", "number"})
"""Variables that may not be left out: the promised time, the number to call."""

TAGS = frozenset({"b", "i", "blockquote", "code"})
TAG = re.compile(r"<(/?)([a-z]*)([^<>]*)>")

Own = dict[str, dict[str, str]]
"""Texts by language and id."""


OF_ANY_CASE = "{ref}"
"""What a text that the desk added may say: the case's number."""


def mistakes(
    own: Mapping[str, Mapping[str, str]], named: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a desk's own texts: the place, and a sentence with the fix.

    `named` are the ids that the configuration itself names: a question it added, say.
    """
    for language, texts in own.items():
        if language not in LANGUAGES:
            yield f"texts.{language}", f"there is no language {language!r}: {', '.join(LANGUAGES)}"
            continue
        added = dict.fromkeys(named, OF_ANY_CASE)
        shipped = added | locale(language, "", "UTC").texts
        for text_id, text in texts.items():
            said = wrong(text_id, text, shipped)
            if said:
                yield f"texts.{language}.{text_id}", said


def wrong(text_id: str, text: str, shipped: Mapping[str, str]) -> str:
    """Say what is wrong with one own text, "" when nothing is."""
    if text_id not in shipped:
        near = difflib.get_close_matches(text_id, shipped, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"there is no text {text_id!r}{hint}"
    if not text.strip():
        return "a text cannot be empty: restore the shipped one instead"
    if len(text) > LONGEST:
        return f"it has {len(text)} characters; {LONGEST} are the most"
    return _variables(text, shipped[text_id]) or _markup(text)


def variables(text: str) -> tuple[str, ...]:
    """Return the variables of a text, in order; raise ValueError when braces do not match."""
    found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return tuple(dict.fromkeys(found))


def _variables(text: str, shipped: str) -> str:
    offered = variables(shipped)
    try:
        used = variables(text)
    except ValueError:
        return "its braces do not match: write a variable as {name}"
    if strange := [one for one in used if one not in offered]:
        some = ", ".join(f"{{{one}}}" for one in offered) or "none"
        return f"it cannot say {{{strange[0]}}}; this text has {some}"
    if lost := [one for one in offered if one in KEPT and one not in used]:
        return f"it must keep {{{lost[0]}}}: people rely on it"
    return ""


def _markup(text: str) -> str:
    open_tags: list[str] = []
    for closing, name, rest in TAG.findall(text):
        if name not in TAGS or rest.strip("/ "):
            return f"the mark <{closing}{name}{rest}> is not allowed: use <b>, <i>, <code>"
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return f"the mark </{name}> closes nothing that is open"
    left = TAG.sub("", text)
    if open_tags or "<" in left:
        return "a mark is not closed, or a bare < stands there: write &lt; for it"
    return ""
