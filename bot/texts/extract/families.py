"""The families of ids: what may stand in the hole of `f"category.{…}"`.

Expanded from the real enumerations, playbooks and rules, so that a new category or choice asks
for its words by itself. It must never list a word of the catalogues.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, get_args

import yaml

from bot.flows.admin.draft import SET_BY_APPLYING
from bot.flows.admin.fields import fields_of, options
from bot.flows.admin.openings import COUNTRIES
from bot.flows.admin.pages.home import SECTIONS
from bot.flows.admin.pages.words import KINDS
from bot.flows.admin.policy import LENGTHS
from bot.flows.admin.sentences import action_models, condition_models
from bot.flows.admin.values import TOLD
from bot.flows.admin.wordings import WORDED
from bot.flows.calendar.hours import WEEKDAYS, Holidays, Hours
from bot.flows.conversation.anytime import LANGUAGES
from bot.flows.desk import OUTSIDE, Config, General
from bot.flows.lifecycle import verifying
from bot.flows.lifecycle.answers import STILL
from bot.flows.lifecycle.clears import CLEARS
from bot.flows.lifecycle.pausing import REASONS
from bot.flows.model import Claim, Grade, Status
from bot.flows.own_texts import FAULTS
from bot.flows.people import Role
from bot.flows.playbooks import (
    CATEGORIES,
    COMMON,
    REMEDIES,
    SLOT_TO_FACT,
    FactAsked,
    FactType,
    Playbook,
)
from bot.flows.records import ALONE
from bot.flows.rules.actions import HandOff
from bot.flows.rules.conditions import CHECKS
from bot.flows.rules.model import Rule
from bot.flows.rules.quiet import Quiet
from bot.flows.rules.reasons import UNSAID
from bot.flows.rules.vocabulary import ALIKE_BY, Event, PromiseKind, Signal, Trigger
from bot.flows.showing import ROWS
from bot.flows.staffroom import PROMPTED
from bot.flows.targets import Ladder, Target
from bot.flows.understanding.facts import SAFETY_KINDS, SIGNALS
from bot.flows.words import Words
from bot.texts.cards import PRESSES

NO_BOOKS = frozenset({"rules", "targets", "words"})
"""Packs that are no playbooks."""

COMMANDS = (
    *("start", "person", "cases", "add", "feedback", "withdraw"),
    *("policy", "language", "help"),
)
"""Commands in Telegram's list; the edge has them too, but texts do not import the edge."""

PROMISES = get_args(PromiseKind)
"""What `model.Promise.kind` may be."""

NOT_RULES = frozenset({"nobody_took_it", "asks_higher"})
"""Explanations that the ladder gives, not a rule."""

NESTS = frozenset({"all", "any", "not"})
"""Conditions that only hold others."""

UNITS = ("s", "min", "h", "days", "working_s", "working_min", "working_h", "working_days")
"""Units in which `showing.length_line` says a length, each also for one of it."""

NOTED = ("category", "danger", "kind", "matters", "remedy")
"""Facts that the conversation itself writes down; no playbook asks for them by that name."""

DANGER_STATES = ("safe", "hurt", "still", "told")
"""What the fact `danger` may be (`conversation.closing`)."""


@cache
def pack(name: str) -> Any:
    """Return one shipped pack as data."""
    return yaml.safe_load(files("bot.flows").joinpath(f"packs/{name}.yaml").read_text("utf-8"))


