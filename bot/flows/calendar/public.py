"""Public holidays and make-up working days by country, from the `holidays` library.

The library is imported when the first desk asks for a country: it costs 11 MB that a desk
without holidays need not carry. Names come in the country's own language.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from bot.flows.wrong import WrongError


def known_country(country: str, subdivision: str = "") -> None:
    """Raise ValueError with the fix when the library knows no such country or subdivision."""
    import holidays  # noqa: PLC0415 - see the charter

    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        said = f"no public holidays are known for {country!r}: write a country code such as CN"
        raise WrongError("country_unknown", said, country=country)
    if subdivision and subdivision not in known[country]:
        some = ", ".join(known[country][:6]) or "none: leave it out"
        said = f"{country} has no subdivision {subdivision!r}; it has {some}"
        raise WrongError("part_unknown", said, part=subdivision, some=some)


def public_holiday(country: str, subdivision: str, day: date) -> str:
    """Return the holiday's name on that day, "" when it is none."""
    name: str = _year(country, subdivision, day.year).get(day, "")
    return name


def makeup_day(country: str, subdivision: str, day: date) -> bool:
    """Whether a weekend day is worked to make up for a day off (as decreed in China)."""
    return day in _year(country, subdivision, day.year).weekend_workdays


@lru_cache(maxsize=16)
def _year(country: str, subdivision: str, year: int) -> Any:
    import holidays  # noqa: PLC0415 - see the charter

    return holidays.country_holidays(country, subdiv=subdivision or None, years=year)
