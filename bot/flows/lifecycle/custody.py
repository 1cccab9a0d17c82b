"""Custody: who has a case. Handing off, taking, transferring, climbing the ladder.

The first to accept answers for the case to the end: a transfer keeps them until the next owner
accepts. Each function is what one row of the lifecycle table does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.effects import (
    Answer,
    Button,
    Label,
    OpenTopic,
    Page,
    Relay,
    RenameTopic,
    ShowCard,
    line,
)
from bot.flows.events import Media
from bot.flows.keeping import begin, follow, let_run, wait_again
from bot.flows.lifecycle.filing import place_of_card, refresh
from bot.flows.marks import shifted
from bot.flows.model import Grade, Held, Reason, Status, Transfer
from bot.flows.people import LADDER, Role
from bot.flows.rules.reasons import reason_line
from bot.flows.turn import level_above, staff_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.flows.folder import Folder
    from bot.flows.lifecycle.act import Act
    from bot.flows.model import Word
    from bot.flows.people import Staff
    from bot.flows.turn import Turn


def hand_off(turn: Turn, folder: Folder, act: Act) -> None:
    """Put the case into a person's hands at the level asked for, and say so on both sides."""
    case = folder.case
    level = max(act.level, case.level, key=LADDER.index)
    first = case.status in {"draft", "queued"}
    again = case.filed_at is not None and not case.open
    folder.edit(
        level=level,
        filed_at=case.filed_at or turn.at,
        reopened=case.reopened + (1 if again else 0),
        settled=None if again else case.settled,
        climbed_at=turn.at,
    )
    owner = turn.desk.member(case.owner) if case.owner is not None else None
    if again and (owner is None or not owner.ranks(level)):
        folder.edit(owner=None, owner_name="")  # it comes back to somebody above them
    if act.reason is not None:
        folder.edit(reasons=(*case.reasons, act.reason)[-REASONS_KEPT:])
    folder.log("handed_off", level=level.value, rule=act.reason.rule if act.reason else "")
    done = case.status in {Status.CARRIED_OUT, Status.FOLLOWED_UP}
    folder.keep("follow_up")
    if case.status not in {Status.IN_PROGRESS, Status.WAITING}:
        let_run(turn, folder, "desk")
    begin(turn, folder, anew=again, waits=first or again or done or case.owner is None)
    sooner = follow(turn, folder) or _promise_sooner(turn, folder)
    folder.trigger("handed_off", *(("reopened",) if again else ()))
    if case.status is Status.CLOSED and case.since < turn.at:
        folder.later(RenameTopic, closed=False)
    if first or again or level != case.level or act.reason is not None:
        bring_to_room(turn, folder, alert=True)
    if act.tell and (first or again or sooner) and not turn.preface:
        _tell_customer(turn, folder, act.tell)
    endangered = act.reason is not None and act.reason.value("signal") == "safety"
    if act.told_otherwise:
        folder.edit(paged=level)  # whoever acts reaches them: they are not paged as well
        return
    waits = folder.case.grade is Grade.SEVERE and folder.case.owner is None
    news = first or level != case.level
    if endangered or (waits and (again or (news and folder.case.paged is not level))):
        page(turn, folder, level)


REASONS_KEPT = 12


def _promise_sooner(turn: Turn, folder: Folder) -> bool:
    """Promise the first answer, or an earlier one where the case has become more urgent."""
    span = turn.desk.config.target(folder.case).first_answer
    known = folder.next_word()
    if known is None and folder.promised("first_answer") is not None:
        return False  # it was missed: the desk's own word brings the next promise
    if known is not None and span.after(turn.at, turn.desk.config.hours) >= known.due:
        return False
    folder.promise("first_answer", span)
    return known is not None


