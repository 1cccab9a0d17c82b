"""One whole complaint in Chinese, from the first word to the rating."""

from tests.town import Town


async def test_a_chinese_complaint_goes_from_first_word_to_rating():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("我11月3号在你们店买的破壁机，昨天用第二次就冒烟了，吓得我妈赶紧拔插头。订单号 8823-1907，1299块。我不想换，要退钱。")
        print(li.news, li.buttons)
        await li.presses(li.buttons[0])
        print(li.news, li.buttons)
        await li.presses(li.buttons[0])
        print(li.news, li.buttons)
        print("=====TEAM", *town.mei.heard, sep="\n---\n")
        print(town.group.topics)
        print(await town.timeline(1))
        case = await town.case(1)
        print(case)
        assert 0
