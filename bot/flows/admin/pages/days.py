"""Single days: public holidays by country, own days off, own working days (make-up days)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.flows.admin import moments
from bot.flows.admin.frame import (
    Key,
    Page,
    Shown,
    Typed,
    View,
    Work,
    ask,
    do,
    named,
    pages_of,
    rows,
)
from bot.flows.admin.openings import (
    COUNTRIES,
    blocks_said,
    country_said,
    day_said,
    holidays_said,
)
from bot.flows.calendar import Block
from bot.flows.calendar.hours import WEEKDAYS, in_order
from bot.flows.calendar.public import makeup_day, public_holiday
from bot.flows.effects import Line, line
from bot.flows.showing import shorten
from bot.flows.wrong import WrongError

YEAR = 365
NEXT = 8
"""Public holidays to come that the page names."""
KEPT = 400
"""Own days in all; a run of days counts each."""
NAME = 60


# ---- public holidays ------------------------------------------------------------------------


def show(view: View) -> Shown:
    """Say whose holidays count and which come next."""
    hours = view.config.hours
    value = holidays_said(hours.holidays) if hours.holidays else line("value.none")
    text: list[Line] = [line("holidays.title"), line("value.stands", value=value)]
    if hours.holidays:
        text += [line("holidays.next"), *_next(view)]
    if not view.editable:
        return Shown(tuple(text))
    chosen = hours.holidays.country if hours.holidays else ""
    keys = [
        Key(named(country_said(one), "● " if one == chosen else "○ "), do("country", country=one))
        for one in COUNTRIES
    ]
    other = [Key(line("holidays.other"), ask("country"))]
    if hours.holidays:
        other.append(Key(line("value.without"), do("none")))
    return Shown(tuple(text), (*rows(keys, 3), tuple(other)))


def _next(view: View) -> list[Line]:
    hours, first = view.config.hours, view.config.hours.local(view.at).date()
    public = hours.holidays
    if public is None:
        return []
    country, part = public.country, public.subdivision
    days = (first + timedelta(days=n) for n in range(YEAR))
    special = (
        day for day in days if public_holiday(country, part, day) or makeup_day(country, part, day)
    )
    return [day_said(hours, day) for day, _ in zip(special, range(NEXT), strict=False)]


def _country(work: Work, args: Any) -> None:
    work.put(("hours", "holidays"), {"country": args["country"], "subdivision": ""})


def _none(work: Work, _args: Any) -> None:
    work.put(("hours", "holidays"), None)


def _take_country(work: Work, typed: Typed, _args: Any) -> None:
    found = moments.country(typed.text)
    if found is None:
        work.say(line("mistake.unread", example=line("example.country")))
        return
    country, part = found
    work.put(("hours", "holidays"), {"country": country, "subdivision": part})


HOLIDAYS = Page(show, does={"country": _country, "none": _none}, takes={"country": _take_country})


# ---- own days -------------------------------------------------------------------------------


def show_days(view: View) -> Shown:
    """List own days off, or own working days, those to come first."""
    kind, hours = str(view.args.get("kind", "closed")), view.config.hours
    today = hours.local(view.at).date()
    there = sorted(hours.closed if kind == "closed" else hours.open)
    there = [one for one in there if one >= today] + [one for one in there if one < today]
    part, turning = pages_of(view.place, len(there))
    text = [line("days.closed" if kind == "closed" else "days.open")]
    text += [_row(view, kind, one) for one in there[part]]
    if not there:
        text.append(line("days.none"))
    if not view.editable:
        return Shown(tuple(text), (turning,))
    text.append(line("days.closed_how" if kind == "closed" else "days.open_how"))
    keys = [
        Key(named(one.isoformat(), "✖ "), do("drop", day=one.isoformat())) for one in there[part]
    ]
    return Shown(tuple(text), (*rows(keys, 2), turning, (Key(line("value.write"), ask("days")),)))


def _row(view: View, kind: str, day: date) -> Line:
    hours = view.config.hours
    if kind == "closed":
        name = hours.closed[day]
        return line("days.row", day=day, said=name or line("hours.closed"))
    blocks = hours.open[day]
    usual = line("days.usual", blocks=blocks_said(hours.blocks(day)))
    return line("days.row", day=day, said=blocks_said(blocks) if blocks else usual)


def _drop(work: Work, args: Any) -> None:
    kind = str(work.view.args.get("kind", "closed"))
    work.drop(("hours", kind, args["day"]))


def _take(work: Work, typed: Typed, _args: Any) -> None:
    view = work.view
    kind = str(view.args.get("kind", "closed"))
    found = moments.days(typed.text, view.config.hours.local(view.at).date())
    if found and max(day for day, _ in found) < view.config.hours.local(view.at).date():
        work.say(line("mistake.kept", said=line("mistake.over")))
        return
    made = {} if found is None else _made(kind, found)
    if not made:
        example = line("example.closed" if kind == "closed" else "example.open")
        work.say(line("mistake.unread", example=example))
        return
    hours = view.doc["hours"]
    other = "open" if kind == "closed" else "closed"
    here = dict(sorted((hours[kind] | made).items()))
    if len(here) > KEPT:
        work.say(line("mistake.kept", said=line("mistake.many_days", limit=KEPT)))
        return
    try:
        for day, blocks in made.items():
            if kind == "open":
                _check(date.fromisoformat(day), blocks)
    except WrongError as wrong:
        work.say(line("mistake.kept", said=wrong.line))
        return
    kept = {day: one for day, one in hours[other].items() if day not in made}
    work.put(("hours",), hours | {kind: here, other: kept})


def _made(kind: str, found: list[tuple[date, str]]) -> dict[str, Any]:
    """Return the days as the configuration writes them; empty when one cannot be read."""
    if kind == "closed":
        return {day.isoformat(): shorten(rest, NAME) for day, rest in found}
    made = {}
    for day, rest in found:
        blocks = moments.blocks(rest) if rest else []
        if blocks is None or (rest and not blocks):
            return {}
        made[day.isoformat()] = blocks
    return made


def _check(day: date, blocks: list[dict[str, str]]) -> None:
    in_order(WEEKDAYS[day.weekday()], tuple(Block.model_validate(one) for one in blocks), ())


DAYS = Page(show_days, does={"drop": _drop}, takes={"days": _take})
