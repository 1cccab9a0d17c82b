"""The menu itself: one message that is edited as one moves; rights are checked at every press.

Admins change, supervisors and managers look, nobody else sees anything. A button of an older
menu, of somebody else's, or a forged one changes nothing and is told so.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.flows import events as e
from bot.flows.admin.frame import GoneError, Key, Shown, Typed, View, Work, do
from bot.flows.admin.pages import PAGES
from bot.flows.admin.pages.backtest import count_in, outcome
from bot.flows.admin.pages.file import taken
from bot.flows.effects import Answer, Button, Rows, Say, Unbutton, line
from bot.flows.people import Role
from bot.flows.session import AdminSession, Move, Place, Wants
from bot.flows.staffroom import known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.flows.desk import Desk
    from bot.flows.effects import Line
    from bot.flows.events import (
        AdminSent,
        AdminTyped,
        BacktestDone,
        BacktestStep,
        StaffCommanded,
        StaffEvent,
        StaffPressed,
    )
    from bot.flows.people import Staff
    from bot.flows.turn import Turn

SLOT = "admin"


def wanted(desk: Desk, event: e.Event) -> Wants:
    """Return what the page that an event leads to reads from the store."""
    if isinstance(event, e.AdminSent):
        return Wants(counts=True, version=event.version)
    session = _session(desk, event)
    if session is None:
        return Wants(counts=True)
    wants = _page_wants(desk, session.here) | Wants(counts=True)
    if isinstance(event, e.StaffPressed):
        move = _move(session, event)
        if move is not None and move.to is not None:
            wants |= _page_wants(desk, move.to)
        if move is not None and move.back:
            wants |= _page_wants(desk, session.trail[max(0, len(session.trail) - 1 - move.back)])
    if isinstance(event, e.CustomerSaid) and session.here.page == "try":
        wants |= _page_wants(desk, Place(page="try", args={"said": event.text}))
    return wants


def _session(desk: Desk, event: e.Event) -> AdminSession | None:
    match event:
        case e.StaffEvent() | e.CustomerEvent():
            return desk.sessions.get(event.who.id)
        case e.BacktestStep() | e.BacktestDone():
            return desk.sessions.get(event.admin)
    return None


def _page_wants(desk: Desk, place: Place) -> Wants:
    page = PAGES.get(place.page)
    return page.wants(desk, place) if page else Wants()


# ---- events ---------------------------------------------------------------------------------


def opened(turn: Turn, event: StaffCommanded) -> None:
    """Show the menu in the private chat; elsewhere say where it is."""
    staff = turn.desk.member(event.who.id)
    if event.chat < 0 or event.anonymous:
        if not event.anonymous:
            known(turn, event)
        url = f"https://t.me/{turn.desk.username}" if turn.desk.username else ""
        keys: Rows = ((Button(line("admin.to_private"), url=url),),) if url else ()
        said = line("staff.anonymous" if event.anonymous else "admin.private_only")
        _say(turn, event, said, keys)
        return
    if staff is None or not staff.ranks(Role.SUPERVISOR):
        _say(turn, event, line("admin.not_allowed"))
        return
    work = _anew(turn, event, staff)
    where, move = OPENS[event.command](event.argument)
    if where:
        work.open(where)
    if move is not None and work.view.editable:
        _carry_out(work, move)
    elif move is not None:
        work.say(line("admin.look_only"))
    _show(work, fresh=True)


def _anew(turn: Turn, event: StaffEvent, staff: Staff) -> Work:
    """Begin a new menu at its first page; the old one has no buttons any more."""
    before = turn.desk.sessions.get(event.who.id) or AdminSession(id=event.who.id)
    _unbutton(turn, before)
    session = before.but(token=_token(event), trail=(Place(page="home"),), awaits=None)
    return _work(turn, event, staff, session)


def _backtest(argument: str) -> tuple[str, Move | None]:
    return "backtest", do("begin", count=count_in(argument))


OPENS: dict[str, Callable[[str], tuple[str, Move | None]]] = {
    "admin": lambda _: ("", None),
    "backtest": _backtest,
}
"""Commands that open the menu: the page, and what is done there at once."""


def sent(turn: Turn, event: AdminSent) -> None:
    """Take a configuration that was sent as a document."""
    staff = turn.desk.member(event.who.id)
    if staff is None or staff.role is not Role.ADMIN:
        _say(turn, event, line("admin.not_allowed"))
        return
    work = _anew(turn, event, staff)
    taken(work, event)
    _show(work, fresh=True)


def tried(turn: Turn, event: BacktestStep | BacktestDone) -> None:
    """Keep how far a trial of rules is, or what came of it, and show it where the menu stands."""
    session, staff = turn.desk.sessions.get(event.admin), turn.desk.member(event.admin)
    trial = session.trial if session is not None else None
    if session is None or staff is None or trial is None or trial.token != event.token:
        return  # another one was begun meanwhile
    who = e.Who(event.admin, staff.name, session.language)
    work = Work(turn, staff, who, session, turn.papers)
    if isinstance(event, e.BacktestStep):
        work.know(trial=trial.came_to(event.done, event.total))
    else:
        work.know(trial=trial.ended(event.found, failed=event.failed))
    if session.here.page == "backtest":
        _show(work, steady=True)
    elif isinstance(event, e.BacktestDone):
        work.say(*outcome(work.session.trial))
        _show(work, steady=True)
    else:
        turn.settings(session=work.session)


def pressed(turn: Turn, event: StaffPressed) -> None:
    """Do what a key says, as far as it is this person's menu, its last showing, and their right."""
    staff, session = turn.desk.member(event.who.id), turn.desk.sessions.get(event.who.id)
    move = _move(session, event) if session and event.chat == event.who.id else None
    refused = _refused(staff, session, move)
    if staff is None or session is None or move is None or refused is not None:
        said = refused or line("admin.stale")
        language = _language(turn, event, staff)
        turn.do(Answer(event.query_id, said, alert=True, language=language))
        return
    work = _work(turn, event, staff, session.but(message=event.message_id, awaits=None))
    _carry_out(work, move)
    _show(work)
    language = _language(turn, event, staff)
    turn.do(Answer(event.query_id, work.alert, alert=work.alert is not None, language=language))


