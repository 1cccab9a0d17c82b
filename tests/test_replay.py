"""Replay: a few complaints of our own through the whole desk, and the sums at the end."""

import re
from pathlib import Path

import pytest

from bot.config import SettingsError
from bot.replay import replay, replayed
from bot.replay.texts import LIMIT, Told, read_all

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
    assert {"danger", "outside_threat", "asks_person"} <= figures.keys(), printed


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
