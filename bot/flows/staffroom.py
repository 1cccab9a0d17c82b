"""What staff do in their rooms: reply, note, press, command.

Replying to the customer's message answers the customer; a reply to a prompt does what the prompt
asked for; anything else is an internal note. Every press has an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows import deciding, doubts, hold
from bot.flows.addressing import reads_like_answer
from bot.flows.conversation.steps import BUTTONS
from bot.flows.effects import (
    Amend,
    Answer,
    Button,
    Label,
    Retract,
    Rows,
    Say,
    line,
)
from bot.flows.events import CustomerPressed, Who
from bot.flows.judging import judge
from bot.flows.lifecycle.clears import PLAIN
from bot.flows.lifecycle.company import CALLED
from bot.flows.lifecycle.filing import turn_card
from bot.flows.lifecycle.pausing import REASONS, lengths_menu, reasons_menu
from bot.flows.lifecycle.table import Act, possible, run
from bot.flows.lifecycle.verifying import VERIFY
from bot.flows.model import Grade
from bot.flows.people import Role, Staff
from bot.flows.playbooks import COMMON
from bot.flows.rights import here, hindered, holds, may_see
from bot.flows.trends import managing
from bot.flows.turn import SPOKEN_FOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.effects import Line
    from bot.flows.events import StaffEdited, StaffEvent, StaffPressed, StaffWrote
    from bot.flows.folder import Folder
    from bot.flows.turn import Turn


def known(turn: Turn, event: StaffEvent) -> Staff:
    """Return who acts; whoever is in a team room and new becomes an agent there."""
    member = turn.desk.member(event.who.id)
    if member is None or member.name != event.who.name:
        managers = event.chat == turn.desk.team.managers_chat
        role = Role.MANAGER if managers else Role.AGENT
        once = turn.desk.staff.get(event.who.id)
        base = member or once or Staff(id=event.who.id, name=event.who.name, role=role)
        member = base.but(name=event.who.name, gone=False, private=base.private or event.chat > 0)
        turn.settings(staff=[member])
    return member


# ---- messages -------------------------------------------------------------------------------


def wrote(turn: Turn, event: StaffWrote, folder: Folder | None) -> None:
    """Take a message in a room: an answer, an act that was prompted, or a note."""
    if event.anonymous:
        if folder is not None or event.reply_to is not None:
            say(turn, event, line("staff.anonymous"))
        return
    tie = turn.ties.get((event.chat, event.reply_to)) if event.reply_to is not None else None
    if tie is not None and tie.kind.startswith(managing.PROMPTS):
        managing.wrote(turn, event, known(turn, event), tie.kind)
        return
    if folder is None:
        known(turn, event)
        if event.reply_to is not None and tie is None and _speaks_of_case(event):
            say(turn, event, line("staff.which_case"))
        return
    staff = known(turn, event)
    if not (may_see(turn, folder, staff) and here(turn, folder, event.chat)):
        say(turn, event, line("staff.not_yours"))
        return
    act = _meaning(event, tie.kind if tie else "")
    if act == "unknown":
        say(turn, event, line("staff.which_message", ref=folder.case.ref))
        return
    if act == "note":
        _noted(turn, folder, staff, event)
    else:
        hold.answer(turn, folder, staff, event, act)
    judge(turn, folder)


def _noted(turn: Turn, folder: Folder, staff: Staff, event: StaffWrote) -> None:
    if not run(turn, folder, "note", Act(staff=staff, written=event)):
        not_here(turn, event, folder)
        return
    marked = is_note(event.text) or event.mentions or event.reply_to is not None
    if not marked and reads_like_answer(event.text, folder.case.name):
        hold.offer(turn, folder, staff, event)


def not_here(turn: Turn, event: StaffEvent, folder: Folder) -> None:
    """Say that this cannot be done where the case stands."""
    status = Label(f"card.status.{folder.case.status.value}")
    say(turn, event, line("staff.not_here", ref=folder.case.ref, status=status))


def _speaks_of_case(event: StaffWrote) -> bool:
    return bool(event.quoted)


def is_note(text: str) -> bool:
    """Whether a text is marked as a note: `//`, also as a Chinese keyboard writes it."""
    return text.lstrip(INVISIBLE).replace("／", "/").startswith("//")


INVISIBLE = " \t\n\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""What may stand before the slashes unseen."""


