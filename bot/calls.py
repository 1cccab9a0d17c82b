"""From a letter to the call it becomes: addressed to its topic, edited in place, album of one.

Pure. What the letter left open (`in_topic`, `slot`) is settled here with what the store knows at
the moment of sending. It must never call anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.texts.letters import Letter

CHATLESS = frozenset({"answerCallbackQuery", "setMyCommands", "deleteMyCommands"})
"""Methods that know no `chat_id`."""

CAPTION_EDIT = (
    "editMessageCaption",
    ("caption", "parse_mode", "caption_entities", "show_caption_above_media", "reply_markup"),
)
EDITS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sendMessage": (
        "editMessageText",
        ("text", "parse_mode", "entities", "link_preview_options", "reply_markup"),
    ),
    "sendPhoto": CAPTION_EDIT,
    "sendDocument": CAPTION_EDIT,
    "sendVideo": CAPTION_EDIT,
    "sendAudio": CAPTION_EDIT,
    "sendVoice": CAPTION_EDIT,
    "sendAnimation": CAPTION_EDIT,
}
"""How a message that stands is brought up to date, and what of the letter goes along."""

SINGLES = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "document": "sendDocument",
    "audio": "sendAudio",
    "animation": "sendAnimation",
}
"""An album needs two parts at least; one alone is sent by its own method."""

PLACED = ("send", "copy", "forward")
NEEDS_MESSAGE = frozenset(
    {
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
        "deleteMessage",
        "pinChatMessage",
        "unpinChatMessage",
        "setMessageReaction",
    }
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, ready to be made."""

    method: str
    params: dict[str, Any]
    edits_slot: bool = False  # brings the standing message up to date instead of sending one
    files: Mapping[str, tuple[str, bytes, str]] | None = None  # field -> (name, content, kind)


def call_for(letter: Letter, thread: int | None, slot_message: int | None) -> Call | None:
    """Settle what the letter left open; None when there is nothing to do any more.

    `thread` is the case's topic in that chat, `slot_message` the message standing in the slot.
    """
    if letter.method.endswith("ForumTopic"):
        return _topic_call(letter, thread)
    if letter.slot and letter.method in NEEDS_MESSAGE and "message_id" not in letter.params:
        if slot_message is None:
            return None
        params = {"chat_id": letter.chat, "message_id": slot_message, **letter.params}
        return Call(letter.method, params)
    if letter.slot and slot_message is not None and not letter.fresh and letter.method in EDITS:
        return _edit_call(letter, slot_message)
    method, params = _album_of_one(letter.method, letter.params)
    address: dict[str, Any] = {}
    if method not in CHATLESS:
        address["chat_id"] = letter.chat
    if letter.in_topic and thread is not None and method.startswith(PLACED):
        address["message_thread_id"] = thread
    params, files = _written(params)
    return Call(method, {**address, **params}, files=files)


def _written(params: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Part a document that the desk writes itself from the rest: it is uploaded."""
    document = params.get("document")
    if not isinstance(document, dict):
        return params, None
    rest = {name: value for name, value in params.items() if name != "document"}
    name, content = document["name"], document["text"].encode()
    return rest, {"document": (name, content, "application/yaml")}


def _topic_call(letter: Letter, thread: int | None) -> Call | None:
    """Make, rename, close or reopen a topic: once made it is not made again."""
    if letter.method == "createForumTopic":
        if thread is not None and not letter.fresh:
            return None
        return Call(letter.method, {"chat_id": letter.chat, **letter.params})
    if "message_thread_id" not in letter.params:
        if thread is None:
            return None
        letter_params = {"message_thread_id": thread, **letter.params}
    else:
        letter_params = letter.params
    return Call(letter.method, {"chat_id": letter.chat, **letter_params})


def _edit_call(letter: Letter, message: int) -> Call:
    """Edit what stands. Only inline buttons can: a lasting keyboard cannot be edited in."""
    method, names = EDITS[letter.method]
    params = {name: letter.params[name] for name in names if name in letter.params}
    if "inline_keyboard" not in params.get("reply_markup", ("inline_keyboard",)):
        del params["reply_markup"]
    address = {"chat_id": letter.chat, "message_id": message}
    return Call(method, {**address, **params}, edits_slot=True)


def _album_of_one(method: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Turn a lone part of an album into its own method."""
    if method != "sendMediaGroup" or len(params.get("media", ())) != 1:
        return method, params
    part = dict(params["media"][0])
    kind = part.pop("type")
    rest = {name: value for name, value in params.items() if name != "media"}
    return SINGLES[kind], {**rest, kind: part.pop("media"), **part}


def message_ids(answer: object) -> tuple[int, ...]:
    """Numbers of the messages that came of a call: one, several (albums, copies) or none."""
    parts = answer if isinstance(answer, list) else [answer]
    return tuple(
        part["message_id"] for part in parts if isinstance(part, dict) and "message_id" in part
    )


def weight(letter: Letter) -> int:
    """How many messages it counts for in Telegram's limits; 0 for what is no message."""
    if letter.method == "sendMediaGroup":
        return max(1, len(letter.params.get("media", ())))
    if letter.method in {"copyMessages", "forwardMessages"}:
        return max(1, len(letter.params.get("message_ids", ())))
    counted = (*PLACED, "edit")
    uncounted = letter.method == "sendChatAction" or letter.method.endswith("ForumTopic")
    return int(letter.method.startswith(counted) and not uncounted)
