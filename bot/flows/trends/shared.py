"""What both records need: naming what cases share, and reaching the managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Answer, Join, Label, Page, Rows, Say, line
from bot.flows.likes import facets
from bot.flows.people import Role
from bot.flows.records import ALONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.flows.effects import Line, Value
    from bot.flows.events import StaffEvent, StaffPressed
    from bot.flows.folder import Folder
    from bot.flows.records import Shared
    from bot.flows.rules.judge import Firing
    from bot.flows.turn import Turn

REFS_SHOWN = 20


def what_is_shared(folder: Folder, firing: Firing, default: str = ALONE) -> tuple[str, str] | None:
    """Return (facet, value) that the rule found cases to have in common; None: not known here."""
    by = next((one.values["by"] for one in firing.held if one.test == "alike"), default)
    if by == ALONE:
        return ALONE, str(folder.case.id)
    value = facets(folder.case).get(by)
    return (by, value) if value else None


def shared_line(record: Shared) -> Line:
    """Say what the cases have in common."""
    value: Value = record.value
    if record.facet == "category":
        value = Label(f"category.{record.value}")
    elif record.facet == ALONE:
        value = f"C-{record.value}"
    return line("shared.what", by=Label(f"alike.{record.facet}"), value=value)


def refs(cases: Iterable[int]) -> Value:
    """Return case numbers as a list, so many at most."""
    numbers = sorted(cases)
    return Join(tuple(f"C-{number}" for number in numbers[-REFS_SHOWN:]))


def to_managers(turn: Turn, *text: Line, buttons: Rows = ()) -> None:
    """Speak to the managers: in their chat, else to each in private. The team never sees it."""
    chat = turn.desk.team.managers_chat
    if chat is not None:
        turn.do(Say(chat, text, language=turn.desk.general.staff_language, buttons=buttons))
    else:
        page(turn, *text, buttons=buttons)


def page(turn: Turn, *text: Line, buttons: Rows = (), role: Role = Role.MANAGER) -> None:
    """Reach the people of a role in private, the managers if none is named."""
    turn.do(Page(None, text, role=role.value, buttons=buttons, urgent=False))


def say(turn: Turn, event: StaffEvent, *text: Line, buttons: Rows = (), prompt: str = "") -> None:
    """Answer where somebody wrote or pressed, in their language when it is in private."""
    member = turn.desk.member(event.who.id) if event.chat > 0 else None
    turn.do(
        Say(
            event.chat,
            text,
            language=(member.language if member else "") or turn.desk.general.staff_language,
            buttons=buttons,
            thread=event.thread,
            reply_to=event.message_id if event.chat < 0 else None,
            prompt=prompt,
        )
    )


def answer(turn: Turn, event: StaffPressed, text: Line | None = None) -> None:
    """Answer a press; words are shown as an alert."""
    turn.do(Answer(event.query_id, text, alert=text is not None))
