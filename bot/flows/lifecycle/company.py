"""Company: a second pair of hands beside the owner, and a word of approval from above.

Neither moves the case or its owner, and of neither does the desk tell the customer anything,
save that a senior has joined. Each function is what one row of the lifecycle table does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Answer, Button, Label, Page, Rows, line
from bot.flows.lifecycle.filing import refresh
from bot.flows.people import LADDER, Role

if TYPE_CHECKING:
    from bot.flows.effects import Line
    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.model import Case
    from bot.flows.turn import Turn

CALLED = (Role.SUPERVISOR, Role.MANAGER)
"""Who can be called to help; colleagues of the room see the call as well."""


def who_may_know(case: Case, role: Role) -> Role:
    """Return the role to reach about a case: one that accuses staff is for managers."""
    return max(role, Role.MANAGER, key=LADDER.index) if case.accused else role


def call_help(turn: Turn, folder: Folder, act: Act) -> None:
    """Ask for a second handler: the room sees it, the role is reached in private."""
    if act.arg not in CALLED:
        act.refused = True
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    folder.log("help_called", act.by, role=act.arg)
    who, role = act.staff.name, who_may_know(folder.case, Role(act.arg))
    text = line("help.called", who=who, ref=folder.case.ref, role=Label(f"role.{role.value}"))
    buttons: Rows = ((Button(line("help.join"), f"s:join:{folder.case.id}:"),),)
    folder.inform(text, buttons=buttons, silent=False)
    folder.later(Page, text=(text,), role=role.value, buttons=buttons)
    act.say(turn, Answer(act.query, line("help.asked")))


def join(turn: Turn, folder: Folder, act: Act) -> None:
    """Take part beside the owner; the customer hears of it when somebody senior joins."""
    staff = act.staff
    if staff.id in {folder.case.owner, *folder.case.helpers}:
        act.refused = True
        act.say(turn, Answer(act.query, line("press.yours", ref=folder.case.ref), alert=True))
        return
    folder.edit(helpers={**folder.case.helpers, staff.id: staff.name})
    folder.log("helper_joined", act.by, name=staff.name)
    folder.inform(line("help.joined", who=staff.name, ref=folder.case.ref))
    if staff.ranks(Role.SUPERVISOR):
        role = Label(f"role.{staff.role.value}")
        folder.tell(line("help.senior", ref=folder.case.ref, role=role), purpose="rule")
    act.say(turn, Answer(act.query, line("help.thanks", ref=folder.case.ref)))
    refresh(turn, folder)


def approve(turn: Turn, folder: Folder, act: Act) -> None:
    """Take a yes to what a rule asked."""
    _decided(turn, folder, act, "approved")


def disapprove(turn: Turn, folder: Folder, act: Act) -> None:
    """Take a no to what a rule asked."""
    _decided(turn, folder, act, "declined")


def _decided(turn: Turn, folder: Folder, act: Act, state: str) -> None:
    asked = folder.case.approval
    if asked is None or str(asked.n) != act.arg:
        _refuse(turn, act, line("press.stale"))
    elif asked.state != "asked":
        _refuse(turn, act, line("approval.decided", who=asked.by_name))
    elif not act.staff.ranks(asked.role):
        _refuse(turn, act, line("approval.not_you", role=Label(f"role.{asked.role.value}")))
    else:
        staff = act.staff
        folder.edit(approval=asked.but(state=state, by=staff.id, by_name=staff.name))
        folder.log("approval", act.by, state=state, name=staff.name, rule=asked.rule)
        folder.trigger("changed")
        said = Label(f"approval_state.{state}")
        folder.inform(
            line("approval.told", ref=folder.case.ref, who=staff.name, state=said), silent=False
        )
        act.say(turn, Answer(act.query, line("approval.noted", ref=folder.case.ref, state=said)))
        refresh(turn, folder)


def _refuse(turn: Turn, act: Act, why: Line) -> None:
    act.refused = True
    act.say(turn, Answer(act.query, why, alert=True))
