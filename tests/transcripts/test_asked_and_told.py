"""Those who stay silent are asked, feedback is always taken, and how complaints go is published."""

import pytest

from bot import link
from bot.config import SettingsError, load
from tests.town import Town
from tests.transcripts.tellings import filed, prompted, tells


async def test_19_a_good_mark_is_thanked_and_kept_as_feedback_and_calls_nobody():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.starts("pulse_renmin")
        li.sees("今天觉得怎么样")
        assert li.buttons == ["1", "2", "3", "4", "5"]
        shown = len(town.mei.heard)
        await li.presses("5")
        li.sees("很高兴您满意")
        case = await town.case(1)
        assert (case.status, case.pulse, case.source) == ("feedback", 5, "pulse_renmin")
        assert len(town.mei.heard) == shown
        await li.says("小王的服务特别周到")
        li.sees("谢谢您告诉我们")
        town.team_sees("小王的服务特别周到", "5/5")
        await li.presses("我想要个答复")
        assert (await town.case(1)).kind == "complaint"


async def test_19_a_bad_mark_asks_what_went_wrong_and_begins_a_case():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.starts("pulse")
        await li.says("2分")
        li.sees("很抱歉", "哪里没做好")
        await tells(li, "收银多扣了我128块，单号 8823-1907", "[说完了]")
        case = await town.case(1)
        assert (case.status, case.pulse, case.category) == ("draft", 2, "billing")
        await town.passes(minutes=16)
        assert (await town.case(1)).status == "queued"
        town.team_sees("当天评价 2/5")


async def test_19_a_bad_mark_without_a_word_is_shown_to_the_team_and_bothers_nobody_again():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.starts("pulse")
        await li.presses("1")
        await town.passes(days=3)
        assert (await town.case(1)).status == "feedback"
        town.team_sees("当天评价 1/5")
        assert "哪里没做好" in li.heard[-1], "no further word"


async def test_19_the_mark_is_taken_once_and_a_story_under_way_is_not_interrupted():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.starts("pulse")
        asked = next(m for m in reversed(li.actor.screen) if m.labels)
        li.actor.presses("4", message=asked)
        await li.presses("5", message=asked)
        assert await town.case(2) is None
        await li.says("收银多扣了我的钱，要投诉")
        wang = town.customer("王先生", "zh-hans")
        await wang.says("你们的外卖洒了")
        await wang.starts("pulse")
        wang.sees_not("今天觉得怎么样")


async def test_19_feedback_is_always_taken_and_one_tap_asks_for_an_answer():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "/feedback", "门口的台阶太滑了", "[说完了]")
        li.sees("谢谢您告诉我们")
        case = await town.case(1)
        assert (case.status, case.promises) == ("feedback", ())
        town.team_sees("门口的台阶太滑了")
        await li.presses("我想要个答复")
        case = await town.case(1)
        assert (case.status, case.kind) == ("queued", "complaint")
        assert {one.kind for one in case.promises} == {"accept", "first_answer", "resolution"}


async def test_19_feedback_that_falls_silent_is_kept_as_feedback():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "/feedback", "门口的台阶太滑了", 20)
        assert (await town.case(1)).status == "feedback"
        wang = town.customer("王先生", "zh-hans")
        await tells(wang, "/feedback", 20)
        assert (await town.case(2)).status == "withdrawn", "nothing was said"


async def test_19_danger_told_as_feedback_is_danger():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "/feedback", "刚才电器冒烟了，着火了")
        li.sees("119")
        assert (await town.case(1)).grade == "severe"


async def test_20_the_policy_is_published_with_the_time_and_the_outside_body():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("/policy")
        li.sees("投诉怎么处理", "拿到编号", "今天（11月18日 周三）20:00", "12315", "120")
    for desk, language, body in (("tw", "zh-TW", "1950"), ("hk", "zh-HK", "消費者委員會")):
        async with Town(config=desk) as town:
            chan = town.customer("陳", language)
            await chan.says("/policy")
            chan.sees(body)
    async with Town(config="us") as town:
        ann = town.customer()
        await ann.says("/policy")
        ann.sees("how complaints are handled", "consumer protection body")


async def test_20_an_operator_prints_a_link_with_its_code(capsys):
    async with Town() as town:
        settings = load(None, bot_token=town.sandbox.token, bot_api_url=town.sandbox.url)
        assert await link.link(settings, "pulse_renmin") == 0
        printed = capsys.readouterr().out
        assert f"https://t.me/{town.desk.bot.username}?start=pulse_renmin\n" in printed
        assert "█" in printed
        with pytest.raises(SettingsError, match="1 to 64 letters"):
            await link.link(settings, "人民广场")


async def test_24_closing_thanks_and_says_sorry_once_more_without_admitting_fault():
    async with Town() as town:
        li = await filed(town)
        await town.mei.presses("接手")
        await prompted(town.mei, "已办妥", "128元已退回原卡。")
        await tells(li, "[办到了]", "[5]")
        li.sees("谢谢您的评分", "再次向您道歉")
        li.sees_not("我们的错", "不便")
        wang = await filed(town, "王先生")
        await town.mei.presses("接手")
        await prompted(town.mei, "已办妥", "128元已退回原卡。")
        await tells(wang, "[办到了]")
        wang.seen = len(wang.heard)
        await town.passes(days=8)
        wang.sees("先结案了", "再次向您道歉")


async def test_24_after_an_injury_the_closing_word_is_no_light_one():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "我孩子吃了你们的蛋糕过敏，全身起疹子", "[人没事]")
        await town.mei.presses("接手")
        await prompted(town.mei, "已办妥", "配料表已经改正，医药费由我们承担。")
        if any("仍然办结" in one for one in town.mei.buttons):
            await town.mei.presses("仍然办结")
        await tells(li, "[办到了]", "[5]")
        li.sees("郑重道歉", "早日安好")
        li.sees_not("费心", "不便", "小事")
