"""What became of every complaint: read from the database once all is said, and counted.

The database is asked, not the conversation: each part of a story must stand in the timeline of
one case, once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.flows.model import Source, Status
from bot.texts.catalogue import LANGUAGES, locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.flows.model import Case
    from bot.replay.customer import Customer
    from sandbox.server import Sandbox
    from storage import Store

GOOD = ("filed", "feedback", "handed off")
BAD = ("unfinished", "error", "lost", "twice")
KEPT = 50
"""Troubles told in words; the rest is counted."""


@dataclass(slots=True)
class Verdict:
    """How one complaint ended."""

    customer: Customer
    end: str
    rule: str = ""
    confirmed: bool = False
    facts: int = 0
    why: str = ""


@dataclass(slots=True)
class Report:
    """How all of them ended, and what went wrong on the way."""

    verdicts: list[Verdict] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)  # by Telegram, healed by the desk

    @property
    def good(self) -> bool:
        """Whether every complaint came to a good end and nothing failed on the way."""
        return not self.troubles and all(one.end in GOOD for one in self.verdicts)


async def judge(store: Store, sandbox: Sandbox, customers: Sequence[Customer]) -> Report:
    """Look at the cases and timelines, and at what failed on the way."""
    report = Report()
    cases, said = await _kept(store)
    for customer in customers:
        own = [case for case in cases if case.customer == customer.person.id]
        report.verdicts.append(verdict_of(customer, own, said))
    async with store.unit() as unit:
        report.troubles += [
            f"{dead.key}: {dead.error}" for dead in await unit.dead_letters(limit=KEPT)
        ]
        failed = await unit.failed_letters(limit=KEPT)
        report.troubles += [f"{one.letter.method} not sent: {one.error}" for one in failed]
    report.troubles += [f"unknown: {method} {name}" for method, name in sandbox.unknown_parameters]
    for customer in customers:
        report.troubles += [
            f"{customer.told.place} does not know what to do with: {text[:200]}"
            for text in customer.puzzled
        ]
    return report


async def _kept(store: Store) -> tuple[list[Case], Counter[tuple[int, int]]]:
    """Return all cases, and how often each message (customer, id) stands in a timeline."""
    cases: list[Case] = []
    said: Counter[tuple[int, int]] = Counter()
    async with store.unit() as unit:
        for number in range(1, await unit.last_case_number() + 1):
            found = (await unit.cases([number])).get(number)
            if found is None:
                continue
            cases.append(found)
            for entry in await unit.timeline(number):
                if entry.kind == "said":
                    said[found.customer, entry.data["message"]] += 1
    return cases, said


def verdict_of(customer: Customer, cases: list[Case], said: Counter[tuple[int, int]]) -> Verdict:
    """Say how one complaint ended, by its cases and by how often each message stands in them."""
    kept = [said[customer.person.id, one.message_id] for one in customer.story]
    if _met_trouble(customer):
        return Verdict(customer, "error", why="the desk said that it could not take a message in")
    if not cases or 0 in kept or not kept:
        return Verdict(customer, "lost", why=f"parts of the story kept: {kept}")
    if len(cases) > 1 or max(kept) > 1:
        refs = ", ".join(case.ref for case in cases)
        return Verdict(customer, "twice", why=f"in {refs}; parts of the story kept: {kept}")
    case = cases[0]
    verdict = Verdict(customer, _end(case), confirmed=case.confirmed, facts=_facts_read(case))
    if verdict.end == "handed off":
        verdict.rule = case.reasons[0].rule
    elif verdict.end not in GOOD:
        verdict.why = f"{case.ref} is {case.status.value}; last heard: {customer.person.heard[-1:]}"
    return verdict


def _met_trouble(customer: Customer) -> bool:
    heard = "\n".join(customer.person.heard)
    return any(locale(one, "CN", "UTC").get("desk.trouble") in heard for one in LANGUAGES)


def _end(case: Case) -> str:
    if case.status is Status.FEEDBACK:
        return "feedback"
    if case.reasons and case.status not in {Status.DRAFT, Status.WITHDRAWN}:
        return "handed off"
    if case.status is Status.QUEUED and case.filed_at is not None:
        return "filed"
    return "error" if case.status is Status.HANDED_OFF else "unfinished"


def _facts_read(case: Case) -> int:
    """Count what was read from free text rather than asked for."""
    facts = sum(
        fact.source is Source.READ and fact.value is not None for fact in case.facts.values()
    )
    return facts + case.category_sure + len(case.signs) + len(case.remedies_rejected)


def words(report: Report, seconds: float, at_once: int) -> str:
    """Put a report into words, for a terminal."""
    verdicts = report.verdicts
    total = len(verdicts)
    ends = Counter(one.end for one in verdicts)
    lines = [f"{total} complaints, {at_once} customers at once, {seconds:.0f} s"]
    for end in (*GOOD, *BAD):
        lines.append(_row(end, ends[end], total))
        if end == "filed":
            confirmed = sum(one.confirmed for one in verdicts if one.end == end)
            lines.append(_row("  confirmed by the customer", confirmed, total))
            lines.append(_row("  as told, after silence", ends[end] - confirmed, total))
        if end == "handed off":
            rules = Counter(one.rule for one in verdicts if one.end == end)
            lines += [_row(f"  {rule}", count, total) for rule, count in rules.most_common()]
    lines.append(_row("together", sum(ends.values()), total))
    lines.append(_per_case("facts read from the words", [one.facts for one in verdicts]))
    lines.append(_per_case("questions asked", [one.customer.asked for one in verdicts]))
    lines.append(_per_case("questions answered", [one.customer.answered for one in verdicts]))
    walked = sum(one.customer.left for one in verdicts)
    lines.append(_row("walked away half-way", walked, total))
    lines += [
        f"  refused by Telegram, then healed: {count} × {what}"
        for what, count in report.refused.most_common(5)
    ]
    lines += _troubles(report)
    return "\n".join(lines)


def _row(name: str, count: int, total: int) -> str:
    return f"  {name:<28}{count:>5}{100 * count / max(total, 1):>7.1f} %"


def _per_case(name: str, counts: Iterable[int]) -> str:
    known = sorted(counts) or [0]
    mean = sum(known) / len(known)
    middle = known[len(known) // 2]
    return f"  {name:<28}{sum(known):>5}{mean:>7.1f} a case (median {middle}, most {known[-1]})"


def _troubles(report: Report) -> list[str]:
    bad = [one for one in report.verdicts if one.end not in GOOD]
    told = [f"  ! {one.customer.told.place} {one.end}: {one.why}" for one in bad]
    told += [f"  ! {trouble}" for trouble in report.troubles]
    more = [f"  ! and {len(told) - KEPT} more"] if len(told) > KEPT else []
    return told[:KEPT] + more
