"""The hold: what staff write for the customer waits a little, and until then it can be stopped.

Held is the act, not the message: nothing of it has happened while it waits, so what is stopped
leaves nothing to undo. Deletions by people never reach a bot; so a moment before an answer leaves,
a mark is put on it, and Telegram's refusal says that it is gone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows import doubts
from bot.flows.effects import Button, Label, Mark, Rows, Say, line
from bot.flows.lifecycle.answers import NOTED
from bot.flows.lifecycle.table import Act, possible, run
from bot.flows.people import Staff
from bot.flows.rights import here, may_see
from bot.flows.unsent import drop, found, keep, taken, written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.effects import Line
    from bot.flows.events import StaffEdited, StaffReacted, StaffWrote
    from bot.flows.folder import Folder
    from bot.flows.model import Case
    from bot.flows.sent import Unsent
    from bot.flows.turn import Turn

WAITS = "👀"
LEAVES = "🕊"
"""Reactions on an answer: it can still be stopped; too late for that. Both of Telegram's list."""

STANDS = timedelta(seconds=1)
"""So long before an answer leaves it is looked whether it still stands in the room."""


def answer(turn: Turn, folder: Folder, staff: Staff, event: StaffWrote, meant: str) -> None:
    """Take what was written for the customer; `meant` is the act, with its argument after `+`."""
    act, _, arg = meant.partition("+")
    one = taken(turn, staff, event, act, arg)
    if act == REWRITE:
        one = _in_place_of(folder, one, arg)
    if not possible(folder, one.act):
        _not_here(turn, folder, one)
    elif not asks_first(turn, folder, staff, [one]):
        _set_out(turn, folder, one)


REWRITE = "rewrite"
"""What a reply to the desk's prompt for other words is: the act of the words it replaces."""


def _in_place_of(folder: Folder, one: Unsent, message: str) -> Unsent:
    """Return the new words as the act of those they replace, which are dropped."""
    parts = found(folder, one.chat, int(message) if message.isdecimal() else 0)
    drop(folder, parts)
    for old in parts:
        _stopped(folder, old, why="changed")
    if not parts:
        return one.but(act="reply", arg="")
    return one.but(act=parts[0].act, arg=parts[0].arg, answers=parts[0].answers)


def _set_out(turn: Turn, folder: Folder, one: Unsent) -> None:
    """Send an answer on its way, by way of the hold where there is one."""
    if turn.desk.general.hold_seconds and turn.customer.reachable:
        _wait(turn, folder, one)
    else:
        leave(turn, folder, one)


def _wait(turn: Turn, folder: Folder, one: Unsent) -> None:
    """Have it leave in a few seconds, behind what the case holds already."""
    before = [other.until for other in folder.case.unsent if other.until is not None]
    until = max([turn.at + _length(turn.desk), *before])
    folder.edit(unsent=(*folder.case.unsent, one.but(until=until)))
    turn.tie(one.chat, one.message_id, folder, "unsent")
    turn.do(Mark(one.chat, one.message_id, WAITS, folder.case, urgent=True))


def _length(desk: Desk) -> timedelta:
    return timedelta(seconds=desk.general.hold_seconds)


def asks_first(turn: Turn, folder: Folder, staff: Staff, parts: list[Unsent]) -> bool:
    """Whether somebody is to be asked before this is sent; then it waits for their word.

    `parts` are one answer, or the parts of one album: they wait together.
    """
    albums = {one.album for one in parts if one.album}
    beside = [other for other in folder.case.unsent if other.album in albums]
    doubt = doubts.first(turn, folder, staff, parts)
    name = doubt[0] if doubt else next((other.doubt for other in beside if other.doubt), "")
    if not name:
        return False
    waiting = [other for other in beside if other.until is not None]
    drop(folder, waiting)
    firsts = [keep(turn, folder, one.but(doubt=name)) for one in (*waiting, *parts)]
    if doubt and any(firsts):
        say(turn, folder, parts[0], doubt[1], _doubt_keys(folder, parts[0], name))
    return True


