"""Crisis mode: proposed or opened by a manager, one approved statement, left with a count."""

from bot.flows.people import Role
from tests.town import Someone, Town
from tests.transcripts.many import complains, desk_with, made, private
from tests.transcripts.tellings import relayed, tells

SAID = "我们已停售这批电饭煲，请立即拔掉插头。退货不需要小票。"
COOKER = "上周买的电饭煲用了两次就坏了，单号 8823-190{}"


async def statement(manager, words=SAID, language="简体中文"):
    await manager.presses(language)
    prompt = next(m for m in reversed(manager.actor.screen) if "请回复本消息" in m.text)
    await manager.says(words, reply_to=prompt)


async def opened(town):
    """A manager opens crisis mode for the product of C-1."""
    max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
    await max_.says("/crisis 1")
    await max_.presses("商品")
    await statement(max_)
    max_.sees("商品：电饭煲", SAID, "English：还没写")
    await max_.presses("开启危机模式")
    return max_


async def test_a_manager_opens_it_and_those_affected_hear_the_statement_once():
    async with Town() as town:
        li = await complains(town, "李女士", COOKER.format(1))
        wang = await complains(town, "王先生", "收银多扣了我128块，单号 8823-1907")
        await opened(town)
        assert li.heard[-1].startswith(f"关于 C-1：{SAID}\n最晚 ")
        assert SAID not in "\n".join(wang.heard)
        case, other = await town.case(1), await town.case(2)
        assert (case.crisis, case.tags, other.crisis) == (1, ("crisis",), None)
        assert {"crisis_joined", "crisis_told"} <= set(await town.timeline(1))
        town.team_sees("危机模式 X-1 已开启，由 Max 决定", "商品：电饭煲", "🚨 危机 X-1")
        chen = await complains(town, "陈女士", COOKER.format(2))
        assert chen.heard[-1].startswith(f"关于 C-3：{SAID}")
        await li.says("那我怎么退")
        for one in (li, chen):
            assert "\n".join(one.heard).count(SAID) == 1


async def test_what_the_desk_says_by_itself_is_held_to_the_statement_and_staff_write_freely():
    async with Town() as town:
        li = await complains(town, "李女士", COOKER.format(1))
        await opened(town)
        await tells(li, "转人工")
        assert SAID in li.heard[-1]
        assert "已经请" not in li.heard[-1]
        before = len(li.heard)
        await town.passes(hours=5)
        said = "\n".join(li.heard[before:])
        assert SAID in said
        assert "最晚" in said
        assert "没有结果" not in said
        await town.mei.says("我已为您叫了上门取件", reply_to=relayed(town.mei, "电饭煲"))
        assert li.heard[-1] == "我已为您叫了上门取件"


async def test_leaving_it_is_logged_with_who_and_how_many_and_the_desk_speaks_as_before():
    async with Town() as town:
        li = await complains(town, "李女士", COOKER.format(1))
        await complains(town, "陈女士", COOKER.format(2))
        max_ = await opened(town)
        await max_.says("/crisis end")
        assert "X-1 已结束，由 Max 决定，共涉及 2 单" in private(max_)
        town.team_sees("X-1 已结束，由 Max 决定，共涉及 2 单")
        case = await town.case(1)
        assert (case.crisis, case.tags) == (None, ())
        assert "crisis_left" in await town.timeline(1)
        before = len(li.heard)
        await town.passes(hours=5)
        assert SAID not in "\n".join(li.heard[before:])
        assert "没有结果" in "\n".join(li.heard[before:])
        await max_.says("/crisis end")
        max_.sees("现在没有开启危机模式")


async def test_it_survives_a_restart(tmp_path):
    async with Town(url=f"sqlite:///{tmp_path / 'desk.db'}") as town:
        await complains(town, "李女士", COOKER.format(1))
        max_ = await opened(town)
        await town.restart()
        chen = await complains(town, "陈女士", COOKER.format(2))
        assert SAID in chen.heard[-1]
        await max_.says("/crisis")
        assert "危机模式进行中：X-1" in max_.news
        assert SAID in max_.news
        await max_.presses(
            "结束危机模式",
            message=next(m for m in reversed(max_.actor.screen) if "结束危机模式" in m.labels),
        )
        assert "共涉及 2 单" in private(max_)


