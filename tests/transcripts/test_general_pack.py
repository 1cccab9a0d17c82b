"""A bad day in every category of the general pack: angry, vague, out of order, mind changed."""

from tests.town import Town
from tests.transcripts.tellings import tells


async def test_product_quality_told_in_rage_with_a_sticker_and_a_day_corrected_at_the_summary():
    async with Town() as town:
        wang = town.customer("王女士", "zh-hans")
        await wang.says("气死我了！！")
        wang.sees("慢慢说", "很抱歉")
        await tells(wang, "你们卖的什么破东西，电饭锅用两次就坏了", "‹sticker›", "没了")
        wang.sees("怎样处理")
        wang.sees_not("商品", "抱歉")
        await wang.says("昨天买的")  # not what was asked
        wang.sees("这个我记下了", "怎样处理")
        await tells(wang, "[更换]", "[选好了]")
        wang.sees("电饭锅", "11月17日", "更换或重做")
        await wang.says("不对，是前天")
        wang.sees("已经改好了", "11月16日")
        await wang.sends("photo")
        wang.sees("1 份")
        await wang.presses("都对")
        wang.sees("C-1", "今天（11月18日 周三）20:00")
        case = await town.case(1)
        assert (case.category, case.media, case.facts["when"].value) == (
            "product_quality",
            1,
            "2026-11-16",
        )
        changes = [e.data for e in await entries(town, "fact") if e.data["fact"] == "when"]
        assert (changes[-1]["was"], changes[-1]["now"]) == ("2026-11-17", "2026-11-16")


async def entries(town, kind):
    async with town.desk.store.unit() as unit:
        return [entry for entry in await unit.timeline(1) if entry.kind == kind]


async def test_delivery_without_a_number_is_taken_as_it_is_and_a_rejected_remedy_is_kept():
    async with Town() as town:
        zhao = town.customer("赵先生", "zh-hans")
        await tells(zhao, "快递到现在都没到，垃圾", "‹photo›", "[说完了]")
        zhao.sees("哪一单")
        await zhao.says("单号我哪知道")
        zhao.sees("8823-1907")  # asked again, with an example
        await zhao.says("跳过")
        zhao.sees_not("哪一单")
        zhao.sees("怎样处理")
        await zhao.says("我不要退款，就要你们给个解释")
        zhao.sees("说明原因", "您不接受：退款")
        await zhao.presses("都对")
        case = await town.case(1)
        assert case.category == "delivery"
        assert case.facts["order"].open == "skipped"
        assert (case.remedies, case.remedies_rejected) == (("explanation",), ("refund",))
        town.team_sees("不接受：退款", "📎 1")


async def test_service_attitude_is_heard_with_care_and_leaves_no_trace_in_the_team_chat():
    async with Town() as town:
        sun = town.customer("孙女士", "zh-hans")
        await sun.says("你们导购翻白眼骂我穷鬼，太欺负人了")
        sun.sees("很抱歉", "慢慢说")
        await tells(sun, "没了", "昨天下午", "南京路店", "要她当面道歉")
        sun.sees("南京路店", "道歉", "11月17日")
        await sun.presses("都对")
        case = await town.case(1)
        assert case.accused
        assert "C-1" not in "\n".join(m.text or "" for m in town.group.screen)
        assert any("C-1" in heard and "骂我" in heard for heard in town.boss.heard)


async def test_waiting_on_the_phone_for_two_hours_is_not_asked_for_twice():
    async with Town() as town:
        qian = town.customer("钱先生", "zh-hans")
        await tells(qian, "打客服电话排队等了两个小时没人接", "还在等！！！", "没了")
        qian.sees_not("多久")
        qian.sees("怎样处理")  # angry: only what is needed is asked
        await tells(qian, "给我个说法", "[都对]")
        case = await town.case(1)
        assert (case.category, case.status) == ("wait_response", "queued")
        assert "explanation" in case.remedies


async def test_billing_takes_an_amount_late_and_never_for_an_order_number():
    async with Town() as town:
        li = town.customer("李先生", "zh-hans")
        await tells(li, "多扣了我钱！", "没了")
        li.sees("多少钱")
        await li.says("忘了多少")
        li.sees("两百左右")  # asked again in another form, with an example
        await li.says("大概三百吧")
        li.sees("哪一单")
        await li.says("哦不对，350块")
        li.sees("记下了")
        await li.says("2026110399，是这一单")
        await tells(li, "[昨天]", "跳过", "退钱")
        li.sees("¥350.00", "2026110399", "退款")
        await li.presses("都对")
        case = await town.case(1)
        assert (case.facts["amount"].value, case.facts["order"].value) == ("35000", "2026110399")


