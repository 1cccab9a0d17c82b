"""Composition: one running desk out of settings, a clock and a store. Nothing decides here."""

from __future__ import annotations

import asyncio
import gc
import logging
import secrets
import signal
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot import seed, standing
from bot.app import App
from bot.backtest.runner import Backtests
from bot.config import SettingsError, Switch
from bot.delivery import Delivery
from bot.documents import Documents
from bot.flows.languages import guess_language
from bot.flows.people import Team
from bot.flows.understanding import Facts, understand
from bot.intake import Intake, connect
from bot.meaning import Classifier
from bot.outbox import Outbox
from bot.profile import introduce
from bot.request import telegram_bot
from bot.survey import survey
from bot.texts.render import menu_labels
from bot.waker import Waker
from bot.webhooks import Webhooks
from storage import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from telegram import Bot

    from bot.clock import Clock
    from bot.config import Settings

Read = Callable[[str, datetime, str], Facts]
"""Reads a text, written then by somebody whose Telegram speaks that language."""

log = logging.getLogger(__name__)

GARBAGE_LOOKED_FOR = 5_000
"""Objects made and not freed before the garbage collector looks for circles among them."""


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of a desk at work."""

    store: Store
    app: App
    bot: Bot
    intake: Intake
    outbox: Outbox
    waker: Waker
    backtests: Backtests
    clock: Clock
    classifier: Classifier

    async def run(self, stop: asyncio.Event) -> None:
        """Run the three loops until told to stop; then what is due is drained."""
        receiving = asyncio.Event()
        loops = [
            asyncio.create_task(self.intake.run(stop), name="intake"),
            asyncio.create_task(self.waker.run(stop), name="waker"),
        ]
        sending = asyncio.create_task(self.outbox.run(receiving), name="outbox")
        try:
            await asyncio.wait([*loops, sending], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            results = await asyncio.gather(*loops, return_exceptions=True)
            receiving.set()  # the outbox drains after the last batch is in
            results += await asyncio.gather(sending, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def settle(self) -> None:
        """Take in, wake and send until there is nothing left to do now. For tests."""
        while True:
            received = await self.intake.step()
            woken = await self.waker.step()
            sent = await self.outbox.step()
            if not (received or woken or sent):
                return


async def run(settings: Settings, clock: Clock) -> None:
    """Run a desk until the process is told to stop."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with desk(settings, clock, stop=stop) as running:
        spare_the_collector()
        await running.run(stop)


