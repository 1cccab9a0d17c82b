"""Mechanisms of complaint handling, each with its number in docs/mechanisms.md: what staff find out
and how a case ends. The others are in the files that the page names.
"""

from tests.town import Town
from tests.transcripts.tellings import filed, prompted, shows, tells


def on_card(town, number=1):
    """The card of a case as it stands in its topic."""
    return next(
        m
        for m in town.mei.actor.screen
        if m.labels and f"C-{number} ·" in m.text and "👤" in m.text
    )


async def test_14_what_was_verified_is_ticked_on_the_card_with_who_and_when():
    async with Town() as town:
        li = await filed(town)
        heard = len(li.heard)
        await tells(town.mei, "[接手]", "[更多]", "[核实情况]", "[订单确有]", "[问过相关部门]")
        case = await town.case(1)
        assert {name: check.name for name, check in case.verified.items()} == {
            "order": "Mei",
            "department": "Mei",
        }
        assert case.verified["order"].at is not None
        assert "已核实：订单确有（Mei）、问过相关部门（Mei）" in shows(town.mei, "C-1 ·").text
        await town.mei.presses("☑ 订单确有")
        assert set((await town.case(1)).verified) == {"department"}
        kinds = await town.timeline(1)
        assert (kinds.count("verified"), kinds.count("unverified")) == (2, 1)
        assert not any("核实" in h for h in li.heard[heard:]), "staff only"


async def test_14_responsibility_before_anything_was_verified_is_asked_back_once():
    async with Town() as town:
        li = await filed(town)
        await tells(town.mei, "[接手]", "[更多]", "[核实情况]", "[我方]")
        assert (await town.case(1)).responsibility == ""
        town.team_sees("还没有核实过任何一项", "我方")
        await town.mei.presses("仍然认定")
        assert (await town.case(1)).responsibility == "ours"
        await town.mei.presses("第三方")
        assert (await town.case(1)).responsibility == "third_party", "asked back once only"
        kinds = await town.timeline(1)
        assert (kinds.count("asked_back"), kinds.count("responsibility")) == (1, 2)
        assert not any("责任" in h for h in li.heard), "staff only"


async def test_14_after_a_tick_responsibility_is_taken_at_the_first_press():
    async with Town() as town:
        await filed(town)
        await tells(town.mei, "[接手]", "[更多]", "[核实情况]", "[订单确有]", "[我方]")
        assert (await town.case(1)).responsibility == "ours"
        assert "asked_back" not in await town.timeline(1)


async def test_17_the_need_behind_the_wish_is_for_staff_alone():
    async with Town() as town:
        li = await filed(town)
        heard = len(li.heard)
        await town.mei.presses("接手")
        thread = town.group.topic("C-1").thread
        await town.mei.says("/need 怕以后再被多扣，想知道怎么发生的", thread=thread)
        assert "真正的需要：怕以后再被多扣" in shows(town.mei, "C-1 ·").text
        await town.mei.presses("更多")
        await prompted(town.mei, "真正的需要", "要一个说法")
        assert (await town.case(1)).underlying_need == "要一个说法"
        assert (await town.timeline(1)).count("need") == 2
        assert not any("说法" in h or "怕以后" in h for h in li.heard[heard:])


async def test_43_with_all_five_clear_done_goes_straight_to_the_customer():
    async with Town() as town:
        li = await filed(town)
        await town.mei.presses("接手")
        await prompted(town.mei, "已办妥", "128元今天退回原卡，明天到账。")
        assert "128元今天退回原卡，明天到账。" in li.heard
        assert (await town.case(1)).status == "carried_out"
        assert "clears_asked" not in await town.timeline(1)


async def test_43_what_is_not_clear_is_named_and_resolving_anyway_is_logged():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我的钱", "转人工")
        await town.mei.presses("接手")
        heard = len(li.heard)
        await prompted(town.mei, "已办妥", "钱已经退了。")
        town.team_sees("C-1 办结之前，还缺", "问清：金额、单号", "你写的话先留着")
        assert len(li.heard) == heard, "nothing went out yet"
        assert (await town.case(1)).status == "in_progress"
        await town.mei.presses("仍然办结")
        assert li.heard[heard] == "钱已经退了。"
        case = await town.case(1)
        assert (case.status, case.outcome, case.withheld) == ("carried_out", "钱已经退了。", None)
        async with town.desk.store.unit() as unit:
            entry = next(x for x in await unit.timeline(1) if x.kind == "resolved")
        assert entry.data["missing"] == ["asked"]


async def test_43_done_without_a_word_asks_for_what_was_done_and_a_reply_to_it_is_enough():
    async with Town() as town:
        li = await filed(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]")
        town.team_sees("还没有人亲自答复过顾客", "没有写明做了什么")
        assert (await town.case(1)).status == "in_progress"
        await town.mei.says("已退128元。", reply_to=shows(town.mei, "办结之前"))
        assert (await town.case(1)).outcome == "已退128元。"
        assert "已退128元。" in li.heard


async def test_43_an_open_question_or_a_voice_nobody_listened_to_is_not_clear():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "‹voice›", "转人工")
        await tells(town.mei, "[接手]", "[问顾客]", "[联系方式]")
        await prompted(town.mei, "已办妥", "办好了。")
        town.team_sees("听清：没有写下来的经过", "跟清：还有没回答的问题")
        await li.says("13800138000")
        thread = town.group.topic("C-1").thread
        await town.mei.says("/need 语音听过了：要道歉", thread=thread)
        await prompted(town.mei, "已办妥", "办好了。")
        assert (await town.case(1)).status == "carried_out"
