"""A rule: when (triggers), if (conditions), then (actions), and how often it may fire."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from bot.flows.calendar import Length
from bot.flows.effects import Label, Value
from bot.flows.frozen import Written
from bot.flows.rules.actions import Action
from bot.flows.rules.vocabulary import Condition, Trigger
from bot.flows.wrong import WrongError

SHORTEST_EVERY = 60
"""Seconds: a rule that fires again and again does so at most once a minute."""


class Rule(Written):
    """One rule. Fires at most once per case and reason unless it says otherwise.

    `once`: case: once for the case · episode: again after each reopening · reason: once per
    reason (a promise that was missed, say) · every: again each `every`, `cap` times at most.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    name: str = Field(default="", max_length=60)  # as people call it; "" for the id's own word
    on: bool = True
    when: tuple[Trigger, ...] = Field(min_length=1)
    test: Condition = Field(alias="if")
    then: tuple[Action, ...] = Field(min_length=1)
    once: Literal["case", "episode", "reason", "every"] = "case"
    every: Length | None = None
    cap: int = Field(default=10, ge=1, le=1000)  # firings in all, for `every`
    cooldown: Length | None = None  # so long it does not fire again for the case
    quiet: bool = False  # held back in quiet hours, unless the case is severe
    stop: bool = False  # rules after this one are not looked at in the same round
    owner: int | None = None  # who answers for the rule, by Telegram user id

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _timed(self) -> Self:
        if (self.once == "every") != (self.every is not None):
            said = (
                f"rule {self.id!r}: 'every' needs both once: every and a length, e.g. every: 1 day"
            )
            raise WrongError("rule_every", said)
        if self.every is not None and not self.every.days and self.every.seconds < SHORTEST_EVERY:
            raise WrongError("rule_too_often", f"rule {self.id!r}: 'every' is at least one minute")
        return self


def rule_name(rule: Rule) -> Value:
    """Return what people call a rule."""
    return rule.name or Label(f"rule_name.{rule.id}")
