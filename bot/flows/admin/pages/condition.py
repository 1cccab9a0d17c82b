"""One condition of a rule, alone or with others inside: changed, joined, turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.admin.fields import fields_of
from bot.flows.admin.frame import GoneError, Key, Keys, Page, Shown, View, Work, do, go, named
from bot.flows.admin.sentences import (
    NESTS,
    condition_models,
    condition_tree,
    inner_of,
    whole_condition,
)
from bot.flows.admin.values import shown
from bot.flows.effects import Label, Value, line

if TYPE_CHECKING:
    from bot.flows.admin.documents import Path
    from bot.flows.session import Doc


def show(view: View) -> Shown:
    """Read the condition, with keys to what it is made of."""
    try:
        doc = view.there(view.path)
    except GoneError:
        if view.path != ("form", "if"):
            raise
        return Shown(
            (line("condition.none"),), ((Key(line("condition.add"), _add(view.path, "")),),)
        )
    text = (line("condition.title"), *condition_tree(doc, view.names))
    if not view.editable:
        return Shown(text, _inside(view, doc))
    return Shown(text, _inside(view, doc) + _values(view, doc, view.path) + _acts(view, doc))


def _inside(view: View, doc: Doc) -> Keys:
    if doc["test"] not in NESTS:
        return ()
    many = isinstance(doc["of"], list | tuple)
    return tuple(
        (
            Key(
                named(whole_condition(one, view.names), "▸ "),
                go("condition", path=(*view.path, "of", *((n,) if many else ()))),
            ),
        )
        for n, one in enumerate(inner_of(doc))
    )


def _values(view: View, doc: Doc, path: Path) -> Keys:
    model = condition_models().get(doc.get("test", ""))
    return tuple(
        (
            Key(
                line("value.key", name=Label(f"part.{one.name}"), value=_value(view, one, doc)),
                go("value", path=(*path, one.key)),
            ),
        )
        for one in (fields_of(model).values() if model else ())
        if one.kind not in {"thing", "things"}
    )


def _value(view: View, field: Any, doc: Doc) -> Value:
    return shown(field, doc.get(field.key, field.default), view.names, doc)


def _acts(view: View, doc: Doc) -> Keys:
    path, test = view.path, doc["test"]
    keys: list[tuple[Key, ...]] = []
    if test in {"all", "any"}:
        keys.append(
            (
                Key(line("condition.add"), _add(path, "")),
                Key(line("condition.to_any" if test == "all" else "condition.to_all"), do("turn")),
            )
        )
    else:
        keys.append(
            (
                Key(line("condition.and"), _add(path, "all")),
                Key(line("condition.or"), _add(path, "any")),
            )
        )
    plain = Key(line("condition.plain"), do("negate"))
    negate = plain if test == "not" else Key(line("condition.negate"), do("negate"))
    keys.append((negate, Key(line("condition.remove"), do("remove"))))
    return tuple(keys)


def _add(path: Path, join: str) -> Any:
    return go("pick", path=path, join=join, of="condition")


def _turn(work: Work, _args: Any) -> None:
    """Make `all` of `any`, and the other way round."""
    path = work.view.path
    doc = work.view.there(path)
    work.put((*path, "test"), "any" if doc["test"] == "all" else "all")


def _negate(work: Work, _args: Any) -> None:
    path = work.view.path
    doc = work.view.there(path)
    work.put(path, doc["of"] if doc["test"] == "not" else {"test": "not", "of": doc})


def _remove(work: Work, _args: Any) -> None:
    """Take a condition away; a nest with one left becomes that one; the last cannot go."""
    path = work.view.path
    if path[-1] == "if":
        if path[0] == "form":
            work.drop(path)
            work.leave()
        else:
            work.say(line("condition.last"))
        return
    parent = path[:-1] if path[-1] == "of" else path[:-2]
    above = work.view.there(parent)
    rest = [one for n, one in enumerate(inner_of(above)) if path[-1] not in {n, "of"}]
    if not rest:
        work.say(line("condition.last_here"))
    elif work.put(parent, rest[0] if len(rest) == 1 else above | {"of": rest}):
        work.leave()


PAGE = Page(show, does={"turn": _turn, "negate": _negate, "remove": _remove})
