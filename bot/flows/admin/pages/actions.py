"""What a rule does: its actions in order, and one of them with its values."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import documents
from bot.flows.admin.fields import fields_of
from bot.flows.admin.frame import GoneError, Key, Keys, Page, Shown, View, Work, do, go, named
from bot.flows.admin.sentences import action, action_models
from bot.flows.admin.values import shown
from bot.flows.effects import Label, line


def show(view: View) -> Shown:
    """List the actions."""
    docs = list(view.there(view.path))
    text = [line("actions.title")]
    text += [
        line("sentence.step", n=n, said=action(one, view.names)) for n, one in enumerate(docs, 1)
    ]
    if not docs:
        text.append(line("actions.none"))
    keys: Keys = tuple(
        (Key(named(action(one, view.names), f"{n}. "), go("action", path=(*view.path, n - 1))),)
        for n, one in enumerate(docs, 1)
    )
    if view.editable:
        keys += ((Key(line("actions.add"), go("pick", path=view.path, join="", of="action")),),)
    return Shown(tuple(text), keys)


PAGE = Page(show)


def show_one(view: View) -> Shown:
    """Read one action, with keys to its values."""
    doc = view.there(view.path)
    if not isinstance(doc, dict) or doc.get("do") not in action_models():
        raise GoneError(view.path)
    fields = [one for one in fields_of(action_models()[doc["do"]]).values() if one.kind not in SKIP]
    values: Keys = tuple(
        (
            Key(
                line(
                    "value.key",
                    name=Label(f"part.{one.name}"),
                    value=shown(one, doc.get(one.key, one.default), view.names, doc),
                ),
                go("value", path=(*view.path, one.key)),
            ),
        )
        for one in fields
    )
    text = (line("one_action.title"), line("sentence.row", indent="", said=action(doc, view.names)))
    return Shown(text, values + _acts() if view.editable else ())


SKIP = frozenset({"thing", "things"})


def _acts() -> Keys:
    return (
        (
            Key(line("rule.up"), do("move", by=-1)),
            Key(line("rule.down"), do("move", by=1)),
            Key(line("one_action.remove"), do("remove")),
        ),
    )


def _move(work: Work, args: Any) -> None:
    view = work.view
    path, place = view.path, int(view.path[-1]) + args["by"]
    docs = list(view.there(path[:-1]))
    order = documents.moved(docs, (path[-1],), args["by"])
    if order != docs and work.put(path[:-1], order):
        work.leave()
        work.open("action", path=(*path[:-1], place))


def _remove(work: Work, _args: Any) -> None:
    path = work.view.path
    if len(work.view.there(path[:-1])) == 1 and path[0] != "form":
        work.say(line("one_action.last"))
    elif work.drop(path):
        work.leave()


ONE = Page(show_one, does={"move": _move, "remove": _remove})
