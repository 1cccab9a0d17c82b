"""Words of staff that a case keeps until they leave: taken in, kept in order, given back.

Kept is the whole message, so that what leaves is what was written. Some leave by themselves
(`until`), the others wait for somebody's word (`bot.flows.hold`, `lifecycle.clears`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.events import Media, StaffWrote, Who
from bot.flows.sent import Unsent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.turn import Turn

UNDECIDED = 12
"""Answers without a due time kept on a case: an album (10) and two more; the oldest make way."""


def taken(turn: Turn, staff: Staff, event: StaffWrote, act: str, arg: str = "") -> Unsent:
    """Return what was written as words that have not left; `act` is what they will do."""
    tie = turn.ties.get((event.chat, event.reply_to)) if event.reply_to is not None else None
    chat, message = tie.peer if tie and tie.peer else (0, 0)
    theirs = chat == turn.customer.id and message > 0  # not what staff wrote down for them
    media = event.media
    return Unsent.made(
        act=act,
        arg=arg,
        by=staff.id,
        name=staff.name,
        chat=event.chat,
        message_id=event.message_id,
        thread=event.thread,
        text=event.text,
        entities=tuple(dict(one) for one in event.entities),
        kind=media.kind if media else "",
        file_id=media.file_id if media else "",
        album=media.album if media else "",
        file_name=media.file_name if media else "",
        answers=message if theirs else None,
        until=None,
        looked=False,
        doubt="",
        passed=(),
    )


def written(turn: Turn, one: Unsent) -> StaffWrote:
    """Return the message again, as if it were written now."""
    media = Media(one.kind, one.file_id, album=one.album, file_name=one.file_name)
    return StaffWrote(
        "",
        turn.at,
        Who(one.by, one.name),
        one.chat,
        one.message_id,
        one.thread,
        text=one.text,
        entities=one.entities,
        media=media if one.kind else None,
    )


def keep(turn: Turn, folder: Folder, one: Unsent) -> bool:
    """Keep it until somebody decides; whether that is the first of its album."""
    first = not one.album or all(other.album != one.album for other in folder.case.unsent)
    waiting = [other for other in folder.case.unsent if other.until is not None]
    kept = [*undecided(folder)[-UNDECIDED + 1 :], one.but(until=None)]
    folder.edit(unsent=(*waiting, *kept))
    turn.tie(one.chat, one.message_id, folder, "unsent")
    return first


def undecided(folder: Folder, act: str = "") -> list[Unsent]:
    """Return what waits for a word, in its order; of one act only if one is named."""
    kept = (one for one in folder.case.unsent if one.until is None)
    return [one for one in kept if act in {"", one.act}]


def found(folder: Folder, chat: int, message: int) -> list[Unsent]:
    """Return what stands in that message, with the other parts of its album."""
    unsent = folder.case.unsent
    one = next((u for u in unsent if (u.chat, u.message_id) == (chat, message)), None)
    if one is None:
        return []
    return [u for u in unsent if u is one or (one.album and u.album == one.album)]


def drop(folder: Folder, gone: Iterable[Unsent]) -> None:
    """Take these from what is kept."""
    ids = {(one.chat, one.message_id) for one in gone}
    left = tuple(u for u in folder.case.unsent if (u.chat, u.message_id) not in ids)
    folder.edit(unsent=left)
