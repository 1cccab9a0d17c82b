"""What staff do in the team chat: take, hand over, answer, ask, note, settle, take back."""

import pytest

from storage.rows import Changes
from tests.town import Someone, Town
from tests.transcripts.tellings import filed, prompted, relayed, shows, tells


async def with_person(town, name="李女士", words="收银多扣了我128块，单号 8823-1907"):
    """A customer who asked for a person: the case has its topic."""
    one = town.customer(name, "zh-hans")
    await tells(one, words, "转人工")
    return one


async def test_two_press_take_at_once_and_one_is_owner_and_the_other_is_told():
    async with Town() as town:
        li = await with_person(town)
        town.mei.actor.presses("接手")
        card = next(
            m for m in reversed(town.ravi.actor.screen) if any("接手" in x for x in m.labels)
        )
        town.ravi.actor.presses("接手", message=card)
        await town.settle()
        case = await town.case(1)
        assert case.owner == town.mei.id
        assert any("Mei" in alert for alert in town.ravi.actor.alerts)
        assert (await town.timeline(1)).count("taken") == 1
        assert "C-1" in li.heard[-1]


async def test_a_transfer_keeps_the_owner_until_accepted_and_the_second_goes_one_level_up():
    async with Town() as town:
        await with_person(town)
        await town.ravi.says("在")
        await tells(town.mei, "[接手]", "[更多]", "[转给同事]", "[Ravi]")
        assert (await town.case(1)).owner == town.mei.id
        await town.mei.presses("接受")
        assert any("不是给你的" in alert for alert in town.mei.actor.alerts)
        await town.ravi.presses("接受")
        case = await town.case(1)
        assert (case.owner, case.transfers, case.level) == (town.ravi.id, 1, "agent")
        await tells(town.ravi, "[更多]", "[转给同事]", "[Mei]")
        await town.mei.presses("接受")
        case = await town.case(1)
        assert (case.owner, case.transfers, case.level) == (town.mei.id, 2, "supervisor")


async def test_a_transfer_declined_or_lapsed_comes_back_and_says_so():
    async with Town() as town:
        await with_person(town)
        await town.ravi.says("在")
        await tells(town.mei, "[接手]", "[更多]", "[转给同事]", "[Ravi]")
        await town.ravi.presses("婉拒")
        assert (await town.case(1)).transfer is None
        town.team_sees("仍由 Mei 负责")
        await tells(town.mei, "[转给同事]", "[Ravi]")
        assert (await town.case(1)).transfer is not None
        await town.passes(minutes=16)
        case = await town.case(1)
        assert (case.owner, case.transfer) == (town.mei.id, None)
        assert "transfer_lapsed" in await town.timeline(1)


async def test_a_released_case_is_for_everybody_again():
    async with Town() as town:
        await with_person(town)
        await tells(town.mei, "[接手]", "[更多]", "[放回]")
        case = await town.case(1)
        assert (case.owner, case.status) == (None, "handed_off")
        await town.ravi.presses("接手")
        assert (await town.case(1)).owner == town.ravi.id


async def test_only_a_reply_to_the_customers_words_reaches_the_customer():
    async with Town() as town:
        li = await with_person(town)
        thread = town.group.topic("C-1").thread
        words = relayed(town.mei, "多扣了我128块")
        heard = len(li.heard)
        loose = await town.mei.says("这个顾客真烦", thread=thread)
        slashed = await town.mei.says("// 先看监控", reply_to=words)
        named = await town.mei.says("@ravi 你看一下", reply_to=words)
        on_card = await town.mei.says("我来", reply_to=shows(town.mei, "C-1 ·"))
        assert len(li.heard) == heard
        for note in (loose, slashed, named, on_card):
            assert "✍" in str(note.reactions)
        assert (await town.timeline(1)).count("noted") == 4
        answer = await town.mei.says("已经在查了", reply_to=words)
        assert li.heard[-1] == "已经在查了"
        assert "👌" in str(answer.reactions)
        assert (await town.case(1)).owner == town.mei.id, "answering is taking"