def _tell_customer(turn: Turn, folder: Folder, text: str) -> None:
    if turn.desk.crisis_of(folder.case) and not folder.case.danger:
        turn.preface.extend(folder.as_approved(()))
        folder.log_told("crisis.statement")
        return
    due = turn.promised(folder)
    turn.preface.append(
        line(
            text,
            ref=folder.case.ref,
            role=Label(f"role.{folder.case.level.value}"),
            due=due or "",
            number=turn.desk.emergency(folder.case.danger),
        )
    )
    folder.log_told(text)


def page(turn: Turn, folder: Folder, level: Role) -> None:
    """Reach the people of a level in private about a case that should not wait, and say why."""
    case = folder.case
    folder.edit(paged=level)
    buttons = ((Button(line("card.take"), f"s:take:{case.id}:"),),)
    title = line(
        "page.waits" if case.owner is None else "page.rule",
        mark=Label(f"grade_mark.{case.grade.value}"),
        ref=case.ref,
        category=Label(f"category.{case.category}"),
    )
    currency = turn.desk.general.currency
    why = tuple(line("card.reason", why=reason_line(one, currency)) for one in case.reasons[-1:])
    folder.later(Page, text=(title, *why), role=level.value, buttons=buttons)


def bring_to_room(turn: Turn, folder: Folder, *, alert: bool, anew: bool = False) -> None:
    """Give the case its topic with card, and relay what the customer said so far."""
    if not turn.desk.rooms(folder.case):
        return
    folder.edit(shown=True, room_set=turn.desk.room_set(folder.case), page="")
    folder.carded = True
    folder.later(OpenTopic, anew=anew)
    folder.later(ShowCard, where="topic", alert=alert)
    relay_story(turn, folder)


def relay_story(turn: Turn, folder: Folder) -> None:
    """Relay the words not relayed yet: texts together, media each with its kind."""
    case = folder.case
    fresh = case.words[case.relayed :]
    texts: list[Word] = []
    for word in fresh:
        if word.kind:
            _relay_texts(turn, folder, texts)
            _relay_media(turn, folder, word)
        elif texts and sum(len(one.text) for one in texts) + len(word.text) > RELAY_JOINED:
            _relay_texts(turn, folder, texts)
            texts.append(word)
        else:
            texts.append(word)
    _relay_texts(turn, folder, texts)
    folder.edit(relayed=len(case.words))


RELAY_JOINED = 3000
"""Characters up to which several messages of a story are relayed as one (group limit 4096)."""


def _relay_texts(turn: Turn, folder: Folder, words: list[Word]) -> None:
    if not words:
        return
    customer = turn.customer
    whole = ""
    marks: tuple[Mapping[str, Any], ...] = ()
    for word in words:
        before = f"{whole}\n" if whole else ""
        whole, marks = before + word.text, (*marks, *shifted(word.marks, before))
    ids = tuple(word.message_id for word in words)
    words.clear()
    folder.later(
        Relay,
        chat=customer.id,
        message_id=ids[-1],
        more=ids[:-1],
        text=whole,
        entities=marks,
        name=customer.address or customer.name,
    )


def _relay_media(turn: Turn, folder: Folder, word: Word) -> None:
    customer = turn.customer
    folder.later(
        Relay,
        chat=customer.id,
        message_id=word.message_id,
        text=word.text,
        entities=word.marks,
        name=customer.address or customer.name,
        media=Media(word.kind, word.file_id, album=word.album, file_name=word.file_name),
    )


# ---- owners ---------------------------------------------------------------------------------


def take(turn: Turn, folder: Folder, act: Act) -> None:
    """Make the presser the one owner, and tell the customer that somebody has the case."""
    staff = act.staff
    if folder.case.owner not in {None, staff.id}:
        act.refused = True
        take_held(turn, folder, act)
        return
    folder.edit(
        owner=staff.id,
        owner_name=staff.name,
        transfer=None,
        accepted_at=folder.case.accepted_at or turn.at,
        climbed_at=None,
        paged=None,
    )
    folder.keep("accept")
    folder.log("taken", f"staff:{staff.id}", name=staff.name)
    folder.trigger("accepted")
    act.say(turn, Answer(act.query, line("press.taken", ref=folder.case.ref)))
    if not folder.case.relayed:
        bring_to_room(turn, folder, alert=False)
    refresh(turn, folder)
    if act.arg != "silent":
        _tell_taken(turn, folder)


