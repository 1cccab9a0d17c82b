"""The decision: one event in, one outcome out. Every event has an answer.

`decide` is all the app needs to know of the core. It works on a `Turn`, lets the rules look at
every case that changed, and recomputes when each is to be looked at again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.flows import commands, hold, rooms, staffroom
from bot.flows import events as e
from bot.flows.absorb import reread
from bot.flows.admin import menu
from bot.flows.conversation import anytime, joining, steps
from bot.flows.conversation.after import in_room
from bot.flows.digest import list_overdue
from bot.flows.effects import Amend, Relay, RenameTopic, Say, line
from bot.flows.judging import judge, judge_counted
from bot.flows.keeping import follow
from bot.flows.languages import guess_language
from bot.flows.lifecycle.answers import reopen_room
from bot.flows.lifecycle.custody import bring_to_room, keep_from_accused, relay_story
from bot.flows.lifecycle.filing import refresh
from bot.flows.lifecycle.pausing import answered_by_customer
from bot.flows.likes import counted, to_count
from bot.flows.looking import look, next_look
from bot.flows.marks import shifted
from bot.flows.trends import crisis, managing, membership

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.outcome import Outcome
    from bot.flows.turn import Turn


def decide(turn: Turn, event: e.Event, folder: Folder | None = None) -> Outcome:
    """Return what the desk does about an event. `folder` is the case it was found to be about."""
    DECISIONS[type(event)](turn, event, folder)
    return _close(turn)


def _close(turn: Turn) -> Outcome:
    timed = bool(turn.desk.config.timed.rules)
    for folder in list(turn.folders.values()):
        if folder.changed:
            membership.settle(turn, folder)
        if timed and folder.changed:
            folder.trigger("time")  # what came due between two looks is judged now
        if folder.triggers:
            judge(turn, folder)
    if turn.preface:
        turn.tell(menu=True)
    for folder in turn.folders.values():
        if folder.changed:
            follow(turn, folder)
            answered_by_customer(turn, folder)
            _bring_room_up_to_date(turn, folder)
            folder.edit(entries=folder.entries, wake_at=next_look(turn.desk, folder.case, turn.at))
    return turn.outcome()


def _bring_room_up_to_date(turn: Turn, folder: Folder) -> None:
    """Relay what was said since, and show what became known, where the case stands in a room."""
    if folder.case.accused:
        keep_from_accused(turn, folder)
    case = folder.case
    if case.accused and not case.shown and case.status in AT_WORK and turn.desk.rooms(case):
        bring_to_room(turn, folder, alert=True)  # it left the team chat for the managers' room
    case = folder.case
    if case.shown and case.status in AT_WORK and len(case.words) > case.relayed:
        relay_story(turn, folder)
    if folder.stale and case.shown and case.open:
        refresh(turn, folder)


AT_WORK = frozenset({"handed_off", "in_progress", "waiting"})


# ---- customers ------------------------------------------------------------------------------


def _customer(turn: Turn, event: e.CustomerEvent, folder: Folder | None) -> None:
    turn.know(seen_at=turn.at, name=event.who.name or turn.customer.name)
    _choose_language(turn, event)
    match event:
        case e.CustomerStarted() if folder is not None:  # they were invited to it
            joining.join(turn, folder)
        case e.CustomerStarted():
            anytime.started(turn, event)
        case e.CustomerSaid():
            steps.said(turn, event)
        case e.CustomerPressed():
            steps.pressed(turn, event)
        case e.CustomerCommanded():
            command = anytime.COMMANDS.get(event.command, anytime.help_)
            command(turn)
        case e.CustomerEdited():
            _edited(turn, event, folder)
        case e.CustomerBlocked():
            _blocked(turn, event)


def _choose_language(turn: Turn, event: e.CustomerEvent) -> None:
    """Let their own words decide; Telegram's setting is only a guess; a button overrules both."""
    customer = turn.customer
    region = REGION_OF.get(event.who.language_code.lower().rpartition("-")[2], customer.region)
    if region != customer.region:
        turn.know(region=region)
    said = ""
    if isinstance(event, e.CustomerSaid) and event.facts and speaks(event.text):
        said = event.facts.language
    talking = turn.dialog is not None and customer.spoken
    if customer.language_fixed or (customer.language and (talking or not said)):
        return
    chosen = said or guess_language(event.who.language_code) or turn.desk.general.language
    if chosen != customer.language or (said and not customer.spoken):
        turn.know(language=chosen, spoken=bool(said) or customer.spoken)


REGION_OF = {"tw": "TW", "hk": "HK", "mo": "HK"}
"""Whose terms a customer's own Telegram asks for, whatever the desk's region: zh-HK has 個案."""


def speaks(text: str) -> bool:
    """Whether a text is long enough to tell its language: an order number or a name is not."""
    words = [word for word in text.split() if word.isalpha()]
    return len(words) > 1 or sum(char.isalpha() and ord(char) > CJK for char in text) > 1


CJK = 0x2E7F
"""Code points above this are CJK."""


def _edited(turn: Turn, event: e.CustomerEdited, folder: Folder | None) -> None:
    tie = turn.ties.get((event.who.id, event.message_id))
    if folder is None or tie is None:
        return
    reread(turn, folder, event)
    if tie.peer is not None:
        folder.later(
            Amend,
            chat=tie.peer[0],
            message_id=tie.peer[1],
            text=event.text,
            entities=event.entities,
            media=event.media,
            name=folder.case.name,
        )
    elif in_room(folder):  # it went on joined with others: the new wording goes after them
        folder.later(
            Relay,
            chat=event.who.id,
            message_id=event.message_id,
            text=f"{PENCIL}{event.text}",
            entities=shifted(event.entities, PENCIL),
            name=folder.case.name,
        )
    judge(turn, folder)


