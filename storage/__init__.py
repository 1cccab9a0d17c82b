"""The desk's memory on SQLite or PostgreSQL. Start at `Store`; `rows` is what travels.

Knows the core's nouns and the letters; never what decides about them, and never Telegram.
"""

from storage.errors import RacedError, StoreError, TooNewError, WrongUrlError
from storage.rows import (
    TOPIC,
    Attached,
    Changes,
    Claimed,
    Dead,
    Failed,
    FailedLetter,
    Likes,
    LikesWanted,
    Link,
    Pair,
    Place,
    Retry,
    Sent,
)
from storage.store import Store
from storage.unit import Read, Unit

__all__ = [
    "TOPIC",
    "Attached",
    "Changes",
    "Claimed",
    "Dead",
    "Failed",
    "FailedLetter",
    "Likes",
    "LikesWanted",
    "Link",
    "Pair",
    "Place",
    "RacedError",
    "Read",
    "Retry",
    "Sent",
    "Store",
    "StoreError",
    "TooNewError",
    "Unit",
    "WrongUrlError",
]
