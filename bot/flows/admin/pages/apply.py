"""*Apply*: how many open cases would fire now, from now on or open cases too, and it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.admin.applying import apply, would_fire
from bot.flows.admin.difference import difference
from bot.flows.admin.draft import nobody_left
from bot.flows.admin.frame import GoneError, Key, Page, Shown, View, Work, do, go, named
from bot.flows.effects import Join, Line, Say, line
from bot.flows.session import OPEN_CASES_READ, Wants

if TYPE_CHECKING:
    from bot.flows.desk import Desk
    from bot.flows.session import Place

REFS = 10


def wants(_desk: Desk, _place: Place) -> Wants:
    """Read the open cases."""
    return Wants(open_cases=True)


def show(view: View) -> Shown:
    """Say what applying would do at once, and ask for which cases it is to hold."""
    draft = view.session.draft
    if draft is None:
        raise GoneError
    if view.overtaken:
        overtaken = line("admin.overtaken", version=view.desk.config.version)
        return Shown((overtaken,), ((Key(line("section.compare"), go("compare")),),))
    lines = difference(draft.was, draft.doc, view.names)
    too = bool(view.args.get("too"))
    text = (
        line("apply.title", count=len(lines), version=view.desk.config.version + 1),
        *_at_once(view),
        line("apply.which"),
    )
    now_on = Key(named(line("apply.now_on"), "○ " if too else "● "), do("too", too=False))
    open_too = Key(named(line("apply.open_too"), "● " if too else "○ "), do("too", too=True))
    act = Key(line("apply.do"), do("apply", too=too))
    first = Key(line("section.backtest"), go("backtest"))
    return Shown(text, ((now_on, open_too), (act, first)))


def _at_once(view: View) -> list[Line]:
    cases = view.papers.open_cases
    if cases is None:
        return []
    fire = would_fire(view.desk.config, view.config, cases[:OPEN_CASES_READ], view.at)
    refs = Join(tuple(case.ref for case, _ in fire[:REFS]))
    counted = line("apply.fire" if fire else "apply.fire_none", count=len(fire), refs=refs)
    more = [line("apply.more_open", count=OPEN_CASES_READ)] if len(cases) > OPEN_CASES_READ else []
    return [counted, *more]


def _too(work: Work, args: Any) -> None:
    work.leave()
    work.open("apply", too=args["too"])


def _apply(work: Work, args: Any) -> None:
    """Put the draft in force, unless another one came first."""
    view, draft = work.view, work.session.draft
    if draft is None:
        raise GoneError
    if view.overtaken:
        work.alert = line("apply.overtaken")
        work.leave()
        return
    if nobody_left(view.desk, draft.doc):
        work.alert = line("mistake.last_admin")
        return
    count = len(difference(draft.was, draft.doc, view.names))
    version = apply(work.turn, view.config, work.who, draft.how, too=bool(args["too"]))
    work.know(draft=None)
    work.home()
    said = "apply.done_too" if args["too"] else "apply.done"
    work.say(line(said, version=version, count=count))
    _tell_others(work, version, count)


def _tell_others(work: Work, version: int, count: int) -> None:
    """Let the other admins know, once and without a sound of alarm."""
    desk = work.turn.desk
    for admin in desk.admins:
        member = desk.staff.get(admin)
        if admin != work.who.id and member is not None and member.private:
            menu = desk.sessions.get(admin)
            language = member.language or (menu.language if menu else "")
            language = language or desk.general.staff_language
            by = work.who.name
            said = line("apply.told", version=version, count=count, by=by)
            work.turn.do(Say(admin, (said,), language=language, purpose="admin"))


PAGE = Page(show, does={"too": _too, "apply": _apply}, wants=wants)