def typed(turn: Turn, event: AdminTyped) -> None:
    """Take what was awaited."""
    staff, session = turn.desk.member(event.who.id), turn.desk.sessions[event.who.id]
    awaits = session.awaits
    work = None if staff is None else _work(turn, event, staff, session.but(awaits=None))
    if work is None or awaits is None:
        return
    page = PAGES[session.here.page]
    if event.cancelled:
        work.say(line("admin.cancelled"))
    elif awaits.takes in page.takes and (work.view.editable or awaits.takes in page.looks):
        try:
            page.takes[awaits.takes](work, Typed(event.text, event.facts), awaits.args)
        except GoneError:
            work.say(line("admin.gone"))
    else:
        work.say(line("admin.look_only"))
    _unbutton(turn, session)
    _show(work, fresh=True)


# ---- acting ---------------------------------------------------------------------------------


def _move(session: AdminSession, event: StaffPressed) -> Move | None:
    """Return what the pressed button of this very showing does."""
    _, token, rev, number = (*event.data.split(":"), "", "", "")[:4]
    if not session.token or (token, rev) != (session.token, str(session.rev)):
        return None
    known = number.isascii() and number.isdecimal() and int(number) < len(session.moves)
    return session.moves[int(number)] if known else None


def _refused(staff: Staff | None, session: AdminSession | None, move: Move | None) -> Line | None:
    """Return why nothing is done, None when it may be."""
    if staff is None or not staff.ranks(Role.SUPERVISOR):
        return line("admin.not_allowed_now")
    if session is None or move is None:
        return line("admin.stale")
    named = move.do or move.takes
    free = not named or named in PAGES[session.here.page].looks
    return None if free or staff.role is Role.ADMIN else line("admin.look_only")


