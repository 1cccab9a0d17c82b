"""The commands of staff: lists, cards, reasons, notes, the need behind it, taking down, unsending.

Each is answered where it was written. About a case that somebody may not see the answer is the
same as for a number that does not exist.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.flows import away, hold
from bot.flows.effects import Label, Mark, Retract, ShowCard, line
from bot.flows.invitation import invitation
from bot.flows.lifecycle.answers import NOTED
from bot.flows.lifecycle.filing import place_of_card
from bot.flows.lifecycle.table import Act, run
from bot.flows.people import Role
from bot.flows.reckoning import reckoned
from bot.flows.rights import here, may_see
from bot.flows.rules.reasons import reason_line
from bot.flows.staffroom import known, not_here, say
from bot.flows.takedown import take_down
from bot.flows.trends import managing

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.effects import Line
    from bot.flows.events import StaffCommanded
    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.turn import Turn


def commanded(turn: Turn, event: StaffCommanded, folder: Folder | None) -> None:
    """Answer a command of staff; lists were loaded by the app."""
    staff = known(turn, event)
    if event.command in OWN:
        OWN[event.command](turn, event, staff)
    elif event.command in {"queue", "mine"}:
        _list(turn, event, staff)
    elif event.command == "unsend":
        _unsend(turn, event, staff, folder)
    elif event.command == "log":
        _log(turn, event, staff)
    elif event.command in managing.COMMANDS:
        managing.commanded(turn, event, staff, folder)
    elif event.command not in ABOUT_A_CASE:
        say(turn, event, line("staff.commands"))
    elif folder is None or not (
        may_see(turn, folder, staff) and here(turn, folder, event.chat)
    ):  # what they may not see is as if it did not exist
        say(turn, event, _which(event))
    else:
        ABOUT_A_CASE[event.command](turn, event, folder)


def _which(event: StaffCommanded) -> Line:
    """Return the question which case is meant, or that there is none of the number named."""
    number = re.search(r"\d{1,9}", event.argument if event.command in {"case", "why"} else "")
    return line("staff.no_case", ref=f"C-{int(number[0])}") if number else line("staff.which_case")


def _list(turn: Turn, event: StaffCommanded, staff: Staff) -> None:
    mine = event.command == "mine"
    cases = [
        f
        for f in turn.folders.values()
        if (f.case.owner == staff.id if mine else f.case.owner is None)
        and f.case.status.value in {"queued", "handed_off", "in_progress", "waiting"}
        and may_see(turn, f, staff)
        and here(turn, f, event.chat)
    ]
    cases.sort(key=lambda f: (_due(f), f.case.id))
    if not cases:
        say(turn, event, line("mine.none" if mine else "queue.none"))
        return
    rows: list[Line] = [line("mine.title" if mine else "queue.title", count=len(cases))]
    for folder in cases[:LISTED]:
        due = turn.promised(folder)
        rows.append(
            line(
                "queue.row_due" if due else "queue.row",
                ref=folder.case.ref,
                grade=Label(f"grade_mark.{folder.case.grade.value}"),
                category=Label(f"category.{folder.case.category}"),
                status=Label(f"card.status.{folder.case.status.value}"),
                **({"due": due} if due else {}),
            )
        )
    more = len(cases) - LISTED
    if more > 0:
        whole = len(turn.folders) < LOADED
        rows.append(line("list.more" if whole else "list.more_than", count=more))
    say(turn, event, *rows)


LISTED = 25
"""Cases shown in a list; of those loaded, the ones that are due first."""
LOADED = 200


def _due(folder: Folder) -> str:
    word = folder.next_word()
    return word.due.isoformat() if word else "9"


def _why(turn: Turn, event: StaffCommanded, folder: Folder) -> None:
    currency = turn.desk.general.currency
    reasons = [reason_line(reason, currency) for reason in folder.case.reasons]
    title = line("why.title" if reasons else "why.none", ref=folder.case.ref)
    say(turn, event, title, *reasons)


def _note(turn: Turn, event: StaffCommanded, folder: Folder) -> None:
    folder.log("noted", f"staff:{event.who.id}", text=event.argument)
    turn.do(Mark(event.chat, event.message_id, NOTED, folder.case))


def _need(turn: Turn, event: StaffCommanded, folder: Folder) -> None:
    act = Act(staff=known(turn, event), arg=unaddressed(event.argument, folder))
    if not run(turn, folder, "need", act):
        not_here(turn, event, folder)
    elif not act.refused:
        turn.do(Mark(event.chat, event.message_id, NOTED, folder.case))


def unaddressed(argument: str, folder: Folder) -> str:
    """Return a command's words without the case number in front of them."""
    first, _, rest = argument.partition(" ")
    return rest.strip() if first in {folder.case.ref, str(folder.case.id)} else argument


