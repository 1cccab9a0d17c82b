"""Several like complaints: counted when filed, proposed once, opened, fixed, checked by another."""

from bot.flows.likes import plain
from bot.flows.people import Role
from tests.town import Town
from tests.transcripts.many import complains, desk_with, made, private
from tests.transcripts.tellings import tells

COOKER = "上周买的电饭煲用了两次就坏了，单号 8823-190{}"
ACTION = "要不要开一项纠正措施"


async def three_cookers(town):
    return [await complains(town, f"顾客{n}", COOKER.format(n)) for n in range(3)]


async def test_the_third_complaint_about_one_product_asks_the_managers_once_with_the_list():
    async with Town() as town:
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await three_cookers(town)
        assert private(max_).count(ACTION) == 1
        assert "C-1、C-2、C-3" in private(max_)
        assert "商品：电饭煲" in private(max_)
        assert ACTION not in "\n".join(town.mei.heard)
        for number in (1, 2, 3):
            assert "action_proposed" in await town.timeline(number)
        await complains(town, "第四位", COOKER.format(9))
        assert private(max_).count(ACTION) == 1
        assert "action_joined" in await town.timeline(4)


async def test_a_corrective_action_is_opened_written_down_carried_out_and_checked_by_another():
    async with Town() as town:
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        ida = await made(town, town.sandbox.person("Ida"), Role.MANAGER)
        await three_cookers(town)
        await max_.presses("开纠正措施")
        await ida.presses("开纠正措施")
        assert any("进行中" in alert for alert in ida.actor.alerts), "it is open already"
        prompt = next(m for m in reversed(max_.actor.screen) if "写明问题" in m.text)
        await max_.says("一批温控片装反了", reply_to=prompt)
        max_.sees("CA-1", "一批温控片装反了", "负责人：Max", "12月2日")
        await max_.presses("已落实")
        ida.seen = 0
        ida.sees("Max 已落实", "一批温控片装反了")
        await max_.presses("核实过")
        assert any("不能自己核实" in alert for alert in max_.actor.alerts)
        await ida.presses("还没见效")
        await max_.presses(
            "已落实", message=next(m for m in reversed(max_.actor.screen) if "已落实" in m.labels)
        )
        await ida.presses("核实过")
        for number in (1, 2, 3):
            kinds = await town.timeline(number)
            steps = [kind for kind in kinds if kind.startswith("action_")]
            assert steps == [
                "action_proposed", "action_opened", "action_problem", "action_done",
                "action_not_verified", "action_done", "action_verified",
            ]  # fmt: skip
        await max_.says("/actions")
        max_.sees("没有进行中的纠正措施")


async def test_not_needed_keeps_quiet_for_a_week_and_then_asks_again():
    async with Town() as town:
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await three_cookers(town)
        await max_.presses("暂不需要")
        await complains(town, "第四位", COOKER.format(7))
        assert private(max_).count(ACTION) == 1
        await town.passes(days=8)
        await complains(town, "第五位", COOKER.format(8))
        assert private(max_).count(ACTION) == 2
        assert "C-1、C-2、C-3、C-4、C-5" in private(max_)


async def test_full_width_capitals_and_spaces_are_the_same_product():
    assert plain("ＩＨ 电饭煲  Pro") == plain("ih 电饭煲 pro ")
    assert plain("電飯煲") != plain("电饭煲"), "scripts are not converted"


async def test_what_becomes_known_after_filing_is_counted_then():
    async with Town() as town:
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        for n in range(2):
            await complains(town, f"顾客{n}", COOKER.format(n))
        late = await complains(town, "丙", "上周在你们店买的东西用了两次就坏了，单号 8823-1999")
        assert "product" not in (await town.case(3)).alike
        assert ACTION not in private(max_)
        await late.says("电饭煲")
        assert [one.case for one in (await town.case(3)).alike["product"]] == [2, 1]
        assert private(max_).count(ACTION) == 1
        await complains(town, "丁", "收银多扣了我128块，单号 8823-1907")
        assert (await town.case(4)).alike == {"category": ()}


async def test_a_complaint_taken_back_is_counted_no_more():
    async with Town() as town:
        one = await complains(town, "甲", COOKER.format(1))
        await tells(one, "撤销投诉", "[撤回]")
        await complains(town, "乙", COOKER.format(2))
        assert (await town.case(2)).alike["product"] == ()


async def test_the_second_complaint_within_30_days_goes_to_a_supervisor():
    async with Town() as town:
        ann = await complains(town, "李女士", "收银多扣了我128块，单号 8823-1907")
        assert (await town.case(1)).level == "agent"
        await town.passes(days=20)
        await ann.says("/new")
        await tells(ann, "你们的快递把箱子弄湿了，单号 1190-1907")
        await town.passes(minutes=16)
        case = await town.case(2)
        assert case.level == "supervisor"
        assert [one.rule for one in case.reasons] == ["repeat_complaint"]
        assert "又让您来投诉一次" in "\n".join(ann.heard)
        town.team_sees("同一顾客 30 天内", "C-1")


async def test_a_complaint_40_days_ago_is_no_repetition():
    async with Town() as town:
        ann = await complains(town, "李女士", "收银多扣了我128块，单号 8823-1907")
        await town.passes(days=40)
        await ann.says("/new")
        await tells(ann, "你们的快递把箱子弄湿了，单号 1190-1907")
        await town.passes(minutes=16)
        assert (await town.case(2)).reasons == ()


async def test_an_earlier_complaint_about_a_colleague_is_no_news_for_the_team():
    async with Town(managers=True) as town:
        ann = await complains(town, "李女士", "昨天你们店员小王骂我，态度极其恶劣，单号 8823-1907")
        assert (await town.case(1)).accused
        await ann.says("/new")
        await tells(ann, "收银多扣了我128块，单号 8823-1907")
        await town.passes(minutes=16)
        second = await town.case(2)
        assert second.earlier == ()
        assert "C-1" not in "\n".join(town.mei.heard)


async def test_anger_in_two_messages_brings_a_supervisor_and_in_one_it_does_not():
    async with Town() as town:
        ann = town.customer("李女士", "zh-hans")
        await ann.says("垃圾！！！收银多扣了我128块，单号 8823-1907")
        assert (await town.case(1)).level == "agent"
        await town.passes(seconds=5)
        await ann.says("垃圾，到底有没有人管")
        case = await town.case(1)
        assert (case.level, case.status) == ("supervisor", "handed_off")
        assert any(one.rule == "anger_twice" for one in case.reasons)


async def test_english_and_a_place_too(tmp_path):
    rule = """{id: same_place, when: [filed], if: {test: alike, by: place, at_least: 2, days: 3},
      then: [{do: corrective_action, within: 2 days}]}"""
    general = {"name": "Blue Bottle", "zone": "Asia/Hong_Kong", "region": "HK"}
    general |= {"language": "en", "staff_language": "en", "currency": "HKD"}
    async with Town(config=desk_with(tmp_path, rule, general=general)) as town:
        for name in ("Ann", "Bob"):
            ann = town.customer(name, "en")
            await tells(
                ann, "The lift at the Central branch has been broken for a week, nobody cares"
            )
            await town.passes(minutes=16)
        first, second = await town.case(1), await town.case(2)
        assert first.facts["place"].value == second.facts["place"].value
        town.boss.seen = 0
        town.boss.sees("2 cases of the same place within 3 days", "C-1, C-2", "corrective action")
        await town.boss.presses("Open a corrective action")
        town.boss.sees("CA-1", "by ")
