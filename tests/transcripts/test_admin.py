"""The admins' menu in the private chat: rules edited by buttons, tried, applied, rolled back."""

from __future__ import annotations

import pytest

from bot.flows.events import StaffPressed, Who
from bot.flows.people import Role
from tests.town import Someone, Town
from tests.transcripts.tellings import tells

STORY = "收银多扣了我{amount}块，单号 8823-1907，要求退款"


def menu(person: Someone) -> str:
    """What stands in the menu now: its newest message, edited in place."""
    return next(m for m in reversed(person.actor.screen) if m.from_bot and m.labels).text


async def taps(person: Someone, *labels: str) -> str:
    """Press one key after another in the newest menu; return what it shows then."""
    for label in labels:
        await person.presses(label)
    return menu(person)


async def files(town: Town, name: str, amount: int) -> Someone:
    """A customer tells of this amount and confirms."""
    one = town.customer(name, "zh-hans")
    await tells(one, STORY.format(amount=amount))
    for _ in range(9):
        if any("都对" in label for label in one.buttons):
            break
        await one.says("退款" if "退款" in "".join(one.buttons) else "跳过")
    await one.presses("都对")
    return one


async def lowers(boss: Someone, amount: str) -> None:
    """The way to the amount of the shipped rule, and a new one."""
    await boss.says("/admin")
    await taps(
        boss, "Rules", "Large amount", "If", "the amount is at least", "At least", "CN¥1,000"
    )
    await boss.says(amount)


async def applies(boss: Someone, *, too: bool = False) -> str:
    """From wherever one stands: look at the difference and apply."""
    await taps(boss, "Menu", "Difference", "Apply …")
    if too:
        await taps(boss, "Open cases too")
    said = await taps(boss, "✅ Apply")
    await boss.town.passes(seconds=1)  # a case is woken once in an instant
    return said


async def test_an_admin_lowers_a_threshold_applies_sees_it_fire_and_rolls_it_back():
    async with Town() as town:
        boss = town.boss
        jia = await files(town, "甲", 600)
        assert (await town.case(1)).fired == {}
        await lowers(boss, "500")
        assert "CN¥500" in menu(boss)
        said = await taps(boss, "Menu", "Difference")
        assert "“Large amount”, if:" in said
        assert "CN¥1,000" in said
        assert "CN¥500" in said
        said = await taps(boss, "Apply …")
        assert "would fire a changed rule at once: 1 (C-1)" in said
        said = await taps(boss, "✅ Apply")
        assert "Version 2 is in force from now on" in said
        await town.passes(seconds=1)
        await files(town, "乙", 600)
        await jia.says("补充一下：当时是昨天晚上，人民广场店")
        assert (await town.case(1)).fired == {}, "from now on: what held already does not fire"
        assert "large_amount" in (await town.case(2)).fired
        said = await taps(boss, "History")
        assert "<b>" not in said
        assert "2 · " in said
        assert "Boss" in said
        said = await taps(boss, "№ 1")
        assert "CN¥500" in said
        said = await taps(boss, "Go back to this version")
        assert "Difference to version 2 · changes: 1" in said
        said = await taps(boss, "Apply …", "✅ Apply")
        assert "Version 3" in said
        await files(town, "丙", 600)
        assert (await town.case(3)).fired == {}
        assert "large_amount" in (await town.case(2)).fired


async def test_open_cases_too_fires_for_what_stands_and_once_only():
    async with Town() as town:
        await files(town, "甲", 600)
        await lowers(town.boss, "五百元")
        assert "CN¥500" in menu(town.boss)
        await applies(town.boss, too=True)
        await town.settle()
        case = await town.case(1)
        assert case.fired["large_amount"] == 1
        assert case.status == "handed_off"
        await taps(
            town.boss,
            "Rules",
            "Large amount",
            "If",
            "the amount is at least",
            "At least",
            "CN¥500",
        )
        await town.boss.says("400")
        await applies(town.boss, too=True)
        await town.settle()
        assert (await town.case(1)).fired["large_amount"] == 1, "an edit does not fire it again"
        rules = await taps(town.boss, "Rules")
        assert "✅ Large amount · 1 / 1" in rules


