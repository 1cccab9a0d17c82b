"""Marks in people's words: bold, italics, links, as Telegram counts them, in UTF-16 units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOUND_BY_TELEGRAM = frozenset(
    {"bot_command", "mention", "hashtag", "cashtag", "url", "email", "phone_number"}
)
"""Marks that Telegram finds by itself; sent as entities they are refused or ignored."""


def units(text: str) -> int:
    """Return a text's length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def kept(entities: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return the marks worth keeping with the words: those that somebody made."""
    return tuple(dict(one) for one in entities if one["type"] not in FOUND_BY_TELEGRAM)


def shifted(entities: Iterable[Mapping[str, Any]], before: str) -> tuple[Mapping[str, Any], ...]:
    """Return the marks of words that stand behind others now."""
    by = units(before)
    return tuple({**one, "offset": one["offset"] + by} for one in entities)
