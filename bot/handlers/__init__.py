"""Telegram updates in, the desk's events out: a table of filters and translators.

Pure and syntactic: what a message is, never what it means or who may do it. It knows nothing of
settings, storage or time; the instant of what carries no date is given.
"""

from bot.handlers.parts import Me
from bot.handlers.short_way import plain
from bot.handlers.table import TABLE, to_events

HANDLED = frozenset(TABLE)
"""Fields of an update that are translated; an update without any of them is nobody's concern."""

__all__ = ["HANDLED", "Me", "plain", "to_events"]
