"""Which migrations a database still needs, and the refusal of one that is ahead of the code.

Pure: the drivers carry it out, each inside one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import TooNewError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MADE = """CREATE TABLE IF NOT EXISTS migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
)"""
DONE = "SELECT version FROM migrations"


def missing(
    done: Collection[int], known: Mapping[int, tuple[str, str]]
) -> list[tuple[int, str, str]]:
    """Return (version, name, SQL) of what is to be applied, in order."""
    newest = max(known, default=0)
    if done and max(done) > newest:
        msg = (
            f"This database was made by a newer release (its tables are at version {max(done)}, "
            f"this release knows {newest}): install that release or name another database."
        )
        raise TooNewError(msg)
    return [(version, *known[version]) for version in sorted(set(known) - set(done))]
