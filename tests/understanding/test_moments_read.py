"""Days, hours and sums as customers tell them: what each takes from the words around it.

Now is Wednesday 18 November 2026, 18:15 in Hong Kong.
"""

from __future__ import annotations

import pytest
from holidays.calendars.chinese import _ChineseLunisolar

from bot.flows.understanding.lunar import easter, lunar_day, solar_term
from tests.understanding.messages import read


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("Table last night for half seven, mains came at ten to nine", "GB", ["2026-11-17T19:30", "2026-11-17T20:50"]),
        ("booked in for Thursday 12th at 9.15am, nobody showed till 11.40", "GB", ["2026-11-12T09:15", "2026-11-12T11:40"]),
        ("Between 3 and 5 p.m. yesterday nobody rang", "US", ["2026-11-17T15:00", "2026-11-17T17:00"]),
        ("it was the twenty-third of October", "GB", ["2026-10-23"]),
        ("we stayed 20-23 October", "GB", ["2026-10-20", "2026-10-23"]),
        ("on 5 November at 1930 hours", "GB", ["2026-11-05T19:30"]),
        ("last Thursday, 3-ish", "US", ["2026-11-12T15:00"]),
        ("at 8 tonight", "US", ["2026-11-18T20:00"]),
        ("Halloween night around eleven", "IE", ["2026-10-31T23:00"]),
        ("On Nov 9 at 10pm the alarm rang, at 2 in the morning again", "US", ["2026-11-09T22:00", "2026-11-10T02:00"]),
        ("checked in Nov 9, the next morning it leaked", "US", ["2026-11-09", "2026-11-10"]),
        ("we sat down and sat at the bar", "GB", []),
        ("3 nights, a fee per night", "GB", []),
        ("11月6日晚8点多到店，9点20才上菜", "CN", ["2026-11-06T20:00", "2026-11-06T21:20"]),
        ("昨天下午两点坐到六点四十", "CN", ["2026-11-17T14:00", "2026-11-17T18:40"]),
        ("11月6日入住，第二天早上八点停水", "CN", ["2026-11-06", "2026-11-07T08:00"]),
        ("11月3日至5日", "CN", ["2026-11-03", "2026-11-05"]),
        ("2026年11月9日14时20分许", "CN", ["2026-11-09T14:20"]),
        ("11-09 下午收到货", "CN", ["2026-11-09"]),
        ("5.20当天买的", "CN", ["2026-05-20"]),
        ("琴日三點九", "HK", ["2026-11-17T15:45"]),
        ("今個禮拜一下晝三點三", "HK", ["2026-11-16T15:15"]),
        ("前日十點搭六", "HK", ["2026-11-16T10:30"]),
        ("上週日晚上六點半訂位，七點十五才入座", "TW", ["2026-11-15T18:30", "2026-11-15T19:15"]),
        ("中秋前一天送來", "TW", ["2026-09-24"]),
        ("國慶日", "TW", ["2026-10-10"]),
        ("农历八月十五那天", "CN", ["2026-09-25"]),
        ("有两点都不满意", "CN", []),
        ("柜台3号的小姐", "CN", []),
        ("中秋快乐", "CN", []),
    ],
)  # fmt: skip
def test_what_a_time_leaves_open_is_settled_by_what_stands_around_it(
    text: str, region: str, expected: list[str]
) -> None:
    """An hour takes its day and its half of the day, a range has both ends, 隔天 its date."""
    assert [found.value for found in read(text, region).of("when")] == expected


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("my son's birthday is on the 21st, I need it fixed by then", "US", ["2026-11-21"]),
        ("If it is not fixed by Friday I will go", "GB", ["2026-11-20"]),
        ("周二之前不给说法就发网上", "CN", ["2026-11-24"]),
        ("I fly home on Saturday", "GB", ["2026-11-21"]),
        ("it broke on Saturday", "GB", ["2026-11-14"]),
    ],
)
def test_a_weekday_looks_ahead_where_the_words_do(
    text: str, region: str, expected: list[str]
) -> None:
    """What is to come is no incident."""
    facts = read(text, region)
    assert [found.value for found in facts.of("when")] == expected
    assert (facts.incident is None) == (expected[0] > "2026-11-18")


