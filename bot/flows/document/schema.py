"""The JSON Schema of a configuration file, for editors that check and complete while one types.

    python -m bot.flows.document.schema docs/desk.schema.json

Descriptions are what the models say of themselves; the same schema names the fields in mistakes.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.flows import desk, playbooks, targets, words
from bot.flows.calendar import hours
from bot.flows.desk import COUNTED, Config
from bot.flows.document.fields import meanings, summary
from bot.flows.document.rules_page import ACTIONS, CONDITIONS
from bot.flows.rules import model as rules
from bot.flows.rules import quiet

ROOMS = (desk, playbooks, targets, words, hours, rules, quiet)
"""Modules whose models a configuration is made of."""


@cache
def schema() -> dict[str, Any]:
    """Return the schema of the whole configuration, as the models have it."""
    return Config.model_json_schema()


def published() -> dict[str, Any]:
    """Return the schema of a file: every part may be left out, and packs may be named."""
    whole: dict[str, Any] = json.loads(json.dumps(schema()))
    models = _models()
    for name, one in (*whole["$defs"].items(), ("Config", whole)):
        model = models.get(name)
        if model is None or "properties" not in one:
            continue
        one["description"] = summary(model)
        for field, said in meanings(model).items():
            shown = model.model_fields[field].alias or field
            one["properties"][shown]["description"] = said
    whole.pop("required")
    book = whole["$defs"]["Playbook"]
    book["required"].remove("id")  # its name in the file
    for one in COUNTED:
        del whole["properties"][one]
    packs = {"type": "array", "items": {"enum": ["general", "restaurant"]}}
    whole["properties"]["packs"] = packs | {"description": "Whose questions are asked; later win."}
    whole["title"] = "Configuration of a complaint desk"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole}


def _models() -> dict[str, type[BaseModel]]:
    there = [one for room in ROOMS for one in vars(room).values()]
    found = [one for one in there if isinstance(one, type) and issubclass(one, BaseModel)]
    return {one.__name__: one for one in (*found, *CONDITIONS.values(), *ACTIONS.values())}


def text() -> str:
    """Return the schema as it is published."""
    return json.dumps(published(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
