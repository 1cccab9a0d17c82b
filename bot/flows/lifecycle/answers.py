"""Words between staff and customer: replies, questions, progress, notes.

Each function is what one row of the lifecycle table does. Whoever answers a case that nobody
has becomes its owner: answering is taking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.absorb import note
from bot.flows.effects import Answer, Button, Carry, Label, Mark, line
from bot.flows.lifecycle.custody import bring_to_room
from bot.flows.lifecycle.filing import refresh
from bot.flows.model import Question, Source
from bot.flows.sent import Album
from bot.flows.turn import fact_of

if TYPE_CHECKING:
    from bot.flows.events import StaffWrote
    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.turn import Turn


def spoken(turn: Turn, folder: Folder, act: Act) -> None:
    """Do what every word of staff to the customer does: custody, promises, clock."""
    if folder.case.owner is None:
        folder.edit(owner=act.staff.id, owner_name=act.staff.name, climbed_at=None)
        folder.edit(accepted_at=folder.case.accepted_at or turn.at)
        folder.log("taken", act.by, name=act.staff.name)
        folder.trigger("accepted")
    folder.keep("accept")
    if not folder.case.absent:  # who has no chat here has heard nothing yet: `told` says so
        _heard(turn, folder)


def _heard(turn: Turn, folder: Folder) -> None:
    folder.edit(
        first_answer_at=folder.case.first_answer_at or turn.at,
        last_staff_at=turn.at,
        unanswered=0,
        desk_updates=0,
    )
    folder.keep("first_answer", "update", "word")
    folder.trigger("staff_said")
    turn.know(focus=folder.case.id)


def _next_by(turn: Turn, folder: Folder, act: Act) -> None:
    """Promise the next word, after one that was heard."""
    if folder.case.open and not folder.case.absent:
        folder.promise("update", turn.desk.config.target(folder.case).update, act.staff.id)


def carry(turn: Turn, folder: Folder, act: Act) -> None:
    """Bring a staff message to the customer, as it is; who has no chat here is told by staff."""
    wrote = act.wrote
    if folder.case.absent:
        folder.log("to_tell", act.by, text=wrote.text)
        folder.inform(
            line("staff.not_sent", ref=folder.case.ref),
            buttons=((Button(line("card.told"), f"s:told:{folder.case.id}:"),),),
            reply_to=wrote.message_id,
            silent=False,
        )
        return
    folder.log(
        "replied",
        act.by,
        text=wrote.text,
        **({"media": wrote.media.kind} if wrote.media else {}),
    )
    if wrote.media and wrote.media.album:
        folder.edit(albums=_with_part(folder.case.albums, wrote, wrote.media.album))
    folder.later(
        Carry,
        chat=wrote.chat,
        message_id=wrote.message_id,
        text=wrote.text,
        entities=wrote.entities,
        media=wrote.media,
        reply_to=act.answers,
        sender=act.staff.name if turn.desk.general.show_names else "",
    )


def _with_part(albums: tuple[Album, ...], wrote: StaffWrote, album: str) -> tuple[Album, ...]:
    """Return the albums with one more part."""
    known = next((one for one in albums if one.album == album), None)
    if known is None:
        new = Album(album=album, chat=wrote.chat, parts=(wrote.message_id,))
        return (*albums[-ALBUMS_KEPT + 1 :], new)
    whole = known.but(parts=(*known.parts, wrote.message_id))
    return tuple(whole if one is known else one for one in albums)


ALBUMS_KEPT = 8


def reply(turn: Turn, folder: Folder, act: Act) -> None:
    """Answer the customer; from now on they hear again within the update target."""
    if not reachable(turn, folder, act):
        return
    spoken(turn, folder, act)
    carry(turn, folder, act)
    _next_by(turn, folder, act)
    refresh(turn, folder)


def told(turn: Turn, folder: Folder, act: Act) -> None:
    """Take the word of staff that they have told a customer who has no chat here."""
    if not folder.case.absent:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    spoken(turn, folder, act)
    _heard(turn, folder)
    folder.log("told_by_staff", act.by)
    if folder.case.open:
        folder.promise("update", turn.desk.config.target(folder.case).update, act.staff.id)
    folder.inform(line("staff.told", ref=folder.case.ref, who=act.staff.name))
    refresh(turn, folder)


def reachable(turn: Turn, folder: Folder, act: Act) -> bool:
    """Whether the customer can be written to; who acts is told when not, and nothing is done."""
    if turn.customer.reachable:
        return True
    act.refused = True
    folder.log("undelivered", act.by, text=act.written.text if act.written else "")
    folder.inform(
        line("staff.blocked", ref=folder.case.ref, name=turn.customer.name),
        reply_to=act.written.message_id if act.written else None,
    )
    return False


def progress(turn: Turn, folder: Folder, act: Act) -> None:
    """Tell the customer how it is going, with the next promised time."""
    if not reachable(turn, folder, act):
        return
    spoken(turn, folder, act)
    carry(turn, folder, act)
    _next_by(turn, folder, act)
    folder.tell(line("progress.next", ref=folder.case.ref, due=turn.promised(folder) or ""))
    refresh(turn, folder)


def still(turn: Turn, folder: Folder, act: Act) -> None:
    """Send an update with one tap: what still goes on, and by when they hear again."""
    if act.arg not in STILL:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    if not reachable(turn, folder, act):
        return
    spoken(turn, folder, act)
    folder.promise("update", turn.desk.config.target(folder.case).update, act.staff.id)
    folder.log("replied", act.by, text=act.arg)
    due = turn.promised(folder) or ""
    folder.tell(line(f"still.{act.arg}", ref=folder.case.ref, due=due), purpose="update")
    act.say(turn, Answer(act.query, line("press.told")))
    folder.inform(line("staff.told_still", ref=folder.case.ref, who=act.staff.name, due=due))
    refresh(turn, folder)


STILL = ("checking", "department")
"""Updates that are sent with one tap: still looking into it, waiting for another department."""


def contained(turn: Turn, folder: Folder, act: Act) -> None:
    """Note that a first step was taken against its getting worse, in words or without."""
    folder.edit(contained_at=folder.case.contained_at or turn.at)
    folder.keep("containment")
    folder.log("contained", act.by, text=act.written.text if act.written else "")
    act.say(turn, Answer(act.query, line("press.contained")))
    folder.inform(line("staff.contained", ref=folder.case.ref, who=act.staff.name))
    refresh(turn, folder)


def contain_tell(turn: Turn, folder: Folder, act: Act) -> None:
    """Note the first step, and tell the customer of it in the same words."""
    if not reachable(turn, folder, act):
        return
    spoken(turn, folder, act)
    carry(turn, folder, act)
    _next_by(turn, folder, act)
    contained(turn, folder, act)


def ask(turn: Turn, folder: Folder, act: Act) -> None:
    """Have the bot ask the customer for a fact; its answer comes back to the room."""
    fact = fact_of(turn, folder, act.arg)
    words = act.wrote.text if act.written else ""
    if fact is None and not words:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    spoken(turn, folder, act)
    question = Question(fact=fact.id if fact else "free", words=words, by=act.staff.id, at=turn.at)
    folder.edit(question=question)
    folder.log("asked", act.by, fact=question.fact, text=words)
    if words:
        carry(turn, folder, act)
    elif fact is not None:
        folder.tell(
            line("staff_asks.intro", ref=folder.case.ref),
            line(fact.wording(0), ref=folder.case.ref),
            purpose="asked",
        )
    _next_by(turn, folder, act)
    if turn.dialog is None or turn.dialog.case == folder.case.id:
        turn.go("staff_asks", folder, asking=question.fact)
    act.say(turn, Answer(act.query, line("press.asked")))
    if folder.case.absent:
        folder.inform(line("staff.answer_here", ref=folder.case.ref), prompt="answered")
    elif fact is not None and not words:
        folder.inform(line("staff.asked", ref=folder.case.ref, fact=Label(f"fact.{fact.id}")))
    refresh(turn, folder)


def answered(turn: Turn, folder: Folder, act: Act) -> None:
    """Take the customer's answer to a question of staff, or what staff write it was."""
    question = folder.case.question
    if question is None:
        return
    folder.edit(question=None)
    if act.written:
        _answered_for_them(turn, folder, act, question)
    if turn.dialog and turn.dialog.case == folder.case.id:
        turn.rest()
    if not act.written:
        folder.tell(line("staff_asks.thanks"))
    refresh(turn, folder)


