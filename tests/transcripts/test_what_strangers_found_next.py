"""What people found who had never seen the desk before: said once more, in their words."""

import pytest

from tests.town import Town
from tests.transcripts.tellings import filed, prompted, relayed, shows, tells


async def done(town):
    """A case that staff say is done, whose customer never got to the end of the questions."""
    li = town.customer("李女士", "zh-hans")
    await tells(li, "收银多扣了我128块", "转人工")
    await town.mei.presses("接手")
    await town.mei.says("已经在查了", reply_to=relayed(town.mei, "收银"))
    await town.passes(seconds=10)
    await prompted(town.mei, "已办妥，告知顾客", "已经办好了")
    await town.passes(seconds=10)
    if (await town.case(1)).status != "carried_out":
        await town.mei.presses("仍然办结")
    assert (await town.case(1)).status == "carried_out"
    return li


async def test_who_is_told_that_it_is_done_and_says_that_it_is_not_is_heard():
    async with Town() as town:
        li = await done(town)
        await li.says("骗人，根本没退")
        assert (await town.case(1)).status in {"in_progress", "handed_off"}
        assert shows(town.mei, "骗人，根本没退")
        assert "怎样处理您会觉得妥当" not in li.heard[-1]
        assert "C-1" in li.heard[-1]


async def test_who_is_content_is_not_taken_to_deny_it():
    async with Town() as town:
        li = await done(town)
        await li.says("收到了，没有其他问题")
        assert (await town.case(1)).status == "carried_out"


async def test_what_is_told_beside_the_wish_for_a_person_is_read():
    async with Town(managers=True) as town:
        await town.customer("王女士", "zh-hans").says("你们快递员摸我，转人工")
        assert (await town.case(1)).accused
        assert not any("摸我" in one for one in town.mei.heard)
        await town.customer("李女士", "zh-hans").says("收银员多扣我128块，转人工")
        case = await town.case(2)
        assert (case.category, case.facts["amount"].value) == ("billing", "12800")
        assert case.status == "handed_off"


async def test_an_album_edited_into_a_note_stays_among_staff_whole():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我128块", "转人工")
        await town.mei.presses("接手")
        heard = len(li.heard)
        parts = town.mei.actor.sends_album(
            3, caption="凭证", reply_to=relayed(town.mei, "收银").message_id
        )
        await town.moment()
        await town.mei.edits(parts[0], "//凭证，先别发")
        await town.passes(seconds=10)
        assert len(li.heard) == heard
        assert (await town.case(1)).unsent == ()


DANGERS = {
    "电梯困人了快来": "119",
    "孩子误吞了零件": "120",
    "My kettle smokes": "119",
    "I feel like ending it all because of you people": "120",
}


@pytest.mark.parametrize("words", DANGERS)
async def test_danger_in_words_that_no_list_had_is_answered_at_once(words):
    async with Town() as town:
        li = town.customer("Li", "en" if words.isascii() else "zh-hans")
        await li.says(words)
        assert DANGERS[words] in li.heard[-1]
        case = await town.case(1)
        assert (case.grade, case.level) == ("severe", "supervisor")


@pytest.mark.parametrize("words", ["我明天带刀来找你们", "I will kill that waiter"])
async def test_who_threatens_staff_is_answered_without_first_aid_and_a_person_knows_at_once(words):
    async with Town() as town:
        li = town.customer("Li", "en" if words.isascii() else "zh-hans")
        await li.says(words)
        assert "110" in li.heard[-1]
        assert not any("受伤" in one or "hurt" in one for one in li.heard)
        case = await town.case(1)
        assert (case.grade, case.level, case.danger) == ("severe", "supervisor", "violence")
        assert case.category != "safety_injury"
        await li.says("你们多收了我128块" if not words.isascii() else "You took 128 too much")
        assert (await town.case(1)).said.count("128") == 1


async def test_a_message_that_belongs_elsewhere_takes_along_what_was_read_from_it():
    async with Town() as town:
        li = await filed(town, words="收银多扣了我128块，单号 8823-1907，退款")
        await li.says("另外上周五买的电饭煲是坏的，要换货，电话 13800138000")
        await li.presses("不是这件事")
        first, second = await town.case(1), await town.case(2)
        assert "contact" not in first.facts
        assert first.remedies == ("refund",)
        assert (first.facts["amount"].value, first.facts["order"].value) == ("12800", "8823-1907")
        assert second.facts["contact"].value == "+8613800138000"
        assert second.remedies == ("exchange",)


async def test_a_colleagues_answer_is_taken_back_by_its_author_or_a_supervisor_alone():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我128块", "转人工")
        await town.mei.presses("接手")
        said = await town.mei.says("已经在查了", reply_to=relayed(town.mei, "收银"))
        await town.passes(seconds=10)
        await town.ravi.says("/unsend", reply_to=said)
        assert "已经在查了" in li.heard
        await town.mei.says("/unsend", reply_to=said)
        assert "已经在查了" not in li.heard


async def test_hello_again_says_where_it_stands():
    async with Town() as town:
        li = await filed(town)
        await li.says("在吗")
        assert "C-1" in li.heard[-1]
        await li.says("你好")
        assert "C-1" in li.heard[-1]
        assert "发生了什么" not in li.heard[-1]
