"""The one way in: `understand`, the order in which a message is read.

E-mail, keyword references, phones and money are read and masked before dates, so that none
is mistaken for another; shapes without a keyword come last.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flows.understanding import (
    accusing,
    contacts,
    disputed,
    intents,
    money,
    people,
    places,
    references,
    script,
    signs,
    sorting,
    things,
    unmarked,
    wants,
    when,
)
from bot.flows.understanding.facts import Facts
from bot.flows.understanding.page import Page


def understand(
    text: str,
    now: datetime,
    zone: ZoneInfo | str,
    region: str,
    language: str | None,
) -> Facts:
    """Read one message.

    `now` is an aware moment, `zone` the desk's time zone, `region` its ISO 3166 country (day
    and month order, phone numbers, a bare $), `language` a guess for text that tells none.
    """
    page = Page(text, now, zone, region)
    page.language = script.language_of(page.shown, page.folded, page.region, language)
    contacts.emails(page)
    references.by_keyword(page)
    contacts.phones(page)
    money.read(page)
    when.read(page)
    unmarked.read(page)
    incident, incident_told = when.incident(page)
    references.by_shape(page)
    people.people(page)
    places.places(page)
    things.quantities(page)
    things.products(page)
    assault = accusing.read(page)
    signals = signs.read(page, assault)
    remedies, rejected = wants.read(page)
    category, category_confidence = sorting.category(page, signals, assault)
    kind, kind_confidence = sorting.kind(page, signals, remedies, category_confidence)
    if kind == "feedback":
        incident = None
    disputed.mark(page, remedies, rejected, kind)
    day, _, time = incident.value.partition("T") if incident else ("", "", "")
    return Facts(
        language=page.language,
        cantonese=page.han and script.is_cantonese(page.folded),
        found=tuple(sorted(page.found, key=lambda found: (found.start, found.end))),
        incident=day or None,
        incident_time=time or None,
        incident_told=incident is not None and incident_told,
        incident_guessed=incident is not None and (incident.guessed or incident.kind != "past"),
        remedies=remedies,
        remedies_rejected=rejected,
        wish=bool(remedies) and wants.opens(page),
        category=category,
        category_confidence=category_confidence,
        kind=kind,
        kind_confidence=kind_confidence,
        signals=signals,
        assault=signs.words(page, assault),
        intents=intents.read(page.folded),
    )