def _doubt_keys(folder: Folder, one: Unsent, doubt: str) -> Rows:
    """Return what may become of words that somebody was asked about."""
    (send, note), *_ = _keys(folder, one, line("hold.send_anyway"))
    change = Button(line("hold.change"), f"s:change:{folder.case.id}:{one.message_id}")
    return ((send, change if doubt == "wording" else note),)


def offer(turn: Turn, folder: Folder, staff: Staff, event: StaffWrote) -> None:
    """Offer to send a note that reads like an answer: one quiet message, once for each note."""
    one = taken(turn, staff, event, "reply")
    if possible(folder, "reply") and keep(turn, folder, one):
        data = f"s:sendnote:{folder.case.id}:{one.message_id}"
        rows: Rows = ((Button(line("hold.send_note"), data),),)
        say(turn, folder, one, line("hold.note"), rows)


def _keys(folder: Folder, one: Unsent, send: Line) -> Rows:
    case = folder.case.id
    return (
        (
            Button(send, f"s:sendnow:{case}:{one.message_id}"),
            Button(line("hold.keep_note"), f"s:keepnote:{case}:{one.message_id}"),
        ),
    )


# ---- leaving --------------------------------------------------------------------------------


def look_due(_desk: Desk, case: Case) -> datetime | None:
    """Return when to look whether an answer still stands in the room."""
    dues = (one.until - STANDS for one in case.unsent if one.until and not one.looked)
    return min(dues, default=None)


def look_whether_it_stands(turn: Turn, folder: Folder) -> None:
    """Mark what is about to leave; a refusal of the mark says that it was deleted."""
    kept: list[Unsent] = []
    for one in folder.case.unsent:
        if one.until is None or one.looked or one.until - STANDS > turn.at:
            kept.append(one)
            continue
        kept.append(one.but(looked=True, until=max(one.until, turn.at + STANDS)))
        turn.do(Mark(one.chat, one.message_id, LEAVES, folder.case, urgent=True, looks=True))
    folder.edit(unsent=tuple(kept))


def leave_due(_desk: Desk, case: Case) -> datetime | None:
    """Return when an answer leaves by itself."""
    return min((one.until for one in case.unsent if one.until and one.looked), default=None)


def last_leaves(case: Case) -> datetime | None:
    """Return when the last answer that is on its way leaves."""
    return max((one.until for one in case.unsent if one.until), default=None)


def leave_in_time(turn: Turn, folder: Folder) -> None:
    """Let leave what nobody stopped, in its order."""
    due = [one for one in folder.case.unsent if one.until and one.looked and one.until <= turn.at]
    drop(folder, due)
    for one in due:
        leave(turn, folder, one)


def leave(turn: Turn, folder: Folder, one: Unsent) -> None:
    """Do the act: only now has the customer been answered."""
    staff, case = author(turn, one), folder.case
    if not (may_see(turn, folder, staff) and here(turn, folder, one.chat)):
        _stopped(folder, one, why="not_theirs")
        say(turn, folder, one, line("staff.not_yours"))
        return
    if asks_first(turn, folder, staff, [one]):
        return
    if case.open and case.owner not in {None, staff.id}:
        folder.log("answered_for", f"staff:{staff.id}", owner=case.owner)
    circumstances = Act(staff=staff, written=written(turn, one), arg=one.arg, answers=one.answers)
    if not run(turn, folder, one.act, circumstances):
        _stopped(folder, one, why="not_here")
        _not_here(turn, folder, one)


# ---- stopping -------------------------------------------------------------------------------


def _stopped(folder: Folder, one: Unsent, why: str) -> None:
    folder.log("stopped", f"staff:{one.by}", text=one.text, why=why)