def spare_the_collector() -> None:
    """Have the garbage collector leave alone what is here for good, and look less often.

    Code, catalogues and configuration are 100,000 objects that it would walk again and again; a
    turn's own values are freed as it ends, so little is ever left for it to find.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_LOOKED_FOR, 10, 10)


@asynccontextmanager
async def desk(
    settings: Settings,
    clock: Clock,
    *,
    introduced: bool = True,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[Running]:
    """Open everything, connect to Telegram, and close it again in the end.

    `stop` set while Telegram cannot be reached ends the waiting with a `SettingsError`.
    """
    config = seed.config(settings.desk_config)
    store = await Store.open(settings.database_url)
    try:
        bot = telegram_bot(settings.token, settings.bot_api_url)
        try:
            if not await connect(bot, stop or asyncio.Event()):
                raise SettingsError("Stopped before Telegram could be reached.")
            app = App(
                store,
                config,
                admins=settings.admin_ids,
                team=Team(chat=settings.team_chat_id, managers_chat=settings.managers_chat_id),
                username=bot.username,
            )
            await first_start(app, clock.now())
            await standing.settle(app, config, clock.now())
            await learn_rooms(app, bot, settings, clock.now())
            webhooks = Webhooks(app.webhook)
            delivery = Delivery(bot, webhooks)
            paced = settings.pacing is Switch.ON
            running = _wired(store, app, delivery, clock, bot, paced=paced)
            if introduced:
                await introduce(bot, app.desk)
            running.backtests.resume()
            wanted = introduced and settings.classifier is Switch.ON
            warming = (
                asyncio.ensure_future(asyncio.to_thread(running.classifier.warm))
                if wanted
                else None
            )
            try:
                yield running
            finally:
                if warming is not None:
                    await warming
                await running.backtests.close()
                await webhooks.close()
        finally:
            await bot.shutdown()
    finally:
        await store.close()


def _wired(
    store: Store, app: App, delivery: Delivery, clock: Clock, bot: Bot, *, paced: bool
) -> Running:
    classifier = Classifier()
    outbox = Outbox(store, app, delivery, clock, pacing=paced)
    waker = Waker(store, app, clock, desk=lambda: app.desk, fling=outbox.fling, poke=outbox.poke)
    outbox.on_told = waker.poke

    def poke() -> None:
        outbox.poke()
        waker.poke()

    intake = Intake(
        bot,
        app,
        clock,
        fling=outbox.fling,
        poke=poke,
        menu=menu(app),
        read=reader(app, classifier),
        fetch=Documents(bot, app).read,
    )
    backtests = Backtests(store, app, clock, fling=outbox.fling, poke=poke)
    app.on_backtest = backtests.asked
    return Running(store, app, bot, intake, outbox, waker, backtests, clock, classifier)


def menu(app: App) -> Callable[[], Mapping[str, str]]:
    """Return what the lasting buttons mean now, worked out anew when the desk's words change."""
    known: dict[int, Mapping[str, str]] = {}

    def labels() -> Mapping[str, str]:
        texts = app.desk.config.texts
        if id(texts) not in known:
            known.clear()
            known[id(texts)] = menu_labels(texts)
        return known[id(texts)]

    return labels


def reader(app: App, classifier: Classifier) -> Read:
    """Return the reading of free text with the desk's zone and region."""

    def read(text: str, at: datetime, language_code: str) -> Facts:
        general, words = app.desk.general, app.desk.config.words
        guess = guess_language(language_code) or None
        facts = classifier.refined(text, understand(text, at, general.zone, general.region, guess))
        return words.heard(text, facts) if words.signals else facts

    return read


async def first_start(app: App, now: datetime) -> None:
    """Learn the settings; without an admin, print the one-time code that makes one."""
    desk = await app.refresh()
    if desk.admins or desk.team.setup_code:
        code = "" if desk.admins else desk.team.setup_code
    else:
        code = secrets.token_hex(4)
        team = desk.team.but(setup_code=code)
        await app.put(now, {"team": team.model_dump(mode="json")})
    if code:
        print(f"No admin yet. In Telegram, write to @{desk.username}:  /setup {code}", flush=True)  # noqa: T201


async def learn_rooms(app: App, bot: Bot, settings: Settings, now: datetime) -> None:
    """Look at the rooms that the environment names: what it says wins over what was learnt."""
    team = before = app.desk.team
    if settings.team_chat_id is not None:
        room = await survey(bot, settings.team_chat_id)
        if room.error:
            log.warning("the team chat cannot be seen: %s", room.error)
        if room.answered or room.chat != team.chat:
            team = team.but(
                chat=room.chat,
                title=room.title,
                forum=room.forum,
                topics=room.topics,
                lost=bool(room.error) and room.answered,
                team_set=team.team_set + (room.chat != team.chat),  # open cases follow
            )
    if settings.managers_chat_id is not None:
        room = await survey(bot, settings.managers_chat_id)
        if room.error:
            log.warning("the managers' chat cannot be seen: %s", room.error)
        if room.answered or room.chat != team.managers_chat:
            refused = bool(room.error) and room.answered
            team = team.but(
                managers_chat=None if refused else room.chat,
                managers_forum=room.forum,
                managers_topics=room.topics,
            )
    if team != before:
        moved = team.team_set != before.team_set
        await app.put(now, {"team": team.model_dump(mode="json")}, look_again=moved)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` on SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
