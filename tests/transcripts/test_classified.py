"""With the classifier at work the same people are heard: danger, threats, a rich first message."""

import pytest

from tests.town import Town


async def opened(town):
    """Let the desk judge with the trained classifier, as one that runs does."""
    assert town.desk.classifier.warm()


SAID = {
    "电梯困人了快来": ("zh-hans", "severe"),
    "再不处理我就找12315": ("zh-hans", None),
    "Your toaster caught fire and burnt my hand": ("en", "severe"),
    "你哋啲蠔食到我阿爸屙嘔": ("zh-HK", "severe"),
}


@pytest.mark.parametrize("words", SAID)
async def test_danger_and_threats_go_up_at_once(words):
    language, grade = SAID[words]
    async with Town() as town:
        await opened(town)
        await town.customer("Li", language).says(words)
        case = await town.case(1)
        assert case.level == "supervisor"
        assert grade in {None, case.grade}


async def test_a_story_told_whole_is_asked_nothing_that_it_told():
    async with Town() as town:
        await opened(town)
        li = town.customer("李女士", "zh-hans")
        await li.says(
            "上周六在人民路店买的电饭煲用两次就坏了，花了399元，单号 8823-1907，我要换一台新的"
        )
        case = await town.case(1)
        assert (case.category, case.facts["amount"].value) == ("product_quality", "39900")
        assert "exchange" in case.remedies
        assert "单号：8823-1907" in li.heard[-1], "the summary at once: nothing is left to ask"