def _answered_for_them(turn: Turn, folder: Folder, act: Act, question: Question) -> None:
    text = act.wrote.text
    folder.log("answered_for_them", act.by, fact=question.fact, text=text)
    if question.fact != "free" and text:
        note(
            turn,
            folder,
            question.fact,
            text,
            shown=text[:200],
            source=Source.STAFF,
            by=act.by,
        )
    turn.do(Mark(act.wrote.chat, act.wrote.message_id, NOTED, folder.case))


def write_note(turn: Turn, folder: Folder, act: Act) -> None:
    """Keep a message among staff as an internal note; the customer never sees it."""
    wrote: StaffWrote = act.wrote
    folder.log(
        "noted", act.by, text=wrote.text, **({"media": wrote.media.kind} if wrote.media else {})
    )
    turn.tie(wrote.chat, wrote.message_id, folder, "note")
    turn.do(Mark(wrote.chat, wrote.message_id, NOTED, folder.case))


NOTED = "✍"
"""Reaction on a note: written down, not sent. One of Telegram's fixed list."""


def reopen_room(turn: Turn, folder: Folder) -> None:
    """Make the case's topic anew after somebody deleted it."""
    folder.edit(relayed=0)
    bring_to_room(turn, folder, alert=False, anew=True)  # in place of a card that waits to be sent
