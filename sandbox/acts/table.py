"""Acts by name, as the control address takes them: a table of name → function of fields."""

from collections.abc import Callable
from typing import Any

from sandbox.acts import CannotDo, manage, press, talk
from sandbox.model import Chat, Json, Stored, User
from sandbox.views import chat_view, item_view, reactions_view, topic_view, user_view
from sandbox.world import World

_PRIVATE = frozenset({"do", "user", "chat", "thread", "reply_to", "quote", "kind", "data"})


class Asked:
    """The fields of one act."""

    def __init__(self, world: World, fields: Json) -> None:
        """Read from `fields`."""
        self.world = world
        self.fields = fields

    def need(self, name: str) -> Any:
        """Return a field that must be there."""
        if self.fields.get(name) is None:
            message = f"{self.fields.get('do')} needs {name!r}"
            raise CannotDo(message)
        return self.fields[name]

    def number(self, name: str) -> int:
        """Return an id that must be there."""
        value = self.need(name)
        if not str(value).lstrip("-").isdigit():
            message = f"{name!r} must be a number, not {value!r}"
            raise CannotDo(message)
        return int(value)

    def maybe(self, name: str) -> int | None:
        """Return an id that may be there."""
        return None if self.fields.get(name) is None else self.number(name)

    def person(self, name: str = "user") -> User:
        """Find a user."""
        user = self.world.users.get(self.number(name))
        if user is None:
            message = f"there is no user {self.fields[name]}"
            raise CannotDo(message)
        return user

    @property
    def user(self) -> User:
        """Who acts."""
        return self.person()

    def chat_named(self, name: str) -> Chat:
        """Find a chat, by default the private one."""
        chat_id = self.maybe(name)
        chat = self.world.chats.get(self.user.id if chat_id is None else chat_id)
        if chat is None:
            message = f"there is no chat {chat_id}"
            raise CannotDo(message)
        return chat

    @property
    def chat(self) -> Chat:
        """Where."""
        return self.chat_named("chat")

    @property
    def group(self) -> Chat:
        """Where, a group."""
        self.need("chat")
        if self.chat.user is not None:
            message = "that is not a group"
            raise CannotDo(message)
        return self.chat

    @property
    def message(self) -> Stored:
        """Which message."""
        return talk.found(self.chat, self.number("message"))

    @property
    def place(self) -> dict[str, Any]:
        """Topic, reply and quote."""
        return {
            "thread": self.maybe("thread"),
            "reply_to": self.maybe("reply_to"),
            "quote": self.fields.get("quote"),
        }


def _create_user(a: Asked) -> Json:
    rest = {name: a.fields.get(name) for name in ("last_name", "username", "language_code")}
    try:
        return user_view(a.world.add_user(str(a.need("name")), user_id=a.maybe("id"), **rest))
    except ValueError as error:
        raise CannotDo(str(error)) from None


def _start(a: Asked) -> Json:
    return item_view(talk.start(a.world, a.user, a.fields.get("payload")))


def _say(a: Asked) -> Json:
    return item_view(
        talk.say(
            a.world,
            a.user,
            a.chat,
            str(a.need("text")),
            parse_mode=a.fields.get("parse_mode"),
            **a.place,
        )
    )


def _send(a: Asked) -> Json:
    fields = {
        name: value
        for name, value in a.fields.items()
        if name not in _PRIVATE and value is not None
    }
    content, media = talk.content_for(a.world, str(a.need("kind")), fields, a.fields.get("data"))
    return item_view(talk.post(a.world, a.user, a.chat, content, media=media, **a.place))


def _album(a: Asked) -> list[Json]:
    items = a.fields.get("items") or [{"kind": "photo"} for _ in range(a.number("count"))]
    if not 2 <= len(items) <= 10:  # noqa: PLR2004  (an album's size)
        message = "an album has 2 to 10 items"
        raise CannotDo(message)
    if a.fields.get("caption"):
        items = [{**items[0], "caption": a.fields["caption"]}, *items[1:]]
    sent = talk.album(
        a.world, a.user, a.chat, items, thread=a.maybe("thread"), reply_to=a.maybe("reply_to")
    )
    return [item_view(one) for one in sent]


def _press(a: Asked) -> Json:
    stored = a.chat.messages.get(a.number("message"))
    if stored is None:
        message = f"there is no message {a.fields['message']} in this chat"
        raise CannotDo(message)
    button = press.button_at(
        stored,
        row=a.maybe("row"),
        col=a.maybe("col") or 0,
        data=a.fields.get("data"),
        label=a.fields.get("label"),
    )
    if "url" in button:
        return {"url": button["url"]}
    if "copy_text" in button:
        return {"copy_text": button["copy_text"]["text"]}
    return {"callback_query_id": press.press(a.world, a.user, stored, button).id}


def _edit(a: Asked) -> Json:
    text = a.fields.get("text", a.fields.get("caption"))
    return item_view(talk.edit(a.world, a.user, a.message, str(text or "")))


def _delete(a: Asked) -> bool:
    talk.delete(a.world, a.user, a.message)
    return True


def _react(a: Asked) -> list[Json]:
    stored = a.message
    emoji = a.fields.get("emoji") or []
    talk.react(a.world, a.user, stored, [emoji] if isinstance(emoji, str) else list(emoji))
    return reactions_view(stored)


def _forward(a: Asked) -> Json:
    stored = talk.found(a.chat_named("from_chat"), a.number("message"))
    return item_view(talk.forward(a.world, a.user, stored, a.chat, a.maybe("thread")))