async def test_two_managers_at_once_open_it_once():
    async with Town() as town:
        li = await complains(town, "李女士", COOKER.format(1))
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        ida = await made(town, town.sandbox.person("Ida"), Role.MANAGER)
        await max_.says("/crisis 1")
        await max_.presses("商品")
        await statement(max_)
        await ida.says("/crisis 1")
        await ida.presses("商品")
        assert SAID in ida.news, "the one that is being prepared is taken up"
        max_.actor.presses("开启危机模式")
        ida.actor.presses("开启危机模式")
        await town.settle()
        assert any("已经开启，由 Max 决定" in alert for alert in ida.actor.alerts)
        assert "\n".join(li.heard).count(SAID) == 1
        assert len(town.desk.app.desk.crises) == 1


async def test_it_does_not_open_without_a_statement_and_not_by_an_agent_or_in_the_team_chat():
    async with Town() as town:
        await complains(town, "李女士", COOKER.format(1))
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await max_.says("/crisis")
        await max_.presses("质量问题")
        await max_.presses("开启危机模式")
        max_.sees("还没有核准的声明")
        assert not any(one.open for one in town.desk.app.desk.crises.values())
        await town.mei.says("/crisis")
        town.mei.sees("只有经理和管理员")
        chief = Someone(town, town.boss_person.at(town.group))
        await chief.says("/crisis")
        chief.sees("经理的事不放在团队群里说")
        await max_.presses("不需要")
        await max_.presses(
            "开启危机模式",
            message=next(m for m in reversed(max_.actor.screen) if "开启危机模式" in m.labels),
        )
        assert any("没有开启" in alert for alert in max_.actor.alerts)


async def test_a_rule_proposes_and_one_button_opens(tmp_path):
    rule = """{id: fire, when: [filed, handed_off],
      if: {test: alike, by: product, at_least: 2, days: 2},
      then: [{do: crisis, words: {zh_Hans: 请先拔掉插头。, en: Please unplug it first.}}]}"""
    async with Town(config=desk_with(tmp_path, rule, only=True)) as town:
        li = await complains(town, "李女士", COOKER.format(1))
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await complains(town, "陈女士", COOKER.format(2))
        assert "有规则提议进入危机模式" in private(max_)
        assert "请先拔掉插头" not in "\n".join(li.heard), "a machine alone opens nothing"
        await complains(town, "赵女士", COOKER.format(3))
        assert private(max_).count("有规则提议") == 1
        await max_.presses("开启危机模式")
        assert "请先拔掉插头" in li.heard[-1]


async def test_a_rule_that_says_so_opens_by_itself_and_english_reads_english(tmp_path):
    rule = """{id: fire, when: [filed, handed_off],
      if: {test: alike, by: category, at_least: 2, days: 2},
      then: [{do: crisis, open: true, words: {zh_Hans: 请先拔掉插头。, en: Please unplug it first.}}]}"""
    async with Town(config=desk_with(tmp_path, rule, only=True)) as town:
        li = await complains(town, "李女士", COOKER.format(1))
        ann = await complains(
            town, "Ann", "The rice cooker I bought last week broke after two uses", language="en"
        )
        assert (await town.case(2)).category == (await town.case(1)).category
        assert "请先拔掉插头" in li.heard[-1]
        assert "About C-2: Please unplug it first." in ann.heard[-1]
        assert "You hear from us again by" in ann.heard[-1]
        town.boss.seen = 0
        town.boss.sees("危机模式 X-1 已开启，由 青禾电器 决定")


async def test_the_second_danger_with_one_product_is_proposed_by_the_shipped_rules():
    async with Town() as town:
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        for n in range(2):
            await complains(town, f"顾客{n}", f"昨天你们的电饭煲冒烟了，吓死人，单号 8823-190{n}")
        assert private(max_).count("有规则提议进入危机模式") == 1
