"""What annoyed somebody who played whole journeys by hand, each once."""

from tests.town import Town
from tests.transcripts.tellings import filed, tells


def shown(someone) -> str:
    """Everything that stands on this screen now."""
    return "\n".join(message.text for message in someone.actor.screen)


# ---- customers ------------------------------------------------------------------------------


async def test_no_idea_with_a_reason_is_not_asked_again():
    async with Town(config="us") as town:
        ann = town.customer("Ann")
        await tells(ann, "your delivery is a joke", "the box came wet, 2 books are ruined", "done")
        ann.sees("Which order")
        await ann.says("no idea, I ordered on my sister's phone")
        ann.sees_not("order")
        assert (await town.case(1)).facts["order"].open == "not_sure"


async def test_a_house_number_said_in_passing_is_no_order_number():
    async with Town(config="us") as town:
        ann = town.customer("Ann")
        await tells(ann, "your delivery is a joke", "the box came wet, 2 books are ruined", "done")
        await ann.says("it should be under Ann Smith at 221b Baker Street I believe")
        order = (await town.case(1)).facts.get("order")
        assert order is None or order.value is None


async def test_thanks_between_two_questions_is_no_failed_answer():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await tells(wang, "快递送来的箱子是湿的，两本书泡坏了", "没了")
        asked = wang.heard[-1]
        await wang.says("谢谢")
        assert asked.split("\n")[-1] in wang.news
        assert (await town.case(1)).failed_questions == 0


async def test_more_of_the_story_is_not_taken_for_the_wish():
    async with Town(config="tw") as town:
        lin = town.customer("林怡君", "zh-tw")
        await lin.says("你們到底在搞什麼鬼！！！打了五通電話都沒人接，爛店，我要找媒體爆料！！")
        lin.sees("怎樣處理")
        await lin.says("外送遲到兩小時，餐都冷掉了")
        lin.sees("記下", "怎樣處理")
        lin.sees_not("其他")
        assert (await town.case(1)).remedies == ()
        assert "外送遲到兩小時" in (await town.case(1)).story


async def test_a_wish_of_no_known_kind_is_said_back_in_their_own_words():
    async with Town(config="us") as town:
        ann = town.customer("Ann")
        await tells(ann, "The kettle I bought last Monday is faulty, order 8823-2044, $39.90")
        ann.sees("put this right")
        await ann.says("a handwritten note from whoever packed it")
        ann.sees("You would like: a handwritten note from whoever packed it")
        ann.sees_not("Something else")


async def test_a_customer_from_hong_kong_reads_its_terms_at_a_desk_elsewhere():
    async with Town() as town:
        chan = town.customer("陳大文", "zh-HK")
        await chan.says("搞咩呀你哋！！等咗成個鐘都未上菜，叫經理出嚟！！！")
        chan.sees("當值主管", "20:00")
        await chan.says("尖沙咀 12號枱")
        chan.sees("18:10")  # sooner than promised, and said so while the wish is being asked for
        await chan.says("我的個案")
        chan.sees("您的個案", "C-1")


async def test_never_mind_asks_whether_to_withdraw_what_is_not_sent_yet():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await tells(wang, "快递送来的箱子是湿的", "算了")
        wang.sees("要撤回")
        await wang.presses("撤回")
        assert (await town.case(1)).status == "withdrawn"


async def test_is_anybody_there_is_answered_with_where_it_stands():
    async with Town(config="tw") as town:
        lin = town.customer("林怡君", "zh-tw")
        await lin.says("再不處理我就找媒體爆料，打了五通電話都沒人接")
        await lin.says("還沒有人回我？")
        lin.sees("沒有忘記您", "C-1", "最晚")
        town.team_sees("還沒有人回我？")


async def test_asking_when_nothing_is_open_begins_a_story():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await wang.says("到底有没有人管")
        assert "说完了" in wang.buttons


async def test_where_they_are_is_kept_whole_and_a_counter_is_no_day():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await wang.starts()
        await wang.presses("我还在现场")
        await wang.says("人民路店，3号收银台")
        facts = (await town.case(1)).facts
        assert facts["place"].value == "人民路店，3号收银台"
        assert "when" not in facts


async def test_silence_on_the_spot_brings_no_form():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await wang.starts()
        await wang.presses("我还在现场")
        await wang.says("人民路店，3号收银台")
        await wang.says("收银员说我的券不能用")
        before = len(wang.heard)
        await town.passes(minutes=5)
        assert wang.heard[before:] == []


