"""Settings from the environment and `.env`: read once, checked, frozen.

What is wrong ends in one `SettingsError` whose text is one sentence that says what to do. The
token is a `SecretStr` and is never part of a message. It must never know who uses the settings.
"""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

API_URL = "https://api.telegram.org"
DATABASE_URL = "sqlite:///complaints.db"
TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DATABASES = ("sqlite:///", "postgresql://", "postgres://")
ON = frozenset({"on", "yes", "true", "1"})
OFF = frozenset({"off", "no", "false", "0"})
SOURCES = {
    "bot_token": "Set BOT_TOKEN to the token from @BotFather (it looks like 123456:ABC-…).",
    "bot_api_url": "Set BOT_API_URL to the address of a Bot API server, such as "
    f"{API_URL}, or leave it out.",
    "database_url": "Set DATABASE_URL to sqlite:///FILE or to postgresql://USER@HOST/DATABASE.",
    "admin_ids": "Set ADMIN_IDS to Telegram user ids with commas between, or leave it out.",
    "team_chat_id": "Set TEAM_CHAT_ID to the id of your team group (a negative number), or "
    "leave it out and add the bot to the group.",
    "managers_chat_id": "Set MANAGERS_CHAT_ID to the id of the managers' group (a negative "
    "number), or leave it out.",
    "desk_config": "Set DESK_CONFIG to a YAML file that exists and can be read, or leave it out.",
    "pacing": "Set PACING to on (Telegram's limits are kept) or off (a server of your own).",
    "classifier": "Set CLASSIFIER to on (it reads best; 140 MB) or off (word lists alone).",
    "log_level": f"Set LOG_LEVEL to one of {', '.join(LOG_LEVELS)}.",
}
"""What to do about each setting, in one sentence."""


class SettingsError(Exception):
    """The program cannot start or go on as it is set up; the text says what to do."""


class Switch(StrEnum):
    """What may be left out: Telegram's limits in the outbox, the classifier of free text."""

    ON = "on"
    OFF = "off"


class Memory(BaseModel):
    """Where the desk keeps what it knows: all that a command without Telegram needs."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    database_url: str = DATABASE_URL

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, given: str) -> str:
        if not given.startswith(DATABASES):
            message = "not a database address"
            raise ValueError(message)
        return given


class Settings(Memory):
    """Everything that an operator can set from outside."""

    bot_token: SecretStr
    bot_api_url: str = API_URL
    admin_ids: tuple[int, ...] = ()
    team_chat_id: Annotated[int | None, Field(lt=0)] = None
    managers_chat_id: Annotated[int | None, Field(lt=0)] = None
    desk_config: Path | None = None
    pacing: Switch = Switch.ON
    classifier: Switch = Switch.ON
    log_level: str = "INFO"

    @property
    def token(self) -> str:
        """The token itself; hand it to the Bot and to nothing that prints."""
        return self.bot_token.get_secret_value()

    @field_validator("bot_token")
    @classmethod
    def _token_is_one(cls, given: SecretStr) -> SecretStr:
        if not TOKEN.fullmatch(given.get_secret_value().strip()):
            message = "not a token"
            raise ValueError(message)
        return SecretStr(given.get_secret_value().strip())

    @field_validator("bot_api_url")
    @classmethod
    def _url_is_one(cls, given: str) -> str:
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            message = "not an address"
            raise ValueError(message)
        return given.rstrip("/")

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids_in_a_list(cls, given: object) -> object:
        if isinstance(given, str):
            return tuple(part for part in re.split(r"[,;\s]+", given) if part)
        return (given,) if isinstance(given, int) else given

    @field_validator("admin_ids")
    @classmethod
    def _ids_of_people(cls, given: tuple[int, ...]) -> tuple[int, ...]:
        if any(one <= 0 for one in given):
            message = "not a user id"
            raise ValueError(message)
        return given

    @field_validator("pacing", "classifier", mode="before")
    @classmethod
    def _on_or_off(cls, given: object) -> object:
        word = str(given).lower()
        return Switch.ON if word in ON else Switch.OFF if word in OFF else given

    @field_validator("log_level")
    @classmethod
    def _level_is_one(cls, given: str) -> str:
        if given.upper() not in LOG_LEVELS:
            message = "not a level"
            raise ValueError(message)
        return given.upper()

    @field_validator("desk_config")
    @classmethod
    def _file_is_there(cls, given: Path | None) -> Path | None:
        if given is not None and not given.is_file():
            message = "no such file"
            raise ValueError(message)
        return given

    @model_validator(mode="after")
    def _rooms_differ(self) -> Self:
        if self.team_chat_id is not None and self.team_chat_id == self.managers_chat_id:
            message = "one room for both"
            raise ValueError(message)
        return self


SAME_ROOM = (
    "Set MANAGERS_CHAT_ID to another group than TEAM_CHAT_ID (or leave it out): "
    "everyone in a group reads all of it."
)


def load(env_file: str | None = ".env", **given: Any) -> Settings:
    """Read the settings; raise `SettingsError` with one sentence when something is wrong.

    Anything given by name wins over the environment, and that over the file (None: no file).
    """
    return _loaded(Settings, env_file, given)


def memory(env_file: str | None = ".env", **given: Any) -> Memory:
    """Read where the database is, as `load` does; no token is needed for that."""
    return _loaded(Memory, env_file, given)


Kind = TypeVar("Kind", bound=Memory)


def _loaded(kind: type[Kind], env_file: str | None, given: dict[str, Any]) -> Kind:
    try:
        return kind.model_validate({**_from_outside(env_file), **given})
    except ValidationError as errors:
        sentence = _sentence(errors)
    except UnicodeDecodeError:
        sentence = "Save the file .env as UTF-8 text."
    except OSError:
        sentence = "Make the file .env readable, or remove it."
    raise SettingsError(sentence)  # outside `except`: no context that could show a token


def _from_outside(env_file: str | None) -> dict[str, str]:
    """Return what file and environment say, by field; what is empty is not said."""
    said = {**(dotenv_values(env_file) if env_file else {}), **os.environ}
    low = {name.lower(): value for name, value in said.items() if value}
    return {name: low[name] for name in Settings.model_fields if name in low}


def _sentence(errors: ValidationError) -> str:
    """Turn pydantic's report into the one sentence of the first setting that is wrong."""
    place = errors.errors(include_input=False, include_url=False)[0]["loc"]
    return SOURCES.get(str(place[0]), SAME_ROOM) if place else SAME_ROOM
