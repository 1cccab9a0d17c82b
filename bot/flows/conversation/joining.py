"""Joining: a customer opens the link to the case that staff took down for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.conversation.anytime import case_line
from bot.flows.conversation.ask import say_back
from bot.flows.effects import line
from bot.flows.lifecycle.endings import ask_settled
from bot.flows.lifecycle.filing import refresh

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.turn import Turn


TO_CONFIRM = frozenset({"queued", "handed_off", "in_progress", "waiting"})


def join(turn: Turn, folder: Folder) -> None:
    """Make the case theirs: from now on they hear, and what is noted is said back to them."""
    customer = turn.customer
    folder.edit(
        customer=customer.id,
        name=customer.address or customer.name,
        language=customer.language,
        invite="",
    )
    folder.log("joined", "customer")
    turn.know(greeted=True, reachable=True, focus=folder.case.id)
    folder.inform(line("staff.joined", ref=folder.case.ref, name=folder.case.name), silent=False)
    folder.tell(
        line("joined.told", desk=turn.desk.general.name, ref=folder.case.ref),
        case_line(turn, folder),
        line("greeting.data"),
        menu=True,
        purpose="joined",
    )
    if folder.case.status == "carried_out":
        ask_settled(turn, folder)
    elif folder.case.status in TO_CONFIRM and not folder.case.confirmed and turn.dialog is None:
        say_back(turn, folder)
    refresh(turn, folder)
