"""Copying and forwarding, one message or many; albums stay albums.

It must never know why.
"""

from sandbox.errors import bad_request
from sandbox.methods.address import chat_of, message_of
from sandbox.methods.call import Call
from sandbox.methods.edit import read_ids
from sandbox.methods.keyboards import read_markup
from sandbox.methods.send import put
from sandbox.methods.writing import read_caption
from sandbox.model import Json, Stored

CONTENT = frozenset(
    [
        "text",
        "entities",
        "link_preview_options",
        "caption",
        "caption_entities",
        "photo",
        "voice",
        "audio",
        "document",
        "video",
        "video_note",
        "animation",
        "sticker",
        "location",
        "venue",
        "contact",
        "dice",
        "poll",
        "has_media_spoiler",
    ]
)
_CAPTIONED = frozenset({"photo", "voice", "audio", "document", "video", "animation"})
_NEW = frozenset({"caption", "caption_entities"})


def content_of(stored: Stored) -> Json:
    """Take what a copy carries: neither sender nor reply nor buttons."""
    return {name: value for name, value in stored.body.items() if name in CONTENT}


def origin_of(stored: Stored) -> Json:
    """Say where a forwarded message comes from."""
    body = stored.body
    if "forward_origin" in body:
        known: Json = body["forward_origin"]
        return known
    if "sender_chat" in body:
        return {"type": "chat", "sender_chat": body["sender_chat"], "date": stored.date}
    return {"type": "user", "sender_user": body["from"], "date": stored.date}


def _source(call: Call, what: str) -> Stored:
    chat = chat_of(call, name="from_chat_id", write=False)
    return message_of(call, chat, what)


def copy_message(call: Call) -> Json:
    """Copy one message, with another caption if given."""
    stored = _source(call, "message to copy")
    if stored.service:
        reason = "message can't be copied"
        raise bad_request(reason)
    content = content_of(stored)
    if call.has("caption") and _CAPTIONED & content.keys():
        content = {
            name: value for name, value in content.items() if name not in _NEW
        } | read_caption(call)
    sent = put(call, content, stored.media, read_markup(call))
    return {"message_id": sent.message_id}


def forward_message(call: Call) -> Json:
    """Forward one message, its origin shown."""
    stored = _source(call, "message to forward")
    if stored.service or stored.protected:
        reason = (
            "message has protected content and can't be forwarded"
            if stored.protected
            else "message can't be forwarded"
        )
        raise bad_request(reason)
    return put(
        call, {**content_of(stored), "forward_origin": origin_of(stored)}, stored.media, None
    ).body


def _many(call: Call, what: str) -> list[Stored]:
    ids = read_ids(call, increasing=True)
    chat = chat_of(call, name="from_chat_id", write=False)
    found = [stored for one in ids if (stored := chat.messages.get(one)) is not None]
    usable = [stored for stored in found if not stored.deleted and not stored.service]
    if not usable:
        reason = f"there are no messages to {what}"
        raise bad_request(reason)
    return usable


def _grouped(call: Call, stored: Stored, groups: dict[str, str]) -> Json:
    old = stored.body.get("media_group_id")
    if old is None:
        return {}
    if old not in groups:
        groups[old] = call.world.new_album()
    return {"media_group_id": groups[old]}


def copy_messages(call: Call) -> list[Json]:
    """Copy up to 100 messages; what cannot be found or copied is skipped."""
    groups: dict[str, str] = {}
    sent = []
    for stored in _many(call, "copy"):
        content = content_of(stored)
        if call.flag("remove_caption"):
            content = {name: value for name, value in content.items() if name not in _NEW}
        sent.append(put(call, content | _grouped(call, stored, groups), stored.media, None))
    return [{"message_id": one.message_id} for one in sent]


def forward_messages(call: Call) -> list[Json]:
    """Forward up to 100 messages; what cannot be found or forwarded is skipped."""
    groups: dict[str, str] = {}
    usable = [stored for stored in _many(call, "forward") if not stored.protected]
    sent = [
        put(
            call,
            {**content_of(one), **_grouped(call, one, groups), "forward_origin": origin_of(one)},
            one.media,
            None,
        )
        for one in usable
    ]
    return [{"message_id": one.message_id} for one in sent]
