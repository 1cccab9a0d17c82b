"""Changing and deleting messages.

It must never know who reads them.
"""

import itertools
from typing import Any

from sandbox.errors import NOT_MODIFIED, Refused, bad_request
from sandbox.limits import BULK_IDS, DELETE_WITHIN
from sandbox.methods.address import bot_right, chat_of, message_of
from sandbox.methods.albums import read_media
from sandbox.methods.call import Call
from sandbox.methods.keyboards import read_markup
from sandbox.methods.writing import read_caption, read_text
from sandbox.model import Chat, Json, Medium, Stored

_CAPTIONABLE = frozenset({"photo", "video", "document", "audio", "voice", "animation"})
_TEXT = frozenset({"text", "entities", "link_preview_options"})
_CAPTION = frozenset({"caption", "caption_entities"})
_MEDIA = _CAPTION | _CAPTIONABLE | {"has_media_spoiler"}


def _editable(call: Call) -> Stored:
    if not call.text("chat_id") and not call.integer("message_id"):
        reason = "Message identifier is not specified"
        raise bad_request(reason)
    chat = chat_of(call, write=False)
    if chat.migrated_to is None:
        _check_still_there(call, chat)
    stored = message_of(call, chat, "message to edit")
    if not stored.from_bot or stored.service or "forward_origin" in stored.body:
        reason = "message can't be edited"
        raise bad_request(reason)
    return stored


def _check_still_there(call: Call, chat: Chat) -> None:
    if chat.user is not None and chat.user.deactivated:
        chat_of(call)
    if chat.type == "group":
        chat_of(call)


def _finish(
    call: Call,
    stored: Stored,
    drop: frozenset[str],
    new: Json,
    media: tuple[Medium, ...] | None = None,
) -> Json:
    markup = read_markup(call, inline_only=True)
    body = {
        name: value
        for name, value in stored.body.items()
        if name not in drop and name != "reply_markup"
    }
    body.update(new)
    if markup is not None and markup.get("inline_keyboard"):
        body["reply_markup"] = markup
    if body == {
        name: value for name, value in stored.body.items() if name != "edit_date" or name in body
    }:
        raise Refused(400, NOT_MODIFIED)
    body["edit_date"] = int(call.world.clock.time())
    stored.edit_hidden = stored.edit_hidden and not (drop or new)
    call.world.change(stored, body, media)
    return body


def edit_message_text(call: Call) -> Json:
    """Put another text into a text message; a keyboard that is not given again is gone."""
    new = read_text(call)
    stored = _editable(call)
    if "text" not in stored.body:
        reason = "there is no text in the message to edit"
        raise bad_request(reason)
    return _finish(call, stored, _TEXT, new)


def edit_message_caption(call: Call) -> Json:
    """Put another caption below a file, or none."""
    new = read_caption(call)
    stored = _editable(call)
    if not _CAPTIONABLE & stored.body.keys():
        reason = "there is no caption in the message to edit"
        raise bad_request(reason)
    return _finish(call, stored, _CAPTION, new)


def edit_message_reply_markup(call: Call) -> Json:
    """Put other buttons below a message, or none."""
    return _finish(call, _editable(call), frozenset(), {})


def edit_message_media(call: Call) -> Json:
    """Put another file in place of a message's file."""
    stored = _editable(call)
    item: Any = call.json("media", "Can't parse input media JSON object")
    if item is None:
        reason = "Input media isn't specified"
        raise bad_request(reason)
    kind, medium, new = read_media(call, item)
    if not _CAPTIONABLE & stored.body.keys() and "text" not in stored.body:
        reason = "message media can't be edited"
        raise bad_request(reason)
    if (
        "media_group_id" in stored.body
        and kind not in stored.body
        and not {"photo", "video"} >= {kind, stored.media[0].kind}
    ):
        reason = "Can't use the media of the specified type in the album"
        raise bad_request(reason)
    return _finish(call, stored, _MEDIA | _TEXT, new, (medium,))


def _check_deletable(call: Call, chat: Chat, stored: Stored) -> None:
    old = call.world.clock.time() - stored.date > DELETE_WITHIN
    if chat.user is not None:
        if old:
            reason = "message can't be deleted for everyone"
            raise bad_request(reason)
        return
    if bot_right(call, chat, "can_delete_messages") and (chat.type == "supergroup" or not old):
        return
    if old or not stored.from_bot or (stored.message_id == 1 and stored.service):
        reason = "message can't be deleted"
        raise bad_request(reason)


def delete_message(call: Call) -> bool:
    """Delete one message."""
    if not call.integer("message_id"):
        reason = "Message identifier is not specified"
        raise bad_request(reason)
    chat = chat_of(call)
    stored = message_of(call, chat, "message to delete")
    _check_deletable(call, chat, stored)
    call.world.remove(chat, [stored.message_id])
    return True


def delete_messages(call: Call) -> bool:
    """Delete up to 100 messages; those that are not there are skipped."""
    chat_ids = read_ids(call)
    chat = chat_of(call)
    found = [
        stored
        for one in chat_ids
        if (stored := chat.messages.get(one)) is not None and not stored.deleted
    ]
    for stored in found:
        _check_deletable(call, chat, stored)
    call.world.remove(chat, [stored.message_id for stored in found])
    return True


def read_ids(call: Call, *, increasing: bool = False) -> list[int]:
    """Read `message_ids`."""
    ids: Any = call.json("message_ids", "Can't parse message identifiers JSON object")
    if ids is None or ids == []:
        reason = "Message identifiers are not specified"
        raise bad_request(reason)
    if not isinstance(ids, list):
        reason = "Expected an Array of message identifiers"
        raise bad_request(reason)
    if len(ids) > BULK_IDS:
        reason = "Too many message identifiers specified"
        raise bad_request(reason)
    try:
        numbers = [int(one) for one in ids]
    except (TypeError, ValueError):
        reason = "Can't parse message identifier as a Number"
        raise bad_request(reason) from None
    if any(number <= 0 for number in numbers):
        reason = "Invalid message identifier specified"
        raise bad_request(reason)
    if increasing and any(a >= b for a, b in itertools.pairwise(numbers)):
        reason = "Message identifiers must be in a strictly increasing order"
        raise bad_request(reason)
    return numbers
