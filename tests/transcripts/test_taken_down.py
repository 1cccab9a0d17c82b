"""A customer came by phone or in person: staff take the complaint down, and tell them themselves."""

import re

from bot.flows.people import ABSENT
from tests.town import Town
from tests.transcripts.tellings import prompted, relayed, shows, tells

STORY = "顾客来电：收银多扣了128块，单号 8823-1907，再不处理就找12315"
PLAIN = "顾客来电：收银多扣了128块，单号 8823-1907"
LINK = re.compile(r"https://t\.me/\w+\?start=(\S+)")


def to_nobody(town):
    """Every call to Telegram that names a chat beyond any that there is."""
    named = [call.params.get("chat_id") for call in town.sandbox.calls if call.params]
    return [chat for chat in named if chat is not None and int(chat) <= ABSENT]


def invitation(town):
    """The payload of the newest link that stands in the team chat."""
    return LINK.findall("\n".join(town.mei.heard))[-1]


async def test_3_a_complaint_taken_down_is_filed_read_and_shows_by_whom():
    async with Town() as town:
        await town.mei.says(f"/log {STORY}")
        town.team_sees("已登记 C-1", "今天（11月18日 周三）20:00", "Mei 代为登记", "不在这里")
        case = await town.case(1)
        assert (case.source, case.owner, case.category) == ("staff", None, "billing")
        assert (case.facts["amount"].value, case.facts["order"].value) == ("12800", "8823-1907")
        assert (case.level, case.grade) == ("supervisor", "severe"), "the same rules read it"
        kinds = await town.timeline(1)
        assert kinds[:3] == ["opened", "taken_down", "said"]
        assert "told" not in kinds, "what was not told is not noted as told"
        assert not to_nobody(town)


async def test_3_what_would_be_told_is_shown_to_staff_and_counts_once_they_have_told_it():
    async with Town() as town:
        await town.mei.says(f"/log {PLAIN}")
        await town.mei.presses("接手")
        town.team_sees("请自己转告（没有发出去）", "C-1 已经有人接手")
        await town.mei.presses("更多")
        answer = await prompted(town.mei, "回复顾客", "查到了，今天退回。")
        town.team_sees("没有发出去，这位顾客不在这里")
        assert "👌" not in str(answer.reactions), "never shown as sent"
        case = await town.case(1)
        states = {one.kind: one.state for one in case.promises}
        assert (case.first_answer_at, states["first_answer"]) == (None, "open")
        await town.mei.presses("已经转告")
        case = await town.case(1)
        assert case.first_answer_at is not None
        states = {one.kind: one.state for one in case.promises}
        assert (states["first_answer"], states["update"]) == ("kept", "open")
        assert not to_nobody(town)


async def test_3_a_promised_time_that_passes_is_brought_to_staff_again_and_climbs():
    async with Town() as town:
        await town.mei.says(f"/log {PLAIN}")
        await town.passes(hours=2, minutes=10)
        town.team_sees("请自己转告（没有发出去）", "还在处理，暂时没有结果")
        assert (await town.case(1)).level == "supervisor"
        await town.passes(days=8)
        assert not to_nobody(town)


async def test_3_staff_ask_the_customer_themselves_and_write_down_the_answer():
    async with Town() as town:
        await town.mei.says(f"/log {PLAIN}")
        await tells(town.mei, "[接手]", "[问顾客]", "[联系方式]")
        assert (await town.case(1)).status == "waiting"
        await town.mei.says("13800138000", reply_to=shows(town.mei, "写上对方的回答"))
        case = await town.case(1)
        assert (case.status, case.question) == ("in_progress", None)
        fact = case.facts["contact"]
        assert (fact.value, fact.source) == ("13800138000", "staff")


async def test_3_staff_press_for_the_customer_whether_it_is_settled_and_the_mark():
    async with Town() as town:
        await town.mei.says(f"/log {PLAIN}")
        await town.mei.presses("接手")
        await prompted(town.mei, "已办妥", "128元已退。")
        assert (await town.case(1)).status == "carried_out"
        await tells(town.mei, "[办到了]", "[4]")
        case = await town.case(1)
        assert (case.status, case.settled, case.rating) == ("closed", True, 4)
        kinds = await town.timeline(1)
        assert kinds.count("answered_for_them") == 2
        assert not to_nobody(town)


async def test_3_by_the_link_the_customer_joins_confirms_and_hears_from_then_on():
    async with Town() as town:
        await town.mei.says(f"/log {PLAIN}，这人说话很冲")
        await town.mei.presses("接手")
        li = town.customer("李女士", "zh-hans")
        await li.starts(invitation(town))
        li.sees("C-1", "处理中", "您看对不对", "8823-1907")
        li.sees_not("说话很冲")
        town.team_sees("李女士 已通过链接加入")
        await li.presses("都对")
        assert (await town.case(1)).confirmed
        await town.mei.says("李女士您好，今天就退。", reply_to=relayed(town.mei, "说话很冲"))
        assert li.heard[-1] == "李女士您好，今天就退。"
        await li.says("好的，谢谢你们")
        assert (await town.case(1)).customer == li.id
        assert not to_nobody(town)


async def test_3_the_link_works_once_and_no_other_link_does():
    async with Town() as town:
        await town.mei.says(f"/log {PLAIN}")
        await town.mei.says("/log 另一位顾客：外卖洒了")
        first, second = LINK.findall("\n".join(town.mei.heard))[:2]
        thief = town.customer("贼", "zh-hans")
        await thief.starts(first.replace("j1-", "j2-"))
        await thief.starts("j1-" + "A" * 22)
        thief.sees_not("C-1", "C-2")
        await town.boss.starts(first)
        assert (await town.case(1)).absent, "staff who try the link do not use it up"
        li = town.customer("李女士", "zh-hans")
        await li.starts(first)
        li.sees("C-1")
        await thief.starts(first)
        thief.sees_not("C-1")
        assert (await town.case(1)).customer == li.id
        assert (await town.case(2)).absent
        assert second.startswith("j2-")


async def test_3_log_as_a_reply_takes_a_colleagues_words_and_as_a_caption_the_picture():
    async with Town() as town:
        told = await town.ravi.says("刚才一位老先生到店说买的破壁机冒烟了，1299块")
        await town.mei.says("/log 他要退货", reply_to=told)
        case = await town.case(1)
        assert "破壁机冒烟了" in case.story
        assert "他要退货" in case.story
        assert case.danger
        await town.mei.sends("photo", caption="/log 顾客拿来的小票，多扣了128块")
        case = await town.case(2)
        assert (case.media, case.words[0].kind) == (1, "photo")
        await town.mei.says("/log")
        assert "/log 加上顾客说的内容" in town.mei.news
        assert not to_nobody(town)


async def test_3_an_accusation_taken_down_leaves_nothing_of_it_in_the_team_chat():
    async with Town(managers=True) as town:
        await town.mei.says("/log 顾客来电说服务员骂人，态度恶劣，人民广场店")
        case = await town.case(1)
        assert case.accused
        assert "C-1" not in "\n".join(town.mei.heard)
        assert "只有负责这类投诉的人看得到" in town.mei.news
        managers = "\n".join(town.boss_person.at(town.managers).heard)
        assert "C-1" in managers
        assert "start=j1-" in managers


async def test_3_in_private_staff_may_take_down_and_a_customer_may_not():
    async with Town() as town:
        await town.boss.says(f"/log {PLAIN}")
        assert (await town.case(1)).taken_down_by == "Boss"
        li = town.customer("李女士", "zh-hans")
        await li.says("/log 我要投诉")
        assert await town.case(2) is None
