"""Public holidays and make-up working days by country, from the `holidays` library.

The library is imported when the first desk asks for a country: it costs 11 MB that a desk
without holidays need not carry.
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


def public_holiday(country: str, subdivision: str, day: date) -> bool:
    """Whether that day is a public holiday."""
    return day in _year(country, subdivision, day.year)


def makeup_day(country: str, subdivision: str, day: date) -> bool:
    """Whether a weekend day is worked to make up for a day off (as decreed in China)."""
    return day in _year(country, subdivision, day.year).weekend_workdays


def holiday_name(country: str, subdivision: str, day: date, language: str) -> str:
    """Return what a public holiday is called in a reader's language, else in the country's own."""
    plain = _year(country, subdivision, day.year)
    there = plain.supported_languages or ()
    own = (one for one in READ_AS.get(language, ()) if one in there)
    named = _year(country, subdivision, day.year, next(own, plain.default_language))
    name: str = named.get(day, "")
    return name


READ_AS = {
    "en": ("en_US",),
    "zh_Hans": ("zh_CN",),
    "zh_Hant": ("zh_TW", "zh_HK", "zh_MO"),
}
"""The library's languages for each of ours. It would take the machine's, were none named."""


@lru_cache(maxsize=32)
def _year(country: str, subdivision: str, year: int, language: str | None = None) -> Any:
    import holidays  # noqa: PLC0415 - see the charter

    return holidays.country_holidays(
        country, subdiv=subdivision or None, years=year, language=language
    )
