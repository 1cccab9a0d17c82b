"""What Telegram finds in plain text by itself: commands, mentions, hashtags, links, addresses."""

import re

from sandbox.markup.marks import Marks, utf16

_MAYBE = re.compile(r"[/@#.]")
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
    (
        "url",
        re.compile(
            r"(?:https?|ftp)://[^\s<>\"\u201c\u201d\u2018\u2019\u00ab\u00bb\u3000-\u303f\uff00-\uffef]+"
            r"|(?<![\w@./-])(?:[A-Za-z0-9-]+\.)+(?:com|org|net|io|me|dev|app|cn|hk|tw|uk|eu|de)(?:/[^\s<>\"]*)?(?![\w@])"
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w@/])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#@])#(?=\w*[^\W\d_])\w{1,256}")),
)
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})


def detected(text: str, marks: Marks) -> Marks:
    """Find what Telegram marks by itself, outside code and links."""
    if not _MAYBE.search(text):
        return []
    taken = [(m["offset"], m["offset"] + m["length"]) for m in marks if m["type"] in _OPAQUE]
    found: Marks = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin = utf16(text[: match.start()])
            stop = begin + utf16(
                match.group().rstrip(".,:;!?)") if kind == "url" else match.group()
            )
            if any(begin < b and a < stop for a, b in taken):
                continue
            taken.append((begin, stop))
            found.append({"type": kind, "offset": begin, "length": stop - begin})
    return found
