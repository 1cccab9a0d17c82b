"""The rooms themselves: offering a group as team chat, losing it, moving it, who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Answer, Button, Readdress, Say, line
from bot.flows.people import Offer, Role, Staff

if TYPE_CHECKING:
    from bot.flows.events import (
        MemberSeen,
        RoomJoined,
        RoomLost,
        RoomMoved,
        StaffCommanded,
        StaffPressed,
        StrangerSpoke,
    )
    from bot.flows.turn import Turn


def joined(turn: Turn, event: RoomJoined) -> None:
    """Offer a new group to the admins, or take up what changed in one that is in use."""
    team = turn.desk.team
    offer = Offer(title=event.title, forum=event.forum, topics=event.topics, admin=event.admin)
    if event.chat == team.chat:
        had_rights = team.topics
        turn.settings(
            team=team.but(
                forum=event.forum, topics=event.topics, lost=False, title=event.title or team.title
            )
        )
        if not event.admin:
            _say(turn, event.chat, line("room.no_admin"))
        elif event.forum and not event.topics and had_rights:
            _say(turn, event.chat, line("room.no_topics"))
        return
    if event.chat == team.managers_chat:
        turn.settings(team=team.but(managers_forum=event.forum, managers_topics=event.topics))
        return
    if not turn.desk.admins:
        _say(turn, event.chat, line("room.no_desk_admin"))
        return
    offered = {chat: one for chat, one in team.offers.items() if chat != event.chat}
    turn.settings(team=team.but(offers={**dict(list(offered.items())[-9:]), event.chat: offer}))
    if event.chat in team.offers:
        return  # offered already: only what the bot may do there has changed
    for admin in turn.desk.admins:
        turn.do(
            Say(
                admin,
                (line("room.offer", title=event.title),),
                buttons=(
                    (Button(line("room.use_team"), f"r:team:{event.chat}"),),
                    (Button(line("room.use_managers"), f"r:managers:{event.chat}"),),
                ),
                purpose="offer",
            )
        )


def offer_import(turn: Turn) -> None:
    """Tell the admins of the changed configuration file; the menu shows and applies it."""
    for admin in turn.desk.admins:
        turn.do(
            Say(
                admin,
                (line("config.offer"),),
                purpose="offer",
            )
        )


def chosen(turn: Turn, event: StaffPressed) -> bool:
    """Take an admin's choice; return whether open cases are to be looked at again."""
    _, use, chat_text = (*event.data.split(":", 2), "", "")[:3]
    team = turn.desk.team
    if event.who.id not in turn.desk.admins:
        turn.do(Answer(event.query_id, line("press.admins_only"), alert=True))
        return False
    chat = int(chat_text) if chat_text.lstrip("-").isdecimal() else 0
    offer = team.offers.get(chat)
    if offer is None or use not in {"team", "managers"}:
        turn.do(Answer(event.query_id, line("press.stale"), alert=True))
        return False
    if use == "team":
        team = team.but(
            chat=chat,
            forum=offer.forum,
            topics=offer.topics,
            title=offer.title,
            lost=False,
            team_set=team.team_set + 1,
        )
    else:
        team = team.but(
            managers_chat=chat,
            managers_forum=offer.forum,
            managers_topics=offer.topics,
            managers_set=team.managers_set + 1,
        )
    turn.settings(team=team)
    turn.do(Answer(event.query_id, line("press.room_set")))
    _say(turn, event.chat, line("room.set", title=offer.title))
    _say(turn, chat, line("room.welcome_team" if use == "team" else "room.welcome_managers"))
    if not offer.admin:
        _say(turn, chat, line("room.no_admin"))
    elif offer.forum and not offer.topics:
        _say(turn, chat, line("room.no_topics"))
    return True


def lost(turn: Turn, event: RoomLost) -> None:
    """Tell the admins in private that the bot was removed from a room in use."""
    team = turn.desk.team
    if event.chat == team.chat:
        turn.settings(team=team.but(lost=True))
    elif event.chat == team.managers_chat:
        turn.settings(team=team.but(managers_chat=None))
    else:
        offers = {chat: one for chat, one in team.offers.items() if chat != event.chat}
        turn.settings(team=team.but(offers=offers))
        return
    for admin in turn.desk.admins:
        _say(turn, admin, line("room.lost", title=event.title or team.title), purpose="room_lost")


def moved(turn: Turn, event: RoomMoved) -> None:
    """Follow a group that became a supergroup: same room, new id."""
    team = turn.desk.team
    if event.old == team.chat:
        turn.settings(team=team.but(chat=event.new, lost=False))
    elif event.old == team.managers_chat:
        turn.settings(team=team.but(managers_chat=event.new))
    elif event.old in team.offers:
        offers = {chat: one for chat, one in team.offers.items() if chat != event.old}
        turn.settings(team=team.but(offers={**offers, event.new: team.offers[event.old]}))
        return
    else:
        return
    turn.do(Readdress(event.old, event.new))


def member(turn: Turn, event: MemberSeen) -> None:
    """Keep the list of staff in step with who is in the team rooms."""
    if not turn.desk.is_room(event.chat):
        return
    managers = event.chat == turn.desk.team.managers_chat
    role = Role.MANAGER if managers else Role.AGENT
    known = turn.desk.staff.get(event.who.id)
    if known is None and event.present:
        turn.settings(staff=[Staff(id=event.who.id, name=event.who.name, role=role)])
    elif known is not None and event.present:
        higher = known if known.ranks(role) else known.but(role=role)
        turn.settings(staff=[higher.but(gone=False)])
    elif known is not None:
        turn.settings(staff=[known.but(gone=True)])


def setup(turn: Turn, event: StaffCommanded) -> None:
    """Make whoever gives the one-time code an admin."""
    code = turn.desk.team.setup_code
    if not code or event.argument.strip() != code:
        _say(turn, event.chat, line("setup.wrong"))
        return
    turn.settings(
        redeemed=(*turn.desk.redeemed, event.who.id),
        team=turn.desk.team.but(setup_code=""),
        staff=[Staff(id=event.who.id, name=event.who.name, role=Role.ADMIN, private=True)],
    )
    _say(turn, event.chat, line("setup.done"))


def stranger(turn: Turn, event: StrangerSpoke) -> None:
    """Answer a customer in a group once, and take the matter to the private chat."""
    link = f"https://t.me/{turn.desk.username}?start=group" if turn.desk.username else ""
    buttons = ((Button(line("group.button"), url=link),),) if link else ()
    turn.do(
        Say(
            event.chat,
            (line("group.to_private"),),
            language=event.who.language_code,
            buttons=buttons,
            thread=event.thread,
            reply_to=event.message_id,
        )
    )


def _say(turn: Turn, chat: int, *text: object, purpose: str = "said") -> None:
    turn.do(
        Say(chat, text, language=turn.desk.general.staff_language, purpose=purpose)  # type: ignore[arg-type]
    )
