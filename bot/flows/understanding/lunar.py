"""The lunisolar calendar of 2020 to 2039: first days of its months, and two solar terms.

Each year: its first day (MM-DD), then 1 for a month of 30 days and 0 for one of 29, in order,
the leap month after the month whose number follows (0: none). Written from the astronomical
tables; the tests compare it with the days that the library `holidays` knows.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_YEARS: Final = {
    2020: ("01-25", "0111010010101", 4),
    2021: ("02-12", "011010101010", 0),
    2022: ("02-01", "101011010101", 0),
    2023: ("01-22", "0100110110101", 2),
    2024: ("02-10", "010010110110", 0),
    2025: ("01-29", "1010010101110", 6),
    2026: ("02-17", "101001001110", 0),
    2027: ("02-06", "110100100110", 0),
    2028: ("01-26", "1110100100110", 5),
    2029: ("02-13", "110101010011", 0),
    2030: ("02-03", "010110101010", 0),
    2031: ("01-23", "0110101101010", 3),
    2032: ("02-11", "100101101101", 0),
    2033: ("01-31", "0100101011101", 11),
    2034: ("02-19", "010010101101", 0),
    2035: ("02-08", "101001001101", 0),
    2036: ("01-28", "1101001001011", 6),
    2037: ("02-15", "110100100101", 0),
    2038: ("02-04", "110101010010", 0),
    2039: ("01-24", "1101101010100", 5),
}


def lunar_day(year: int, month: int, day: int) -> date | None:
    """Return the day of a lunar year, month and day; None outside the table."""
    if year not in _YEARS or not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    first, lengths, leap = _YEARS[year]
    passed = month - 1 + (1 if leap and month > leap else 0)
    days = sum(29 + int(long) for long in lengths[:passed])
    return date.fromisoformat(f"{year}-{first}") + timedelta(days=days + day - 1)


def solar_term(year: int, month: int, base: float) -> date:
    """Return the day of a solar term of this century; `base` is its constant (清明 4.81)."""
    since = year - 2000
    return date(year, month, int(0.2422 * since + base) - since // 4)


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian rule)."""
    century, rest = divmod(year, 100)
    moon = (
        19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    turn = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * turn) // 451
    month, day = divmod(moon + turn - 7 * late + 114, 31)
    return date(year, month, day + 1)
