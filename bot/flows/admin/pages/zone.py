"""The time zone, one for everything: opening hours, quiet hours, and the times that are shown."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import moments
from bot.flows.admin.frame import Key, Page, Shown, Typed, View, Work, ask, do, named, rows
from bot.flows.effects import line

ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
)
"""Zones offered on keys; any other is typed."""


def show(view: View) -> Shown:
    """Say the zone and what time it is there."""
    zone = view.config.hours.zone
    text = [line("zone.title"), line("value.stands", value=zone), line("zone.how")]
    if view.config.general.zone != zone:
        text.append(line("zone.differs", zone=view.config.general.zone))
    if not view.editable:
        return Shown(tuple(text))
    keys = [Key(named(one, "● " if one == zone else "○ "), do("zone", zone=one)) for one in ZONES]
    return Shown(tuple(text), (*rows(keys, 2), (Key(line("value.write"), ask("zone")),)))


def _zone(work: Work, args: Any) -> None:
    zone, doc = args["zone"], work.view.doc
    quiet = doc.get("quiet")
    work.edit(
        doc
        | {"general": doc["general"] | {"zone": zone}, "hours": doc["hours"] | {"zone": zone}}
        | ({"quiet": quiet | {"zone": zone}} if quiet else {})
    )


def _take(work: Work, typed: Typed, _args: Any) -> None:
    found = moments.zone(typed.text)
    if found is None:
        work.say(line("mistake.unread", example=line("example.zone")))
    else:
        _zone(work, {"zone": found})


PAGE = Page(show, does={"zone": _zone}, takes={"zone": _take})
