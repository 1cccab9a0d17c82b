"""Text and captions of the bot's messages: parsed, trimmed, measured.

It must never know where they go.
"""

from sandbox.errors import bad_request
from sandbox.limits import CAPTION, ENTITIES, TEXT
from sandbox.markup import Marks, ParseError, formatted, utf16
from sandbox.methods.call import Call
from sandbox.model import Json
from sandbox.world import World


def read_text(call: Call) -> Json:
    """Read `text` with its entities; refuse none and too long."""
    raw = call.text("text")
    if not raw:
        reason = "message text is empty"
        raise bad_request(reason)
    text, marks = parsed(call.world, raw, call.text("parse_mode"), entities_of(call, "entities"))
    if not text:
        reason = "text must be non-empty"
        raise bad_request(reason)
    if len(text) > TEXT or (2 * len(text) > TEXT and utf16(text) > TEXT):
        reason = "message is too long"
        raise bad_request(reason)
    content: Json = {"text": text}
    if marks:
        content["entities"] = marks[:ENTITIES]
    preview = call.json("link_preview_options", "Can't parse link preview options JSON object")
    if preview is not None:
        if not isinstance(preview, dict):
            reason = "Object expected as link preview options"
            raise bad_request(reason)
        if any(mark["type"] in {"url", "text_link"} for mark in marks):
            content["link_preview_options"] = preview
    return content


def read_caption(call: Call) -> Json:
    """Read `caption` with its entities; empty is no caption."""
    return caption_of(
        call.world,
        call.text("caption"),
        call.text("parse_mode"),
        entities_of(call, "caption_entities"),
    )


def caption_of(world: World, raw: str, parse_mode: str, entities: object) -> Json:
    """Parse and measure a caption."""
    if not raw:
        return {}
    text, marks = parsed(world, raw, parse_mode, entities)
    if len(text) > CAPTION or utf16(text) > CAPTION:
        reason = "message caption is too long"
        raise bad_request(reason)
    if not text:
        return {}
    return {"caption": text, "caption_entities": marks[:ENTITIES]} if marks else {"caption": text}


def entities_of(call: Call, name: str) -> object:
    """Read a list of entities."""
    return call.json(name, "Can't parse entities JSON object")


def parsed(world: World, raw: str, parse_mode: str, entities: object) -> tuple[str, Marks]:
    """Parse text; links to users become mentions of users the bot knows."""
    try:
        text, marks = formatted(raw, parse_mode, entities)
    except ParseError as error:
        raise bad_request(str(error)) from None
    if any(mark["type"] == "text_mention" for mark in marks):
        marks = [known for mark in marks if (known := _mention(world, mark)) is not None]
    return text, marks


def _mention(world: World, mark: Json) -> Json | None:
    if mark["type"] != "text_mention":
        return mark
    user_id = mark["user_id"] if "user_id" in mark else mark["user"].get("id")
    user = world.users.get(user_id)
    if user is None:
        return None
    return {
        "type": "text_mention",
        "offset": mark["offset"],
        "length": mark["length"],
        "user": user.brief,
    }
