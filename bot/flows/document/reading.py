"""A text in YAML, read with the line of everything that stands in it.

What is wrong with it is a value, `Mistake`, that names line, place and fix. Nothing here knows
what a configuration is; `checked` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.flows.effects import Line

Path = tuple[str | int, ...]
LARGEST = 1_000_000
"""Characters of a file: a hundred times what a large desk needs."""
DEEPEST = 40
MOST_NODES = 200_000


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong: on which line (0: of the whole), where, and what to do about it."""

    line: int
    place: str
    said: str
    meant: Line | None = field(default=None, compare=False)  # `said` for readers of any language

    def __str__(self) -> str:
        """One sentence for whoever wrote the file."""
        parts = (f"line {self.line}" if self.line else "", self.place, self.said)
        return ": ".join(part for part in parts if part)


TOO_LARGE = Mistake(0, "", f"larger than {LARGEST:,} characters: this is no configuration")


@dataclass(frozen=True, slots=True)
class Document:
    """What a text says, and on which line each part of it stands."""

    parts: dict[str, Any]
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """Return the line of a place, or of the nearest part around it that stands there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


class Loader(yaml.SafeLoader):
    """YAML as 1.2 has it: `on` and `no` are words, `18:00` is a time of day, not 1,080."""


TIMESTAMP = "tag:yaml.org,2002:timestamp"
PLAIN = {
    "tag:yaml.org,2002:bool": (r"^(?:true|True|false|False)$", "tTfF"),
    "tag:yaml.org,2002:int": (r"^[-+]?[0-9]+$", "-+0123456789"),
    "tag:yaml.org,2002:float": (r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
}
Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag not in {*PLAIN, TIMESTAMP}]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, (_form, _firsts) in PLAIN.items():
    Loader.add_implicit_resolver(_tag, re.compile(_form), list(_firsts))

USED = frozenset({*PLAIN, *(f"tag:yaml.org,2002:{one}" for one in ("str", "null", "map", "seq"))})
"""Tags that plain YAML has."""


class _WrongError(Exception):
    """Carries a mistake out of a deep place."""

    def __init__(self, mark: yaml.Mark, said: str) -> None:
        super().__init__(said)
        self.mistake = Mistake(mark.line + 1, "", said)


def read(text: str) -> Document | Mistake:
    """Return what a text in YAML says, or the first thing that is wrong with it."""
    if len(text) > LARGEST:
        return TOO_LARGE
    try:
        return _read(text)
    except _WrongError as wrong:
        return wrong.mistake
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return Mistake(line, "", "a character that no text has: remove it")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = mark.line + 1 if mark else 0
        problem = f" ({error.problem})" if error.problem else ""
        said = f"not readable as YAML{problem}: check indentation and quotes there"
        return Mistake(where, "", said)
    except RecursionError:
        return Mistake(0, "", "nested far too deeply: this is no configuration")


def _read(text: str) -> Document | Mistake:
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Document({})
        _check(node)
        if not isinstance(node, yaml.MappingNode):
            return Mistake(1, "", "write it as parts with names (general:, hours:, rules: …)")
        doc = loader.construct_document(node)
        lines = dict(_lines(loader, node, ()))
    finally:
        loader.dispose()
    return Document(doc, lines)


def _check(root: yaml.Node) -> None:
    """Refuse what plain YAML is not: tags, parts inside themselves, a name twice."""
    count = 0
    stack: list[tuple[yaml.Node, int]] = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MOST_NODES or depth > DEEPEST:
            raise _WrongError(node.start_mark, "nested too deeply, or a part that holds itself")
        if node.tag not in USED:
            raise _WrongError(
                node.start_mark, f"{node.tag.rpartition(':')[2]!r} is no tag used here: remove it"
            )
        if isinstance(node, yaml.MappingNode):
            _check_names(node)
            stack += [(one, depth + 1) for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            stack += [(one, depth + 1) for one in node.value]
        elif node.tag in NUMBERS:
            _check_number(node)


NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
DIGITS = 18


def _check_number(node: yaml.Node) -> None:
    digits = re.fullmatch(PLAIN[node.tag][0], node.value)
    if not digits or len(node.value) > DIGITS:
        raise _WrongError(node.start_mark, f"{node.value[:DIGITS]!r} is no number used here")


def _check_names(node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _WrongError(
                key.start_mark, "a name is one word, not a list: put quotes around it"
            )
        if key.value in seen:
            raise _WrongError(key.start_mark, f"{key.value!r} stands there twice: keep one")
        seen.add(key.value)


def _lines(loader: Loader, node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = loader.construct_object(key)
            yield from _lines(loader, value, (*path, name))
            yield (*path, name), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for n, one in enumerate(node.value):
            yield from _lines(loader, one, (*path, n))
