"""`reply_markup`: inline keyboards, reply keyboards, their removal, forced replies.

All checked as Telegram does.

It must never know what a button means.
"""

import re
from typing import Any

import orjson

from sandbox.errors import Refused, bad_request
from sandbox.limits import CALLBACK_DATA, KEYBOARD_BUTTONS, MARKUP_BYTES, PLACEHOLDER
from sandbox.methods.call import Call, maybe, need
from sandbox.model import Chat, Json, Stored

_URL = re.compile(r"(?i)(https?|tg|ton)://[^\s/$.?#].\S*|tg://\S+|[\w-]+(\.[\w-]+)+(/\S*)?")
_OTHER_TYPES = (
    "callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat", "login_url", "web_app",
)  # fmt: skip
_PLAIN = 2
_STYLES = frozenset({"", "default", "primary", "danger", "success"})


def read_markup(call: Call, *, inline_only: bool = False) -> Json | None:
    """Read `reply_markup`; None means there is none."""
    markup = call.json("reply_markup", "Can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        reason = "Object expected as reply markup"
        raise bad_request(reason)
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if inline_only and markup:
        reason = "inline keyboard expected"
        raise bad_request(reason)
    if "keyboard" in markup:
        return _reply_keyboard(markup)
    if markup.get("remove_keyboard"):
        return {"remove_keyboard": True, "selective": bool(markup.get("selective"))}
    if markup.get("force_reply"):
        return {
            "force_reply": True,
            "selective": bool(markup.get("selective")),
            "input_field_placeholder": _placeholder(markup),
        }
    return None


def _rows(value: object, text: str) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(text)
    return value


def _inline(value: object) -> Json:
    rows = _rows(
        value, 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    )
    try:
        kept = [[_inline_button(button) for button in row] for row in rows if row]
    except ValueError as error:
        reason = f"can't parse inline keyboard button: {error}"
        raise bad_request(reason) from None
    if sum(map(len, kept)) > KEYBOARD_BUTTONS:
        reason = "reply markup is too long"
        raise bad_request(reason)
    markup = {"inline_keyboard": kept}
    if len(kept) > 10 and len(orjson.dumps(markup)) > MARKUP_BYTES:  # noqa: PLR2004  (small ones cannot be too long)
        reason = "reply markup is too long"
        raise bad_request(reason)
    return markup


def _inline_button(button: object) -> Json:
    if not isinstance(button, dict):
        reason = "InlineKeyboardButton must be an Object"
        raise ValueError(reason)  # noqa: TRY004  (one kind of error for what is not parsed)
    text = need(button, "text", str, "String")
    if not text.strip():
        reason = "inline keyboard button text must be non-empty"
        raise bad_request(reason)
    data = button.get("callback_data")
    if (
        len(button) == _PLAIN
        and isinstance(data, str)
        and data.isascii()
        and 0 < len(data) <= CALLBACK_DATA
    ):
        return {"text": text, "callback_data": data}
    if str(button.get("style") or "") not in _STYLES:
        reason = "invalid button style specified"
        raise ValueError(reason)
    return {"text": text, **_button_type(button)}


def _button_type(button: Json) -> Json:
    if url := maybe(button, "url", str, "String"):
        return {"url": _checked_url(url)}
    if data := maybe(button, "callback_data", str, "String"):
        if len(data.encode()) > CALLBACK_DATA:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        return {"callback_data": data}
    for kind in _OTHER_TYPES:
        if kind in button:
            return {kind: button[kind]}
    if "copy_text" in button:
        copied = need(need(button, "copy_text", dict, "Object"), "text", str, "String")
        if not 1 <= len(copied) <= 256:  # noqa: PLR2004  (documented at CopyTextButton)
            raise Refused(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")
        return {"copy_text": {"text": copied}}
    reason = "Text buttons are unallowed in the inline keyboard"
    raise ValueError(reason)


def _checked_url(url: str) -> str:
    if not _URL.fullmatch(url):
        reason = f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        raise bad_request(reason)
    return url


def _placeholder(markup: Json) -> str | None:
    placeholder: str | None = maybe(markup, "input_field_placeholder", str, "String")
    return placeholder[:PLACEHOLDER] if placeholder else None


def _reply_keyboard(markup: Json) -> Json:
    rows = _rows(markup["keyboard"], 'Field "keyboard" must be an Array of Arrays')
    try:
        kept = [[_key(button) for button in row] for row in rows if row]
        flags = {
            name: bool(maybe(markup, name, bool, "Boolean"))
            for name in ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
        }
        placeholder = _placeholder(markup)
    except ValueError as error:
        reason = f"can't parse keyboard button: {error}"
        raise bad_request(reason) from None
    if not kept:
        reason = "reply keyboard must be non-empty"
        raise bad_request(reason)
    if sum(map(len, kept)) > 3 * KEYBOARD_BUTTONS:
        reason = "reply markup is too long"
        raise bad_request(reason)
    return {"keyboard": kept, **flags, "input_field_placeholder": placeholder}


def _key(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        reason = "KeyboardButton must be a String or an Object"
        raise ValueError(reason)  # noqa: TRY004  (one kind of error for what is not parsed)
    text = need(button, "text", str, "String")
    if not text.strip():
        reason = "keyboard button text must be non-empty"
        raise bad_request(reason)
    kept: Json = {"text": text}
    for name in ("request_contact", "request_location"):
        if maybe(button, name, bool, "Boolean"):
            kept[name] = True
    return kept


def check_keys_for(chat: Chat, markup: Json | None) -> None:
    """Refuse what only private chats may ask for."""
    if markup is None or chat.user is not None:
        return
    for row in markup.get("keyboard", ()):
        for key in row:
            if key.get("request_contact"):
                reason = "phone number can be requested in private chats only"
                raise bad_request(reason)
            if key.get("request_location"):
                reason = "location can be requested in private chats only"
                raise bad_request(reason)


def show_keyboard(chat: Chat, markup: Json | None, stored: Stored, replied: Stored | None) -> bool:
    """Let a markup change what people see below their input; tell whether it did."""
    if markup is None or "inline_keyboard" in markup:
        return False
    user_id = replied.sender_id if markup.get("selective") and replied is not None else None
    if "remove_keyboard" in markup:
        if user_id is None:
            chat.keyboards.clear()
        else:
            chat.keyboards.pop(user_id, None)
        return True
    shown = {name: value for name, value in markup.items() if name != "selective"}
    chat.keyboards[user_id] = {"user_id": user_id, "message_id": stored.message_id, **shown}
    return True
