"""A configuration as a JSON document: read at a path, changed at a path, merged path by path.

A path is a tuple of names and numbers. In a list whose members have an `id` or a `name`, a member
is named by it, so that a path stays true when the list is put in another order. Nothing here
knows what a configuration means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
GONE = object()
"""What stands at a path that leads nowhere."""


def name_of(member: Any) -> str:
    """Return what a member of a list is called, "" for one without a name of its own."""
    if not isinstance(member, dict):
        return ""
    return str(member.get("id") or (member.get("name") if "test" not in member else "") or "")


def index_of(within: list[Any], step: str | int) -> int | None:
    """Return where a step leads in a list."""
    if isinstance(step, int):
        return step if 0 <= step < len(within) else None
    return next((n for n, member in enumerate(within) if name_of(member) == step), None)


def at(doc: Any, path: Path) -> Any:
    """Return what stands at a path, `GONE` when nothing does."""
    for step in path:
        if isinstance(doc, list):
            place = index_of(doc, step)
            doc = GONE if place is None else doc[place]
        else:
            doc = doc.get(step, GONE) if isinstance(doc, dict) else GONE
        if doc is GONE:
            return GONE
    return doc


def put(doc: Any, path: Path, value: Any) -> Any:
    """Return the document with a value at a path; what is not on the way stays the same object.

    One step past the end of a list appends; a path that leads nowhere changes nothing.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(doc, list):
        place = index_of(doc, step)
        if place is None:
            return [*doc, put({}, rest, value) if rest else value] if step == len(doc) else doc
        return [*doc[:place], put(doc[place], rest, value), *doc[place + 1 :]]
    if isinstance(doc, dict):
        return doc | {step: put(doc.get(step, {} if rest else None), rest, value)}
    return doc


def drop(doc: Any, path: Path) -> Any:
    """Return the document without what stands at a path."""
    above, step = at(doc, path[:-1]), path[-1]
    if isinstance(above, list):
        place = index_of(above, step)
        kept = above if place is None else [*above[:place], *above[place + 1 :]]
        return put(doc, path[:-1], kept)
    if isinstance(above, dict):
        return put(doc, path[:-1], {k: v for k, v in above.items() if k != step})
    return doc


def moved(doc: Any, path: Path, by: int) -> Any:
    """Return the document with a member of a list moved up (-1) or down (1)."""
    within = at(doc, path[:-1])
    place = index_of(within, path[-1]) if isinstance(within, list) else None
    if place is None or not 0 <= place + by < len(within):
        return doc
    order = list(within)
    order[place], order[place + by] = order[place + by], order[place]
    return put(doc, path[:-1], order)


# ---- what differs ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two documents differ; `GONE` where one of them has nothing."""

    path: Path
    was: Any
    now: Any


WHOLE = frozenset({"if", "then", "when"})
"""Parts of a rule that are compared as a whole: half of one and half of another is neither."""


def changes(was: Any, now: Any, path: Path = ()) -> list[Change]:
    """Return where two documents differ, as deep as names go. Order is a change of its own."""
    if was == now:
        return []
    if isinstance(was, dict) and isinstance(now, dict) and not (path and path[-1] in WHOLE):
        keys = [*was, *(key for key in now if key not in was)]
        return [
            one
            for key in keys
            for one in changes(was.get(key, GONE), now.get(key, GONE), (*path, key))
        ]
    if _named(was) and _named(now) and isinstance(was, list):
        old, new = _by_name(was), _by_name(now)
        found = changes(old, new, path)
        stayed = [name for name in old if name in new]
        if stayed != [name for name in new if name in old]:
            found.append(Change((*path, ORDER), list(old), list(new)))
        return found
    return [Change(path, was, now)]


ORDER = "#order"
"""Last step of the path of a list whose members stand in another order."""


def _named(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(name_of(one) for one in value)


def _by_name(members: list[Any]) -> dict[str, Any]:
    return {name_of(one): one for one in members}


# ---- merging --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged:
    """Two changes of one document put together; where both changed, mine stands."""

    doc: Any
    conflicts: tuple[Path, ...] = ()


def merge(was: Any, mine: Any, theirs: Any) -> Merged:
    """Put my changes of a document on top of theirs, place by place."""
    conflicts: list[Path] = []
    return Merged(_merge(was, mine, theirs, (), conflicts), tuple(conflicts))


def _merge(was: Any, mine: Any, theirs: Any, path: Path, conflicts: list[Path]) -> Any:
    if mine in (was, theirs):
        return theirs
    if theirs == was:
        return mine
    if all(isinstance(one, dict) for one in (was, mine, theirs)) and not (
        path and path[-1] in WHOLE
    ):
        return _merge_dicts(was, mine, theirs, path, conflicts)
    if all(_named(one) for one in (was, mine, theirs)):
        return _merge_lists(was, mine, theirs, path, conflicts)
    if path[:1] == ("words",) and isinstance(mine, list) and isinstance(theirs, list):
        return _merge_words(was if isinstance(was, list) else [], mine, theirs)
    conflicts.append(path)
    return mine


def _merge_words(was: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Put two changes of a list of words together: neither excludes the other."""
    kept = [one for one in theirs if one in mine or one not in was]
    return kept + [one for one in mine if one not in theirs and one not in was]


def _merge_dicts(was: Any, mine: Any, theirs: Any, path: Path, conflicts: list[Path]) -> Any:
    merged = {}
    for key in [*theirs, *(one for one in mine if one not in theirs)]:
        old, my, their = (one.get(key, GONE) for one in (was, mine, theirs))
        value = _merge(old, my, their, (*path, key), conflicts)
        if value is not GONE:
            merged[key] = value
    return merged


def _merge_lists(was: Any, mine: Any, theirs: Any, path: Path, conflicts: list[Path]) -> Any:
    old, my, their = (_by_name(one) for one in (was, mine, theirs))
    members = _merge_dicts(old, my, their, path, conflicts)
    reordered = [n for n in old if n in my] != [n for n in my if n in old]
    first, second = (my, their) if reordered else (their, my)
    order = [name for name in first if name in members]
    for name in second:
        if name in members and name not in order:
            before = [one for one in list(second)[: list(second).index(name)] if one in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, name)
    return [members[name] for name in order]
