"""What happens to groups themselves: the bot comes and goes, people do, groups move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.events import Event, MemberSeen, RoomJoined, RoomLost, RoomMoved
from bot.handlers import parts

if TYPE_CHECKING:
    from telegram import ChatMember, ChatMemberUpdated, Message

    from bot.handlers.parts import Me

PRESENT = frozenset({"creator", "administrator", "member"})

SERVICE = (
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_changed",
    "chat_owner_left",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "supergroup_chat_created",
    "users_shared",
    "video_chat_ended",
    "video_chat_participants_invited",
    "video_chat_scheduled",
    "video_chat_started",
    "web_app_data",
    "write_access_allowed",
)
"""Fields of a message that nobody wrote (Bot API, object Message)."""


def is_service(it: Message) -> bool:
    """Whether Telegram itself put this message there."""
    return any(getattr(it, name, None) for name in SERVICE)


def service(key: str, it: Message, me: Me) -> tuple[Event, ...]:
    """Translate a service message; most of them are nobody's concern."""
    chat = it.chat.id
    if it.migrate_to_chat_id:
        return (RoomMoved(key, it.date, chat, it.migrate_to_chat_id),)
    if it.migrate_from_chat_id:
        return (RoomMoved(key, it.date, it.migrate_from_chat_id, chat),)
    if not parts.is_group(it.chat):
        return ()
    seen = [(user, True) for user in it.new_chat_members]
    if it.left_chat_member is not None:
        seen.append((it.left_chat_member, False))
    return tuple(
        MemberSeen(f"{key}.{n}" if n else key, it.date, parts.who(user, full=True), chat, present)
        for n, (user, present) in enumerate(seen)
        if user.id != me.id and not user.is_bot
    )


def my_place(key: str, it: ChatMemberUpdated) -> Event | None:
    """Translate what became of the bot in a group."""
    if not parts.is_group(it.chat):
        return None
    chat, title, mine = it.chat.id, it.chat.title or "", it.new_chat_member
    if not _present(mine):
        return RoomLost(key, it.date, chat, title)
    return RoomJoined(
        key,
        it.date,
        chat,
        title,
        forum=bool(it.chat.is_forum),
        by=parts.who(it.from_user, full=True),
        admin=mine.status == "administrator",
        topics=bool(getattr(mine, "can_manage_topics", False)),
    )


def member(key: str, it: ChatMemberUpdated) -> Event | None:
    """Translate what became of somebody else in a group."""
    user = it.new_chat_member.user
    if user.is_bot or not parts.is_group(it.chat):
        return None
    person = parts.who(user, full=True)
    return MemberSeen(key, it.date, person, it.chat.id, _present(it.new_chat_member))


def _present(one: ChatMember) -> bool:
    return one.status in PRESENT or (
        one.status == "restricted" and bool(getattr(one, "is_member", False))
    )
