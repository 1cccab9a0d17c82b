"""The state of everything and the few primitive changes to it: post, change, remove, react.

Who may do what is decided elsewhere: `methods` for the bot, `acts` for people.
Every change ends in `tell`, which wakes those who wait and feeds the live view.
"""

import asyncio
import itertools
import random
from collections import deque
from typing import TYPE_CHECKING, Any

from sandbox.clock import Clock
from sandbox.limits import ANONYMOUS_ADMIN_ID
from sandbox.media import Files
from sandbox.model import Chat, Json, Medium, Press, Stored, Topic, User
from sandbox.profile import Profile
from sandbox.sight import bot_sees
from sandbox.updates import Updates
from sandbox.views import chat_view, item_view, reactions_view, user_view

if TYPE_CHECKING:
    from collections.abc import Callable

_HIDDEN_IN_REPLY = frozenset({"reply_to_message"})


class World:
    """Users, chats, messages, files, updates and the clock of one bot's Telegram."""

    def __init__(
        self, clock: Clock, bot: User, *, history: int | None = None, seed: int = 1
    ) -> None:
        """Begin with the bot alone; `history` limits the messages kept per chat (None: all)."""
        self.clock = clock
        self.bot = bot
        self.history = history
        self.random = random.Random(seed)  # noqa: S311  (dice, not secrets)
        self.anonymous = User(
            ANONYMOUS_ADMIN_ID, "Group", username="GroupAnonymousBot", is_bot=True
        )
        self.users: dict[int, User] = {bot.id: bot, ANONYMOUS_ADMIN_ID: self.anonymous}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(clock)
        self.profile = Profile()
        self.webhook: Json = {}
        self.presses: dict[str, Press] = {}
        self.answers: deque[tuple[Press, str, bool]] = deque(maxlen=10_000)
        self.privacy = True
        self.inaccessible_after: float | None = 48 * 3600
        self.deleted_topic_text = "message thread not found"
        self.listeners: list[Callable[[Json], None]] = []
        self.seq = 0
        self._waiters: list[asyncio.Future[None]] = []
        self._user_ids = itertools.count(7_000_001)
        self._group_ids = itertools.count(4_000_001)
        self._supergroup_ids = itertools.count(1_002_000_000_001)
        self._press_ids = itertools.count(4_382_000_000_000_001)
        self._albums = itertools.count(13_900_000_000_000_001)
        self._account_message_id = 0
        clock.on_move.append(self._clock_moved)

    # Telling

    def tell(self, kind: str, **fields: Any) -> None:
        """Wake whoever waits for a change, and send it to the live view."""
        self.wake()
        if self.listeners:
            self.seq += 1
            event = {"type": kind, "seq": self.seq, **fields}
            for listener in self.listeners:
                listener(event)

    def wake(self) -> None:
        """Let every `until` look again."""
        if self._waiters:
            waiters, self._waiters = self._waiters, []
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    def next_change(self) -> asyncio.Future[None]:
        """Return a future that is done at the next change."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        return waiter

    def _clock_moved(self) -> None:
        self.tell("clock", clock=self.clock.face())

    def tell_user(self, user: User) -> None:
        """Show that a user is new or changed."""
        user.refresh()
        if user.id in self.chats:
            self.chats[user.id].refresh()
        self.tell("user", user=user_view(user) if self.listeners else None)

    def tell_chat(self, chat: Chat) -> None:
        """Show that a chat is new or changed."""
        chat.refresh()
        self.tell("chat", chat=chat_view(chat, self.bot) if self.listeners else None)

    def tell_bot(self) -> None:
        """Show that the bot itself has changed."""
        self.tell("bot", bot=self.bot_view())

    def bot_view(self) -> Json:
        """Shape the bot for the control address."""
        return self.profile.view(self.bot, privacy=self.privacy)

    # Users and chats

    def add_user(self, name: str, *, user_id: int | None = None, **rest: str | None) -> User:
        """Let a person be born, with the private chat that they may or may not open."""
        user = User(next(self._user_ids) if user_id is None else user_id, name, **rest)  # type: ignore[arg-type]
        if user.id in self.users:
            message = f"there is already a user {user.id}"
            raise ValueError(message)
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", user=user)
        self.tell_user(user)
        return user

    def add_chat(self, title: str, *, basic: bool = False) -> Chat:
        """Open an empty group."""
        chat_id = -next(self._group_ids) if basic else -next(self._supergroup_ids)
        chat = Chat(chat_id, "group" if basic else "supergroup", title)
        self.chats[chat_id] = chat
        return chat

    def new_message_id(self, chat: Chat) -> int:
        """Supergroups count for themselves, everything else along the bot's account."""
        if chat.type == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._account_message_id += 1
        return self._account_message_id

    def new_album(self) -> str:
        """Make a `media_group_id`."""
        return str(next(self._albums))

    def new_press(self, user: User, chat: Chat, message_id: int, data: str) -> Press:
        """Remember a press until it is answered; those long dead are forgotten."""
        press = Press(str(next(self._press_ids)), user, chat, message_id, data, self.clock.time())
        if len(self.presses) > 10_000:  # noqa: PLR2004  (a bound on memory only)
            self.presses.pop(next(iter(self.presses)))
        self.presses[press.id] = press
        return press

    # Messages

    def post(  # noqa: PLR0913  (the fields of a message)
        self,
        chat: Chat,
        sender: User,
        content: Json,
        *,
        thread: int | None = None,
        reply: Stored | None = None,
        media: tuple[Medium, ...] = (),
        service: bool = False,
        anonymous: bool = False,
    ) -> Stored:
        """Put a message into a chat in Telegram's shape; queue the update if the bot sees it."""
        message_id = self.new_message_id(chat)
        from_bot = sender is self.bot
        date = int(self.clock.time())
        shown = self.anonymous if anonymous else sender
        body: Json = {
            "message_id": message_id,
            "from": shown.brief,
            "chat": chat.brief,
            "date": date,
        }
        if anonymous:
            body["sender_chat"] = chat.brief
        self._place(body, chat, thread, reply)
        body.update(content)
        stored = Stored(
            chat, message_id, body, thread, sender.id, from_bot, date, media, service=service
        )
        self.keep(stored)
        if (not from_bot or service) and bot_sees(self.bot, stored, privacy=self.privacy):
            self.updates.put("message", body)
        self.tell("message", item=item_view(stored) if self.listeners else None)
        return stored

    def _place(self, body: Json, chat: Chat, thread: int | None, reply: Stored | None) -> None:
        topic = chat.topics.get(thread) if thread is not None else None
        if topic is not None:
            body["message_thread_id"] = thread
            body["is_topic_message"] = True
        if reply is not None:
            body["reply_to_message"] = quotable(reply.body)
            if chat.type == "supergroup" and not chat.is_forum:
                body["message_thread_id"] = reply.body.get("message_thread_id", reply.message_id)
        elif topic is not None and topic.created:
            body["reply_to_message"] = topic.created

    def keep(self, stored: Stored) -> None:
        """File a message in its chat and topic; forget the oldest where history is limited."""
        chat = stored.chat
        chat.messages[stored.message_id] = stored
        topic = chat.topics.get(stored.thread) if stored.thread is not None else None
        if topic is not None:
            topic.message_ids.append(stored.message_id)
        if self.history is not None and len(chat.messages) > 2 * self.history:
            chat.messages = dict(list(chat.messages.items())[-self.history :])

    def change(self, stored: Stored, body: Json, media: tuple[Medium, ...] | None = None) -> None:
        """Put a new body in place of the old one; a person's edit reaches the bot as an update."""
        stored.body = body
        if media is not None:
            stored.media = media
        if not stored.from_bot and bot_sees(self.bot, stored, privacy=self.privacy):
            self.updates.put("edited_message", body)
        self.tell("edited", item=item_view(stored) if self.listeners else None)

    def remove(self, chat: Chat, message_ids: list[int]) -> None:
        """Delete messages; the bot is not told, as at Telegram."""
        gone = []
        for message_id in message_ids:
            stored = chat.messages.get(message_id)
            if stored is not None and not stored.deleted:
                stored.deleted = True
                gone.append(message_id)
                if message_id in chat.pinned:
                    chat.pinned.remove(message_id)
        if gone:
            self.tell("deleted", chat_id=chat.id, message_ids=gone)

    def set_reactions(self, stored: Stored, user: User, emoji: list[str]) -> None:
        """Replace one user's reactions to a message."""
        old = stored.reactions.get(user.id, [])
        if emoji:
            stored.reactions[user.id] = emoji
        else:
            stored.reactions.pop(user.id, None)
        chat = stored.chat
        member = chat.members.get(self.bot.id)
        if user is not self.bot and (
            chat.user is not None or (member is not None and member.is_admin)
        ):
            update = {
                "chat": chat.brief,
                "message_id": stored.message_id,
                "user": user.brief,
                "date": int(self.clock.time()),
                "old_reaction": [{"type": "emoji", "emoji": one} for one in old],
                "new_reaction": [{"type": "emoji", "emoji": one} for one in emoji],
            }
            self.updates.put("message_reaction", update)
        self.tell(
            "reaction",
            chat_id=chat.id,
            message_id=stored.message_id,
            reactions=reactions_view(stored),
        )

    def add_topic(
        self, chat: Chat, creator: User, name: str, color: int, emoji_id: str | None = None
    ) -> Topic:
        """Create a topic through the service message whose id is the topic's id."""
        made: Json = {"name": name, "icon_color": color}
        if emoji_id is not None:
            made["icon_custom_emoji_id"] = emoji_id
        topic = Topic(chat.last_id + 1, name, color, emoji_id, creator_id=creator.id)
        chat.topics[topic.thread] = topic
        stored = self.post(
            chat, creator, {"forum_topic_created": made}, thread=topic.thread, service=True
        )
        topic.created = stored.body
        self.tell_chat(chat)
        return topic

    def remove_topic(self, chat: Chat, thread: int) -> None:
        """Delete a topic with everything in it."""
        topic = chat.topics.pop(thread)
        chat.deleted_topics.add(thread)
        self.remove(chat, topic.message_ids)
        self.tell("topic_deleted", chat_id=chat.id, thread=thread)
        self.tell_chat(chat)


def quotable(body: Json) -> Json:
    """Shape a message as it shows inside a reply: without its own reply."""
    if "reply_to_message" not in body:
        return body
    return {name: value for name, value in body.items() if name not in _HIDDEN_IN_REPLY}