async def test_a_fact_is_asked_by_button_and_in_own_words_and_the_answer_comes_back():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[问顾客]", "[联系方式]")
        li.sees("想请教您")
        assert (await town.case(1)).status == "waiting"
        await li.says("13800138000")
        li.sees("已经转过去了")
        case = await town.case(1)
        assert (case.status, case.facts["contact"].value) == ("in_progress", "+8613800138000")
        town.team_sees("13800138000")
        await town.mei.presses("问顾客")
        await prompted(town.mei, "自己写问题", "是哪位收银员？")
        assert li.heard[-1] == "是哪位收银员？"
        await li.says("短头发的")
        li.sees("已经转过去了")
        town.team_sees("短头发的")
        assert (await town.case(1)).question is None


async def test_progress_comes_with_the_next_promised_time():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]")
        await prompted(town.mei, "告知进展", "监控调出来了，正在核对。")
        assert "监控调出来了，正在核对。" in li.heard
        li.seen = 0
        li.sees("下一次消息", "11月20日")
        promise = (await town.case(1)).promises[-1]
        assert (promise.kind, promise.by_staff) == ("update", town.mei.id)


async def test_resolved_in_words_settled_and_rated_five_is_closed():
    async with Town() as town:
        li = await with_person(town)
        await town.mei.presses("接手")
        await prompted(town.mei, "已办妥", "128元已原路退回。")
        assert "128元已原路退回。" in li.heard
        assert "都按说好的办到了吗" in li.heard[-1]
        await li.presses("办到了")
        li.sees("打几分")
        await li.says("5分")
        li.sees("谢谢您的评分")
        await li.says("处理得挺快")
        town.team_sees("处理得挺快", "5")
        case = await town.case(1)
        assert (case.status, case.rating, case.settled) == ("closed", 5, True)


async def test_not_settled_goes_back_to_work_under_the_same_number():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]")
        await li.presses("还没有")
        li.sees("那就还没完", "C-1", "最晚")
        await li.says("钱没到账")
        town.team_sees("顾客说还没办妥", "钱没到账")
        case = await town.case(1)
        assert (case.status, case.reopened) == ("handed_off", 1)


async def test_a_low_rating_reopens_one_level_up():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]")
        await tells(li, "[办到了]", "[2]")
        li.sees("还不能算完", "值班主管", "C-1")
        case = await town.case(1)
        assert (case.status, case.level, case.rating) == ("handed_off", "supervisor", 2)
        town.team_sees("评分 2 分")


async def test_a_refusal_gives_its_reasons_and_the_way_up():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[更多]")
        await prompted(town.mei, "拒绝", "监控显示收款无误，所以不能退款。")
        assert "监控显示收款无误，所以不能退款。" in li.heard
        li.seen = 0
        li.sees("答复和理由", "请上一级")
        await li.presses("请上一级")
        li.sees("往上交", "值班主管", "最晚")
        case = await town.case(1)
        assert (case.status, case.level, case.owner) == ("handed_off", "supervisor", None)


async def test_reopened_by_staff_keeps_its_number_and_tells_the_customer():
    async with Town() as town:
        li = await with_person(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]", "[重新打开]")
        assert "编号不变" in li.heard[-1]
        assert (await town.case(1)).status == "handed_off"


async def test_queue_mine_case_and_why_answer_in_the_room():
    async with Town() as town:
        await filed(town)
        await with_person(town, "王先生", "再不处理我就找12315，快递三天没到")
        await town.mei.says("/queue")
        town.mei.sees("待接手：2 单", "C-1", "C-2")
        card = next(m for m in town.mei.actor.screen if "C-2 ·" in m.text and m.labels)
        await town.mei.presses("接手", message=card)
        await town.mei.says("/mine")
        town.mei.sees("1 单", "C-2")
        await town.mei.says("/why 2")
        town.mei.sees("12315")
        await town.mei.says("/why 1")
        town.mei.sees("没有规则升级过 C-1")
        await town.mei.says("/case 1")
        town.mei.sees("C-1", "账单")
        await town.mei.says("/case 99")
        town.mei.sees("没有", "C-99")


async def test_unsend_takes_an_answer_back_and_an_edit_follows_to_the_other_side():
    async with Town() as town:
        li = await with_person(town)
        words = relayed(town.mei, "多扣了我128块")
        answer = await town.mei.says("明天退", reply_to=words)
        await town.mei.edits(answer, "后天退")
        assert li.heard[-1] == "后天退"
        await town.mei.says("/unsend", reply_to=answer)
        assert "后天退" not in li.heard
        town.team_sees("已撤回")
        await town.mei.says("/unsend", reply_to=words)
        town.mei.sees("48 小时")


