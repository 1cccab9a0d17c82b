"""Listening: the story, as it comes, until they say that this is all.

No question while they speak. A first message that already tells enough goes straight on, and so
does a pause. Danger is answered at once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.absorb import hear
from bot.flows.conversation.ask import sorry
from bot.flows.conversation.course import WHOLE_STORY, advance, weight
from bot.flows.effects import Button, Mark, Rows, line
from bot.flows.judging import judge
from bot.flows.turn import words_of

if TYPE_CHECKING:
    from bot.flows.events import CustomerSaid
    from bot.flows.folder import Folder
    from bot.flows.turn import Turn

READ_ENOUGH = 2
"""Facts read from a first message that make it a whole story when its category is clear."""

HEARD = "👀"
"""Reaction on a message that was taken in without a word. One of Telegram's fixed list."""


def begin(turn: Turn, event: CustomerSaid) -> None:
    """Take the first words of a new matter."""
    folder = turn.open_case()
    turn.know(focus=folder.case.id)
    new = hear(turn, folder, event)
    _set_pause(turn, folder)
    turn.go("listening", folder, said=1)
    judge(turn, folder)
    if _danger(folder) or (_whole(folder, event) and new >= READ_ENOUGH):
        advance(turn, folder)
        return
    if folder.case.kind != "feedback" and not folder.case.apologised:
        turn.preface.insert(0, sorry(folder))
    text = "listening.go_on_media" if event.media and not event.text else "listening.go_on"
    folder.tell(line(text), buttons=done_button(folder), purpose="listening")


def _whole(folder: Folder, event: CustomerSaid) -> bool:
    return folder.case.category_sure and weight(event.text) >= WHOLE_STORY


def _danger(folder: Folder) -> bool:
    return any(sign.name == "safety" for sign in folder.case.signs)


def _set_pause(turn: Turn, folder: Folder) -> None:
    pause = timedelta(seconds=turn.desk.general.pause_seconds)
    folder.edit(listening=True, telling_until=turn.at + pause)


def done_button(folder: Folder) -> Rows:
    """Return the button that ends the story."""
    return ((Button(line("button.thats_all"), f"c:l:{folder.case.id}:"),),)


def go_on(turn: Turn, event: CustomerSaid) -> None:
    """Take more of the story; say nothing but that it was seen."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None or turn.dialog is None:
        turn.rest()
        begin(turn, event)
        return
    if "done" in words_of(event.facts):
        hear(turn, folder, event, story=False)
        advance(turn, folder)
        return
    danger_before = _danger(folder)
    hear(turn, folder, event)
    _set_pause(turn, folder)
    judge(turn, folder)
    if _danger(folder) and not danger_before:
        advance(turn, folder)
        return
    turn.go("listening", folder, said=turn.dialog.said + 1)
    if not turn.preface:
        turn.do(Mark(event.who.id, event.message_id, HEARD))
