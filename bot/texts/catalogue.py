"""The catalogues: a text by its id and language, variables put in and escaped.

Loaded once at start-up from compiled gettext catalogues into plain dictionaries. A regional
overlay (Taiwan, Hong Kong) holds only what differs from its language. It must never know what a
text is for.
"""

from __future__ import annotations

import gettext
import html
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.flows.calendar.public import holiday_name
from bot.flows.effects import Day, Holiday, Join, Label, Line, Money, Sample, When
from bot.flows.words import NONE, Wording
from bot.texts import formats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.flows.effects import Text, Value

CATALOGUES = Path(__file__).parent / "catalogues"
LANGUAGES = ("en", "zh_Hans", "zh_Hant")
OVERLAYS = {("zh_Hant", "TW"): "zh_Hant_TW", ("zh_Hant", "HK"): "zh_Hant_HK"}
"""Regional terms (SPEC section 9), laid over their language."""


BETWEEN = {"line": "\n", "space": " ", "path": " › "}
"""What stands between the parts of a list that is not one of words."""


class MissingTextError(LookupError):
    """A text id that no catalogue has: a mistake of ours, found by the tests."""


class Locale:
    """One language in one region, with everything needed to write in it."""

    __slots__ = ("language", "name", "region", "texts", "zone")

    def __init__(self, language: str, region: str, zone: str, own: Wording = NONE) -> None:
        """Load the language's texts, the region's over them, the desk's own over both."""
        self.language = language
        self.region = region
        self.zone = zone
        self.name = OVERLAYS.get((language, region), language)
        self.texts = _shipped(language, self.name)
        if own != NONE:
            self.texts = dict(own.elsewhere) | self.texts | dict(own.here)

    def plain(self, text: Line | str, now: datetime) -> str:
        """Return a text without markup escaping, for buttons and notices."""
        if isinstance(text, str):
            return text
        return self._fill(text, now, escape=False)

    def html(self, text: Text, now: datetime) -> str:
        """Return the lines of a message as HTML for Telegram; variables are escaped."""
        lines = [self._fill(one, now, escape=True) for one in text]
        return "\n".join(one for one in lines if one)

    def _fill(self, text: Line, now: datetime, *, escape: bool) -> str:
        template = self.get(text.id)
        if not text.vars:
            return template
        values = {name: self.value(v, now, escape=escape) for name, v in text.vars.items()}
        return template.format_map(values)

    def get(self, text_id: str) -> str:
        """Return a text as the catalogue has it."""
        try:
            return self.texts[text_id]
        except KeyError:
            msg = f"no text {text_id!r} in {self.name}: add it to the catalogues"
            raise MissingTextError(msg) from None

    def value(self, value: Value, now: datetime, *, escape: bool) -> str:
        """Return one variable as words in this language."""
        match value:
            case str():
                return html.escape(value, quote=False) if escape else value
            case Label():
                return self.label(value)
            case Line():
                return self._fill(value, now, escape=escape)
            case Sample():
                return self._sampled(value, now, escape=escape)
            case Money():
                return formats.money(value.minor, value.currency, self.language)
            case When():
                return formats.when(value.at, now, self.language, self.zone, self.name)
            case datetime():
                return formats.when(value, now, self.language, self.zone, self.name)
            case date() | Day() | Holiday():
                return self._day(value, escape=escape)
            case Join():
                parts = [self.value(part, now, escape=escape) for part in value.parts]
                return self._joined(parts, value.by)
            case _:
                return str(value)

    def _day(self, value: date | Day | Holiday, *, escape: bool) -> str:
        match value:
            case Day():
                return formats.near_day(value.date, self.language)
            case Holiday():
                name = holiday_name(value.country, value.subdivision, value.date, self.language)
                return html.escape(name, quote=False) if escape else name
            case _:
                return formats.day(value, self.language)

    def _sampled(self, sample: Sample, now: datetime, *, escape: bool) -> str:
        """Return a text that is being edited, as readers of its language will get it."""
        theirs = locale(sample.language, self.region, self.zone)
        values = {name: theirs.value(one, now, escape=escape) for name, one in sample.vars.items()}
        return sample.text.format_map(values)

    def label(self, label: Label) -> str:
        """Return a playbook's word; one that an admin made up reads as its own id."""
        text = self.texts.get(label.id)
        return label.id.rpartition(".")[2].replace("_", " ") if text is None else text

    def _joined(self, parts: list[str], by: str) -> str:
        if by in BETWEEN:
            return BETWEEN[by].join(parts)
        chinese = self.language.startswith("zh")
        if by == "or":
            return ("或" if chinese else " or ").join(parts)
        if by == "and":
            return ("，且" if chinese else " and ").join(parts)
        return ("、" if chinese else ", ").join(parts)


@lru_cache(maxsize=64)
def locale(language: str, region: str, zone: str, own: Wording = NONE) -> Locale:
    """Return the locale for a reader; an unknown language reads English.

    `own` is what the desk says in its own words.
    """
    return Locale(language if language in LANGUAGES else "en", region, zone, own)


def shipped(region: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts that this release came with, by language, as a region has them."""
    return {language: locale(language, region, "UTC").texts for language in LANGUAGES}


@lru_cache(maxsize=16)
def _shipped(language: str, name: str) -> dict[str, str]:
    """Return a language's texts with a region's over them; readers of the same share them."""
    return _load(language) if name == language else {**_load(language), **_load(name)}


@lru_cache(maxsize=16)
def _load(name: str) -> dict[str, str]:
    path = CATALOGUES / name / "LC_MESSAGES" / "desk.mo"
    if not path.is_file():
        msg = f"the catalogue {path.name} of {name} is not compiled: run `make texts`"
        raise MissingTextError(msg)
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    # GNUTranslations offers no way to list its messages but this attribute.
    messages: dict[str, str] = getattr(catalogue, "_catalog")  # noqa: B009
    return {key: text for key, text in messages.items() if isinstance(key, str) and key and text}
