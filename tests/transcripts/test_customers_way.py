"""What customers do that no script expects: silence, threats, several matters, old buttons."""

from sandbox.acts import press  # a client may press what it still shows
from tests.town import Town
from tests.transcripts.tellings import filed, relayed, tells


async def test_who_falls_silent_is_filed_and_a_late_answer_completes_the_same_case():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "你们多扣了我128块", "没了")
        li.sees("哪一单")
        await tells(li, 14)
        li.sees_not("C-1")
        await tells(li, 2)
        li.sees("先按您讲的登记", "C-1")
        assert (await town.case(1)).confirmed is False
        town.team_sees("顾客未确认")
        await li.says("单号 8823-1907")
        case = await town.case(1)
        assert case.facts["order"].value == "8823-1907"
        assert case.confirmed is False
        for _ in range(6):
            if "都对" in "".join(li.buttons):
                break
            await li.says("退款" if "退款" in "".join(li.buttons) else "跳过")
        await li.presses("都对")
        li.sees("已登记", "C-1")
        case = await town.case(1)
        assert (case.confirmed, case.status) == (True, "queued")
        assert await town.case(2) is None


async def test_a_threat_of_12315_goes_to_the_supervisor_and_the_words_are_marked():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("再不处理我就找12315")
        li.sees("值班主管", "C-1", "20:00")
        card = next(m for m in town.mei.actor.screen if "C-1" in m.text and m.labels)
        assert "12315" in card.text
        case = await town.case(1)
        assert (case.grade, case.level, case.status) == ("severe", "supervisor", "handed_off")
        assert any("C-1" in heard for heard in town.boss.heard)


async def test_the_consumer_council_a_lawyer_and_the_papers_are_threats_as_well():
    async with Town(config="hk") as town:
        for name, words in (
            ("陳生", "再係咁我就去消委會投訴"),
            ("黃小姐", "我會搵律師告你哋"),
            ("Ann", "I will take this to the newspapers and my lawyer"),
        ):
            one = town.customer(name, "zh-hant")
            await one.says(words)
            one.sees("C-")
        for number in (1, 2, 3):
            case = await town.case(number)
            assert (case.level, case.reasons[0].rule) == ("supervisor", "outside_threat")


async def test_a_person_is_asked_for_at_every_step_and_the_second_time_reminds_them():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "你们多扣了我128块", "没了", "转人工")
        li.sees("C-1", "接手", "20:00")
        await li.says("真人！")
        li.sees("C-1", "刚刚又提醒了一次")
        await li.presses("找人工") if "找人工" in "".join(li.buttons) else await li.says("找人工")
        li.sees("C-1", "知道您在等")  # the team was not reminded a second time, nor is it said
        town.team_sees("☎️")


async def test_danger_climbs_one_level_every_five_minutes_until_somebody_has_it():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("孩子吃了你们的坚果过敏，脸肿了喘不上气")
        li.sees("120", "肾上腺素")
        assert (await town.case(1)).level == "supervisor"
        await town.passes(minutes=6)
        assert (await town.case(1)).level == "manager"
        await town.passes(minutes=5)
        assert (await town.case(1)).level == "admin"
        pages = len([heard for heard in town.boss.heard if "C-1" in heard])
        assert pages >= 3
        await town.boss.presses("接手")
        case = await town.case(1)
        assert (case.owner, case.status) == (town.boss.id, "in_progress")
        await town.passes(minutes=30)
        assert len([heard for heard in town.boss.heard if "C-1" in heard]) <= pages + 2
        assert "不便" not in "\n".join(li.heard)


async def test_feedback_is_thanked_without_a_deadline_and_one_tap_makes_it_a_complaint():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("只是提个建议，希望菜单字大一点，不用回复")
        if "让你们知道" not in "".join(li.buttons):
            await li.presses("说完了")
        li.sees("还是只想让我们知道")
        await li.presses("让你们知道")
        li.sees("谢谢您告诉我们")
        li.sees_not("最晚")
        case = await town.case(1)
        assert (case.status, case.promises) == ("feedback", ())
        await li.presses("我想要个答复")
        assert (await town.case(1)).status == "queued"
        assert li.news.strip()


async def test_two_open_cases_and_a_loose_remark_is_asked_where_it_belongs():
    async with Town() as town:
        li = await filed(town)
        await li.says("/new")
        await tells(li, "你们商场三楼的厕所漏水，没人管", "没了")
        for _ in range(8):
            if "都对" in "".join(li.buttons):
                break
            await li.says(
                "修好" if "修好" in "".join(li.buttons) else "三楼" if "哪里" in li.news else "昨天"
            )
        await li.presses("都对")
        li.sees("C-2")
        await li.says("照片我晚点发")
        li.sees("哪一件")
        await li.presses("C-2")
        li.sees("C-2")
        await li.says("我的投诉")
        li.sees("C-1", "C-2", "最晚")


async def test_a_reply_to_an_old_message_goes_to_that_messages_case():
    async with Town() as town:
        li = await filed(town)
        about_one = next(m for m in reversed(li.actor.screen) if m.from_bot and "C-1" in m.text)
        await li.says("/new")
        await tells(li, "快递三天没到，单号 7788-9900", "没了")
        for _ in range(8):
            if "都对" in "".join(li.buttons):
                break
            await li.says("退款" if "退款" in "".join(li.buttons) else "昨天")
        await li.presses("都对")
        await li.says("收银员姓王", reply_to=about_one)
        li.sees("C-1")
        said = [row for row in await rows(town, 1, "said") if row.data["text"] == "收银员姓王"]
        assert said