async def test_of_two_admins_at_once_the_second_sees_what_changed_and_decides():
    async with Town() as town:
        ann = await second_admin(town)
        await lowers(town.boss, "500")
        await ann.says("/admin")
        await taps(
            ann, "Rules", "Large amount", "If", "the amount is at least", "At least", "CN¥1,000"
        )
        await ann.says("300")
        await taps(ann, "Menu", "Rules", "Danger", "Switch off")
        await applies(town.boss)
        assert any("Boss applied version 2" in said for said in ann.heard)
        said = await taps(ann, "Menu", "Difference")
        assert "Version 2 came into force while you edited version 1" in said
        assert "Both changed these; yours would stand" in said
        assert "✅ Apply" not in ann.buttons
        said = await taps(ann, "Put mine on top")
        assert (
            "CN¥500 → " in said.replace("the amount is at least ", "").replace("  ", " ")
            or "CN¥500" in said
        )
        await taps(ann, "Apply …", "✅ Apply")
        config = town.desk.app.desk.config
        assert config.version == 3
        rules = {rule.id: rule for rule in config.rules}
        assert rules["danger"].on is False
        assert rules["large_amount"].test.of[0].at_least["CNY"] == 30000


async def test_an_apply_that_another_admin_overtook_changes_nothing_and_drops_nothing():
    async with Town() as town:
        ann = await second_admin(town)
        await lowers(town.boss, "500")
        await ann.says("/admin")
        await taps(ann, "Rules", "Danger", "Switch off", "Menu", "Difference", "Apply …")
        await applies(town.boss)
        await ann.presses("✅ Apply")
        assert "Another version came first" in ann.actor.alerts[-1]
        assert town.desk.app.desk.config.version == 2
        await taps(ann, "Drop my changes")
        assert town.desk.app.desk.sessions[ann.id].draft is None


async def second_admin(town: Town) -> Someone:
    """Another admin, named by the operator's settings."""
    ann = town.customer("Ann")
    await ann.starts()
    desk = town.desk.app.desk
    await town.desk.app.put(town.sandbox.clock.now(), {"admins": [*desk.admins, ann.id]})
    await ann.starts()
    return ann


async def test_forged_old_and_forwarded_buttons_change_nothing_and_are_told_so():
    async with Town() as town:
        boss = town.boss
        await boss.says("/admin")
        old = next(m for m in reversed(boss.actor.screen) if m.labels)
        await taps(boss, "Rules", "Danger")
        mine = town.desk.app.desk.sessions[boss.id]
        ann = await second_admin(town)
        await ann.says("/admin")
        other = town.desk.app.desk.sessions[ann.id]
        switch = next(n for n, move in enumerate(mine.moves) if move.do == "switch")
        for who, data in (
            (boss, f"a:{mine.token}:{mine.rev - 1}:{switch}"),
            (boss, f"a:{mine.token}:{mine.rev}:99"),
            (boss, f"a:{mine.token}:{mine.rev}:²"),
            (boss, f"a:{other.token}:{other.rev}:0"),
            (boss, "a:"),
            (boss, "a:x:y:z:0"),
            (ann, f"a:{mine.token}:{mine.rev}:{switch}"),
            (town.customer("Eve"), f"a:{mine.token}:{mine.rev}:{switch}"),
        ):
            alert = await forged(town, who, data)
            assert "Nothing was changed" in alert, data
        assert town.desk.app.desk.sessions[boss.id].draft is None
        newest = boss.actor.screen[-1]
        await boss.says("/admin")
        assert old.message_id == newest.message_id
        assert not old.labels, "the older menu has no buttons any more"


