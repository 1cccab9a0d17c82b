"""What can go wrong at the database's seam, each told in one sentence.

The drivers translate their libraries' exceptions into these; nothing above the seam ever sees
`sqlite3` or `asyncpg`.
"""

from __future__ import annotations


class StoreError(Exception):
    """The database could not do what was asked; the sentence says why."""


class WrongUrlError(StoreError):
    """`DATABASE_URL` names no database that the desk can use."""


class TooNewError(StoreError):
    """The database, or something in it, was written by a newer release."""


class RacedError(StoreError):
    """Another process got there first; nothing was written, the unit may be tried again."""
