"""Working time: when the desk is open, what "in three working hours" means, and why.

Pure arithmetic over a weekly pattern, holidays and make-up days in one time zone. It must never
know the present moment. Instants go in and come out as aware UTC datetimes; lengths are seconds.
"""

from bot.flows.calendar.explained import Stretch, explained
from bot.flows.calendar.hours import Block, Holidays, Hours, known_zone
from bot.flows.calendar.spans import Length, Span, span

__all__ = [
    "Block",
    "Holidays",
    "Hours",
    "Length",
    "Span",
    "Stretch",
    "explained",
    "known_zone",
    "span",
]
