"""What is worked out of a set of rules once, when it is loaded: which ask for what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from bot.flows.rules import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from bot.flows.rules.model import Rule


@dataclass(frozen=True, slots=True)
class Timed:
    """Which rules answer to what, and how far back the rules look at other cases."""

    on: tuple[Rule, ...]  # those that are switched on, in their order
    rules: tuple[Rule, ...]  # those of them with the trigger `time`
    earlier_days: int  # furthest that a rule looks back at the same customer's cases; 0: none does
    alike_days: int  # furthest that a rule looks back at like cases
    alike_by: frozenset[str]  # what it compares: category, product, place
    asking: frozenset[str] = frozenset()  # rules that ask about other cases
    _answering: dict[frozenset[str], tuple[Rule, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> Self:
        """Look through the rules."""
        on = [rule for rule in rules if rule.on]
        asked = [one for rule in on for one in conditions(rule.test)]
        alike = [one for one in asked if isinstance(one, v.Alike)]
        return cls(
            on=tuple(on),
            rules=tuple(rule for rule in on if "time" in rule.when),
            earlier_days=max(
                (one.days for one in asked if isinstance(one, v.SameCustomer)), default=0
            ),
            alike_days=max((one.days for one in alike), default=0),
            alike_by=frozenset(one.by for one in alike),
            asking=frozenset(
                rule.id
                for rule in on
                if any(isinstance(one, ABOUT_OTHERS) for one in conditions(rule.test))
            ),
        )

    def answering(self, triggers: AbstractSet[str]) -> tuple[Rule, ...]:
        """Return the rules that look at a case for one of these triggers, in their order."""
        asked = frozenset(triggers)
        found = self._answering.get(asked)
        if found is None:
            found = tuple(rule for rule in self.on if not asked.isdisjoint(rule.when))
            self._answering[asked] = found  # few sets of triggers ever occur
        return found


ABOUT_OTHERS = (v.SameCustomer, v.Alike)
"""Conditions that hold or not by what other cases there are."""


def conditions(condition: Any) -> Iterator[Any]:
    """Yield a condition and every one inside it."""
    yield condition
    inner = vars(condition).get("of", ())
    for one in inner if isinstance(inner, tuple) else (inner,):
        yield from conditions(one)