async def rows(town, number, kind):
    async with town.desk.store.unit() as unit:
        return [entry for entry in await unit.timeline(number) if entry.kind == kind]


async def test_withdrawn_by_a_word_and_taken_up_again_by_a_tap_under_the_same_number():
    async with Town() as town:
        li = await filed(town)
        await li.says("算了，不投诉了")
        if "撤回" not in "".join(li.buttons):
            await li.says("撤销投诉")
        li.sees("要撤回", "C-1")
        await li.presses("撤回")
        li.sees("C-1", "已撤回")
        town.team_sees("已撤回")
        await li.presses("恢复")
        li.sees("重新打开", "C-1", "最晚")
        assert (await town.case(1)).status == "handed_off"


async def test_the_language_follows_the_first_words_and_a_button_overrules_them():
    async with Town() as town:
        li = town.customer("Li", "en")
        await li.starts()
        li.sees("Hello Li")
        await li.says("你们的快递三天了还没到，客服也不理人")
        li.sees("很抱歉")
        await li.says("A1203")
        assert (await town.case(1)).facts.get("order") is None or "？" in "".join(li.heard)
        await li.says("繁體中文")
        li.sees("繁體中文")
        await li.says("/language")
        await li.presses("English")
        li.sees("English")
        await li.says("我的投诉")
        li.sees_not("投诉")


async def test_stale_and_double_presses_are_answered_and_change_nothing():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "你们商场三楼的厕所漏水，没人管", "没了")
        question = li.actor.last
        li.actor.presses("不确定", message=question)
        li.actor.presses("不确定", message=question)
        await town.settle()
        assert li.actor.toasts, "the second press is told that its moment has passed"
        await tells(li, "漏水，地上全是水", "[昨天]", "修好", "[都对]")
        summary = next(m for m in li.actor.screen if "您看对不对" in m.text)
        assert (await town.case(1)).status == "queued"
        stale = {"text": "改一下", "callback_data": "c:s:1:change"}
        press.press(li.actor.world, li.actor.user, summary, stale)
        press.press(
            li.actor.world, li.actor.user, summary, {"text": "x", "callback_data": "c:a:1:place:?"}
        )
        await town.settle()
        assert (await town.case(1)).status == "queued"
        assert li.actor.toasts


async def test_stickers_first_hostile_names_and_markup_and_4096_emoji_are_all_answered():
    async with Town() as town:
        eve = town.customer("<b>Eve</b> & {name} \u202e", "zh-hans")
        await eve.sends("sticker")
        eve.sees("收到了")
        await eve.says("<script>alert(1)</script> & {ref} %s 东西太差了，一用就坏")
        await eve.says("😡" * 2048)
        await eve.says("转人工")
        eve.sees("C-1")
        assert "<script>alert(1)</script>" in "\n".join(town.mei.heard)
        await eve.sends_photo("") if hasattr(eve, "sends_photo") else await eve.sends("photo")
        for kind in (
            "voice",
            "video",
            "document",
            "location",
            "contact",
            "video_note",
            "animation",
            "audio",
            "dice",
        ):
            await eve.sends(kind)
        case = await town.case(1)
        assert case.media >= 6
        town.team_sees("Eve")


async def test_a_story_told_by_voice_is_not_asked_for_again():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.sends("voice")
        li.sees("收到了", "不用从头再讲")
        await li.presses("说完了")
        assert "发生了什么" not in li.news
        await tells(li, 16)
        li.sees("C-1")
        town.team_sees("📎 1")


async def test_comes_back_weeks_later_and_chooses_the_old_matter_or_a_new_one():
    async with Town() as town:
        li = await filed(town)
        await town.mei.presses("接手")
        await town.mei.presses("已办妥")
        await town.mei.presses("不另写")
        await town.mei.presses("仍然办结")
        await tells(li, "[办到了]", "[5]", "谢谢")
        await town.passes(days=20)
        closing = next(m for m in reversed(li.actor.screen) if m.from_bot and "C-1" in m.text)
        await li.says("又多扣了一次！", reply_to=closing)
        li.sees("C-1", "接着处理")
        await li.presses("接着处理这件")
        li.sees("重新打开", "编号不变")
        case = await town.case(1)
        assert (case.status, case.reopened) == ("handed_off", 1)
        town.team_sees("又多扣了一次！")


async def test_somebody_still_there_is_asked_for_the_place_first_and_met_within_ten_minutes():
    async with Town(config="hk") as town:
        lee = town.customer("李生", "zh-hant")
        await lee.starts()
        await lee.presses(
            next(b for row in lee.actor.screen for b in row.labels if "現場" in b or "仲喺" in b)
        )
        lee.sees("分店")
        await lee.says("旺角店 8號枱")
        lee.sees("18:10", "C-1")
        town.team_sees("人在現場", "8號枱")
        await lee.says("等咗四十分鐘，枱都未收拾")
        assert "等咗四十分鐘" in "\n".join(town.mei.heard)
        assert relayed(town.mei, "等咗四十分鐘")


async def test_a_deep_link_keeps_the_table_on_the_case_and_an_unfinished_draft_survives_a_restart(
    tmp_path,
):
    async with Town(url=f"sqlite:///{tmp_path}/desk.db") as town:
        li = town.customer("李女士", "zh-hans")
        await li.starts("table-12")
        await li.says("你们多扣了我128块")
        await town.restart()
        await li.says("没了")
        li.sees("哪一单")
        assert (await town.case(1)).source == "table-12"
