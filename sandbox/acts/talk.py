"""What people do with messages: write, send, edit, delete, react, forward, pin."""

import re

from sandbox.acts import CannotDo
from sandbox.limits import CAPTION, REACTIONS, TEXT
from sandbox.markup import ParseError, formatted, utf16
from sandbox.media import KINDS, as_json
from sandbox.membership import tell_block
from sandbox.methods.copy import content_of, origin_of
from sandbox.model import Chat, Json, Medium, Stored, User
from sandbox.world import World

_BOT_COMMAND = re.compile(r"[A-Za-z0-9_-]{0,64}")
_CAPTIONED = frozenset({"photo", "voice", "audio", "document", "video", "animation"})


def may_write(user: User, chat: Chat, thread: int | None) -> None:
    """Check that this person can write here now."""
    if user.deactivated:
        message = f"{user.first_name}'s account is deleted"
        raise CannotDo(message)
    if chat.migrated_to is not None:
        message = f"the group is now the supergroup {chat.migrated_to}"
        raise CannotDo(message)
    if chat.user is not None:
        if chat.user is not user:
            message = "nobody writes in another person's private chat"
            raise CannotDo(message)
        if user.blocked:
            message = f"{user.first_name} has blocked the bot; unblock it first"
            raise CannotDo(message)
        user.started = True
        return
    member = chat.members.get(user.id)
    if member is None or not member.present:
        message = f"{user.first_name} is not in {chat.title}"
        raise CannotDo(message)
    if thread is None:
        return
    topic = chat.topics.get(thread)
    if topic is None:
        message = f"there is no topic {thread} in {chat.title}"
        raise CannotDo(message)
    if topic.closed and not member.is_admin and topic.creator_id != user.id:
        message = f"the topic {topic.name} is closed"
        raise CannotDo(message)


def found(chat: Chat, message_id: int) -> Stored:
    """Find a message that is still there."""
    stored = chat.messages.get(message_id)
    if stored is None or stored.deleted:
        message = f"there is no message {message_id} in this chat"
        raise CannotDo(message)
    return stored


def written(text: str, parse_mode: str | None, limit: int) -> Json:
    """Make text and entities of what a person typed."""
    try:
        text, marks = formatted(text, parse_mode)
    except ParseError as error:
        raise CannotDo(str(error)) from None
    if utf16(text) > limit:
        message = f"{utf16(text)} characters are more than Telegram's {limit}"
        raise CannotDo(message)
    return {"text": text, "entities": marks} if marks else {"text": text}


def post(  # noqa: PLR0913  (the fields of a message)
    world: World,
    user: User,
    chat: Chat,
    content: Json,
    *,
    thread: int | None = None,
    reply_to: int | None = None,
    quote: str | None = None,
    media: tuple[Medium, ...] = (),
) -> Stored:
    """Put a person's message into a chat."""
    replied = None if reply_to is None else found(chat, reply_to)
    if replied is not None and thread is None:
        thread = replied.thread
    may_write(user, chat, thread)
    if quote and replied is not None:
        position = replied.text.find(quote)
        if position < 0:
            message = f"{quote!r} is not in the message"
            raise CannotDo(message)
        at = utf16(replied.text[:position])
        content = {**content, "quote": {"text": quote, "position": at, "is_manual": True}}
    member = chat.members.get(user.id)
    hidden = member is not None and member.is_anonymous
    return world.post(
        chat, user, content, thread=thread, reply=replied, media=media, anonymous=hidden
    )


def say(  # noqa: PLR0913  (the fields of a message)
    world: World,
    user: User,
    chat: Chat,
    text: str,
    *,
    thread: int | None = None,
    reply_to: int | None = None,
    quote: str | None = None,
    parse_mode: str | None = None,
) -> Stored:
    """Type a message."""
    content = written(text, parse_mode, TEXT)
    if not content["text"]:
        message = "an empty message cannot be sent"
        raise CannotDo(message)
    stored = post(world, user, chat, content, thread=thread, reply_to=reply_to, quote=quote)
    one_time = [
        key
        for key, shown in chat.keyboards.items()
        if shown.get("force_reply") or shown.get("one_time_keyboard")
    ]
    for key in one_time:
        del chat.keyboards[key]
    if one_time:
        world.tell_chat(chat)
    return stored


def start(world: World, user: User, payload: str | None = None) -> Stored:
    """Open the bot by its link or press Start; lets a blocked bot back in."""
    if payload is not None and not _BOT_COMMAND.fullmatch(payload):
        message = "a start payload has up to 64 of A-Z, a-z, 0-9, _ and -"
        raise CannotDo(message)
    if user.blocked:
        set_blocked(world, user, blocked=False)
    return say(world, user, world.chats[user.id], f"/start {payload}" if payload else "/start")


def set_blocked(world: World, user: User, *, blocked: bool) -> None:
    """Block the bot, or let it back."""
    if user.blocked is blocked:
        return
    user.blocked = blocked
    if not blocked:
        user.started = True
    tell_block(world, user, blocked=blocked)
    world.tell_user(user)