def _pin(a: Asked) -> bool:
    talk.pin(a.world, a.user, a.message)
    return True


def _block(a: Asked) -> Json:
    talk.set_blocked(a.world, a.user, blocked=a.fields["do"] == "block")
    return user_view(a.user)


def _deactivate(a: Asked) -> Json:
    a.user.deactivated = True
    a.world.tell_user(a.user)
    return user_view(a.user)


def _language(a: Asked) -> Json:
    a.user.language_code = str(a.need("language_code"))
    a.world.tell_user(a.user)
    return user_view(a.user)


def _rename(a: Asked) -> Json:
    a.user.first_name = str(a.need("name"))
    a.world.tell_user(a.user)
    return user_view(a.user)


def _group_view(a: Asked, chat: Chat | None = None) -> Json:
    return chat_view(chat or a.group, a.world.bot)


def _create_group(a: Asked) -> Json:
    people = []
    for one in a.fields.get("members") or []:
        user = a.world.users.get(one)
        if user is None:
            message = f"there is no user {one}"
            raise CannotDo(message)
        people.append(user)
    title, forum, basic = (
        str(a.need("title")),
        bool(a.fields.get("forum")),
        bool(a.fields.get("basic")),
    )
    chat = manage.create_group(a.world, a.user, title, members=people, forum=forum, basic=basic)
    if a.fields.get("bot"):
        manage.add(a.world, chat, a.user, a.world.bot)
    if a.fields.get("bot") == "admin":
        manage.promote(a.world, chat, a.user, a.world.bot, None)
    return chat_view(chat, a.world.bot)


def _add_bot(a: Asked) -> Json:
    manage.add(a.world, a.group, a.user, a.world.bot)
    if a.fields.get("admin"):
        manage.promote(a.world, a.group, a.user, a.world.bot, None)
    return _group_view(a)


def _remove_bot(a: Asked) -> Json:
    manage.remove(a.world, a.group, a.user, a.world.bot)
    return _group_view(a)


def _promote_bot(a: Asked) -> Json:
    rights = a.fields.get("rights", True)
    if rights is False:
        manage.demote(a.world, a.group, a.user, a.world.bot)
    else:
        manage.promote(a.world, a.group, a.user, a.world.bot, None if rights is True else rights)
    return _group_view(a)


def _add_member(a: Asked) -> Json:
    manage.add(a.world, a.group, a.user, a.person("member"))
    return _group_view(a)


def _remove_member(a: Asked) -> Json:
    manage.remove(a.world, a.group, a.user, a.person("member"))
    return _group_view(a)


def _set_role(a: Asked) -> Json:
    if a.need("status") == "administrator":
        manage.promote(a.world, a.group, a.user, a.person("member"), None)
    else:
        manage.demote(a.world, a.group, a.user, a.person("member"))
    return _group_view(a)


def _anonymous(a: Asked) -> Json:
    manage.set_anonymous(a.world, a.group, a.user, on=bool(a.fields.get("on", True)))
    return _group_view(a)


def _set_forum(a: Asked) -> Json:
    return _group_view(
        a, manage.set_forum(a.world, a.group, a.user, on=bool(a.fields.get("on", True)))
    )


def _create_topic(a: Asked) -> Json:
    return topic_view(manage.create_topic(a.world, a.group, a.user, str(a.need("name"))))


def _rename_topic(a: Asked) -> Json:
    return topic_view(
        manage.rename_topic(a.world, a.group, a.user, a.number("thread"), str(a.need("name")))
    )


def _close_topic(a: Asked) -> bool:
    manage.close_topic(
        a.world, a.group, a.user, a.number("thread"), closed=a.fields["do"] == "close_topic"
    )
    return True


def _delete_topic(a: Asked) -> bool:
    manage.delete_topic(a.world, a.group, a.user, a.number("thread"))
    return True


def _upgrade(a: Asked) -> Json:
    return _group_view(a, manage.upgrade(a.world, a.group, a.user))


def _rename_group(a: Asked) -> Json:
    manage.rename(a.world, a.group, a.user, str(a.need("title")))
    return _group_view(a)


def _available_reactions(a: Asked) -> Json:
    emoji = a.fields.get("emoji")
    a.group.available_reactions = None if emoji is None else frozenset(emoji)
    a.world.tell_chat(a.group)
    return _group_view(a)


ACTS: dict[str, Callable[[Asked], Any]] = {
    "create_user": _create_user,
    "start": _start,
    "say": _say,
    "send": _send,
    "album": _album,
    "press": _press,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "forward": _forward,
    "pin": _pin,
    "block": _block,
    "unblock": _block,
    "deactivate": _deactivate,
    "language": _language,
    "rename": _rename,
    "create_group": _create_group,
    "add_bot": _add_bot,
    "remove_bot": _remove_bot,
    "promote_bot": _promote_bot,
    "add_member": _add_member,
    "remove_member": _remove_member,
    "set_role": _set_role,
    "anonymous": _anonymous,
    "set_forum": _set_forum,
    "create_topic": _create_topic,
    "rename_topic": _rename_topic,
    "close_topic": _close_topic,
    "reopen_topic": _close_topic,
    "delete_topic": _delete_topic,
    "upgrade": _upgrade,
    "rename_group": _rename_group,
    "available_reactions": _available_reactions,
}


def perform(world: World, fields: Json) -> Any:
    """Do one act."""
    act = ACTS.get(str(fields.get("do")))
    if act is None:
        message = f"there is no act {fields.get('do')!r}; there are: {', '.join(sorted(ACTS))}"
        raise CannotDo(message)
    return act(Asked(world, fields))
