"""Replay: a few complaints of our own through the whole desk, and the sums at the end."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot.config import SettingsError
from bot.flows.model import Case, Reason, Status
from bot.flows.people import Role
from bot.replay import replay, replayed
from bot.replay.customer import Customer
from bot.replay.texts import LIMIT, Told, read_all
from bot.replay.verdict import Report, Verdict, verdict_of
from sandbox.server import Sandbox

STORIES = """\
我11月3号在你们店买的破壁机，昨天用第二次就冒烟了，吓得我妈赶紧拔插头。订单号 8823-1907，1299块。我不想换，要退钱。
再不处理我就找12315
外卖送来汤全洒了，打电话也没人接，订单号 5510-2284，我要退款。
收银的小姑娘态度特别差，问她一句就翻白眼，上周五晚上在人民路店。
Your delivery is a joke, the box was wet for the third time and two books are ruined.
I was charged twice for the same order 8823-1907, $45.00 each, on November 3rd. I want one of them back.
Just so that you know, the music in the shop is a bit loud. No need to answer.
I want to speak to a manager right now.
"""


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    file = tmp_path / "stories.txt"
    file.write_text(STORIES, encoding="utf-8")
    return file


def _figures(printed: str) -> dict[str, int]:
    rows = re.findall(r"^ +(\S[^%\n]*?) +(\d+) +[\d.]+ %$", printed, re.MULTILINE)
    return {name: int(count) for name, count in rows}


@pytest.mark.parametrize("terse", [False, True])
async def test_every_story_comes_to_a_good_end_and_the_counts_add_up(stories, terse, capsys):
    status = await replay([stories], customers=4, terse=terse)
    printed = capsys.readouterr().out
    figures = _figures(printed)
    assert status == 0, printed
    ends = ("filed", "feedback", "handed off", "unfinished", "error", "lost", "twice")
    assert sum(figures[end] for end in ends) == figures["together"] == 8
    assert figures["handed off"] >= 3, printed
    assert {"danger", "outside_threat", "asks_manager"} <= figures.keys(), printed


async def test_a_story_longer_than_a_message_comes_in_parts_and_none_is_lost():
    whole = "The parcel came wet and two books are ruined. " + "I called again and waited. " * 400
    told = Told("own:1", whole)
    assert len(told.parts()) > 2
    assert all(len(part) <= LIMIT for part in told.parts())
    assert " ".join(told.parts()).split() == whole.split()
    report = await replayed([told], at_once=1, terse=False)
    assert report.good, [one.why for one in report.verdicts] + report.troubles


def test_columns_are_found_and_a_file_without_one_is_refused_in_one_sentence(tmp_path):
    table = tmp_path / "some.csv"
    table.write_text("hint,text\na,充电器坏了\nb,\nc,\U0001f62d\n", encoding="utf-8")
    assert [one.place for one in read_all([table])] == ["some.csv:1", "some.csv:3"]
    assert len(read_all([table], limit=1)) == 1
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="narrative or text"):
        read_all([table])
    with pytest.raises(SettingsError, match="cannot be read"):
        read_all([tmp_path / "none.txt"])


def test_a_part_counts_in_utf_16_as_telegram_does():
    parts = Told("own:1", "\U0001f62d" * 4096).parts()
    assert [len(part) for part in parts] == [2048, 2048]


NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
REASON = Reason(rule="danger", level=Role.AGENT, held=(), at=NOW)


def _case(customer: Customer, status: Status, **more) -> Case:
    kept = {"since": NOW, "opened_at": NOW, "filed_at": NOW, **more}
    return Case(id=1, customer=customer.person.id, status=status, **kept)


@pytest.fixture
def teller() -> Customer:
    """Somebody who told a story in two parts."""
    person = Sandbox(now=NOW).person("Ann")
    customer = Customer(Told("own:1", "wet " * 2000), person, Random(1), terse=False)
    customer.story = [person.says(part) for part in customer.told.parts()]
    return customer


def _said(customer: Customer, times: tuple[int, ...]) -> Counter[tuple[int, int]]:
    ids = [one.message_id for one in customer.story]
    return Counter({(customer.person.id, n): k for n, k in zip(ids, times, strict=True)})


def test_the_verdict_finds_what_is_lost_twice_or_unfinished(teller):
    """A count of nought proves nothing unless the counter can count."""
    queued = _case(teller, Status.QUEUED)
    assert verdict_of(teller, [queued], _said(teller, (1, 1))).end == "filed"
    assert verdict_of(teller, [queued], _said(teller, (1, 0))).end == "lost"
    assert verdict_of(teller, [], _said(teller, (0, 0))).end == "lost"
    assert verdict_of(teller, [queued], _said(teller, (2, 1))).end == "twice"
    assert verdict_of(teller, [queued, queued], _said(teller, (1, 1))).end == "twice"
    both = _said(teller, (1, 1))
    assert verdict_of(teller, [_case(teller, Status.DRAFT)], both).end == "unfinished"
    assert verdict_of(teller, [_case(teller, Status.WITHDRAWN)], both).end == "unfinished"
    assert verdict_of(teller, [_case(teller, Status.HANDED_OFF)], both).end == "error"
    by_rule = _case(teller, Status.HANDED_OFF, reasons=(REASON,))
    assert verdict_of(teller, [by_rule], both).end == "handed off"
    assert not Report([Verdict(teller, "lost")]).good
    assert not Report([Verdict(teller, "filed")], troubles=["one dead letter"]).good
