"""Answers to one asked fact: bare numbers, labels, ordinals, days."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.flows.understanding import Answer, AnswerKind, read_answer, understand

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 18, 15, tzinfo=ZONE)
CHOICES = (
    ("refund", ("退款", "Refund", "Money back")),
    ("swap", ("换货", "Replace the two books")),
    ("stop", ("保证不再发生", "Make sure it stops")),
)


def answer(
    kind: AnswerKind, text: str, region: str = "CN", currency: str | None = None
) -> Answer | None:
    """Read the answer to one asked fact."""
    facts = understand(text, NOW, ZONE, region, None)
    return read_answer(kind, facts, text, CHOICES, NOW, ZONE, region, currency=currency)


@pytest.mark.parametrize(
    ("kind", "text", "region", "value"),
    [
        ("amount", "1299", "CN", "129900"),
        ("amount", "一千二", "CN", "120000"),
        ("amount", "大概300吧", "CN", "30000"),
        ("reference", "8823-1907", "CN", "8823-1907"),
        ("reference", "88231907", "HK", "88231907"),
        ("reference", "it's AB1234", "GB", "AB1234"),
        ("phone", "13800138000", "CN", "+8613800138000"),
        ("contact", "ann@example.com", "GB", "ann@example.com"),
        ("contact", "6123 4567", "HK", "+85261234567"),
        ("date", "yesterday", "US", "2026-11-17"),
        ("date", "3号", "CN", "2026-11-03"),
        ("date", "3", "CN", "2026-11-03"),
        ("date", "上周三", "CN", "2026-11-11"),
        ("quantity", "2", "CN", "2"),
        ("quantity", "两箱", "CN", "2"),
        ("place", "尖沙咀", "HK", "尖沙咀"),
        ("text", " whatever ", "GB", "whatever"),
        ("choice", "退款", "CN", "refund"),
        ("choice", "2", "CN", "swap"),
        ("choice", "第二个", "CN", "swap"),
        ("choice", "the last one", "GB", "stop"),
        ("choice", "money back please", "GB", "refund"),
        ("choice", "換貨", "HK", "swap"),
        ("remedy", "把钱退给我", "CN", "refund"),
        ("yesno", "系呀", "HK", "yes"),
        ("yesno", "没有", "CN", "no"),
        ("yesno", "No, nobody", "GB", "no"),
        ("yesno", "还没好！", "CN", "no"),
        ("yesno", "還沒收到", "TW", "no"),
        ("yesno", "仲未搞掂", "HK", "no"),
        ("yesno", "not yet", "GB", "no"),
        ("reference", "11月3号，单号8823-1907", "CN", "8823-1907"),
    ],
)
def test_an_answer_is_read(kind: AnswerKind, text: str, region: str, value: str) -> None:
    """A bare answer is enough for the fact that was asked."""
    read = answer(kind, text, region)
    assert read is not None
    assert read.value == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("amount", "不知道"),
        ("amount", "很多"),
        ("reference", "I don't have it here"),
        ("reference", "11月3号"),
        ("reference", "订单是11月3号那个"),
        ("reference", "昨天买的11个"),
        ("reference", "3 November 2026"),
        ("date", "忘了"),
        ("choice", "随便"),
        ("phone", "12"),
        ("place", "唔知"),
        ("text", "  "),
    ],
)
def test_what_cannot_be_read_is_none(kind: AnswerKind, text: str) -> None:
    """An unreadable answer or an "I don't know" is None, never a wrong value."""
    assert answer(kind, text) is None


def test_a_bare_amount_takes_the_desks_currency() -> None:
    """The desk's currency wins over the region's."""
    read = answer("amount", "80", "CN", "HKD")
    assert read is not None
    assert (read.value, read.currency) == ("8000", "HKD")


@pytest.mark.parametrize(
    ("kind", "text", "region", "value"),
    [
        ("text", "It was the red one.", "GB", "the red one"),
        ("text", "it's a pair of boots", "US", "a pair of boots"),
        ("text", "是一双跑鞋。", "CN", "一双跑鞋"),
        ("text", "係藍色嗰件", "HK", "藍色嗰件"),
        ("text", "就是前台那位", "CN", "前台那位"),
        ("text", "是", "CN", "是"),
        ("text", "不是我买的", "CN", "不是我买的"),
        ("text", "The lid cracked. Then it leaked.", "GB", "The lid cracked. Then it leaked"),
        ("place", "It was by the river.", "GB", "by the river"),
        ("place", "是二楼靠窗", "CN", "二楼靠窗"),
    ],
)
def test_an_opening_is_no_part_of_the_value(
    kind: AnswerKind, text: str, region: str, value: str
) -> None:
    """The polite opening and the final stop go, what was written stays in `text`."""
    read = answer(kind, text, region)
    assert read is not None
    assert read.value == value
    if kind == "text":
        assert read.text == text
