"""Mechanisms of complaint handling, each with its number in docs/mechanisms.md.

How somebody is heard out, what staff find out, how a case ends. The others are in the files that
the page names.
"""

import re

import pytest

from bot.texts.extract.checks import FORBIDDEN
from tests.town import Town
from tests.transcripts.tellings import filed, prompted, relayed, shows, tells

VERDICT = re.compile(
    FORBIDDEN["fault, outcome or amount from the bot"] + r"|会退|会赔|责任在", re.IGNORECASE
)
REF = re.compile(r"C-\d+")


@pytest.mark.parametrize(
    "words",
    [
        "我不同意你们的收费，单子上多了128块",
        "太过分了！收银多扣了我的钱！",
        "你们要赔我128元，多收的",
        "麻烦把多收的128元改过来",
        "我以为送货是免费的，结果收了我128块",
    ],
    ids=["objection", "protest", "claim", "fix_request", "expectation"],
)
async def test_2_whatever_the_wording_it_is_taken_as_a_complaint_and_filed(words):
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, words, "说完了", 16)
        case = await town.case(1)
        assert (case.kind, case.status) == ("complaint", "queued")
        assert case.story.startswith(words)
        assert "C-1" in "\n".join(li.heard)


async def test_9_the_three_openers_are_open_questions_that_leave_the_words_to_them():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.starts()
        li.sees("发生了什么，按您自己的话说就好")
        await li.says("收银多扣了我128块，单号 8823-1907")
        li.sees("您慢慢说，想到什么说什么")
        assert li.buttons == ["说完了"], "nothing to choose from yet"
        await tells(li, "[说完了]", "昨天")
        for _ in range(3):
            if "怎样处理" in li.news:
                break
            await li.says("跳过")
        li.sees("怎样处理您会觉得妥当", "也可以直接说")


async def test_10_one_message_fills_who_what_which_when_where_how_many_and_how_much():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says(
            "昨晚七点在人民广场店，收银员小王给我三件衬衫多收了96块，"
            "单号 8823-1907，我的电话 13800138000，要退款"
        )
        case = await town.case(1)
        known = {name: fact.value for name, fact in case.facts.items()}
        assert known["when"] == "2026-11-17T19:00"
        assert "人民广场" in known["place"]
        assert "小王" in known["who"]
        assert known["quantity"].startswith("3")
        assert (known["amount"], known["order"]) == ("9600", "8823-1907")
        assert known["contact"] == "+8613800138000"
        assert case.remedies == ("refund",)
        assert len([h for h in li.heard if h.endswith("？")]) <= 1, "asked at most one thing"


async def test_11_the_funnel_goes_from_open_words_to_choices_to_yes_or_no():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "小区从昨天晚上开始断网了，一直上不去", "[说完了]")
        li.sees("是哪个地址或哪一片受影响")
        assert li.buttons == ["不确定"], "open: only words answer it"
        await li.says("幸福小区3栋")
        for _ in range(3):
            if "现在还是这样吗" in li.news:
                break
            await li.says("跳过")
        assert li.buttons[:2] == ["是", "不是"]
        wang = town.customer("王先生", "zh-hans")
        await tells(wang, "你们的配送有问题，单号 5510-2290", "[说完了]")
        wang.sees("配送上是哪种情况")
        assert "少了东西" in wang.buttons


async def test_12_a_hurried_intake_still_asks_for_what_nobody_could_do_without():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "气死我了！！你们服务员骂我！太恶劣了！！", "说完了")
        asked = [li.news]
        for answer in ("昨天晚上", "人民广场店"):
            await li.says(answer)
            asked.append(li.news)
        assert "什么时候" in "".join(asked)
        assert "哪里" in "".join(asked)
        assert "哪位" not in "".join(asked), "what can wait, waits"
        case = await town.case(1)
        assert {"when", "place"} <= case.facts.keys()
        assert case.story


async def test_13_what_is_required_is_explained_and_asked_once_more_and_never_stops_the_case():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我128块，气人", "[说完了]")
        li.sees("是哪一单")
        assert "跳过" not in li.buttons
        await li.says("跳过")
        li.sees("没有这一项，后面的同事很难查到")
        await li.says("跳过")
        for _ in range(6):
            if any("都对" in one for one in li.buttons):
                break
            await li.says("退款" if "退款" in "".join(li.buttons) else "跳过")
        await li.presses("都对")
        case = await town.case(1)
        assert (case.status, case.facts["order"].value) == ("queued", None)
        await town.mei.presses("接手")
        town.team_sees("单号：未知")


async def test_16_the_desk_itself_states_no_fault_no_outcome_and_no_amount():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        theirs = "就是你们的错！多扣了128块，单号 8823-1907，退不退？赔多少？"
        wish = "你们负全责吗？退款"
        await tells(li, theirs, "说完了")
        for _ in range(6):
            if any("都对" in one for one in li.buttons):
                break
            await li.says(wish if "退款" in "".join(li.buttons) else "跳过")
        await li.presses("都对")
        await town.passes(days=4)
        for told in li.heard:
            own = told.replace(theirs, "").replace(wish, "")  # what is only said back
            assert not VERDICT.search(own), told
        assert (await town.case(1)).responsibility == ""


