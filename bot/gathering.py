"""Letters that wait unsent take others along: parts of an album, alerts to the same people.

Pure. What is joined was read under a lock (`Unit.unsent_albums`), so nothing is lost between two
processes; what does not fit any more goes as a letter of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.texts.letters import Letter

    Key = tuple[int, str]

ALBUM_PARTS = 10
"""Telegram's limit for one album."""

TEXT_ROOM = 3600
"""Characters of gathered alerts, well under Telegram's 4096 for a message."""

ROWS = 20
"""Rows of buttons under gathered alerts."""


def keys_of(letters: Iterable[Letter]) -> set[Key]:
    """Return what is to be read before joining: (chat, key) of letters that wait unsent."""
    return {(one.chat, one.coalesce) for one in letters if one.album}


def joined(letters: Iterable[Letter], waiting: Mapping[Key, Letter]) -> list[Letter]:
    """Return the letters with those of one album, or alerts of one chat, joined to one each."""
    whole = dict(waiting)
    out: list[Letter] = []
    ready: dict[Key, int] = {}
    for letter in letters:
        if not letter.album:
            out.append(letter)
            continue
        key = (letter.chat, letter.coalesce)
        one = _join(whole[key], letter) if key in whole else letter
        if one is None:
            out.append(replace(letter, album="", coalesce=""))
            continue
        whole[key] = one
        if key in ready:
            out[ready[key]] = one
        else:
            ready[key] = len(out)
            out.append(one)
    return out


def _join(first: Letter, part: Letter) -> Letter | None:
    return _album(first, part) if "media" in first.params else _alerts(first, part)


def _album(album: Letter, part: Letter) -> Letter:
    if set(part.origins) <= set(album.origins):
        return replace(album, due_at=part.due_at)
    media = [*album.params["media"], *part.params["media"]][:ALBUM_PARTS]
    return replace(
        album,
        params={**album.params, "media": media},
        origins=(*album.origins, *part.origins)[:ALBUM_PARTS],
        due_at=part.due_at,
    )


def _alerts(first: Letter, part: Letter) -> Letter | None:
    """Put one text under the other, each line once, and one's buttons under the other's.

    It leaves when the first would have: a stream of alerts must not hold itself up.
    """
    lines = first.params["text"].split("\n")
    fresh = [one for one in part.params["text"].split("\n") if one not in lines]
    text = "\n".join([*lines, *fresh])
    rows = _rows(first)
    rows += [one for one in _rows(part) if one not in rows]
    if len(text) > TEXT_ROOM or len(rows) > ROWS:
        return None
    params = {**first.params, "text": text}
    if rows:
        params["reply_markup"] = {"inline_keyboard": rows}
    same = first.case == part.case
    return replace(
        first,
        params=params,
        case=first.case if same else None,
        link=first.link if same else "",  # a reply to several cases at once is nobody's answer
        album=first.album or part.album,
    )


def _rows(letter: Letter) -> list[Any]:
    return list((letter.params.get("reply_markup") or {}).get("inline_keyboard", ()))
