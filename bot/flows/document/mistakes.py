"""From what the models say is wrong to a sentence with line, place and fix."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.flows.document.reading import Document, Mistake, Path
from bot.flows.wrong import WrongError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError

MOST = 20
"""Mistakes told at once."""


def mistakes_of(
    error: ValidationError, document: Document, schema: dict[str, Any]
) -> tuple[Mistake, ...]:
    """Return what is wrong, in the order of lines."""
    told = error.errors(include_url=False)
    # a list is also called too short because something in it is wrong: that is told already
    around = {one["loc"][:n] for one in told for n in range(len(one["loc"]))}
    own = [one for one in told if one["type"] != "too_short" or one["loc"] not in around]
    found = [_mistake(one, document, schema) for one in own[:MOST]]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.line))


def placed(place: str, said: str, document: Document) -> Mistake:
    """Return a mistake whose place is known by name: `rules.large_amount.if.category`."""
    path = _named(re.sub(r" \([^)]*\)", "", place), document)
    return Mistake(document.line_of(path), place, said)


def _mistake(error: Any, document: Document, schema: dict[str, Any]) -> Mistake:
    message = error["msg"].removeprefix("Value error, ")
    wrong = error.get("ctx", {}).get("error")
    meant = wrong.line if isinstance(wrong, WrongError) else None
    if isinstance(wrong, WrongError) and not error["loc"]:
        return replace(placed(wrong.place, wrong.said, document), meant=meant)
    path, rest = _present(error["loc"], document.parts)
    fix = FIXES.get(error["type"])
    said = fix(error, schema) if fix else message
    place = ".".join(str(part) for part in (*path, *rest))
    return Mistake(document.line_of((*path, *rest)), place, said, meant)


def _present(loc: Path, parts: Any) -> tuple[Path, Path]:
    """Return the part of a place that stands in the document, and the name that is missing there.

    What tells the members of a union apart stands in a place of the models and in no document.
    """
    node: Any = parts
    path: list[str | int] = []
    missing: Path = ()
    for n, step in enumerate(loc):
        inside = isinstance(node, dict) and step in node
        if inside or (isinstance(node, list) and isinstance(step, int) and step < len(node)):
            path.append(step)
            node = node[step]
        elif n == len(loc) - 1 and step != "[key]":
            missing = (step,)
    return tuple(path), missing


def _named(place: str, document: Document) -> Path:
    """Return the path of a place given by names: a rule's id, a row's name, a condition's test."""
    node: Any = document.parts
    path: list[str | int] = []
    names = place.split(".")
    while names:
        found, used = _steps(node, names)
        for step in found:
            path.append(step)
            node = node[step]
        names = names[used:]
    return tuple(path)


def _steps(node: Any, names: list[str]) -> tuple[Path, int]:
    """Return the steps that the first names are, and how many names that were."""
    if isinstance(node, dict):
        keys = {str(one): one for one in node}
        for used in range(len(names), 0, -1):  # the id of a text has points of its own
            if (name := ".".join(names[:used])) in keys:
                return (keys[name],), used
    elif isinstance(node, list):
        if names[0].isdecimal() and int(names[0]) < len(node):
            return (int(names[0]),), 1
        for n, one in enumerate(node):
            if isinstance(one, dict) and names[0] in {one.get("id"), one.get("name")}:
                return (n,), 1
    return _deeper(node, names[0]), 1


def _deeper(node: Any, name: str) -> Path:
    """Return the way to the first condition or action of that name inside."""
    for path, one in _walk(node, ()):
        if isinstance(one, dict) and name in {one.get("test"), one.get("do")}:
            return path
    return ()


def _walk(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, node
    inside = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for step, one in inside:
        yield from _walk(one, (*path, step))


# ---- the fixes ------------------------------------------------------------------------------


def _unknown(error: Any, schema: dict[str, Any]) -> str:
    name = str(error["loc"][-1])
    there = _fields(schema, error["loc"][:-1])
    near = difflib.get_close_matches(name, there, n=1)
    if near:
        return f"there is no field {name!r}; did you mean {near[0]!r}?"
    return (
        f"there is no field {name!r}; there are {', '.join(there)}"
        if there
        else f"there is no field {name!r}: remove it"
    )


def _fields(schema: dict[str, Any], loc: Path) -> list[str]:
    """Return the fields that may stand at a place of the models."""
    node = _resolved(schema, schema)
    for step in loc:
        mapping = node.get("discriminator", {}).get("mapping", {})
        inner = (
            {"$ref": mapping[str(step)]}
            if step in mapping
            else node.get("properties", {}).get(step)
            or node.get("items")
            or node.get("additionalProperties")
        )
        node = _resolved(inner if isinstance(inner, dict) else {}, schema)
    return [*node.get("properties", ())]


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in node:
        node = next((one for one in node["anyOf"] if one != {"type": "null"}), {})
    if "$ref" in node:
        return _resolved(schema["$defs"][node["$ref"].rpartition("/")[2]], schema)
    return node


def _given(error: Any) -> str:
    value = str(error.get("input"))
    return repr(value if len(value) <= SHOWN else value[:SHOWN] + "…")


SHOWN = 60

FIXES: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "extra_forbidden": _unknown,
    "missing": lambda e, _: f"{str(e['loc'][-1])!r} is missing: add it",
    "string_type": lambda e, _: f"{_given(e)} is no text: put it in quotes",
    "int_parsing": lambda e, _: f"{_given(e)} is no whole number",
    "int_type": lambda e, _: f"{_given(e)} is no whole number",
    "int_from_float": lambda e, _: f"{_given(e)} is no whole number",
    "bool_parsing": lambda e, _: f"{_given(e)}: write true or false",
    "bool_type": lambda e, _: f"{_given(e)}: write true or false",
    "tuple_type": lambda e, _: f"{_given(e)} is no list: write [one, another]",
    "list_type": lambda e, _: f"{_given(e)} is no list: write [one, another]",
    "dict_type": lambda e, _: f"{_given(e)} is no set of names with values: write name: value",
    "model_type": lambda e, _: f"{_given(e)} is no set of fields: write field: value",
    "model_attributes_type": lambda e, _: f"{_given(e)} is no set of fields: write field: value",
    "literal_error": lambda e, _: f"there is no {_given(e)}; use {e['ctx']['expected']}",
    "enum": lambda e, _: f"there is no {_given(e)}; use {e['ctx']['expected']}",
    "union_tag_not_found": lambda e, _: (
        f"say which one it is: {e['ctx']['discriminator']} is missing"
    ),
    "union_tag_invalid": lambda e, _: (
        f"there is no {e['ctx']['tag']!r}; use {e['ctx']['expected_tags']}"
    ),
    "time_type": lambda e, _: f'{_given(e)} is no time of day: write it in quotes, "09:00"',
    "time_parsing": lambda e, _: f'{_given(e)} is no time of day: write it in quotes, "09:00"',
    "date_from_datetime_parsing": lambda e, _: f"{_given(e)} is no date: write 2026-12-25",
    "string_pattern_mismatch": lambda e, _: (
        f"{_given(e)} is not of the form {e['ctx']['pattern'].strip('^$')}"
    ),
}
"""What to do about each kind of mistake of the models; the others say it themselves."""