async def test_a_facility_told_already_is_not_asked_a_third_time():
    async with Town() as town:
        zhou = town.customer("周女士", "zh-hans")
        await tells(zhou, "你们商场三楼扶梯旁边的厕所漏水，地上全是水，没人管", "没了")
        zhou.sees("哪里")
        await zhou.says("我说过了")
        zhou.sees("不用再说一遍")
        zhou.sees_not("在哪里")
        await tells(zhou, "[今天]", "修好就行")
        zhou.sees("修好")
        await zhou.presses("都对")
        case = await town.case(1)
        assert (case.category, case.remedies) == ("facility", ("repair",))
        town.team_sees("三楼扶梯旁边的厕所")


async def test_an_outage_whose_answers_cannot_be_read_goes_to_a_person_with_what_is_known():
    async with Town() as town:
        wu = town.customer("吴先生", "zh-hans")
        await tells(wu, "断网了断网了断网了", "没了", "幸福小区3栋", "[昨天]")
        wu.sees("还是这样吗")
        await tells(wu, "你猜", "哼哼哼")
        wu.sees("没听明白", "C-1", "20:00")
        case = await town.case(1)
        assert (case.category, case.status) == ("outage", "handed_off")
        assert case.facts["place"].value == "幸福小区3栋"
        town.team_sees("连续 2 次没读懂", "幸福小区3栋")
        await wu.says("13800138000 打这个")
        assert "13800138000" in "\n".join(town.mei.heard)


async def test_fraud_is_severe_and_a_contact_may_be_refused_and_given_later():
    async with Town() as town:
        zheng = town.customer("郑女士", "zh-hans")
        await zheng.says("我的信息被你们泄露了，骗子知道我的订单，骗了我5000块")
        zheng.sees("什么时候")  # told enough: no need to go on
        await tells(zheng, "[昨天]", "不想说")
        zheng.sees("再问一次")
        await zheng.says("不想说")
        zheng.sees("怎样处理")
        await zheng.says("13800138000")
        zheng.sees("记下了", "怎样处理")
        await tells(zheng, "退钱", "[都对]")
        zheng.sees("值班主管", "C-1")
        case = await town.case(1)
        assert (case.category, case.grade, case.status) == ("privacy_fraud", "severe", "handed_off")
        assert case.facts["contact"].value == "+8613800138000"
        town.team_sees("¥5,000.00", "¥1,000.00")


async def test_misleading_advertising_is_no_threat_and_what_was_expected_is_asked():
    async with Town() as town:
        feng = town.customer("冯先生", "zh-hans")
        await tells(feng, "广告上写的终身免费保养，去了说要收钱，这不是虚假宣传吗", "没了")
        case = await town.case(1)
        assert case.signs == ()
        assert case.category == "misleading"
        feng.sees("？")
        await tells(feng, "就是免费保养啊", "[昨天]")
        if "多少" in feng.news:
            await feng.says("不记得")
        feng.sees("怎样处理")
        await tells(feng, "按广告给我免费做", "[都对]")
        case = await town.case(1)
        assert case.status == "queued"
        assert case.facts["expected"].value == "就是免费保养啊"


async def test_an_injury_gets_advice_and_the_local_number_at_once_and_no_light_word():
    async with Town() as town:
        chen = town.customer("陈女士", "zh-hans")
        await chen.says("孩子被你们货架砸到头了，流血了")
        chen.sees("120", "值班主管", "C-1", "先顾人")
        chen.sees_not("不便", "不好意思", "亲")
        town.team_sees("🔴", "流血")
        assert any("C-1" in heard for heard in town.boss.heard), "somebody is paged"
        await chen.presses("有人受伤")
        chen.sees("120", "先照顾好人")
        await tells(chen, "在医院", "头上缝了三针", "没了")
        chen.sees("什么时候")
        await tells(chen, "今天上午", "13900139000", "赔医药费")
        chen.sees("+8613900139000")
        await chen.presses("都对")
        case = await town.case(1)
        assert (case.category, case.grade, case.confirmed) == ("safety_injury", "severe", True)
        everything = "\n".join(chen.heard)
        assert "不便" not in everything
        assert "不好意思" not in everything


async def test_somebody_who_cannot_say_what_it_is_about_is_filed_all_the_same():
    async with Town() as town:
        chu = town.customer("褚先生", "zh-hans")
        await tells(chu, "唉", "没了")
        chu.sees("随便说")
        await chu.says("就是觉得你们不行")
        chu.sees("哪一类")
        await chu.says("说不上来")
        chu.sees("什么时候")
        chu.seen = len(chu.heard)
        await town.passes(minutes=16)
        chu.sees("先按您讲的登记", "C-1", "20:15")
        case = await town.case(1)
        assert (case.category, case.status, case.confirmed) == ("other", "queued", False)
        town.team_sees("顾客未确认", "就是觉得你们不行")
