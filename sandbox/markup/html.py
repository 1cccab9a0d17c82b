"""`parse_mode=HTML` with Telegram's error texts.

Source: core.telegram.org/bots/api#html-style.
"""

import re
from dataclasses import dataclass
from html.entities import codepoint2name

from sandbox.markup.marks import Marks, ParseError, byte_offset, in_order, unparsable, utf16

_TYPES = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre",
}  # fmt: skip
_TAGS = frozenset(_TYPES) | {"a", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {
    name: chr(code) for code, name in codepoint2name.items() if name in {"lt", "gt", "amp", "quot"}
}
_ENTITY = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}))|([a-z]{2,4}));?")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']*)(\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]*)))?")
_PLAIN = re.compile(r"[^<&]+")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


def _unescaped(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name, match.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match.group()  # noqa: PLR2004  (Unicode)


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.out: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.marks: Marks = []

    def fail(self, reason: str, at: int) -> ParseError:
        return ParseError(
            f"Can't parse entities: {reason} at byte offset {byte_offset(self.source, at)}"
        )

    def put(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16(text)

    def run(self) -> tuple[str, Marks]:
        source = self.source
        while self.position < len(source):
            if plain := _PLAIN.match(source, self.position):
                self.put(plain.group())
                self.position = plain.end()
            elif source[self.position] == "&":
                self._reference()
            elif source.startswith("</", self.position):
                self._close()
            else:
                self._open()
        if self.stack:
            tag = self.stack[-1].tag
            reason = f'Can\'t find end tag corresponding to start tag "{tag}"'
            raise unparsable(reason)
        return "".join(self.out), in_order(self.marks)

    def _reference(self) -> None:
        match = _ENTITY.match(self.source, self.position)
        self.put(_unescaped(match) if match else "&")
        self.position = match.end() if match else self.position + 1

    def _open(self) -> None:
        begin = self.position
        name = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        end = name.end() if name else begin + 1
        tag = self.source[begin + 1 : end].lower()
        if end >= len(self.source):
            reason = "Unclosed start tag"
            raise self.fail(reason, begin)
        if tag not in _TAGS:
            reason = f'Unsupported start tag "{tag}"'
            raise self.fail(reason, begin)
        argument = self._attributes(tag, begin, end)
        if tag == "span" and argument != "spoiler":
            reason = 'Tag "span" must have class "tg-spoiler"'
            raise self.fail(reason, begin)
        self.stack.append(_Open(tag, argument, self.length, len(self.out)))

    def _attributes(self, tag: str, begin: int, end: int) -> str:
        argument = ""
        source = self.source
        while True:
            while end < len(source) and source[end].isspace():
                end += 1
            if end < len(source) and source[end] == ">":
                self.position = end + 1
                return argument
            match = _ATTRIBUTE.match(source, end)
            if match is None or not match.group(1):
                reason = (
                    "Unclosed start tag"
                    if end >= len(source)
                    else f'Empty attribute name in the tag "{tag}"'
                )
                raise self.fail(reason, begin)
            value = next((v for v in match.group(3, 4, 5) if v is not None), "")
            argument = _argument(tag, match.group(1), _ENTITY.sub(_unescaped, value)) or argument
            end = match.end()
            if end >= len(source):
                reason = "Unclosed start tag"
                raise self.fail(reason, begin)

    def _close(self) -> None:
        begin = self.position
        if not self.stack:
            reason = "Unexpected end tag"
            raise self.fail(reason, begin)
        end = self.source.find(">", begin)
        if end < 0:
            reason = "Unclosed end tag"
            raise self.fail(reason, begin)
        name = self.source[begin + 2 : end].strip().lower()
        opened = self.stack.pop()
        if name and name != opened.tag:
            where = byte_offset(self.source, begin)
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            reason = f"Can't parse entities: Unmatched end tag at byte offset {where}, {expected}"
            raise ParseError(reason)
        self.position = end + 1
        if self.length > opened.offset:
            self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        place = {"offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag == "a":
            mark = link(opened.argument or "".join(self.out[opened.begin :]))
            if mark is not None:
                self.marks.append({**place, **mark})
        elif opened.tag == "blockquote":
            self.marks.append(
                {"type": "expandable_blockquote" if opened.argument else "blockquote", **place}
            )
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                reason = "Can't parse entities: Invalid custom emoji identifier specified"
                raise ParseError(reason)
            self.marks.append({"type": "custom_emoji", **place, "custom_emoji_id": opened.argument})
        elif opened.tag == "pre" and self._is_code(place):
            self.marks[-1]["type"] = "pre"
        elif opened.tag in _TYPES:
            mark = {"type": _TYPES[opened.tag], **place}
            if (
                opened.tag == "code"
                and opened.argument
                and self.stack
                and self.stack[-1].tag == "pre"
            ):
                mark["language"] = opened.argument
            self.marks.append(mark)

    def _is_code(self, place: dict[str, int]) -> bool:
        last = self.marks[-1] if self.marks else {}
        return "language" in last and all(last[key] == place[key] for key in place)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value[9:]
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value[3:]
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def link(url: str) -> dict[str, object] | None:
    """Make the entity of a link: a mention of a user, an address, or nothing."""
    user = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if user:
        return {"type": "text_mention", "user_id": int(user.group(1))}
    if re.match(r"(?i)(https?|tg|ton|tonsite)://\S+", url):
        return {"type": "text_link", "url": url}
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", url):
        return {"type": "text_link", "url": f"http://{url}/" if "/" not in url else f"http://{url}"}
    return None


def parse_html(source: str) -> tuple[str, Marks]:
    """Split HTML into text and entities, or raise ParseError in Telegram's words."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(source).run()
