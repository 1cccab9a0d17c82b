"""A bad day in every category of the restaurant pack: Hong Kong, in the words people use there."""

from tests.town import Town
from tests.transcripts.tellings import tells


async def test_a_dish_told_in_two_breaths_is_put_in_its_category_by_one_tap():
    async with Town(config="hk") as town:
        chan = town.customer("陳生", "zh-hant")
        await tells(chan, "啲牛河又凍又酸，食唔落口！！", "冇喇")
        chan.sees("最接近邊一類")
        await chan.presses("質素問題")
        chan.sees("？")
        if "乜" in chan.news or "食物" in chan.news or "碟" in chan.news:
            await chan.says("乾炒牛河")
        await tells(chan, "尖沙咀分店", "退錢")
        case = await town.case(1)
        assert (case.category, case.facts["place"].value) == ("product_quality", "尖沙咀分店")
        await tells(chan, 16)
        chan.sees("C-1")
        case = await town.case(1)
        assert (case.status, case.confirmed, case.remedies) == ("queued", False, ("refund",))
        town.team_sees("食唔落口", "退款")


async def test_takeaway_spilt_an_order_number_in_latin_letters_changes_no_language():
    async with Town(config="hk") as town:
        wong = town.customer("黃小姐", "zh-hant")
        await tells(wong, "外賣倒晒，啲湯流到成個袋都係", "‹photo›", "[講完喇]")
        wong.sees("外賣單")
        await wong.says("唔記得單號")
        wong.sees("8823-1907")
        await wong.says("A1203")
        wong.sees("邊種情況")
        await tells(wong, "[倒瀉]", "例湯", "重做一份")
        wong.sees("A1203", "倒瀉", "例湯", "換貨或重做")
        await wong.presses("啱晒")
        wong.sees("C-1", "個案編號")
        case = await town.case(1)
        assert (case.category, case.facts["trouble"].value) == ("delivery", "spilt")


async def test_a_waiter_who_scolded_is_a_matter_for_the_managers_alone():
    async with Town(config="hk", managers=True) as town:
        ho = town.customer("何太", "zh-hant")
        await tells(ho, "你哋個侍應鬧我，仲反白眼！", "講完")
        ho.sees("分店")
        await tells(ho, "銅鑼灣店", "尋晚", "唔知佢叫咩名", "要佢道歉")
        ho.sees("銅鑼灣店", "11月17日", "道歉")
        await ho.says("唔啱")
        ho.sees("改邊一項")
        await tells(ho, "[時間]", "前日")
        ho.sees("11月16日")
        await ho.presses("啱晒")
        assert (await town.case(1)).accused
        in_team = "\n".join(m.text or "" for m in town.group.screen)
        assert "C-1" not in in_team
        assert "鬧我" not in in_team
        in_managers = "\n".join(m.text or "" for m in town.managers.screen)
        assert "C-1" in in_managers
        assert "鬧我" in in_managers


async def test_an_hour_without_a_dish_and_still_there_brings_a_person_within_ten_minutes():
    async with Town(config="hk") as town:
        lau = town.customer("劉生", "zh-hant")
        await lau.says("搞咩呀你哋！！等咗成個鐘都未上菜，仲要話無記錄，叫經理出嚟！！！")
        lau.sees("C-1", "分店")
        await lau.says("尖沙咀 12號枱")
        lau.sees("18:10")
        lau.sees_not("20:00")
        case = await town.case(1)
        assert case.on_the_spot
        assert "on_the_spot" in [r.rule for r in case.reasons]
        town.team_sees("叫經理", "人在現場", "12號枱")
        await tells(lau, "打折啦", "啱")
        case = await town.case(1)
        assert case.confirmed
        assert case.remedies == ("compensation",)


async def test_a_bill_too_high_in_spoken_numbers_and_no_receipt_left():
    async with Town(config="hk") as town:
        mak = town.customer("麥小姐", "zh-hant")
        await tells(mak, "計多咗我一碟餸", "冇喇")
        mak.sees("幾多錢")
        await tells(mak, "八十八蚊", "旺角店", "[唔肯定]", "今日", "退返")
        mak.sees("HK$88.00", "旺角店", "退款")
        await mak.presses("啱晒")
        case = await town.case(1)
        assert (case.category, case.facts["amount"].currency) == ("billing", "HKD")
        assert case.facts["order"].open == "not_sure"
        assert case.status == "queued"


async def test_food_poisoning_gets_advice_first_then_what_where_and_how_many():
    async with Town(config="hk") as town:
        leung = town.customer("梁太", "zh-hant")
        await leung.says("食完你哋啲蠔全家嘔晒，而家仲喺醫院")
        leung.sees("999", "休息", "C-1")
        leung.sees_not("不便", "120", "唔好意思")
        assert any("C-1" in heard for heard in town.boss.heard)
        await leung.presses("有人受傷")
        leung.sees("999")
        await tells(leung, "三個人", "冇喇")
        leung.sees("食咗")
        await tells(leung, "生蠔", "琴晚", "91234567", "賠償")
        leung.sees("生蠔", "+85291234567")
        await leung.presses("啱晒")
        case = await town.case(1)
        assert (case.category, case.grade) == ("safety_injury", "severe")
        assert case.confirmed
        town.team_sees("🔴", "嘔晒", "生蠔")
