"""Texts while they are edited: put into the draft when nothing is wrong, shown with examples.

The shipped texts come with the papers of a page; the desk's own stand in the draft.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.admin import documents
from bot.flows.effects import Join, Label, Line, Money, Sample, Value, When, line
from bot.flows.own_texts import OF_ANY_CASE, fault, variables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.flows.admin.frame import View, Work
    from bot.flows.session import Doc

WORDED = ("name", "who", "words", "value", "what", "remedies", "role", "place")
"""Variables whose example is a word of each language, in the family `sample.`."""


def shipped_of(view: View, text_id: str, language: str) -> str | None:
    """Return the text as this release has it, None for one that the desk added."""
    return view.papers.shipped.get(language, {}).get(text_id)


def stands(view: View, text_id: str, language: str) -> str | None:
    """Return the text as it is read: in the desk's own words, else as shipped."""
    own = view.config.texts.get(language, {}).get(text_id)
    return own or shipped_of(view, text_id, language)


def is_own(view: View, text_id: str, language: str) -> bool:
    """Whether the desk has words of its own for it in a language."""
    return text_id in view.config.texts.get(language, {})


def wrong(view: View, text_id: str, language: str, text: str) -> Line | None:
    """Say what is wrong with a text, None when nothing is."""
    shipped = shipped_of(view, text_id, language)
    found = fault(text_id, text, OF_ANY_CASE if shipped is None else shipped)
    return None if found is None else found.said


def with_text(doc: Doc, language: str, text_id: str, text: str) -> Doc:
    """Return the document with a text of the desk's own."""
    put: Doc = documents.put(doc, ("texts", language, text_id), text)
    return put


def without_text(doc: Doc, language: str, text_id: str) -> Doc:
    """Return the document without it; a language without any is not named either."""
    left = {one: text for one, text in doc["texts"].get(language, {}).items() if one != text_id}
    texts = {one: text for one, text in doc["texts"].items() if one != language}
    return doc | {"texts": texts | ({language: left} if left else {})}


def reword(work: Work, language: str, text_id: str, text: str) -> bool:
    """Put a text into the draft, unless something is wrong with it; that is said then."""
    view = work.view
    mistake = wrong(view, text_id, language, text)
    if mistake is not None:
        work.say(line("mistake.kept", said=mistake))
        return False
    if text == shipped_of(view, text_id, language):
        return work.edit(without_text(view.doc, language, text_id))
    return work.edit(with_text(view.doc, language, text_id, text))


def new_id(work: Work, n: int = 0) -> str:
    """Return a name for what an admin adds: no other press, of nobody, gives the same."""
    seed = f"{work.session.id}:{work.session.token}:{work.session.rev}:{n}:{work.turn.at}"
    digest = hashlib.blake2s(seed.encode(), digest_size=4).hexdigest()
    return "own_" + "".join(chr(ord("a") + int(one, 16)) for one in digest)


# ---- shown ----------------------------------------------------------------------------------


def preview(view: View, text_id: str, language: str) -> Value:
    """Return a text as its readers get it, filled with examples."""
    text = view.text_of(text_id, language)
    try:
        used = variables(text)
    except ValueError:  # an older release let it pass
        return text
    known = _examples(view)
    return Sample(text, language, {one: known.get(one, f"‹{one}›") for one in used})


def _examples(view: View) -> Mapping[str, Value]:
    due = When(view.at + timedelta(hours=2))
    typed: dict[str, Value] = {
        "ref": "C-1042",
        "due": due,
        "at": When(view.at),
        "until": due,
        "number": view.desk.emergency(),
        "count": 3,
        "n": 2,
        "rating": 4,
        "amount": Money(129900, view.config.general.currency),
        "desk": view.config.general.name,
        "category": Label("category.delivery"),
        "grade": Label("grade.general"),
        "status": Label("status.in_progress"),
        "to_id": str(view.staff.id),
    }
    return typed | {one: Label(f"sample.{one}") for one in WORDED}


def buttons_in(view: View, language: str, ids: tuple[str, ...]) -> Value:
    """Return buttons as they stand under a question: [yes] [no] [Skip]."""
    return Join(
        tuple(line("ask.button", label=preview(view, one, language)) for one in ids), by="space"
    )