def _tell_taken(turn: Turn, folder: Folder) -> None:
    due = turn.promised(folder)
    folder.tell(
        line("taken.told", ref=folder.case.ref, due=due)
        if due
        else line("taken.told_plain", ref=folder.case.ref),
        purpose="taken",
    )


def take_held(turn: Turn, folder: Folder, act: Act) -> None:
    """Answer somebody who presses Take on a case that has an owner."""
    owner = staff_name(turn.desk, folder.case.owner, folder.case.owner_name)
    text = "press.yours" if act.staff.id == folder.case.owner else "press.held"
    act.say(turn, Answer(act.query, line(text, ref=folder.case.ref, owner=owner), alert=True))


def release(turn: Turn, folder: Folder, act: Act) -> None:
    """Give the case back to the queue, at the level it had."""
    who = act.staff.name if act.staff.id else folder.case.owner_name
    lose(turn, folder, act.by)
    folder.log("released", act.by)
    if act.staff.id:
        folder.inform(line("staff.released", who=who, ref=folder.case.ref), silent=False)
    refresh(turn, folder)


def lose(turn: Turn, folder: Folder, by: str = "desk") -> None:
    """Leave the case without an owner: its clocks run, and somebody is to take it anew."""
    folder.edit(owner=None, owner_name="", transfer=None, climbed_at=turn.at)
    let_run(turn, folder, by)
    wait_again(turn, folder)
    if folder.case.status in {Status.IN_PROGRESS, Status.WAITING}:
        folder.move(Status.HANDED_OFF)


def offer_transfer(turn: Turn, folder: Folder, act: Act) -> None:
    """Offer the case to a colleague; the owner keeps it until they accept."""
    to = turn.desk.member(int(act.arg)) if act.arg.isdecimal() else None
    if to is None or to.id == folder.case.owner:
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    offer_to(turn, folder, to, act)
    act.say(turn, Answer(act.query, line("press.offered", who=to.name)))


def offer_to(turn: Turn, folder: Folder, to: Staff, act: Act) -> None:
    """Put the case before somebody who has to accept it; until then nothing changes hands."""
    folder.edit(transfer=Transfer(to=to.id, by=act.staff.id, at=turn.at))
    folder.log("transfer_offered", act.by, to=to.id)
    prefix = f"s:%s:{folder.case.id}:"
    if folder.case.owner is None:
        text = line("staff.offered", to=to.name, to_id=to.id, ref=folder.case.ref)
    else:
        by = act.staff.name or turn.desk.general.name
        text = line("staff.transfer", by=by, to=to.name, to_id=to.id, ref=folder.case.ref)
    folder.inform(
        text,
        buttons=(
            (
                Button(line("card.accept"), prefix % "accept"),
                Button(line("card.decline"), prefix % "decline"),
            ),
        ),
        silent=False,
    )


def keep_from_accused(turn: Turn, folder: Folder) -> None:
    """Take a case that accuses staff out of the hands of anybody below a manager."""
    case = folder.case
    owner = turn.desk.member(case.owner) if case.owner is not None else None
    if case.owner is None or (owner is not None and owner.ranks(Role.MANAGER)):
        return
    folder.edit(level=max(case.level, Role.MANAGER, key=LADDER.index))
    lose(turn, folder)
    folder.log("taken_from_team")
    page(turn, folder, folder.case.level)


