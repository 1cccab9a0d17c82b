"""*General*: the settings of the desk as a whole, one key each."""

from __future__ import annotations

from bot.flows.admin.fields import fields_of
from bot.flows.admin.frame import Key, Page, Shown, View, go, pages_of, rows
from bot.flows.admin.values import shown
from bot.flows.desk import General
from bot.flows.effects import Label, line

FIELDS = fields_of(General)


def show(view: View) -> Shown:
    """List every setting with its value."""
    doc = view.doc["general"]
    said = {name: shown(one, doc[name], view.names, doc) for name, one in FIELDS.items()}
    part, turning = pages_of(view.place, len(said))
    here = list(said.items())[part]
    text = [line("general.title"), line("general.how")]
    text += [
        line("general.row", name=Label(f"part.{FIELDS[one].label}"), value=value, about=_about(one))
        for one, value in here
    ]
    keys = [
        Key(
            line("admin.named", mark="✏️ ", name=Label(f"part.{FIELDS[one].label}")),
            go("zone") if one == "zone" else go("value", path=("general", one)),
        )
        for one, _ in here
    ]
    return Shown(tuple(text), (*rows(keys if view.editable else [], 2), turning))


def _about(name: str) -> Label:
    return Label(f"about.{name}")


PAGE = Page(show)
