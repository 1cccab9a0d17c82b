"""What holds for any text: never an exception, true spans, the same answer twice, JSON."""

from __future__ import annotations

import time
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.understanding import Facts, lexicon, numerals, read_answer, understand
from bot.flows.understanding.facts import CATEGORIES, REMEDIES, SAFETY_KINDS, SIGNALS

ZONE = ZoneInfo("Asia/Taipei")
NOW = datetime(2026, 11, 18, 18, 15, tzinfo=ZONE)
PIECES = [
    "昨天",
    "11月3号",
    "31月99日",
    "2月30日",
    "上周三",
    "民國115年2月29日",
    "三点",
    "晚上12点",
    "3/11",
    "2026-13-45",
    "1299块",
    "一千二",
    "两千三",
    "$",
    "¥",
    "五亿亿",
    "订单号",
    "8823-1907",
    "AB-123",
    "13800138000",
    "+852",
    "6123",
    "4567",
    "a@b.co",
    "不",
    "没有",
    "受伤",
    "退款",
    "换",
    "火锅",
    "12315",
    "转人工",
    "no",
    "not",
    "refund",
    "sue",
    "yesterday",
    "last",
    "Tuesday",
    "31",
    "Feb",
    "0/0",
    "24/7",
    "a.m.",
    "3pm",
    "ago",
    "999999",
    "days",
    "\u200b",
    "ﬁ",
    "İ",
    "ß",
    "㎏",
    "①",
    "½",
    "😡",
    "！",
    "，",
    "。",
    "\n",
    "１２",
    "枱",
    "店",
    "在",
    "号",
    "小李",
    "Mr",
    "Bob",
]
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.text(alphabet="一二三十百千万亿零0123456789.,-/:月日号年点块元$%", max_size=60),
)
regions = st.sampled_from(["CN", "TW", "HK", "US", "GB", "JP", "", "ZZ"])
kinds = st.sampled_from(
    [
        "date",
        "amount",
        "reference",
        "phone",
        "email",
        "contact",
        "choice",
        "yesno",
        "text",
        "quantity",
        "place",
        "remedy",
    ]
)


@given(text=texts, region=regions)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_with_true_spans(text: str, region: str) -> None:
    """Nothing that can be typed raises, and every span is the original's own substring."""
    facts = understand(text, NOW, ZONE, region, None)
    spans = [(found.start, found.end, found.text) for found in facts.found]
    spans += [(signal.start, signal.end, signal.text) for signal in facts.signals]
    for start, end, shown in spans:
        assert text[start:end] == shown
        assert shown
    assert facts.category in CATEGORIES
    assert set(facts.remedies).isdisjoint(facts.remedies_rejected)


@given(text=texts, region=regions)
@settings(max_examples=100, deadline=None)
def test_reading_is_pure_and_survives_json(text: str, region: str) -> None:
    """The same message gives the same facts, also after a trip through JSON."""
    facts = understand(text, NOW, ZONE, region, "zh_Hans")
    assert understand(text, NOW, "Asia/Taipei", region, "zh_Hans") == facts
    assert Facts.model_validate_json(facts.model_dump_json()) == facts


@given(text=texts, region=regions, kind=kinds)
@settings(max_examples=200, deadline=None)
def test_any_answer_is_read_or_none(text: str, region: str, kind: str) -> None:
    """No answer raises, whatever was asked."""
    facts = understand(text, NOW, ZONE, region, None)
    read_answer(kind, facts, text, (("a", ("甲", "A")), ("b", ())), NOW, ZONE, region)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一千二百九十九", 1299), ("两千三", 2300), ("一百零五", 105), ("三万五", 35000), ("廿三", 23),
        ("十二", 12), ("二零二六", 2026), ("3万5千", 35000), ("1千2", 1200), ("1,299.50", Decimal("1299.5")),
        ("1.5k", 1500), ("two hundred and fifty", 250), ("twenty-five", 25), ("一亿二千万", 120_000_000),
    ],
)  # fmt: skip
def test_numbers_in_every_writing(text: str, number: Decimal) -> None:
    """Numbers read the same in digits, Chinese numerals and English words."""
    assert numerals.parse(text) == number


def test_word_lists_use_the_declared_names() -> None:
    """Tags of the lists are the names of facts.py; a misspelt one would never be seen."""
    assert set(lexicon.load("categories")) == set(CATEGORIES)
    assert set(lexicon.load("remedies")) == set(REMEDIES)
    assert set(lexicon.load("safety")) == set(SAFETY_KINDS)
    assert set(lexicon.load("signals")) == set(SIGNALS) - {"safety"}
    assert all(isinstance(tag, str) for tag in lexicon.load("intents"))


def test_a_short_message_costs_little() -> None:
    """A 60-character message stays far below the budget of 15 ms, even on a busy machine."""
    text = "昨天在你们尖沙咀店买的电饭煲今天就坏了，订单号 8823-1907，599块，客服没人理，我要退款，请打13800138000"
    understand(text, NOW, ZONE, "CN", None)
    best = min(_cost(text) for _ in range(20))
    assert best < 0.005


def _cost(text: str) -> float:
    start = time.process_time()
    understand(text, NOW, ZONE, "CN", None)
    return time.process_time() - start
