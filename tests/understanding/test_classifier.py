"""The classifier beside the word lists: what it adds, what it leaves alone, and that it may be absent."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.flows.understanding import understand
from bot.meaning import Classifier

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def by_words(text, region="CN"):
    return understand(text, NOW, ZoneInfo("UTC"), region, None)


CLASSIFIER = Classifier()
CLASSIFIER.warm()


def refined(text):
    return CLASSIFIER.refined(text, by_words(text))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The wardrobe you sold me sheds bits of veneer each time I open it.", "product_quality"),
        ("My box went to a neighbour three streets away and he won't hand it over.", "delivery"),
        ("門市小姐講話很衝，問兩句就擺臉色給我看", "service_attitude"),
        ("电话打了一天都占线，留言也没人理", "wait_response"),
        ("成條街由朝早停電停到而家", "outage"),
        ("上个月的卡费多划了我四十块", "billing"),
    ],
)
def test_wording_that_no_list_holds_is_sorted(text, category):
    assert refined(text).category == category


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("I want every penny of that back.", "refund"),
        ("那筆錢請還給我", "refund"),
        ("俾返嗰二百蚊我", "refund"),
    ],
)
def test_an_indirect_wish_is_heard(text, remedy):
    assert remedy in refined(text).remedies


def test_signals_and_other_facts_stay_as_the_words_told_them():
    text = "My son burnt his hand on your kettle. I will see you in court. Call 0912-345-678."
    read = by_words(text, "TW")
    judged = CLASSIFIER.refined(text, read)
    assert (judged.signals, judged.found) == (read.signals, read.found)
    assert read.has("safety")
    assert read.has("threat_legal")


def test_a_question_wants_nothing():
    judged = refined("What time do you close on Saturdays?")
    assert (judged.kind, judged.remedies) == ("feedback", ())


def test_without_the_classifier_the_words_alone_are_read():
    read = by_words("把钱退给我")
    assert Classifier().refined("把钱退给我", read) is read


def test_lists_may_grow_without_new_weights():
    """A name that the weights were not trained with says nothing; it breaks nothing."""
    text = "我明天带刀来找你们，把多收的钱退给我"
    read = by_words(text)
    assert read.signals[0].kind == "violence"
    assert CLASSIFIER.refined(text, read).signals == read.signals
    model = CLASSIFIER._model
    known = dict(model._dense)
    try:
        model._dense = {name: at for name, at in known.items() if at < len(known)}
        model._dense["a name of the past"] = model._dense.pop(next(iter(known)))
        assert CLASSIFIER.refined(text, read).category
    finally:
        model._dense = known
