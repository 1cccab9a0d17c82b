"""Words that may have gone the wrong way: notes that were meant as answers, a colleague's case."""

from bot.flows.people import Role
from tests.town import Town
from tests.transcripts.tellings import prompted, relayed, tells
from tests.transcripts.test_staff_ways import with_person

ANSWER = "李女士您好，128元已经为您退回。"


def offers(town) -> list:
    return [m for m in town.mei.actor.screen if "发给顾客" in m.labels]


async def in_topic(town, words: str):
    return await town.mei.says(words, thread=town.group.topic("C-1").thread)


async def test_a_note_that_reads_like_an_answer_is_offered_once_and_sent_by_one_press():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        note = await in_topic(town, ANSWER)
        assert "✍" in str(note.reactions)
        await town.mei.edits(note, f"{ANSWER}！")
        assert len(offers(town)) == 1
        assert offers(town)[0].body["reply_to_message"]["message_id"] == note.message_id
        assert len(li.heard) == heard
        await town.mei.presses("发给顾客")
        assert li.heard[heard:] == [f"{ANSWER}！"]
        assert not offers(town), "the question goes when it is settled"
        assert "👌" in str(note.reactions)
        assert (await town.case(1)).owner == town.mei.id
        await town.mei.says("/unsend", reply_to=note)
        assert len(li.heard) == heard


async def test_talk_and_what_was_marked_as_a_note_are_not_offered():
    async with Town() as town:
        await with_person(town)
        words = relayed(town.mei, "多扣了我128块")
        await in_topic(town, "她说想退款，谁有空看下监控")
        await in_topic(town, f"// {ANSWER}")
        await in_topic(town, f"@ravi 可以回：{ANSWER}")
        await town.mei.says(f"//{ANSWER}", reply_to=words)
        assert not offers(town)


async def test_an_agent_is_asked_before_answering_a_case_that_a_colleague_has():
    async with Town() as town:
        li = await with_person(town)
        await town.mei.presses("接手")
        heard = len(li.heard)
        words = relayed(town.ravi, "多扣了我128块")
        await town.ravi.says("明天退", reply_to=words)
        town.ravi.sees("C-1 由 Mei 负责")
        assert len(li.heard) == heard
        assert "answered_for" not in await town.timeline(1)
        await town.ravi.presses("仍然发送")
        assert li.heard[heard:] == ["明天退"]
        case = await town.case(1)
        assert (case.owner, case.unsent) == (town.mei.id, ())
        assert "answered_for" in await town.timeline(1)
        await town.ravi.says("后天退", reply_to=words)
        await town.ravi.presses("留作备注")
        assert li.heard[-1] == "明天退"
        await town.mei.says("今天退", reply_to=words)
        assert li.heard[-1] == "今天退"


async def test_an_agent_is_asked_before_calling_a_colleagues_case_done():
    async with Town() as town:
        li = await with_person(town)
        await town.mei.presses("接手")
        await town.ravi.presses("已办妥")
        await town.ravi.presses("不另写")
        town.ravi.sees("Mei")
        assert (await town.case(1)).status == "in_progress"
        await tells(town.ravi, "[仍然发送]", "[仍然办结]")
        li.seen = 0
        li.sees("都按说好的办到了吗")
        assert "answered_for" in await town.timeline(1)


async def test_who_took_the_case_while_an_answer_waited_is_not_passed_over():
    async with Town() as town:
        li = await with_person(town)
        town.mei.actor.says("明天退", reply_to=relayed(town.mei, "多扣了我128块"))
        await town.moment()
        town.ravi.actor.presses("接手")
        await town.settle()
        assert (await town.case(1)).owner == town.ravi.id
        assert "明天退" not in li.heard
        town.team_sees("C-1 由 Ravi 负责")
        await town.mei.presses("仍然发送")
        assert li.heard[-1] == "明天退"


async def test_a_supervisor_answers_any_case_and_it_is_logged():
    async with Town() as town:
        li = await with_person(town)
        await town.mei.presses("接手")
        await town.ravi.says("在")
        ravi = town.desk.app.desk.staff[town.ravi.id].but(role=Role.SUPERVISOR)
        await town.desk.app.put(
            town.sandbox.clock.now(), {f"staff:{ravi.id}": ravi.model_dump(mode="json")}
        )
        await town.ravi.says("我来退", reply_to=relayed(town.ravi, "多扣了我128块"))
        assert li.heard[-1] == "我来退"
        assert "answered_for" in await town.timeline(1)
        assert (await town.case(1)).owner == town.mei.id


async def test_a_refusal_in_words_of_a_colleagues_case_is_asked_about_as_well():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[更多]")
        heard = len(li.heard)
        await prompted(town.ravi, "拒绝", "不能退。")
        assert len(li.heard) == heard
        await town.ravi.presses("仍然发送")
        assert "不能退。" in li.heard
        assert (await town.case(1)).status == "refused"


async def asked_in_a_draft(town, fact: str):
    """Staff asked for a fact of the first case; a second one is being told and asked about."""
    li = await with_person(town)
    await tells(town.mei, "[接手]", "[问顾客]")
    await tells(li, "/new", "还有一件事，你们快递的包裹外箱破了，里面的碗也碎了", "[说完了]")
    for _ in range(6):
        if (await customer_of(town, li)).dialog.asking == "order":
            break
        await li.says("跳过")
    await town.mei.presses(fact)
    return li


async def customer_of(town, person):
    async with town.desk.store.unit() as unit:
        return (await unit.customers([person.id]))[person.id]


async def test_an_answer_goes_to_the_question_that_it_answers():
    async with Town() as town:
        li = await asked_in_a_draft(town, "联系方式")
        assert (await customer_of(town, li)).dialog.asking == "order"
        await li.says("8823-1908")
        assert (await town.case(2)).facts["order"].value == "8823-1908"
        assert (await town.case(1)).question is not None
        await li.says("13800138000")
        case = await town.case(1)
        assert (case.question, case.facts["contact"].value) == (None, "+8613800138000")
        town.team_sees("13800138000")
        dialog = (await customer_of(town, li)).dialog
        assert dialog is not None, "the other matter goes on"
        assert dialog.case == 2


async def test_what_answers_both_goes_to_the_question_that_came_last():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]")
        await tells(li, "/new", "还有一件事，你们快递的包裹外箱破了，里面的碗也碎了", "[说完了]")
        dialog = (await customer_of(town, li)).dialog
        assert dialog.step == "asking"
        await town.mei.presses("问顾客")
        await prompted(town.mei, "自己写问题", "是哪位收银员？")
        assert li.heard[-1] == "是哪位收银员？"
        await li.says("短头发的那位")
        li.sees("已经转过去了")
        town.team_sees("短头发的那位")
        assert (await town.case(1)).question is None
        assert (await customer_of(town, li)).dialog.asking == dialog.asking


async def test_a_guard_who_hit_somebody_is_kept_from_the_team_chat():
    async with Town() as town:
        sun = town.customer("孙女士", "zh-hans")
        await tells(sun, "保安打我", "转人工")
        assert (await town.case(1)).accused
        assert "打我" not in "\n".join(m.text or "" for m in town.group.screen)
        assert "保安打我" in "\n".join(town.boss.heard)
