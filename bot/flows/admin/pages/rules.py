"""The list of rules: on or off, in order, how often each fired in 7 and 30 days."""

from __future__ import annotations

from bot.flows.admin.frame import Key, Page, Shown, View, Work, do, go, pages_of
from bot.flows.effects import line
from bot.flows.rules.model import rule_name


def show(view: View) -> Shown:
    """List the rules."""
    rules = view.config.rules
    part, turning = pages_of(view.place, len(rules))
    text = [line("rules.title", count=len(rules)), line("rules.how")]
    keys = []
    for n, rule in list(enumerate(rules, 1))[part]:
        week, month = view.papers.counts.get(rule.id, (0, 0))
        mark = line("rules.on" if rule.on else "rules.off")
        name = rule_name(rule)
        text.append(line("rules.row", n=n, mark=mark, name=name, week=week, month=month))
        keys.append((Key(line("rules.key", n=n, name=name), go("rule", path=("rules", rule.id))),))
    tried = Key(line("section.backtest"), go("backtest"))
    last = ((Key(line("rules.add"), do("add")), tried),) if view.editable else ()
    return Shown(tuple(text), (*keys, turning, *last))


def _add(work: Work, _args: object) -> None:
    """Begin a rule, or go on with the one begun."""
    if work.session.form is None:
        work.know(form={"when": [], "then": [], "once": "case"})
    work.open("new")


PAGE = Page(show, does={"add": _add})
