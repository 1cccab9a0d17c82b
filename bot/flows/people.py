"""The desk's people: customers with their conversation, staff with their roles, their rooms.

Frozen values that the database keeps as JSON, with a `format` version beside a customer's.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.flows.frozen import Frozen

CUSTOMER_FORMAT = 1
"""Version of the stored form of a customer, draft conversation included."""


ABSENT = -(10**16)
"""A customer without a chat here has an id below this: beyond any that Telegram gives (52 bits)."""


class Role(StrEnum):
    """What a member of staff may do; the order of `LADDER` is the escalation ladder."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ADMIN = "admin"


LADDER = (Role.AGENT, Role.SUPERVISOR, Role.MANAGER, Role.ADMIN)


class Dialog(Frozen):
    """Where the conversation with one customer stands. `None` on the customer means idle."""

    step: str  # a key of `conversation.STEPS`
    case: int | None = None
    asking: str = ""  # fact id being asked, or the like
    failed: int = 0  # failed answers to this very question
    asked: tuple[str, ...] = ()  # facts asked so far, for Back and for progress
    picked: tuple[str, ...] = ()  # several-choice answers so far
    changing: bool = False  # came from "Change something": return to the summary
    said: int = 0  # messages since the step began


class Customer(Frozen):
    """Somebody who writes to the bot in private. `id` is both user id and private chat id."""

    id: int
    name: str = ""  # first name in Telegram
    address: str = ""  # how they asked to be addressed
    language: str = ""  # "" until their own words or a button decide
    spoken: bool = False  # their own words decided the language
    language_fixed: bool = False  # chosen by button
    region: str = ""
    reachable: bool = True  # False after they blocked the bot
    greeted: bool = False
    payload: str = ""  # deep-link payload of the last /start
    dialog: Dialog | None = None
    focus: int | None = None  # the case last spoken of
    menu: str = ""  # language in which the lasting keyboard was last shown
    seen_at: datetime | None = None

    @property
    def absent(self) -> bool:
        """Whether there is no chat with them here."""
        return self.id <= ABSENT


class Staff(Frozen):
    """A member of staff, known by Telegram user id."""

    id: int
    name: str
    role: Role = Role.AGENT
    language: str = ""
    away_until: datetime | None = None
    gone: bool = False  # they left the team rooms
    private: bool = False  # they opened a private chat with the bot, so it may write to them

    def ranks(self, role: Role) -> bool:
        """Whether they stand at this level of the ladder or above it."""
        return LADDER.index(self.role) >= LADDER.index(role)


class Offer(Frozen):
    """A group the bot was added to, that could become a team room."""

    title: str = ""
    forum: bool = False
    topics: bool = False  # the bot may make topics there
    admin: bool = False  # the bot is an admin there, so it sees every message


class Team(Frozen):
    """Where staff work, learnt at run time; kept in the settings."""

    chat: int | None = None
    forum: bool = False
    title: str = ""
    managers_chat: int | None = None
    managers_forum: bool = False
    setup_code: str = ""
    lost: bool = False  # the bot was removed from the team chat
    topics: bool = True  # topics can be made (the bot has the right)
    managers_topics: bool = True
    team_set: int = 0  # how often an admin chose the team chat: open cases follow
    managers_set: int = 0
    offers: dict[int, Offer] = {}
