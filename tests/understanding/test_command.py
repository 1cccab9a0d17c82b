"""`complaint-bot understand`: JSON lines in, one line of facts for each, faults named by line."""

import io
import json

import pytest

from bot.config import SettingsError
from bot.flows.understanding.facts import CATEGORIES, REMEDIES, SIGNALS
from bot.understand import understood

LINES = """\
{"id": "tw", "text": "上週三在永和店買的電鍋冒煙了，花了3千2，訂單 8823-1907，不要折價券，請回 0912-345-678", "region": "TW"}

{"id": "us", "text": "On Nov 3 at 5:30pm you charged me $129.50 twice. Refund me! ann@x.org", "region": "US", "zone": "America/New_York", "now": "2026-11-20T09:00:00-05:00"}
{"id": "hk", "text": "噚日等咗一個鐘，叫經理出嚟", "region": "HK", "now": "2026-11-27T10:00"}
"""


def lines(tmp_path, text, **given):
    file, out = tmp_path / "messages.jsonl", io.BytesIO()
    file.write_text(text, "utf-8")
    more = {"now": "2026-11-27T10:00", "zone": "Asia/Taipei", "region": "TW"} | given
    status = understood(file, more["now"], more["zone"], more["region"], out)
    return status, [json.loads(one) for one in out.getvalue().splitlines()]


def test_each_message_is_told_under_the_names_of_the_interface(tmp_path):
    status, (tw, us, hk) = lines(tmp_path, LINES)
    assert status == 0
    assert (tw["id"], tw["lang"], tw["incident"]) == (
        "tw",
        "zh-Hant",
        {"date": "2026-11-18", "time": None},
    )
    assert tw["amounts"] == [{"text": "3千2", "value": 3200.0, "currency": "TWD"}]
    assert (tw["refs"], tw["phones"], tw["remedies_rejected"]) == (
        ["8823-1907"],
        ["+886912345678"],
        ["compensation"],
    )
    assert "safety" in tw["flags"]
    assert us["when"] == [
        {"text": "Nov 3 at 5:30pm", "date": "2026-11-03", "time": "17:30", "part": None}
    ]
    assert (us["amounts"][0]["value"], us["remedies"], us["emails"]) == (
        129.5,
        ["refund"],
        ["ann@x.org"],
    )
    assert (hk["incident"]["date"], hk["lang"]) == ("2026-11-26", "zh-Hant")
    assert "human" in hk["flags"]
    for one in (tw, us, hk):
        assert one["category"] in CATEGORIES
        assert set(one["remedies"]) <= set(REMEDIES)
        assert set(one["flags"]) <= set(SIGNALS)
        assert one["kind"] == "complaint"


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path, capsys):
    status, read = lines(
        tmp_path,
        'nonsense\n{"id": 3}\n{"id": 4, "text": "烂透了", "now": "x"}\n[]\n{"id": 5, "text": ""}\n',
    )
    assert (status, [one["id"] for one in read]) == (1, [5])
    said = capsys.readouterr().err
    assert [f"line {n} " in said for n in (1, 2, 3, 4, 5)] == [True, True, True, True, False]


@pytest.mark.parametrize("given", [{"zone": "Nowhere"}, {"now": "yesterday"}])
def test_a_bad_option_is_one_sentence(tmp_path, given):
    with pytest.raises(SettingsError, match="--now"):
        lines(tmp_path, LINES, **given)


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(SettingsError, match="could not be read"):
        understood(tmp_path / "none", "", "UTC", "US", io.BytesIO())
