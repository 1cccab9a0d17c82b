"""What was promised and missed is counted for the managers, and for nobody else."""

from bot.flows.people import Role
from tests.town import Someone, Town
from tests.transcripts.many import made
from tests.transcripts.tellings import filed


async def test_a_manager_reads_what_was_missed_with_whom_and_an_agent_does_not():
    async with Town() as town:
        await filed(town)
        await filed(town, "王先生", "空调漏水，修了三次没修好")
        max_ = await made(town, town.sandbox.person("Max"), Role.MANAGER)
        await max_.says("/breaches")
        max_.sees("没有一件误了时限")
        await town.mei.presses("接手")
        await town.passes(days=2)
        await max_.says("/breaches")
        max_.sees("没按时做到的事", "哪些时限", "• 首次答复", "哪类投诉", "当时由谁负责", "• Mei")
        told = max_.heard[-1]
        whole = int(told.split("最近 30 天：")[1].split(" ")[0])
        by_target = told.split("哪些时限")[1].split("哪类投诉")[0]
        assert whole == sum(int(row.split("：")[1].split(" ")[0]) for row in rows(by_target))
        missed = [*await town.timeline(1), *await town.timeline(2)].count("missed")
        assert whole == missed > 0
        await town.passes(days=8)
        await max_.says("/breaches")
        assert "最近 7 天" in max_.heard[-1]
        ravi = await made(town, town.sandbox.person("Ray"), Role.SUPERVISOR)
        await ravi.says("/breaches")
        ravi.sees_not("没按时做到的事")


def rows(text):
    return [one for one in text.splitlines() if one.startswith("•")]


async def test_it_is_not_told_in_the_team_chat():
    async with Town() as town:
        await filed(town)
        await town.passes(days=2)
        boss = Someone(town, town.boss_person.at(town.group))
        await boss.says("/breaches")
        assert "没按时做到的事" not in boss.heard[-1]
        await town.boss.says("/breaches")
        town.boss.sees("没按时做到的事")
