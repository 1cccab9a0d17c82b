"""The wording guard: what this desk does not say to customers is not sent before somebody says so."""

from __future__ import annotations

import pytest

from bot.flows.guard import unsayable
from bot.seed import config
from tests.town import Town
from tests.transcripts.tellings import prompted, relayed, shows, tells
from tests.transcripts.test_hold import seconds, writes
from tests.transcripts.test_staff_ways import with_person

SHIPPED = config().words.forbidden


@pytest.mark.parametrize(
    "said",
    [
        "That's not our problem.",
        "Thats NOT our\n problem!!",
        "We ｇｕａｒａｎｔｅｅ a refund",
        "I guarantee you'll have it by Friday",
        "这不关我们的事",
        "這不關我們的事啊！",
        "不，关我们，的事",
        "唔關我哋事㗎",
        "一分價錢一分貨，您懂不懂呀？",
        "不可能，绝对不可能有这种事情发生",
        "我绝对没有说过那种话",
        "你要知道，一分价钱一分货",
        "我不大清楚，不是我负责的",
        "这种问题连小孩都会",
        "改天我们再和您联系",
        "有意见，找领导",
        "急什么，没看我正忙着吗",
        "我就这态度，有本事你告去",
        "我們保證週五前退款",
        "C-1042：肯定行不行我再看；肯定不行",
        "not\u200b our problem",
    ],
)
def test_a_phrase_is_found_in_every_spelling(said):
    assert unsayable(SHIPPED, said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "…",
        "😀" * 50,
        "已经在查了，明天上午十点前给您答复。",
        "押金和保证金都会原路退回。",
        "Your two-year guarantee covers this.",
        "我關心的是您家人的安全。",
        "We are looking into the problem with our department store.",
        "您別急，我們馬上過去。",
    ],
)
def test_an_ordinary_answer_is_not_stopped(said):
    assert unsayable(SHIPPED, said) == ()


@pytest.mark.parametrize("phrase", ["*", "**", "#*", "！！", " ", "*?*"])
def test_a_phrase_without_a_letter_stops_nothing(phrase):
    assert unsayable((phrase,), "已经在查了, we know.") == ()


async def test_it_is_not_sent_says_which_phrase_and_edited_it_goes_out():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        answer = await writes(town, "這不關我們的事啊")
        await town.settle()
        assert len(li.heard) == heard
        town.team_sees("还没有发出去：“不关我们的事”是我们不对顾客说的话")
        assert "".join(town.mei.buttons[-2:]) == "仍然发送我改一改"
        case = await town.case(1)
        assert (case.owner, case.first_answer_at) == (None, None), "nothing of it has happened"
        town.mei.actor.edits(answer, "不关我的事，也不关我们的事")
        await town.settle()
        assert len(li.heard) == heard
        town.team_sees("“不关我们的事”、“不关我的事”")
        town.mei.actor.edits(answer, "这件事我来查")
        await town.moment()
        assert len(li.heard) == heard, "new words wait as all words do"
        await town.settle()
        assert li.heard[heard:] == ["这件事我来查"]
        await town.mei.presses("仍然发送")
        assert "过期" in town.mei.actor.alerts[-1] or "不能" in town.mei.actor.alerts[-1]
        assert li.heard[heard:] == ["这件事我来查"]


async def test_sent_anyway_it_leaves_once_and_who_said_so_stays_in_the_timeline():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        await writes(town, "我们保证周五前退款")
        await town.ravi.presses("仍然发送")
        assert li.heard[heard:] == ["我们保证周五前退款"]
        town.team_sees("Ravi 仍然发送了，其中有“我们保证”")
        async with town.desk.store.unit() as unit:
            (kept,) = [x for x in await unit.timeline(1) if x.kind == "said_anyway"]
        assert kept.by == f"staff:{town.ravi.id}"
        assert kept.data == {
            "phrases": ["我们保证"],
            "text": "我们保证周五前退款",
            "author": town.mei.id,
        }


async def test_changed_in_a_reply_the_new_words_do_what_the_old_ones_were_to_do():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]")
        await prompted(town.mei, "告知进展", "急什么，还在查")
        heard = len(li.heard)
        await town.mei.presses("我改一改")
        prompt = shows(town.mei, "换个说法")
        await town.mei.says("改天再说", reply_to=prompt)
        assert len(li.heard) == heard, "other words of the same kind are asked about as well"
        await town.mei.presses("我改一改")
        await town.mei.says("还在核对监控", reply_to=shows(town.mei, "换个说法"))
        assert li.heard[heard] == "还在核对监控"
        assert "下一次消息" in li.heard[heard + 1], "progress comes with the next time"
        assert (await town.case(1)).unsent == ()
        assert "stopped" in await town.timeline(1)


async def test_a_colleagues_case_and_bad_words_are_asked_about_one_after_the_other():
    async with Town() as town:
        li = await with_person(town)
        await town.mei.presses("接手")
        await town.ravi.says("在")
        heard = len(li.heard)
        await town.ravi.says("不归我管", reply_to=relayed(town.ravi, "多扣了我128块"))
        town.team_sees("C-1 由 Mei 负责")
        await town.ravi.presses("仍然发送")
        assert len(li.heard) == heard
        town.team_sees("“不归我管”是我们不对顾客说的话")
        await town.ravi.presses("仍然发送")
        assert li.heard[heard:] == ["不归我管"]


async def test_a_note_that_is_sent_after_all_and_a_caption_in_an_album_are_looked_at():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.actor.screen)
        thread = town.group.topic("C-1").thread
        await town.mei.says("李女士您好，这不是我们的原因", thread=thread)
        await town.mei.presses("发给顾客")
        assert len(li.actor.screen) == heard
        town.team_sees("“这不是我们的原因”")
        words = relayed(town.mei, "多扣了我128块")
        town.mei.actor.sends_album(3, caption="一分钱一分货", reply_to=words)
        await town.settle()
        await seconds(town, 10)
        assert len(li.actor.screen) == heard, "the pictures wait with their caption"
        assert sum("“一分钱一分货”" in m.text for m in town.mei.actor.screen) == 1
        await town.mei.presses("仍然发送")
        sent = [m for m in li.actor.screen[heard:] if "media_group_id" in m.body]
        assert len(sent) == 3


async def test_an_edit_of_what_was_sent_is_not_passed_on_and_an_edit_in_the_hold_stops_it():
    async with Town() as town:
        li = await with_person(town)
        answer = await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        await town.mei.edits(answer, "急什么")
        assert li.heard[-1] == "在查"
        town.team_sees("顾客看到的还是改之前的话")
        heard = len(li.heard)
        second = await writes(town, "马上")
        town.mei.actor.edits(second, "不是我负责的")
        await town.settle()
        assert len(li.heard) == heard
        town.team_sees("“不是我负责的”")


async def test_a_desk_that_forbids_nothing_stops_nothing(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text(
        "general: {zone: Asia/Shanghai, region: CN, language: zh_Hans, staff_language: zh_Hans}\n"
        "words: {forbidden: []}\n",
        encoding="utf-8",
    )
    async with Town(config=file) as town:
        li = await with_person(town)
        await writes(town, "不关我们的事")
        await town.settle()
        assert li.heard[-1] == "不关我们的事"
