"""The admins' menu beyond rules: targets, hours and holidays, people, general settings."""

from __future__ import annotations

import pytest

from bot.flows.calendar import span
from bot.flows.people import Role
from tests.town import Someone, Town
from tests.transcripts.test_admin import forged, menu, second_admin, taps


def config(town: Town):
    return town.desk.app.desk.config


def draft(person: Someone):
    return person.town.desk.app.desk.sessions[person.id].draft


async def opens(person: Someone, *labels: str) -> str:
    await person.says("/admin")
    return await taps(person, *labels)


async def applies(person: Someone, *labels: str) -> str:
    """Put the draft in force."""
    said = await opens(person, *(labels or ("Difference", "Apply …", "✅ Apply")))
    await person.town.passes(seconds=1)
    return said


# ---- targets --------------------------------------------------------------------------------


async def test_first_answer_for_severe_cases_becomes_faster_and_the_menu_says_what_that_means():
    async with Town() as town:
        boss = town.boss
        said = await opens(boss, "Targets")
        assert "3. Severe\n  taken by a person within 30 minutes" in said
        assert "first answer within 2 hours" in said
        said = await taps(boss, "Severe")
        assert "If a case came in now, 18:00 today (Wednesday 18 November):" in said
        assert "first answer within 2 hours → 20:00 today" in said
        await taps(boss, "First answer", "1 hour")
        assert "Now: 1 hour" in menu(boss)
        said = await taps(boss, "Back")
        assert "first answer within 1 hour → 19:00 today" in said
        said = await taps(boss, "Menu", "Difference")
        assert "• Targets › Severe › First answer: 2 hours → 1 hour" in said
        await applies(boss)
        severe = next(row for row in config(town).targets if row.name == "severe")
        assert severe.first_answer == span("1 h")


async def test_why_a_target_is_due_then_is_explained_step_by_step_for_any_moment():
    async with Town() as town:
        boss = town.boss
        await opens(boss, "Hours and holidays", "The week", "Monday to Friday", "Write it")
        await boss.says("10:00-12:00, 13:00-17:00")
        await taps(boss, "Back", "Saturday to Sunday", "Closed")
        await taps(boss, "Menu", "Targets", "All others", "First answer", "4 working hours")
        said = await taps(boss, "Back", "Why then?")
        assert "First answer is due 15:00 tomorrow (Thursday 19 November)" in said
        assert "4 working hours, counted like this:" in said
        assert "· 10:00 tomorrow (Thursday 19 November) to 12:00" in said
        assert "· 13:00 tomorrow (Thursday 19 November) to 15:00" in said
        await taps(boss, "At another moment")
        await boss.says("Friday 16:00")
        said = menu(boss)
        assert "a case that comes in at 16:00 on Friday 20 November" in said
        assert "First answer is due 14:00 on Monday 23 November" in said
        assert "Saturday 21 November 2026 to Sunday 22 November 2026: closed" in said
        said = await taps(boss, "Settled")
        assert "Settled is due" in said
        assert "Wednesday 25 November" in said


async def test_a_row_of_its_own_for_some_cases_is_made_moved_and_deleted():
    async with Town() as town:
        boss = town.boss
        await opens(boss, "Targets", "New row")
        await boss.says("Late parcels")
        said = await taps(boss, "Delivery")
        assert "Late parcels · Delivery" in said
        assert "is in the draft, before the last one" in said
        await taps(boss, "Taken by a person", "15 minutes", "Back")
        said = await taps(boss, "Later")
        assert "“All others” fits every case, so no row after it would ever be used" in said
        await taps(boss, "Earlier", "Menu", "Difference")
        assert "Targets › Late parcels: added, Delivery: " in menu(boss)
        assert "taken by a person within 15 minutes" in menu(boss)
        assert "in another order" not in menu(boss)
        await applies(boss)
        assert [row.name for row in config(town).targets][3:] == [
            "Late parcels",
            "minor",
            "general",
        ]
        await taps(boss, "Targets", "Late parcels", "Delete", "Yes")
        assert "Row “Late parcels” deleted" in menu(boss)
        await taps(boss, "New row")
        await boss.says("severe")
        assert "“severe” stands there twice" in menu(boss)


async def test_the_ladder_never_tells_a_higher_role_sooner():
    async with Town() as town:
        said = await opens(town.boss, "Targets", "The ladder")
        assert "Then a manager: 30 minutes after it was due." in said
        said = await taps(town.boss, "A supervisor hears", "1 h")
        assert "Each role hears no sooner than the one below it. Nothing was changed." in said
        assert "1 working day" in "".join(town.boss.buttons)
        said = await taps(town.boss, "1 working day")
        assert "in minutes or hours" in said
        assert draft(town.boss) is None


# ---- hours ----------------------------------------------------------------------------------


