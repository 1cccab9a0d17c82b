"""`parse_mode=MarkdownV2` with Telegram's error texts.

Source: core.telegram.org/bots/api#markdownv2-style.
"""

import re
from dataclasses import dataclass

from sandbox.markup.html import link
from sandbox.markup.marks import Marks, ParseError, byte_offset, in_order, unparsable, utf16

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_ENDS = {
    "bold": "*", "italic": "_", "underline": "__", "strikethrough": "~", "spoiler": "||",
    "code": "`", "pre": "```", "text_link": "]", "custom_emoji": "]",
}  # fmt: skip
_STARTS = (
    ("__", "underline"), ("_", "italic"), ("*", "bold"), ("~", "strikethrough"), ("||", "spoiler"),
    ("```", "pre"), ("`", "code"), ("![", "custom_emoji"), ("[", "text_link"),
)  # fmt: skip
_NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "pre": "Pre", "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}  # fmt: skip
_ASCII = "\x7e"


@dataclass(slots=True)
class _Open:
    type: str
    offset: int
    at: int
    begin: int
    language: str = ""


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.i = 0
        self.out: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.marks: Marks = []
        self.line_start = True
        self.quoting = False

    def put(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16(text)
        self.line_start = text.endswith("\n")

    def run(self) -> tuple[str, Marks]:
        while self.i < len(self.source):
            self._step()
        if self.quoting:
            self._end_quote()
        if self.stack:
            raise self._unended()
        return "".join(self.out), in_order(self.marks)

    def _step(self) -> None:
        char = self.source[self.i]
        following = self.source[self.i + 1 : self.i + 2]
        if char == "\\" and following and "\0" < following <= _ASCII:
            self.put(following)
            self.i += 2
        elif self.stack and self.stack[-1].type in {"code", "pre"} and char != "`":
            self._plain(char)
        elif char == "\n":
            self._newline()
        elif char not in _RESERVED:
            self._plain(char)
        elif not self._ends():
            self._begins(char)

    def _plain(self, char: str) -> None:
        self.put(char)
        self.i += 1

    def _newline(self) -> None:
        if self.quoting and not self.source.startswith(">", self.i + 1):
            self._end_quote()
        self._plain("\n")

    def _ends(self) -> bool:
        if not self.stack:
            return False
        top = self.stack[-1]
        end = _ENDS.get(top.type)
        if end is None or not self.source.startswith(end, self.i):
            return False
        if top.type == "italic" and self.source.startswith("__", self.i):
            return False
        self.i += len(end)
        self.stack.pop()
        mark = self._mark(top)
        if mark is not None and self.length > top.offset:
            self.marks.append({"offset": top.offset, "length": self.length - top.offset, **mark})
        return True

    def _mark(self, top: _Open) -> dict[str, object] | None:
        if top.type == "text_link":
            url = (
                self._url()
                if self.source.startswith("(", self.i)
                else "".join(self.out[top.begin :])
            )
            return link(url)
        if top.type == "custom_emoji":
            found = (
                re.fullmatch(r"tg://emoji\?id=(\d+)", self._url())
                if self.source.startswith("(", self.i)
                else None
            )
            if found is None:
                reason = (
                    "Can't parse entities: The entity must contain a tg://emoji or tg://time URL"
                )
                raise ParseError(reason)
            return {"type": "custom_emoji", "custom_emoji_id": found.group(1)}
        if top.language:
            return {"type": "pre", "language": top.language}
        return {"type": top.type}

    def _url(self) -> str:
        self.i += 1
        begin = self.i
        url: list[str] = []
        while self.i < len(self.source) and self.source[self.i] != ")":
            if self.source[self.i] == "\\" and self.i + 1 < len(self.source):
                self.i += 1
            url.append(self.source[self.i])
            self.i += 1
        if self.i >= len(self.source):
            reason = f"Can't find end of a URL at byte offset {byte_offset(self.source, begin)}"
            raise unparsable(reason)
        self.i += 1
        return "".join(url)

    def _begins(self, char: str) -> None:
        at = self.i
        if char == ">" and self.line_start:
            self.i += 1
            if not self.quoting:
                self.quoting = True
                self.stack.append(_Open("blockquote", self.length, at, len(self.out)))
            return
        for sign, kind in _STARTS:
            if self.source.startswith(sign, at):
                self.i += len(sign)
                language = self._language() if kind == "pre" else ""
                self.stack.append(_Open(kind, self.length, at, len(self.out), language))
                return
        reason = f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
        raise unparsable(reason)

    def _language(self) -> str:
        match = re.compile(r"([^\s`]*)(\r?\n)?").match(self.source, self.i)
        if match is None or (match.group(1) and self.source.startswith("`", match.end(1))):
            return ""
        self.i = match.end()
        return match.group(1)

    def _end_quote(self) -> None:
        top = self.stack[-1]
        kind = "blockquote"
        if top.type == "spoiler" and top.at == self.i - len("||"):
            self.stack.pop()
            top = self.stack[-1]
            kind = "expandable_blockquote"
        if top.type != "blockquote":
            raise self._unended()
        self.stack.pop()
        self.quoting = False
        if self.length > top.offset:
            self.marks.append(
                {"type": kind, "offset": top.offset, "length": self.length - top.offset}
            )

    def _unended(self) -> ParseError:
        top = self.stack[-1]
        where = byte_offset(self.source, top.at)
        name = "PreCode" if top.language else _NAMES[top.type]
        return ParseError(
            f"Can't parse entities: Can't find end of {name} entity at byte offset {where}"
        )


def parse_markdown_v2(source: str) -> tuple[str, Marks]:
    """Split MarkdownV2 into text and entities, or raise ParseError in Telegram's words."""
    return _Parser(source).run()
