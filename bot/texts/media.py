"""A message of any kind sent on to another chat: text with its marks, media by reference.

Words are cut to Telegram's limits counted in UTF-16 units; marks are entities, shifted behind
whatever is put in front, so no word of anybody is ever read as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.marks import FOUND_BY_TELEGRAM, units
from bot.texts.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.flows.events import Media

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

CAPTIONED = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "document": "sendDocument",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "animation": "sendAnimation",
}
BARE = {"sticker": "sendSticker", "video_note": "sendVideoNote"}
IN_ALBUMS = frozenset({"photo", "video", "document", "audio"})

Entities = "Sequence[Mapping[str, Any]]"


def send_media(
    chat: int,
    media: Media | None,
    text: str,
    entities: Sequence[Mapping[str, Any]],
    head: str,
    *,
    source: tuple[int, int] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Letter:
    """Return the letter that brings a message to a chat, `head` in front of its words."""
    more = dict(extra or {})
    if media is None:
        words, marks = headed(head, text, entities, TEXT_LIMIT)
        params = {"text": words, "entities": marks, **NO_PREVIEW, **more}
        return Letter(chat, "sendMessage", params)
    if media.album and media.kind in IN_ALBUMS and media.file_id:
        words, marks = headed(head, text, entities, CAPTION_LIMIT) if text else ("", [])
        part: dict[str, Any] = {"type": media.kind, "media": media.file_id}
        if words:
            part |= {"caption": words, "caption_entities": marks}
        return Letter(
            chat, "sendMediaGroup", {"media": [part], **more}, album=f"album:{media.album}"
        )
    if media.kind in CAPTIONED and media.file_id:
        words, marks = headed(head, text, entities, CAPTION_LIMIT)
        params = {media.kind: media.file_id, "caption": words, "caption_entities": marks, **more}
        return Letter(chat, CAPTIONED[media.kind], params)
    if media.kind in BARE and media.file_id:
        return Letter(chat, BARE[media.kind], {media.kind: media.file_id, **more})
    if source is not None:
        params = {"from_chat_id": source[0], "message_id": source[1], **more}
        return Letter(chat, "copyMessage", params)
    return Letter(chat, "sendMessage", {"text": head.strip() or "…", **more})


NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}


def headed(
    head: str, text: str, entities: Sequence[Mapping[str, Any]], limit: int
) -> tuple[str, list[dict[str, Any]]]:
    """Return the words with `head` in bold before them, cut to the limit, marks in place."""
    offset = units(head)
    bold = units(head.rstrip())
    marks: list[dict[str, Any]] = []
    if bold:
        marks.append({"type": "bold", "offset": 0, "length": bold})
    words = cut(head + text, limit)
    end = units(words)
    for entity in entities:
        start = entity["offset"] + offset
        length = min(entity["length"], end - start)
        if length > 0 and entity["type"] not in FOUND_BY_TELEGRAM:
            marks.append({**entity, "offset": start, "length": length})
    return words.rstrip("\n") if not text else words, marks


def cut(text: str, limit: int) -> str:
    """Cut a text to so many UTF-16 units, with a sign that more was said."""
    if units(text) <= limit:
        return text
    raw = text.encode("utf-16-le")[: (limit - 1) * 2]
    return raw.decode("utf-16-le", errors="ignore") + "…"
