"""The desk itself: its configuration, where its rooms are, who works there.

`Config` is what admins decide (seeded from YAML, then kept in the database); `Desk` is that plus
what was learnt at run time. Frozen; handed to every decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from bot.flows.calendar import Hours, known_zone
from bot.flows.checks import Named, check_rules, check_targets
from bot.flows.effects import Label
from bot.flows.frozen import Frozen, Written
from bot.flows.model import Case
from bot.flows.people import LADDER, Role, Staff, Team
from bot.flows.playbooks import CATEGORIES, Playbook
from bot.flows.records import CorrectiveAction, Crisis
from bot.flows.rules.model import Rule
from bot.flows.rules.quiet import Quiet
from bot.flows.rules.timing import Timed
from bot.flows.session import AdminSession
from bot.flows.targets import Ladder, Target, row_of
from bot.flows.versions import Applied
from bot.flows.words import Wording, Words, wording
from bot.flows.wrong import WrongError

Language = Literal["en", "zh_Hans", "zh_Hant"]


class General(Written):
    """Settings of the desk as a whole. Lengths are seconds where named so."""

    name: str = "Complaint desk"
    zone: str = "UTC"
    region: str = Field(default="US", pattern=r"^[A-Z]{2}$")
    language: Language = "en"
    staff_language: Language = "en"
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    pause_seconds: int = Field(default=20, ge=5)  # silence that ends a story
    silence_seconds: int = Field(default=900, ge=60)  # silence after which a story is filed
    accept_seconds: int = Field(default=900, ge=60)  # a transfer not accepted comes back
    danger_climb_seconds: int = Field(default=300, ge=60)  # next level while nobody has it
    hold_seconds: int = Field(default=5, ge=0, le=60)  # an answer waits so long; 0: not at all
    settle_days: int = Field(default=7, ge=1)  # silence after "done as agreed?" that closes
    emergency: str = ""  # local number; "" takes the region's
    show_names: bool = False  # customers see the name of the one who answers

    _zone = field_validator("zone")(known_zone)


class Group(Written):
    """A group of customers: by Telegram user id, or by the deep link they came in by."""

    users: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()


class Webhook(Written):
    """Where a rule may report a case: an address, and the secret that signs what is posted."""

    url: str = Field(pattern=r"^https?://[^\s/]+\S*$", max_length=500)
    secret: str = Field(min_length=8, max_length=200)


COUNTED = frozenset({"targets_version"})
"""Parts of a configuration that the desk counts itself: no file has them."""


class Config(Written):
    """Everything admins decide, as one checked document."""

    version: int = 1
    general: General = General()
    hours: Hours = Hours()
    quiet: Quiet | None = None
    targets: tuple[Target, ...]
    targets_version: int = 1  # the last whose targets open cases follow as well as new ones
    ladder: Ladder = Ladder()
    playbooks: dict[str, Playbook]
    rules: tuple[Rule, ...]
    groups: dict[str, Group] = {}
    words: Words = Words()
    texts: dict[str, dict[str, str]] = {}  # own wording: language -> text id -> text
    people: dict[int, Role] = {}  # roles by Telegram user id; whoever is not named is an agent
    webhooks: dict[str, Webhook] = {}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = [one for one in CATEGORIES if one not in self.playbooks]
        if missing:
            said = f"no playbook for {missing}: every category of the general pack needs one"
            raise WrongError("playbook_missing", said, category=Label(f"category.{missing[0]}"))
        rows = [row.name for row in self.targets]
        there = Named(self.playbooks.keys(), self.groups.keys(), rows, self.webhooks.keys())
        check_targets(self.targets, there)
        check_rules(self.rules, there)
        return self

    def target(self, case: Case) -> Target:
        """Return the row of the policy table that a rule chose, or the first one that fits."""
        return row_of(self.targets, case)

    def group_of(self, customer: int, source: str) -> str:
        """Return the group of customers somebody belongs to, "" for none."""
        for name, group in self.groups.items():
            if customer in group.users or (source and source in group.sources):
                return name
        return ""

    def but(self, **changes: Any) -> Self:
        """Return the same configuration with these parts replaced."""
        new = super().but(**changes)
        new.__dict__.pop("timed", None)
        new.__dict__.pop("_wordings", None)
        return new

    @cached_property
    def _wordings(self) -> dict[str, Wording]:
        return {}

    def wording(self, language: str) -> Wording:
        """Return the desk's own texts for readers of a language."""
        known = self._wordings
        if language not in known:
            known[language] = wording(self.texts, language, self.general.language)
        return known[language]

    @cached_property
    def timed(self) -> Timed:
        """What is worked out of the rules once rather than at every event."""
        return Timed.of(self.rules)

    @property
    def usual(self) -> Target:
        """The row that fits every case."""
        return next(row for row in self.targets if row.general)

    def playbook(self, case: Case) -> Playbook:
        """Return the playbook of the case's category (of `other` if that one was removed)."""
        return self.playbooks.get(case.category) or self.playbooks["other"]


EMERGENCY = {
    # SPEC section 9 for the Chinese-speaking regions; elsewhere the national emergency number.
    "CN": "120 / 119 / 110",
    "TW": "119 / 110",
    "HK": "999",
    "MO": "999",
    "US": "911",
    "CA": "911",
    "GB": "999",
    "SG": "995 / 999",
    "AU": "000",
    "NZ": "111",
}


OUTSIDE = ("CN", "HK", "TW")
"""Where an outside body is named (SPEC section 9); elsewhere the text speaks of any such body."""