@cache
def playbooks() -> tuple[Playbook, ...]:
    """Return the playbooks of every shipped pack."""
    names = sorted(
        path.name.removesuffix(".yaml")
        for path in files("bot.flows").joinpath("packs").iterdir()
        if path.name.endswith(".yaml")
    )
    return tuple(
        Playbook.model_validate({"id": category, **book})
        for name in names
        if name not in NO_BOOKS
        for category, book in pack(name).items()
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Return the shipped rules."""
    return tuple(Rule.model_validate(rule) for rule in pack("rules"))


def asked() -> tuple[FactAsked, ...]:
    """Return every fact that the shipped packs or every case may ask for."""
    return (*COMMON.values(), *(fact for book in playbooks() for fact in book.facts))


def questions() -> frozenset[str]:
    """Return the ids of all questions, in every form."""
    return frozenset(form for fact in asked() for form in fact.ask)


def tells() -> frozenset[str]:
    """Return the ids of what customers hear when a rule hands their case off."""
    ids = {act.tell for rule in rules() for act in rule.then if isinstance(act, HandOff)}
    return frozenset(ids - {""})


def explanations() -> frozenset[str]:
    """Return what may follow `why.`: a condition that held, the signals one by one."""
    tests = {get_args(one.model_fields["test"].annotation)[0] for one in CHECKS}
    said = tests - NESTS - UNSAID - {"signal"}
    return frozenset(said | NOT_RULES | {f"signal.{one}" for one in SIGNALS})


CONTROLS = ("cooldown", "quiet", "stop", "owner")
"""Controls of a rule beside how often it fires."""

HOW = ("seeded", "edited", "rolled_back", "file", "imported", "shell")
"""How a version of the configuration came about."""

ASKING_STEPS = ("type", "ask", "label", "choices")
"""Steps of putting a question together."""

STEPS = ("when", "if", "then", "name")
"""Steps of putting a rule together."""


def parts() -> frozenset[str]:
    """Return the names of the values that the menu edits, and of the places that it names."""
    models = (*condition_models().values(), *action_models().values(), Rule)
    settings = (Target, Ladder, Hours, Holidays, General, Quiet, Words, Playbook, FactAsked)
    skipped = {"thing", "things"}
    edited = {
        one.label
        for model in models
        for one in fields_of(model).values()
        if one.kind not in skipped
    }
    named = {one.label for model in settings for one in fields_of(model).values()}
    return frozenset(edited | named)


@cache
def families() -> dict[str, frozenset[str]]:
    """Return what may follow each prefix, or precede each suffix, that the code builds on."""
    facts = {fact.id for fact in asked()} | set(SLOT_TO_FACT.values()) | set(NOTED)
    choices = {one for fact in asked() for one in fact.choices}
    categories = {*CATEGORIES, *(book.id for book in playbooks())}
    statuses = [status.value for status in Status]
    holes: dict[str, Any] = {
        "card.": PRESSES,
        "still.": STILL,
        "still.button.": STILL,
        "paused.": REASONS,
        "waits_for.": REASONS,
        "card.status.": statuses,
        "category.": categories,
        "check.": verifying.CHECKS,
        "choice.": choices | {"yes", "no"},
        "clear.": CLEARS,
        "command.": COMMANDS,
        "danger.advice.": SAFETY_KINDS,
        "danger_state.": DANGER_STATES,
        "fact.": facts,
        "grade.": [grade.value for grade in Grade],
        "grade_mark.": [grade.value for grade in Grade],
        "language.": LANGUAGES,
        "menu.": ("person", "cases", "add"),
        "next.": statuses,
        "profile.": ("description", "short"),
        "promise.": PROMISES,
        "outside.": (*OUTSIDE, "other"),
        "prompt.": PROMPTED,
        "remedy.": {*REMEDIES, *(one for book in playbooks() for one in book.remedies)},
        "role.": [role.value for role in Role],
        "why.": explanations(),
        "claim.": [claim.value for claim in Claim],
        "alike.": (*ALIKE_BY, ALONE),
        "action_state.": ("proposed", "declined", "open", "done", "verified"),
        "approval_state.": ("asked", "approved", "declined"),
        "since.": get_args(Event),
        "field.": ("grade", "category", "status", "level"),
        "span.": {*UNITS, *(f"{unit}.one" for unit in UNITS), "day_end"},
        "side.": verifying.SIDES,
        "sorry.": categories,
        "status.": statuses,
        "action.": action_models(),
        "action_name.": action_models(),
        "cond.": set(condition_models()) - NESTS,
        "nest.": NESTS,
        "cond_name.": set(condition_models()) - NESTS,
        "config_part.": set(Config.model_fields) - SET_BY_APPLYING,
        "control.": {*options(Rule.model_fields["once"].annotation), *CONTROLS},
        "danger_kind.": SAFETY_KINDS,
        "how.": HOW,
        "new.next.": STEPS,
        "once.": options(Rule.model_fields["once"].annotation),
        "part.": parts(),
        "role_name.": [role.value for role in Role],
        "rule_name.": [rule.id for rule in rules()],
        "section.": SECTIONS,
        "signal.": get_args(Signal),
        "tell.": TOLD,
        "asking.next.": ASKING_STEPS,
        "asking_step.": ASKING_STEPS,
        "fact_type.": get_args(FactType),
        "sample.": WORDED,
        "text.stands.": ("own", "shipped", "elsewhere"),
        "text_fault.": FAULTS,
        "word_list.": KINDS,
        "trigger.": get_args(Trigger),
        "row_name.": ROWS,
        "about.": fields_of(General),
        "country.": COUNTRIES,
        "role_title.": [role.value for role in Role],
        "target_part.": LENGTHS,
        "weekday.": WEEKDAYS,
        "wrong.": (),  # named where they are raised
    }
    return {hole: frozenset(values) for hole, values in holes.items()}
