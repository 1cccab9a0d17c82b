"""What each action of a rule does to a case: one function an action, one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.effects import Button, Label, Page, RenameTopic, Report, line
from bot.flows.lifecycle.company import who_may_know
from bot.flows.lifecycle.custody import offer_to
from bot.flows.lifecycle.endings import ask_rating, ask_settled
from bot.flows.lifecycle.table import Act, run
from bot.flows.model import Approval, Grade, Reason, Status
from bot.flows.notices import notify
from bot.flows.rules import actions as a
from bot.flows.rules.reasons import held_line
from bot.flows.trends import corrective, crisis

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.folder import Folder
    from bot.flows.rules.judge import Firing
    from bot.flows.turn import Turn


def _hand_off(turn: Turn, folder: Folder, firing: Firing, action: a.HandOff) -> None:
    reason = Reason.made(
        rule=firing.rule.id,
        level=action.level,
        held=firing.held,
        version=turn.desk.config.version,
        at=turn.at,
    )
    run(turn, folder, "hand_off", Act(level=action.level, reason=reason, tell=action.tell))


def _grade(_turn: Turn, folder: Folder, _firing: Firing, action: a.SetGrade) -> None:
    order = (Grade.MINOR, Grade.GENERAL, Grade.SEVERE)
    if order.index(action.grade) > order.index(folder.case.grade):
        folder.edit(grade=action.grade)
        folder.log("graded", grade=action.grade.value)
        if folder.case.relayed:
            folder.later(RenameTopic)
        folder.trigger("changed")


def _assign(turn: Turn, folder: Folder, _firing: Firing, action: a.Assign) -> None:
    """Offer the case to somebody; whoever is away or gone is passed over, and that is logged."""
    member = turn.desk.present(action.to, turn.at)
    if member is None or folder.case.owner is not None or not folder.case.open:
        folder.log("not_assigned", to=action.to)
        return
    run(turn, folder, "hand_off", Act(level=member.role))
    offer_to(turn, folder, member, Act())


def _tag(_turn: Turn, folder: Folder, _firing: Firing, action: a.PutTag) -> None:
    if action.tag not in folder.case.tags:
        folder.edit(tags=(*folder.case.tags, action.tag))
        folder.log("tagged", tag=action.tag)
        folder.stale = True
        folder.trigger("changed")


def _target(_turn: Turn, folder: Folder, _firing: Firing, action: a.UseTarget) -> None:
    if folder.case.target_row != action.row:
        folder.edit(target_row=action.row)
        folder.log("target", row=action.row)
        folder.trigger("changed")


def _notify(turn: Turn, folder: Folder, _firing: Firing, action: a.Notify) -> None:
    notify(turn, folder, action.role, action.person)


def _tell(_turn: Turn, folder: Folder, _firing: Firing, action: a.TellCustomer) -> None:
    case, words = folder.case, action.words
    said = next((text for language, text in words.items() if language == case.language), "")
    said = said or next(iter(words.values()))
    said = said.replace("{ref}", case.ref).replace("{name}", case.name)
    folder.tell(line("rule.says", words=said), purpose="rule")


def _promise(turn: Turn, folder: Folder, _firing: Firing, action: a.MakePromise) -> None:
    if not folder.case.open:
        return
    folder.promise(action.kind, action.within)
    due = turn.promised(folder)
    if due is not None:
        folder.tell(line("promise.made", ref=folder.case.ref, due=due), purpose="update")


def _survey(turn: Turn, folder: Folder, _firing: Firing, _action: a.Survey) -> None:
    if folder.case.status is Status.CARRIED_OUT:
        ask_settled(turn, folder)
    elif folder.case.status in {Status.FOLLOWED_UP, Status.CLOSED} and not folder.case.rating:
        ask_rating(turn, folder)


def _ask_approval(turn: Turn, folder: Folder, firing: Firing, action: a.AskApproval) -> None:
    """Ask for a yes or no; a question that is still open is not asked again."""
    before = folder.case.approval
    if before is not None and before.state == "asked":
        return
    asked = Approval(
        n=before.n + 1 if before else 1,
        role=who_may_know(folder.case, action.role),
        rule=firing.rule.id,
        what=action.what,
        at=turn.at,
    )
    folder.edit(approval=asked)
    folder.log("approval_asked", role=asked.role.value, rule=firing.rule.id, what=action.what)
    folder.stale = True
    prefix = f"s:%s:{folder.case.id}:{asked.n}"
    what = action.what or held_line(firing.held, turn.desk.general.currency)
    category = Label(f"category.{folder.case.category}")
    folder.later(
        Page,
        text=(line("approval.asked", ref=folder.case.ref, category=category, what=what),),
        role=asked.role.value,
        buttons=(
            (
                Button(line("approval.yes"), prefix % "approve"),
                Button(line("approval.no"), prefix % "disapprove"),
            ),
        ),
    )


def _webhook(_turn: Turn, folder: Folder, firing: Firing, action: a.CallWebhook) -> None:
    folder.log("reported", hook=action.hook, rule=firing.rule.id)
    name = f"{folder.case.id}-{folder.entries}"
    folder.later(Report, hook=action.hook, rule=firing.rule.id, id=name)


DEEDS: dict[type, Callable[[Turn, Folder, Firing, Any], None]] = {
    a.HandOff: _hand_off,
    a.SetGrade: _grade,
    a.Assign: _assign,
    a.PutTag: _tag,
    a.UseTarget: _target,
    a.Notify: _notify,
    a.TellCustomer: _tell,
    a.MakePromise: _promise,
    a.Survey: _survey,
    a.Propose: corrective.propose,
    a.AskApproval: _ask_approval,
    a.CallCrisis: crisis.call,
    a.CallWebhook: _webhook,
}
"""Who carries out each action; a test finds one that is missing."""
