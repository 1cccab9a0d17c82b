"""Telegram in: poll, translate, one transaction for the batch, and only then confirm.

An update counts as received when its events are committed; the next poll's offset tells
Telegram so (commit, then confirm). It must never know what an event leads to, and it never logs
what people wrote.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from telegram import Update
from telegram.error import TelegramError

from bot.config import SettingsError
from bot.delivery import Line, line_state
from bot.flows.events import CustomerEdited, CustomerSaid, EventFailed, StaffCommanded
from bot.handlers import HANDLED, Me, plain, to_events
from bot.outage import FIRST_PAUSE, Outage
from bot.texts.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime, timedelta

    from telegram import Bot

    from bot.clock import Clock
    from bot.flows.events import Event
    from bot.flows.understanding import Facts

    Read = Callable[[str, datetime, str], Facts]

log = logging.getLogger(__name__)

ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
"""Kinds of updates asked for; the last two come only when asked for by name."""
POLL_SECONDS = 50
ANSWER_SECONDS = 15.0
"""How much longer than the poll itself its answer may take."""
BATCH = 100
READ_AT_ONCE = 600
"""Characters of a batch that are read on the spot: two milliseconds, as a worker costs."""
CONFLICTS_BORNE = 1
"""After a broken connection the first poll may meet its own ghost; a second poller stays."""

REFUSED = (
    "Telegram refuses this BOT_TOKEN: copy the token from @BotFather again (or check BOT_API_URL)."
)
TAKEN = (
    "Another program receives this bot's messages with the same BOT_TOKEN: "
    "stop it, then start this one again."
)


class Handles(Protocol):
    """The one verb (`bot.app.App`)."""

    async def handle(self, events: Sequence[Event]) -> tuple[Letter, ...]:
        """Decide and commit; return what is worth sending only now."""


class LineDownError(Exception):
    """Telegram cannot be asked just now."""

    def __init__(self, cause: TelegramError, asked: timedelta) -> None:
        """Keep what Telegram said and how long it asked to wait."""
        super().__init__(str(cause))
        self.cause = cause
        self.asked = asked


class Intake:
    """The loop that receives."""

    def __init__(  # noqa: PLR0913 - what it is composed of
        self,
        bot: Bot,
        app: Handles,
        clock: Clock,
        *,
        fling: Callable[[Sequence[Letter]], None],
        poke: Callable[[], None],
        menu: Callable[[], Mapping[str, str]] | None = None,
        read: Read | None = None,
        fetch: Callable[[Event], Awaitable[Event]] | None = None,
        poll_seconds: int = POLL_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """Receive for `bot`; `poke` is called after every commit, `read` finds facts in words.

        `fetch` returns an event with a document that is the desk's to read as what that says.
        """
        self._answer_seconds = answer_seconds
        self._first_pause = first_pause
        self._bot = bot
        self._app = app
        self._clock = clock
        self._fling = fling
        self._poke = poke
        self._menu = menu or dict
        self._read = read
        self._fetch = fetch
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._confirmed = True
        self._conflicts = 0

    async def step(self, wait: int = 0) -> bool:
        """Poll once, handle what came in one transaction; tell whether anything came."""
        return await self._take(await self._poll(wait))

    async def run(self, stop: asyncio.Event) -> None:
        """Receive until told to stop; the batch in hand is finished first."""
        telegram = Outage(log, "Telegram", self._first_pause)
        database = Outage(log, "the database", self._first_pause)
        while not stop.is_set():
            try:
                updates = await self._poll_unless(stop)
                telegram.over()
            except LineDownError as err:
                telegram.seen(err.cause)
                await telegram.wait(stop, err.asked)
                continue
            try:
                await self._take(updates)
                database.over()
            except Exception as err:  # noqa: BLE001 - nothing is confirmed, so all comes again
                database.seen(err)
                await database.wait(stop)
        await self._confirm()

    # ---- asking Telegram ---------------------------------------------------------------------

    async def _poll(self, wait: int, limit: int = BATCH) -> list[Any]:
        """Ask for what is new; asking also confirms what was committed."""
        asked = {
            "offset": self._offset,
            "timeout": wait,
            "limit": limit,
            "allowed_updates": ALLOWED,
        }
        try:
            updates = await self._bot.do_api_request(
                "getUpdates_",  # the underscore keeps PTB from advising `get_updates`; it drops it
                api_kwargs={name: value for name, value in asked.items() if value is not None},
                read_timeout=wait + self._answer_seconds,
            )
        except TelegramError as err:
            return self._judged(err)
        self._conflicts = 0
        self._confirmed = True
        return updates if isinstance(updates, list) else []

    def _judged(self, err: TelegramError) -> list[Any]:
        """Raise what an error of the poll means; a first conflict is borne."""
        line, asked = line_state(err)
        if line is Line.TOKEN_REFUSED:
            raise SettingsError(REFUSED) from None
        if line is Line.TAKEN:
            self._conflicts += 1
            if self._conflicts > CONFLICTS_BORNE:
                raise SettingsError(TAKEN) from None
            return []
        raise LineDownError(err, asked) from None

    async def _poll_unless(self, stop: asyncio.Event) -> list[Any]:
        """Poll for long, but let go at once when told to stop: nothing is confirmed by that."""
        poll = asyncio.ensure_future(self._poll(self._poll_seconds))
        stopped = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({poll, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            if not poll.done():
                poll.cancel()
                await asyncio.gather(poll, return_exceptions=True)
        return [] if poll.cancelled() else poll.result()

    async def _confirm(self) -> None:
        """Tell Telegram of the last batch on the way out; if that fails, `seen` keys hold."""
        if self._confirmed:
            return
        try:
            async with asyncio.timeout(2):
                await self._poll(0, limit=1)
        except (LineDownError, SettingsError, TimeoutError):
            log.debug("the last batch could not be confirmed; it will come again and be known")

    # ---- handling ----------------------------------------------------------------------------

    async def _take(self, updates: Sequence[Any]) -> bool:
        """Commit a batch, then move the offset on."""
        known = {number: one for one in updates if (number := _id_of(one)) is not None}
        if not known:
            return False
        now = self._clock.now()
        me = Me(self._bot.id, self._bot.username)
        in_order = [known[number] for number in sorted(known)]
        found = [thing for raw in in_order for thing in self._translated(raw, now, me)]
        events = [_sealed(thing) for thing in found if not isinstance(thing, Letter)]
        letters = [thing for thing in found if isinstance(thing, Letter)]
        if self._fetch is not None:
            events = [await self._fetch(event) for event in events]
        if events:
            letters.extend(await self._app.handle(await self._understood(events)))
        self._offset = max(known) + 1
        self._confirmed = False
        self._fling(letters)
        self._poke()
        return True

    def _translated(self, raw: dict[str, Any], now: datetime, me: Me) -> tuple[Event | Letter, ...]:
        """Translate one update; one that nobody can read is reported, never in the way.

        PTB refuses a whole message over one field of a kind that it does not know (a poll of an
        older server, say): then its words alone are read, so that nothing said is lost.
        """
        try:
            return self._read_update(raw, now, me)
        except Exception as err:  # noqa: BLE001 - whatever it holds, the rest must go on
            with suppress(Exception):
                return self._read_update(_words_alone(raw), now, me)
            key = f"u{raw['update_id']}"
            kinds = ", ".join(str(name) for name in raw if name != "update_id")[:80]
            log.warning("update %s (%s) cannot be read: %s", key, kinds, type(err).__name__)
            said = f"unreadable update ({kinds}): {type(err).__name__}"
            return (EventFailed(key, now, failed_key=key, error=said),)

    def _read_update(
        self, raw: dict[str, Any], now: datetime, me: Me
    ) -> tuple[Event | Letter, ...]:
        if HANDLED.isdisjoint(raw):
            return ()
        event = plain(raw, now, self._menu())
        if event is not None:
            return (event,)
        return to_events(Update.de_json(raw, self._bot), now, me, self._menu())

    async def _understood(self, events: list[Event]) -> list[Event]:
        """Read the facts out of customers' words, for the whole batch in one worker."""
        read = self._read
        wordy = [
            (n, event)
            for n, event in enumerate(events)
            if isinstance(event, CustomerSaid | CustomerEdited) and event.text
        ]
        if read is None or not wordy:
            return events
        if sum(len(event.text) for _, event in wordy) <= READ_AT_ONCE:
            facts = [_facts(read, event) for _, event in wordy]
        else:
            facts = await asyncio.to_thread(lambda: [_facts(read, event) for _, event in wordy])
        enriched = list(events)
        for (n, event), found in zip(wordy, facts, strict=True):
            enriched[n] = replace(event, facts=found)
        return enriched