MEDICAL = {"CN": "120", "TW": "119", "SG": "995"}
FIRE = {"CN": "119", "TW": "119", "SG": "995"}
POLICE = {"CN": "110", "TW": "110", "SG": "999"}
"""Where ambulance, fire and police have numbers of their own."""
NUMBERS = {"fire": FIRE, "smoke_electric": FIRE, "trapped": FIRE, "violence": POLICE}
"""Whom to call in which danger; the ambulance in every other."""


class Desk(Frozen):
    """The desk at one moment: configuration, rooms and people."""

    config: Config
    team: Team = Team()
    staff: dict[int, Staff] = {}
    operators: tuple[int, ...] = ()  # admins whom the operator's settings name: theirs to take out
    redeemed: tuple[int, ...] = ()  # admins by the set-up code
    username: str = ""  # the bot's own, for deep links
    offered: Config | None = None  # a changed DESK_CONFIG file that waits for an admin
    crises: dict[int, Crisis] = {}
    actions: dict[int, CorrectiveAction] = {}
    sessions: dict[int, AdminSession] = {}  # menus of admins, by user id
    applied: tuple[Applied, ...] = ()  # the last versions that came into force, oldest first

    @property
    def general(self) -> General:
        """Shorthand for the general settings."""
        return self.config.general

    @property
    def admins(self) -> tuple[int, ...]:
        """Who may change the configuration: never nobody, where anybody ever could."""
        return self.admins_with(self.config.people) or self.redeemed

    def admins_with(self, people: Mapping[int, Role]) -> tuple[int, ...]:
        """Return who is an admin with these roles.

        A role given in the configuration goes before the set-up code, so it can be taken back.
        """
        by_code = [one for one in self.redeemed if people.get(one, Role.ADMIN) is Role.ADMIN]
        by_role = [one for one, role in people.items() if role is Role.ADMIN]
        return tuple(dict.fromkeys((*self.operators, *by_code, *by_role)))

    def crisis_of(self, case: Case) -> Crisis | None:
        """Return the crisis that a case is part of while it lasts."""
        found = self.crises.get(case.crisis) if case.crisis is not None else None
        return found if found is not None and found.open else None

    def emergency(self, danger: str = "") -> str:
        """Return the number to call in this kind of danger; 112 works in most mobile networks."""
        region = self.general.region
        special = NUMBERS.get(danger, MEDICAL)
        return self.general.emergency or special.get(region) or EMERGENCY.get(region, "112")

    @property
    def outside(self) -> str:
        """The region whose outside body a customer may turn to; the text is `outside.<it>`."""
        return self.general.region if self.general.region in OUTSIDE else "other"

    def member(self, user: int) -> Staff | None:
        """Return the member of staff with that user id; admins count as staff."""
        known = self.staff.get(user)
        role = self.config.people.get(user)
        if known is not None and known.role is Role.ADMIN:
            known = known.but(role=Role.AGENT)  # an admin is who is one now, not who once was
        if role is not None:
            known = (known or Staff(id=user, name="")).but(role=role)
        if user in self.admins:
            base = known or Staff(id=user, name="", private=True)
            return base.but(role=Role.ADMIN, gone=False)
        return known if known is None or not known.gone else None

    def present(self, user: int, at: datetime) -> Staff | None:
        """Return the member of staff if they are there: not gone, not away."""
        member = self.member(user)
        away = member is not None and member.away_until is not None and member.away_until > at
        return None if away else member

    def rooms(self, case: Case) -> tuple[int, ...]:
        """Return the chats where staff see this case.

        A case that accuses a member of staff stays out of the team chat: it goes to the managers'
        chat, else privately to its owner, else to every manager, else to the admins.
        """
        if not case.accused:
            chat = self.team.chat
            return self.people(Role.ADMIN) if chat is None or self.team.lost else (chat,)
        if self.team.managers_chat is not None:
            return (self.team.managers_chat,)
        owner = self.member(case.owner) if case.owner is not None else None
        if owner is not None and owner.ranks(Role.MANAGER):
            return (owner.id,)
        return self.people(Role.MANAGER, exactly=True) or self.people(Role.ADMIN)

    def room_set(self, case: Case) -> int:
        """Return which choice of a room holds for this case."""
        return self.team.managers_set if case.accused else self.team.team_set

    def has_topics(self, chat: int) -> bool:
        """Whether cases get topics of their own in that chat."""
        if chat == self.team.chat:
            return self.team.forum and self.team.topics
        team = self.team
        return chat == team.managers_chat and team.managers_forum and team.managers_topics

    def people(
        self, role: Role, *, exactly: bool = False, at: datetime | None = None
    ) -> tuple[int, ...]:
        """Return who can be reached in private at this role, or at the next one above.

        With `at`, whoever is away then is passed over; the top is reached even so.
        """
        for rank in LADDER[LADDER.index(role) :]:
            if rank is Role.ADMIN:
                break
            found = self._private(rank, at)
            if found or exactly:
                return found
        there = tuple(one for one in self.admins if at is None or self.present(one, at))
        return there or self.admins or self._private(Role.ADMIN, None)

    def _private(self, role: Role, at: datetime | None) -> tuple[int, ...]:
        crew = (self.present(one, at) if at else self.member(one) for one in self.staff)
        people = (p for p in crew if p is not None and p.role is role)
        return tuple(p.id for p in people if p.private and not p.gone)

    def is_room(self, chat: int) -> bool:
        """Whether that chat is a room where staff work."""
        return chat in {self.team.chat, self.team.managers_chat}


def explain(error: ValidationError) -> str:
    """Say in one line what is wrong with a configuration, and where."""
    first: Any = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "the document"
    more = f" (and {len(error.errors()) - 1} more)" if len(error.errors()) > 1 else ""
    return f"{place}: {first['msg'].removeprefix('Value error, ')}{more}"