def _case(_turn: Turn, event: StaffCommanded, folder: Folder) -> None:
    private = event.chat if event.chat > 0 else None
    if private is None:
        folder.edit(page="")
    folder.later(ShowCard, where=place_of_card(folder), alert=True, chat=private)


def _due_times(turn: Turn, event: StaffCommanded, folder: Folder) -> None:
    rows = reckoned(folder.case, turn.desk.config.hours)
    none = () if rows else (line("due.none", ref=folder.case.ref),)
    say(turn, event, line("due.title", ref=folder.case.ref), *rows, *none)


OWN: dict[str, Callable[[Turn, StaffCommanded, Staff], None]] = {
    "away": away.away,
    "back": away.back,
}
"""Commands that are about whoever gives them."""

ABOUT_A_CASE: dict[str, Callable[[Turn, StaffCommanded, Folder], None]] = {
    "case": _case,
    "why": _why,
    "due": _due_times,
    "note": _note,
    "need": _need,
}
"""Commands that are about one case: by its topic, a reply, or its number."""


def _unsend(turn: Turn, event: StaffCommanded, staff: Staff, folder: Folder | None) -> None:
    """Take back an answer: one's own, or a colleague's by who stands above an agent."""
    if event.quoted_by not in {None, staff.id} and not staff.ranks(Role.SUPERVISOR):
        say(turn, event, line("staff.unsend_how"))
        return
    if folder is not None and hold.taken_back(turn, folder, event.chat, event.reply_to):
        say(turn, event, line("staff.unsent_in_time"))
        return
    tie = turn.ties.get((event.chat, event.reply_to)) if event.reply_to is not None else None
    if folder is None or tie is None or tie.peer is None or tie.kind not in {"carried", "origin"}:
        say(turn, event, line("staff.unsend_how"))
        return
    copies = [one.peer for one in turn.ties.values() if one.peer is not None]
    for chat, message in copies:  # all parts of an album
        folder.log("unsent", f"staff:{event.who.id}", message=message)
        folder.later(Retract, chat=chat, message_id=message)
    say(turn, event, line("staff.unsent"))


# ---- taking down ----------------------------------------------------------------------------


def _log(turn: Turn, event: StaffCommanded, staff: Staff) -> None:
    """Record a complaint for a customer who is not here; say what to tell them."""
    if event.anonymous:
        say(turn, event, line("staff.anonymous"))
        return
    own = (event.chat, event.reply_to) not in turn.ties  # a colleague's words, none of a case
    words = "\n".join(one for one in (event.quoted if own else "", event.argument) if one)
    if not words:
        say(turn, event, line("staff.log_how"))
        return
    folder = take_down(turn, event, staff, words)
    turn.preface.clear()  # what the customer would hear of it is said here
    case, due = folder.case, turn.promised(folder)
    folder.log_told("filed.unconfirmed", "filed.promise")
    address = invitation(turn.desk, case)
    invite = (line("staff.invite", link=address),) if address else ()
    if may_see(turn, folder, staff) and here(turn, folder, event.chat):
        say(turn, event, line("staff.logged", ref=case.ref, due=due or ""), *invite)
        return
    say(turn, event, line("staff.logged_elsewhere"))
    folder.inform(line("staff.logged", ref=case.ref, due=due or ""), *invite)