def _meaning(event: StaffWrote, kind: str) -> str:
    """Return the act a message means: by what it replies to, and by how it begins."""
    note = is_note(event.text) or event.mentions
    if kind.startswith("prompt:") and not note:
        return kind.removeprefix("prompt:")
    if kind in {"relay", "joined"}:
        return "note" if note else "reply"
    if event.reply_to is not None and not kind and event.quoted and not note:
        return "unknown"
    return "note"


def edited(turn: Turn, event: StaffEdited, folder: Folder | None) -> None:
    """Let the customer's copy follow an edited reply."""
    tie = turn.ties.get((event.chat, event.message_id))
    if folder is None or tie is None or event.anonymous:
        return
    if hold.edited(turn, folder, event, note=is_note(event.text)) or tie.peer is None:
        return
    if is_note(event.text):
        say(turn, event, line("staff.unsend_how"))
        return
    if found := doubts.forbidden(turn, event.text):
        folder.log("edit_kept_back", f"staff:{event.who.id}", text=event.text, phrases=list(found))
        say(turn, event, line("hold.edit_kept_back", phrases=doubts.quoted(found)))
        return
    folder.log("reply_edited", f"staff:{event.who.id}", text=event.text)
    folder.later(
        Amend,
        chat=tie.peer[0],
        message_id=tie.peer[1],
        text=event.text,
        entities=event.entities,
        media=event.media,
    )


# ---- buttons --------------------------------------------------------------------------------


def pressed(turn: Turn, event: StaffPressed, folder: Folder | None) -> None:
    """Do what a card's button says, as far as the table and the presser's rights allow."""
    _, verb, _, arg = (*event.data.split(":", 3), "", "", "")[:4]
    if event.anonymous:
        turn.do(Answer(event.query_id, line("press.anonymous"), alert=True))
        return
    if folder is None:
        turn.do(Answer(event.query_id, line("press.stale"), alert=True))
        return
    staff = known(turn, event)
    barred = _barred(turn, folder, staff, event, verb)
    if barred is not None:
        turn.do(Answer(event.query_id, barred, alert=True))
    elif verb == "for":
        _for_them(turn, event, folder, arg)
    elif verb in MENUS:
        MENUS[verb](turn, folder, event, arg)
        turn.do(Answer(event.query_id))
    elif verb in deciding.DECIDED:
        done = deciding.pressed(turn, folder, event, verb, arg)
        turn.do(Answer(event.query_id, None if done else line("press.stale"), alert=not done))
    elif verb in SPEAKING and possible(folder, verb) and hindered(turn, folder, staff):
        _ask_anyway(turn, folder, event, f"{verb}+{arg}")
    else:
        _act(turn, folder, event, staff, verb, arg)
    judge(turn, folder)


def _barred(
    turn: Turn, folder: Folder, staff: Staff, event: StaffPressed, verb: str
) -> Line | None:
    """Return why somebody may not press this, or not now; None when they may."""
    case = folder.case
    if not (may_see(turn, folder, staff) and here(turn, folder, event.chat)):
        return line("press.not_yours")
    if verb in NEED_HOLD and not holds(folder, staff):
        text = "press.held" if case.owner else "press.take_first"
        return line(text, ref=case.ref, owner=case.owner_name)
    if verb in SPEAKING and hold.last_leaves(case):
        return line("press.leaving")
    return None


