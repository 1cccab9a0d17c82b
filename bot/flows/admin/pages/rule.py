"""One rule: read as a sentence, switched, moved, renamed, copied, deleted, opened part by part."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import documents
from bot.flows.admin.frame import Key, Keys, Page, Shown, Typed, View, Work, ask, do, go
from bot.flows.admin.sentences import sentence
from bot.flows.effects import line
from bot.flows.rules.model import Rule, rule_name

NAME = 60


def show(view: View) -> Shown:
    """Read the rule."""
    doc = view.there(view.path)
    rule = Rule.model_validate(doc)
    week, month = view.papers.counts.get(rule.id, (0, 0))
    mark = line("rules.on" if rule.on else "rules.off")
    text = (
        line("rule.title", mark=mark, name=rule_name(rule)),
        *sentence(doc, view.names),
        line("rule.counts", week=week, month=month),
    )
    if view.args.get("sure"):
        name = rule_name(rule)
        return Shown((*text, line("rule.sure", name=name)), _sure())
    return Shown(text, parts(view.path) + _acts(on=rule.on) if view.editable else ())


def parts(path: documents.Path) -> Keys:
    """Return the keys to the parts of a rule."""
    return (
        (
            Key(line("rule.when"), go("when", path=path)),
            Key(line("rule.if"), go("condition", path=(*path, "if"))),
        ),
        (
            Key(line("rule.then"), go("actions", path=(*path, "then"))),
            Key(line("rule.controls"), go("controls", path=path)),
        ),
    )


def _acts(*, on: bool) -> Keys:
    return (
        (
            Key(line("rule.switch_off" if on else "rule.switch_on"), do("switch")),
            Key(line("rule.up"), do("move", by=-1)),
            Key(line("rule.down"), do("move", by=1)),
        ),
        (
            Key(line("rule.rename"), ask("name")),
            Key(line("rule.copy"), do("copy")),
            Key(line("rule.delete"), do("sure", sure=True)),
        ),
        tuple(Key(line(f"section.{one}"), go(one)) for one in BESIDE),
    )


BESIDE = ("try", "backtest")
"""Pages that show what the rules would do."""


def _sure() -> Keys:
    return (
        (
            Key(line("rule.delete_yes"), do("delete")),
            Key(line("rule.delete_no"), do("sure", sure=False)),
        ),
    )


def _switch(work: Work, _args: Any) -> None:
    path = work.view.path
    work.put((*path, "on"), not work.view.there(path)["on"])


def _move(work: Work, args: Any) -> None:
    work.edit(documents.moved(work.view.doc, work.view.path, args["by"]))


def _ask_sure(work: Work, args: Any) -> None:
    here = work.session.here
    work.leave()
    work.open(here.page, **here.args | {"sure": args["sure"]})


def _delete(work: Work, _args: Any) -> None:
    path = work.view.path
    name = rule_name(Rule.model_validate(work.view.there(path)))
    if work.drop(path):
        work.say(line("rule.deleted", name=name))
        work.leave()
    else:
        _ask_sure(work, {"sure": False})


def _copy(work: Work, _args: Any) -> None:
    view = work.view
    doc = view.there(view.path)
    name = rule_name(Rule.model_validate(doc))
    new = new_id(view)
    copied = doc | {"id": new, "name": str(doc.get("name") or doc["id"])[: NAME - 2] + " 2"}
    at = documents.index_of(view.doc["rules"], doc["id"]) or 0
    rules = [*view.doc["rules"][: at + 1], copied, *view.doc["rules"][at + 1 :]]
    if work.edit(view.doc | {"rules": rules}):
        work.say(line("rule.copied", name=name))
        work.leave()
        work.open("rule", path=("rules", new))


def new_id(view: View) -> str:
    """Return an id that no rule of the draft or of today has."""
    known = {rule.id for rule in (*view.config.rules, *view.desk.config.rules)}
    # versions are in it, so that a deleted rule's firings are not taken for a later one's
    base = f"own_{view.desk.config.version}"
    return next(one for n in range(1, 1000) if (one := f"{base}_{n}") not in known)


def _name(work: Work, typed: Typed, _args: Any) -> None:
    name = " ".join(typed.text.split())
    work.put((*work.view.path, "name"), name)


PAGE = Page(
    show,
    does={"switch": _switch, "move": _move, "sure": _ask_sure, "delete": _delete, "copy": _copy},
    takes={"name": _name},
)
