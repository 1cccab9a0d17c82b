"""What several cases have in common and somebody answers for: corrective actions and crises.

Frozen values kept in the settings, one key each (`action:7`, `crisis:3`). `rev` counts their
versions: two people who change the same one at once cannot both succeed (`Turn.settings`). They
hold case numbers and staff, never a customer's words.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.flows.frozen import Frozen

AGAIN = timedelta(days=7)
"""So long after a proposal was turned down the same is not proposed again."""

ALONE = "case"
"""The facet of what one case alone led to; its value is the case's number."""


class Shared(Frozen):
    """What the cases have in common: `facet` is category, product, place or `case`."""

    id: int
    rev: int = 0
    facet: str
    value: str
    rule: str = ""  # that proposed it, "" for a person
    at: datetime  # when it was proposed or begun
    by: int | None = None  # who opened it
    by_name: str = ""

    def of(self, facet: str, value: str) -> bool:
        """Whether it is about cases that share this."""
        return (self.facet, self.value) == (facet, value)


class CorrectiveAction(Shared):
    """What is done so that it does not happen again; after the disciplines of an 8D report."""

    state: str = "proposed"  # proposed, declined, open, done, verified
    problem: str = ""  # what is wrong and why, in the owner's words
    cases: tuple[int, ...] = ()
    owner: int | None = None
    owner_name: str = ""
    due: datetime | None = None
    done_by: int | None = None  # who fixed it; somebody else verifies
    done_at: datetime | None = None
    verified_by: int | None = None
    verified_name: str = ""

    @property
    def ref(self) -> str:
        """The number as people see it."""
        return f"CA-{self.id}"

    @property
    def live(self) -> bool:
        """Whether further cases of the kind join it rather than propose another."""
        return self.state in {"proposed", "open", "done"}

    def holds_off(self, at: datetime) -> bool:
        """Whether nothing new is proposed for the same cases."""
        return self.live or (self.state == "declined" and at - self.at < AGAIN)


CASES_KEPT = 50
"""Cases named on a corrective action; the newest."""


class Crisis(Shared):
    """Many cases with one cause, to which the desk itself says one approved statement."""

    state: str = "draft"  # proposed, draft, open, over, declined
    statement: dict[str, str] = {}  # language -> words that a manager wrote
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: int | None = None
    ended_name: str = ""
    cases: int = 0  # how many were part of it when it ended

    @property
    def ref(self) -> str:
        """The number as people see it."""
        return f"X-{self.id}"

    @property
    def open(self) -> bool:
        """Whether it holds now."""
        return self.state == "open"

    def holds_off(self, at: datetime) -> bool:
        """Whether nothing new is proposed for the same cases."""
        waits = self.state in {"proposed", "draft", "open"}
        return waits or (self.state == "declined" and at - self.at < AGAIN)

    def words(self, language: str) -> str:
        """Return the statement in a language, else in the other script, else in any."""
        kin = {"zh_Hans": "zh_Hant", "zh_Hant": "zh_Hans"}.get(language, "")
        spoken = (self.statement.get(one) for one in (language, kin, *self.statement))
        return next((words for words in spoken if words), "")
