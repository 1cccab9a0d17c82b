"""Targets in people's hands: a word with one tap, pauses, absence, quiet hours, offers, the list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.town import DESKS, Someone, Town
from tests.transcripts.tellings import filed, shows, tells
from tests.transcripts.weeks import Week

if TYPE_CHECKING:
    from pathlib import Path

NINE = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # Wednesday 09:00 in Shanghai
ELEVEN_AT_NIGHT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


def desk_file(folder: Path, **parts: object) -> Path:
    """The Shanghai desk with other parts."""
    doc = yaml.safe_load((DESKS / "cn.yaml").read_text("utf-8")) | parts
    path = folder / "desk.yaml"
    path.write_text(yaml.safe_dump(doc, allow_unicode=True), "utf-8")
    return path


async def taken(town: Town) -> Someone:
    li = await filed(town)
    await town.mei.presses("接手")
    return li


async def in_private(town: Town) -> Someone:
    """Mei, who can be written to in private."""
    mei = Someone(town, town.mei_person)
    await mei.starts()
    return mei


# ---- a word in time -------------------------------------------------------------------------


async def test_before_the_promised_time_the_owner_sends_word_with_one_tap():
    async with Town(now=NINE) as town:
        li = await taken(town)
        mei = await in_private(town)
        await town.passes(minutes=80)
        assert not any("⏳" in said for said in mei.heard), "two hours, warned half an hour before"
        await town.passes(minutes=15)
        assert "11:00" in shows(mei, "⏳").text
        await mei.presses("还在查")
        assert "我们还在查" in li.heard[-1]
        assert "11月20日" in li.heard[-1], "the next promised time, two working days on"
        heard = len(li.heard)
        await town.passes(hours=3)
        assert len(li.heard) == heard, "the old promise was kept: the desk does not write as well"
        case = await town.case(1)
        assert (case.owner, case.desk_updates) == (town.mei.id, 0)


async def test_before_the_promised_time_the_owner_may_write_it_in_own_words():
    async with Town(now=NINE) as town:
        li = await taken(town)
        mei = await in_private(town)
        await town.passes(minutes=95)
        await mei.presses("我自己写")
        await mei.says("收银记录调出来了，下午核对。", reply_to=shows(mei, "写上目前进展"))
        assert "收银记录调出来了，下午核对。" in li.heard
        assert (await town.case(1)).desk_updates == 0


async def test_if_nobody_writes_the_desk_does_and_the_owner_hears_once():
    async with Town(now=NINE) as town:
        li = await taken(town)
        mei = await in_private(town)
        await town.passes(hours=2, minutes=1)
        assert "暂时没有结果" in li.heard[-1]
        assert sum("⏰" in said for said in mei.heard) == 1
        assert "first" not in shows(mei, "⏰").text
        assert (await town.case(1)).owner == town.mei.id, "once the desk writes for them"
        await town.passes(hours=2)
        assert (await town.case(1)).owner is None, "twice they stayed silent"


# ---- being away -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("until tomorrow 9:30", "2026-11-19 01:30"),
        ("until Friday", "2026-11-20 01:00"),  # when the desk opens
        ("到下周一", "2026-11-23 01:00"),
        ("到週五下午兩點", "2026-11-20 06:00"),
        ("到聽日朝早十點", "2026-11-19 02:00"),
        ("兩個鐘", "2026-11-18 03:00"),
        ("3 days", "2026-11-21 01:00"),
        ("until 8:00", "2026-11-19 00:00"),  # eight has passed today
        ("until 11/20", "2026-11-20 01:00"),
    ],
)
async def test_away_is_understood_in_every_language(words, back):
    async with Town(now=NINE) as town:
        await town.mei.says(f"/away {words}")
        member = town.desk.app.desk.member(town.mei.id)
        assert member is not None
        assert member.away_until is not None
        assert f"{member.away_until.replace(second=0):%Y-%m-%d %H:%M}" == back
        await town.mei.says("/back")
        assert town.desk.app.desk.member(town.mei.id).away_until is None


@pytest.mark.parametrize("words", ["", "soon", "until yesterday 9:00", "99 weeks"])
async def test_away_without_a_time_ahead_is_asked_again(words):
    async with Town(now=NINE) as town:
        await town.mei.says(f"/away {words}".strip())
        town.mei.sees("到什么时候")
        member = town.desk.app.desk.member(town.mei.id)
        assert member is None or member.away_until is None


async def test_who_goes_away_is_shown_what_comes_due_and_loses_it_when_it_does():
    async with Town(now=NINE) as town:
        await taken(town)
        await town.mei.says("/away 到周五")
        town.mei.sees("C-1", "首次答复", "11:00")
        await town.passes(hours=2, minutes=1)
        case = await town.case(1)
        assert (case.owner, case.status) == (None, "handed_off")
        open_kinds = {p.kind for p in case.promises if p.state == "open"}
        assert "accept" in open_kinds, "somebody is to take it anew"


# ---- pauses ---------------------------------------------------------------------------------


async def paused(town: Town, reason: str, until: str) -> Someone:
    li = await taken(town)
    await tells(town.mei, "[更多]", "[暂停计时]", f"[{reason}]", f"[{until}]")
    return li


def due(case, kind: str) -> str:
    found = next(p for p in case.promises if p.kind == kind and p.state == "open")
    return f"{found.due:%m-%d %H:%M}"


async def test_a_pause_tells_the_customer_stops_the_clocks_and_they_go_on_with_what_was_left():
    async with Town(now=NINE) as town:
        li = await taken(town)
        await town.passes(hours=1)
        assert due(await town.case(1), "resolution") == "11-21 02:00"
        await tells(town.mei, "[更多]", "[暂停计时]", "[供应商]", "[11月21日]")
        assert "等供应商答复" in li.heard[-1]
        assert "paused" in await town.timeline(1)
        await town.mei.says("/case 1")
        town.mei.sees("⏸ 在等供应商")
        await town.passes(hours=4)
        await town.mei.presses("更多")
        await town.mei.presses("继续计时")
        case = await town.case(1)
        assert case.paused is None
        # 35 of its working hours were left at ten; seven of Wednesday and 24 until Friday's end
        assert due(case, "resolution") == "11-21 06:00", "four more after Saturday's opening"
        assert due(case, "update") == "11-21 02:00", "what the customer was told stays"


async def test_a_pause_for_the_customer_ends_when_they_write():
    async with Town(now=NINE) as town:
        li = await paused(town, "顾客", "11月25日")
        assert "还需要您的答复" in li.heard[-1]
        await town.passes(hours=5)
        assert (await town.case(1)).paused is not None
        await li.says("小票找到了，是两百块的那张")
        assert (await town.case(1)).paused is None
        town.team_sees("继续计时")


async def test_a_pause_ends_at_its_date_and_the_desk_asks():
    async with Town(now=NINE) as town:
        await paused(town, "主管部门", "明天")
        await town.passes(days=1, minutes=-1)
        assert (await town.case(1)).paused is not None
        await town.passes(minutes=2)
        assert (await town.case(1)).paused is None
        town.team_sees("等待的期限到了")


async def test_due_explains_every_hour_pauses_included():
    async with Town(now=NINE) as town:
        await taken(town)
        await town.passes(hours=1)
        await tells(town.mei, "[更多]", "[暂停计时]", "[其他方]", "[明天]")
        await town.passes(hours=2)
        await town.mei.says("/due 1")
        town.mei.sees("已暂停，还剩", "在等其他方", "自 今天（11月18日 周三）10:00")
        await tells(town.mei, "[更多]", "[继续计时]")
        await town.mei.says("/due 1")
        town.mei.sees("办结", "10:00 至 今天（11月18日 周三）12:00", "9:00 小时", "12:00 小时")


# ---- quiet hours and gathering --------------------------------------------------------------

QUIET = {"start": "22:00", "until": "08:00", "zone": "Asia/Shanghai"}
QUEUED = {"test": "status", "any_of": ["queued", "draft"]}
TELL = [
    {"id": "boss", "when": ["filed"], "if": QUEUED, "then": [{"do": "notify", "role": "admin"}]},
    {
        "id": "court",
        "when": ["said"],
        "if": {"test": "signal", "any_of": ["threat_legal"]},
        "then": [{"do": "grade", "grade": "severe"}],
    },
]


async def test_quiet_hours_hold_back_all_but_severe_and_give_it_in_one_message(tmp_path):
    path = desk_file(tmp_path, quiet=QUIET, rules=TELL)
    async with Town(config=path, now=ELEVEN_AT_NIGHT) as town:
        await filed(town)
        await filed(town, "王先生", "你们多收了我50块，单号 55-17，昨天的事")
        assert not any("按规则" in said for said in town.boss.heard)
        await filed(town, "赵先生", "你们多收了我80块，单号 55-18，昨天的事，我要找律师起诉")
        assert sum("按规则" in said for said in town.boss.heard) == 1, "court cannot wait"
        assert "C-3" in shows(town.boss, "按规则").text
        await town.passes(hours=8, minutes=30)
        assert not any("C-1" in said for said in town.boss.heard)
        await town.passes(minutes=40)
        one = [said for said in town.boss.heard if "C-1" in said]
        assert len(one) == 1
        assert "C-2" in one[0], "both in one message"
        await town.passes(minutes=30)
        assert sum("C-2" in said for said in town.boss.heard) == 1


async def test_what_nobody_took_in_the_night_is_told_when_the_quiet_is_over(tmp_path):
    late = [
        {
            "name": "all",
            "accept": "1 h",
            "first_answer": "1 h",
            "update": "2 days",
            "resolve": "7 days",
            "follow_up": "2 days",
        }
    ]
    path = desk_file(tmp_path, quiet=QUIET, targets=late, rules=TELL[1:])
    async with Town(config=path, now=ELEVEN_AT_NIGHT) as town:
        li = await filed(town)
        await town.passes(hours=2)
        assert "暂时没有结果" in "".join(li.heard), "the customer hears at the promised time"
        assert not any("⏰" in said for said in town.boss.heard)
        await town.passes(hours=6, minutes=58)
        assert not any("⏰" in said for said in town.boss.heard)
        await town.passes(minutes=3)
        told = [said for said in town.boss.heard if "⏰" in said]
        assert len(told) == 1
        assert "有人接手" in told[0]


# ---- offers by a rule -----------------------------------------------------------------------

MEI_ID = 7000002  # the stand-in counts its people


def offering(folder: Path, to: int) -> Path:
    rules = [{"id": "mei", "when": ["filed"], "if": QUEUED, "then": [{"do": "assign", "to": to}]}]
    return desk_file(folder, rules=rules)


async def test_what_a_rule_offers_is_accepted_by_that_person_and_the_customer_hears(tmp_path):
    async with Town(config=offering(tmp_path, MEI_ID), now=NINE) as town:
        assert town.mei.id == MEI_ID
        await town.mei.says("大家好")
        li = await filed(town)
        town.team_sees("按规则请 Mei 接手")
        await town.ravi.presses("接受")
        assert (await town.case(1)).owner is None, "not offered to Ravi"
        await town.mei.presses("接受")
        case = await town.case(1)
        assert (case.owner, case.status) == (town.mei.id, "in_progress")
        assert "已经有人接手" in li.heard[-1]


async def test_what_a_rule_offers_and_nobody_accepts_comes_back_and_climbs(tmp_path):
    async with Town(config=offering(tmp_path, MEI_ID), now=NINE) as town:
        await town.mei.says("大家好")
        await filed(town)
        await town.passes(minutes=14)
        assert (await town.case(1)).transfer is not None
        await town.passes(minutes=2)
        case = await town.case(1)
        assert (case.owner, case.transfer, case.level) == (None, None, "supervisor")
        town.team_sees("没有被接受，还没有人接手")
        assert any("C-1" in said and "等人接手" in said for said in town.boss.heard)


async def test_a_transfer_from_somebody_who_went_away_does_not_come_back_to_them():
    async with Town(now=NINE) as town:
        await taken(town)
        await town.ravi.says("在")
        await tells(town.mei, "[更多]", "[转给同事]", "[Ravi]")
        await town.mei.says("/away 3 days")
        await town.passes(minutes=16)
        case = await town.case(1)
        assert (case.owner, case.status) == (None, "handed_off")


# ---- the daily list -------------------------------------------------------------------------


async def test_the_daily_list_comes_once_a_day_also_over_a_restart(tmp_path):
    async with Town(url=f"sqlite:///{tmp_path / 'desk.db'}", now=NINE) as town:
        week = Week(town, "Asia/Shanghai", None)
        await week.staffed()
        await filed(town)
        await town.passes(hours=23, minutes=50)

        def lists() -> int:
            return sum("今早逾时未办" in said for said in town.boss.heard)

        assert lists() == 0
        await town.passes(minutes=15)
        assert lists() == 1
        assert "C-1" in shows(town.boss, "今早逾时未办").text
        await town.restart()
        await town.passes(hours=20)
        assert lists() == 1
        await town.passes(hours=4)
        assert lists() == 2
