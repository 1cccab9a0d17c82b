"""The whole configuration as one commented YAML file, in a stable order.

What is written is read back as the very same configuration. Each part is written by PyYAML's
emitter; what stands between, the comments, is ours.
"""

from __future__ import annotations

from textwrap import indent
from typing import Any

import yaml

from bot.flows.desk import Config, General
from bot.flows.document.fields import meanings
from bot.flows.targets import Ladder

HEAD = """\
# yaml-language-server: $schema=desk.schema.json
# The whole configuration of the desk {name}, as of version {version}.
# Change it, look at it with `complaint-bot config check FILE` and `complaint-bot config diff FILE`,
# put it in force with `complaint-bot config apply FILE`. A part left out is as shipped.
# Lengths: 30 min, 2 h, 1 day, 2 working h, 3 working days, same working day.
# Amounts are in the currency's smallest unit: 100000 is 1,000.00.
# Write times of day and numbers that are words in quotes: "09:00", "12315".
"""

PARTS = {
    "version": "The version this was taken from: it is refused where a newer one is in force.",
    "general": "Settings of the desk as a whole.",
    "hours": (
        "When the desk is open: what `working` counts. Weekdays from 0 (Monday) to 6; an opening\n"
        "may end on the next day. closed: own days off by date; open: own working days."
    ),
    "quiet": "Between these times rules with `quiet: true` wait, unless the case is severe.",
    "targets": "How fast, for which cases: the first row that fits a case holds for it.",
    "ladder": "Who hears of a missed target, and how long after it was due.",
    "playbooks": (
        "What is asked, by category: facts in the order of asking. ask: ids of texts, first form\n"
        "and plainer form."
    ),
    "rules": (
        "When a person must step in: looked at in this order after every event. What a rule may\n"
        "say stands in docs/rules.md."
    ),
    "groups": "Groups of customers: by Telegram user id, or by the link they came in by.",
    "words": (
        "signals: further words that show one. forbidden: what staff do not say to customers.\n"
        "* stands for a few characters, # for a digit."
    ),
    "texts": "Own wording, by language and id of the text.",
    "people": "Roles by Telegram user id; whoever is not named is an agent.",
    "webhooks": (
        "Other systems that a rule may tell of a case. A secret (as stored) keeps the one\n"
        "that the desk has."
    ),
}
"""What each part is, in the order in which they are written."""

COMMENTED = {"general": General, "ladder": Ladder}
"""Parts that are written field by field, each with what it means."""

WIDTH = 1000
"""Nothing is broken inside a line: a length of time over two lines is hard to read."""


class Dumper(yaml.SafeDumper):
    """Lists stand in from what holds them, and nothing is abbreviated."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: FBT002
        """Indent lists as well."""
        del indentless
        return super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything in full."""
        del data
        return True


def written(config: Config) -> str:
    """Return the configuration as commented YAML."""
    parts = _parts(config)
    name = config.general.name.replace("\n", " ")
    head = HEAD.format(name="".join(c for c in name if c.isprintable()), version=config.version)
    blocks = [head]
    for part, about in PARTS.items():
        if part not in parts:
            continue
        comment = "".join(f"# {line}\n" for line in about.splitlines())
        lines = _fields(part, parts[part]) if part in COMMENTED else _part(part, parts[part])
        blocks.append(comment + lines)
    return "\n".join(blocks)


def _parts(config: Config) -> dict[str, Any]:
    """Return what is written of each part; what is as shipped or not set is left out inside."""
    doc = config.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    parts: dict[str, Any] = {
        **doc,
        "version": config.version,
        "general": config.general.model_dump(mode="json"),
        "hours": _hours(config),
        "ladder": config.ladder.model_dump(mode="json"),
        "playbooks": {
            name: _book(book.model_dump(mode="json"), doc["playbooks"][name])
            for name, book in config.playbooks.items()
        },
    }
    parts["words"] = config.words.model_dump(mode="json")  # an empty list is said: it differs
    if config.people:
        parts["people"] = {user: role.value for user, role in config.people.items()}
    if config.quiet is not None:
        parts["quiet"] = _times(config.quiet.model_dump(mode="json"))
    parts["rules"] = [_rule(one) for one in doc["rules"]]
    return parts


def _book(whole: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """Return a playbook with all its own settings, and of its facts what is not as usual."""
    return {name: one for name, one in whole.items() if name != "id"} | {"facts": changed["facts"]}


RULE = ("id", "on", "when", "if", "then", "once", "every", "cap")


def _rule(doc: dict[str, Any]) -> dict[str, Any]:
    first = {name: doc[name] for name in RULE if name in doc}
    return first | doc


def _hours(config: Config) -> dict[str, Any]:
    doc: dict[str, Any] = config.hours.model_dump(mode="json", exclude_defaults=True)
    for part in ("week", "open"):
        if part in doc:
            doc[part] = {
                int(day) if part == "week" else day: [_times(one) for one in blocks]
                for day, blocks in doc[part].items()
            }
    return {"zone": config.hours.zone, **doc}


def _times(block: dict[str, Any]) -> dict[str, Any]:
    """Return an opening with its times as people write them: 09:00."""
    return {
        name: said.removesuffix(":00") if said.count(":") == FULL else said
        for name, said in block.items()
    }


FULL = 2
"""Colons in a time with seconds."""


def _fields(part: str, values: dict[str, Any]) -> str:
    """Write a part field by field, each with what it means."""
    said = meanings(COMMENTED[part])
    lines = []
    for name, value in values.items():
        line = _part(name, value).rstrip("\n")
        about = f"  # {said[name]}" if name in said and "\n" not in line else ""
        lines.append(f"{line}{about}\n")
    return f"{part}:\n" + indent("".join(lines), "  ")


def _part(name: str, value: Any) -> str:
    text: str = yaml.dump(
        value,
        Dumper=Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=None,
    )
    plain = text.removesuffix("...\n")
    if isinstance(value, dict | list) and not plain.startswith(("{", "[")):
        return f"{name}:\n" + indent(plain, "  ")
    return f"{name}: {plain}"
