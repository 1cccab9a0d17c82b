"""Habit slips, discretion and odd orders that somebody without history tried."""

from tests.town import Town
from tests.transcripts.tellings import filed, tells

INSULT = "昨天在你们店里，服务员小张骂我，态度太差了，我要投诉他"


def everything(town: Town) -> str:
    """All that stands in the team chat now."""
    return "\n".join(m.text for m in town.mei.actor.screen) + "".join(
        topic.name for topic in town.group.topics
    )


async def accused(town: Town):
    """A case that turns out to accuse a colleague after the team has seen it."""
    li = town.customer("李女士", "zh-hans")
    await li.says("再不处理我就找12315")
    assert "C-1" in everything(town)
    words = await li.says(INSULT)
    return li, words


async def test_an_accusation_leaves_no_word_in_a_team_chat_without_topics():
    async with Town(forum=False, managers=True) as town:
        li, words = await accused(town)
        assert "小张" not in everything(town)
        assert "C-1" not in everything(town)
        await li.edits(words, "服务员小张推了我一把")
        assert "小张" not in everything(town)
        assert any("推了我一把" in m.text for m in town.managers.screen)


async def test_an_accusation_is_not_listed_in_the_team_chat_even_for_a_manager():
    async with Town(managers=True) as town:
        await accused(town)
        boss = town.boss_person.at(town.group)
        for command in ("/queue", "/why 1", "/case 1"):
            boss.says(command)
            await town.settle()
        assert "12315" not in everything(town).replace("/why 1", "")
        assert "C-1 " not in everything(town)


async def test_a_case_that_accuses_is_taken_from_an_agent_and_reaches_the_managers():
    async with Town(managers=True) as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("再不处理我就找12315")
        await town.mei.presses("接手")
        await li.says(INSULT)
        case = await town.case(1)
        assert (case.owner, case.level, case.status) == (None, "manager", "handed_off")
        assert any("接手" in label for m in town.managers.screen for label in m.labels)


async def test_a_blocked_customer_does_not_move_the_case_of_whoever_answers():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("再不处理我就找12315")
        relayed = next(m for m in town.mei.actor.screen if m.text.startswith("👤"))
        li.actor.blocks()
        await town.settle()
        await town.mei.says("您好，请问是什么事？", reply_to=relayed)
        case = await town.case(1)
        assert (case.status, case.owner) == ("handed_off", None)
        await town.mei.presses("接手")
        assert (await town.case(1)).owner == town.mei.id


async def test_a_story_told_after_asking_for_a_person_reaches_the_topic():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("转人工")
        await li.says("我买的耳机左边完全没声音，换了一次还是这样")
        town.team_sees("👤 李女士\n我买的耳机左边完全没声音")


async def test_a_manager_who_writes_in_private_files_no_complaint_by_a_slip():
    async with Town() as town:
        await town.boss.says("小张以前也这样，参考 C-1")
        town.boss.sees("没有登记")
        await town.passes(minutes=30)
        assert await town.case(1) is None
        await town.boss.presses("自己的投诉")
        await town.boss.says("我自己的包裹三天没到，订单 8823-1907")
        assert (await town.case(1)).customer == town.boss.id


async def test_somebody_who_left_the_team_chat_can_do_nothing_more():
    async with Town() as town:
        mei = town.mei_person
        mei.starts()
        await town.settle()
        li = town.customer("李女士", "zh-hans")
        await li.says("再不处理我就找12315")
        town.group.remove(mei)
        await town.settle()
        mei.says("/queue")
        await town.settle()
        assert "C-1" not in "\n".join(mei.heard)


async def test_slashes_of_a_chinese_keyboard_make_a_note():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("再不处理我就找12315")
        relayed = next(m for m in town.mei.actor.screen if m.text.startswith("👤"))
        for slip in ("／／先别答应她", "\u200b//先别答应她"):
            await town.mei.says(slip, reply_to=relayed)
        sent = await town.mei.says("您好", reply_to=relayed)
        await town.mei.edits(sent, "//别理她")
        assert not any("先别" in said or "别理" in said for said in li.heard)


async def test_a_question_of_staff_does_not_swallow_another_story_being_told():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("再不处理我就找12315")
        await tells(town.mei, "[接手]")
        await li.presses("说完了")
        await town.passes(minutes=20)
        await tells(li, "/new", "另外一件事，昨天收到的快递少了两包茶叶")
        await tells(town.mei, "[问顾客]", "[联系方式]")
        await li.says("还有盒子也压扁了")
        first, second = await town.case(1), await town.case(2)
        assert "contact" not in first.facts
        assert "压扁" in second.story


async def test_a_message_moved_to_a_new_case_is_read_again_there():
    async with Town() as town:
        li = await filed(town)
        await li.says("昨天买的电饭煲打不开，订单号 7741-2088，再不处理我就找12315")
        await li.presses("不是这件事")
        second = await town.case(2)
        assert second.facts["order"].value == "7741-2088"
        assert second.status == "handed_off"


async def test_danger_told_in_answer_to_a_question_is_answered_before_anything_else():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("收银多扣了我128块")
        await li.presses("说完了")
        await li.says("单号8823-1907，还有我吃了你们的面包过敏，现在喘不上气")
        li.sees("120")
        assert any("现在安全" in label for label in li.buttons)
        town.team_sees("喘不上气")


async def test_danger_told_about_a_case_in_hand_brings_advice_and_pages_somebody():
    async with Town() as town:
        li = await filed(town)
        await town.mei.presses("接手")
        await li.says("刚才又去店里，货架倒了砸伤我妈，流了很多血")
        li.sees("120")
        assert any("C-1" in said for said in town.boss.heard)
        await li.presses("现在安全")
        li.sees_not("怎样处理", "您看对不对")


async def test_a_flood_of_words_reaches_the_room_to_the_last_one():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("再不处理我就找12315")
        for number in range(70):
            li.actor.says(f"第{number}句")
        await town.settle()
        town.team_sees("第69句", "第60句")


async def test_a_remark_after_a_case_closed_by_silence_is_asked_whether_it_is_about_that():
    async with Town() as town:
        li = await filed(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]")
        await town.passes(days=12)
        assert (await town.case(1)).status == "closed"
        await li.says("还是没收到退款")
        li.sees("C-1")
        assert await town.case(2) is None
