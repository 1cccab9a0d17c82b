"""*Difference*: what the draft changes, in words; what changed under it; dropping it."""

from __future__ import annotations

from typing import Any

from bot.flows.admin.difference import difference, place_of
from bot.flows.admin.documents import merge
from bot.flows.admin.draft import Mistake, document, read
from bot.flows.admin.frame import GoneError, Key, Page, Shown, View, Work, do, go, pages_of
from bot.flows.effects import Join, line


def show(view: View) -> Shown:
    """List what differs; where the base is gone by, offer to put it on top or drop it."""
    draft = view.session.draft
    if draft is None:
        raise GoneError
    lines = difference(draft.was, draft.doc, view.names)
    part, turning = pages_of(view.place, len(lines))
    text = [line("compare.title", count=len(lines), base=draft.base), *lines[part]]
    if not lines:
        text.append(line("compare.same"))
    drop = Key(line("compare.drop"), do("drop"))
    if view.overtaken:
        return _overtaken(view, text, (turning, (drop,)))
    apply = Key(line("compare.apply"), go("apply"))
    beside = tuple(Key(line(f"section.{one}"), go(one)) for one in BESIDE)
    return Shown(tuple(text), (turning, (apply,), beside, (drop,)))


BESIDE = ("try", "backtest")
"""Pages that show what a draft would do, offered before it is applied."""


def _overtaken(view: View, mine: Any, keys: Any) -> Shown:
    draft = view.session.draft
    if draft is None:
        raise GoneError
    theirs = document(view.desk.config)
    changed = difference(draft.was, theirs, view.names)
    text = [
        line("compare.overtaken", version=view.desk.config.version, base=draft.base),
        *changed[:8],
        *([line("value.more", count=len(changed) - 8)] if len(changed) > 8 else []),  # noqa: PLR2004
        line("compare.mine"),
        *mine,
    ]
    conflicts = merge(draft.was, draft.doc, theirs).conflicts
    if conflicts:
        there = tuple(place_of(one, view.names, draft.doc) for one in conflicts[:8])
        clash = Join(there, by="line")
        text.append(line("compare.conflicts", places=clash))
    on_top = Key(line("compare.on_top"), do("on_top"))
    return Shown(tuple(text), ((on_top,), *keys))


def _on_top(work: Work, _args: Any) -> None:
    """Put my changes on top of what stands now; where both changed, mine stand."""
    draft = work.session.draft
    today = work.turn.desk.config
    if draft is None:
        raise GoneError
    theirs = document(today)
    merged = merge(draft.was, draft.doc, theirs).doc
    found = read(merged, today.version)
    if isinstance(found, Mistake):
        work.say(line("compare.no_merge", said=found.said))
        return
    doc = document(found)
    made = draft.but(base=today.version, was=theirs, doc=doc)
    work.know(draft=None if doc == theirs else made)
    work.say(line("compare.on_top_done", version=today.version))


def _drop(work: Work, _args: Any) -> None:
    work.know(draft=None)
    work.say(line("compare.dropped"))
    work.leave()


PAGE = Page(show, does={"drop": _drop, "on_top": _on_top})
