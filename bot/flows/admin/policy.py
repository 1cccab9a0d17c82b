"""A row of the policy table in words: for which cases, and how fast what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.calendar import Span, span
from bot.flows.effects import Join, Label, Line, Value, line
from bot.flows.showing import length_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.flows.targets import Target

LENGTHS = (
    "accept",
    "first_answer",
    "update",
    "contain",
    "analyse",
    "resolve",
    "follow_up",
    "follow_up_again",
)
"""What a row sets, in the order in which it comes due."""
FITS = ("grade", "category", "group", "source", "on_the_spot", "danger")
"""What a row may ask of a case."""
EVERY = frozenset({"update"})
AFTER = frozenset({"follow_up", "follow_up_again"})


def cases_said(row: Target) -> Value:
    """Say for which cases a row is meant."""
    asked: list[Value] = []
    if row.danger is not None:
        asked.append(line("target.danger" if row.danger else "target.no_danger"))
    if row.on_the_spot is not None:
        asked.append(line("target.on_the_spot" if row.on_the_spot else "target.over"))
    if row.grade is not None:
        asked.append(line("target.grade", grade=Label(f"grade.{row.grade.value}")))
    if row.category:
        asked.append(Join(tuple(Label(f"category.{one}") for one in row.category), by="or"))
    if row.group:
        asked.append(line("target.group", groups=Join(row.group, by="or")))
    if row.source:
        asked.append(line("target.source", sources=Join(row.source, by="or")))
    return Join(tuple(asked), by="and") if asked else line("target.every_case")


def within(part: str, length: Span | str) -> Value:
    """Say a length as it stands in a sentence: within 2 hours, by the end of the working day."""
    found = span(length) if isinstance(length, str) else length
    said = length_line(found)
    if found.day_end:
        return line("target.day_end_every" if part in EVERY else "target.day_end")
    if part in EVERY:
        return line("target.every", length=said)
    return line("target.after" if part in AFTER else "target.within", length=said)


def lengths_said(row: Target) -> Iterator[tuple[str, Line]]:
    """Say what a row promises, part by part."""
    for part in LENGTHS:
        length = getattr(row, part)
        if length is not None:
            yield part, line(f"target_part.{part}", within=within(part, length))


def row_said(row: Target) -> Value:
    """Say a whole row in one line."""
    said = Join(tuple(one for _, one in lengths_said(row)))
    return line("target.whole", cases=cases_said(row), said=said)
