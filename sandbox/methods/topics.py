"""Forum topics as the bot manages them.

It must never know what a topic is about.
"""

from sandbox.errors import bad_request
from sandbox.limits import TOPIC_COLORS, TOPIC_NAME
from sandbox.markup import utf16
from sandbox.methods.address import bot_right, chat_of
from sandbox.methods.call import Call
from sandbox.model import Chat, Json, Topic
from sandbox.topics import edit_topic, set_closed


def _forum(call: Call) -> Chat:
    chat = chat_of(call)
    if not chat.is_forum:
        reason = (
            "the chat is not a forum"
            if chat.type == "supergroup"
            else "the chat is not a supergroup forum"
        )
        raise bad_request(reason)
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None:
        reason = "TOPIC_ID_INVALID"
        raise bad_request(reason)
    return topic


def _check_rights(call: Call, chat: Chat, topic: Topic, doing: str) -> None:
    if topic.creator_id != call.world.bot.id and not bot_right(call, chat, "can_manage_topics"):
        reason = f"not enough rights to {doing} the topic"
        raise bad_request(reason)


def _name(call: Call) -> str:
    name = call.text("name").strip()
    if utf16(name) > TOPIC_NAME:
        reason = "TOPIC_TITLE_TOO_LONG"
        raise bad_request(reason)
    return name


def create_forum_topic(call: Call) -> Json:
    """Create a topic."""
    chat = _forum(call)
    if not bot_right(call, chat, "can_manage_topics"):
        reason = "not enough rights to create a topic"
        raise bad_request(reason)
    name = _name(call)
    if not name:
        reason = "TOPIC_TITLE_EMPTY"
        raise bad_request(reason)
    color = call.integer("icon_color", TOPIC_COLORS[0])
    if color not in TOPIC_COLORS:
        reason = "invalid icon color specified"
        raise bad_request(reason)
    topic = call.world.add_topic(
        chat, call.world.bot, name, color, call.text("icon_custom_emoji_id") or None
    )
    made: Json = {
        "message_thread_id": topic.thread,
        "name": topic.name,
        "icon_color": topic.icon_color,
    }
    if topic.icon_custom_emoji_id is not None:
        made["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return made


def edit_forum_topic(call: Call) -> bool:
    """Rename a topic or give it another icon."""
    chat = _forum(call)
    topic = _topic(call, chat)
    _check_rights(call, chat, topic, "edit")
    name = _name(call) or topic.name
    icon = (
        (call.text("icon_custom_emoji_id") or None)
        if call.has("icon_custom_emoji_id")
        else topic.icon_custom_emoji_id
    )
    if (name, icon) == (topic.name, topic.icon_custom_emoji_id):
        reason = "TOPIC_NOT_MODIFIED"
        raise bad_request(reason)
    edit_topic(call.world, chat, topic, call.world.bot, name=name, icon=icon)
    return True


def _toggle(call: Call, *, closed: bool) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    _check_rights(call, chat, topic, "close or open")
    if topic.closed is closed:
        reason = "TOPIC_NOT_MODIFIED"
        raise bad_request(reason)
    set_closed(call.world, chat, topic, call.world.bot, closed=closed)
    return True


def close_forum_topic(call: Call) -> bool:
    """Close a topic."""
    return _toggle(call, closed=True)


def reopen_forum_topic(call: Call) -> bool:
    """Open a closed topic again."""
    return _toggle(call, closed=False)


def delete_forum_topic(call: Call) -> bool:
    """Delete a topic with all its messages."""
    chat = _forum(call)
    topic = _topic(call, chat)
    if topic.creator_id != call.world.bot.id and not bot_right(call, chat, "can_delete_messages"):
        reason = "not enough rights to delete the topic"
        raise bad_request(reason)
    call.world.remove_topic(chat, topic.thread)
    return True
