"""A rule as a sentence: when …, if …, then …, how often. Documents go in, lines come out.

Every trigger, condition, action and control has its words in the families `trigger.`, `cond.`,
`action.` and `control.`; the values in them are shown by `values`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from bot.flows.admin.fields import fields_of, members, tag_of
from bot.flows.admin.values import Names, choice, shown
from bot.flows.effects import Join, Label, Line, Value, line
from bot.flows.rules.actions import Action
from bot.flows.rules.model import Rule
from bot.flows.rules.vocabulary import Condition, Trigger

if TYPE_CHECKING:
    from pydantic import BaseModel

    from bot.flows.session import Doc

NESTS = frozenset({"all", "any", "not"})
"""Conditions that hold others."""
INDENT = "\u2003"


@cache
def condition_models() -> dict[str, type[BaseModel]]:
    """Return the model of each condition by its word."""
    return {tag_of(one, "test"): one for one in members(Condition)}


@cache
def action_models() -> dict[str, type[BaseModel]]:
    """Return the model of each action by its word."""
    return {tag_of(one, "do"): one for one in members(Action)}


# ---- conditions -----------------------------------------------------------------------------


def inner_of(doc: Doc) -> list[Doc]:
    """Return the conditions inside a condition."""
    of = doc.get("of", ())
    return list(of) if isinstance(of, list | tuple) else [of]


def condition(doc: Doc, names: Names) -> Line:
    """Say one condition; of a nest, its head alone."""
    test = str(doc["test"])
    if test in NESTS:
        return line(f"nest.{test}")
    said = _values(condition_models()[test], doc, names)
    return line("sentence.condition", said=_said(f"cond.{test}", said), more=_more(test, doc, said))


def whole_condition(doc: Doc, names: Names) -> Value:
    """Say a condition with everything inside it, in one line."""
    if doc["test"] not in NESTS:
        return condition(doc, names)
    inside = Join(tuple(whole_condition(one, names) for one in inner_of(doc)))
    return line("sentence.nested", head=Label(f"nest.{doc['test']}"), inside=inside)


def condition_tree(doc: Doc, names: Names, depth: int = 0) -> Iterator[Line]:
    """Say a condition with everything inside it, a line each, indented."""
    yield line("sentence.row", indent=INDENT * depth, said=condition(doc, names))
    if doc["test"] in NESTS:
        for one in inner_of(doc):
            yield from condition_tree(one, names, depth + 1)


def _more(test: str, doc: Doc, said: dict[str, Value]) -> Value:
    """Say what a signal is narrowed by; nothing for other conditions."""
    if test != "signal":
        return ""
    more: list[Value] = []
    if doc.get("kinds"):
        more.append(line("cond_more.kinds", kinds=said["kinds"]))
    if doc.get("words"):
        more.append(line("cond_more.words", words=said["words"]))
    if doc.get("at_least", 1) > 1:
        more.append(line("cond_more.times", at_least=said["at_least"]))
    return Join(("", *more)) if more else ""


# ---- actions and controls -------------------------------------------------------------------


def action(doc: Doc, names: Names) -> Line:
    """Say one action."""
    do = str(doc["do"])
    said = _values(action_models()[do], doc, names)
    if do == "notify":
        said["role"] = said["person"] if doc.get("person") else said["role"]
    return _said(f"action.{do}", said)


def controls(doc: Doc, names: Names) -> list[Line]:
    """Say how often a rule fires and what holds it back; what is at its default is left out."""
    said = _values(Rule, doc, names)
    once = str(doc.get("once", "case"))
    found = [_said(f"control.{once}", said)]
    found += [
        _said(f"control.{x}", said) for x in ("cooldown", "quiet", "stop", "owner") if doc.get(x)
    ]
    return found


def triggers(doc: Doc) -> Value:
    """Say what starts a rule."""
    return Join(tuple(choice(Trigger, str(one)) for one in doc.get("when", ())))


def _values(model: type[BaseModel], doc: Doc, names: Names) -> dict[str, Value]:
    """Return the values of a part of a rule, by the names of its fields, as they are shown."""
    found = fields_of(model).values()
    return {
        one.name: shown(one, doc.get(one.key, one.default), names, doc)
        for one in found
        if one.kind not in {"thing", "things"}
    }


def _said(text: str, values: dict[str, Value]) -> Line:
    family, _, name = text.partition(".")
    given = {
        "any_of": values.get("any_of", ""),
        "at_least": values.get("at_least", ""),
        "at_most": values.get("at_most", ""),
        "by": values.get("by", ""),
        "cap": values.get("cap", ""),
        "cooldown": values.get("cooldown", ""),
        "days": values.get("days", ""),
        "every": values.get("every", ""),
        "field": values.get("field", ""),
        "grade": values.get("grade", ""),
        "hook": values.get("hook", ""),
        "kind": values.get("kind", ""),
        "level": values.get("level", ""),
        "open": values.get("open", ""),
        "owner": values.get("owner", ""),
        "role": values.get("role", ""),
        "row": values.get("row", ""),
        "rule": values.get("rule", ""),
        "since": values.get("since", ""),
        "tag": values.get("tag", ""),
        "tell": values.get("tell", ""),
        "to": values.get("to", ""),
        "what": values.get("what", ""),
        "within": values.get("within", ""),
        "words": values.get("words", ""),
    }
    if family == "cond":
        return line(f"cond.{name}", **given)
    return (
        line(f"action.{name}", **given) if family == "action" else line(f"control.{name}", **given)
    )


# ---- the whole ------------------------------------------------------------------------------


def sentence(doc: Doc, names: Names) -> Iterator[Line]:
    """Say a rule, line by line; parts that are still missing are shown as such."""
    missing = line("value.missing")
    yield line("sentence.when", triggers=triggers(doc) if doc.get("when") else missing)
    if doc.get("if"):
        yield line("sentence.if")
        yield from condition_tree(doc["if"], names)
    else:
        yield line("sentence.if_missing", missing=missing)
    if doc.get("then"):
        yield line("sentence.then")
        for n, one in enumerate(doc["then"], 1):
            yield line("sentence.step", n=n, said=action(one, names))
    else:
        yield line("sentence.then_missing", missing=missing)
    yield line("sentence.controls", controls=Join(tuple(controls(doc, names))))