async def test_a_lunch_break_a_holiday_and_a_make_up_day_as_in_china():
    async with Town() as town:
        boss = town.boss
        boss.actor.speaks("zh-hans")
        await opens(boss, "营业时间和假日", "每周时间", "周一至周五", "输入")
        await boss.says("上午9点半到12点，13点到18点")
        await taps(boss, "返回", "周六至周日", "休息")
        assert "周一至周五：09:30–12:00、13:00–18:00" in menu(boss)
        await taps(boss, "返回", "返回", "法定假日", "中国大陆")
        assert "元旦" in menu(boss)
        await taps(boss, "返回", "休息日（0）", "输入")
        await boss.says("2026-11-26 至 2026-11-27 盘点")
        assert "2026年11月26日 周四：盘点" in menu(boss)
        await taps(boss, "返回", "补班日（0）", "输入")
        await boss.says("11月29日")
        said = await taps(boss, "返回")
        assert "🏖 11月26日 周四：盘点，休息" in said
        assert "🛠 11月29日 周日：09:30–12:00、13:00–18:00，和平时不同" in said
        assert "• 11月28日 周六：休息" in said
        said = await taps(boss, "返回", "差异")
        assert "营业时间 › 周一至周五：09:00–21:00 → " in said
        assert "09:30–12:00、13:00–18:00" in said
        assert "营业时间 › 休息日 › 2026年11月26日 周四：新增 盘点" in said
        assert "营业时间 › 补班日 › 2026年11月29日 周日：新增 按平时的时间" in said
        await taps(boss, "应用…", "✅ 应用")
        hours = config(town).hours
        assert [f"{one.start:%H:%M}" for one in hours.week[0]] == ["09:30", "13:00"]
        assert hours.holidays.country == "CN"
        assert len(hours.closed) == 2
        assert len(hours.open) == 1


async def test_hours_in_traditional_chinese_and_quiet_ones_over_midnight():
    async with Town(config="hk") as town:
        boss = town.boss
        boss.actor.speaks("zh-hant")
        await opens(boss, "營業時間和假期", "安靜時段", "輸入")
        await boss.says("晚上10點至早上8點")
        assert "22:00–翌日08:00" in menu(boss)
        said = await taps(boss, "主選單", "差異")
        assert "安靜時段：無 → 22:00–翌日08:00" in said
        await taps(boss, "返回", "營業時間和假期", "公眾假期", "香港")
        assert "聖誕" in menu(boss)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("whenever we like", "I could not read that; what is wanted is hours such as 9:30-12:00"),
        ("9:00-13:00, 12:00-18:00", "Monday: the hours from 09:00 overlap the next ones."),
        ("25:00-26:00", "I could not read that"),
        ("22:00-10:00", "Monday: the last hours run into the next day's first."),
    ],
)
async def test_hours_that_make_no_sense_are_refused_in_words_and_nothing_changes(typed, told):
    async with Town() as town:
        boss = town.boss
        await opens(boss, "Hours and holidays", "The week", "Every day", "Write it")
        await boss.says("9:00-18:00")
        before = draft(boss)
        await taps(boss, "Back", "Monday", "Write it")
        await boss.says(typed)
        assert told in menu(boss)
        assert draft(boss) == before
        assert config(town).version == 1


async def test_the_desk_cannot_be_closed_for_good_and_a_day_off_is_no_working_day():
    async with Town() as town:
        boss = town.boss
        await opens(boss, "Hours and holidays", "The week", "Every day", "Closed")
        assert "The desk would never be open" in menu(boss)
        await taps(boss, "Menu", "Hours and holidays", "Days off", "Write it")
        await boss.says("24 Dec Stocktaking\nsome day")
        assert "I could not read that" in menu(boss)
        await taps(boss, "Write it")
        await boss.says("24 Dec Stocktaking")
        assert "Thursday 24 December 2026: Stocktaking" in menu(boss)
        await taps(boss, "Back", "Working days", "Write it")
        await boss.says("24 Dec 10-12")
        assert "10:00–12:00" in menu(boss)
        await taps(boss, "Write it")
        await boss.says("25 Dec 10-13, 12-15")
        assert "overlap" in menu(boss)
        assert draft(boss).doc["hours"]["closed"] == {}
        await taps(boss, "✖ 2026-12-24")
        assert "None yet" in menu(boss)


async def test_the_time_zone_is_one_for_everything():
    async with Town() as town:
        boss = town.boss
        await opens(boss, "General", "Time zone", "Write it")
        await boss.says("tokyo")
        assert "Now: Asia/Tokyo" in menu(boss)
        await taps(boss, "Write it")
        await boss.says("Atlantis")
        assert "I could not read that" in menu(boss)
        await applies(boss)
        assert (config(town).general.zone, config(town).hours.zone) == ("Asia/Tokyo", "Asia/Tokyo")


