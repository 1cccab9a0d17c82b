"""One call of one method: its parameters, read as leniently and as strictly as Telegram does.

Values arrive as text (forms) or as JSON values (JSON bodies); both read alike.
It must never know what a method does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from sandbox.errors import bad_request
from sandbox.model import Json
from sandbox.world import World


@dataclass(slots=True)
class Upload:
    """A file in a multipart body."""

    data: bytes
    file_name: str | None
    mime_type: str | None


@dataclass(slots=True)
class Call:
    """The world, the raw parameters and the uploaded files of one call."""

    world: World
    method: str
    raw: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether a parameter is present at all."""
        return name in self.raw

    def text(self, name: str) -> str:
        """Read a string; absent is empty."""
        value = self.raw.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            if not value.isprintable():
                _check_unicode(value)
            return value
        return orjson.dumps(value).decode() if isinstance(value, (dict, list, bool)) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Read an integer; like Telegram, what cannot be read counts as 0."""
        value = self.raw.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, (int, float)):
            return int(value)
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def number(self, name: str) -> float | None:
        """Read a float, or None where there is none."""
        try:
            return float(self.raw[name])
        except (KeyError, TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        """Read a boolean as Telegram reads it: true, yes or 1."""
        value = self.raw.get(name)
        return value is True or (value is not None and str(value).lower() in {"true", "yes", "1"})

    def json(self, name: str, complaint: str) -> Any:
        """Read a JSON-serialized value, None when absent; refuse what cannot be read."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(complaint) from None


def _check_unicode(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        reason = "strings must be encoded in UTF-8"
        raise bad_request(reason) from None


Method = Callable[[Call], Any]


def need(source: Json, name: str, kind: type, word: str) -> Any:
    """Read a required field of a JSON object, refused in Telegram's words."""
    if name not in source:
        reason = f'Can\'t find field "{name}"'
        raise ValueError(reason)
    return maybe(source, name, kind, word)


def maybe(source: Json, name: str, kind: type, word: str) -> Any:
    """Read an optional field of a JSON object; refuse the wrong type in Telegram's words."""
    value = source.get(name)
    if value is None:
        return None
    if kind is str and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if kind is int and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        reason = f'Field "{name}" must be of type {word}'
        raise ValueError(reason)
    return value
