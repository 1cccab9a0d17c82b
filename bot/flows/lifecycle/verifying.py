"""What staff find out: what was verified, whose side it lies on, the need behind the wish.

For staff alone: the customer is told none of it. Each function is what one row of the lifecycle
table does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Answer, Button, Label, Mark, line
from bot.flows.lifecycle.answers import NOTED
from bot.flows.lifecycle.filing import refresh, turn_card
from bot.flows.model import Check

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.turn import Turn

CHECKS = ("order", "goods", "department", "on_the_spot")
"""What is verified before anybody says whose side it lies on: the order exists, the goods left,
the department was asked, somebody looked on the spot."""

SIDES = ("ours", "customer", "third_party", "unclear")

VERIFY = "verify"
"""The card's page with the checks and the sides."""

ANYWAY = "anyway"


def verify(turn: Turn, folder: Folder, act: Act) -> None:
    """Tick one check, or take the tick off again; who and when stay in the timeline."""
    if act.arg not in CHECKS:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    verified = dict(folder.case.verified)
    was = verified.pop(act.arg, None)
    if was is None:
        verified[act.arg] = Check(by=act.staff.id, name=act.staff.name, at=turn.at)
    folder.edit(verified=verified)
    folder.log("verified" if was is None else "unverified", act.by, what=act.arg)
    turn_card(folder, VERIFY)


def set_responsibility(turn: Turn, folder: Folder, act: Act) -> None:
    """Set whose side it lies on; before anything was verified that is asked back once."""
    side, _, anyway = act.arg.partition("+")
    if side not in SIDES:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    case = folder.case
    if not case.verified and not case.responsibility and anyway != ANYWAY:
        folder.log("asked_back", act.by, about="responsibility", now=side)
        folder.inform(
            line("staff.nothing_verified", ref=case.ref, side=Label(f"side.{side}")),
            buttons=(
                (Button(line("card.set_anyway"), f"s:responsibility:{case.id}:{side}+{ANYWAY}"),),
            ),
            silent=False,
        )
        return
    folder.edit(responsibility=side)
    folder.keep("analysis")
    folder.log(
        "responsibility", act.by, was=case.responsibility, now=side, verified=[*case.verified]
    )
    turn_card(folder, VERIFY)


def write_need(turn: Turn, folder: Folder, act: Act) -> None:
    """Write down what the customer needs behind what they want; without words, ask for them."""
    words = act.written.text.strip() if act.written else act.arg
    if not words:
        act.refused = True
        folder.inform(line("prompt.need", ref=folder.case.ref), prompt="need", silent=False)
        return
    folder.log("need", act.by, was=folder.case.underlying_need, now=words)
    folder.edit(underlying_need=words[:NEED_KEPT])
    if act.written:
        turn.do(Mark(act.wrote.chat, act.wrote.message_id, NOTED, folder.case))
    refresh(turn, folder)


NEED_KEPT = 500
"""Characters of the need on the case and its card; the timeline has all of them."""