# ---- people ---------------------------------------------------------------------------------


async def test_a_supervisor_is_named_and_somebody_is_set_away_at_once():
    async with Town() as town:
        boss = town.boss
        await town.mei.says("hello")
        mei = Someone(town, town.mei_person)
        await mei.says("/start")
        said = await opens(boss, "People")
        assert "• Boss: Admin" in said
        assert "• Mei: Agent" in said
        await taps(boss, "Mei", "Supervisor")
        assert "Role: Supervisor" in menu(boss)
        assert town.desk.app.desk.member(mei.id).role is Role.AGENT, "not before it is applied"
        await taps(boss, "Away until …")
        await boss.says("Friday 9:00")
        assert "Mei is away until 09:00 on Friday 20 November. That holds at once" in menu(boss)
        assert town.desk.app.desk.present(mei.id, town.sandbox.clock.now()) is None
        assert any("Boss set you away until" in one for one in mei.heard) or any(
            "Boss 把你设为离开" in one for one in mei.heard
        )
        said = await taps(boss, "Menu", "Difference")
        assert "• People › Mei: no role of their own → a supervisor" in said
        assert "away" not in said.lower()
        await applies(boss)
        assert town.desk.app.desk.member(mei.id).role is Role.SUPERVISOR
        await taps(boss, "People", "Mei", "Back now")
        assert town.desk.app.desk.present(mei.id, town.sandbox.clock.now()) is not None
        await taps(boss, "Take the role back")
        await applies(boss)
        assert town.desk.app.desk.member(mei.id).role is Role.AGENT


async def test_somebody_who_never_wrote_is_added_by_number_and_nonsense_is_not():
    async with Town() as town:
        boss = town.boss
        await opens(boss, "People", "By user id")
        await boss.says("Mei please")
        assert "a Telegram user id" in menu(boss)
        await taps(boss, "By user id")
        await boss.says("5000123")
        await taps(boss, "Manager")
        assert "#5000123 · 5000123" in menu(boss)
        await applies(boss)
        assert config(town).people == {5000123: Role.MANAGER}


async def test_the_operators_admins_cannot_be_taken_out_in_the_menu():
    async with Town() as town:
        said = await opens(town.boss, "People", "Boss")
        assert "ADMIN_IDS" in said
        assert not any("Agent" in one for one in town.boss.buttons)


async def by_code(town: Town) -> Someone:
    """An admin by the set-up code, in a desk whose operator names none."""
    await town.mei.says("hello")
    ann = town.customer("Ann")
    await ann.says(f"/setup {town.desk.app.desk.team.setup_code}")
    return ann


async def test_the_last_admin_stays_and_one_of_two_may_go():
    async with Town(operators=False) as town:
        ann = await by_code(town)
        await opens(ann, "People", "Ann", "Agent")
        assert "Nobody would be left who may change this" in menu(ann)
        assert draft(ann) is None
        await opens(ann, "People", "Mei", "Admin", "Back", "Ann", "Agent")
        await applies(ann, "Difference", "Apply …", "✅ Apply")
        assert town.desk.app.desk.admins == (town.mei.id,)
        assert town.desk.app.desk.member(ann.id).role is Role.AGENT


async def test_two_admins_who_both_leave_at_once_do_not_both_succeed():
    async with Town(operators=False) as town:
        ann = await by_code(town)
        await opens(ann, "People", "Mei", "Admin")
        await applies(ann)
        mei = Someone(town, town.mei_person)
        await opens(ann, "People", "Ann", "Agent")
        await opens(mei, "People", "Mei", "Agent")
        await applies(mei)
        assert town.desk.app.desk.admins == (ann.id,)
        await opens(ann, "Difference", "Put mine on top", "Apply …")
        await ann.presses("✅ Apply")
        assert "Nobody would be left" in ann.actor.alerts[-1]
        assert town.desk.app.desk.admins == (ann.id,)
        await mei.says("/admin")
        assert "Only admins" in mei.heard[-1]


# ---- general --------------------------------------------------------------------------------


async def test_general_settings_in_words_with_their_limits():
    async with Town() as town:
        boss = town.boss
        said = await opens(boss, "General")
        assert "• Region: Mainland China" in said
        said = await taps(boss, "Later")
        assert "• An answer waits: 5 seconds" in said
        assert "so long an answer waits and can be stopped" in said
        await taps(boss, "An answer waits", "10 seconds")
        assert "Now: 10 seconds" in menu(boss)
        await taps(boss, "Write it")
        await boss.says("5 min")
        assert "1 minute is the most. Nothing was changed." in menu(boss)
        await taps(boss, "Write it")
        await boss.says("a while")
        assert "I could not read that" in menu(boss)
        await opens(boss, "General", "Name of the business", "Write it")
        await boss.says("Greenfield <Store> & Sons")
        assert "Now: Greenfield <Store> & Sons" in menu(boss)
        await taps(boss, "Back", "Region", "Write it")
        await boss.says("Shanghai")
        assert "two letters" in menu(boss)
        await taps(boss, "Hong Kong", "Back", "Later", "Names are shown", "Yes")
        said = await taps(boss, "Menu", "Difference")
        assert "General › Region: Mainland China → Hong Kong" in said
        assert "General › Names are shown: No → Yes" in said
        await applies(boss)
        general = config(town).general
        assert (general.hold_seconds, general.region, general.show_names) == (10, "HK", True)
        assert general.name == "Greenfield <Store> & Sons"


