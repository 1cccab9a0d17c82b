"""Acts of conversation in short messages, matched as a whole so that no story is swallowed."""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding import lexicon, script

_LONGEST: Final = 60  # characters; longer messages tell a story
_SHORT: Final = 25  # characters; longer messages tell a story, but for acts said at length
_SAID_SHORTLY: Final = frozenset(
    {"yes", "no", "skip", "back", "cancel", "help", "thanks", "greeting"}
)
_MARKS: Final = re.compile(r"[^\w']+|_")
_LEAD_EN: Final = re.compile(
    r"^(?:(?:oh|well|um|uh|hmm|so|and|please|pls|sorry|hi|hello|er|ah|ok so)\s+)+(?=\w)"
)
_TAIL_EN: Final = re.compile(
    r"(?:\s+(?:please|pls|thanks|thank you|now|mate|sir|then|actually|really|already|though|lol|x))+$"
)
_LEAD_ZH: Final = re.compile(
    r"^(?:那个|那|呃|额|嗯|哦|噢|请问|请|麻烦|唉|哎|诶|喂|咁|其实|我想|我要|帮我|不好意思|你好|您好)+(?=..)"
)
_TAIL_ZH: Final = re.compile(
    r"(?<=.)(?:啊|呀|哦|噢|喔|吧|啦|嘛|呢|哈|咯|喽|喇|嘅|㗎|架|啫|哩|耶|欸|诶|哎|唷|谢谢|多谢|唔该|了啦|的啦|吗|嗎|了吗|先)+$"
)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())


def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    for intent, lines in lexicon.load("intents").items():
        for line in lines:
            for spelling in lexicon.spellings(script.fold(line)):
                table.setdefault(_plain(spelling), {})[intent] = None
    return {spelling: tuple(names) for spelling, names in table.items()}


_TABLE: Final = _table()


def read(folded: str) -> tuple[str, ...]:
    """Return the acts that a folded message performs, () for anything that says more."""
    length = len(folded)
    if length > _LONGEST:
        return ()
    acts = _acts(folded)
    if acts and length > _SHORT and len(folded.strip()) > _SHORT:
        return tuple(act for act in acts if act not in _SAID_SHORTLY)
    return acts


def _acts(folded: str) -> tuple[str, ...]:
    plain = _plain(folded)
    if not plain:
        return _pictures(folded)
    known = _TABLE.get(plain)
    if known is not None:
        return known
    if plain.isascii():
        return _TABLE.get(_TAIL_EN.sub("", plain)) or _TABLE.get(
            _TAIL_EN.sub("", _LEAD_EN.sub("", plain)), ()
        )
    plain = plain.replace(" ", "")
    for shorter in (plain, _TAIL_ZH.sub("", plain), _TAIL_ZH.sub("", _LEAD_ZH.sub("", plain))):
        known = _TABLE.get(shorter)
        if known is not None:
            return known
    return ()


def _pictures(folded: str) -> tuple[str, ...]:
    """Read a lone gesture: a thumb up or an OK sign is a yes, a thumb down a no."""
    for sign, intent in (
        ("👍", "yes"),
        ("👌", "yes"),
        ("✅", "yes"),
        ("👎", "no"),
        ("🙏", "thanks"),
    ):
        if folded.strip().startswith(sign):
            return (intent,)
    return ("help",) if folded.strip() in {"?", "??", "？"} else ()
