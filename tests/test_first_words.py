"""One whole complaint, from the first word to the rating, in each language."""

from tests.town import Town

BLENDER = (
    "我11月3号在你们店买的破壁机，昨天用第二次就冒烟了，吓得我妈赶紧拔插头。"
    "订单号 8823-1907，1299块。我不想换，要退钱。"
)


async def test_a_rich_chinese_complaint_is_asked_one_question_and_goes_on_to_the_rating():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says(BLENDER)
        li.sees("拔插头", "119", "C-1")
        await li.presses("人没事")
        li.sees("破壁机", "8823-1907", "¥1,299.00", "11月17日", "退款", "更换")
        await li.presses("都对")
        li.sees("C-1", "今天（11月18日 周三）18:30")
        town.team_sees("C-1", "冒烟", "¥1,000.00")
        await town.mei.presses("接手")
        li.sees("C-1")
        relayed = next(m for m in town.mei.actor.screen if m.text.startswith("👤 李女士\n我11月"))
        answer = await town.mei.says(
            "李女士您好，这台机器不应该冒烟，我先给您办退款。", reply_to=relayed
        )
        assert li.heard[-1] == "李女士您好，这台机器不应该冒烟，我先给您办退款。"
        assert list(answer.reactions.values()), "a delivered reply is marked"
        await li.says("好的，退到哪里？")
        town.team_sees("好的，退到哪里？")
        await town.mei.presses("已办妥")
        prompt = town.mei.actor.last
        await town.mei.says("1299元已原路退回，机器我们收回检测。", reply_to=prompt)
        assert "1299元已原路退回，机器我们收回检测。" in li.heard
        await li.presses(li.buttons[0])
        await li.presses("5")
        case = await town.case(1)
        assert (case.status, case.rating, case.settled) == ("closed", 5, True)


async def to_the_rating(town: Town, customer, *, take: str, done: str, answer: str) -> None:
    """Staff take the case, answer, say that it is done; the customer settles and rates it."""
    await town.mei.presses(take)
    await town.mei.presses(done)
    prompt = town.mei.actor.last
    await town.mei.says(answer, reply_to=prompt)
    assert answer in customer.heard
    await customer.presses(customer.buttons[0])
    await customer.presses("5")
    case = await town.case(1)
    assert (case.status, case.rating, case.settled) == ("closed", 5, True)


async def test_an_english_complaint_goes_from_the_first_word_to_the_rating():
    async with Town(config="us") as town:
        ann = town.customer("Ann", "en")
        await ann.says("your delivery is a joke")
        await ann.says("third time!! box was wet again, 2 books ruined")
        await ann.presses("That's all")
        ann.sees("Which order")
        await ann.presses("Not sure")
        await ann.says("replace them please")
        ann.sees("Have I got it right")
        await ann.presses("All correct")
        ann.sees("C-1")
        await to_the_rating(
            town, ann, take="Take", done="Done, tell", answer="Two new books left us today."
        )


async def test_a_complaint_in_taiwan_goes_from_the_first_word_to_the_rating():
    async with Town(config="tw") as town:
        lin = town.customer("林小姐", "zh-tw")
        await lin.says("我昨天收到的耳機左邊沒聲音，訂單編號 8823-1907，NT$1,290，我要退款")
        lin.sees("很抱歉", "品質問題", "NT$1,290", "8823-1907", "退款")
        await lin.presses("送出")
        lin.sees("C-1")
        await to_the_rating(town, lin, take="接手", done="已辦妥", answer="已全額退款，請查收。")
