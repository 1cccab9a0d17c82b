"""`sendMediaGroup`, and the `InputMedia` objects it shares with `editMessageMedia`."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.limits import ALBUM_MAX, ALBUM_MIN
from sandbox.methods.attach import resolve
from sandbox.methods.call import Call, need
from sandbox.methods.send import put
from sandbox.methods.writing import caption_of
from sandbox.model import Json, Medium

_GROUPABLE = frozenset({"photo", "video", "document", "audio"})
_ALONE = frozenset({"document", "audio"})


def read_media(call: Call, item: object) -> tuple[str, Medium, Json]:
    """Read one `InputMedia`: its kind, file and the content it makes."""
    if not isinstance(item, dict):
        reason = "Can't parse InputMedia: expected an Object"
        raise bad_request(reason)
    try:
        kind = need(item, "type", str, "String")
        media = need(item, "media", str, "String")
    except ValueError as error:
        reason = f"Can't parse InputMedia: {error}"
        raise bad_request(reason) from None
    if kind not in _GROUPABLE | {"animation"}:
        reason = f'Can\'t parse InputMedia: type "{kind}" is unsupported'
        raise bad_request(reason)
    extra = {
        name: item[name]
        for name in ("duration", "width", "height", "performer", "title")
        if item.get(name)
    }
    medium, shape = resolve(call, kind, media, None, extra)
    content: Json = {kind: shape}
    content |= caption_of(
        call.world,
        item.get("caption") or "",
        item.get("parse_mode") or "",
        item.get("caption_entities"),
    )
    if item.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return kind, medium, content


def send_media_group(call: Call) -> list[Json]:
    """Send 2 to 10 files as one album: several messages with one `media_group_id`."""
    items: Any = call.json("media", "Can't parse media JSON object")
    if not isinstance(items, list):
        reason = "Expected an Array of InputMedia"
        raise bad_request(reason)
    if len(items) > ALBUM_MAX:
        reason = "too many messages to send as an album"
        raise bad_request(reason)
    if not items:
        reason = "there are no messages to send"
        raise bad_request(reason)
    if len(items) < ALBUM_MIN:
        reason = "album must consist of at least 2 messages"
        raise bad_request(reason)
    read = [read_media(call, item) for item in items]
    kinds = {kind for kind, _, _ in read}
    if "animation" in kinds:
        reason = "Can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup"
        raise bad_request(reason)
    if len(kinds) > 1 and kinds & _ALONE:
        reason = f"{min(kinds & _ALONE)} can't be mixed with other media types"
        raise bad_request(reason)
    group = call.world.new_album()
    return [
        put(call, {**content, "media_group_id": group}, (medium,), None).body
        for _, medium, content in read
    ]
