"""Rules made at random out of the models themselves: whatever the vocabulary has, turns up."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from bot.flows.document.rules_page import ACTIONS, CONDITIONS, TRIGGERS
from bot.flows.rules.model import Rule

LENGTHS = (
    "1 min",
    "20 min",
    "2 h",
    "1 day",
    "1 working h",
    "5 working h",
    "2 working days",
    "same working day",
)
TEXTS = {
    "tell": ("", "handed_off.other", "handed_off.person"),
    "tag": ("hit", "other"),
    "row": ("severe", "nowhere"),
    "rule": ("r0", "r1", "r2"),
    "id": ("r0", "r1", "r2", "r3", "r4", "r5"),
}  # fmt: skip
WORDS = ("多扣", "C*1", "billing", "经理", "severe", "queued", "general", "tst")
IDS = (11, 12, 13, 999)


def written(models: dict[str, Any], tag: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may be written of a union of models, each by its own schema."""
    return st.one_of([_model(name, model, tag) for name, model in sorted(models.items())])


def _model(name: str, model: Any, tag: str) -> st.SearchStrategy[dict[str, Any]]:
    schema = model.model_json_schema()
    if "$ref" in schema:
        schema = {**schema["$defs"][schema["$ref"].rpartition("/")[2]], "$defs": schema["$defs"]}
    needed = set(schema.get("required", ()))
    fields = {
        field: value(field, prop, schema.get("$defs", {}))
        for field, prop in schema["properties"].items()
        if field != tag
    }
    return st.fixed_dictionaries(
        {tag: st.just(name), **{k: v for k, v in fields.items() if k in needed}},
        optional={k: v for k, v in fields.items() if k not in needed},
    )


def value(  # noqa: C901 - one branch a kind of schema
    name: str, prop: dict[str, Any], defs: dict[str, Any]
) -> st.SearchStrategy[Any]:
    """What may be written for one field."""
    if "$ref" in prop:
        return value(name, defs[prop["$ref"].rpartition("/")[2]], defs)
    if "discriminator" in prop:
        return st.deferred(lambda: conditions)
    if "anyOf" in prop:
        return value(name, next(one for one in prop["anyOf"] if one != {"type": "null"}), defs)
    if "enum" in prop:
        return st.sampled_from(prop["enum"])
    if "examples" in prop:
        return st.sampled_from(LENGTHS)
    match prop["type"]:
        case "boolean":
            return st.booleans()
        case "integer" if "minimum" in prop:
            return st.integers(prop["minimum"], min(prop.get("maximum", 9), prop["minimum"] + 3))
        case "integer":
            return st.sampled_from(IDS)
        case "array":
            return st.lists(
                value(name, prop["items"], defs), min_size=prop.get("minItems", 0), max_size=3
            )
        case "object":
            keys = (
                value("", prop["propertyNames"], defs)
                if "propertyNames" in prop
                else st.sampled_from(("CNY", "*"))
            )
            return st.dictionaries(
                keys, value(name, prop["additionalProperties"], defs), min_size=1, max_size=2
            )
    return st.sampled_from(TEXTS.get(name, WORDS))  # fmt: skip


conditions = written(CONDITIONS, "test")
actions = written(ACTIONS, "do")


def _rule(doc: dict[str, Any]) -> Rule | None:
    try:
        return Rule.model_validate(doc)
    except ValidationError:
        return None


def rules(
    tests: st.SearchStrategy[Any] = conditions, triggers: tuple[str, ...] = TRIGGERS
) -> st.SearchStrategy[Rule]:
    """Rules with these conditions; what the models refuse is left out."""
    controls = {
        "quiet": st.booleans(),
        "stop": st.booleans(),
        "cooldown": st.sampled_from(LENGTHS),
        "cap": st.integers(1, 4),
    }
    often = st.one_of(
        st.fixed_dictionaries({"once": st.sampled_from(("case", "episode", "reason"))}),
        st.fixed_dictionaries({"once": st.just("every"), "every": st.sampled_from(LENGTHS)}),
    )
    when = st.lists(st.sampled_from(triggers), min_size=1, max_size=len(triggers), unique=True)
    base = {"when": when, "if": tests, "then": st.lists(actions, min_size=1, max_size=3)}
    plain = st.fixed_dictionaries({"id": st.just("r0"), **base}, optional=controls)
    made = st.tuples(plain, often).map(lambda two: _rule(two[0] | two[1]))
    return made.filter(bool)  # type: ignore[return-value]


def rule_sets(most: int = 5) -> st.SearchStrategy[tuple[Rule, ...]]:
    """Several rules, each with a name of its own."""
    return st.lists(rules(), min_size=1, max_size=most).map(
        lambda many: tuple(one.but(id=f"r{n}") for n, one in enumerate(many))
    )
