"""What starts a rule: its triggers, switched one by one."""

from __future__ import annotations

from typing import Any

from bot.flows.admin.fields import options
from bot.flows.admin.frame import Key, Page, Shown, View, Work, do, named, rows
from bot.flows.admin.sentences import triggers
from bot.flows.admin.values import choice
from bot.flows.effects import line
from bot.flows.rules.vocabulary import Trigger


def show(view: View) -> Shown:
    """List the triggers, marked where they are chosen."""
    chosen = view.there(view.path)["when"]
    said = triggers({"when": chosen}) if chosen else line("value.missing")
    text = (line("when.title"), line("sentence.when", triggers=said), line("when.how"))
    if not view.editable:
        return Shown(text)
    keys = [
        Key(named(choice(Trigger, one), "✅ " if one in chosen else ""), do("switch", trigger=one))
        for one in options(Trigger)
    ]
    return Shown(text, rows(keys, 2))


def _switch(work: Work, args: Any) -> None:
    path = (*work.view.path, "when")
    chosen, one = list(work.view.there(path)), args["trigger"]
    order = options(Trigger)
    kept = [x for x in order if (x in chosen) != (x == one)]
    if not kept and path[0] != "form":
        work.say(line("mistake.kept", said=line("mistake.empty")))
        return
    work.put(path, kept)


PAGE = Page(show, does={"switch": _switch})