def test_a_clock_time_of_no_told_day_says_that_its_day_is_guessed() -> None:
    """The desk may ask with a guess; the interface tells no date."""
    found = read("凌晨3点还有人放音乐", "CN").of("when")[0]
    assert (found.kind, found.guessed) == ("undated", True)


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("一晚1680，住两晚，加起来3360", "CN", [1680, 3360]),
        ("学费三千六，不学了", "CN", [3600]),
        ("从59变成了129", "CN", [59, 129]),
        ("自费2460！这2460里面有什么", "CN", [2460, 2460]),
        ("这台冰箱4599买的", "CN", [4599]),
        ("兩晚七千二，冷氣壞", "TW", [7200]),
        ("3,200元一張", "TW", [3200]),
        ("收咗我千二蚊", "HK", [1200]),
        ("一盒98蚊", "MO", [98]),
        ("Quote was 1.9k", "AU", [1900]),
        ("they owe me 300", "US", [300]),
        ("标价69.9的货架，收银机打出来79.9", "CN", [69.9, 79.9]),
        ("酒席8桌，每桌2888", "CN", [2888]),
        ("七百九十九买的鞋开胶了", "CN", [799]),
        ("套餐送200G流量", "CN", []),
        ("三万粉丝看着", "CN", []),
        ("重启八百遍了", "CN", []),
        ("排队等了40多人", "CN", []),
        ("我住1506房", "CN", []),
        ("I have 80k followers", "US", []),
        ("room rm 0815", "SG", []),
    ],
)
def test_sums_told_by_their_number_alone(text: str, region: str, expected: list[float]) -> None:
    """A number is money by its shape and by the words beside it, never when it counts."""
    assert [int(found.value) / 100 for found in read(text, region).of("amount")] == expected


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("quoted £40, charged £139, I want the extra £99 back", "GB", 99),
        ("报价520，结账变成1260，多出来的740退我", "CN", 740),
        ("月費$138，今個月張單$276，多收嗰$138退返俾我", "HK", 138),
        ("學費三萬六，退我八千", "TW", 8000),
        ("Keep the $112. Just tell me why.", "CA", None),
        ("花了68块，我不要钱，只要老板道歉", "CN", None),
    ],
)
def test_which_of_several_amounts_the_complaint_is_about(
    text: str, region: str, expected: int | None
) -> None:
    """The words around it weigh; where no money is wanted, none is disputed."""
    disputed = [one for one in read(text, region).of("amount") if one.kind == "disputed"]
    assert (int(disputed[0].value) / 100 if disputed else None) == expected


@pytest.mark.parametrize("year", range(2022, 2040))
def test_the_lunar_table_agrees_with_the_calendar_of_public_holidays(year: int) -> None:
    """Every month's beginning is checked by a festival that falls into it."""
    known = _ChineseLunisolar()
    assert lunar_day(year, 1, 1) == known.lunar_new_year_date(year)[0]
    assert lunar_day(year, 5, 5) == known.dragon_boat_date(year)[0]
    assert lunar_day(year, 8, 15) == known.mid_autumn_date(year)[0]
    assert lunar_day(year, 9, 9) == known.double_ninth_date(year)[0]
    assert solar_term(year, 4, 4.81) == known.qingming_date(year)[0]
    assert solar_term(year, 12, 21.94) == known.winter_solstice_date(year)[0]


def test_easter_is_worked_out() -> None:
    """Easter Monday hangs on it."""
    assert easter(2026).isoformat() == "2026-04-05"
    assert easter(2027).isoformat() == "2027-03-28"
