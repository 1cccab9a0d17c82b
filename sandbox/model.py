"""The nouns of the sandbox: users, chats, members, topics, messages, media, presses.

Plain records; what happens to them is elsewhere. Bot API objects (`brief`, `body`) are dicts
that are replaced and never changed in place, so a queued update keeps the state it was made from.
"""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """An account: a person, the bot, or Telegram's own anonymous administrator."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    brief: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the Bot API object."""
        self.refresh()

    def refresh(self) -> None:
        """Make the Bot API `User` anew after a change."""
        brief: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            value = getattr(self, name)
            if value is not None:
                brief[name] = value
        self.brief = brief


@dataclass(slots=True)
class Member:
    """One user's standing in a group."""

    user: User
    status: str = "member"
    is_anonymous: bool = False
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """Whether this user is in the group now."""
        return self.status in {"creator", "administrator", "member"}

    @property
    def is_admin(self) -> bool:
        """Creator or administrator."""
        return self.status in {"creator", "administrator"}


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is that of the service message that created it."""

    thread: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    creator_id: int = 0
    created: Json = field(default_factory=dict)
    message_ids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Medium:
    """A file that Telegram holds."""

    file_id: str
    unique: str
    kind: str
    size: int
    mime_type: str
    file_name: str | None
    path: str
    data: bytes
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Stored:
    """A message as the world keeps it; `body` is the Bot API `Message`."""

    chat: "Chat"
    message_id: int
    body: Json
    thread: int | None
    sender_id: int
    from_bot: bool
    date: int
    media: tuple[Medium, ...] = ()
    deleted: bool = False
    service: bool = False
    protected: bool = False
    edit_hidden: bool = True  # only its buttons were changed so far: clients do not say "edited"
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Its text or caption, or nothing."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of its inline keyboard."""
        markup = self.body.get("reply_markup") or {}
        rows: list[list[Json]] = markup.get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """The labels of its inline buttons."""
        return [button["text"] for row in self.buttons for button in row]


@dataclass(slots=True)
class Chat:
    """A private chat with the bot, a basic group or a supergroup."""

    id: int
    type: str
    title: str | None = None
    user: User | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    deleted_topics: set[int] = field(default_factory=set)
    messages: dict[int, Stored] = field(default_factory=dict)
    keyboards: dict[int | None, Json] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    available_reactions: frozenset[str] | None = None
    migrated_to: int | None = None
    general_closed: bool = False
    last_id: int = 0
    brief: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the Bot API object."""
        self.refresh()

    def refresh(self) -> None:
        """Make the Bot API `Chat` anew after a change."""
        brief: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            for name in ("first_name", "last_name", "username"):
                value = getattr(self.user, name)
                if value is not None:
                    brief[name] = value
        else:
            brief["title"] = self.title
            if self.is_forum:
                brief["is_forum"] = True
        if self.type == "group":
            brief["all_members_are_administrators"] = False
        self.brief = brief


@dataclass(slots=True)
class Press:
    """A press of an inline button that waits for its answer."""

    id: str
    user: User
    chat: Chat
    message_id: int
    data: str
    at: float
    answered: bool = False
