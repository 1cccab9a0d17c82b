"""What all translators need of a message: who, when, where, the words, the attachment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.constants import ChatID

from bot.flows.events import Media, Who

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram import Chat, Message, User

ANONYMOUS_ADMIN = int(ChatID.ANONYMOUS_ADMIN)
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)
Entities = tuple["Mapping[str, Any]", ...]


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as Telegram names it."""

    id: int
    username: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """`/name@bot argument`, taken apart."""

    name: str
    argument: str


def who(user: User, *, full: bool = False) -> Who:
    """Name a person: customers by first name, staff (`full`) as colleagues see them."""
    name = user.full_name if full else user.first_name
    return Who(user.id, name or "", user.language_code or "", user.username or "")


def author(message: Message) -> Who:
    """Name who wrote in a group; an anonymous admin by the title they write under."""
    user = message.from_user
    if user is None or anonymous(message):
        title = message.author_signature or message.chat.title or ""
        return Who(ANONYMOUS_ADMIN, title)
    return who(user, full=True)


def anonymous(message: Message) -> bool:
    """Whether an admin wrote in the group's own name, which leaves no identity."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def by_a_person(message: Message) -> bool:
    """Whether a human being wrote this: no channel, no other bot."""
    if message.sender_chat is not None:
        return anonymous(message)
    return message.from_user is not None and not message.from_user.is_bot


def is_private(chat: Chat) -> bool:
    """Whether only one person and the bot are there."""
    return chat.type == "private"


def is_group(chat: Chat) -> bool:
    """Whether several people are there (channels are no rooms of the desk)."""
    return chat.type in {"group", "supergroup"}


def words(message: Message) -> str:
    """Text or caption."""
    return message.text or message.caption or ""


def entities(message: Message) -> Entities:
    """Give the marks in the text or caption, as plain data."""
    return tuple(one.to_dict() for one in message.entities or message.caption_entities)


def thread(message: Message) -> int | None:
    """Topic it stands in; replies outside forums carry a thread id too, which is no topic."""
    return message.message_thread_id if message.is_topic_message else None


def reply_to(message: Message) -> int | None:
    """Message it answers, if its author chose one.

    In a topic a plain message replies to the message that created the topic, whose id is the
    thread's (HOUSE section 4).
    """
    target = message.reply_to_message
    if target is None or target.forum_topic_created is not None:
        return None
    if message.is_topic_message and target.message_id == message.message_thread_id:
        return None
    return target.message_id


def quoted(message: Message) -> str:
    """Words of the message it answers: there the case's number may stand."""
    target = message.reply_to_message
    if target is not None and reply_to(message) is not None:
        return words(target)
    return message.quote.text if message.quote is not None else ""


def quoted_by(message: Message) -> int | None:
    """Who wrote the message it answers; None where there is none, or nobody in person."""
    target = message.reply_to_message
    if target is None or reply_to(message) is None or target.from_user is None:
        return None
    return target.from_user.id


CAPTIONS = frozenset({"log"})
"""Commands that may be the caption of a picture or file."""


def command(message: Message, me: Me, *, captions: bool = False) -> Command | None:
    """Take a command apart; None when it is none, or meant for another bot."""
    said = message.text or (message.caption if captions else None)
    if said is None or message.forward_origin is not None:
        return None
    found = COMMAND.fullmatch(said)
    if found is None or (message.text is None and found.group(1).lower() not in CAPTIONS):
        return None
    name, addressee, argument = found.groups()
    if addressee is not None and addressee.lower() != me.username.lower():
        return None
    return Command(name.lower(), (argument or "").strip())


def for_another_bot(message: Message, me: Me) -> bool:
    """Whether a command names another bot: not for us to answer."""
    found = COMMAND.fullmatch(message.text or "")
    addressee = found.group(2) if found else None
    return addressee is not None and addressee.lower() != me.username.lower()


# ---- attachments ----------------------------------------------------------------------------

KEPT = ("mime_type", "emoji", "title", "performer", "width", "height")
"""Plain properties of a file worth keeping with its reference."""


def media(message: Message) -> Media | None:
    """Describe the attachment, by reference; None for plain text."""
    for kind, describe in ATTACHMENTS.items():
        thing = getattr(message, kind)
        if thing:
            return describe(kind, thing, message.media_group_id or "")
    return None if message.text is not None else Media("other")


def _file(kind: str, thing: Any, album: str) -> Media:
    extra = {name: getattr(thing, name, None) for name in KEPT}
    return Media(
        kind=kind,
        file_id=thing.file_id,
        unique_id=thing.file_unique_id,
        file_name=getattr(thing, "file_name", None) or "",
        size=thing.file_size or 0,
        album=album,
        extra={name: value for name, value in extra.items() if value is not None},
    )


def _photo(kind: str, sizes: Any, album: str) -> Media:
    return _file(kind, max(sizes, key=lambda size: size.width * size.height), album)


def _data(kind: str, thing: Any, album: str) -> Media:
    """Keep what has no file as Telegram's own object, so that it can be sent again."""
    return Media(kind=kind, album=album, extra=thing.to_dict())


def _venue(kind: str, thing: Any, album: str) -> Media:
    place = {"latitude": thing.location.latitude, "longitude": thing.location.longitude}
    return Media(
        kind=kind, album=album, extra={**place, "title": thing.title, "address": thing.address}
    )


def _poll(kind: str, thing: Any, album: str) -> Media:
    options = [option.text for option in thing.options]
    asked = {"question": thing.question, "options": options, "type": thing.type}
    return Media(kind=kind, album=album, extra=asked)


ATTACHMENTS: dict[str, Callable[[str, Any, str], Media]] = {
    "animation": _file,  # before document: an animation is sent as both
    "photo": _photo,
    "document": _file,
    "video": _file,
    "voice": _file,
    "audio": _file,
    "video_note": _file,
    "sticker": _file,
    "venue": _venue,  # before location: a venue is sent as both
    "location": _data,
    "contact": _data,
    "poll": _poll,
    "dice": _data,
}
