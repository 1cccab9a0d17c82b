"""Telegram's limits and its HTML, checked strictly and apart from the stand-in."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.texts.letters import Letter

TAG = re.compile(r'<(/?)([a-z]+)(?: href="tg://user\?id=\d+")?>')
ALLOWED = {"a", "b", "i", "u", "s", "code", "pre", "blockquote"}
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def parsed(text: str) -> str:
    """Return what is left of HTML once its marks are taken; raise when it is not well formed."""
    open_tags: list[str] = []
    plain: list[str] = []
    place = 0
    for found in TAG.finditer(text):
        plain.append(_words(text[place : found.start()]))
        place = found.end()
        closing, name = found.groups()
        assert name in ALLOWED, f"unknown tag <{name}>"
        if closing:
            assert open_tags, f"</{name}> closes nothing"
            assert open_tags[-1] == name, f"</{name}> inside <{open_tags[-1]}>"
            open_tags.pop()
        else:
            open_tags.append(name)
    plain.append(_words(text[place:]))
    assert not open_tags, f"<{open_tags[-1]}> stays open"
    return "".join(plain)


def _words(raw: str) -> str:
    assert "<" not in raw, f"a bare < in {raw!r}"
    assert "&" not in ENTITY.sub("", raw), f"a bare & in {raw!r}"
    return html.unescape(raw)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def fits_telegram(letter: Letter) -> None:
    """Raise unless Telegram would take these parameters as they are."""
    params = letter.params
    whole = params.get("parse_mode") == "HTML"
    for name, limit in (("text", 4096), ("caption", 1024)):
        if name in params and letter.method != "answerCallbackQuery":
            text = parsed(params[name]) if whole else params[name]
            assert units(text) <= limit, f"{name} of {units(text)} units"
            assert text.strip() or name == "caption", f"empty {name} in {letter.method}"
            _marks_inside(text, params.get("entities" if name == "text" else "caption_entities"))
    if letter.method == "answerCallbackQuery":
        assert len(params.get("text", "")) <= 200
    if letter.method == "createForumTopic":
        assert 1 <= len(params["name"]) <= 128
    if letter.method == "sendMediaGroup":
        assert 1 <= len(params["media"]) <= 10
    _buttons(params.get("reply_markup") or {})
    assert letter.chat or letter.fleeting, f"{letter.method} to nowhere"


def _marks_inside(text: str, entities: Any) -> None:
    for mark in entities or ():
        assert mark["length"] > 0
        assert 0 <= mark["offset"] <= mark["offset"] + mark["length"] <= units(text)


def _buttons(markup: dict[str, Any]) -> None:
    rows = markup.get("inline_keyboard", ())
    buttons = [button for row in rows for button in row]
    assert len(buttons) <= 100
    assert all(rows), "an empty row of buttons"
    for button in buttons:
        assert button["text"].strip(), "a button without words"
        if "url" not in button:
            assert 1 <= len(button["callback_data"].encode()) <= 64, button["callback_data"]
