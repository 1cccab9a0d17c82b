"""The pages of the menu, by name. A new page is a file beside these and a row here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.admin.pages import (
    actions,
    apply,
    asking,
    backtest,
    categories,
    compare,
    condition,
    controls,
    days,
    due,
    file,
    general,
    history,
    home,
    hours,
    ladder,
    new,
    offered,
    people,
    pick,
    question,
    rule,
    rules,
    targets,
    texts,
    trying,
    value,
    when,
    words,
    zone,
)

if TYPE_CHECKING:
    from bot.flows.admin.frame import Page

PAGES: dict[str, Page] = {
    "home": home.PAGE,
    "rules": rules.PAGE,
    "rule": rule.PAGE,
    "when": when.PAGE,
    "condition": condition.PAGE,
    "actions": actions.PAGE,
    "action": actions.ONE,
    "controls": controls.PAGE,
    "value": value.PAGE,
    "pick": pick.PAGE,
    "new": new.PAGE,
    "try": trying.PAGE,
    "backtest": backtest.PAGE,
    "past_case": backtest.ONE,
    "targets": targets.PAGE,
    "target": targets.ONE,
    "target_new": targets.NEW,
    "target_fits": targets.FITTING,
    "due": due.PAGE,
    "ladder": ladder.PAGE,
    "hours": hours.PAGE,
    "week": hours.WEEK,
    "weekday": hours.DAY,
    "quiet": hours.QUIET,
    "zone": zone.PAGE,
    "holidays": days.HOLIDAYS,
    "days": days.DAYS,
    "people": people.PAGE,
    "person": people.ONE,
    "general": general.PAGE,
    "compare": compare.PAGE,
    "apply": apply.PAGE,
    "history": history.PAGE,
    "version": history.ONE,
    "offered": offered.PAGE,
    "file": file.PAGE,
    "sent": file.SENT,
    "categories": categories.PAGE,
    "category": categories.ONE,
    "question": question.PAGE,
    "choices": question.CHOICES,
    "asking": asking.PAGE,
    "known": asking.KNOWN,
    "words": words.PAGE,
    "phrases": words.ONE,
    "texts": texts.PAGE,
    "text": texts.ONE,
}

_unreachable = [one for one in home.SECTIONS if one not in PAGES]
if _unreachable:
    msg = f"home.SECTIONS names {_unreachable}, which are no pages: add them to PAGES"
    raise ValueError(msg)