async def test_18_a_number_for_life_every_attachment_kept_with_its_mark_and_the_status_told():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我128块，单号 8823-1907", "‹photo›", "‹voice›", "[说完了]", 16)
        async with town.desk.store.unit() as unit:
            kept = await unit.media(1)
            timeline = await unit.timeline(1)
        assert [one.media.kind for one in kept] == ["photo", "voice"]
        assert all(one.media.unique_id for one in kept)
        times = {entry.n: entry.at for entry in timeline}
        assert all(times[one.n] for one in kept), "the row it came with tells when"
        await li.says("/status")
        li.sees("C-1", "已收到", "最晚")


async def test_21_the_apology_comes_first_and_is_for_the_experience():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("收银多扣了我128块，单号 8823-1907")
        assert li.news.startswith("钱的事最让人挂心，很抱歉让您费神了")
        assert not VERDICT.search(li.news)


async def test_22_one_apology_until_something_was_done():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "气死我了！收银多扣了我的钱！", "真的太气人了", "到现在没人管！", "说完了")
        for _ in range(8):
            if any("都对" in one for one in li.buttons):
                break
            await li.says("退款" if "退款" in "".join(li.buttons) else "跳过")
        await li.presses("都对")
        assert sum(told.count("抱歉") for told in li.heard) == 1


async def test_23_the_apology_names_what_happened():
    said = {}
    stories = {
        "billing": "收银多扣了我128块，单号 8823-1907",
        "delivery": "外卖送晚了一个小时，单号 8823-1907",
        "wait": "打客服电话排队等了两个小时，一直没人接",
    }
    async with Town() as town:
        for name, story in stories.items():
            one = town.customer(name, "zh-hans")
            await one.says(story)
            said[name] = next(part for part in re.split("[。\n]", one.news) if "抱歉" in part)
    assert "钱的事" in said["billing"]
    assert len(set(said.values())) == len(stories)


async def test_34_feedback_is_answered_with_thanks_and_with_what_became_of_it():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "/feedback", "菜单的字太小，看不清", "[说完了]")
        li.sees("谢谢您告诉我们", "已经按您的原话转给团队")
        town.team_sees("菜单的字太小，看不清")


async def test_36_the_same_matter_gets_the_same_words_whoever_brings_it():
    async with Town() as town:
        heard = []
        for name, link in (("王总", "vip"), ("小李", None)):
            one = town.customer(name, "zh-hans")
            await one.starts(link)
            before = len(one.heard)
            await tells(one, "收银多扣了我128块，单号 8823-1907", "[说完了]", "昨天", "退款")
            heard.append([REF.sub("C-N", told.replace(name, "X")) for told in one.heard[before:]])
        assert heard[0] == heard[1]


async def test_85_the_acknowledgement_says_the_steps_and_the_time_and_status_says_it_again():
    async with Town() as town:
        li = await filed(town)
        assert "已登记，编号 C-1" in li.news
        li.sees(
            "接下来：有人看您的情况，在这里答复您，最后再问您", "最晚 今天（11月18日 周三）20:00"
        )
        await li.says("我的投诉")
        li.sees("C-1", "接下来：会有同事看您的情况", "最晚 今天（11月18日 周三）20:00")


# ---- staff ----------------------------------------------------------------------------------


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
        assert (case.status, case.outcome, case.unsent) == ("carried_out", "钱已经退了。", ())
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


async def test_43_nothing_to_add_is_taken_at_its_word_once_a_person_has_answered():
    async with Town() as town:
        li = await filed(town)
        await town.mei.presses("接手")
        await town.mei.says("128元今天退回原卡。", reply_to=relayed(town.mei, "收银"))
        await town.passes(seconds=10)
        await tells(town.mei, "[已办妥，告知顾客]", "[不另写]")
        assert (await town.case(1)).status == "carried_out"
        assert "128元今天退回原卡。" in li.heard


async def test_43_pictures_sent_together_are_asked_about_once_and_leave_together():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我的钱", "转人工")
        await town.mei.presses("接手")
        await town.mei.presses("已办妥")
        asked = shows(town.mei, "做了什么")
        await town.mei.album(2, caption="退款凭证", reply_to=asked)
        assert (await town.timeline(1)).count("clears_asked") == 1
        await town.mei.presses("仍然办结")
        case = await town.case(1)
        assert (case.status, case.outcome, case.unsent) == ("carried_out", "退款凭证", ())


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
        await town.mei.presses("不另写")
        assert "你写的话先留着" in town.mei.heard[-1], "what was written is not thrown away"
        await prompted(town.mei, "已办妥，告知顾客", "办好了。")
        assert (await town.case(1)).status == "carried_out"