def _sealed(event: Event) -> Event:
    """Give a staff command the secret that a link may need: the core has no chance of its own."""
    if isinstance(event, StaffCommanded):
        return replace(event, secret=secrets.token_urlsafe(16))
    return event


def _facts(read: Read, event: CustomerSaid | CustomerEdited) -> Facts | None:
    """Read one text; a failure costs the facts, not the message."""
    try:
        return read(event.text, event.at, event.who.language_code)
    except Exception as err:  # noqa: BLE001 - words of all kinds, libraries of all kinds
        log.warning("the words of %s cannot be read: %s", event.key, type(err).__name__)
        return None


WORDS = (
    "message_id",
    "date",
    "edit_date",
    "chat",
    "from",
    "sender_chat",
    "text",
    "caption",
    "message_thread_id",
    "is_topic_message",
)
"""What is left of a message that cannot be read whole; without text it counts as "other"."""


def _words_alone(raw: dict[str, Any]) -> dict[str, Any]:
    """Cut messages down to who said what where; raise where there is no message."""
    kind = "message" if "message" in raw else "edited_message"
    left = {name: value for name, value in raw[kind].items() if name in WORDS}
    return {"update_id": raw["update_id"], kind: left}


def _id_of(raw: object) -> int | None:
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


async def connect(bot: Bot, stop: asyncio.Event, first_pause: float = FIRST_PAUSE) -> bool:
    """Greet Telegram until it answers, and take the bot off any webhook; False: told to stop.

    A wrong token ends in a `SettingsError`; PTB's own error would hold the token itself.
    """
    telegram = Outage(log, "Telegram", first_pause)
    while not stop.is_set():
        try:
            await bot.initialize()
            await bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as err:
            line, asked = line_state(err)
            if line is Line.TOKEN_REFUSED:
                raise SettingsError(REFUSED) from None
            telegram.seen(err)
            await telegram.wait(stop, asked)
            continue
        telegram.over()
        return True
    return False
