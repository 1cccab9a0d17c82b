"""A mistake in a configuration: in English for a file's author, by id and values for the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import Line

if TYPE_CHECKING:
    from bot.flows.effects import Value


class WrongError(ValueError):
    """What does not fit together, with its fix; `wrong.<id>` says it to an admin."""

    def __init__(self, text_id: str, said: str, place: str = "", **values: Value) -> None:
        """Say it: what and the fix; where, as `rules.danger.if` ("" where pydantic knows)."""
        super().__init__(f"{place}: {said}" if place else said)
        self.id = text_id
        self.said = said
        self.place = place
        self.values = values

    @property
    def line(self) -> Line:
        """What is wrong, for readers of any language."""
        return Line(f"wrong.{self.id}", self.values)
