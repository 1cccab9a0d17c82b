"""*Hours and holidays*: the week, days off, working days, the coming two weeks in words."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import moments
from bot.flows.admin.frame import Key, Page, Shown, Typed, View, Work, ask, do, go, named, rows
from bot.flows.admin.openings import (
    coming,
    days_said,
    holidays_said,
    quiet_said,
    week_said,
    weekday,
)
from bot.flows.effects import Line, line

AHEAD = 14
"""Days to come that the page shows."""


def show(view: View) -> Shown:
    """Say the week and the coming days, with a key for each part."""
    hours, quiet = view.config.hours, view.config.quiet
    none = line("value.none")
    text: list[Line] = [line("hours.title", zone=hours.zone), *week_said(hours)]
    if hours.week:
        holidays = holidays_said(hours.holidays) if hours.holidays else none
        text.append(line("hours.holidays", country=holidays))
    text.append(line("hours.quiet", quiet=quiet_said(quiet) if quiet else none))
    if hours.week:
        text += [line("hours.coming"), *coming(hours, hours.local(view.at).date(), AHEAD)]
    week = [Key(line("hours.week_key"), go("week"))]
    days = [
        Key(line("hours.holidays_key"), go("holidays")),
        Key(line("hours.closed_key", count=len(hours.closed)), go("days", kind="closed")),
        Key(line("hours.open_key", count=len(hours.open)), go("days", kind="open")),
    ]
    others = [Key(line("hours.zone_key"), go("zone")), Key(line("hours.quiet_key"), go("quiet"))]
    return Shown(tuple(text), rows([*week, *days, *others], 2))


PAGE = Page(show)


# ---- the week -------------------------------------------------------------------------------

GROUPS = (tuple(range(5)), (5, 6), tuple(range(7)))
"""Weekdays that are often set together."""


def show_week(view: View) -> Shown:
    """Say the week, with a key for each day and for days that often go together."""
    text = (line("week.title"), *week_said(view.config.hours), line("week.how"))
    if not view.editable:
        return Shown(text)
    single = [Key(named(weekday(day)), go("weekday", days=[day])) for day in range(7)]
    several = [Key(named(days_said(days)), go("weekday", days=list(days))) for days in GROUPS]
    always = Key(line("week.always"), do("always"))
    return Shown(text, (*rows(several, 2)[:1], *rows([several[2], *single], 4), (always,)))


def _always(work: Work, _args: Any) -> None:
    work.put(("hours", "week"), {})


WEEK = Page(show_week, does={"always": _always})


# ---- one day of the week, or several together -----------------------------------------------


def _days(view: View) -> list[int]:
    return [int(day) for day in view.args.get("days", ())]


def show_day(view: View) -> Shown:
    """Say the hours of these days, and how others are written."""
    days = _days(view)
    text = [line("weekday.title", days=days_said(days))]
    text += list(week_said(view.config.hours))
    if not view.editable:
        return Shown(tuple(text))
    text.append(line("weekday.how"))
    if not view.config.hours.week:
        text.append(line("weekday.first"))
    keys = (
        (Key(line("value.write"), ask("blocks")),),
        (Key(line("weekday.closed"), do("set", blocks=[])),),
    )
    return Shown(tuple(text), keys)


def _set(work: Work, args: Any) -> None:
    view = work.view
    week = dict(view.doc["hours"]["week"])
    for day in _days(view):
        week.pop(str(day), None)
        if args["blocks"]:
            week[str(day)] = args["blocks"]
    if not week:
        work.say(line("mistake.kept", said=line("wrong.never_open")))
        return
    work.put(("hours", "week"), dict(sorted(week.items())))


def _take(work: Work, typed: Typed, _args: Any) -> None:
    found = moments.blocks(typed.text)
    if found is None:
        work.say(line("mistake.unread", example=line("example.blocks")))
    else:
        _set(work, {"blocks": found})


DAY = Page(show_day, does={"set": _set}, takes={"blocks": _take})


# ---- quiet hours ----------------------------------------------------------------------------


def show_quiet(view: View) -> Shown:
    """Say the quiet hours."""
    quiet = view.config.quiet
    value = quiet_said(quiet) if quiet else line("value.none")
    text = (line("quiet.title"), line("value.stands", value=value), line("quiet.how"))
    if not view.editable:
        return Shown(text)
    write = Key(line("value.write"), ask("quiet"))
    none = (Key(line("value.without"), do("none")),) if quiet else ()
    return Shown(text, ((write, *none),))


def _no_quiet(work: Work, _args: Any) -> None:
    work.put(("quiet",), None)


def _take_quiet(work: Work, typed: Typed, _args: Any) -> None:
    found = moments.blocks(typed.text)
    if found is None or len(found) != 1:
        work.say(line("mistake.unread", example=line("example.quiet")))
        return
    zone = work.view.config.hours.zone
    work.put(("quiet",), found[0] | {"zone": zone})


QUIET = Page(show_quiet, does={"none": _no_quiet}, takes={"quiet": _take_quiet})
