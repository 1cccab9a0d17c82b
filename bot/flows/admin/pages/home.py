"""The first page: what stands, what is being edited, and the way to everything."""

from __future__ import annotations

from bot.flows.admin.difference import difference
from bot.flows.admin.frame import Key, Keys, Page, Shown, View, go, rows
from bot.flows.effects import Line, line

SECTIONS = ("rules", "try", "backtest", "categories", "words", "texts", "history", "file")
"""Pages that are reached from here, in order; each has its words in the family `section.`."""


def show(view: View) -> Shown:
    """Say which version stands and whether something is being edited."""
    text: list[Line] = [
        line("admin.title", desk=view.desk.general.name, version=view.desk.config.version)
    ]
    if not view.editable:
        text.append(line("admin.looking"))
    keys: Keys = rows([Key(line(f"section.{one}"), go(one)) for one in SECTIONS], 2)
    draft = view.session.draft
    if draft is not None:
        count = len(difference(draft.was, draft.doc, view.names))
        text.append(line("admin.draft", count=count, base=draft.base))
        keys += ((Key(line("section.compare"), go("compare")),),)
    if view.session.form is not None:
        text.append(line("admin.form_waits"))
        keys += ((Key(line("new.go_on"), go("new")),),)
    if view.session.question is not None:
        text.append(line("admin.question_waits"))
        keys += ((Key(line("asking.go_on"), go("asking")),),)
    if view.overtaken:
        text.append(line("admin.overtaken", version=view.desk.config.version))
    if view.session.file is not None:
        text.append(line("file.waits"))
        keys += ((Key(line("file.look"), go("sent")),),)
    if view.desk.offered is not None:
        text.append(line("admin.offered"))
        keys += ((Key(line("section.offered"), go("offered")),),)
    return Shown(tuple(text), keys)


PAGE = Page(show)
