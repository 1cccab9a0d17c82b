"""People and groups for in-process tests, so that a test reads as a transcript.

Acts change the world at once; waiting for the bot is `Sandbox.until`.
"""

from typing import Any, Self

from sandbox.acts import CannotDo, manage, press, talk
from sandbox.membership import usual_rights
from sandbox.model import Chat, Press, Stored, Topic, User
from sandbox.world import World

Ref = Stored | int | None


def _id(message: Ref) -> int | None:
    return message.message_id if isinstance(message, Stored) else message


class Actor:
    """One person in one chat."""

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        """Speak as `user` in `chat`."""
        self.world = world
        self.user = user
        self._chat = chat

    @property
    def chat(self) -> Chat:
        """The chat this person acts in; follows a group that became a supergroup."""
        while self._chat.migrated_to is not None:
            self._chat = self.world.chats[self._chat.migrated_to]
        return self._chat

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    def says(
        self,
        text: str,
        *,
        thread: int | None = None,
        reply_to: Ref = None,
        quote: str | None = None,
        parse_mode: str | None = None,
    ) -> Stored:
        """Type a message, or press a reply-keyboard button, which is the same."""
        return talk.say(
            self.world,
            self.user,
            self.chat,
            text,
            thread=thread,
            reply_to=_id(reply_to),
            quote=quote,
            parse_mode=parse_mode,
        )

    def sends(
        self,
        kind: str,
        *,
        thread: int | None = None,
        reply_to: Ref = None,
        data: bytes | None = None,
        quote: str | None = None,
        **fields: Any,
    ) -> Stored:
        """Send anything that is not text."""
        content, media = talk.content_for(self.world, kind, fields, data)
        return talk.post(
            self.world,
            self.user,
            self.chat,
            content,
            thread=thread,
            reply_to=_id(reply_to),
            quote=quote,
            media=media,
        )

    def sends_photo(self, caption: str | None = None, **rest: Any) -> Stored:
        """Send a photo."""
        return self.sends("photo", caption=caption, **rest)

    def sends_voice(self, **rest: Any) -> Stored:
        """Send a voice message."""
        return self.sends("voice", **rest)

    def sends_album(
        self,
        count: int = 2,
        caption: str | None = None,
        *,
        kind: str = "photo",
        thread: int | None = None,
        reply_to: Ref = None,
    ) -> list[Stored]:
        """Send several photos as one album, the caption on the first."""
        items = [{"kind": kind, "caption": caption if n == 0 else None} for n in range(count)]
        return talk.album(
            self.world, self.user, self.chat, items, thread=thread, reply_to=_id(reply_to)
        )

    def edits(self, message: Stored | int, text: str) -> Stored:
        """Change one's own message."""
        return talk.edit(self.world, self.user, self._found(message), text)

    def deletes(self, message: Stored | int) -> None:
        """Delete a message; the bot never hears of it."""
        talk.delete(self.world, self.user, self._found(message))

    def reacts(self, message: Stored | int, *emoji: str) -> None:
        """React with emoji; none takes the reaction back."""
        talk.react(self.world, self.user, self._found(message), list(emoji))

    def forwards(self, message: Stored, *, thread: int | None = None) -> Stored:
        """Forward a message from anywhere into this chat."""
        return talk.forward(self.world, self.user, message, self.chat, thread)

    def pins(self, message: Stored | int) -> None:
        """Pin a message."""
        talk.pin(self.world, self.user, self._found(message))

    def presses(
        self,
        label: str | None = None,
        *,
        message: Ref = None,
        data: str | None = None,
        inaccessible: bool = False,
    ) -> Press:
        """Press the button with this label, or a part of it, on the latest message showing one."""
        stored = self._showing(label, data) if message is None else self._any(message)
        try:
            button = press.button_at(stored, label=label, data=data)
            return press.press(self.world, self.user, stored, button, inaccessible=inaccessible)
        except CannotDo as error:
            raise AssertionError(str(error)) from None

    def _showing(self, label: str | None, data: str | None) -> Stored:
        shown: list[str] = []
        for stored in reversed(self.chat.messages.values()):
            if stored.deleted or not stored.buttons:
                continue
            shown += stored.labels
            try:
                press.button_at(stored, label=label, data=data)
            except CannotDo:
                continue
            return stored
        there = ", ".join(shown) or "none"
        message = f"no button {label or data!r} before {self.user.first_name}; there are: {there}"
        raise AssertionError(message)

    def _any(self, message: Stored | int) -> Stored:
        return message if isinstance(message, Stored) else self.chat.messages[message]

    def _found(self, message: Stored | int) -> Stored:
        return talk.found(self.chat, message.message_id if isinstance(message, Stored) else message)

    @property
    def screen(self) -> list[Stored]:
        """What this person sees here, oldest first."""
        return [stored for stored in self.chat.messages.values() if not stored.deleted]

    @property
    def last(self) -> Stored:
        """The latest message here."""
        return self.screen[-1]

    @property
    def heard(self) -> list[str]:
        """The texts (or captions) of the bot's messages here, oldest first."""
        return [stored.text for stored in self.screen if stored.from_bot and not stored.service]

    @property
    def buttons(self) -> list[str]:
        """The labels of the latest message that has buttons."""
        return next((stored.labels for stored in reversed(self.screen) if stored.labels), [])

    @property
    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard now shown to this person."""
        shown = self.chat.keyboards.get(self.user.id) or self.chat.keyboards.get(None) or {}
        return [key["text"] for row in shown.get("keyboard", ()) for key in row]

    @property
    def toasts(self) -> list[str]:
        """The non-empty answers to this person's presses, alerts among them."""
        return [
            text for answered, text, _ in self.world.answers if answered.user is self.user and text
        ]

    @property
    def alerts(self) -> list[str]:
        """The answers that came as an alert."""
        return [
            text
            for answered, text, alert in self.world.answers
            if answered.user is self.user and alert
        ]


