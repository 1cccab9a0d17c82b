"""Quiet hours: when people are not to be disturbed for anything but a severe case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Self

from pydantic import model_validator

from bot.flows.calendar import known_zone
from bot.flows.calendar.hours import TimeOfDay
from bot.flows.calendar.instants import first_instant, zone_of
from bot.flows.frozen import Written
from bot.flows.wrong import WrongError


class Quiet(Written):
    """From this local time until that one, in the desk's zone; over midnight if need be."""

    start: TimeOfDay
    until: TimeOfDay
    zone: str = "UTC"

    @model_validator(mode="after")
    def _some_time(self) -> Self:
        known_zone(self.zone)
        if self.start == self.until:
            said = "quiet hours begin and end at the same time: leave them out for none"
            raise WrongError("quiet_nothing", said)
        return self

    def ends(self, at: datetime) -> datetime | None:
        """Return when the quiet hours end that hold at this instant; None outside them."""
        local = at.astimezone(zone_of(self.zone)).date()
        for day in (local - timedelta(days=1), local):
            end_day = day + timedelta(days=1) if self.until <= self.start else day
            start = first_instant(datetime.combine(day, self.start), zone_of(self.zone))
            end = first_instant(datetime.combine(end_day, self.until), zone_of(self.zone))
            if start <= at.astimezone(UTC) < end:
                return end
        return None
