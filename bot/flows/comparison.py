"""What two sets of rules would have done with past cases, and which of those differ."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.flows.model import Held


@dataclass(frozen=True, slots=True)
class HandedOff:
    """A rule that hands a case off, with what held."""

    rule: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A case that one set of rules hands off and the other does not, and why."""

    case: int
    why: HandedOff


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two sets of rules do with past cases."""

    cases: int = 0
    today: int = 0  # handed off by today's rules
    edited: int = 0  # handed off by the edited ones
    newly: tuple[Told, ...] = ()
    no_longer: tuple[Told, ...] = ()
    fired: tuple[tuple[str, int], ...] = ()  # rules that differ, and for how many cases each would
    missed: tuple[int, int] | None = None  # targets, as today and as edited, where they differ

    def cut(self, most: int) -> Comparison:
        """Return it with so many cases named at most, each way."""
        return replace(self, newly=self.newly[:most], no_longer=self.no_longer[:most])

    def __add__(self, other: Comparison) -> Comparison:
        """Return both together."""
        return Comparison(
            self.cases + other.cases,
            self.today + other.today,
            self.edited + other.edited,
            self.newly + other.newly,
            self.no_longer + other.no_longer,
            _summed(self.fired, other.fired),
            _both(self.missed, other.missed),
        )


def _summed(
    one: tuple[tuple[str, int], ...], other: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    counts = dict(one)
    for rule, count in other:
        counts[rule] = counts.get(rule, 0) + count
    return tuple(counts.items())


def _both(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    return (one[0] + other[0], one[1] + other[1])
