"""The desk's first configuration: the packs that come with it, and the operator's YAML over them.

Read once at start-up. What is wrong ends in one sentence that names the place and the fix.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from bot.config import SettingsError
from bot.flows.desk import Config, explain

if TYPE_CHECKING:
    from pathlib import Path

PACKS = ("general", "restaurant")
PARTS = frozenset({"general", "hours", "packs", "targets", "rules", "playbooks", "version"})
DEFAULT: dict[str, Any] = {"general": {}, "hours": {}, "packs": ["general"]}


def config(path: Path | None = None) -> Config:
    """Return the configuration a new desk starts with; the file's parts replace the shipped."""
    given = DEFAULT | (_read(path) if path else {})
    unknown = set(given) - PARTS
    if unknown:
        msg = f"{path}: unknown part {min(unknown)!r}; use {', '.join(sorted(PARTS))}."
        raise SettingsError(msg)
    try:
        return Config.model_validate(
            {
                "general": given["general"],
                "hours": given["hours"],
                "targets": given.get("targets") or _pack("targets"),
                "rules": given.get("rules") or _pack("rules"),
                "playbooks": _playbooks(given),
            }
        )
    except ValidationError as error:
        msg = f"{path or 'the shipped configuration'}: {explain(error)}"
        raise SettingsError(msg) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        doc = yaml.safe_load(path.read_text(encoding="utf-8"))
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
    return yaml.safe_load(files("bot.flows").joinpath(f"packs/{name}.yaml").read_text("utf-8"))
