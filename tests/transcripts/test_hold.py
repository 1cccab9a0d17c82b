"""The hold: an answer waits five seconds, and until then a slip can be stopped."""

from datetime import UTC, datetime
from pathlib import Path

from tests.town import Town
from tests.transcripts.tellings import relayed, shows, tells
from tests.transcripts.test_staff_ways import with_person

SLIP = "这个顾客真烦"


def marks(message) -> str:
    return str(list(message.reactions.values()))


async def seconds(town, length: float) -> None:
    """Let so many seconds pass, and only what comes due in them happen."""
    town.sandbox.advance(length)
    await town.moment()


async def writes(town, words: str, to=None):
    """Mei answers; the desk does what it does in that moment, and no time passes."""
    said = town.mei.actor.says(words, reply_to=to or relayed(town.mei, "多扣了我128块"))
    await town.moment()
    return said


async def test_an_answer_waits_five_seconds_without_a_word_in_the_room_and_then_leaves():
    async with Town() as town:
        li = await with_person(town)
        heard, room = len(li.heard), len(town.mei.heard)
        answer = await writes(town, "已经在查了")
        assert (len(li.heard), len(town.mei.heard)) == (heard, room)
        assert "👀" in marks(answer)
        case = await town.case(1)
        assert (case.status, case.owner, case.first_answer_at) == ("handed_off", None, None)
        await seconds(town, 4.1)
        assert "🕊" in marks(answer)
        assert len(li.heard) == heard
        await seconds(town, 1)
        assert li.heard[heard:] == ["已经在查了"]
        assert "👌" in marks(answer)
        case = await town.case(1)
        assert (case.status, case.owner, case.unsent) == ("in_progress", town.mei.id, ())


async def test_deleted_in_time_it_never_reaches_the_customer_and_nothing_happened():
    async with Town() as town:
        li = await with_person(town)
        before, room = await town.case(1), len(town.mei.heard)
        heard = list(li.heard)
        slip = await writes(town, SLIP)
        await seconds(town, 2)
        town.mei.actor.deletes(slip)
        await seconds(town, 2.1)
        await seconds(town, 5)
        assert li.heard == heard
        assert len(town.mei.heard) == room, "whoever deleted it knows"
        case = await town.case(1)
        assert (case.status, case.owner, case.promises) == ("handed_off", None, before.promises)
        assert (await town.timeline(1))[-1] == "stopped"


async def test_edited_in_time_the_customer_reads_the_new_words_alone_five_seconds_later():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        answer = await writes(town, "名天退")
        await seconds(town, 4.5)
        town.mei.actor.edits(answer, "明天退")
        await town.moment()
        await seconds(town, 4)
        assert len(li.heard) == heard
        await seconds(town, 1.1)
        assert li.heard[heard:] == ["明天退"]
        assert not [m for m in li.actor.screen if m.body.get("edit_date")]


async def test_edited_into_a_note_or_unsent_in_time_it_stays_among_staff():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        slip = await writes(town, SLIP)
        town.mei.actor.edits(slip, f"// {SLIP}")
        await town.settle()
        other = await writes(town, "又是她")
        town.mei.actor.says("/unsend", reply_to=other)
        await town.settle()
        assert len(li.heard) == heard
        assert "✍" in marks(slip)
        assert "✍" in marks(other)
        town.team_sees("及时撤回")
        assert (await town.timeline(1)).count("noted") == 2
        answer = await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        await town.mei.says("/unsend", reply_to=answer)
        assert "在查" not in li.heard
        town.team_sees("可能已经看到过")


async def test_a_reaction_of_its_author_stops_it_and_buttons_say_what_becomes_of_it():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        answer = await writes(town, "明天退")
        town.ravi.actor.reacts(answer, "👍")
        await town.moment()
        assert "👀" in marks(answer), "a colleague's reaction stops nothing"
        town.mei.actor.reacts(answer, "❤")
        await town.settle()
        await seconds(town, 8)
        assert len(li.heard) == heard
        town.team_sees("已拦下")
        await town.mei.presses("现在发送")
        assert li.heard[heard:] == ["明天退"]
        assert "已拦下" not in "\n".join(m.text for m in town.mei.actor.screen)
        slip = await writes(town, SLIP)
        town.mei.actor.reacts(slip, "❤")
        await town.settle()
        await town.mei.presses("留作备注")
        assert "✍" in marks(slip)
        assert li.heard[-1] == "明天退"


