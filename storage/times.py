"""Instants as the database keeps them: whole milliseconds since the epoch, in UTC.

Instants that passed are rounded down and deadlines up, so that what is due in the database is
due in the core as well.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def passed(at: datetime) -> int:
    """Return the millisecond an instant fell in."""
    return (at - _EPOCH) // _MS


def deadline(at: datetime | None) -> int | None:
    """Return the first whole millisecond that is not before the instant."""
    return None if at is None else -((_EPOCH - at) // _MS)


def instant(ms: int) -> datetime:
    """Return the instant a stored number stands for."""
    return _EPOCH + ms * _MS


def maybe(ms: int | None) -> datetime | None:
    """Return the instant a stored number stands for, if there is one."""
    return None if ms is None else instant(ms)
