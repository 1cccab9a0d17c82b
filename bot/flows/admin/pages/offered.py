"""A changed DESK_CONFIG file: looked at like a draft, applied like one, or declined."""

from __future__ import annotations

from typing import Any

from bot.flows.admin.difference import difference
from bot.flows.admin.draft import Mistake, document, edited, started
from bot.flows.admin.frame import GoneError, Key, Page, Shown, View, Work, do, pages_of
from bot.flows.effects import line


def show(view: View) -> Shown:
    """Say what the file has otherwise than what stands."""
    offered = view.desk.offered
    if offered is None:
        raise GoneError
    lines = difference(document(view.desk.config), document(offered), view.names)
    part, turning = pages_of(view.place, len(lines))
    text = [line("offered.title", count=len(lines)), *lines[part]]
    if not lines:
        text.append(line("compare.same"))
    if view.session.draft is not None:
        text.append(line("version.draft_goes"))
    keys = (Key(line("offered.take"), do("take")), Key(line("offered.decline"), do("decline")))
    return Shown(tuple(text), (turning, keys if view.editable else ()))


def _take(work: Work, _args: Any) -> None:
    offered = work.turn.desk.offered
    if offered is None:
        raise GoneError
    found = edited(started(work.turn.desk.config), document(offered))
    if isinstance(found, Mistake):
        work.say(line("mistake.kept", said=found.said))
        return
    work.turn.settings(offer_answered=True)
    work.know(draft=None if found.doc == found.was else found.but(how="file"))
    work.home()
    work.open("compare")


def _decline(work: Work, _args: Any) -> None:
    work.turn.settings(offer_answered=True)
    work.say(line("offered.declined"))
    work.home()


PAGE = Page(show, does={"take": _take, "decline": _decline})
