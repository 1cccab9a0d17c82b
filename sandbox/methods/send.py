"""Sending anything but albums and copies.

One path, `deliver`, checks the address and puts the message; each method only makes its content.
"""

from sandbox.errors import bad_request
from sandbox.limits import DICE
from sandbox.methods.address import chat_of, reply_of, thread_of
from sandbox.methods.attach import attached
from sandbox.methods.call import Call
from sandbox.methods.keyboards import check_keys_for, read_markup, show_keyboard
from sandbox.methods.writing import read_caption, read_text
from sandbox.model import Json, Medium, Stored

COMMON = frozenset(
    [
        "chat_id",
        "message_thread_id",
        "business_connection_id",
        "direct_messages_topic_id",
        "disable_notification",
        "protect_content",
        "allow_paid_broadcast",
        "message_effect_id",
        "suggested_post_parameters",
        "reply_parameters",
        "reply_markup",
        "reply_to_message_id",
        "allow_sending_without_reply",
    ]
)
_FEWEST_OPTIONS, _MOST_OPTIONS = 2, 12
CAPTIONED = COMMON | {"caption", "parse_mode", "caption_entities"}


def deliver(call: Call, content: Json, media: tuple[Medium, ...] = ()) -> Json:
    """Check where it goes and put it there."""
    markup = read_markup(call) if call.has("reply_markup") else None
    return put(call, content, media, markup).body


def put(call: Call, content: Json, media: tuple[Medium, ...], markup: Json | None) -> Stored:
    """Check chat, topic and reply, then post."""
    chat = chat_of(call)
    thread = thread_of(call, chat) if "message_thread_id" in call.raw else None
    replied: Stored | None = None
    quote: Json = {}
    if "reply_parameters" in call.raw or "reply_to_message_id" in call.raw:
        replied, quote = reply_of(call, chat, thread)
    if replied is not None and thread is None and replied.thread is not None:
        thread = replied.thread
    check_keys_for(chat, markup)
    content = {**content, **quote}
    protected = call.flag("protect_content")
    if protected:
        content["has_protected_content"] = True
    if markup is not None and markup.get("inline_keyboard"):
        content["reply_markup"] = markup
    world = call.world
    stored = world.post(chat, world.bot, content, thread=thread, reply=replied, media=media)
    stored.protected = protected
    if show_keyboard(chat, markup, stored, replied):
        world.tell_chat(chat)
    return stored


def send_message(call: Call) -> Json:
    """Send text."""
    return deliver(call, read_text(call))


def send_file(call: Call, kind: str) -> Json:
    """Send one file of a kind, uploaded or by `file_id`, with a caption where the kind has one."""
    medium, shape = attached(call, kind)
    content: Json = {kind: shape}
    if kind == "animation":
        content["document"] = {
            name: value
            for name, value in shape.items()
            if name not in {"width", "height", "duration"}
        }
    if kind not in {"sticker", "video_note"}:
        content |= read_caption(call)
    if call.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return deliver(call, content, (medium,))


def send_location(call: Call) -> Json:
    """Send a point on the map."""
    return deliver(call, {"location": _point(call)})


def _point(call: Call) -> Json:
    point = {}
    for name, most in (("latitude", 90.0), ("longitude", 180.0)):
        if not call.text(name):
            reason = f"{name} is empty"
            raise bad_request(reason)
        value = call.number(name)
        if value is None or abs(value) > most:
            reason = "Invalid geolocation specified"
            raise bad_request(reason)
        point[name] = value
    return point


def send_venue(call: Call) -> Json:
    """Send a place with a name."""
    venue = {"location": _point(call)}
    for name in ("title", "address"):
        venue[name] = call.text(name)  # type: ignore[assignment]
        if not venue[name]:
            reason = f"Venue {name} must be non-empty"
            raise bad_request(reason)
    return deliver(call, {"location": venue["location"], "venue": venue})


def send_contact(call: Call) -> Json:
    """Send a telephone number with a name."""
    phone, name = call.text("phone_number"), call.text("first_name")
    if not phone:
        reason = "Field phone_number must be non-empty"
        raise bad_request(reason)
    if not name:
        reason = "Field first_name must be non-empty"
        raise bad_request(reason)
    contact: Json = {"phone_number": phone, "first_name": name}
    if last_name := call.text("last_name"):
        contact["last_name"] = last_name
    return deliver(call, {"contact": contact})


def send_dice(call: Call) -> Json:
    """Roll one of Telegram's dice."""
    emoji = call.text("emoji") or "🎲"
    if emoji not in DICE:
        reason = "wrong dice emoji specified"
        raise bad_request(reason)
    return deliver(
        call, {"dice": {"emoji": emoji, "value": call.world.random.randint(1, DICE[emoji])}}
    )


def send_poll(call: Call) -> Json:
    """Send a poll; nobody votes here."""
    options = call.json("options", "Can't parse options JSON object")
    if not isinstance(options, list):
        reason = "Expected an Array of String as options"
        raise bad_request(reason)
    texts = [option.get("text", "") if isinstance(option, dict) else option for option in options]
    question = call.text("question")
    if not question:
        reason = "poll question must be non-empty"
        raise bad_request(reason)
    if len(texts) < _FEWEST_OPTIONS:
        reason = "poll must have at least 2 option"
        raise bad_request(reason)
    if len(texts) > _MOST_OPTIONS:
        reason = f"poll can't have more than {_MOST_OPTIONS} options"
        raise bad_request(reason)
    if not all(isinstance(text, str) and text for text in texts):
        reason = "poll options must be non-empty"
        raise bad_request(reason)
    poll = {
        "id": call.world.new_album(),
        "question": question,
        "options": [
            {"persistent_id": str(n), "text": text, "voter_count": 0}
            for n, text in enumerate(texts)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": call.text("is_anonymous").lower() != "false",
        "type": call.text("type") or "regular",
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": call.flag("allows_revoting"),
        "members_only": call.flag("members_only"),
    }
    return deliver(call, {"poll": poll})
