"""What two configurations differ in, place by place. Pure; how it is worded is said elsewhere.

Things that have names of their own (rules by id, rows and facts likewise) are compared by name,
so that one more in front does not make all of them look changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bot.flows.desk import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.flows.desk import Config

Path = tuple[str, ...]
How = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that is not as it was: `rules.danger.then`, say."""

    path: Path
    how: How
    was: Any = None  # plain JSON
    now: Any = None

    def __str__(self) -> str:
        """One line for an operator."""
        place = ".".join(self.path)
        match self.how:
            case "added":
                return f"+ {place}: {_short(self.now)}"
            case "removed":
                return f"- {place}: {_short(self.was)}"
            case "moved":
                return f"~ {place}: in another order: {', '.join(self.now)}"
        return f"~ {place}: {_short(self.was)} → {_short(self.now)}"


SHOWN = 160


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def differences(was: Config, now: Config) -> tuple[Difference, ...]:
    """Return what changed from one configuration to the other, whatever their versions."""
    docs = [
        one.model_dump(mode="json", by_alias=True, exclude={"version", *COUNTED})
        for one in (was, now)
    ]
    return tuple(_between((), *docs))


def _between(path: Path, was: Any, now: Any) -> Iterator[Difference]:
    if was == now:
        return
    old, new = _named(was), _named(now)
    if old is None or new is None:
        yield Difference(path, "changed", was, now)
        return
    for name, one in old.items():
        if name not in new:
            yield Difference((*path, name), "removed", one)
        else:
            yield from _between((*path, name), one, new[name])
    for name, one in new.items():
        if name not in old:
            yield Difference((*path, name), "added", None, one)
    yield from _moved(path, was, [one for one in old if one in new], [*new])


def _moved(path: Path, was: Any, kept: list[str], names: list[str]) -> Iterator[Difference]:
    """Tell when the order changed of what has one."""
    stayed = [name for name in names if name in kept]
    if isinstance(was, list) and stayed != kept:
        yield Difference(path, "moved", kept, names)


NAMES = ("id", "name")
"""What tells one thing in a list from another."""


def _named(value: Any) -> dict[str, Any] | None:
    """Return the parts of a value by name; None for what has none."""
    if isinstance(value, dict):
        return {str(name): one for name, one in value.items()}
    if not isinstance(value, list) or not value:
        return {} if value == [] else None
    for key in NAMES:
        if all(isinstance(one, dict) and key in one for one in value):
            return {str(one[key]): one for one in value}
    return None