PENCIL = "✏️ "
"""Before the new wording of something that was said earlier."""


def _blocked(turn: Turn, event: e.CustomerBlocked) -> None:
    turn.know(reachable=not event.blocked)
    for folder in turn.open_cases():
        if folder.case.status == "draft":
            continue
        folder.log("blocked" if event.blocked else "unblocked", "customer")
        text = "staff.has_blocked" if event.blocked else "staff.has_unblocked"
        folder.inform(line(text, name=turn.customer.name, ref=folder.case.ref), silent=False)


# ---- deliveries -----------------------------------------------------------------------------


def _undelivered(turn: Turn, event: e.DeliveryFailed, folder: Folder | None) -> None:
    if event.verdict == "missing":
        if folder is not None and event.origin is not None:
            hold.deleted(folder, *event.origin)
        return
    if event.verdict == "topic_lost" and folder is not None:
        reopen_room(turn, folder)
        return
    if event.verdict == "topic_closed" and folder is not None:
        folder.later(RenameTopic, closed=False)
        folder.log("topic_reopened")
        return
    to_customer = folder is not None and event.chat == folder.case.customer
    if event.verdict == "gone" and event.customer is not None and to_customer:
        turn.know(reachable=False)
    if folder is not None and to_customer:
        folder.log("undelivered", error=event.error, purpose=event.purpose)
        folder.inform(
            line(
                "staff.undelivered_gone" if event.verdict == "gone" else "staff.undelivered",
                name=turn.customer.name,
                ref=folder.case.ref,
                error=event.error,
            ),
            reply_to=event.origin[1] if event.origin else None,
            silent=False,
        )
        return
    if event.verdict == "room_lost" and turn.desk.is_room(event.chat):
        rooms.lost(turn, e.RoomLost(event.key, event.at, event.chat))
        return
    _tell_admins(turn, event)


def _tell_admins(turn: Turn, event: e.DeliveryFailed) -> None:
    if event.purpose in {"admin", "mark", "page"} or event.chat in turn.desk.admins:
        return
    for admin in turn.desk.admins:
        turn.do(
            Say(
                admin,
                (line("admin.undelivered", error=event.error, purpose=event.purpose),),
                language=turn.desk.general.staff_language,
                purpose="admin",
            )
        )


def _event_failed(turn: Turn, event: e.EventFailed) -> None:
    for admin in turn.desk.admins:
        turn.do(
            Say(
                admin,
                (line("admin.event_failed", key=event.failed_key, error=event.error),),
                language=turn.desk.general.staff_language,
                purpose="admin",
            )
        )


# ---- the table ------------------------------------------------------------------------------


def _pressed(turn: Turn, event: e.StaffPressed, folder: Folder | None) -> None:
    if event.data.startswith("m:"):
        managing.pressed(turn, event, staffroom.known(turn, event), folder)
    elif event.data.startswith("a:"):
        menu.pressed(turn, event)
    elif not event.data.startswith("r:"):
        staffroom.pressed(turn, event, folder)
    elif rooms.chosen(turn, event):
        turn.result.wake_open = True


def _commanded(turn: Turn, event: e.StaffCommanded, folder: Folder | None) -> None:
    if event.command == "setup":
        rooms.setup(turn, event)
    elif event.command in menu.OPENS:
        menu.opened(turn, event)
    else:
        commands.commanded(turn, event, folder)


def _woken(turn: Turn, _event: e.Woken, folder: Folder | None) -> None:
    if folder is not None:
        look(turn, folder)


# ---- what follows from other cases ----------------------------------------------------------


def _counted(turn: Turn, event: e.Counted, folder: Folder | None) -> None:
    if folder is None:
        return
    timed = turn.desk.config.timed
    folder.edit(**counted(folder.case, event.found), counted=to_count(folder.case, timed))
    judge_counted(turn, folder, event.triggers)


def _minuted(_turn: Turn, event: e.Minuted, folder: Folder | None) -> None:
    if folder is not None:
        folder.log(event.kind, event.by, **event.data)


def _room(answer: Callable[[Turn, Any], None]) -> Decision:
    return lambda turn, event, _folder: answer(turn, event)


Decision = Callable[["Turn", Any, "Folder | None"], None]

DECISIONS: dict[type[e.Event], Decision] = {
    e.CustomerStarted: _customer,
    e.CustomerSaid: _customer,
    e.CustomerEdited: _customer,
    e.CustomerPressed: _customer,
    e.CustomerCommanded: _customer,
    e.CustomerBlocked: _customer,
    e.StaffWrote: staffroom.wrote,
    e.StaffEdited: staffroom.edited,
    e.StaffReacted: hold.reacted,
    e.StaffPressed: _pressed,
    e.StaffCommanded: _commanded,
    e.AdminTyped: _room(menu.typed),
    e.AdminSent: _room(menu.sent),
    e.StrangerSpoke: _room(rooms.stranger),
    e.RoomJoined: _room(rooms.joined),
    e.RoomLost: _room(rooms.lost),
    e.RoomMoved: _room(rooms.moved),
    e.MemberSeen: _room(rooms.member),
    e.Woken: _woken,
    e.DayBegan: _room(list_overdue),
    e.Counted: _counted,
    e.Minuted: _minuted,
    e.Tallied: _room(crisis.tallied),
    e.DeliveryFailed: _undelivered,
    e.BacktestStep: _room(menu.tried),
    e.BacktestDone: _room(menu.tried),
    e.EventFailed: _room(_event_failed),
}
"""Who answers each kind of event; a test checks that none is missing."""
