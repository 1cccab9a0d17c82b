"""The desk's first configuration: the packs that come with it, and the operator's YAML over them.

Read once at start-up. What is wrong ends in one sentence that names the place and the fix.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from bot.config import SettingsError
from bot.flows.desk import COUNTED, Config
from bot.flows.document.mistakes import mistakes_of, placed
from bot.flows.document.reading import Document, Loader, Mistake, read
from bot.flows.document.schema import schema
from bot.flows.document.secrets import UNKNOWN, kept, unknown
from bot.flows.rules.actions import HandOff
from bot.texts.catalogue import locale
from bot.texts.own import mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKS = ("general", "restaurant")
PARTS = frozenset({*Config.model_fields, "packs"}) - COUNTED
AS_GIVEN = ("quiet", "ladder", "groups", "people", "texts", "webhooks", "version")
"""Parts that have no shipped form: they are what the file says, else their defaults."""


def config(path: Path | None = None) -> Config:
    """Return the configuration a new desk starts with; the file's parts replace the shipped.

    Raises `SettingsError` with the first mistake of the file.
    """
    if path is None:
        return _shipped()
    made = imported(text_of(path))
    if isinstance(made, Config):
        return made.but(version=1)
    first, *more = made
    also = f" (and {len(more)} more)" if more else ""
    place = ": ".join(part for part in (first.place, first.said) if part)
    line = f", line {first.line}" if first.line else ""
    raise SettingsError(f"{path}{line}: {place}{also}.")


def text_of(path: Path) -> str:
    """Return what a file says; raise `SettingsError` when it cannot be read."""
    try:
        return path.read_text(encoding=ENCODING)
    except OSError as error:
        msg = f"{path} could not be opened ({error.strerror}): name a configuration file (YAML)."
        raise SettingsError(msg) from None
    except UnicodeDecodeError:
        msg = f"{path}: cannot be read as a text in UTF-8."
        raise SettingsError(msg) from None


ENCODING = "utf-8-sig"
NO_TEXT = Mistake(0, "", "cannot be read as a text in UTF-8")


def imported_bytes(content: bytes, stored: Config) -> Config | tuple[Mistake, ...]:
    """Return the configuration that a file's content is, or everything that is wrong with it."""
    try:
        return imported(content.decode(ENCODING), stored)
    except UnicodeDecodeError:
        return (NO_TEXT,)


def imported(text: str, stored: Config | None = None) -> Config | tuple[Mistake, ...]:
    """Return the configuration that a text in YAML is, or everything that is wrong with it.

    Parts that are given replace the shipped ones whole; `version` is the one it was taken from.
    Secrets that the text keeps are those of the `stored` configuration, where one is given.
    """
    document = read(text)
    if isinstance(document, Mistake):
        return (document,)
    wrong = tuple(_unknown_parts(document))
    if wrong:
        return wrong
    try:
        made = Config.model_validate(_whole(document.parts))
    except ValidationError as error:
        return mistakes_of(error, document, schema())
    if stored is not None:
        made = kept(made, stored)
    nobody = unknown(made) if stored is not None else ()
    wanting = [(place, UNKNOWN) for place in nobody] + [*_wrong_texts(made)]
    return tuple(placed(place, what, document) for place, what in wanting) or made


def left_out(text: str, made: Config, stored: Config) -> tuple[str, ...]:
    """Return the parts that a text does not have and that so go back to as shipped."""
    document = read(text)
    given = set() if isinstance(document, Mistake) else {*document.parts}
    given |= {"playbooks"} if "packs" in given else set()
    others = (one for one in Config.model_fields if one not in {*given, *COUNTED, "version"})
    return tuple(one for one in others if getattr(made, one) != getattr(stored, one))


def _shipped() -> Config:
    return Config.model_validate(_whole({}))


def _unknown_parts(document: Document) -> Iterator[Mistake]:
    for name in document.parts:
        if name not in PARTS:
            said = f"unknown part {name!r}; use {', '.join(sorted(PARTS))}"
            yield Mistake(document.line_of((name,)), "", said)
    packs = document.parts.get("packs") or []
    for name in packs if isinstance(packs, list) else [packs]:
        if name not in PACKS:
            said = f"there is no pack {name!r}; choose from {', '.join(PACKS)}"
            yield Mistake(document.line_of(("packs",)), "packs", said)


def _whole(given: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a configuration: those given, and the shipped ones beside them."""
    said = {name: part for name, part in given.items() if part is not None}
    return {
        "general": said.get("general", {}),
        "hours": said.get("hours", {}),
        "targets": said.get("targets", _pack("targets")),
        "rules": said.get("rules", _pack("rules")),
        "playbooks": _playbooks(said),
        "words": _words(said),
        **{name: said[name] for name in AS_GIVEN if name in said},
    }


def _wrong_texts(config: Config) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the texts a configuration names or words itself, with its place."""
    have = locale("en", "", "UTC", config.wording("en")).texts
    named = {text: place for place, text in _texts_of(config)}
    for text, place in named.items():
        if text not in have:
            yield place, f"there is no text {text!r}; use a known id, or add it to texts"
    yield from mistakes(config.texts, named)


def _texts_of(config: Config) -> Iterator[tuple[str, str]]:
    """Yield every text id that a configuration names, with its place."""
    for book in config.playbooks.values():
        yield f"playbooks.{book.id}", f"category.{book.id}"
        yield f"playbooks.{book.id}", f"sorry.{book.id}"
        for fact in book.facts:
            place = f"playbooks.{book.id}.facts.{fact.id}"
            yield from ((place, text) for text in fact.ask)
            yield from ((place, f"choice.{one}") for one in fact.choices)
            yield place, f"fact.{fact.id}"
    for rule in config.rules:
        for action in rule.then:
            if isinstance(action, HandOff) and action.tell:
                yield f"rules.{rule.id}.then", action.tell


def _words(given: dict[str, Any]) -> Any:
    """Return the words as given; a list that is left out is as shipped."""
    own = given.get("words", {})
    return _pack("words") | own if isinstance(own, dict) else own


def _playbooks(given: dict[str, Any]) -> Any:
    """Return the playbooks of the packs with the given ones in their place, each under its name."""
    books: dict[str, Any] = {}
    for name in dict.fromkeys(["general", *given.get("packs", ())]):
        books |= _pack(name)
    own = given.get("playbooks", {})
    if not isinstance(own, dict):
        return own
    if own.keys() >= books.keys():
        books = {}  # a whole set: its order is the one that counts
    return {
        name: {"id": name, **book} if isinstance(book, dict) else book
        for name, book in (books | own).items()
    }


def _pack(name: str) -> Any:
    return yaml.load(files("bot.flows").joinpath(f"packs/{name}.yaml").read_text("utf-8"), Loader)  # noqa: S506