def edited(turn: Turn, folder: Folder, event: StaffEdited, *, note: bool) -> bool:
    """Take an answer's new wording and wait anew, or (`note`) keep it among staff; if it waits."""
    parts = found(folder, event.chat, event.message_id)
    one = next((u for u in parts if u.message_id == event.message_id), None)
    if one is None:
        return False
    entities = tuple(dict(mark) for mark in event.entities)
    new = one.but(text=event.text, entities=entities)
    if note:
        keep_as_note(turn, folder, [new if u is one else u for u in parts])
        return True
    if one.doubt or (one.until and doubts.first(turn, folder, author(turn, one), [new])):
        _reconsider(turn, folder, [new if u is one else u for u in parts])
        return True
    until = turn.at + _length(turn.desk) if one.until else None
    new = new.but(until=until, looked=False)
    behind = False
    unsent: list[Unsent] = []
    for other in folder.case.unsent:
        if other is one:
            unsent.append(new)
            behind = True
        elif behind and until and other.until:
            unsent.append(other.but(until=max(until, other.until)))
        else:
            unsent.append(other)
    folder.edit(unsent=tuple(unsent))
    if until:
        turn.do(Mark(one.chat, one.message_id, WAITS, folder.case, urgent=True))
    return True


def author(turn: Turn, one: Unsent) -> Staff:
    """Return who wrote it, also when they have left."""
    return turn.desk.member(one.by) or Staff(id=one.by, name=one.name)


def _reconsider(turn: Turn, folder: Folder, parts: list[Unsent]) -> None:
    """Take words that were changed: ask about them anew, or let them go their way."""
    drop(folder, parts)
    afresh = [one.but(doubt="", until=None, looked=False) for one in parts]
    if not asks_first(turn, folder, author(turn, afresh[0]), afresh):
        for one in afresh:
            _set_out(turn, folder, one)


def deleted(folder: Folder, chat: int, message: int) -> None:
    """Keep back an answer whose author deleted it in time; they know, so nothing is said."""
    parts = [u for u in found(folder, chat, message) if u.message_id == message]
    drop(folder, parts)
    for one in parts:
        _stopped(folder, one, why="deleted")


def taken_back(turn: Turn, folder: Folder, chat: int, message: int | None) -> bool:
    """Make a note of an answer that waits (`/unsend` before it left); False if none does."""
    parts = found(folder, chat, message) if message is not None else []
    keep_as_note(turn, folder, parts)
    return bool(parts)


def reacted(turn: Turn, event: StaffReacted, folder: Folder | None) -> None:
    """Stop an answer on which its author puts a reaction: the quickest sign there is."""
    parts = found(folder, event.chat, event.message_id) if folder else []
    parts = [one for one in parts if one.until and one.by == event.who.id]
    if folder is None or not parts:
        return
    drop(folder, parts)
    firsts = [keep(turn, folder, one) for one in parts]
    _stopped(folder, parts[0], why="held")
    if any(firsts):
        rows = _keys(folder, parts[0], line("hold.send_now"))
        say(turn, folder, parts[0], line("hold.held"), rows)


def keep_as_note(turn: Turn, folder: Folder, parts: Iterable[Unsent]) -> None:
    """Keep it among staff: the customer never sees it."""
    drop(folder, parts)
    for one in parts:
        folder.log("noted", f"staff:{one.by}", text=one.text)
        turn.do(Mark(one.chat, one.message_id, NOTED, folder.case, urgent=True))


def _not_here(turn: Turn, folder: Folder, one: Unsent) -> None:
    status = Label(f"card.status.{folder.case.status.value}")
    say(turn, folder, one, line("staff.not_here", ref=folder.case.ref, status=status))


def say(
    turn: Turn, folder: Folder, one: Unsent, text: Line, buttons: Rows = (), prompt: str = ""
) -> None:
    """Speak to whoever wrote it, where they wrote it."""
    turn.do(
        Say(
            one.chat,
            (text,),
            language=turn.desk.general.staff_language,
            buttons=buttons,
            thread=one.thread,
            reply_to=one.message_id,
            case=folder.case.id,
            prompt=prompt,
            silent=True,
        )
    )
