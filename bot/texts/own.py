"""A desk's own wording in a file: texts in place of the shipped ones, checked against them.

What is wrong with one text is `bot.flows.own_texts`; here is which texts there are.
"""

from __future__ import annotations

import difflib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.flows.own_texts import ADDED, OF_ANY_CASE, fault
from bot.texts.catalogue import LANGUAGES, locale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""No fault speaks of a time."""


def mistakes(
    own: Mapping[str, Mapping[str, str]], named: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a desk's own texts: the place, and a sentence with the fix.

    `named` are the ids that the configuration itself names: a question it added, say.
    """
    for language, texts in own.items():
        if language not in LANGUAGES:
            yield f"texts.{language}", f"there is no language {language!r}: {', '.join(LANGUAGES)}"
            continue
        kept = (one for one in texts if ADDED.fullmatch(one))
        added = dict.fromkeys((*named, *kept), OF_ANY_CASE)
        shipped = added | locale(language, "", "UTC").texts
        for text_id, text in texts.items():
            said = wrong(text_id, text, shipped)
            if said:
                yield f"texts.{language}.{text_id}", said


def wrong(text_id: str, text: str, shipped: Mapping[str, str]) -> str:
    """Say what is wrong with one own text, "" when nothing is."""
    if text_id not in shipped:
        near = difflib.get_close_matches(text_id, shipped, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"there is no text {text_id!r}{hint}"
    found = fault(text_id, text, shipped[text_id])
    if found is None:
        return ""
    said = locale("en", "", "UTC").plain(found.said, NEVER)
    return said[0].lower() + said[1:].removesuffix(".")
