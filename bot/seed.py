"""The desk's first configuration: the packs that come with it, and the operator's YAML over them.

Read once at start-up. What is wrong ends in one sentence that names the place and the fix.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from bot.config import SettingsError
from bot.flows.desk import Config, explain
from bot.flows.rules.actions import HandOff
from bot.texts.catalogue import locale
from bot.texts.own import mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIMESTAMP = "tag:yaml.org,2002:timestamp"


class Loader(yaml.SafeLoader):
    """YAML as 1.2 has it: `on` and `no` are words, `18:00` is a time of day, not 1,080."""


PLAIN = {
    "tag:yaml.org,2002:bool": (r"^(?:true|True|false|False)$", "tTfF"),
    "tag:yaml.org,2002:int": (r"^[-+]?[0-9]+$", "-+0123456789"),
    "tag:yaml.org,2002:float": (r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
}
Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag not in {*PLAIN, TIMESTAMP}]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, (_form, _firsts) in PLAIN.items():
    Loader.add_implicit_resolver(_tag, re.compile(_form), list(_firsts))

PACKS = ("general", "restaurant")
PARTS = frozenset({*Config.model_fields, "packs"})
AS_GIVEN = ("quiet", "ladder", "groups", "people", "words", "texts")
"""Parts that have no shipped form: they are what the file says, else their defaults."""
DEFAULT: dict[str, Any] = {"general": {}, "hours": {}, "packs": ["general"]}


def config(path: Path | None = None) -> Config:
    """Return the configuration a new desk starts with; the file's parts replace the shipped."""
    given = DEFAULT | (_read(path) if path else {})
    unknown = set(given) - PARTS
    if unknown:
        msg = f"{path}: unknown part {min(unknown)!r}; use {', '.join(sorted(PARTS))}."
        raise SettingsError(msg)
    try:
        made = Config.model_validate(
            {
                "general": given["general"],
                "hours": given["hours"],
                "targets": given.get("targets") or _pack("targets"),
                "rules": given.get("rules") or _pack("rules"),
                "playbooks": _playbooks(given),
                **{name: given[name] for name in AS_GIVEN if given.get(name)},
            }
        )
    except ValidationError as error:
        msg = f"{path or 'the shipped configuration'}: {explain(error)}"
        raise SettingsError(msg) from None
    return _with_words(made, path)


def _with_words(config: Config, path: Path | None) -> Config:
    """Return the configuration; refuse one that names texts the desk does not have."""
    where = path or "the shipped configuration"
    have = locale("en", "", "UTC", config.wording("en")).texts
    named = {text: place for place, text in _texts_of(config)}
    for text, place in named.items():
        if text not in have:
            msg = (
                f"{where}: {place}: there is no text {text!r}; use a known id, or add it to texts."
            )
            raise SettingsError(msg)
    for place, said in mistakes(config.texts, named):
        msg = f"{where}: {place}: {said}."
        raise SettingsError(msg)
    return config


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


def _read(path: Path) -> dict[str, Any]:
    try:
        doc = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        msg = f"{path}{line}: not readable as YAML; check indentation and quotes there."
        raise SettingsError(msg) from None
    if not isinstance(doc, dict):
        msg = f"{path}: write it as parts with names (general:, hours:, rules: …)."
        raise SettingsError(msg)
    return doc


def _playbooks(given: dict[str, Any]) -> dict[str, Any]:
    playbooks: dict[str, Any] = {}
    for name in dict.fromkeys(["general", *given["packs"]]):
        if name not in PACKS:
            msg = f"packs: there is no pack {name!r}; choose from {', '.join(PACKS)}."
            raise SettingsError(msg)
        playbooks |= _pack(name)
    playbooks |= given.get("playbooks") or {}
    return {name: {"id": name, **book} for name, book in playbooks.items()}


def _pack(name: str) -> Any:
    return yaml.load(files("bot.flows").joinpath(f"packs/{name}.yaml").read_text("utf-8"), Loader)  # noqa: S506
