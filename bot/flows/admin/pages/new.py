"""A rule put together step by step: when, if, then, how often, its name."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from bot.flows.admin.draft import said
from bot.flows.admin.frame import GoneError, Key, Page, Shown, Typed, View, Work, ask, do, go
from bot.flows.admin.pages.rule import new_id
from bot.flows.admin.sentences import sentence
from bot.flows.effects import line
from bot.flows.rules.model import Rule

FORM = ("form",)


def show(view: View) -> Shown:
    """Show the rule as far as it goes; the next step is marked."""
    form = view.session.form
    if form is None:
        raise GoneError(FORM)
    text = [line("new.title"), *sentence(form, view.names)]
    if form.get("name"):
        text.insert(1, line("new.named", name=form["name"]))
    done = {
        "when": bool(form.get("when")),
        "if": bool(form.get("if")),
        "then": bool(form.get("then")),
        "name": bool(form.get("name")),
    }
    steps = {
        "when": Key(line("new.when", mark=_mark(done, "when")), go("when", path=FORM)),
        "if": Key(line("new.if", mark=_mark(done, "if")), go("condition", path=(*FORM, "if"))),
        "then": Key(
            line("new.then", mark=_mark(done, "then")), go("actions", path=(*FORM, "then"))
        ),
        "name": Key(line("new.name", mark=_mark(done, "name")), ask("name")),
    }
    controls = Key(line("new.controls"), go("controls", path=FORM))
    keys = [(steps["when"],), (steps["if"],), (steps["then"],), (controls,), (steps["name"],)]
    if all(done.values()):
        text.append(line("new.ready"))
        keys.append((Key(line("new.finish"), do("finish")),))
    else:
        step = next(one for one, there in done.items() if not there)
        text.append(line(f"new.next.{step}"))
    keys.append((Key(line("new.drop"), do("drop")),))
    return Shown(tuple(text), tuple(keys))


def _mark(done: dict[str, bool], step: str) -> str:
    if done[step]:
        return "✅"
    return "▶" if step == next(one for one, there in done.items() if not there) else "▫️"


def _finish(work: Work, _args: Any) -> None:
    form = work.session.form or {}
    rule = form | {"id": new_id(work.view)}
    try:
        made = Rule.model_validate(rule)
    except ValidationError as error:
        work.say(line("mistake.kept", said=said(error)))
        return
    doc = made.model_dump(mode="json", by_alias=True)
    if work.edit(work.view.doc | {"rules": [*work.view.doc["rules"], doc]}):
        work.know(form=None)
        work.say(line("new.finished"))
        work.leave()
        work.open("rule", path=("rules", made.id))


def _drop(work: Work, _args: Any) -> None:
    work.know(form=None)
    work.say(line("new.dropped"))
    work.leave()


def _name(work: Work, typed: Typed, _args: Any) -> None:
    name = " ".join(typed.text.split())
    limit = 60
    if len(name) > limit:
        work.say(line("mistake.kept", said=line("mistake.long", limit=limit)))
    else:
        work.put((*FORM, "name"), name)


PAGE = Page(show, does={"finish": _finish, "drop": _drop}, takes={"name": _name})