def accept_transfer(turn: Turn, folder: Folder, act: Act) -> None:
    """Make the one it was offered to the owner; the second transfer climbs one level."""
    transfer = folder.case.transfer
    if transfer is None or transfer.to != act.staff.id:
        act.say(turn, Answer(act.query, line("press.not_you"), alert=True))
        return
    first = folder.case.owner is None
    count = folder.case.transfers + (not first)
    level = level_above(folder.case.level) if count >= MANY_TRANSFERS else folder.case.level
    folder.edit(
        owner=act.staff.id,
        owner_name=act.staff.name,
        transfer=None,
        transfers=count,
        level=level,
        accepted_at=folder.case.accepted_at or turn.at,
        climbed_at=None,
    )
    folder.keep("accept")
    folder.log("transferred", act.by, count=count)
    folder.trigger("accepted")
    act.say(turn, Answer(act.query, line("press.taken", ref=folder.case.ref)))
    folder.inform(line("staff.transferred", to=act.staff.name, ref=folder.case.ref))
    refresh(turn, folder)
    if first:
        _tell_taken(turn, folder)


MANY_TRANSFERS = 2
"""The second transfer goes one level up (SPEC section 4)."""


def decline_transfer(turn: Turn, folder: Folder, act: Act) -> None:
    """Leave the case with its owner."""
    transfer = folder.case.transfer
    if transfer is None or transfer.to != act.staff.id:
        act.say(turn, Answer(act.query, line("press.not_you"), alert=True))
        return
    folder.edit(transfer=None)
    folder.log("transfer_declined", act.by)
    act.say(turn, Answer(act.query, line("press.declined")))
    _comes_back(turn, folder)


def transfer_lapsed(turn: Turn, folder: Folder) -> None:
    """Bring back what nobody accepted in time; the level above hears of it."""
    folder.edit(transfer=None)
    folder.log("transfer_lapsed")
    owner = folder.case.owner
    if owner is not None and turn.desk.present(owner, turn.at) is None:
        lose(turn, folder)  # it cannot come back to somebody who is away
    _comes_back(turn, folder)
    if folder.case.owner is None:
        climb(turn, folder)
        return
    ref, name = folder.case.ref, folder.case.owner_name
    folder.later(
        Page,
        text=(line("page.transfer_lapsed", ref=ref, owner=name),),
        role=level_above(folder.case.level).value,
        urgent=False,
    )


def _comes_back(turn: Turn, folder: Folder) -> None:
    """Say with whom the case is, now that it was not accepted."""
    case = folder.case
    if case.owner is None:
        folder.inform(line("staff.offer_back", ref=case.ref), silent=False)
        return
    owner = staff_name(turn.desk, case.owner, case.owner_name)
    folder.inform(line("staff.transfer_back", owner=owner, ref=case.ref), silent=False)


def climb(turn: Turn, folder: Folder) -> None:
    """Tell the next level that nobody has taken the case yet; never ends in nobody."""
    level = level_above(folder.case.level)
    rise(turn, folder, level)
    page(turn, folder, level)


def rise(turn: Turn, folder: Folder, level: Role) -> None:
    """Have the case lie at this level, because nobody took it."""
    folder.edit(level=level, climbed_at=turn.at)
    reason = Reason(
        rule="nobody_took_it",
        level=level,
        held=(Held(test="nobody_took_it", values={"level": level.value}),),
        at=turn.at,
    )
    told = any(r.rule == reason.rule and r.level is level for r in folder.case.reasons)
    if not told:  # at the top the reminder is daily, and no news
        folder.edit(reasons=(*folder.case.reasons, reason)[-REASONS_KEPT:])
    folder.log("climbed", level=level.value)
    folder.edit(page="")
    folder.later(ShowCard, where=place_of_card(folder), alert=True)


def regrade(turn: Turn, folder: Folder, act: Act) -> None:
    """Set the grade by hand."""
    if act.arg not in set(Grade):
        act.say(turn, Answer(act.query, line("press.stale"), alert=True))
        return
    folder.edit(grade=Grade(act.arg))
    folder.log("graded", act.by, grade=act.arg)
    folder.trigger("changed")
    act.say(turn, Answer(act.query, line("press.graded", grade=Label(f"grade.{act.arg}"))))
    folder.later(RenameTopic, closed=None)
    refresh(turn, folder)
