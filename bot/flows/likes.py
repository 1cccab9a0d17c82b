"""Likes: by what cases are compared, and what the rules ask to be counted of others.

Only filed cases are compared. The counting itself is the store's; which cases it may tell of is
said here: one that accuses a member of staff is counted for its own kind alone, so that no case in
the team's sight says that it exists.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.flows.model import Earlier, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.flows.model import Case
    from bot.flows.rules.timing import Timed

CUSTOMER = "customer"
CRISIS = "crisis"
FACTS = ("product", "place")
"""Facts of the case that others may share with it."""
VALUE_KEPT = 120
"""Characters by which two values are compared."""


def plain(text: str) -> str:
    """Return a value as it is compared: full-width narrowed, case folded, spaces made one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:VALUE_KEPT]


def facets(case: Case) -> dict[str, str]:
    """Return by what others find this case: its customer, category, product, place, crisis."""
    if case.filed_at is None or case.status is Status.WITHDRAWN:
        return {}
    found = {CUSTOMER: str(case.customer), "category": case.category}
    for name in FACTS:
        fact = case.facts.get(name)
        if fact is not None and fact.value and (value := plain(fact.value)):
            found[name] = value
    if case.crisis is not None:
        found[CRISIS] = str(case.crisis)
    return found


def told_apart(case: Case) -> tuple[object, ...]:
    """Return all that the store keeps of a case to find it by; what differs is to be written."""
    return (facets(case), case.accused)


def to_count(case: Case, timed: Timed) -> dict[str, str]:
    """Return what the rules want counted for a filed case: `facet/days` -> the shared value."""
    if not timed.asking or case.filed_at is None:
        return {}
    shared = facets(case)
    days = {CUSTOMER: timed.earlier_days} if timed.earlier_days else {}
    days |= dict.fromkeys(sorted(timed.alike_by), timed.alike_days)
    return {f"{facet}/{n}": shared[facet] for facet, n in days.items() if facet in shared}


def counted(case: Case, found: Mapping[str, Sequence[tuple[int, Earlier]]]) -> dict[str, object]:
    """Return the changes to a case once others were counted; `found` tells which are apart.

    `found` maps each facet to (accuses staff, case) pairs, newest first.
    """
    shown = {
        facet: tuple(one for apart, one in others if case.accused or not apart)
        for facet, others in found.items()
    }
    return {"earlier": shown.pop(CUSTOMER, ()), "alike": shown}