async def forged(town: Town, person: Someone, data: str) -> str:
    """Send a press that no shown button carries; return the alert that answers it."""
    who = Who(person.id, "N", "en")
    key = f"forged:{person.id}:{data}"
    press = StaffPressed(key, town.sandbox.clock.now(), who, person.id, 1, data=data, query_id="q")
    (answer,) = await town.desk.app.handle([press])
    assert answer.params["show_alert"]
    return answer.params["text"]


async def test_who_lost_the_role_changes_nothing_more_and_is_told():
    async with Town() as town:
        ann = await second_admin(town)
        await ann.says("/admin")
        await taps(ann, "Rules", "Danger")
        admins = [one for one in town.desk.app.desk.admins if one != ann.id]
        await town.desk.app.put(town.sandbox.clock.now(), {"admins": admins})
        await ann.presses("Switch off")
        assert "Nothing was changed" in ann.actor.alerts[-1]
        assert town.desk.app.desk.sessions[ann.id].draft is None


async def test_supervisors_look_agents_do_not_and_the_room_points_to_the_private_chat():
    async with Town() as town:
        await town.mei.says("/admin")
        assert "private chat" in town.mei.heard[-1] or "私聊" in town.mei.heard[-1]
        mei = Someone(town, town.mei_person)
        await mei.says("/admin")
        assert "管理员" in mei.heard[-1] or "Only admins" in mei.heard[-1]
        member = town.desk.app.desk.member(mei.id)
        await town.desk.app.put(
            town.sandbox.clock.now(),
            {f"staff:{mei.id}": member.but(role=Role.SUPERVISOR).model_dump(mode="json")},
        )
        await mei.says("/admin")
        said = await taps(mei, "Rules", "Large amount")
        assert "CN¥1,000" in said
        assert not [one for one in mei.buttons if "Switch" in one or "Delete" in one]


async def test_a_rule_is_built_by_the_guided_form_tried_applied_and_fires():
    async with Town() as town:
        boss = town.boss
        await boss.says("/admin")
        said = await taps(boss, "Rules", "Later", "New rule")
        assert "What starts the rule" in said
        await taps(boss, "When …", "it is filed", "Back")
        await taps(boss, "If …", "Condition", "Amount", "At least", "CN¥1,000")
        await boss.says("5,000")
        await taps(boss, "Back", "and …", "Repeat complaint")
        assert "1 or more complaints in the 30 days before" in menu(boss)
        await taps(boss, "Back", "Back")
        said = menu(boss)
        assert "all of these hold:" in said
        await taps(boss, "Then …", "Another action", "Hand to a person", "Back", "Back")
        await taps(boss, "Name")
        await boss.says("Large and again")
        assert "Everything is there" in menu(boss)
        said = await taps(boss, "Done: into the draft")
        assert "Large and again" in said
        assert "CN¥5,000" in said
        said = await taps(boss, "Menu", "Difference")
        assert "New rule “Large and again”: when it is filed" in said
        await taps(boss, "Apply …", "✅ Apply")
        rule = town.desk.app.desk.config.rules[-1]
        assert rule.name == "Large and again"
        assert rule.then[0].level == "supervisor"
        li = await files(town, "李女士", 6000)
        assert rule.id not in (await town.case(1)).fired, "the first complaint"
        await li.says("/new")
        told = "又一次！昨天在你们店买的电视坏了，6000块，单号 7777-1234，要求退款"
        await tells(li, told, "[说完了]")
        for _ in range(9):
            if any("都对" in label for label in li.buttons):
                break
            await li.says("跳过")
        await li.presses("都对")
        case = await town.case(2)
        assert case.fired[rule.id] == 1
        assert [x.test for x in next(r for r in case.reasons if r.rule == rule.id).held] == [
            "amount",
            "same_customer",
        ]
        await taps(boss, "History", "№ 1", "Go back to this version", "Apply …", "✅ Apply")
        assert [x.id for x in town.desk.app.desk.config.rules if x.id == rule.id] == []