class Person(Actor):
    """A person in the private chat with the bot."""

    def __init__(self, world: World, user: User) -> None:
        """Stand before the bot."""
        super().__init__(world, user, world.chats[user.id])

    def starts(self, payload: str | None = None) -> Stored:
        """Open the bot and press Start."""
        return talk.start(self.world, self.user, payload)

    def blocks(self) -> Self:
        """Block the bot."""
        talk.set_blocked(self.world, self.user, blocked=True)
        return self

    def unblocks(self) -> Self:
        """Let the bot back."""
        talk.set_blocked(self.world, self.user, blocked=False)
        return self

    def deletes_account(self) -> Self:
        """Leave Telegram for good."""
        self.user.deactivated = True
        self.world.tell_user(self.user)
        return self

    def speaks(self, language_code: str | None) -> Self:
        """Change the language of the app."""
        self.user.language_code = language_code
        self.world.tell_user(self.user)
        return self

    def at(self, group: "Group") -> Actor:
        """Act in a group instead."""
        return Actor(self.world, self.user, group.chat)


class Group:
    """A group, seen from above."""

    def __init__(self, world: World, chat: Chat, owner: User) -> None:
        """Look at `chat`."""
        self.world = world
        self._chat = chat
        self.owner = owner

    @classmethod
    def create(
        cls,
        world: World,
        title: str,
        *,
        members: list[Person],
        forum: bool,
        basic: bool,
        owner: Person | None,
    ) -> Self:
        """Open a group; nobody there means somebody is invented to own it."""
        creator = (
            owner.user
            if owner is not None
            else members[0].user
            if members
            else world.add_user(f"Owner of {title}")
        )
        everybody = [one.user for one in members]
        chat = manage.create_group(
            world, creator, title, members=everybody, forum=forum, basic=basic
        )
        return cls(world, chat, creator)

    @property
    def chat(self) -> Chat:
        """The chat; follows an upgrade to a supergroup."""
        while self._chat.migrated_to is not None:
            self._chat = self.world.chats[self._chat.migrated_to]
        return self._chat

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    def add_bot(self, *, admin: bool = False, **rights: bool) -> Self:
        """Bring the bot in, as an administrator if asked or given rights."""
        manage.add(self.world, self.chat, self.owner, self.world.bot)
        if admin or rights:
            self.promote_bot(**rights)
        return self

    def promote_bot(self, **rights: bool) -> Self:
        """Make the bot an administrator with the usual rights, changed as said."""
        manage.promote(
            self.world, self.chat, self.owner, self.world.bot, {**usual_rights(), **rights}
        )
        return self

    def demote_bot(self) -> Self:
        """Make the bot an ordinary member."""
        manage.demote(self.world, self.chat, self.owner, self.world.bot)
        return self

    def remove_bot(self) -> Self:
        """Kick the bot."""
        manage.remove(self.world, self.chat, self.owner, self.world.bot)
        return self

    def add(self, *people: Person) -> Self:
        """Bring people in."""
        for person in people:
            manage.add(self.world, self.chat, self.owner, person.user)
        return self

    def remove(self, person: Person, *, kicked: bool = False) -> Self:
        """Let a person leave, or be kicked."""
        manage.remove(self.world, self.chat, self.owner if kicked else person.user, person.user)
        return self

    def promote(self, person: Person, **rights: bool) -> Self:
        """Make a person an administrator."""
        manage.promote(self.world, self.chat, self.owner, person.user, {**usual_rights(), **rights})
        return self

    def anonymous(self, person: Person, *, on: bool = True) -> Self:
        """Let an administrator write as the group."""
        manage.set_anonymous(self.world, self.chat, person.user, on=on)
        return self

    def set_forum(self, *, on: bool = True) -> Self:
        """Switch topics."""
        manage.set_forum(self.world, self.chat, self.owner, on=on)
        return self

    def upgrade(self) -> Self:
        """Make a basic group a supergroup."""
        manage.upgrade(self.world, self.chat, self.owner)
        return self

    def create_topic(self, name: str) -> Topic:
        """Open a topic by hand."""
        return manage.create_topic(self.world, self.chat, self.owner, name)

    def close_topic(self, thread: int) -> None:
        """Close a topic by hand."""
        manage.close_topic(self.world, self.chat, self.owner, thread, closed=True)

    def reopen_topic(self, thread: int) -> None:
        """Open a closed topic by hand."""
        manage.close_topic(self.world, self.chat, self.owner, thread, closed=False)

    def delete_topic(self, thread: int) -> None:
        """Delete a topic by hand; the bot never hears of it."""
        manage.delete_topic(self.world, self.chat, self.owner, thread)

    def allow_reactions(self, *emoji: str) -> Self:
        """Restrict reactions to these; call with none to forbid all."""
        self.chat.available_reactions = frozenset(emoji)
        self.world.tell_chat(self.chat)
        return self

    @property
    def topics(self) -> list[Topic]:
        """The topics, oldest first."""
        return list(self.chat.topics.values())

    def topic(self, name: str) -> Topic:
        """Find the newest topic with this in its name."""
        for topic in reversed(self.topics):
            if name in topic.name:
                return topic
        there = ", ".join(topic.name for topic in self.topics) or "none"
        message = f"no topic {name!r}; there are: {there}"
        raise AssertionError(message)

    def messages(self, thread: int | None = None) -> list[Stored]:
        """List the messages of one topic, or those in none (General)."""
        return [
            one for one in self.chat.messages.values() if one.thread == thread and not one.deleted
        ]

    @property
    def screen(self) -> list[Stored]:
        """All messages, oldest first."""
        return [one for one in self.chat.messages.values() if not one.deleted]