async def test_unsend_takes_a_whole_album_back():
    async with Town() as town:
        li = await with_person(town)
        words = relayed(town.mei, "多扣了我128块")
        before = len(li.actor.screen)
        parts = await town.mei.album(3, reply_to=words)
        kept = await town.mei.says("小票在上面", reply_to=words)
        assert len(li.actor.screen) == before + 4
        await town.mei.says("/unsend", reply_to=parts[1])
        assert [m.text for m in li.actor.screen[before:]] == ["小票在上面"]
        assert (await town.timeline(1)).count("unsent") == 3
        await town.mei.says("/unsend", reply_to=kept)
        assert len(li.actor.screen) == before


async def test_lists_say_how_many_more_there_are():
    async with Town() as town:
        await filed(town)
        one = await town.case(1)
        await more_cases(town, one, 28)
        await town.mei.says("/queue")
        town.mei.sees("待接手：28 单", "另有 3 单。")
        assert town.mei.news.count("C-") == 25
        await more_cases(town, one, 205)
        await town.mei.says("/queue")
        town.mei.sees("另有 175 单以上")
        await more_cases(town, one.but(owner=town.mei.id, owner_name="Mei"), 27)
        await town.mei.says("/mine")
        town.mei.sees("由你负责：27 单", "另有 2 单。")


async def more_cases(town, like, last: int) -> None:
    """Have cases up to that number be in the store, all like one."""
    cases = tuple(like.but(id=number) for number in range(1, last + 1))
    async with town.desk.store.unit() as unit:
        await unit.write(Changes(cases=cases, last_number=last), town.sandbox.clock.now())


async def test_a_customers_edit_follows_into_the_room_and_a_reply_there_still_reaches_them():
    async with Town() as town:
        li = await with_person(town)
        said = await li.says("收银员是短头发")
        await li.edits(said, "收银员是长头发")
        assert "收银员是长头发" in "\n".join(m.text or "" for m in town.group.screen)
        copy = relayed(town.mei, "长头发")
        await town.mei.says("明白了", reply_to=copy)
        assert li.heard[-1] == "明白了"


KINDS = ("photo", "video", "document", "voice", "audio", "video_note", "animation", "sticker")
OTHERS = ("location", "contact", "dice")


@pytest.mark.parametrize("way", ["to the team", "to the customer"])
async def test_every_kind_of_media_goes_both_ways(way):
    async with Town() as town:
        li = await with_person(town)
        words = relayed(town.mei, "多扣了我128块")
        for kind in (*KINDS, *OTHERS):
            if way == "to the team":
                before = {m.message_id for m in town.mei.actor.screen}
                await li.sends(kind)
                fresh = [
                    m for m in town.mei.actor.screen if m.message_id not in before and m.from_bot
                ]
            else:
                before = {m.message_id for m in li.actor.screen}
                await town.mei.sends(kind, reply_to=words)
                fresh = [m for m in li.actor.screen if m.message_id not in before and m.from_bot]
            assert any(kind in m.body for m in fresh), f"{kind} {way}: {[m.body for m in fresh]}"


async def test_albums_stay_together_both_ways():
    async with Town() as town:
        li = await with_person(town)
        await li.album(3, caption="小票都在这")
        copies = [m for m in town.group.screen if m.from_bot and "media_group_id" in m.body]
        assert len(copies) == 3
        assert len({m.body["media_group_id"] for m in copies}) == 1
        await town.mei.album(2, reply_to=copies[0])
        back = [m for m in li.actor.screen if m.from_bot and "media_group_id" in m.body]
        assert len(back) == 2
        assert len({m.body["media_group_id"] for m in back}) == 1


async def test_bold_and_italics_of_the_story_stand_where_they_stood_when_it_is_relayed():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("收银多扣了我 😡 <b>128块</b>", parse_mode="HTML")
        await li.says("单号 <i>8823-1907</i>，见 example.com", parse_mode="HTML")
        await li.sends("photo", caption="这是<u>小票</u>", parse_mode="HTML")
        await li.says("转人工")
        copy = relayed(town.mei, "多扣了我")
        assert marked(copy.text, copy.body["entities"])[1:] == [
            ("bold", "128块"),
            ("italic", "8823-1907"),
        ]
        photo = next(m for m in town.mei.actor.screen if "photo" in m.body)
        caption = photo.body["caption"], photo.body["caption_entities"]
        assert ("underline", "小票") in marked(*caption)


