"""Whole stories through the page, clicked and typed as a visitor would, the real bot behind."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.phones import Desk

pytestmark = pytest.mark.browser

BLENDER = (
    "我11月3号在你们店买的破壁机，昨天用第二次就冒烟了，吓得我妈赶紧拔插头。"
    "订单号 8823-1907，1299块。我不想换，要退钱。"
)
BY_WHEN = re.compile(r"\d{1,2}:\d{2}")


@pytest.mark.parametrize("staff_language", ["zh_Hans"])
@pytest.mark.parametrize("page_locale", ["zh-CN"])
class TestInChinese:
    async def test_the_chip_lights_up_the_staff_phone_and_marks_the_words(self, desk: Desk):
        await expect(desk.customer.node).to_contain_text("遇到不顺心的事")
        await desk.shot("first visit")
        await desk.plays("12315")
        await expect(desk.team.node).to_have_class(re.compile(r"\blit\b"))
        assert "12315" in await desk.marked()
        await desk.customer.sees("值班主管", re.compile(r"最晚.*\d{1,2}:\d{2}"))
        await desk.shot("chip")

    async def test_a_complaint_from_the_first_word_to_the_rating(self, desk: Desk):
        await desk.new_customer("zh-hans")
        await desk.customer.sees("青禾百货")
        await desk.shot("greeting")
        await desk.customer.says(BLENDER)
        await desk.customer.sees(re.compile("11[09]|120"), "现在人怎么样")
        await desk.shot("danger")
        await desk.customer.clicks("人没事")
        await desk.customer.sees(re.compile("8823-1907[^]*1,299.00".replace("[^]", r"[\s\S]")))
        await desk.shot("said back")
        await desk.customer.clicks("都对")
        await desk.customer.sees(re.compile(r"C-1[\s\S]*\d{1,2}:\d{2}"))
        await desk.team.opens_topic("C-1")
        await desk.team.sees("冒烟")
        await desk.shot("filed")
        await desk.team.clicks("接手")
        await desk.team.sees("负责人：Mei 小梅")
        await desk.customer.sees("已经有人接手")
        await desk.answers("我11月3号", "您好，这台机器不应该冒烟，我先给您办退款。")
        await desk.customer.sees("我先给您办退款")
        await desk.shot("answered")
        await desk.customer.says("好的，退到哪里？")
        await desk.team.sees("退到哪里")
        promised = re.compile(r"关于 C-1[\s\S]*\d{1,2}:\d{2}")
        await desk.moves_clock_until(desk.customer, promised)
        await desk.shot("promise kept")
        await desk.team.clicks("已办妥，告知顾客")
        await desk.team.sees("写上做了什么")
        await desk.answers("写上做了什么", "1299元已原路退回，机器我们收回检测。")
        await desk.customer.sees("1299元已原路退回")
        await desk.shot("resolved")
        await desk.customer.clicks("办到了")
        await desk.customer.clicks("5")
        await desk.customer.sees("谢谢您的评分")
        await desk.team.sees(re.compile("评分 5 分"))
        await desk.shot("rated")


async def test_a_vague_complaint_in_english_from_the_first_word_to_the_rating(desk: Desk):
    await desk.page.get_by_test_id("page-language").select_option("zh-Hant")
    await expect(desk.page.get_by_test_id("tab-team")).to_have_text("客服團隊")
    await desk.page.get_by_test_id("page-language").select_option("en")
    await desk.new_customer("en")
    await desk.customer.says("your delivery is a joke")
    await desk.customer.sees("only ask for what's missing")
    await desk.customer.says("third time!! box was wet again, 2 books are ruined, order 8823-1907")
    await desk.customer.clicks("That's all")
    await desk.customer.sees("put this right")
    await desk.shot("asked")
    await desk.customer.says("replace the books and make sure it stops")
    await desk.customer.sees("Here is what I'll pass on")
    await desk.shot("said back")
    await desk.customer.clicks("All correct")
    await desk.customer.sees(re.compile(r"C-1\b"), BY_WHEN)
    await desk.shot("filed")
    await desk.team.opens_general()
    await desk.team.clicks("Take")
    await desk.customer.sees("Somebody has taken C-1")
    await desk.team.opens_topic("C-1")
    await desk.shot("taken")
    await desk.answers("third time", "Ann, two new books leave today, in a plastic wrap.")
    await desk.customer.sees("two new books leave today")
    await desk.shot("answered")
    await desk.team.clicks("Done, tell customer")
    await desk.answers("what was done", "The two books were handed to you, dry.")
    await desk.customer.sees("were handed to you, dry", "done as agreed?")
    await desk.customer.clicks("Not yet")
    await desk.customer.sees("Then it isn't over")
    await desk.customer.says("only one of them came")
    await desk.team.sees("only one of them came")
    await desk.shot("not yet")
    await desk.team.clicks("Done, tell customer")
    await desk.team.clicks("nothing to add")
    await desk.customer.clicks("Yes, done")
    await desk.customer.clicks("4")
    await desk.customer.sees("in a few words")
    await desk.customer.says("quick in the end")
    await desk.customer.sees("passed that on")
    await desk.team.sees("rated 4 out of 5", "quick in the end")
    await desk.shot("rated")


@pytest.mark.parametrize("staff_language", ["zh_Hant"])
@pytest.mark.parametrize("page_locale", ["zh-TW"])
async def test_a_complaint_in_taiwan_from_the_first_word_to_the_rating(desk: Desk):
    await expect(desk.page.get_by_test_id("scene-status")).to_contain_text("點一個情境")
    await desk.new_customer("zh-TW")
    await desk.customer.says("上週五買的耳機左耳壞了，訂單編號 5510-2284，想換一副新的。")
    await desk.customer.sees("多少錢")
    await desk.customer.says("一千兩百塊左右")
    await desk.customer.sees("您看對不對")
    await desk.shot("said back")
    await desk.customer.clicks("都對")
    await desk.customer.sees(re.compile(r"C-1\b"), BY_WHEN)
    await desk.customer.says("我要真人客服")
    await desk.team.opens_topic("C-1")
    await desk.team.sees("耳機")
    await desk.shot("a person")
    await desk.team.clicks("接手")
    await desk.team.sees("負責人：Mei 小梅")
    await desk.answers(re.compile(r"👤 林怡君\s*上週五買的耳機"), "新耳機今天寄出，舊的不用寄回。")
    await desk.customer.sees("新耳機今天寄出")
    await desk.team.clicks("已辦妥，告知顧客")
    await desk.team.clicks("不另寫")
    await desk.customer.sees("辦到了嗎")
    await desk.shot("resolved")
    await desk.customer.clicks("辦到了")
    await desk.customer.clicks("5")
    await desk.customer.sees("謝謝您的評分")
    await desk.team.sees("評分 5 分")
    await desk.shot("rated")


CHIPS = ("12315", "day", "threshold", "blender", "wet-box", "album", "take", "promise", "table")


async def test_every_chip_plays_to_its_end(desk: Desk):
    for chip in CHIPS:
        await desk.plays(chip)
        await desk.shot(chip)


DAY = 24 * 60


async def test_a_day_moved_at_once_stands_on_the_ribbon_minute_by_minute(desk: Desk):
    """Who has it is warned, the level above alerted, the customer told: each at its own minute."""
    await desk.plays("day")
    marks = await desk.page.get_by_test_id("ribbon-mark").all_inner_texts()
    said = [re.sub(r"\s+", " ", one) for one in marks]

    def minute(words: str) -> int:
        """When the first message like this came, in minutes of the day."""
        found = (re.match(rf"(\d\d):(\d\d) {words}", one) for one in said)
        first = next((one for one in found if one), None)
        assert first, (words, said)
        return int(first[1]) * 60 + int(first[2])

    warned = minute("Team.*⏳ C-1: the customer was promised word")
    told = minute("张敏 关于 C-1：还在处理")
    alerted = minute("Chen.*⏰ C-1: first answer was due")
    assert (told - warned) % DAY == 30, said
    assert alerted == told, said
    assert minute("Lin.*⏰ C-1: first answer was due") == (alerted + 30) % DAY, said
    assert minute("Boss.*⏰ C-1: first answer was due") == (alerted + 120) % DAY, said
    await desk.page.get_by_test_id("ribbon-mark").filter(has_text="关于 C-1").first.click()
    await expect(desk.customer.message("关于 C-1")).to_be_visible()
    await desk.page.get_by_test_id("ribbon-close").click()
    await expect(desk.page.get_by_test_id("ribbon")).to_be_hidden()


@pytest.mark.parametrize("staff_language", ["zh_Hans"])
@pytest.mark.parametrize("page_locale", ["zh-CN"])
async def test_the_admins_chip_plays_in_chinese_and_ends_where_it_began(desk: Desk):
    await desk.plays("threshold")
    await expect(desk.admin.message(re.compile("第 ?3 版|版本 ?3"))).to_be_visible()


@pytest.mark.parametrize("staff_language", ["zh_Hant"])
@pytest.mark.parametrize("page_locale", ["zh-TW"])
async def test_the_admins_chip_plays_in_traditional_chinese(desk: Desk):
    await desk.plays("threshold")