def _act(
    turn: Turn, folder: Folder, event: StaffPressed, staff: Staff, verb: str, arg: str
) -> None:
    if verb == "anyway":
        verb, _, arg = arg.partition("+")
        folder.later(Retract, chat=event.chat, message_id=event.message_id)
    case = folder.case
    if verb in SPEAKING and case.open and case.owner not in {None, staff.id}:
        folder.log("answered_for", f"staff:{staff.id}", owner=case.owner)
    act = Act(staff=staff, arg=arg, query=event.query_id)
    done = verb in ACTS and run(turn, folder, verb, act)
    if not act.answered:
        turn.do(Answer(event.query_id, None if done else line("press.stale"), alert=not done))


ACTS = frozenset(
    {
        *("take", "release", "transfer", "accept", "decline", "grade", "ask", "resolve", "reopen"),
        *("verify", "responsibility", "told", "help", "join", "approve", "disapprove"),
        *("still", "contained", "pause", "resume"),
    }
)
"""Acts a button may carry; those that need words go by a prompt instead."""

SPEAKING = frozenset({"ask", "resolve"})
"""Those of them that speak to the customer."""

NEED_HOLD = frozenset({"release", "transfer", "still", "pause", "resume", "help"})
"""Acts only the owner, or somebody above an agent, may do."""


def _ask_anyway(turn: Turn, folder: Folder, event: StaffPressed, act: str) -> None:
    """Ask before somebody speaks to the customer in a case that a colleague has."""
    asked = line("hold.colleague", owner=folder.case.owner_name, ref=folder.case.ref)
    button = Button(line("hold.send_anyway"), f"s:anyway:{folder.case.id}:{act}")
    folder.inform(asked, buttons=((button,),), reply_to=event.message_id)
    turn.do(Answer(event.query_id))


def _for_them(turn: Turn, event: StaffPressed, folder: Folder, arg: str) -> None:
    """Take what a customer who has no chat here answered by phone or in person."""
    kind, _, choice = arg.partition(":")
    pressed_for = CustomerPressed(
        event.key, event.at, Who(folder.case.customer, ""), event.data, event.query_id, 0
    )
    done = (
        folder.case.absent
        and kind in SPOKEN_FOR
        and BUTTONS[kind](turn, folder, pressed_for, choice)
    )
    if done:
        folder.log("answered_for_them", f"staff:{event.who.id}", button=arg)
    turn.do(Answer(event.query_id, None if done else line("press.stale"), alert=not done))


def _more(_turn: Turn, folder: Folder, _event: StaffPressed, _arg: str) -> None:
    turn_card(folder, "more")


def _less(_turn: Turn, folder: Folder, _event: StaffPressed, _arg: str) -> None:
    turn_card(folder, "")


def _verify_page(_turn: Turn, folder: Folder, _event: StaffPressed, _arg: str) -> None:
    turn_card(folder, VERIFY)


