"""A bad day in every category as told in Taiwan, and three in Hong Kong: read, and answered so.

What the customer reads is in the words of the place: no word of the mainland, quotation marks of
the place, amounts without cents that nobody has.
"""

from tests.town import Town
from tests.transcripts.tellings import tells

MAINLAND = (
    "质",
    "投訴單",
    "工單",
    "小票",
    "人工",
    "外賣",
    "服務員",
    "視頻",
    "信息",
    "質量",
    "反饋",
)
"""Words that nobody in Taiwan uses so, or not in these characters."""
QUOTES = ("“", "”", "‘", "’")


def reads_like_taiwan(one) -> None:
    labels = [label for m in one.actor.screen for label in m.labels]
    everything = "\n".join([*one.heard, *labels, *one.actor.keyboard])
    for word in (*MAINLAND, *QUOTES):
        assert word not in everything, f"{word!r} in:\n{everything}"


async def test_product_quality_told_whole_needs_one_question_and_has_its_apology():
    async with Town(config="tw") as town:
        lin = town.customer("林小姐", "zh-hant")
        await lin.says("氣死！我昨天收到的藍牙耳機左邊整個沒聲音，訂單編號 TW-88231907，NT$1,280")
        lin.sees("很抱歉", "怎樣處理")
        await lin.says("想換一副新的")
        lin.sees("品質問題", "藍牙耳機", "TW-88231907", "NT$1,280", "更換", "2026年11月17日 週二")
        lin.sees_not("NT$1,280.", "特別在意")
        await lin.presses("都對")
        lin.sees("C-1", "今天（11月18日 週三）")
        case = await town.case(1)
        assert (case.category, case.remedies) == ("product_quality", ("exchange",))
        await lin.says("/cases")
        lin.sees("C-1", "案件")
        assert [label for label in lin.actor.keyboard if "真人客服" in label]
        reads_like_taiwan(lin)


async def test_delivery_by_takkyubin_with_the_number_found_later():
    async with Town(config="tw") as town:
        chen = town.customer("陳先生", "zh-hant")
        await tells(chen, "宅配到現在還沒來，超扯", "說好11/15到貨", "[說完了]")
        chen.sees("託運單")
        await chen.says("訂單編號？我找一下")
        chen.sees("發票", "8823-1907")
        await tells(chen, "TW20261103", "不用退款啦，給我一個說法就好")
        chen.sees("配送、外送", "TW20261103", "說明原因", "您不接受：退款")
        await chen.presses("都對")
        case = await town.case(1)
        assert (case.category, case.status) == ("delivery", "queued")
        reads_like_taiwan(chen)


async def test_a_rude_clerk_is_kept_from_the_team_and_a_wish_is_no_name():
    async with Town(config="tw") as town:
        zhang = town.customer("張小姐", "zh-hant")
        await tells(
            zhang, "你們店員臉很臭，還當著客人的面罵我「買不起就不要摸」", "[說完了]", "昨天晚上"
        )
        await zhang.says("台北車站店")
        zhang.sees("哪一位")
        await zhang.says("希望她親自道歉")
        zhang.sees("記下了", "哪一位")
        await tells(zhang, "短頭髮、戴眼鏡的", "跳過")
        zhang.sees("服務態度", "台北車站店", "短頭髮、戴眼鏡的", "道歉")
        await zhang.presses("都對")
        case = await town.case(1)
        assert (case.accused, case.remedies) == (True, ("apology",))
        assert "罵我" not in "\n".join(m.text or "" for m in town.group.screen)
        reads_like_taiwan(zhang)


async def test_an_hour_on_the_hotline_and_a_time_is_no_place():
    async with Town(config="tw") as town:
        huang = town.customer("黃先生", "zh-hant")
        await tells(huang, "打客服專線等了快一個小時都沒人接，已讀不回是怎樣", "[說完了]")
        huang.sees("哪裡")
        await huang.says("今天早上")
        huang.sees("記下了", "哪裡")
        await tells(huang, "跳過", "跳過", "請給我合理的解釋")
        huang.sees("等太久、沒有回應", "說明原因", "2026年11月18日 週三")
        await huang.presses("都對")
        case = await town.case(1)
        assert (case.category, case.facts["place"].value) == ("wait_response", None)
        reads_like_taiwan(huang)