def content_for(
    world: World, kind: str, fields: Json, data: bytes | None = None
) -> tuple[Json, tuple[Medium, ...]]:
    """Make the content of anything that is not text."""
    if kind in KINDS:
        medium = world.files.add(
            kind,
            data=data,
            file_name=fields.get("file_name") or ("document.bin" if kind == "document" else None),
            file_size=fields.get("file_size"),
            mime_type=fields.get("mime_type"),
            extra=fields,
        )
        content: Json = {kind: as_json(medium)}
        caption = fields.get("caption")
        if caption and kind in _CAPTIONED:
            text = written(caption, fields.get("parse_mode"), CAPTION)
            content["caption"] = text["text"]
            if "entities" in text:
                content["caption_entities"] = text["entities"]
        return content, (medium,)
    return {**_thing(world, kind, fields)}, ()


def _thing(world: World, kind: str, fields: Json) -> Json:
    point = {
        "latitude": fields.get("latitude", 22.2819),
        "longitude": fields.get("longitude", 114.1582),
    }
    if kind == "location":
        return {"location": point}
    if kind == "venue":
        venue = {
            "location": point,
            "title": fields.get("title", "Shop"),
            "address": fields.get("address", "1 Main Street"),
        }
        return {"location": point, "venue": venue}
    if kind == "contact":
        contact = {
            "phone_number": fields.get("phone_number", "+85291234567"),
            "first_name": fields.get("first_name", "Me"),
        }
        if fields.get("user_id"):
            contact["user_id"] = fields["user_id"]
        return {"contact": contact}
    if kind == "dice":
        return {"dice": {"emoji": fields.get("emoji", "🎲"), "value": world.random.randint(1, 6)}}
    message = f"there is no kind {kind!r} of message"
    raise CannotDo(message)


def album(
    world: World,
    user: User,
    chat: Chat,
    items: list[Json],
    *,
    thread: int | None = None,
    reply_to: int | None = None,
) -> list[Stored]:
    """Send several files as one album: messages with one `media_group_id`, each its own update."""
    group = world.new_album()
    sent = []
    for item in items:
        fields = {name: value for name, value in item.items() if name not in {"kind", "data"}}
        content, media = content_for(world, item.get("kind", "photo"), fields, item.get("data"))
        content["media_group_id"] = group
        sent.append(post(world, user, chat, content, thread=thread, reply_to=reply_to, media=media))
    return sent


def edit(world: World, user: User, stored: Stored, text: str) -> Stored:
    """Change one's own text or caption."""
    _own(user, stored)
    name = "text" if "text" in stored.body else "caption"
    fresh = written(text, None, TEXT if name == "text" else CAPTION)
    marks = "entities" if name == "text" else "caption_entities"
    body = {key: value for key, value in stored.body.items() if key not in {name, marks}}
    if fresh["text"]:
        body[name] = fresh["text"]
    elif name == "text":
        message = "a message cannot be edited to nothing"
        raise CannotDo(message)
    if "entities" in fresh:
        body[marks] = fresh["entities"]
    body["edit_date"] = int(world.clock.time())
    world.change(stored, body)
    return stored


def _own(user: User, stored: Stored) -> None:
    if stored.sender_id != user.id or stored.service:
        message = f"that message is not {user.first_name}'s"
        raise CannotDo(message)


def delete(world: World, user: User, stored: Stored) -> None:
    """Delete a message, one's own or as an administrator; the bot never hears of it."""
    member = stored.chat.members.get(user.id)
    if stored.chat.user is not user and not (member is not None and member.is_admin):
        _own(user, stored)
    world.remove(stored.chat, [stored.message_id])


def react(world: World, user: User, stored: Stored, emoji: list[str]) -> None:
    """Put a reaction in place of one's earlier one."""
    allowed = (
        REACTIONS if stored.chat.available_reactions is None else stored.chat.available_reactions
    )
    plain = [one.replace("\ufe0f", "") for one in emoji]
    for one in plain:
        if one not in allowed:
            message = f"{one} is no reaction in this chat"
            raise CannotDo(message)
    world.set_reactions(stored, user, plain)


def forward(
    world: World, user: User, stored: Stored, chat: Chat, thread: int | None = None
) -> Stored:
    """Forward a message elsewhere."""
    if stored.service or stored.protected:
        message = "that message cannot be forwarded"
        raise CannotDo(message)
    content = {**content_of(stored), "forward_origin": origin_of(stored)}
    return post(world, user, chat, content, thread=thread, media=stored.media)


def pin(world: World, user: User, stored: Stored) -> None:
    """Pin a message."""
    chat = stored.chat
    chat.pinned = [one for one in chat.pinned if one != stored.message_id] + [stored.message_id]
    pinned = {name: value for name, value in stored.body.items() if name != "reply_to_message"}
    world.post(chat, user, {"pinned_message": pinned}, thread=stored.thread, service=True)
    world.tell_chat(chat)
