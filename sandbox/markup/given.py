"""Entities that the caller lists instead of using a parse mode: checked as Telegram checks them."""

from typing import Any

from sandbox.markup.marks import Marks, ParseError, in_order, utf16

_KEPT = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
    ]
)
_FOUND_BY_TELEGRAM = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bank_card_number",
        "media_timestamp",
    ]
)
_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}


def given_entities(text: str, entities: object) -> Marks:
    """Check type, offset and length of each; those that Telegram finds by itself are left out."""
    if not isinstance(entities, list):
        return []
    end = utf16(text)
    marks: Marks = []
    for entity in entities:
        mark = _one(entity, end)
        if mark is not None:
            marks.append(mark)
    _check_surrogates(text, marks)
    return in_order(marks)


def _one(entity: object, end: int) -> dict[str, Any] | None:
    if not isinstance(entity, dict):
        reason = "Can't parse MessageEntity: expected an Object"
        raise ParseError(reason)
    for name, kind, word in (
        ("type", str, "String"),
        ("offset", int, "Number"),
        ("length", int, "Number"),
    ):
        if name not in entity:
            reason = f"Can't parse MessageEntity: Can't find field \"{name}\""
            raise ParseError(reason)
        if not isinstance(entity[name], kind):
            reason = f'Can\'t parse MessageEntity: Field "{name}" must be of type {word}'
            raise ParseError(reason)
    kind_name, offset, length = entity["type"], entity["offset"], entity["length"]
    if kind_name in _FOUND_BY_TELEGRAM or length <= 0:
        return None
    if kind_name not in _KEPT:
        reason = "Can't parse MessageEntity: Unsupported type specified"
        raise ParseError(reason)
    if offset < 0 or offset > end:
        reason = f"Entity begins after the end of the text at UTF-16 offset {offset}"
        raise ParseError(reason)
    if offset + length > end:
        reason = (
            f"Entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + length}"
        )
        raise ParseError(reason)
    needed = _NEEDS.get(kind_name)
    if needed is not None and needed not in entity:
        reason = f"Can't parse MessageEntity: Can't find field \"{needed}\""
        raise ParseError(reason)
    extra = {
        key: entity[key] for key in ("url", "user", "language", "custom_emoji_id") if key in entity
    }
    return {"type": kind_name, "offset": offset, "length": length, **extra}


def _check_surrogates(text: str, marks: Marks) -> None:
    if not marks or text.isascii():
        return
    middles = set()
    position = 0
    for char in text:
        if char > "\uffff":
            middles.add(position + 1)
            position += 1
        position += 1
    for mark in marks:
        if mark["offset"] in middles:
            reason = f"Entity begins in a middle of a UTF-16 symbol at byte offset {mark['offset']}"
            raise ParseError(reason)
        if mark["offset"] + mark["length"] in middles:
            stop = mark["offset"] + mark["length"]
            reason = (
                f"Entity beginning at UTF-16 offset {mark['offset']} "
                f"ends in a middle of a UTF-16 symbol at UTF-16 offset {stop}"
            )
            raise ParseError(reason)