async def test_start_in_the_middle_greets_and_asks_the_open_question_alone():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await tells(wang, "快递送来的箱子是湿的，两本书泡坏了", "没了")
        asked = wang.heard[-1].split("\n")[-1]
        await wang.starts()
        wang.sees("王芳您好", asked)
        wang.sees_not("按您自己的话说")


async def test_a_command_that_nobody_knows_is_help_and_no_story():
    async with Town() as town:
        ann = town.customer("Ann")
        await ann.says("/foo")
        ann.sees("/withdraw")
        assert await town.case(1) is None


async def test_what_was_confirmed_is_no_longer_read_from_the_text():
    async with Town() as town:
        await filed(town)
        case = await town.case(1)
        assert case.confirmed
        assert all(fact.sure for name, fact in case.facts.items() if name in {"when", "order"})


async def test_a_low_rating_is_thanked_before_what_happens_next():
    async with Town() as town:
        wang = await filed(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]")
        await wang.presses("办到了")
        await wang.presses("2")
        thanks, back = wang.news.index("直说"), wang.news.index("C-1")
        assert thanks < back
        assert "closeForumTopic" not in [call.method for call in town.sandbox.calls]


# ---- staff ----------------------------------------------------------------------------------


async def test_somebody_above_is_told_why_and_the_customer_who_looks():
    async with Town() as town:
        wang = await filed(town)
        await tells(town.mei, "[接手]", "[更多]", "[拒绝]")
        prompt = next(m for m in reversed(town.mei.actor.screen) if "理由" in m.text)
        await town.mei.says("监控显示收款无误。", reply_to=prompt)
        await wang.presses("请上一级")
        wang.sees("值班主管", "从头再看一遍")
        town.team_sees("不接受答复", "请上一级再看")


async def test_one_sentence_that_asks_for_the_boss_is_one_reason_and_one_page():
    async with Town(managers=True) as town:
        wang = town.customer("王芳", "zh-hans")
        await wang.says("再不处理我就找12315，快递三天没到")
        pages = [one for one in town.boss.heard if "C-1" in one]
        await wang.says("叫你们主管出来")
        case = await town.case(1)
        assert [reason.rule for reason in case.reasons] == ["outside_threat", "asks_manager"]
        assert [one for one in town.boss.heard if "C-1" in one] == pages
        assert "12315" in pages[0]


async def test_the_first_wish_for_a_person_after_a_hand_off_is_told_once_by_the_card():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await wang.says("再不处理我就找12315，快递三天没到")
        await wang.says("转人工")
        wang.sees("提醒了一次")
        town.team_sees("要求找真人：“转人工”")
        assert "☎️" not in shown(town.mei)


async def test_a_deleted_topic_comes_back_with_one_card():
    async with Town() as town:
        wang = town.customer("王芳", "zh-hans")
        await wang.says("再不处理我就找12315，快递三天没到")
        town.group.delete_topic(town.group.topics[0].thread)
        await wang.says("到底有没有人管")
        await town.settle()
        cards = [m for m in town.mei.actor.screen if "C-1 ·" in m.text and m.labels]
        assert len(cards) == 1
        town.team_sees("到底有没有人管")


async def test_a_card_is_edited_only_when_it_shows_something_else():
    async with Town() as town:
        wang = await filed(town)
        await town.mei.presses("接手")
        before = len(town.sandbox.calls)
        await wang.says("谢谢，再补充一句，门口的保安看到了")
        await wang.says("好的")
        edits = [call for call in list(town.sandbox.calls)[before:] if "edit" in call.method]
        assert edits == []


async def test_staff_in_private_are_greeted_and_helped_as_staff():
    async with Town() as town:
        await filed(town)
        await town.boss.says("hello")
        town.boss.sees("/queue")
        await town.boss.says("/help")
        town.boss.sees("/unsend")
        await town.boss.says("/case 1")
        town.boss.sees("C-1")
        await town.boss.says("/case 77")
        town.boss.sees("C-77")
        await town.boss.says("/mine")
        town.boss.sees("/queue")


async def test_a_group_is_offered_once_and_the_missing_rights_are_said_once():
    async with Town(managers=True) as town:
        second = town.sandbox.group("Second", forum=True, members=[town.boss_person])
        second.add_bot(admin=False)
        await town.settle()
        second.promote_bot()
        await town.settle()
        second.demote_bot()
        await town.settle()
        offers = [m for m in town.boss.actor.screen if "Second" in m.text]
        assert len(offers) == 1
        await town.boss.presses("团队群", message=offers[0])
        said = [m.text for m in second.screen if m.from_bot]
        assert sum("管理员" in one for one in said) == 1
