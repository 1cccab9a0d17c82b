"""The desk itself: its configuration, where its rooms are, who works there.

`Config` is what admins decide (seeded from YAML, then kept in the database); `Desk` is that plus
what was learnt at run time. Frozen; handed to every decision.
"""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from bot.flows.calendar import Hours, Length, known_zone
from bot.flows.model import LADDER, Case, Frozen, Grade, Role, Staff, Team, Written
from bot.flows.playbooks import CATEGORIES, Playbook
from bot.flows.rules.model import Rule


class Target(Written):
    """One row of the policy table: how fast, for which cases. The first match holds."""

    name: str
    grade: Grade | None = None
    on_the_spot: bool | None = None
    danger: bool | None = None
    accept: Length
    first_answer: Length
    update: Length
    resolve: Length
    follow_up: Length

    def fits(self, case: Case) -> bool:
        """Whether this row is meant for the case."""
        return (
            self.grade in {None, case.grade}
            and self.on_the_spot in {None, case.on_the_spot}
            and self.danger in {None, bool(case.danger)}
        )


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
    settle_days: int = Field(default=7, ge=1)  # silence after "done as agreed?" that closes
    emergency: str = ""  # local number; "" takes the region's
    show_names: bool = False  # customers see the name of the one who answers

    _zone = field_validator("zone")(known_zone)


class Config(Written):
    """Everything admins decide, as one checked document."""

    version: int = 1
    general: General = General()
    hours: Hours = Hours()
    targets: tuple[Target, ...]
    playbooks: dict[str, Playbook]
    rules: tuple[Rule, ...]
    people: dict[int, Role] = {}  # roles by Telegram user id; whoever is not named is an agent

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = [one for one in CATEGORIES if one not in self.playbooks]
        if missing:
            msg = f"no playbook for {missing}: every category of the general pack needs one"
            raise ValueError(msg)
        if not any(
            (row.grade, row.on_the_spot, row.danger) == (None, None, None) for row in self.targets
        ):
            msg = "targets: the last row must fit every case (no grade, on_the_spot, danger)"
            raise ValueError(msg)
        ids = [rule.id for rule in self.rules]
        twice = {one for one in ids if ids.count(one) > 1}
        if twice:
            msg = f"rules: {sorted(twice)} stand there twice; give each its own id"
            raise ValueError(msg)
        return self

    def target(self, case: Case) -> Target:
        """Return the first row of the policy table that fits."""
        return next(row for row in self.targets if row.fits(case))

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


MEDICAL = {"CN": "120", "TW": "119", "SG": "995"}
FIRE = {"CN": "119", "TW": "119", "SG": "995"}
"""Where ambulance and fire have numbers of their own."""


class Desk(Frozen):
    """The desk at one moment: configuration, rooms and people."""

    config: Config
    team: Team = Team()
    staff: dict[int, Staff] = {}
    admins: tuple[int, ...] = ()
    username: str = ""  # the bot's own, for deep links
    offered: Config | None = None  # a changed DESK_CONFIG file that waits for an admin

    @property
    def general(self) -> General:
        """Shorthand for the general settings."""
        return self.config.general

    def emergency(self, danger: str = "") -> str:
        """Return the number to call in this kind of danger; 112 works in most mobile networks."""
        region = self.general.region
        special = FIRE if danger in {"fire", "smoke_electric", "trapped"} else MEDICAL
        return self.general.emergency or special.get(region) or EMERGENCY.get(region, "112")

    def member(self, user: int) -> Staff | None:
        """Return the member of staff with that user id; admins count as staff."""
        known = self.staff.get(user)
        role = self.config.people.get(user)
        if role is not None:
            known = (known or Staff(id=user, name="")).but(role=role)
        if user in self.admins:
            base = known or Staff(id=user, name="", private=True)
            return base.but(role=Role.ADMIN, gone=False)
        return known if known is None or not known.gone else None

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

    def people(self, role: Role, *, exactly: bool = False) -> tuple[int, ...]:
        """Return who can be reached in private at this role, or at the next one above."""
        for rank in LADDER[LADDER.index(role) :]:
            if rank is Role.ADMIN:
                break
            found = self._private(rank)
            if found or exactly:
                return found
        return self.admins or self._private(Role.ADMIN)

    def _private(self, role: Role) -> tuple[int, ...]:
        crew = (self.member(user) for user in self.staff)
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