async def test_a_card_charged_twice_is_billing_and_no_product():
    async with Town(config="tw") as town:
        wu = town.customer("吳小姐", "zh-hant")
        await tells(wu, "信用卡被重複刷了兩次，各 NT$2,480", "[說完了]")
        wu.sees("哪一筆")
        await tells(wu, "發票號碼 AB-12345678", "11/10", "退一筆給我")
        wu.sees("帳單、收費", "NT$2,480", "AB-12345678", "退款", "2026年11月10日 週二")
        wu.sees_not("商品")
        await wu.presses("都對")
        case = await town.case(1)
        assert (case.category, case.remedies) == ("billing", ("refund",))
        reads_like_taiwan(wu)


async def test_a_blocked_toilet_is_repaired_for_whoever_is_still_there():
    async with Town(config="tw") as town:
        xu = town.customer("許先生", "zh-hant")
        await tells(xu, "你們三樓的男廁馬桶堵住又沒清，味道很重，冷氣也不冷", "[說完了]")
        await tells(xu, "信義店三樓", "今天下午", "趕快修好")
        xu.sees("場地、設備", "信義店三樓", "修好")
        xu.sees_not("特別在意")
        await xu.presses("都對")
        case = await town.case(1)
        assert (case.category, case.remedies) == ("facility", ("repair",))
        reads_like_taiwan(xu)


async def test_a_line_that_keeps_dropping_at_a_number_that_is_no_day():
    async with Town(config="tw") as town:
        cai = town.customer("蔡先生", "zh-hant")
        await tells(cai, "家裡網路從昨晚就一直斷線，收訊超爛", "[說完了]")
        await tells(cai, "新北市板橋區文化路二段18號", "對，還是這樣", "0912 345 678", "減免月租")
        cai.sees("服務中斷", "文化路二段18號", "2026年11月17日 週二", "+886912345678", "補償")
        await cai.presses("都對")
        case = await town.case(1)
        assert case.facts["when"].value == "2026-11-17"
        assert case.facts["ongoing"].value == "yes"
        reads_like_taiwan(cai)


async def test_a_leak_and_a_swindle_are_severe_and_the_last_four_digits_are_no_contact():
    async with Town(config="tw") as town:
        zheng = town.customer("鄭小姐", "zh-hant")
        await zheng.says("我的個資外洩了，詐騙集團打來連我的訂單都知道，害我被騙了三萬塊")
        zheng.sees("很抱歉", "什麼時候")
        await tells(zheng, "前天", "末四碼 1234")
        zheng.sees("0912 345 678")
        await tells(zheng, "0912-345-678", "要求賠償")
        zheng.sees("個人資料、詐騙", "NT$30,000", "+886912345678", "補償")
        await zheng.presses("都對")
        zheng.sees("值班主管", "C-1")
        case = await town.case(1)
        assert (case.category, case.grade, case.status) == ("privacy_fraud", "severe", "handed_off")
        reads_like_taiwan(zheng)


async def test_buy_one_get_one_with_small_print_is_misleading():
    async with Town(config="tw") as town:
        guo = town.customer("郭先生", "zh-hant")
        await tells(guo, "網頁寫買一送一，到店裡才說要滿三千，根本廣告不實", "[說完了]")
        guo.sees("當初是怎麼說")
        await tells(guo, "照網頁寫的買一送一", "昨天", "不記得", "照廣告給我")
        guo.sees("與宣傳不符", "照網頁寫的買一送一", "照廣告給我")
        await guo.presses("都對")
        case = await town.case(1)
        assert (case.category, case.signs) == ("misleading", ())
        reads_like_taiwan(guo)


