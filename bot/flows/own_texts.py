"""A desk's own texts: what may be said in place of a shipped one, and what is wrong with it.

An own text may leave variables out and may not invent any, except that what people need in
danger and what was promised must stay. What is wrong is a value, so that whoever wrote it reads it
in their language. It must never know who wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

from bot.flows.effects import Line, line
from bot.flows.marks import units

LONGEST = 2000
"""Length of one text, as Telegram counts; a message of several lines has room for 4096."""

FILLED = 40
"""What a variable counts for: about the longest that is filled in."""

ON_BUTTONS = 60
"""Length of what stands on a button."""

KEPT = frozenset({"due", "number"})
"""Variables that may not be left out: the promised time, the number to call."""

TAGS = ("b", "i", "code", "blockquote")
TAG = re.compile(r"<(/?)([a-z]*)([^<>]*)>")

PLAIN = (
    *("button.", "category.", "choice.", "command.", "fact.", "grade.", "menu.", "press."),
    *("remedy.", "role.", "status."),
)
"""Texts that are shown without markup: on buttons, in lists, in notices."""

BUTTONS = ("button.", "category.", "choice.", "menu.", "remedy.")
"""Those of them that stand on buttons."""

OF_ANY_CASE = "{ref}"
"""What a text that the desk added may say: the case's number."""

ADDED = re.compile(r"(?:ask|category|choice|fact|sorry)\.own_[a-p]{8}")
"""Ids of texts that came with a question or category of the desk's own: they stay when it goes,
because cases speak of it still."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: a row of the texts `text_fault.`, with what it is about."""

    kind: str
    what: str = ""  # the variable or mark
    some: str = ""  # what may stand there instead
    limit: int = 0

    @property
    def said(self) -> Line:
        """The sentence for whoever wrote it."""
        return line(f"text_fault.{self.kind}", what=self.what, some=self.some, limit=self.limit)


FAULTS = (
    *("empty", "long", "braces", "strange", "strange_none", "lost"),
    *("tag", "closes", "nested", "unclosed", "bare", "plain", "label"),
)


def fault(text_id: str, text: str, shipped: str) -> Fault | None:
    """Return what is wrong with a text in place of the shipped one, None when nothing is."""
    if not text.strip():
        return Fault("empty")
    return _variables(text, shipped) or _length(text_id, text) or _markup(text_id, text)


def _one_of(families: tuple[str, ...], text_id: str) -> bool:
    return text_id.startswith(families) and not text_id.endswith(".question")


def variables(text: str) -> tuple[str, ...]:
    """Return the variables of a text, in order; raise ValueError when braces do not match."""
    found = []
    for _, name, spec, conversion in Formatter().parse(text):
        if spec or conversion:
            msg = f"a variable with more than its name: {name}"
            raise ValueError(msg)
        if name is not None:
            found.append(name)
    return tuple(dict.fromkeys(found))


def count_of(text: str) -> int:
    """Return how long a text is once it is filled in, about."""
    return units(text) + FILLED * text.count("{")


def _length(text_id: str, text: str) -> Fault | None:
    if _one_of(BUTTONS, text_id) and units(text) > ON_BUTTONS:
        return Fault("label", limit=ON_BUTTONS)
    if count_of(text) > LONGEST:
        return Fault("long", what=str(count_of(text)), limit=LONGEST)
    return None


def _variables(text: str, shipped: str) -> Fault | None:
    offered = variables(shipped)
    try:
        used = variables(text)
    except ValueError:
        return Fault("braces", some="{name}")
    if strange := [one for one in used if one not in offered]:
        some = ", ".join(f"{{{one}}}" for one in offered)
        return Fault("strange" if some else "strange_none", f"{{{strange[0]}}}", some)
    if lost := [one for one in offered if one in KEPT and one not in used]:
        return Fault("lost", f"{{{lost[0]}}}")
    return None


def _markup(text_id: str, text: str) -> Fault | None:
    if _one_of(PLAIN, text_id):
        return Fault("plain", "< >") if set(text) & set("<>") else None
    opened: list[str] = []
    for closing, name, rest in TAG.findall(text):
        mark = f"<{closing}{name}{rest}>"
        if name not in TAGS or rest.strip("/ "):
            return Fault("tag", mark, ", ".join(f"<{one}>" for one in TAGS[:3]))
        if not closing and name in opened:
            return Fault("nested", mark)
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return Fault("closes", mark)
    if opened:
        return Fault("unclosed", f"<{opened[-1]}>", f"</{opened[-1]}>")
    if "<" in TAG.sub("", text):
        return Fault("bare", "<", "&lt;")
    return None