def marked(text: str, entities: list) -> list[tuple[str, str]]:
    """What is marked how, counted as Telegram counts."""
    raw = text.encode("utf-16-le")
    return [
        (
            one["type"],
            raw[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode("utf-16-le"),
        )
        for one in entities
        if one["type"] != "url"
    ]


async def test_replies_quote_what_they_answer_on_both_sides():
    async with Town() as town:
        li = await with_person(town)
        said = await li.says("还有，收银台也没给小票")
        copy = relayed(town.mei, "没给小票")
        await town.mei.says("哪个收银台？", reply_to=copy)
        answer = li.actor.last
        assert answer.text == "哪个收银台？"
        assert answer.body["reply_to_message"]["message_id"] == said.message_id
        await li.says("三号台", reply_to=answer)
        back = relayed(town.mei, "三号台")
        assert back.body["reply_to_message"]["text"] == "哪个收银台？"


async def test_where_reactions_are_refused_delivery_is_said_in_words():
    async with Town() as town:
        await with_person(town)
        town.group.allow_reactions()
        await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        town.team_sees("👌 已送达")


async def test_a_customer_who_blocked_the_bot_is_not_told_to_have_been_answered():
    async with Town() as town:
        li = await with_person(town)
        li.actor.blocks()
        await town.settle()
        town.team_sees("停用了机器人")
        answer = await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        assert "👌" not in str(answer.reactions)
        town.team_sees("这条没有发出去")
        li.actor.unblocks()
        await town.settle()
        town.team_sees("又可以收到消息")


async def test_an_account_deleted_unnoticed_is_found_out_by_the_answer():
    async with Town() as town:
        li = await with_person(town)
        li.actor.deletes_account()
        answer = await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        assert "👌" not in str(answer.reactions)
        town.team_sees("联系不上")


async def test_a_file_over_twenty_megabytes_is_relayed_by_its_id():
    async with Town() as town:
        li = await with_person(town)
        await li.sends("document", file_size=45_000_000, file_name="监控.mp4")
        copies = [m for m in town.group.screen if m.from_bot and "document" in m.body]
        assert len(copies) == 1


async def test_an_anonymous_admin_is_refused_kindly_with_the_switch_named():
    async with Town() as town:
        li = await with_person(town)
        town.group.promote(town.mei_person)
        town.group.anonymous(town.mei_person)
        heard = len(li.heard)
        await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        assert len(li.heard) == heard
        town.team_sees("匿名")


async def test_accused_staff_cannot_own_see_or_unsay_what_only_managers_are_told():
    async with Town() as town:
        sun = town.customer("孙女士", "zh-hans")
        await tells(sun, "你们导购骂我穷鬼，太欺负人了", "转人工")
        sun.sees("C-1")
        assert "C-1" not in "\n".join(m.text or "" for m in town.group.screen)
        await town.mei.says("/case 1")
        assert "骂我" not in "\n".join(m.text or "" for m in town.group.screen)
        words = relayed(town.boss, "骂我穷鬼")
        await town.boss.says("孙女士，非常抱歉，我来处理。", reply_to=words)
        assert sun.heard[-1] == "孙女士，非常抱歉，我来处理。"
        await sun.says("她今天还在柜台")
        assert "还在柜台" in "\n".join(town.boss.heard)
        assert "柜台" not in "\n".join(m.text or "" for m in town.group.screen)


async def test_a_reply_to_an_unknown_copy_of_a_card_is_answered_not_ignored():
    async with Town(forum=False) as town:
        li = await with_person(town)
        heard = len(li.heard)
        forged = await town.ravi.says("C-1 那单怎么样了")
        await town.mei.says("退了吗", reply_to=forged)
        assert len(li.heard) == heard


async def test_in_a_group_without_topics_the_same_is_done_by_replies():
    async with Town(forum=False) as town:
        li = await with_person(town)
        words = relayed(town.mei, "多扣了我128块")
        assert "C-1" in words.text
        answer = await town.mei.says("在查了", reply_to=words)
        assert li.heard[-1] == "在查了"
        assert "👌" in str(answer.reactions)
        loose = await town.mei.says("中午吃什么")
        assert not loose.reactions
        await li.says("还没好吗")
        assert relayed(town.mei, "还没好吗")
        await town.mei.presses("已办妥")
        prompt = shows(town.mei, "写上做了什么")
        await town.mei.says("退好了", reply_to=prompt)
        assert "退好了" in li.heard
        assert isinstance(town.mei, Someone)