async def test_several_answers_leave_in_their_order_also_after_an_edit_of_the_first():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        first = await writes(town, "一")
        await seconds(town, 1)
        await writes(town, "二")
        await seconds(town, 1)
        town.mei.actor.edits(first, "一改")
        await town.settle()
        assert li.heard[heard:] == ["一改", "二"]


async def test_the_desk_waits_with_words_of_its_own_for_an_answer_that_is_leaving():
    async with Town() as town:
        li = await with_person(town)
        due = min(p.due for p in (await town.case(1)).promises if p.state == "open")
        await town.passes(seconds=(due - town.sandbox.clock.now()).total_seconds() - 3)
        heard = len(li.heard)
        await writes(town, "马上给您答复")
        await seconds(town, 3.5)
        assert len(li.heard) == heard, "no word that nobody has answered"
        await town.settle()
        assert li.heard[heard:] == ["马上给您答复"]
        assert "missed" not in await town.timeline(1)


async def test_done_is_not_asked_before_the_answer_has_left():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[已办妥]")
        heard = len(li.heard)
        await writes(town, "128元已退")
        town.mei.actor.presses("不另写")
        await town.moment()
        assert any("几秒" in alert for alert in town.mei.actor.alerts)
        await town.settle()
        await town.mei.presses("不另写")
        assert li.heard[heard] == "128元已退"
        assert "都按说好的办到了吗" in li.heard[-1]


async def test_what_is_prompted_for_waits_as_well_and_the_next_time_comes_after_it():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[告知进展]")
        heard = len(li.heard)
        await writes(town, "在看监控", to=shows(town.mei, "回复这条消息"))
        assert len(li.heard) == heard
        await town.settle()
        assert li.heard[heard] == "在看监控"
        assert "下一次消息" in li.heard[heard + 1]


async def test_in_danger_the_desks_advice_goes_at_once_and_staffs_answer_waits():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        li.actor.says("我孩子吃了你们的蛋糕全身起疹子，喘不上气")
        await town.moment()
        assert "120" in li.heard[-1]
        heard = len(li.heard)
        await writes(town, "她又来了", to=relayed(town.mei, "喘不上气"))
        assert len(li.heard) == heard
        await town.settle()
        assert li.heard[heard] == "她又来了"


async def test_a_whole_album_on_hold_is_stopped_at_once():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.actor.screen)
        parts = town.mei.actor.sends_album(3, reply_to=relayed(town.mei, "多扣了我128块"))
        await town.moment()
        town.mei.actor.reacts(parts[1], "❤")
        await town.settle()
        assert len(li.actor.screen) == heard
        assert sum("已拦下" in m.text for m in town.mei.actor.screen) == 1
        await town.mei.presses("现在发送")
        sent = [m for m in li.actor.screen[heard:] if "media_group_id" in m.body]
        assert len(sent) == 3


async def test_an_answer_to_a_case_that_is_over_leaves_as_well():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]")
        await tells(li, "[办到了]")
        await writes(town, "欢迎再来")
        li.actor.presses("5")
        await town.moment()
        assert (await town.case(1)).status == "closed"
        assert "欢迎再来" not in li.heard
        await town.settle()
        assert li.heard[-1] == "欢迎再来"


async def test_where_reactions_are_refused_a_deletion_in_time_is_still_seen():
    async with Town() as town:
        li = await with_person(town)
        heard = len(li.heard)
        town.group.allow_reactions()
        slip = await writes(town, SLIP)
        town.mei.actor.deletes(slip)
        await town.settle()
        assert len(li.heard) == heard
        await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        assert li.heard[-1] == "在查"


async def test_an_answer_that_waited_while_the_desk_was_down_leaves_once(tmp_path: Path):
    async with Town(url=f"sqlite:///{tmp_path}/desk.db") as town:
        li = await with_person(town)
        await writes(town, "已经在查了")
        assert "已经在查了" not in li.heard
        await town.restart()
        town.sandbox.advance(3600)
        await town.settle()
        await town.restart()
        await town.settle()
        assert li.heard.count("已经在查了") == 1


async def test_a_desk_that_wants_no_hold_sends_at_once(tmp_path: Path):
    plain = (Path(__file__).parents[1] / "desks" / "cn.yaml").read_text("utf-8")
    file = tmp_path / "desk.yaml"
    file.write_text(plain.replace("general: {", "general: {hold_seconds: 0, ", 1), "utf-8")
    async with Town(config=file, now=datetime(2026, 11, 18, 10, 0, tzinfo=UTC)) as town:
        li = await with_person(town)
        answer = await writes(town, "已经在查了")
        assert li.heard[-1] == "已经在查了"
        assert "👌" in marks(answer)
