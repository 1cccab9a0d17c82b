"""The world as the control address shows it; the shapes are those of sandbox/README.md.

It must never change anything.
"""

from sandbox.model import Chat, Json, Medium, Member, Stored, Topic, User

SHOWN = 500


def user_view(user: User) -> Json:
    """Shape a user."""
    return {
        **user.brief,
        "started": user.started,
        "blocked": user.blocked,
        "deactivated": user.deactivated,
    }


def member_view(member: Member) -> Json:
    """Shape a member of a group."""
    return {
        "user_id": member.user.id,
        "status": member.status,
        "is_anonymous": member.is_anonymous,
        "rights": member.rights,
    }


def topic_view(topic: Topic) -> Json:
    """Shape a topic."""
    view: Json = {
        "thread": topic.thread,
        "name": topic.name,
        "icon_color": topic.icon_color,
        "closed": topic.closed,
    }
    if topic.icon_custom_emoji_id is not None:
        view["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return view


def reactions_view(stored: Stored) -> list[Json]:
    """List a message's reactions."""
    return [
        {"user_id": who, "emoji": one} for who, emoji in stored.reactions.items() for one in emoji
    ]


def item_view(stored: Stored) -> Json:
    """Shape a message."""
    return {
        "chat_id": stored.chat.id,
        "message_id": stored.message_id,
        "thread": stored.thread,
        "from_bot": stored.from_bot,
        "message": stored.body,
        "edit_hidden": stored.edit_hidden and stored.from_bot,
        "reactions": reactions_view(stored),
        "media": [_medium_view(medium) for medium in stored.media],
    }


def _medium_view(medium: Medium) -> Json:
    view: Json = {
        "file_unique_id": medium.unique,
        "kind": medium.kind,
        "mime_type": medium.mime_type,
    }
    if medium.file_name is not None:
        view["file_name"] = medium.file_name
    return view


def chat_view(chat: Chat, bot: User, *, messages: bool = False) -> Json:
    """Shape a chat, with its latest messages in a snapshot."""
    members = [member_view(member) for member in chat.members.values()]
    if chat.user is not None:
        members = [
            {"user_id": one, "status": "member", "is_anonymous": False, "rights": {}}
            for one in (chat.id, bot.id)
        ]
    view: Json = {
        "id": chat.id,
        "type": chat.type,
        "is_forum": chat.is_forum,
        "members": members,
        "topics": [topic_view(topic) for topic in chat.topics.values()],
        "keyboards": list(chat.keyboards.values()),
        "pinned": chat.pinned,
        "migrated_to": chat.migrated_to,
        "available_reactions": None
        if chat.available_reactions is None
        else sorted(chat.available_reactions),
    }
    if chat.title is not None:
        view["title"] = chat.title
    if messages:
        latest = list(chat.messages.values())[-SHOWN:]
        view["messages"] = [item_view(stored) for stored in latest if not stored.deleted]
    return view