def _ask_menu(turn: Turn, folder: Folder, event: StaffPressed, _arg: str) -> None:
    playbook = turn.desk.config.playbook(folder.case)
    names = [f.id for f in playbook.facts if _open(folder, f.id)]
    names += [one for one in ("contact", "order", "place") if one not in names]
    prefix = f"s:ask:{folder.case.id}:"
    buttons = [
        Button(line("button.plain", label=Label(f"fact.{name}")), prefix + name)
        for name in names
        if _open(folder, name) and (name in COMMON or playbook.fact(name))
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append((Button(line("card.ask_free"), f"s:prompt:{folder.case.id}:ask+free"),))
    folder.inform(
        line("staff.ask_what", ref=folder.case.ref),
        buttons=tuple(rows),
        reply_to=event.message_id,
    )


def _open(folder: Folder, fact: str) -> bool:
    known_fact = folder.case.facts.get(fact)
    return known_fact is None or known_fact.value is None


def _to_menu(turn: Turn, folder: Folder, event: StaffPressed, _arg: str) -> None:
    mates = [one for one in turn.desk.staff.values() if one.id != folder.case.owner and one.name]
    prefix = f"s:transfer:{folder.case.id}:"
    rows: Rows = tuple((Button(one.name, f"{prefix}{one.id}"),) for one in mates[:20])
    text = "staff.transfer_to" if rows else "staff.transfer_nobody"
    folder.inform(line(text, ref=folder.case.ref), buttons=rows, reply_to=event.message_id)


def _grade_menu(_turn: Turn, folder: Folder, event: StaffPressed, _arg: str) -> None:
    prefix = f"s:grade:{folder.case.id}:"
    rows: Rows = (tuple(Button(line(f"grade.{one.value}"), prefix + one.value) for one in Grade),)
    folder.inform(
        line("staff.grade_which", ref=folder.case.ref), buttons=rows, reply_to=event.message_id
    )


def _help_menu(_turn: Turn, folder: Folder, event: StaffPressed, _arg: str) -> None:
    prefix = f"s:help:{folder.case.id}:"
    label = {one: line("button.plain", label=Label(f"role.{one.value}")) for one in CALLED}
    rows: Rows = (tuple(Button(label[one], prefix + one.value) for one in CALLED),)
    folder.inform(line("help.which", ref=folder.case.ref), buttons=rows, reply_to=event.message_id)


def _pause_menu(turn: Turn, folder: Folder, event: StaffPressed, arg: str) -> None:
    text, rows = line("staff.pause_why", ref=folder.case.ref), reasons_menu(folder)
    if arg in REASONS:
        why = Label(f"waits_for.{arg}")
        text = line("staff.pause_until", ref=folder.case.ref, reason=why)
        rows = lengths_menu(turn, folder, arg)
    folder.inform(text, buttons=rows, reply_to=event.message_id)


def _prompt(turn: Turn, folder: Folder, event: StaffPressed, arg: str) -> None:
    verb = arg.partition("+")[0]
    if verb not in PROMPTED or not possible(folder, verb):
        status = Label(f"card.status.{folder.case.status.value}")
        folder.inform(line("staff.not_here", ref=folder.case.ref, status=status))
        return
    rows: Rows = ()
    if verb == "resolve":
        rows = ((Button(line("card.resolve_plain"), f"s:resolve:{folder.case.id}:{PLAIN}"),),)
    elif verb == "contained":
        prefix = f"s:%s:{folder.case.id}:"
        rows = (
            (Button(line("card.contain_plain"), prefix % "contained"),),
            (Button(line("card.contain_tell"), prefix % "prompt" + "contain_tell"),),
        )
    if event.chat > 0:  # asked in private, answered in private
        turn.do(
            Say(
                event.chat,
                (line(f"prompt.{verb}", ref=folder.case.ref),),
                case=folder.case.id,
                buttons=rows,
                reply_to=event.message_id,
                prompt=arg,
            )
        )
        return
    folder.inform(
        line(f"prompt.{verb}", ref=folder.case.ref),
        buttons=rows,
        reply_to=event.message_id,
        prompt=arg,
        silent=False,
    )


PROMPTED = frozenset(
    {
        *("reply", "progress", "resolve", "refuse", "ask", "need"),
        *("contained", "contain_tell", "pause"),
    }
)
"""Acts that need words: the desk asks for them, a reply to its message gives them."""

MENUS: dict[str, Callable[[Turn, Folder, StaffPressed, str], None]] = {
    "more": _more,
    "less": _less,
    "checks": _verify_page,
    "askmenu": _ask_menu,
    "tomenu": _to_menu,
    "grademenu": _grade_menu,
    "helpmenu": _help_menu,
    "prompt": _prompt,
    "pausemenu": _pause_menu,
}


def say(turn: Turn, event: StaffEvent, *text: Line) -> None:
    """Answer a member of staff where they wrote."""
    turn.do(
        Say(
            event.chat,
            text,
            language=turn.desk.general.staff_language,
            thread=event.thread,
            reply_to=event.message_id,
        )
    )
