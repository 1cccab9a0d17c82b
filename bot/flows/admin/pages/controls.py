"""How often a rule fires, what holds it back, and who answers for it."""

from __future__ import annotations

from typing import Any

from bot.flows.admin.fields import fields_of
from bot.flows.admin.frame import Key, Keys, Page, Shown, View, Work, do, go, named, rows
from bot.flows.admin.sentences import controls
from bot.flows.admin.values import choices, shown
from bot.flows.effects import Join, Label, line
from bot.flows.rules.model import Rule

FIELDS = fields_of(Rule)
EVERY = "1 day"
"""How often a rule fires again when nothing else has been said yet."""


def show(view: View) -> Shown:
    """Read the controls, with a key for each."""
    doc = view.there(view.path)
    said = Join(tuple(controls(doc, view.names)))
    text = (line("controls.title"), line("sentence.controls", controls=said))
    if not view.editable:
        return Shown(text)
    once = [
        Key(named(called, "● " if doc.get("once", "case") == one else "○ "), do("once", once=one))
        for one, called in choices(FIELDS["once"], view.names, doc)
    ]
    lengths = ["every", "cap"] if doc.get("once") == "every" else []
    values: Keys = tuple(
        (
            Key(
                line(
                    "value.key",
                    name=Label(f"part.{one}"),
                    value=shown(FIELDS[one], doc.get(one, FIELDS[one].default), view.names, doc),
                ),
                go("value", path=(*view.path, one)),
            ),
        )
        for one in (*lengths, "cooldown", "owner")
    )
    switches = tuple(
        Key(named(Label(f"part.{one}"), "✅ " if doc.get(one) else "⬜ "), do("switch", name=one))
        for one in ("quiet", "stop")
    )
    return Shown(text, (*rows(once, 2), *values, switches))


def _once(work: Work, args: Any) -> None:
    doc = work.view.there(work.view.path)
    every = (doc.get("every") or EVERY) if args["once"] == "every" else None
    work.put(work.view.path, doc | {"once": args["once"], "every": every})


def _switch(work: Work, args: Any) -> None:
    path = (*work.view.path, args["name"])
    doc = work.view.there(work.view.path)
    work.put(path, not doc.get(args["name"], False))


PAGE = Page(show, does={"once": _once, "switch": _switch})
