"""What a message names in passing: no place, no person, no count, no product, no dispute."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.flows.understanding import Facts, Found
from tests.understanding.messages import read


def sure(facts: Facts, slot: str) -> list[Found]:
    """Return what is taken without showing it back."""
    return [f for f in facts.found if f.slot == slot and not f.guessed and f.confidence >= 0.5]


@pytest.mark.parametrize(
    ("text", "slot", "region"),
    [
        ("门口堆了一地垃圾，简直丢了上海市容的脸", "place", "CN"),
        ("他们的成都口味根本不正宗，难吃", "place", "CN"),
        ("我问得知酒店要收押金", "place", "CN"),
        ("买了一双袜子就破了", "quantity", "CN"),
        ("買咗一枝筆寫唔到", "quantity", "HK"),
        ("等了2个多星期都没消息", "quantity", "CN"),
        ("I called Nationwide and they hung up", "person", "GB"),
        ("I spoke with Norwood Mutual Bank about it", "person", "US"),
        ("we dealt with Harrow customer support all week", "person", "GB"),
        ("they told me over the phone it was fine to return it", "product", "US"),
        ("the phone number on your site is dead", "product", "GB"),
        ("我要投诉12315", "reference", "CN"),
    ],
)
def test_what_is_named_in_passing_is_not_taken(text: str, slot: str, region: str) -> None:
    """A word that merely looks like a fact fills nothing."""
    assert sure(read(text, region), slot) == []


@pytest.mark.parametrize(
    ("text", "slot", "value", "region"),
    [
        ("在上海门店买的", "place", "上海", "CN"),
        ("只收到一箱", "quantity", "1", "CN"),
        ("一箱", "quantity", "1", "CN"),
        ("a waiter called Tom was rude to us", "person", "Tom", "GB"),
        ("I spoke to Priya on Monday", "person", "Priya", "GB"),
        ("my phone arrived with a cracked screen", "product", "phone", "US"),
    ],
)
def test_what_is_meant_is_still_taken(text: str, slot: str, value: str, region: str) -> None:
    """The same kinds of words where they do tell a fact."""
    assert value in [found.value for found in sure(read(text, region), slot)]


def test_a_long_story_only_suggests_what_it_is_about() -> None:
    """Goods that a long story mentions are guesses, to be shown back."""
    text = (
        "When we moved in, the agent promised that the heating would be looked at before winter. "
        "I rang in the morning after breakfast, I rang at lunch, and my phone shows eleven calls in "
        "one week. In the end a plumber came who had no parts with him, drank his tea, and said the "
        "office would write. Nobody wrote, and it is now December with ice on the inside."
    )
    products = read(text, "GB").of("product")
    assert all(found.guessed and found.confidence < 0.5 for found in products)


@pytest.mark.parametrize(
    ("text", "region", "kind"),
    [
        ("we took out a mortgage of $310,000 for the house", "US", "mentioned"),
        ("my credit limit is $8,000 and you took it back to zero", "US", "mentioned"),
        ("房价三百万，中介不回电话", "CN", "mentioned"),
        ("信用卡额度五万元被收回", "CN", "mentioned"),
        ("you charged me $450 on top of the mortgage", "US", "disputed"),
        ("多收了我86元", "CN", "disputed"),
    ],
)
def test_house_prices_and_limits_are_only_mentioned(text: str, region: str, kind: str) -> None:
    """What a house costs or a card allows is not the sum in dispute."""
    assert [found.kind for found in read(text, region).of("amount")] == [kind]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("味道普通，不过不失", "CN"),
        ("总体感觉还行吧", "CN"),
        ("大堂有点暗，床挺舒服", "CN"),
        ("價格偏高，東西還不錯", "TW"),
        ("環境麻麻地，員工幾好", "HK"),
        ("It was okay, nothing special", "GB"),
        ("a bit noisy but the staff were lovely", "US"),
    ],
)
def test_a_mild_review_is_feedback(text: str, region: str) -> None:
    """No wish, no loss, no fact, no threat: a rating."""
    facts = read(text, region)
    assert facts.kind == "feedback"
    assert facts.kind_confidence >= 0.6


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("冷气有点漏水", "CN"),
        ("味道一般，还多收了20块", "CN"),
        ("服务一般，等了一个小时", "CN"),
        ("还行，就是屏幕坏了", "CN"),
        ("一般都三天到，这次两周没到", "CN"),
        ("有點離譜", "TW"),
        ("the room was okay but you charged me twice", "US"),
        ("a bit late, two weeks in fact", "GB"),
        ("烂透了", "CN"),
        ("not happy", "GB"),
        ("ok", "GB"),
    ],
)
def test_a_complaint_in_mild_words_is_still_one(text: str, region: str) -> None:
    """A loss, a fault or a charge makes it a complaint however softly it is put."""
    assert read(text, region).kind == "complaint"


SAID_AT_LENGTH = {
    "already_told", "why_ask", "status", "withdraw", "done", "not_sure", "call_me",
    "language_en", "language_zh_Hans", "language_zh_Hant",
}  # fmt: skip
_WORDS = st.sampled_from(  # a split reads better than forty quotes
    [
        "yes",
        "no",
        "help",
        "thanks",
        "stop",
        "cancel",
        "退款",
        "没了",
        "你好",
        "算了",
        "昨天",
        "sorry",
        "hello",
        "the",
        "kettle",
        "leaked",
        "again",
        "and",
        "nobody",
        "came",
        "客服",
        "态度",
        "坏了",
        "快递",
        "还没到",
        "english",
        "status",
        "please",
        "back",
        "skip",
        "谢谢",
        "麻烦",
        "转人工",
    ]
)


@given(words=st.lists(_WORDS, min_size=4, max_size=20))
@settings(max_examples=300, deadline=None)
@example(words=["hello", "thank you so much", "thanks", "for your help"])
@example(words=["what's the status of", "my complaint please thanks"])
def test_more_than_a_few_words_perform_no_act(words: list[str]) -> None:
    """A text longer than 25 characters tells a story; few acts are said at length."""
    text = " ".join(words)
    if len(text) > 25:
        assert set(read(text).intents) <= SAID_AT_LENGTH