async def test_try_reads_a_sentence_and_sets_the_draft_beside_today():
    async with Town() as town:
        boss = town.boss
        await lowers(boss, "500")
        await taps(boss, "Menu", "Try", "A sentence or a number")
        await boss.says("收银多扣了我600块，要求退款，叫你们经理来")
        said = menu(boss)
        assert "🆕 Large amount (only with your draft)" in said
        assert "● Asks for a manager" in said
        assert (await town.case(1)) is None, "trying files nothing"
        await files(town, "甲", 700)
        await taps(boss, "A sentence or a number")
        await boss.says("C-1")
        assert "🆕 Large amount" in menu(boss)
        await taps(boss, "A sentence or a number")
        await boss.says("99")
        assert "no case C-99" in menu(boss)


async def test_only_the_awaited_message_is_taken_and_a_complaint_is_a_complaint():
    async with Town() as town:
        boss = town.boss
        await boss.says("/admin")
        await taps(
            boss, "Rules", "Large amount", "If", "the amount is at least", "At least", "CN¥1,000"
        )
        assert "Your next message here is taken as this value" in menu(boss)
        await boss.says("the box was wet")
        assert "could not read that" in menu(boss)
        assert town.desk.app.desk.sessions[boss.id].awaits is None
        await boss.says("the box was wet again and two books are ruined")
        assert "It is my own complaint" in "".join(boss.buttons)
        await boss.says("/admin")
        await taps(
            boss, "Rules", "Large amount", "If", "the amount is at least", "At least", "CN¥1,000"
        )
        await boss.says("/cancel")
        assert "Left as it was" in menu(boss)
        await taps(boss, "CN¥1,000")
        await town.passes(minutes=16)
        await boss.says("300")
        assert town.desk.app.desk.sessions[boss.id].draft is None, "too late: not taken as a value"


async def test_a_restart_in_the_middle_of_an_edit_loses_nothing(tmp_path):
    async with Town(url=f"sqlite:///{tmp_path}/desk.db") as town:
        boss = town.boss
        await lowers(boss, "500")
        await taps(boss, "CN¥500")
        await town.restart()
        await boss.says("450")
        assert "CN¥450" in menu(boss)
        await town.restart()
        await applies(boss)
        rule = next(one for one in town.desk.app.desk.config.rules if one.id == "large_amount")
        assert rule.test.of[0].at_least["CNY"] == 45000


@pytest.mark.parametrize(
    ("code", "rules", "amount", "said"),
    [
        ("zh-hans", "规则", "金额较大", "金额达到 ¥1,000"),
        ("zh-hant", "規則", "金額較大", "金額達 CN¥1,000"),
    ],
)
async def test_the_menu_speaks_the_admins_language(code, rules, amount, said):
    async with Town() as town:
        town.boss_person.speaks(code)
        await town.boss.says("/admin")
        assert said in await taps(town.boss, rules, amount)


async def test_words_choices_and_lengths_are_edited_and_mistakes_are_told():
    async with Town() as town:
        boss = town.boss
        await boss.says("/admin")
        await taps(boss, "Rules", "Asks for a manager", "If", "Words")
        await taps(boss, "Words")
        await boss.says("区域总监，boss")
        assert "区域总监" in "".join(boss.buttons) or "Later" in "".join(boss.buttons)
        await taps(boss, "Menu", "Rules", "Later", "Two failed questions", "If", "At least")
        await taps(boss, "+1")
        assert "Now: 3" in menu(boss)
        await taps(boss, "Write it")
        await boss.says("0")
        assert "1 is the least" in menu(boss)
        assert "Now: 3" in menu(boss)
        await taps(
            boss, "Menu", "Rules", "Later", "Two failed questions", "How often", "Again and again"
        )
        await taps(boss, "Again every", "Write it")
        await boss.says("30分钟")
        assert "30 minutes" in menu(boss)
        said = await taps(boss, "Menu", "Difference")
        assert "Two failed questions" in said
        assert "区域总监" in said
