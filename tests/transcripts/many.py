"""What the transcripts about many cases share: like complaints, managers, a desk with more rules."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from bot.flows.people import Role, Staff
from tests.town import DESKS, Someone, Town
from tests.transcripts.tellings import tells

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.people import Person


def shipped() -> list[dict[str, Any]]:
    """The rules a new desk starts with."""
    text = files("bot.flows").joinpath("packs/rules.yaml").read_text("utf-8")
    return list(yaml.safe_load(text.replace("on:", '"on":')))


def desk_with(folder: Path, *rules: str, only: bool = False, **parts: Any) -> Path:
    """A configuration file: the desk on the mainland with these rules more (or only these)."""
    doc = yaml.safe_load((DESKS / "cn.yaml").read_text("utf-8"))
    more = [yaml.safe_load(rule) for rule in rules]
    path = folder / "desk.yaml"
    doc |= {"rules": more if only else [*shipped(), *more], **parts}
    path.write_text(yaml.safe_dump(doc, allow_unicode=True), "utf-8")
    return path


async def made(town: Town, person: Person, role: Role) -> Someone:
    """Give somebody a role, and have them start the bot in private."""
    person.starts()
    await town.settle()
    member = Staff(
        id=person.id,
        name=person.user.first_name,
        role=role,
        private=True,
        language="zh_Hans",
    )
    now = town.sandbox.clock.now()
    await town.desk.app.put(now, {f"staff:{person.id}": member.model_dump(mode="json")})
    return Someone(town, person)


async def complains(
    town: Town, name: str, words: str, *, language: str = "zh-hans", who: Someone | None = None
) -> Someone:
    """A customer tells their story and falls silent: it is filed as told."""
    one = who or town.customer(name, language)
    await tells(one, words)
    await town.passes(minutes=16)
    return one


def private(staff: Someone) -> str:
    """Everything the bot said to somebody in private."""
    return "\n".join(staff.heard)
