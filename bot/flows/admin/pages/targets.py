"""The policy table: which row holds for which cases, how fast it is; the ladder behind it."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import documents
from bot.flows.admin.fields import fields_of
from bot.flows.admin.frame import (
    Key,
    Keys,
    Page,
    Shown,
    Typed,
    View,
    Work,
    ask,
    do,
    go,
    named,
    pages_of,
    rows,
)
from bot.flows.admin.policy import FITS, LENGTHS, cases_said, lengths_said
from bot.flows.admin.values import choice, shown
from bot.flows.effects import Join, Label, When, line
from bot.flows.model import Grade
from bot.flows.session import Move
from bot.flows.showing import ROWS, row_name
from bot.flows.targets import Target

FIELDS = fields_of(Target)
NAME = 40
PARTS = ("accept", "first_answer", "resolve")
"""What the list says of each row."""


def show(view: View) -> Shown:
    """List the rows in the order in which they are looked at."""
    targets = view.config.targets
    part, turning = pages_of(view.place, len(targets))
    text = [line("targets.title"), line("targets.how")]
    keys = []
    for n, row in list(enumerate(targets, 1))[part]:
        name = row_name(row.name)
        said = Join(tuple(one for part, one in lengths_said(row) if part in PARTS))
        cases = "" if row.name in ROWS else line("targets.cases", cases=cases_said(row))
        text.append(line("targets.row", n=n, name=name, cases=cases, said=said))
        keys.append(
            Key(line("rules.key", n=n, name=name), go("target", path=("targets", row.name)))
        )
    last = [Key(line("targets.ladder"), go("ladder"))]
    if view.editable:
        last.append(Key(line("targets.add"), ask("name")))
    return Shown(tuple(text), (*rows(keys, 2), turning, tuple(last)))


def _take_name(work: Work, typed: Typed, _args: Any) -> None:
    name = " ".join(typed.text.split())
    if len(name) > NAME:
        work.say(line("mistake.kept", said=line("mistake.long", limit=NAME)))
    elif any(row.name == name for row in work.view.config.targets):
        work.say(line("mistake.kept", said=line("wrong.twice", name=name)))
    else:
        work.open("target_new", name=name)


PAGE = Page(show, takes={"name": _take_name})


# ---- a new row ------------------------------------------------------------------------------


def show_new(view: View) -> Shown:
    """Ask for which cases the new row is meant."""
    text = (line("target.new", name=str(view.args.get("name", ""))),)
    keys = [
        Key(line("target.danger"), do("make", danger=True)),
        Key(line("target.on_the_spot"), do("make", on_the_spot=True)),
        *(Key(named(choice(Grade, one)), do("make", grade=one)) for one in Grade),
        *(
            Key(named(Label(f"category.{one}")), do("make", category=[one]))
            for one in view.config.playbooks
        ),
        *(Key(named(one), do("make", group=[one])) for one in view.config.groups),
    ]
    part, turning = pages_of(view.place, len(keys))
    return Shown(text, (*rows(keys[part], 2), turning) if view.editable else ())


def _make(work: Work, args: Any) -> None:
    """Put a row in front of the one for every case, with that one's lengths."""
    view = work.view
    name = str(view.args["name"])
    usual = documents.at(view.doc, ("targets", view.config.usual.name))
    made = usual | {"name": name} | args
    *others, last = view.doc["targets"]
    if work.edit(view.doc | {"targets": [*others, made, last]}):
        work.say(line("target.made", name=row_name(name)))
        work.leave()
        work.open("target", path=("targets", name))


NEW = Page(show_new, does={"make": _make})


# ---- one row --------------------------------------------------------------------------------


def row_of(view: View) -> Target:
    """Return the row that a page is opened on."""
    return Target.model_validate(view.there(view.path))


def show_one(view: View) -> Shown:
    """Read the row, with when each would be due if a case came in now."""
    row = row_of(view)
    name = row_name(row.name)
    text = [
        line("target.title", name=name, cases=cases_said(row)),
        line("target.if_now", at=When(view.at)),
    ]
    for part, said in lengths_said(row):
        if part in DUE:
            due = getattr(row, part).after(view.at, view.config.hours)
            text.append(line("target.due", said=said, due=When(due)))
        else:
            text.append(line("target.part", said=said))
    why: Keys = ((Key(line("target.why"), go("due", path=view.path)),),)
    if not view.editable:
        return Shown(tuple(text), why)
    if view.args.get("sure"):
        return Shown((*text, line("target.sure", name=name)), _sure())
    return Shown(tuple(text), (*_values(view, row), *why, _acts(view, row)))


DUE = ("accept", "first_answer", "update", "contain", "analyse", "resolve")
"""Parts that run from when a case comes in."""


def _values(view: View, row: Target) -> Keys:
    keys = [
        Key(line("admin.named", mark="✏️ ", name=Label(f"part.{one}")), _to(view, one))
        for one in LENGTHS
    ]
    fits = Key(line("target.fits"), go("target_fits", path=view.path))
    return (*rows(keys, 2), *(() if row.general else ((fits,),)))


def _to(view: View, part: str) -> Move:
    return go("value", path=(*view.path, part))


def _acts(view: View, row: Target) -> tuple[Key, ...]:
    if row.general:
        return ()
    first = view.config.targets[0].name == row.name
    up = () if first else (Key(line("rule.up"), do("move", by=-1)),)
    down = Key(line("rule.down"), do("move", by=1))
    return (*up, down, Key(line("rule.delete"), do("sure", sure=True)))


def _sure() -> Keys:
    return (
        (
            Key(line("rule.delete_yes"), do("delete")),
            Key(line("rule.delete_no"), do("sure", sure=False)),
        ),
    )


def _ask_sure(work: Work, args: Any) -> None:
    here = work.session.here
    work.leave()
    work.open(here.page, **here.args | {"sure": args["sure"]})


def _move(work: Work, args: Any) -> None:
    work.edit(documents.moved(work.view.doc, work.view.path, args["by"]))


def _delete(work: Work, _args: Any) -> None:
    name = row_name(row_of(work.view).name)
    if work.drop(work.view.path):
        work.say(line("target.deleted", name=name))
        work.leave()
    else:
        _ask_sure(work, {"sure": False})


ONE = Page(show_one, does={"move": _move, "sure": _ask_sure, "delete": _delete})


# ---- for which cases ------------------------------------------------------------------------


def show_fits(view: View) -> Shown:
    """Say for which cases the row is meant, with a key for each thing it may ask."""
    row, doc = row_of(view), view.there(view.path)
    text = (
        line("target.title", name=row_name(row.name), cases=cases_said(row)),
        line("target.fits_how"),
    )
    keys = [
        Key(
            line(
                "value.key",
                name=Label(f"part.{one}"),
                value=shown(FIELDS[one], doc.get(one), view.names, doc),
            ),
            _to(view, one),
        )
        for one in FITS
    ]
    return Shown(text, rows(keys) if view.editable else ())


FITTING = Page(show_fits)
