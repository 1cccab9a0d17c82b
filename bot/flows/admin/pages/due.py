"""*Why then?*: when a target would be due for a case that came in now, or at another moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.flows.admin.frame import Key, Page, Shown, Typed, View, Work, ask, named, rows
from bot.flows.admin.pages.targets import DUE, row_of
from bot.flows.effects import Label, When, line
from bot.flows.reckoning import LINES, counted
from bot.flows.session import Move, Place
from bot.flows.showing import length_line, row_name
from bot.flows.understanding.ahead import ahead


def show(view: View) -> Shown:
    """Explain one target step by step."""
    row = row_of(view)
    there = [one for one in DUE if getattr(row, one) is not None]
    chosen = str(view.args.get("part", "first_answer"))
    part = chosen if chosen in there else there[0]
    said = view.args.get("at")
    at = datetime.fromisoformat(said) if said else view.at
    length, hours = getattr(row, part), view.config.hours
    steps = list(counted(at, length, hours))
    text = [
        line("due.case", name=row_name(row.name), at=When(at)),
        line(
            "due.what",
            what=Label(f"part.{part}"),
            length=length_line(length),
            due=When(length.after(at, hours)),
        ),
        *steps[:LINES],
    ]
    if len(steps) > LINES:
        text.append(line("value.more", count=len(steps) - LINES))
    keys = [
        Key(
            named(Label(f"part.{one}"), "● " if one == part else "○ "),
            Move(back=1, to=Place(page="due", args=view.args | {"part": one})),
        )
        for one in there
    ]
    return Shown(tuple(text), (*rows(keys, 2), (Key(line("due.other_moment"), ask("moment")),)))


def _moment(work: Work, typed: Typed, _args: Any) -> None:
    general = work.view.config.general
    found = ahead(typed.text, work.turn.at, general.zone, general.region)
    if found is None:
        work.say(line("mistake.unread", example=line("example.moment")))
        return
    args = work.view.args | {"at": found[0].isoformat()}
    work.leave()
    work.open("due", **args)


PAGE = Page(show, takes={"moment": _moment}, looks=frozenset({"moment"}))
