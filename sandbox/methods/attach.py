"""Files in calls: multipart uploads, `attach://` references and `file_id`s.

URLs are refused: there is no network.

It must never know about messages.
"""

from typing import Any

from sandbox.errors import Refused, bad_request
from sandbox.limits import UPLOAD_BYTES, UPLOAD_PHOTO_BYTES
from sandbox.media import as_json
from sandbox.methods.call import Call, Upload
from sandbox.model import Json, Medium

_SHORTEST_FILE_ID = 30
_WORDS = {"video_note": "video note"}
_EXTRA = ("duration", "width", "height", "length", "performer", "title", "emoji")


def attached(call: Call, kind: str) -> tuple[Medium, Any]:
    """Find the file a send method carries in the parameter named like its kind."""
    extra = {name: call.raw[name] for name in _EXTRA if call.raw.get(name)}
    upload = call.files.get(kind)
    value = call.text(kind) if upload is None else ""
    if upload is None and not value:
        reason = f"there is no {_WORDS.get(kind, kind)} in the request"
        raise bad_request(reason)
    return resolve(call, kind, value, upload, extra)


def resolve(
    call: Call, kind: str, value: str, upload: Upload | None, extra: Json
) -> tuple[Medium, Any]:
    """Turn an upload, `attach://name` or `file_id` into a file and its Bot API shape."""
    if upload is None and value.startswith("attach://"):
        upload = call.files.get(value.removeprefix("attach://"))
        if upload is None:
            reason = f"there is no {_WORDS.get(kind, kind)} in the request"
            raise bad_request(reason)
    if upload is not None:
        return _uploaded(call, kind, upload, extra)
    if value.startswith(("http://", "https://")):
        reason = "failed to get HTTP URL content"
        raise bad_request(reason)
    medium = call.world.files.by_id.get(value)
    if medium is None:
        reason = "wrong file_id or the file is temporarily unavailable"
        if len(value) < _SHORTEST_FILE_ID:
            reason = "wrong remote file identifier specified: Wrong string length"
        raise bad_request(reason)
    if medium.kind != kind and {medium.kind, kind} != {"document", "animation"}:
        wanted, is_kind = (_type_word(kind), _type_word(medium.kind))
        reason = f"can't use file of type {is_kind} as {wanted}"
        raise bad_request(reason)
    return medium, as_json(medium)


def _type_word(kind: str) -> str:
    names = {"photo": "Photo", "voice": "VoiceNote", "video_note": "VideoNote"}
    return names.get(kind, kind.capitalize())


def _uploaded(call: Call, kind: str, upload: Upload, extra: Json) -> tuple[Medium, Any]:
    size = len(upload.data)
    if size == 0:
        reason = "file must be non-empty"
        raise bad_request(reason)
    if size > UPLOAD_BYTES:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo" and size > UPLOAD_PHOTO_BYTES:
        reason = f"too big for a photo: {size} bytes"
        raise bad_request(reason)
    medium = call.world.files.add(
        kind, data=upload.data, file_name=upload.file_name, mime_type=upload.mime_type, extra=extra,
    )  # fmt: skip
    return medium, as_json(medium)
