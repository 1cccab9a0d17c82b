"""Asking those who stay silent: how was it today, 1 to 5, for whoever opens the link or QR code.

A good mark is thanked for and kept as feedback. A bad one asks what went wrong: that is the
beginning of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.absorb import hear, keep_word
from bot.flows.conversation.after import idle, typed_mark
from bot.flows.conversation.ask import sorry
from bot.flows.conversation.listen import done_button
from bot.flows.effects import line
from bot.flows.judging import judge
from bot.flows.lifecycle.filing import PRAISE, show_in_queue, thank_for_feedback
from bot.flows.lifecycle.table import Act, run

if TYPE_CHECKING:
    from bot.flows.events import CustomerSaid
    from bot.flows.turn import Turn

GOOD = 4
"""The mark from which it was well."""


def pressed(turn: Turn, choice: str) -> bool:
    """Take a tapped mark, once."""
    if turn.dialog is None or turn.dialog.step != "pulse" or choice not in {*"12345"}:
        return False
    _take(turn, int(choice))
    return True


def said(turn: Turn, event: CustomerSaid) -> None:
    """Take a typed mark; whatever else they write is a matter of its own."""
    mark = typed_mark(event.text)
    if mark:
        _take(turn, int(mark))
        return
    turn.rest()
    idle(turn, event)


def _take(turn: Turn, mark: int) -> None:
    folder = turn.open_case()
    folder.edit(pulse=mark)
    folder.log("pulse", "customer", mark=mark)
    if mark >= GOOD:
        run(turn, folder, "feedback", Act(arg=PRAISE, actor="customer"))
        turn.go("praise", folder)
        return
    folder.edit(listening=True)
    turn.know(focus=folder.case.id)
    turn.go("listening", folder)
    folder.tell(sorry(folder), line("pulse.what"), buttons=done_button(folder))


def praise(turn: Turn, event: CustomerSaid) -> None:
    """Take a word after a good mark; it goes to the team, and one tap makes more of it."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    turn.rest()
    if folder is None or folder.case.status != "feedback":  # it has become more meanwhile
        idle(turn, event)
        return
    hear(turn, folder, event, story=False)  # praise of a waiter accuses nobody of rudeness
    if not event.media:
        keep_word(folder, event)
    judge(turn, folder)
    if folder.case.status == "feedback":
        show_in_queue(turn, folder)
        thank_for_feedback(folder)
    elif not turn.preface:
        folder.tell(line("added.told", ref=folder.case.ref))
