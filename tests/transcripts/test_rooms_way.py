"""What becomes of the rooms: chosen, lost, moved, without topics, without the bot, none at all."""

from sandbox.people import Group
from tests.town import Someone, Town
from tests.transcripts.tellings import filed, relayed, tells


async def handed(town, name="李女士"):
    one = town.customer(name, "zh-hans")
    await tells(one, "收银多扣了我128块，单号 8823-1907", "转人工")
    return one


def in_team(town):
    return "\n".join(m.text or "" for m in town.group.screen if m.from_bot)


async def test_a_deleted_topic_is_made_anew_and_nothing_said_meanwhile_is_lost():
    async with Town() as town:
        li = await handed(town)
        town.group.delete_topic(town.group.topic("C-1").thread)
        await li.says("三号收银台")
        topic = town.group.topic("C-1")
        assert topic.thread not in town.group.chat.deleted_topics
        texts = "\n".join(m.text or "" for m in town.group.messages(topic.thread))
        assert "三号收银台" in texts
        assert "多扣了我128块" in texts


async def test_a_closed_topic_is_opened_again_for_what_comes():
    async with Town() as town:
        li = await handed(town)
        thread = town.group.topic("C-1").thread
        town.group.close_topic(thread)
        town.group.demote_bot()
        town.group.promote_bot()
        await li.says("三号收银台")
        assert "三号收银台" in in_team(town)


async def test_without_the_right_to_make_topics_the_room_is_told_and_served_by_replies():
    async with Town(team=False) as town:
        town.group.add_bot(admin=True, can_manage_topics=False)
        await town.settle()
        town.boss.sees_not("nothing")
        await town.boss.presses("team chat") if "team chat" in "".join(
            town.boss.buttons
        ) else await town.boss.presses("团队群")
        assert "管理话题" in in_team(town)
        li = await handed(town)
        answer = await town.mei.says("在查", reply_to=relayed(town.mei, "多扣了我128块"))
        assert li.heard[-1] == "在查"
        assert "👌" in str(answer.reactions)


async def test_a_basic_group_that_becomes_a_supergroup_stays_the_team_chat():
    async with Town(team=False) as town:
        basic = town.sandbox.group("Shop", basic=True, members=[town.boss_person, town.mei_person])
        basic.add_bot()
        await town.settle()
        await town.boss.presses("团队群")
        li = await handed(town)
        old = basic.id
        basic.upgrade()
        await town.settle()
        assert basic.id != old
        await li.says("三号收银台")
        said = [m for m in basic.screen if m.from_bot and "三号收银台" in m.text]
        assert said
        mei = Someone(town, town.mei_person.at(basic))
        await mei.says("在查", reply_to=said[0])
        assert li.heard[-1] == "在查"


async def test_the_bot_removed_from_the_team_chat_goes_on_privately_with_the_admins():
    async with Town() as town:
        li = await handed(town)
        town.group.remove_bot()
        await town.settle()
        town.boss.seen = 0
        town.boss.sees("移出")
        await li.says("三号收银台")
        assert "三号收银台" in "\n".join(town.boss.heard)
        await town.boss.says("在查", reply_to=relayed(town.boss, "三号收银台"))
        assert li.heard[-1] == "在查"
        town.group.add_bot(admin=True)
        await town.settle()
        await li.says("还有小票")
        assert "还有小票" in in_team(town)


async def test_without_any_team_chat_cases_come_to_the_admins_and_move_once_there_is_one():
    async with Town(team=False) as town:
        li = await handed(town)
        assert "多扣了我128块" in "\n".join(town.boss.heard)
        town.group.add_bot(admin=True)
        await town.settle()
        await town.boss.presses("团队群")
        await town.passes(minutes=1)
        await li.says("三号收银台")
        assert "三号收银台" in in_team(town)
        await town.mei.says("在查", reply_to=relayed(town.mei, "三号收银台"))
        assert li.heard[-1] == "在查"


async def test_a_group_is_offered_to_admins_only_and_a_strangers_press_is_refused():
    async with Town(team=False) as town:
        second = town.sandbox.group("Second", forum=True, members=[town.boss_person])
        second.add_bot(admin=True)
        await town.settle()
        offer = next(m for m in town.boss.actor.screen if "Second" in m.text)
        assert len(offer.labels) == 2
        await town.boss.presses("团队群", message=offer)
        assert town.desk.app.desk.team.chat == second.id
        await town.boss.presses("主管群", message=offer)


async def test_the_set_up_code_makes_an_admin_once():
    async with Town() as town:
        ann = town.customer("Ann", "en")
        await ann.says("/setup wrong")
        assert ann.news
        assert ann.id not in town.desk.app.desk.admins


async def test_a_customer_in_a_group_is_answered_once_with_a_button_to_the_private_chat():
    async with Town() as town:
        ann = town.sandbox.person("Ann", language_code="zh-hans")
        open_group: Group = town.sandbox.group("Neighbours", forum=False, members=[ann])
        open_group.add_bot(admin=True)
        await town.settle()
        there = Someone(town, ann.at(open_group))
        await there.says("你们店也太差了")
        answers = [m for m in open_group.screen if m.from_bot and m.labels]
        assert len(answers) == 1
        assert "私下说" in answers[0].labels[0]
        await there.says("喂？")
        assert len([m for m in open_group.screen if m.from_bot and m.labels]) == 1


async def test_an_agent_who_joins_is_known_and_one_in_the_managers_chat_is_a_manager():
    async with Town(managers=True) as town:
        ivy = town.sandbox.person("Ivy", language_code="zh-hans")
        town.group.add(ivy)
        await town.settle()
        assert town.desk.app.desk.member(ivy.id).role == "agent"
        max_ = town.sandbox.person("Max", language_code="zh-hans")
        town.managers.add(max_)
        await town.settle()
        assert town.desk.app.desk.member(max_.id).role == "manager"


async def test_a_matter_that_turns_out_to_accuse_staff_leaves_the_team_chat():
    async with Town(managers=True) as town:
        li = await handed(town)
        assert "多扣了我128块" in in_team(town)
        await li.says("而且你们收银员骂我，态度极其恶劣")
        assert (await town.case(1)).accused
        assert "骂我" not in in_team(town)
        assert "骂我" in "\n".join(m.text or "" for m in town.managers.screen)
        await li.says("她还摔我的卡")
        assert "摔我的卡" not in in_team(town)


async def test_two_customers_never_hear_each_others_answers():
    async with Town() as town:
        li, wang = await handed(town), await handed(town, "王先生")
        words = next(m for m in town.mei.actor.screen if m.text.startswith("👤 王先生"))
        before = list(li.heard)
        await town.mei.says("王先生，已退款", reply_to=words)
        assert wang.heard[-1] == "王先生，已退款"
        assert li.heard == before
        assert await filed(town, "赵女士")
