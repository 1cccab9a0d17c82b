"""A draft: the configuration as edited and not applied yet, always whole and valid.

An edit is a change of the document, checked as a whole configuration; a mistake is a value that
says in words what is wrong and where, and the draft stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bot.flows.calendar import Span
from bot.flows.desk import COUNTED, Config
from bot.flows.effects import Line, line
from bot.flows.people import Role
from bot.flows.session import Draft
from bot.flows.showing import length_line
from bot.flows.wrong import WrongError

if TYPE_CHECKING:
    from bot.flows.desk import Desk
    from bot.flows.effects import Value
    from bot.flows.session import Doc


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an edit, in words."""

    said: Line


def document(config: Config) -> Doc:
    """Return a configuration as a document, without what is counted rather than decided."""
    doc = config.model_dump(mode="json", by_alias=True)
    return {key: one for key, one in doc.items() if key not in SET_BY_APPLYING}


SET_BY_APPLYING = frozenset({"version", *COUNTED})
"""Parts of a configuration that applying it sets."""


def started(config: Config) -> Draft:
    """Begin a draft on the configuration that stands."""
    doc = document(config)
    return Draft(base=config.version, was=doc, doc=doc)


def read(doc: Doc, version: int) -> Config | Mistake:
    """Return the configuration that a document says, or what is wrong with it."""
    try:
        return Config.model_validate(doc | {"version": version})
    except ValidationError as error:
        return Mistake(said(error))


def edited(draft: Draft, doc: Doc) -> Draft | Mistake:
    """Return the draft with another document, if that is a whole and valid configuration."""
    found = read(doc, draft.base)
    if isinstance(found, Mistake):
        return found
    return draft.but(doc=document(found))


def nobody_left(desk: Desk, doc: Doc) -> bool:
    """Whether this document would take the last admin away."""
    people = {int(user): Role(role) for user, role in doc["people"].items()}
    return bool(desk.admins_with(desk.config.people)) and not desk.admins_with(people)


def said(error: ValidationError) -> Line:
    """Say the first mistake in words; what no text is made for says it as the check does."""
    first: Any = error.errors()[0]
    kind, about = first["type"], first.get("ctx", {})
    wrong = about.get("error")
    if isinstance(wrong, WrongError):
        return wrong.line
    if kind in {"greater_than_equal", "greater_than"}:
        return line("mistake.least", limit=_limit(first, about.get("ge", about.get("gt", 0))))
    if kind in {"less_than_equal", "less_than"}:
        return line("mistake.most", limit=_limit(first, about.get("le", about.get("lt", 0))))
    if kind in {"too_short", "string_too_short"}:
        return line("mistake.empty")
    if kind == "string_too_long":
        return line("mistake.long", limit=about.get("max_length", 0))
    place = " › ".join(str(part) for part in first["loc"][:4])
    words = str(first["msg"]).removeprefix("Value error, ")[:600]
    return line("mistake.other", place=place or "…", said=words)


def _limit(error: Any, limit: int) -> Value:
    """Return a limit as it is typed: of a field that counts seconds, a length."""
    seconds = str(error["loc"][-1]).endswith("_seconds") if error["loc"] else False
    return length_line(Span(seconds=limit)) if seconds else limit