# ---- rights ---------------------------------------------------------------------------------


async def test_a_supervisor_sees_every_page_and_changes_nothing():
    async with Town() as town:
        await town.mei.says("hello")
        await opens(town.boss, "People", "Mei", "Supervisor")
        await applies(town.boss)
        mei = Someone(town, town.mei_person)
        town.mei_person.speaks("en")
        said = await opens(mei, "Targets", "Severe")
        assert "first answer within 2 hours" in said
        assert not [one for one in mei.buttons if "First answer" in one or "Delete" in one]
        await taps(mei, "Why then?", "At another moment")
        await mei.says("Friday 16:00")
        assert "comes in at 16:00 on Friday 20 November" in menu(mei)
        for page in ("Hours and holidays", "People", "General"):
            await opens(mei, page)
            assert "Write it" not in "".join(mei.buttons)
        session = town.desk.app.desk.sessions[mei.id]
        assert not [one for one in session.moves if one.do or one.takes]
        assert session.draft is None


async def test_old_and_forged_buttons_of_these_pages_do_nothing():
    async with Town() as town:
        boss = town.boss
        await town.mei.says("hello")
        await opens(boss, "People", "Mei")
        mine = town.desk.app.desk.sessions[boss.id]
        make = next(n for n, one in enumerate(mine.moves) if one.args.get("role") == "admin")
        eve = town.customer("Eve")
        for who, data in (
            (eve, f"a:{mine.token}:{mine.rev}:{make}"),
            (boss, f"a:{mine.token}:{mine.rev - 1}:{make}"),
        ):
            assert "Nothing was changed" in await forged(town, who, data)
        await taps(boss, "Menu")
        assert "Nothing was changed" in await forged(
            town, boss, f"a:{mine.token}:{mine.rev}:{make}"
        )
        assert draft(boss) is None


async def test_two_admins_change_hours_at_once_and_neither_is_lost():
    async with Town() as town:
        ann = await second_admin(town)
        for one, day, hours in ((town.boss, "Monday", "9-12"), (ann, "Tuesday", "10-12")):
            await opens(one, "Hours and holidays", "The week", day, "Write it")
            await one.says(hours)
        await applies(town.boss)
        said = await taps(ann, "Menu", "Difference")
        assert "came into force while you edited" in said
        assert "Opening hours › Monday: 09:00–21:00 → " in said
        await taps(ann, "Put mine on top", "Apply …", "✅ Apply")
        week = config(town).hours.week
        assert f"{week[0][0].start:%H:%M}" == "09:00"
        assert f"{week[1][0].start:%H:%M}" == "10:00"


# ---- mistakes of the whole ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "labels", "told"),
    [
        ("en", ("Targets", "Severe", "Delete", "Yes"), "Rule “Sure” needs “Severe”"),
        ("zh-hans", ("时限", "严重", "删", "删"), "规则“Sure”要用到“严重”，但没有它。"),
        ("zh-hant", ("時限", "嚴重", "刪", "刪"), "規則「Sure」要用到「嚴重」，但沒有它。"),
    ],
)
async def test_what_does_not_fit_together_is_said_in_the_admins_language(
    tmp_path, code, labels, told
):
    rule = """rules: [{id: sure, name: Sure, when: [filed], if: {test: owned},
  then: [{do: target, row: severe}]}]"""
    file = tmp_path / "desk.yaml"
    file.write_text(rule, encoding="utf-8")
    async with Town(config=file) as town:
        town.boss_person.speaks(code)
        await opens(town.boss, *labels)
        assert told in menu(town.boss)
        assert draft(town.boss) is None


async def test_a_file_that_does_not_fit_together_is_refused_in_the_admins_language():
    async with Town() as town:
        town.boss_person.speaks("zh-hans")
        boss = town.boss
        await opens(boss)
        content = "ladder: {supervisor: 2 h, manager: 1 h}\n"
        await boss.sends("document", file_name="desk.yaml", data=content.encode())
        assert "第 1 行" in menu(boss)
        assert "ladder：上一级不能比下一级先收到通知。" in menu(boss)
