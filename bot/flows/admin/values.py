"""Values of a configuration in words: one field's value as its reader is to see it.

What a choice is called, what a name of the configuration (a category, a rule, a colleague) is
called, and which of them there are to choose from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.flows.admin.fields import Field, options
from bot.flows.admin.openings import blocks_said, country_said, holidays_said, quiet_said
from bot.flows.admin.policy import row_said
from bot.flows.calendar import Block, Holidays, Span, span
from bot.flows.effects import Join, Label, Line, Money, Value, line
from bot.flows.model import Claim, Grade, Status
from bot.flows.people import Role
from bot.flows.playbooks import REMEDIES, Playbook
from bot.flows.rules import actions as a
from bot.flows.rules import vocabulary as v
from bot.flows.rules.model import Rule, rule_name
from bot.flows.rules.quiet import Quiet
from bot.flows.showing import length_line, row_name, shorten
from bot.flows.targets import Target
from bot.flows.understanding.facts import SAFETY_KINDS

if TYPE_CHECKING:
    from bot.flows.desk import Config, Desk
    from bot.flows.session import Doc

SHOWN = 12
"""Members of a long list that a sentence names; the rest are counted."""
WORD = 60
"""Characters of one free text in a sentence."""


@dataclass(frozen=True, slots=True)
class Names:
    """Whom and what a configuration may name."""

    desk: Desk
    config: Config

    def person(self, user: int) -> Value:
        """Return what a colleague is called."""
        member = self.desk.member(user)
        return (member.name if member else "") or f"#{user}"

    def rule(self, rule: str) -> Value:
        """Return what a rule is called."""
        known = next((one for one in self.config.rules if one.id == rule), None)
        return rule_name(known) if known else rule


# ---- choices --------------------------------------------------------------------------------

CALLED: dict[Any, Callable[[str], Label]] = {
    Claim: lambda value: Label(f"claim.{value}"),
    Grade: lambda value: Label(f"grade.{value}"),
    Role: lambda value: Label(f"role_name.{value}"),
    Status: lambda value: Label(f"status.{value}"),
    v.AlikeBy: lambda value: Label(f"alike.{value}"),
    v.Event: lambda value: Label(f"since.{value}"),
    v.Languages: lambda value: Label(f"language.{value}"),
    v.PromiseKind: lambda value: Label(f"promise.{value}"),
    v.Signal: lambda value: Label(f"signal.{value}"),
    v.Trigger: lambda value: Label(f"trigger.{value}"),
    Rule.model_fields["once"].annotation: lambda value: Label(f"once.{value}"),
    v.Was.model_fields["field"].annotation: lambda value: Label(f"field.{value}"),
}
"""What each closed list of words calls its members."""


def choice(annotation: Any, value: str) -> Value:
    """Return what a choice is called; one without a word of its own as it is written."""
    called = CALLED.get(annotation)
    return called(value) if called else value


# ---- names of the configuration -------------------------------------------------------------


def _categories(names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [(one, Label(f"category.{one}")) for one in names.config.playbooks]


def _groups(names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [(one, one) for one in names.config.groups]


def _tags(names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    acts = (act for rule in names.config.rules for act in rule.then)
    return [(act.tag, act.tag) for act in acts if isinstance(act, a.PutTag)]


def _rules(names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [(one.id, rule_name(one)) for one in names.config.rules]


def _rows(names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [(one.name, row_name(one.name)) for one in names.config.targets]


def _hooks(names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [(one, one) for one in names.config.webhooks]


def _kinds(_names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [(one, Label(f"danger_kind.{one}")) for one in SAFETY_KINDS]


def _people(names: Names, _owner: Doc) -> list[tuple[int, Value]]:
    known = {*names.desk.staff, *names.desk.admins, *names.config.people}
    return [(one, names.person(one)) for one in sorted(known) if names.desk.member(one)]


TOLD = ("danger", "low_rating", "on_the_spot", "other", "person", "serious", "unread")
"""What a customer may hear when their case is handed off."""


def _tells(_names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [("", line("tell.nothing")), *((f"handed_off.{x}", Label(f"tell.{x}")) for x in TOLD)]


def _before(names: Names, owner: Doc) -> list[tuple[str, Value]]:
    named = {"grade": Grade, "status": Status, "level": Role}.get(str(owner.get("field")))
    if named is None:
        return _categories(names, owner)
    return [(one, choice(named, one)) for one in options(named)]


def _remedies(_names: Names, _owner: Doc) -> list[tuple[str, Value]]:
    return [(one, Label(f"remedy.{one}")) for one in REMEDIES]


NAMED: dict[tuple[type, str], Callable[[Names, Doc], list[Any]]] = {
    (v.CategoryIs, "any_of"): _categories,
    (v.GroupIs, "any_of"): _groups,
    (v.TagIs, "any_of"): _tags,
    (v.SignalSeen, "kinds"): _kinds,
    (v.Was, "any_of"): _before,
    (v.Fired, "rule"): _rules,
    (a.UseTarget, "row"): _rows,
    (a.HandOff, "tell"): _tells,
    (a.Assign, "to"): _people,
    (a.CallWebhook, "hook"): _hooks,
    (a.Notify, "person"): _people,
    (Rule, "owner"): _people,
    (Target, "category"): _categories,
    (Target, "group"): _groups,
    (Playbook, "remedies"): _remedies,
}
"""Fields that name something of the configuration or of the desk: what there is to choose."""


def choices(field: Field, names: Names, owner: Doc) -> list[tuple[Any, Value]]:
    """Return what a field may be, with what each is called; empty for a free one."""
    named = NAMED.get((field.owner, field.name))
    if named is not None:
        return named(names, owner)
    return [(one, choice(field.annotation, one)) for one in options(field.annotation)]


# ---- in words -------------------------------------------------------------------------------


def shown(field: Field, value: Any, names: Names, owner: Doc) -> Value:
    """Return a field's value as its reader is to see it; the document's form goes in."""
    told = thing(field)
    if value is not None and told is not None:
        return told(value)
    if value is None or (isinstance(value, list | tuple | dict) and not value):
        return line("value.none")
    if (field.owner.__name__, field.name) in COUNTRY:
        return country_said(str(value))
    known: dict[Any, Value] = dict(choices(field, names, owner))
    if isinstance(value, list | tuple):
        return _several([known.get(_plain(one), _free(one)) for one in value])
    if (field.owner, field.name) in NAMED or field.kind == "choice":
        return known.get(_plain(value)) or str(value)
    show = SHOW.get(field.kind, _free)
    said: Value = show(value)
    return said


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _free(value: Any) -> Value:
    return shorten(str(value), WORD) or line("value.none")


def _several(values: list[Value]) -> Value:
    if len(values) > SHOWN:
        rest = line("value.more", count=len(values) - SHOWN)
        return Join((*values[:SHOWN], rest))
    return Join(tuple(values))


def _money(limits: dict[str, int]) -> Value:
    return Join(tuple(amount(currency, minor) for currency, minor in limits.items()))


def amount(currency: str, minor: int) -> Value:
    """Return an amount; of `*`, currencies that are not named, without a sign."""
    if currency == "*":
        return line("value.other_currencies", amount=f"{minor / 100:,.2f}".removesuffix(".00"))
    return Money(minor, currency)


def _by_language(words: dict[str, str]) -> Value:
    return Join(tuple(_quoted(text) for text in words.values()))


def _quoted(text: str) -> Line:
    return line("value.quoted", words=shorten(text, WORD))


THINGS: dict[Any, Callable[[Any], Value]] = {
    Block: lambda blocks: blocks_said(Block.model_validate(one) for one in blocks),
    Holidays: lambda one: holidays_said(Holidays.model_validate(one)),
    Quiet: lambda one: quiet_said(Quiet.model_validate(one)),
    Target: lambda one: row_said(Target.model_validate(one)),
}
"""What is shown as a whole."""


def thing(field: Field) -> Callable[[Any], Value] | None:
    """Return how a field that holds a thing or several is said as a whole, if it is."""
    return THINGS.get(field.annotation) if field.kind in {"thing", "things"} else None


COUNTRY = frozenset({("General", "region"), ("Holidays", "country")})


SHOW: dict[str, Callable[[Any], Value]] = {
    "number": int,
    "yes_no": lambda value: line("value.yes" if value else "value.no"),
    "seconds": lambda value: length_line(Span(seconds=int(value))),
    "length": lambda value: length_line(value if isinstance(value, Span) else span(value)),
    "money": _money,
    "by_language": _by_language,
}
"""How each kind of value is shown."""