def _carry_out(work: Work, move: Move) -> None:
    if move.takes:
        work.awaits(move.takes, **move.args)
        return
    if move.do:
        deed = PAGES[work.session.here.page].does.get(move.do)
        try:
            if deed is not None:
                deed(work, move.args)
        except GoneError:
            work.say(line("admin.gone"))
    if move.home:
        work.home()
    if move.back:
        work.leave(move.back)
    if move.to is not None:
        work.step(move.to)


# ---- showing --------------------------------------------------------------------------------


def _show(work: Work, *, fresh: bool = False, steady: bool = False) -> None:
    """Show the page one stands on; where what it is about is gone, the one before it."""
    shown = _shown(work)
    while shown is None and len(work.session.trail) > 1:
        work.leave()
        work.say(line("admin.gone"))
        shown = _shown(work)
    shown = shown or Shown(())
    session, turn = work.session, work.turn
    keys = [*shown.keys, _footer(work.view)]
    # the buttons of a page that is shown again with the same ones stay good while it is edited
    same = steady and tuple(key.move for row in keys for key in row) == session.moves
    rev = session.rev if same else session.rev + 1
    moves: list[Move] = []
    rows: list[tuple[Button, ...]] = []
    for row in keys:
        buttons = []
        for key in row:
            buttons.append(Button(key.label, f"a:{session.token}:{rev}:{len(moves)}"))
            moves.append(key.move)
        rows.append(tuple(buttons))
    language = work.language
    turn.settings(
        session=session.but(
            language=language,
            rev=rev,
            moves=tuple(moves),
            message=0 if fresh else session.message,
            used_at=turn.at,
        )
    )
    turn.do(
        Say(
            work.who.id,
            (*work.note, *shown.text, *_awaited(session)),
            language=language,
            buttons=tuple(row for row in rows if row),
            purpose=SLOT,
            slot=SLOT,
            fresh=fresh,
            own=_own(work),
        )
    )


def _own(work: Work) -> Mapping[str, Mapping[str, str]] | None:
    """Return the desk's own texts as they are being edited: the menu names things by them.

    Those in force stand behind them: a difference may name what another admin has added.
    """
    edited, today = work.view.config.texts, work.turn.desk.config.texts
    if edited == today:
        return None
    return {one: {**today.get(one, {}), **edited.get(one, {})} for one in {**today, **edited}}


def _shown(work: Work) -> Shown | None:
    page = PAGES.get(work.session.here.page)
    try:
        return page.show(work.view) if page else None
    except GoneError:
        return None


def _footer(view: View) -> tuple[Key, ...]:
    if view.session.awaits is not None:
        return (Key(line("admin.cancel"), Move()),)
    if len(view.session.trail) == 1:
        return ()
    keys = [Key(line("admin.back"), Move(back=1))]
    if len(view.session.trail) > 2:  # noqa: PLR2004 - else the step back leads there
        keys.append(Key(line("admin.home_key"), Move(home=True)))
    return tuple(keys)


def _awaited(session: AdminSession) -> tuple[Line, ...]:
    return (line("admin.awaited"),) if session.awaits is not None else ()


def _work(turn: Turn, event: StaffEvent, staff: Staff, session: AdminSession) -> Work:
    work = Work(turn, staff, event.who, session, turn.papers)
    work.let_go()
    return work


def _token(event: e.Event) -> str:
    """Return what tells one menu from the next. No secret: rights are checked at every press."""
    return hashlib.blake2s(f"{event.key}:{event.at}".encode()).hexdigest()[:8]


def _unbutton(turn: Turn, session: AdminSession) -> None:
    if session.message:
        turn.do(Unbutton(session.id, session.message))


def _language(turn: Turn, event: StaffEvent, staff: Staff | None) -> str:
    chosen: str = staff.language if staff else ""
    return chosen or event.who.language_code or turn.desk.general.staff_language


def _say(turn: Turn, event: StaffEvent, said: Line, keys: Rows = ()) -> None:
    language: str = turn.desk.general.staff_language
    if event.chat > 0:
        language = _language(turn, event, turn.desk.member(event.who.id))
    turn.do(
        Say(
            event.chat,
            (said,),
            language=language,
            buttons=keys,
            thread=event.thread,
            reply_to=event.message_id,
        )
    )
