"""`docs/rules.md`, written from the models: what a rule may say, with limits and examples.

    python -m bot.flows.document.rules_page docs/rules.md

What stands there is what is loaded: fields, types, limits and defaults come from the models,
meanings from their docstrings and comments, examples from `examples.yaml`.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml

from bot.flows.document.fields import meanings, summary
from bot.flows.rules.actions import Action
from bot.flows.rules.model import Rule
from bot.flows.rules.vocabulary import Condition, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

Schema = dict[str, Any]

HEAD = """# Rules

Generated from the models by `make docs`; do not edit. What each part means in daily work stands in
[the configuration guide](configuration.md#rules), how rules are judged in
[the architecture](architecture.md).

A rule says **when** it is looked at, **if** what it fires, and **then** what is done. After every
event the rules whose trigger happened are looked at in their order; what they change is looked at
again, until nothing more fires. A rule fires once for a case and reason unless it says otherwise,
so this always ends. Every firing is kept on the case with the rule, the version of the
configuration and the values that held (`/why 1042`).

Lengths of time are written `30 min`, `2 h`, `1 day`, `2 working h`, `3 working days` or
`same working day`; with `working` the opening hours count. Amounts are in the currency's smallest
unit.
"""


def examples() -> dict[str, dict[str, Any]]:
    """Return the meanings and examples by kind and name."""
    text = files("bot.flows.document").joinpath("examples.yaml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


def members(union: Any, tag: str) -> dict[str, type[BaseModel]]:
    """Return the models of a discriminated union by the value that tells them apart."""
    models = get_args(get_args(union)[0])
    return {get_args(one.model_fields[tag].annotation)[0]: one for one in models}


CONDITIONS = members(Condition, "test")
ACTIONS = members(Action, "do")
TRIGGERS: tuple[str, ...] = get_args(Trigger)


def page() -> str:
    """Return the whole page."""
    shown = examples()
    parts = [
        HEAD,
        "## The fields of a rule\n",
        table(Rule),
        "## Triggers\n",
        *_meant(shown["triggers"], TRIGGERS),
        "## Conditions\n",
        *_models(CONDITIONS, "test", shown["conditions"]),
        "## Actions\n",
        *_models(ACTIONS, "do", shown["actions"]),
        "## Controls\n",
        *_meant(shown["controls"], shown["controls"]),
    ]
    return "\n".join(parts)


def _meant(shown: Mapping[str, Any], names: Any) -> Iterator[str]:
    for name in names:
        one = shown[name]
        yield f"### `{name}`\n\n{' '.join(one['means'].split())}\n\n{_example(one['example'])}"


def _models(models: Mapping[str, type[BaseModel]], tag: str, shown: Mapping[str, str]) -> Any:
    for name, model in models.items():
        rows = table(model, without=tag)
        yield f"### `{name}`\n\n{summary(model)}\n\n{rows}{_example(shown[name])}"


def _example(text: str) -> str:
    return f"```yaml\n{text.strip()}\n```\n"


# ---- fields ---------------------------------------------------------------------------------


def table(model: type[BaseModel], without: str = "") -> str:
    """Return the fields of a model as a table, "" when it has none to speak of."""
    schema = model.model_json_schema()
    if "$ref" in schema:  # a model that contains itself
        schema = {**schema["$defs"][schema["$ref"].rpartition("/")[2]], "$defs": schema["$defs"]}
    said = meanings(model)
    named = {field.alias or name: name for name, field in model.model_fields.items()}
    rows = [
        f"| `{name}` | {kind(prop, schema.get('$defs', {}))} "
        f"| {_default(model.model_fields[named[name]])} "
        f"| {said.get(named[name], MEANT.get(name, ''))} |\n"
        for name, prop in schema["properties"].items()
        if name != without
    ]
    head = "| field | takes | as shipped | meaning |\n|---|---|---|---|\n"
    return f"{head}{''.join(rows)}\n" if rows else ""


MEANT = {
    "when": "the [triggers](#triggers), any of which has the rule looked at",
    "if": "the [condition](#conditions)",
    "then": "the [actions](#actions), carried out in order",
    "once": "how often it may fire: see [controls](#controls)",
    "every": "how long between two firings, with `once: every`",
    "on": "`false` switches it off",
    "id": "its name: what remembers that it fired",
    "any_of": "one of these is enough",
    "of": "what is put together",
    "at_least": "from this on",
    "at_most": "up to this",
    "days": "how far back",
    "rule": "its `id`",
    "kind": "of promise",
    "within": "how soon",
    "by": "what they have in common",
    "since": "what happened last",
    "field": "what was another before",
    "level": "of the ladder",
    "grade": "how grave",
    "tag": "small letters, digits and `_`",
    "row": "its `name` in the policy table",
    "role": "whoever has it, or the next above whom anybody has",
    "person": "one person instead, by Telegram user id",
}
"""What a field means whose model says no more of it than its name does."""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.default
    if value is None or value in ((), {}, ""):
        return "—"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def kind(prop: Schema, defs: Mapping[str, Schema]) -> str:
    """Say in words what a field takes, with its limits."""
    if "$ref" in prop:
        name = prop["$ref"].rpartition("/")[2]
        return kind(defs[name], defs)
    if "discriminator" in prop:
        return "an action" if prop["discriminator"]["propertyName"] == "do" else "a condition"
    if "anyOf" in prop:
        return " or ".join(kind(one, defs) for one in prop["anyOf"] if one != {"type": "null"})
    if "enum" in prop:
        return " ".join(f"`{one}`" for one in prop["enum"])
    return KINDS.get(prop.get("type", ""), _plain)(prop, defs)


def _plain(prop: Schema, _defs: Mapping[str, Schema]) -> str:
    return "yes or no" if prop.get("type") == "boolean" else f"`{prop.get('const', 'anything')}`"


def _number(prop: Schema, _defs: Mapping[str, Schema]) -> str:
    low, high = prop.get("minimum"), prop.get("maximum")
    if low is not None and high is not None:
        return f"number, {low} to {high}"
    return f"number, {low} at least" if low is not None else "number"


def _text(prop: Schema, _defs: Mapping[str, Schema]) -> str:
    if "examples" in prop:
        return "length of time"
    if "pattern" in prop:
        return f"`{prop['pattern'].strip('^$')}`"
    most = prop.get("maxLength")
    return f"text, {most} characters at most" if most else "text"


def _list(prop: Schema, defs: Mapping[str, Schema]) -> str:
    least = prop.get("minItems")
    some = f"list, {least} at least" if least else "list"
    return f"{some}: {kind(prop['items'], defs)}"


def _mapping(prop: Schema, defs: Mapping[str, Schema]) -> str:
    names = prop.get("propertyNames")
    key = kind(names, defs) if names else "name"
    return f"{key} → {kind(prop['additionalProperties'], defs)}"


KINDS = {
    "integer": _number,
    "number": _number,
    "string": _text,
    "array": _list,
    "object": _mapping,
}
"""How each type of a schema is said."""

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