async def test_a_cut_hand_gets_119_at_once_and_no_light_word():
    async with Town(config="tw") as town:
        zhou = town.customer("周太太", "zh-hant")
        await zhou.says("你們的玻璃杯自己爆掉，我小孩的手被割到一直流血")
        zhou.sees("119", "值班主管", "C-1", "先照顧人")
        zhou.sees_not("120", "不便", "不好意思", "親")
        await zhou.presses("有人受傷")
        await tells(zhou, "在醫院縫了四針", "沒了", "今天中午")
        await tells(zhou, "0933123456", "賠醫藥費")
        zhou.sees("安全、受傷", "+886933123456", "補償")
        await zhou.presses("都對")
        case = await town.case(1)
        assert (case.category, case.grade) == ("safety_injury", "severe")
        reads_like_taiwan(zhou)


async def test_what_nobody_can_name_is_filed_and_feedback_is_called_so():
    async with Town(config="tw") as town:
        xie = town.customer("謝先生", "zh-hant")
        await tells(xie, "唉", "[說完了]", "就是覺得你們不行啦")
        xie.sees("哪一類")
        assert "品質問題" in xie.buttons
        assert "配送、外送" in xie.buttons
        xie.seen = len(xie.heard)
        await town.passes(minutes=16)
        xie.sees("C-1")
        assert (await town.case(1)).category == "other"
        reads_like_taiwan(xie)


async def test_food_ordered_in_and_a_person_asked_for_in_taiwans_words():
    async with Town(config="tw") as town:
        ke = town.customer("柯小姐", "zh-hant")
        await tells(ke, "外送少一份雞排，發票也沒給", "我要找真人客服")
        ke.sees("客服同事", "C-1")
        case = await town.case(1)
        assert (case.category, case.status) == ("delivery", "handed_off")
        await ke.says("撤銷客訴")
        reads_like_taiwan(ke)


# ---- Hong Kong ------------------------------------------------------------------------------


async def test_an_hour_at_table_twelve_brings_somebody_in_ten_minutes():
    async with Town(config="hk") as town:
        chan = town.customer("陳生", "zh-hk")
        await chan.says("搞咩呀你哋，等咗成個鐘都未上菜，12號枱")
        chan.sees("好對唔住", "18:10", "C-1")
        chan.sees_not("投诉", "服務員", "小票", "“")
        case = await town.case(1)
        assert (case.on_the_spot, case.facts["place"].value) == (True, "12號枱")


async def test_a_bowl_left_out_of_the_takeaway_and_a_number_that_is_no_phone():
    async with Town(config="hk") as town:
        lee = town.customer("李小姐", "zh-hk")
        await tells(lee, "叫外賣送漏咗碗雲吞麵，凍晒", "講完喇")
        lee.sees("外賣單", "單據")
        await lee.says("張單話 8823-1907")
        case = await town.case(1)
        assert case.facts["order"].value == "8823-1907"
        assert "contact" not in case.facts
        await tells(lee, "[少咗嘢]", "退返錢俾我")
        lee.sees("8823-1907", "退款")
        lee.sees_not("外送", "小票", "“")
        await lee.presses("啱晒")
        assert (await town.case(1)).category == "delivery"


async def test_a_service_charge_too_many_and_neither_a_day_nor_a_number_is_a_branch():
    async with Town(config="hk") as town:
        wong = town.customer("王太", "zh-hk")
        await tells(wong, "收多咗我加一服務費，埋單 $468", "冇喇")
        wong.sees("邊間分店")
        await wong.says("尋日食晚飯")
        wong.sees("記低咗", "邊間分店")
        await wong.says("張收據號碼 R-20261117")
        wong.sees("邊間分店")
        await tells(wong, "旺角", "退返多收嗰筆")
        wong.sees("HK$468.00", "旺角", "R-20261117", "2026年11月17日 週二")
        await wong.presses("啱晒")
        wong.sees("個案編號 C-1")
        case = await town.case(1)
        assert (case.category, case.remedies) == ("billing", ("refund",))
