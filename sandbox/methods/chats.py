"""What the bot does in a chat besides writing: reactions, pins, actions, members, leaving."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.limits import ACTIONS, REACTIONS
from sandbox.membership import change_status, member_shape
from sandbox.methods.address import bot_right, chat_of, message_of, thread_of
from sandbox.methods.call import Call
from sandbox.model import Chat, Json, Member

_PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]


def set_message_reaction(call: Call) -> bool:
    """React with one emoji of Telegram's list, or take the reaction back."""
    given: Any = call.json("reaction", "Can't parse reaction types JSON object") or []
    if not isinstance(given, list):
        reason = "Expected an Array of ReactionType"
        raise bad_request(reason)
    chat = chat_of(call, write=False)
    stored = message_of(call, chat, "message to react")
    emoji = [_emoji(one) for one in given]
    if len(emoji) > 1:
        reason = "REACTIONS_TOO_MANY"
        raise bad_request(reason)
    allowed = REACTIONS if chat.available_reactions is None else chat.available_reactions
    if any(one not in allowed for one in emoji):
        reason = "REACTION_INVALID"
        raise bad_request(reason)
    if stored.service:
        reason = "REACTION_INVALID"
        raise bad_request(reason)
    chat_of(call)
    call.world.set_reactions(stored, call.world.bot, emoji)
    return True


def _emoji(given: object) -> str:
    if not isinstance(given, dict):
        reason = "can't parse ReactionType: expected an Object"
        raise bad_request(reason)
    if given.get("type") != "emoji":
        reason = (
            "REACTION_INVALID"
            if given.get("type") in {"custom_emoji", "paid"}
            else "can't parse ReactionType: invalid reaction type specified"
        )
        raise bad_request(reason)
    return str(given.get("emoji", "")).replace("\ufe0f", "")


def pin_chat_message(call: Call) -> bool:
    """Pin a message; a service message says so."""
    chat = chat_of(call)
    stored = message_of(call, chat, "message to pin")
    _check_pin(call, chat)
    if stored.service:
        reason = "message can't be pinned"
        raise bad_request(reason)
    chat.pinned = [one for one in chat.pinned if one != stored.message_id] + [stored.message_id]
    world = call.world
    pinned = {name: value for name, value in stored.body.items() if name != "reply_to_message"}
    world.post(chat, world.bot, {"pinned_message": pinned}, thread=stored.thread, service=True)
    world.tell_chat(chat)
    return True


def _check_pin(call: Call, chat: Chat) -> None:
    if chat.user is None and not bot_right(call, chat, "can_pin_messages"):
        reason = "not enough rights to manage pinned messages in the chat"
        raise bad_request(reason)


def unpin_chat_message(call: Call) -> bool:
    """Unpin a message, or the latest pinned one."""
    chat = chat_of(call)
    _check_pin(call, chat)
    message_id = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        reason = "message to unpin not found"
        raise bad_request(reason)
    chat.pinned.remove(message_id)
    call.world.tell_chat(chat)
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    """Unpin everything."""
    chat = chat_of(call)
    _check_pin(call, chat)
    chat.pinned.clear()
    call.world.tell_chat(chat)
    return True


def send_chat_action(call: Call) -> bool:
    """Show "typing…" and the like."""
    action = call.text("action").lower()
    if action not in ACTIONS:
        reason = "Wrong parameter action in request"
        raise bad_request(reason)
    chat = chat_of(call)
    thread = thread_of(call, chat)
    call.world.tell("action", chat_id=chat.id, thread=thread, action=action)
    return True


def get_chat(call: Call) -> Json:
    """Describe a chat in full."""
    chat = chat_of(call, write=False)
    none = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    full: Json = {
        **chat.brief,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": none,
    }
    if chat.user is None:
        full["permissions"] = dict.fromkeys(_PERMISSIONS, True) | {
            "can_change_info": False,
            "can_pin_messages": False,
        }
        full["permissions"]["can_manage_topics"] = False
    if chat.available_reactions is not None:
        full["available_reactions"] = [
            {"type": "emoji", "emoji": one} for one in sorted(chat.available_reactions)
        ]
    if chat.pinned and (latest := chat.messages.get(chat.pinned[-1])) is not None:
        full["pinned_message"] = latest.body
    if chat.user is not None:
        full["active_usernames"] = [chat.user.username] if chat.user.username else []
    return full


def get_chat_member(call: Call) -> Json:
    """Tell a user's standing in a chat."""
    chat = chat_of(call, write=False)
    user = call.world.users.get(call.integer("user_id"))
    if user is None:
        reason = (
            "invalid user_id specified" if not call.integer("user_id") else "PARTICIPANT_ID_INVALID"
        )
        raise bad_request(reason)
    if chat.user is not None:
        if user.id not in {chat.id, call.world.bot.id}:
            reason = "PARTICIPANT_ID_INVALID"
            raise bad_request(reason)
        return {"user": user.brief, "status": "member"}
    member = chat.members.get(user.id) or Member(user, "left")
    return member_shape(member)


def get_chat_administrators(call: Call) -> list[Json]:
    """List a group's administrators, other bots left out as at Telegram."""
    chat = chat_of(call, write=False)
    if chat.user is not None:
        reason = "there are no administrators in the private chat"
        raise bad_request(reason)
    admins = [member for member in chat.members.values() if member.is_admin]
    return [
        member_shape(one) for one in admins if not one.user.is_bot or one.user is call.world.bot
    ]


def get_chat_member_count(call: Call) -> int:
    """Count a chat's members."""
    chat = chat_of(call, write=False)
    return 2 if chat.user is not None else sum(member.present for member in chat.members.values())


def leave_chat(call: Call) -> bool:
    """Leave a group."""
    chat = chat_of(call)
    if chat.user is not None:
        reason = "can't leave a private chat"
        raise bad_request(reason)
    change_status(call.world, chat, call.world.bot, call.world.bot, "left")
    return True
