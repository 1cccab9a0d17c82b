"""Opening hours in words: the blocks of a day, the week, the days to come, quiet hours."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from bot.flows.calendar import Block
from bot.flows.calendar.hours import WEEKDAYS
from bot.flows.effects import Day, Join, Label, Line, Value, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, time

    from bot.flows.calendar import Holidays, Hours
    from bot.flows.rules.quiet import Quiet

COUNTRIES = ("CN", "HK", "TW", "MO", "SG", "MY", "JP", "US", "CA", "GB", "AU", "NZ")
"""Countries with a name of their own in the catalogues; others are shown by their code."""


def clock(at: time) -> str:
    """Return a time of day as people write it."""
    return f"{at:%H:%M}"


def block_said(block: Block) -> Value:
    """Say one opening: 09:00–12:00."""
    start, until = clock(block.start), clock(block.until)
    if until == "00:00":
        return line("hours.whole_day") if start == "00:00" else f"{start}–24:00"
    if block.overnight:
        return line("hours.overnight", start=start, until=until)
    return f"{start}–{until}"


def blocks_said(blocks: Iterable[Block]) -> Value:
    """Say the openings of a day, or that there are none."""
    found = tuple(block_said(one) for one in blocks)
    return Join(found) if found else line("hours.closed")


def weekday(day: int) -> Label:
    """Return the name of a weekday, Monday is 0."""
    return Label(f"weekday.{WEEKDAYS[day]}")


def days_said(days: Iterable[int]) -> Value:
    """Say weekdays in a row as the first and the last."""
    found = list(days)
    if len(found) == len(WEEKDAYS):
        return line("hours.every_day")
    if len(found) == 1:
        return weekday(found[0])
    return line("hours.to", first=weekday(found[0]), last=weekday(found[-1]))


def week_said(hours: Hours) -> Iterator[Line]:
    """Say the weekly pattern; days in a row with the same hours are one line."""
    if not hours.week:
        yield line("hours.always")
        return
    for blocks, days in groupby(range(7), lambda day: hours.week.get(day, ())):
        yield line("hours.week_row", days=days_said(days), blocks=blocks_said(blocks))


def day_said(hours: Hours, day: date) -> Line:
    """Say one day: when it is open, why it is closed."""
    blocks, off = hours.blocks(day), hours.day_off(day)
    if off:
        name = line("hours.own_day") if off == "—" else off
        return line("hours.day_off", day=Day(day), name=name)
    if blocks != hours.week.get(day.weekday(), ()):
        return line("hours.day_worked", day=Day(day), blocks=blocks_said(blocks))
    return line("hours.day_row", day=Day(day), blocks=blocks_said(blocks))


def coming(hours: Hours, first: date, count: int) -> Iterator[Line]:
    """Say the days to come, one line each."""
    for n in range(count):
        yield day_said(hours, first + timedelta(days=n))


def country_said(country: str) -> Value:
    """Say a country."""
    return Label(f"country.{country}") if country in COUNTRIES else country


def holidays_said(holidays: Holidays) -> Value:
    """Say whose public holidays count."""
    country = country_said(holidays.country)
    if not holidays.subdivision:
        return country
    return line("hours.country_part", country=country, part=holidays.subdivision)


def quiet_said(quiet: Quiet) -> Value:
    """Say the quiet hours."""
    return block_said(Block(start=quiet.start, until=quiet.until))
