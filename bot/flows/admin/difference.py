"""Two configurations compared, as lines that read: what was, what is now, place by place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.flows.admin.documents import GONE, ORDER, Change, Path, at, changes
from bot.flows.admin.fields import CLASHES, field_at, steps_of
from bot.flows.admin.openings import blocks_said, days_said
from bot.flows.admin.sentences import action, controls, triggers, whole_condition
from bot.flows.admin.values import Names, shown, thing
from bot.flows.calendar import Block, Hours
from bot.flows.desk import Config
from bot.flows.effects import Join, Label, Line, Value, line
from bot.flows.playbooks import FactAsked, Playbook
from bot.flows.rules.model import Rule, rule_name
from bot.flows.showing import row_name, shorten
from bot.flows.words import Words

if TYPE_CHECKING:
    from bot.flows.session import Doc

PART = 200
"""Characters of a value that has no words of its own."""


def difference(was: Doc, now: Doc, names: Names) -> list[Line]:
    """Return what differs, a line each; rules by what they say, other parts by their place."""
    found = list(changes(was, now))
    return [*_rules(was, now, found, names), *_others(was, now, found, names)]


def places(was: Doc, now: Doc) -> tuple[str, ...]:
    """Return where two configurations differ, as the history keeps it."""
    return tuple(".".join(str(step) for step in one.path) for one in changes(was, now))


# ---- rules ----------------------------------------------------------------------------------


def _rules(was: Doc, now: Doc, found: Iterable[Change], names: Names) -> Iterator[Line]:
    touched = [one for one in found if one.path[0] == "rules"]
    named = (one.path[1] for one in touched if one.path[1:2] not in {(), (ORDER,)})
    if any(len(one.path) == 1 for one in touched):  # all of them came or went
        named = (one["id"] for one in (*was.get("rules", ()), *now.get("rules", ())))
    for rule_id in dict.fromkeys(named):
        old, new = (at(doc, ("rules", rule_id)) for doc in (was, now))
        name = _name(new if new is not GONE else old)
        if old is GONE:
            yield line("diff.rule_added", name=name, said=_whole(new, names))
        elif new is GONE:
            yield line("diff.rule_gone", name=name)
        else:
            yield from _rule(old, new, name, names)
    if any(one.path[1:2] == (ORDER,) for one in touched):
        order = Join(tuple(_name(one) for one in now["rules"]))
        yield line("diff.rules_order", order=order)


def _name(doc: Doc) -> Value:
    return rule_name(Rule.model_validate(doc))


def _whole(doc: Doc, names: Names) -> Line:
    return line(
        "diff.rule_said",
        triggers=triggers(doc),
        condition=whole_condition(doc["if"], names),
        actions=_actions(doc, names),
    )


def _actions(doc: Doc, names: Names) -> Value:
    return Join(tuple(action(one, names) for one in doc["then"]))


CONTROLS = ("once", "every", "cap", "cooldown", "quiet", "stop", "owner")


def _rule(old: Doc, new: Doc, name: Value, names: Names) -> Iterator[Line]:
    """Say what differs in one rule."""
    if old.get("on", True) != new.get("on", True):
        yield line("diff.rule_on" if new["on"] else "diff.rule_off", name=name)
    if old.get("name", "") != new.get("name", ""):
        yield line("diff.rule_named", name=name, was=_name(old), now=_name(new))
    if old["when"] != new["when"]:
        yield line("diff.when", name=name, was=triggers(old), now=triggers(new))
    if old["if"] != new["if"]:
        before, after = (whole_condition(one["if"], names) for one in (old, new))
        yield line("diff.if", name=name, was=before, now=after)
    if old["then"] != new["then"]:
        yield line("diff.then", name=name, was=_actions(old, names), now=_actions(new, names))
    if any(old.get(one) != new.get(one) for one in CONTROLS):
        before, after = (Join(tuple(controls(one, names))) for one in (old, new))
        yield line("diff.controls", name=name, was=before, now=after)


# ---- everything else ------------------------------------------------------------------------


def _others(was: Doc, now: Doc, found: Iterable[Change], names: Names) -> Iterator[Line]:
    week = [one for one in found if one.path[:2] == WEEK and len(one.path) > len(WEEK)]
    yield from _week(week)
    for one in found:
        if one.path[0] == "rules" or one in week:
            continue
        place = place_of(one.path, names, was if one.now is GONE else now)
        without = WITHOUT.get(_held(one.path))
        if one.path[-1] == ORDER:
            order = Join(tuple(_called((*one.path[:-1], x), names, now)[-1] for x in one.now))
            yield line("diff.order", place=place, order=order)
        elif one.was is GONE and without is None:
            yield line("diff.added", place=place, now=_value(now, one.path, one.now, names))
        elif one.now is GONE and without is None:
            yield line("diff.gone", place=place)
        else:
            before = without if one.was is GONE else _value(was, one.path, one.was, names)
            after = without if one.now is GONE else _value(now, one.path, one.now, names)
            yield line("diff.value", place=place, was=before or "", now=after or "")


WEEK = ("hours", "week")


def _week(found: list[Change]) -> Iterator[Line]:
    """Say the weekdays whose hours changed; those in a row that changed alike are one line."""
    days = {int(one.path[-1]): one for one in found}
    alike: list[list[int]] = []
    for day, one in sorted(days.items()):
        before = days.get(day - 1)
        if before is not None and (before.was, before.now) == (one.was, one.now):
            alike[-1].append(day)
        else:
            alike.append([day])
    for several in alike:
        one = days[several[0]]
        place = Join((_section("hours"), days_said(several)), by="path")
        yield line("diff.value", place=place, was=_hours(one.was), now=_hours(one.now))


def _hours(blocks: Any) -> Value:
    there = () if blocks is GONE else blocks
    return blocks_said(Block.model_validate(one) for one in there)


WITHOUT: dict[tuple[str, ...], Line] = {
    ("people",): line("people.no_role"),
}
"""Parts by name where nothing given is a value of its own."""


def _held(path: Path) -> tuple[str, ...]:
    return tuple(str(step) for step in path[:-1])


# ---- places ---------------------------------------------------------------------------------

MEMBERS: dict[tuple[type, str], Callable[[Names, str], Value]] = {
    (Config, "targets"): lambda _, step: row_name(step),
    (Config, "people"): lambda names, step: names.person(int(step)),
    (Config, "rules"): lambda names, step: names.rule(step),
    (Config, "playbooks"): lambda _, step: Label(f"category.{step}"),
    (Config, "texts"): lambda _, step: Label(f"language.{step}"),
    (Hours, "closed"): lambda _, step: date.fromisoformat(step),
    (Hours, "open"): lambda _, step: date.fromisoformat(step),
    (Playbook, "facts"): lambda _, step: Label(f"fact.{step}"),
    (Words, "signals"): lambda _, step: Label(f"word_list.{step}"),
}
"""What the members of lists and maps are called; others as they are written."""


def place_of(path: Path, names: Names, doc: Doc) -> Value:
    """Say where something stands in a document: the section, then the names on the way."""
    return Join(_called(path, names, doc), by="path")


def _called(path: Path, names: Names, doc: Doc) -> tuple[Value, ...]:
    """Return what each step of a path is called."""
    plain = path[:-1] if path[-1] == ORDER else path
    said: list[Value] = []
    for one in steps_of(Config, doc, plain):
        if not one.member:
            said.append(_field(one.owner, one.name) if said else _section(one.step))
        elif one.owner is not None and (one.owner, one.name) in MEMBERS:
            said.append(MEMBERS[one.owner, one.name](names, str(one.step)))
        else:
            said.append(f"{one.step + 1}" if isinstance(one.step, int) else one.step)
    return tuple(said)


def _section(step: str | int) -> Value:
    return Label(f"config_part.{step}")


def _field(owner: type | None, name: str) -> Value:
    called = CLASHES.get((owner.__name__ if owner else "", name), name)
    return RULES_OWN.get(called) or Label(f"part.{called}")


RULES_OWN = {"test": Label("rule.if"), "then": Label("rule.then")}
"""Parts of a rule that have pages of their own."""


def _value(doc: Doc, path: Path, value: Any, names: Names) -> Value:
    if path[-1] in SECRET:
        return HIDDEN
    field = field_at(Config, doc, path)
    owner = at(doc, path[:-1])
    if path[2:-1] == ("facts",) and isinstance(value, dict):
        fact = FactAsked.model_validate(value)
        return line("value.quoted", words=Label(fact.wording(0)))
    if path[:2] == ("hours", "open") and not value:
        return line("hours.usual")
    if field is not None and thing(field):
        return shown(field, value, names, {})
    if field is None or field.kind in {"thing", "things", "map"} or not isinstance(owner, dict):
        return shorten(_flat(value), PART) or line("value.none")
    return shown(field, value, names, owner)


SECRET = frozenset({"secret"})
"""Values that nobody is shown, whoever may look."""
HIDDEN = "•••"


def _flat(value: Any) -> str:
    """Write a part of a document in one line."""
    if isinstance(value, dict):
        said = {key: HIDDEN if key in SECRET else _flat(one) for key, one in value.items()}
        return ", ".join(f"{key}: {one}" for key, one in said.items() if one)
    if isinstance(value, list):
        return "; ".join(_flat(one) for one in value)
    return "" if value is None else str(value)
