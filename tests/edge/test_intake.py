"""What Telegram delivered is committed first and confirmed after, once, whatever fails."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.config import SettingsError
from bot.flows.events import (
    CustomerCommanded,
    CustomerSaid,
    CustomerStarted,
    DayBegan,
    EventFailed,
    StaffWrote,
    Woken,
)
from bot.flows.model import Case, Status
from bot.flows.people import Customer
from bot.intake import Intake, connect
from bot.request import telegram_bot
from bot.texts.letters import Letter
from storage import Changes

pytestmark = pytest.mark.asyncio

FAULTS = ["429", "500", "502", "timeout", "reset", "lost", "malformed", "duplicate", "reorder"]


def words(edge):
    return [event.text for event in edge.app.of(CustomerSaid)]


async def test_a_batch_is_one_transaction_and_is_confirmed_by_the_next_poll(edge):
    ann = edge.sb.person("Ann")
    ann.starts("table_7")
    ann.says("汤里有头发")
    ann.says("👤 A person")
    assert await edge.intake.step()
    assert [type(event) for event in edge.app.events] == [
        CustomerStarted,
        CustomerSaid,
        CustomerCommanded,
    ]
    assert edge.app.batches == [3]
    assert edge.sb.pending_updates == 3, "committed, not yet confirmed"
    assert not await edge.intake.step()
    assert edge.sb.pending_updates == 0


async def test_nothing_is_confirmed_while_the_database_is_away(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    edge.app.down = 1
    with pytest.raises(ConnectionError):
        await edge.intake.step()
    assert edge.sb.pending_updates == 1
    assert await edge.intake.step()
    assert len(edge.app.events) == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_no_fault_of_telegram_loses_or_reorders_what_was_said(edge, fault):
    ann = edge.sb.person("Ann")
    ann.starts()
    stop = asyncio.Event()
    edge.sb.faults.add("getUpdates", fault, retry_after=1)
    patient = fault != "timeout"
    for n in range(3):
        ann.says(f"m{n}")
    intake = Intake(
        edge.bot,
        edge.app,
        edge.clock,
        fling=edge.outbox.fling,
        poke=stop.set,
        poll_seconds=1 if patient else 0,
        answer_seconds=10 if patient else 0.2,
        first_pause=0.01,
    )
    async with asyncio.timeout(10):
        await intake.run(stop)
    assert words(edge) == ["m0", "m1", "m2"]
    assert edge.sb.pending_updates == 0, "confirmed on the way out"


async def test_facts_are_read_before_the_transaction_and_failures_cost_only_the_facts(edge):
    ann = edge.sb.person("Ann", language_code="zh-hans")
    ann.starts()
    ann.says("good")
    ann.says("bad")
    ann.sends_photo("captioned")
    seen = []

    def read(text, at, language):
        seen.append((text, at, language))
        if text == "bad":
            raise ValueError(text)
        return f"facts of {text}"

    intake = Intake(
        edge.bot, edge.app, edge.clock, fling=edge.outbox.fling, poke=edge.outbox.poke, read=read
    )
    await intake.step()
    facts = [event.facts for event in edge.app.of(CustomerSaid)]
    assert facts == ["facts of good", None, "facts of captioned"]
    assert {language for _, _, language in seen} == {"zh-hans"}


async def test_an_update_nobody_can_read_is_reported_and_the_rest_goes_on(edge):
    await edge.intake._take(
        [
            {"update_id": 900, "callback_query": {"id": 5}},
            "no update at all",
            {"update_id": 901, "message": {"message_id": 1, "date": "x"}},
            {"update_id": 902, "poll_answer": {"poll_id": "1", "option_ids": []}},
        ]
    )
    assert [event.failed_key for event in edge.app.of(EventFailed)] == ["u900", "u901"]
    assert edge.intake._offset == 903, "the offset moved past them"


async def test_a_press_that_carries_nothing_is_answered_at_once(edge):
    flung = []
    intake = Intake(edge.bot, edge.app, edge.clock, fling=flung.extend, poke=edge.outbox.poke)
    user = {"id": 7, "is_bot": False, "first_name": "A"}
    query = {"id": "q1", "from": user, "chat_instance": "x"}
    await intake._take([{"update_id": 5, "callback_query": query}])
    assert [letter.params for letter in flung] == [{"callback_query_id": "q1"}]
    assert edge.app.events == []


async def test_fleeting_letters_leave_without_the_outbox_being_asked(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    edge.app.fleeting = (Letter(ann.id, "sendMessage", {"text": "now"}, fleeting=True),)
    await edge.intake.step()
    await edge.sb.until(lambda: ann.heard == ["now"])


async def test_a_group_is_heard_in_its_topics(edge):
    lee = edge.sb.person("Lee")
    team = edge.sb.group("Team", members=[lee], forum=True)
    team.add_bot(admin=True)
    made = await edge.bot.create_forum_topic(team.id, "C-1")
    lee.at(team).says("a note", thread=made.message_thread_id)
    await edge.intake.step()
    (event,) = edge.app.of(StaffWrote)
    assert (event.thread, event.reply_to) == (made.message_thread_id, None)


async def test_a_second_poller_ends_this_one_with_one_sentence(edge):
    stop = asyncio.Event()
    first = asyncio.create_task(edge.intake.run(stop))
    other = telegram_bot(edge.sb.token, edge.sb.url)
    async with other:
        while not first.done():
            await other.get_updates(timeout=0)
    with pytest.raises(SettingsError, match="Another program"):
        await first


async def test_a_refused_token_is_one_sentence_without_the_token(edge):
    wrong = "123456789:AAF-quite-another-token-than-the-right-one"
    bot = telegram_bot(wrong, edge.sb.url)
    with pytest.raises(SettingsError) as told:
        await connect(bot, asyncio.Event())
    assert "BOT_TOKEN" in str(told.value)
    assert wrong not in str(told.value)
    assert told.value.__cause__ is None
    await bot.shutdown()


async def test_greeting_waits_for_telegram_and_takes_the_bot_off_a_webhook(edge):
    await edge.bot.set_webhook("https://example.org/hook")
    edge.sb.faults.add("getMe", "502")
    bot = telegram_bot(edge.sb.token, edge.sb.url)
    assert await connect(bot, asyncio.Event(), first_pause=0.01)
    assert edge.sb.world.webhook == {}
    await bot.shutdown()


# ---- time ------------------------------------------------------------------------------------


async def test_a_case_is_woken_when_its_instant_has_come_and_not_before(edge, a_case):
    wake_at = edge.clock.now().replace(hour=13)
    await a_case(wake_at)
    assert not await edge.waker.step()
    edge.sb.advance(3600)
    assert await edge.waker.step()
    (event,) = edge.app.of(Woken)
    assert (event.case, event.at) == (7, edge.clock.now())


async def test_the_waker_sleeps_until_the_next_instant_or_a_poke(edge, a_case):
    stop = asyncio.Event()
    running = asyncio.create_task(edge.waker.run(stop))
    await asyncio.sleep(0)
    edge.app.answer = lambda _event: (stop.set(), ())[1]
    await a_case(edge.clock.now().replace(hour=13))
    edge.waker.poke()
    edge.sb.advance(3600)
    async with asyncio.timeout(5):
        await running
    assert len(edge.app.of(Woken)) >= 1


async def test_a_case_that_stays_due_is_looked_at_ever_more_rarely(edge, a_case):
    await a_case(edge.clock.now())
    for _ in range(6):
        await edge.waker.step()
        edge.sb.advance(1)
    assert edge.waker._next is not None
    assert (edge.waker._next - edge.clock.now()).total_seconds() > 20


@pytest.fixture
def a_case(edge):
    """Put a case into the store that is to be woken then."""

    async def put(wake_at):
        now = edge.clock.now()
        case = Case(
            id=7, customer=5, status=Status.QUEUED, since=now, opened_at=now, wake_at=wake_at
        )
        changes = Changes(customers=[Customer(id=5)], cases=[case])
        async with edge.store.unit() as unit:
            await unit.write(changes, now)

    return put


async def test_each_working_day_begins_once_under_the_name_of_its_date(edge):
    nine = datetime(2025, 2, 1, 9, 0, tzinfo=UTC)  # the desk is always open, so its day is from 9
    edge.sb.advance((nine - edge.clock.now()).total_seconds() - 1)
    assert not await edge.waker.step()
    edge.sb.advance(1)
    assert await edge.waker.step()
    assert not await edge.waker.step()
    edge.sb.advance(86_400 * 3)
    assert await edge.waker.step()
    assert [one.key for one in edge.app.of(DayBegan)] == ["day:2025-02-01", "day:2025-02-04"]
