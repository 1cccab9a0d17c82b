"""What happens to a topic whoever does it; each change leaves a service message in it."""

from sandbox.model import Chat, Json, Topic, User
from sandbox.world import World


def edit_topic(
    world: World, chat: Chat, topic: Topic, who: User, *, name: str, icon: str | None
) -> None:
    """Rename a topic or change its icon."""
    edited: Json = {}
    if name != topic.name:
        edited["name"] = topic.name = name
    if icon != topic.icon_custom_emoji_id:
        topic.icon_custom_emoji_id = icon
        edited["icon_custom_emoji_id"] = icon or ""
    world.post(chat, who, {"forum_topic_edited": edited}, thread=topic.thread, service=True)
    world.tell_chat(chat)


def set_closed(world: World, chat: Chat, topic: Topic, who: User, *, closed: bool) -> None:
    """Close a topic or open it again."""
    topic.closed = closed
    happened = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.post(chat, who, {happened: {}}, thread=topic.thread, service=True)
    world.tell_chat(chat)
