"""Files: what people and the bot upload, and tiny made-up bytes where nobody uploads anything.

A file has a `file_id` (for the bot) and a `file_unique_id` (for comparison and for the page).
It must never know messages or chats.
"""

import itertools
import struct
import zlib

from sandbox.model import Json, Medium

KINDS: dict[str, tuple[str, str, str]] = {
    "photo": ("image/png", "photos", "png"),
    "voice": ("audio/ogg", "voice", "oga"),
    "audio": ("audio/mpeg", "music", "mp3"),
    "document": ("application/octet-stream", "documents", "bin"),
    "video": ("video/mp4", "videos", "mp4"),
    "video_note": ("video/mp4", "video_notes", "mp4"),
    "animation": ("video/mp4", "animations", "mp4"),
    "sticker": ("image/webp", "stickers", "webp"),
}
_PREFIX = {
    "photo": "AgACAgQ",
    "voice": "AwACAgQ",
    "audio": "CQACAgQ",
    "document": "BQACAgQ",
    "video": "BAACAgQ",
    "video_note": "DQACAgQ",
    "animation": "CgACAgQ",
    "sticker": "CAACAgQ",
}


def png(red: int, green: int, blue: int, side: int = 8) -> bytes:
    """Draw a one-coloured picture of a few dozen bytes."""
    row = b"\0" + bytes((red, green, blue)) * side

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * side))
        + chunk(b"IEND", b"")
    )


def sniffed(data: bytes) -> str | None:
    """Tell a picture's content type from its first bytes."""
    if data.startswith(b"\x89PNG"):
        return "image/png"
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if data.startswith(b"GIF8"):
        return "image/gif"
    if data[8:12] == b"WEBP":
        return "image/webp"
    return None


class Files:
    """Every file, by `file_id`, by `file_unique_id` and by download path."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers = itertools.count(1)
        self.by_id: dict[str, Medium] = {}
        self.by_unique: dict[str, Medium] = {}
        self.by_path: dict[str, Medium] = {}

    def add(
        self,
        kind: str,
        *,
        data: bytes | None = None,
        file_name: str | None = None,
        file_size: int | None = None,
        mime_type: str | None = None,
        extra: Json | None = None,
    ) -> Medium:
        """Keep a file; a declared `file_size` wins, to play files too big to download."""
        number = next(self._numbers)
        default_mime, folder, suffix = KINDS[kind]
        if data is None:
            data = (
                png(number * 53 % 256, number * 97 % 256, number * 193 % 256)
                if kind in {"photo", "sticker"}
                else b"\0" * 64
            )
        mime = (
            mime_type or (sniffed(data) if kind in {"photo", "sticker"} else None) or default_mime
        )
        if file_name and "." in file_name:
            suffix = file_name.rsplit(".", 1)[1]
        medium = Medium(
            file_id=f"{_PREFIX[kind]}AAxk{number:010d}Sandbox",
            unique=f"AQAD{number:08d}",
            kind=kind,
            size=len(data) if file_size is None else file_size,
            mime_type=mime,
            file_name=file_name,
            path=f"{folder}/file_{number}.{suffix}",
            data=data,
            extra=extra or {},
        )
        self.by_id[medium.file_id] = medium
        self.by_unique[medium.unique] = medium
        self.by_path[medium.path] = medium
        if kind == "photo":
            self.by_id[medium.file_id + "s"] = self.by_unique[medium.unique + "s"] = medium
        return medium


def as_json(medium: Medium) -> Json | list[Json]:
    """Shape the file as the Bot API object of its kind (a list of sizes for a photo)."""
    shape: Json = {
        "file_id": medium.file_id,
        "file_unique_id": medium.unique,
        "file_size": medium.size,
    }
    extra = medium.extra
    if medium.kind == "photo":
        small = {
            "file_id": medium.file_id + "s",
            "file_unique_id": medium.unique + "s",
            "file_size": min(medium.size, 1024),
        }
        return [{**small, "width": 90, "height": 90}, {**shape, "width": 800, "height": 800}]
    if medium.kind in {"voice", "audio", "video", "animation"}:
        shape["duration"] = int(extra.get("duration") or 3)
    if medium.kind in {"video", "animation"}:
        shape |= {
            "width": int(extra.get("width") or 320),
            "height": int(extra.get("height") or 240),
        }
    if medium.kind == "video_note":
        shape |= {
            "length": int(extra.get("length") or 240),
            "duration": int(extra.get("duration") or 3),
        }
    if medium.kind == "sticker":
        shape |= {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        shape["emoji"] = extra.get("emoji", "🙂")
    if medium.kind == "audio":
        shape |= {name: extra[name] for name in ("performer", "title") if extra.get(name)}
    if medium.kind in {"voice", "audio", "video", "animation", "document"}:
        shape["mime_type"] = medium.mime_type
    if medium.file_name and medium.kind in {"audio", "video", "animation", "document"}:
        shape["file_name"] = medium.file_name
    return shape
