"""A rule asks somebody above for a yes; the owner calls for a second pair of hands."""

from bot.flows.people import Role
from tests.town import Someone, Town
from tests.transcripts.many import complains, desk_with, made, private
from tests.transcripts.tellings import filed, relayed, tells

RULE = """{id: big, when: [filed, changed], if: {test: amount, at_least: {CNY: 10000}},
  then: [{do: ask_approval, role: manager, what: 退款超过一百元}]}"""


async def test_a_manager_says_yes_and_the_customer_hears_nothing_of_it(tmp_path):
    async with Town(config=desk_with(tmp_path, RULE)) as town:
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        li = await filed(town)
        assert "请你批示：退款超过一百元" in private(max_)
        town.team_sees("退款超过一百元：等待批示")
        heard = len(li.heard)
        await max_.presses("批准")
        case = await town.case(1)
        assert (case.approval.state, case.approval.by_name) == ("approved", "Max")
        town.team_sees("退款超过一百元：已批准 Max", "没有告诉顾客")
        assert len(li.heard) == heard
        kinds = await town.timeline(1)
        assert kinds.index("approval_asked") < kinds.index("approval")
        await max_.presses("不批准")
        assert any("已经批过" in alert for alert in max_.actor.alerts)


async def test_no_is_kept_as_well_and_an_agent_may_say_neither(tmp_path):
    async with Town(config=desk_with(tmp_path, RULE.replace("manager", "supervisor"))) as town:
        sue = await made(town, town.sandbox.person("Sue"), Role.SUPERVISOR)
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await filed(town)
        assert "请你批示" not in private(max_), "one level is enough"
        asked = next(m for m in reversed(sue.actor.screen) if "批准" in m.labels)
        now = town.sandbox.clock.now()
        doc = (town.desk.app.desk.staff[sue.id]).but(role=Role.AGENT).model_dump(mode="json")
        await town.desk.app.put(now, {f"staff:{sue.id}": doc})
        await sue.presses("不批准", message=asked)
        assert any("主管或以上" in alert for alert in sue.actor.alerts)
        assert (await town.case(1)).approval.state == "asked"
        doc = (town.desk.app.desk.staff[sue.id]).but(role=Role.SUPERVISOR).model_dump(mode="json")
        await town.desk.app.put(now, {f"staff:{sue.id}": doc})
        await sue.presses("不批准", message=asked)
        assert (await town.case(1)).approval.state == "declined"
        town.team_sees("未批准 Sue")


async def test_a_second_pair_of_hands_is_called_and_the_owner_stays_the_owner():
    async with Town() as town:
        sue = await made(town, town.sandbox.person("Sue"), Role.SUPERVISOR)
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我128块，单号 8823-1907", "转人工")
        await tells(town.mei, "[接手]", "[更多]", "[求助]", "[主管]")
        assert "Mei 需要有人一起处理" in private(sue)
        await sue.presses("我来帮忙")
        case = await town.case(1)
        assert (case.owner, case.helpers) == (town.mei.id, {sue.id: "Sue"})
        assert li.heard[-1] == "C-1：值班主管也一起来处理了。"
        town.team_sees("协助：Sue", "Sue 加入处理 C-1")
        heard = len(li.heard)
        await town.ravi.presses("我来帮忙")
        assert len(li.heard) == heard, "a colleague's help is no news for the customer"
        assert set((await town.case(1)).helpers.values()) == {"Sue", "Ravi"}


async def test_not_settled_goes_to_a_supervisor_and_taking_back_a_withdrawal_does_not():
    async with Town() as town:
        sue = await made(town, town.sandbox.person("Sue"), Role.SUPERVISOR)
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我128块，单号 8823-1907", "转人工")
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]")
        await li.presses("还没有")
        case = await town.case(1)
        assert (case.level, case.owner) == ("supervisor", town.mei.id)
        assert "C-1" in private(sue)
        other = await complains(town, "王先生", "快递把箱子弄湿了，单号 1190-1907")
        await tells(other, "撤销投诉", "[撤回]", "[恢复]")
        assert (await town.case(2)).level == "agent"


async def test_help_for_a_case_about_a_colleague_is_asked_of_managers_alone():
    async with Town(managers=True) as town:
        sue = await made(town, town.sandbox.person("Sue"), Role.SUPERVISOR)
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await complains(town, "李女士", "昨天你们店员小王骂我，态度极其恶劣，单号 8823-1907")
        boss = Someone(town, town.boss_person.at(town.managers))
        await tells(boss, "[接手]", "[更多]", "[求助]", "[主管]")
        assert "C-1" not in private(sue)
        assert "C-1" in private(max_)


async def test_84_an_outcome_is_not_promised_before_it_is_approved_but_a_time_is(tmp_path):
    path = desk_with(tmp_path, RULE)
    async with Town(config=path) as town:
        li = await filed(town)
        await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await town.mei.presses("接手")
        heard = len(li.heard)
        await town.mei.says("您好，128元全额退款给您", reply_to=relayed(town.mei, "收银"))
        await town.passes(seconds=10)
        town.team_sees("还没有发出去", "还要经理同意（等待批示）")
        assert len(li.heard) == heard
        await town.mei.says("还在查监控，今晚6点前给您答复", reply_to=relayed(town.mei, "收银"))
        await town.passes(seconds=10)
        assert li.heard[-1] == "还在查监控，今晚6点前给您答复"
        await town.mei.presses("仍然发送")
        await town.passes(seconds=10)
        assert li.heard[-1] == "您好，128元全额退款给您", "nobody is refused"
