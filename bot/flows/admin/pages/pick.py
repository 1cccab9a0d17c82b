"""Choosing the kind of a new condition or action; it starts with values that make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from bot.flows.admin import documents
from bot.flows.admin.documents import GONE, at
from bot.flows.admin.fields import fields_of
from bot.flows.admin.frame import Key, Page, Shown, View, Work, do, named, pages_of, rows
from bot.flows.admin.sentences import condition_models
from bot.flows.admin.values import choices
from bot.flows.checks import TIMELY
from bot.flows.effects import Label, line
from bot.flows.rules.actions import Action
from bot.flows.rules.timing import conditions
from bot.flows.rules.vocabulary import Condition

if TYPE_CHECKING:
    from bot.flows.admin.documents import Path
    from bot.flows.session import Doc

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
ACTION: TypeAdapter[Any] = TypeAdapter(Action)


# ---- what they start with -------------------------------------------------------------------


def _conditions(view: View) -> dict[str, Doc | None]:
    """Return what each condition starts with; None where there is nothing to name yet."""
    config = view.config
    tags = [act.tag for rule in config.rules for act in rule.then if act.do == "tag"]
    path = view.path
    others = [rule.id for rule in config.rules if rule.id not in path]
    return {
        "amount": {"at_least": {config.general.currency: 100_000}},
        "signal": {"any_of": ["anger"]},
        "words": {"any_of": ["…"]},
        "same_customer": {"at_least": 1, "days": 30},
        "alike": {"by": "category", "at_least": 5, "days": 7},
        "category": {"any_of": [next(iter(config.playbooks))]},
        "grade": {"any_of": ["severe"]},
        "claim": {"any_of": ["compensation"]},
        "status": {"any_of": ["queued", "handed_off", "in_progress", "waiting"]},
        "level": {"any_of": ["agent"]},
        "unanswered": {"at_least": 3},
        "failed_questions": {"at_least": 2},
        "transfers": {"at_least": 2},
        "reopened": {"at_least": 1},
        "rating": {"at_most": 3},
        "promise_missed": {"kind": "first_answer"},
        "promise_due_soon": {"kind": "first_answer", "within": "30 min"},
        "age": {"since": "filed", "at_least": "2 working h"},
        "on_the_spot": {},
        "accuses_staff": {},
        "owned": {},
        "attachment": {"at_least": 1},
        "working_time": {},
        "language": {"any_of": [config.general.language]},
        "group": {"any_of": [next(iter(config.groups))]} if config.groups else None,
        "source": {"any_of": ["table-*"]},
        "tag": {"any_of": tags[:1]} if tags else None,
        "was": {"field": "grade", "any_of": ["general"]},
        "fired": {"rule": others[0]} if others else None,
    }


def _actions(view: View) -> dict[str, Doc | None]:
    """Return what each action starts with; None where there is nothing to name yet."""
    language = view.config.general.language
    people = [one for one in view.desk.staff if view.desk.member(one)]
    return {
        "hand_off": {"level": "supervisor"},
        "grade": {"grade": "severe"},
        "notify": {"role": "supervisor"},
        "promise": {"kind": "update", "within": "2 working h"},
        "tell_customer": {"words": {language: "{ref}"}},
        "tag": {"tag": "watch"},
        "target": {"row": view.config.targets[0].name},
        "assign": {"to": people[0]} if people else None,
        "survey": {},
        "ask_approval": {"role": "manager"},
        "corrective_action": {},
        "crisis": {},
        "webhook": {"hook": next(iter(view.config.webhooks))} if view.config.webhooks else None,
    }


def _there(view: View) -> list[tuple[str, Doc]]:
    """Return what can be chosen, with what it starts with."""
    of_condition = view.args.get("of") == "condition"
    shipped = _conditions(view) if of_condition else _actions(view)
    word = "test" if of_condition else "do"
    return [(name, {word: name} | doc) for name, doc in shipped.items() if doc is not None]


def show(view: View) -> Shown:
    """List what can be chosen."""
    there = _there(view)
    part, turning = pages_of(view.place, len(there))
    of_condition = view.args.get("of") == "condition"
    keys = [
        Key(
            named(Label(f"cond_name.{one}") if of_condition else Label(f"action_name.{one}")),
            do("choose", name=one),
        )
        for one, _ in there[part]
    ]
    text = line("pick.condition" if of_condition else "pick.action")
    return Shown((text,), (*rows(keys, 2), turning))


# ---- what is done with it -------------------------------------------------------------------


def _choose(work: Work, args: Any) -> None:
    view = work.view
    doc = next((doc for name, doc in _there(view) if name == args["name"]), None)
    if doc is None:
        return
    if view.args.get("of") == "condition":
        _add_condition(work, CONDITION.validate_python(doc).model_dump(mode="json", by_alias=True))
    else:
        _add_action(work, ACTION.validate_python(doc).model_dump(mode="json", by_alias=True))


def _add_action(work: Work, doc: Doc) -> None:
    path = work.view.path
    count = len(work.view.there(path))
    if work.put((*path, count), doc):
        work.leave()
        work.open("action", path=(*path, count))


def _add_condition(work: Work, doc: Doc) -> None:
    """Add it to a nest, join it with what stands there, or put it where nothing stood.

    Beside a condition that excludes it, it begins as wide as it can be, to be narrowed.
    """
    noted = list(work.note)
    for one in (doc, _widest(work.view, doc)):
        work.note[:] = noted
        made, place = _joined(work.view, one)
        if _put(work, work.view.path, made):
            work.leave()
            work.open("condition", path=place)
            return


def _joined(view: View, doc: Doc) -> tuple[Doc, Path]:
    """Return what stands at the path with the new condition in it, and where that is then."""
    path, join = view.path, view.args.get("join", "")
    stands = at({**view.doc, "form": view.session.form}, path)
    if stands is GONE:
        return doc, path
    if join and stands["test"] != join:
        return {"test": join, "of": [stands, doc]}, (*path, "of", 1)
    return stands | {"of": [*stands["of"], doc]}, (*path, "of", len(stands["of"]))


def _widest(view: View, doc: Doc) -> Doc:
    """Return the condition holding for whatever there is, where it names some of a list."""
    model = condition_models()[doc["test"]]
    field = fields_of(model).get("any_of")
    there = choices(field, view.names, doc) if field else []
    return doc | {"any_of": [one for one, _ in there]} if there else doc


def _put(work: Work, path: Path, made: Doc) -> bool:
    """Put a condition into its rule; one that waits for time has time start the rule as well."""
    split = path.index("if")
    rule = documents.put(work.view.there(path[:split]), path[split:], made)
    waits = any(
        isinstance(one, TIMELY) for one in conditions(CONDITION.validate_python(rule["if"]))
    )
    if waits and "time" not in rule["when"]:
        rule |= {"when": [*rule["when"], "time"]}
        work.say(line("pick.time_added"))
    return work.put(path[:split], rule)


PAGE = Page(show, does={"choose": _choose})
