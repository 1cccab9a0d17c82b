"""`complaint-bot config …`: the whole configuration as a file, from a shell.

`check` needs no database; `diff`, `apply` and `export` speak of the version in force there. A
running desk takes up what was applied with its next event. Exit status: 0 fine, 1 `diff` found
differences, 2 refused.
"""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot import seed
from bot.app import App
from bot.config import SettingsError
from bot.flows.admin.documents import changes
from bot.flows.admin.draft import document
from bot.flows.desk import Config
from bot.flows.document.secrets import hidden
from bot.flows.document.writing import written
from storage import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.clock import Clock

FINE, DIFFERS, REFUSED = 0, 1, 2
OPERATOR = "operator"
"""Who changed the configuration, when it was done from a shell."""


def check(file: Path) -> int:
    """Say what is wrong with a file, a line each."""
    made = _read(file)
    if made is None:
        return REFUSED
    print(f"ok  {file}: {len(made.rules)} rules, {len(made.playbooks)} playbooks")  # noqa: T201
    return FINE


async def diff(file: Path, database: str) -> int:
    """Print what the file would change, a line each."""
    if _read(file) is None:
        return REFUSED
    async with _desk(database) as app:
        made = _read(file, app.desk.config)
        if made is None:
            return REFUSED
        found = changes(document(app.desk.config), document(made))
        _say_left_out(file, made, app.desk.config)
    for one in found:
        print(one)  # noqa: T201
    return DIFFERS if found else FINE


async def apply(file: Path, database: str, clock: Clock, force: bool = False) -> int:  # noqa: FBT002
    """Put the file in force as the next version; open cases are looked at again."""
    if _read(file) is None:
        return REFUSED
    async with _desk(database) as app:
        before = app.desk.config
        made = _read(file, before)
        if made is None:
            return REFUSED
        if made.version < before.version and not force:
            return _refuse(
                f"{file} was taken from version {made.version}, but {before.version} is in force: "
                f"look at `config diff`, then set version: {before.version} there, or use --force."
            )
        if made.version > before.version:
            return _refuse(
                f"{file} says version {made.version}, but {before.version} is the latest there is: "
                f"look at `config diff`, then set version: {before.version} there."
            )
        if document(before) == document(made):
            print(f"nothing to do: version {before.version} says the same")  # noqa: T201
            return FINE
        _say_left_out(file, made, before)
        version = await app.take_over(made, clock.now(), OPERATOR)
    print(f"version {version} is in force")  # noqa: T201
    return FINE


def _say_left_out(file: Path, made: Config, stored: Config) -> None:
    if out := seed.left_out(seed.text_of(file), made, stored):
        parts = ", ".join(out)
        print(f"not in {file}, so as shipped again: {parts} (else start from `config export`)")  # noqa: T201


async def export(database: str, *, secrets: bool = False) -> int:
    """Print the configuration in force; `secrets` of webhooks too, else a sign in their place."""
    async with _desk(database) as app:
        config = app.desk.config
        print(written(config if secrets else hidden(config)), end="")  # noqa: T201
    return FINE


def _read(file: Path, stored: Config | None = None) -> Config | None:
    """Return the configuration of a file; what is wrong with it is printed."""
    made = seed.imported(seed.text_of(file), stored)
    if isinstance(made, Config):
        return made
    for one in made:
        _refuse(f"{file}: {one}")
    return None


def _refuse(said: str) -> int:
    print(said, file=sys.stderr)  # noqa: T201
    return REFUSED


@asynccontextmanager
async def _desk(database: str) -> AsyncIterator[App]:
    """Open the desk's memory; a database that no desk has used yet holds the shipped version."""
    _check_there(database)
    store = await Store.open(database)
    try:
        app = App(store, seed.config())
        await app.refresh()
        yield app
    finally:
        await store.close()


def _check_there(database: str) -> None:
    """Refuse a file that does not exist: opening it would make it."""
    path = database.removeprefix("sqlite:///")
    if path != database and not Path(path).is_file():
        msg = f"There is no database {database}: start the desk once, or set DATABASE_URL."
        raise SettingsError(msg)
