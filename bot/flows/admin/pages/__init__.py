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
    file,
    history,
    home,
    new,
    offered,
    pick,
    question,
    rule,
    rules,
    texts,
    trying,
    value,
    when,
    words,
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
