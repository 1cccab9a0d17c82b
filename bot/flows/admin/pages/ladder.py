"""The ladder: who hears of a missed target, and how long after it was due."""

from __future__ import annotations

from bot.flows.admin.fields import fields_of
from bot.flows.admin.frame import Key, Page, Shown, View, go, rows
from bot.flows.admin.values import shown
from bot.flows.effects import Label, Value, line
from bot.flows.showing import length_line
from bot.flows.targets import Ladder

FIELDS = fields_of(Ladder)


def show(view: View) -> Shown:
    """Say the ladder from below, with a key for each delay."""
    ladder = view.config.ladder
    text = (
        line("ladder.title"),
        line("ladder.warn", length=length_line(ladder.warn)),
        line("ladder.owner"),
        *(
            line(
                "ladder.role",
                role=Label(f"role_name.{role}"),
                after=_after(getattr(ladder, role).seconds, length_line(getattr(ladder, role))),
            )
            for role in ("supervisor", "manager", "admin")
        ),
        line("ladder.daily"),
    )
    doc = view.doc["ladder"]
    keys = [
        Key(
            line(
                "value.key",
                name=Label(f"part.{one}"),
                value=shown(FIELDS[one], doc[one], view.names, doc),
            ),
            go("value", path=("ladder", one)),
        )
        for one in FIELDS
    ]
    return Shown(text, rows(keys, 2) if view.editable else ())


def _after(seconds: int, length: Value) -> Value:
    return line("ladder.after", length=length) if seconds else line("ladder.at_once")


PAGE = Page(show)
