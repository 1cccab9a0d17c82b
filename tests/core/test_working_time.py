"""Working time against a slow, obvious clock that looks at every minute."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.flows.calendar import Block, Holidays, Hours, Span, explained, span
from bot.flows.calendar.public import holiday_name

MINUTE = timedelta(minutes=1)
unhurried = settings(deadline=None)
ZONES = (
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Africa/Cairo",  # the clocks jump at midnight
)
SPAN_DAYS = 16
AROUND = (
    date(2026, 3, 6),
    date(2026, 3, 27),
    date(2026, 4, 3),
    date(2026, 4, 22),
    date(2026, 10, 23),
    date(2026, 10, 30),
)
"""Changes of the clocks in these zones lie in the days after these."""


# ---- the slow clock -------------------------------------------------------------------------


@lru_cache(maxsize=64)
def minutes(zone: str, first: date) -> tuple[list[datetime], list[datetime]]:
    """Every minute (UTC) of some days, and the highest that the wall clock has shown by then."""
    begin = datetime.combine(first - timedelta(days=2), time(0), UTC)
    all_of_them = [begin + n * MINUTE for n in range((SPAN_DAYS + 4) * 1440)]
    shown, highest = [], datetime.min  # noqa: DTZ901 - a wall clock
    for at in all_of_them:
        highest = max(highest, at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        shown.append(highest)
    return all_of_them, shown


def open_minutes(hours: Hours, first: date) -> list[datetime]:
    """Every minute in which the desk is open: from when the clock first shows one end to the other."""
    instants, shown = minutes(hours.zone, first)
    found: set[datetime] = set()
    for offset in range(-1, SPAN_DAYS):
        day = first + timedelta(days=offset)
        for block in hours.blocks(day):
            end_day = day + timedelta(days=1) if block.until <= block.start else day
            a = bisect_left(shown, datetime.combine(day, block.start))
            b = bisect_left(shown, datetime.combine(end_day, block.until))
            found.update(instants[a:b])
    return sorted(found)


@st.composite
def weeks(draw):
    week = {}
    for day in range(7):
        edges = sorted(draw(st.sets(st.integers(0, 95), min_size=0, max_size=6)))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        week[day] = tuple(Block(start=clock(a), until=clock(b)) for a, b in pairs)
    if not any(week.values()):
        week[2] = (Block(start=time(9), until=time(17)),)
    return week


def clock(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


@st.composite
def hours_and_moment(draw):
    first = draw(st.sampled_from(AROUND))
    off = draw(st.sets(st.integers(0, 6), max_size=2))
    hours = Hours(
        zone=draw(st.sampled_from(ZONES)),
        week=draw(weeks()),
        closed={first + timedelta(days=n): "stocktaking" for n in off},
    )
    moment = datetime.combine(first, time(0), UTC) + MINUTE * draw(st.integers(0, 5 * 1440))
    return hours, first, moment


@unhurried
@given(hours_and_moment(), st.integers(0, 900))
def test_adding_working_minutes_ends_where_the_slow_clock_says(given_, length):
    """At block edges, over holidays, and where the clocks are put forward or back."""
    hours, first, at = given_
    ahead = [minute for minute in open_minutes(hours, first) if minute >= at]
    if length > len(ahead):
        return
    due = hours.add(at, length * 60)
    assert due == (ahead[length - 1] + MINUTE if length else at)


@unhurried
@given(hours_and_moment(), st.integers(0, 6 * 1440))
def test_the_working_time_between_two_instants_is_what_the_slow_clock_counts(given_, later):
    hours, first, at = given_
    end = at + later * MINUTE
    counted = sum(at <= minute < end for minute in open_minutes(hours, first))
    assert hours.between(at, end) == counted * 60
    assert hours.is_open(at) == (at in open_minutes(hours, first))


@unhurried
@given(hours_and_moment(), st.integers(0, 3000))
def test_between_undoes_add(given_, length):
    hours, _, at = given_
    if hours.between(at, at + timedelta(days=390)) < length * 60:
        return  # so little is open within a year that clock time counts instead
    assert hours.between(at, hours.add(at, length * 60)) == length * 60


@unhurried
@given(hours_and_moment(), st.integers(1, 9))
def test_a_deadline_of_working_days_falls_in_opening_hours_of_the_right_day(given_, days):
    hours, _, at = given_
    due = Span(days=days, working=True).after(at, hours)
    local = hours.local(at).date()
    worked = [d for n in range(1, 90) if hours.blocks(d := local + timedelta(days=n))]
    openings = list(hours.openings(worked[days - 1]))
    if openings:
        assert any(a <= due <= b for a, b in openings)


@given(
    hours_and_moment(),
    st.sampled_from(["90 min", "4 working h", "2 working days", "30 working min"]),
)
def test_what_is_explained_adds_up_to_the_deadline(given_, text):
    hours, _, at = given_
    length = span(text)
    due, steps = length.after(at, hours), explained(at, length, hours)
    if length.days:
        assert sum(step.why == "day" for step in steps) == length.days
    else:
        assert sum(step.seconds for step in steps) == length.seconds
        assert steps[-1].end == due
    assert [step.day for step in steps] == sorted(step.day for step in steps)


# ---- plain examples -------------------------------------------------------------------------

SHOP = Hours(
    zone="Asia/Shanghai",
    week={
        day: (Block(start=time(9), until=time(12)), Block(start=time(13), until=time(18)))
        for day in range(5)
    },
    holidays=Holidays(country="CN"),
)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("at", "length", "due"),
    [
        ("2026-11-18 11:30", "1 working h", "2026-11-18 13:30"),  # over lunch
        (
            "2026-11-18 17:00",
            "1 working h",
            "2026-11-18 18:00",
        ),  # ends with the block, not after it
        ("2026-11-18 17:00", "61 working min", "2026-11-19 09:01"),
        ("2026-11-20 17:30", "1 working h", "2026-11-23 09:30"),  # over the weekend
        ("2026-09-30 17:00", "2 working h", "2026-10-08 10:00"),  # over the National Day week
        ("2026-02-13 17:00", "2 working h", "2026-02-14 10:00"),  # a Saturday worked to make up
        ("2026-02-13 10:00", "2 working days", "2026-02-24 10:00"),
        ("2026-11-18 10:00", "same working day", "2026-11-18 18:00"),
        ("2026-11-18 18:00", "same working day", "2026-11-19 18:00"),
        ("2026-11-21 10:00", "same working day", "2026-11-23 18:00"),
        ("2026-11-18 11:30", "90 min", "2026-11-18 13:00"),  # clock time knows no lunch
    ],
)
def test_a_deadline_in_a_chinese_shop(at, length, due):
    assert span(length).after(shanghai(at), SHOP) == shanghai(due)


def test_an_own_working_day_and_an_own_day_off():
    hours = SHOP.but(closed={date(2026, 11, 19): "盘点"}, open={date(2026, 11, 21): ()})
    assert hours.add(shanghai("2026-11-18 17:30"), 3600) == shanghai("2026-11-20 09:30")
    assert hours.is_open(shanghai("2026-11-21 10:00"))
    steps = explained(shanghai("2026-11-18 17:30"), span("1 working h"), hours)
    assert [(s.why, s.name, s.seconds) for s in steps] == [
        ("open", "", 1800),
        ("off", "盘点", 0),
        ("open", "", 1800),
    ]


def test_a_block_over_midnight_and_one_until_midnight():
    bar = Hours(
        zone="Asia/Hong_Kong",
        week={
            4: (Block(start=time(18), until=time(2)),),
            6: (Block(start=time(9), until=time(0)),),
        },
    )
    friday = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # 23:30
    assert bar.is_open(friday + timedelta(hours=2))
    assert bar.add(friday, 3 * 3600) == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def test_clocks_put_forward_and_back():
    """A night desk in New York: 8 March 2026 has no 02:30, 1 November 2026 has two 01:30."""
    night = Hours(
        zone="America/New_York",
        week={day: (Block(start=time(0), until=time(4)),) for day in range(7)},
    )
    forward = datetime(2026, 3, 8, 5, tzinfo=UTC)  # midnight
    assert night.between(forward, forward + timedelta(hours=12)) == 3 * 3600
    back = datetime(2026, 11, 1, 4, tzinfo=UTC)  # midnight
    assert night.between(back, back + timedelta(hours=12)) == 5 * 3600
    assert night.add(back, 5 * 3600) == datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ({}, None),
        ({0: []}, "never open"),
        ({7: [{"start": "09:00", "until": "10:00"}]}, "no weekday 7"),
        (
            {0: [{"start": "09:00", "until": "12:00"}, {"start": "11:00", "until": "13:00"}]},
            "Monday.*overlaps",
        ),
        (
            {0: [{"start": "18:00", "until": "02:00"}], 1: [{"start": "01:00", "until": "03:00"}]},
            "runs into",
        ),
    ],
)
def test_a_week_that_cannot_be_is_refused_with_its_place(week, said):
    if said is None:
        assert Hours(week=week).is_open(datetime(2026, 1, 1, tzinfo=UTC))
        return
    with pytest.raises(ValidationError, match=said):
        Hours.model_validate({"week": week})


def test_an_unknown_country_is_refused_with_an_example():
    with pytest.raises(ValidationError, match="a country code such as CN"):
        Hours.model_validate({"holidays": {"country": "XX"}})
    with pytest.raises(ValidationError, match="has no subdivision 'ZZ'"):
        Hours.model_validate({"holidays": {"country": "DE", "subdivision": "ZZ"}})


@given(st.integers(0, 366), st.sampled_from(["s", "min", "h", "days", "week"]), st.booleans())
def test_a_length_is_read_back_as_it_is_written(number, unit, working):
    length = span(f"{number} working {unit}" if working else f"{number} {unit}")
    again = span(str(length))
    assert (again.seconds, again.days, again.working) == (
        length.seconds,
        length.days,
        length.working,
    )
    assert str(span("same working day")) == "same working day"


@pytest.mark.parametrize(
    "text", ["", "soon", "3", "h 3", "-1 h", "3 working months", "1" * 10 + " h", "３ h x"]
)
def test_what_is_no_length_is_refused_with_examples(text):
    with pytest.raises(ValueError, match=r"write e\.g\. '30 min'"):
        span(text)


def test_a_length_that_no_promise_can_have_is_refused():
    for text in ("999999 week", "400 working days"):
        with pytest.raises(ValueError, match="longer than any promise"):
            span(text)


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("CN", "en", "New Year's Day"),
        ("CN", "zh_Hans", "元旦"),
        ("CN", "zh_Hant", "元旦"),
        ("HK", "zh_Hant", "一月一日"),
        ("TW", "zh_Hant", "中華民國開國紀念日"),
        ("US", "zh_Hans", "New Year's Day"),
    ],
)
def test_a_holiday_is_called_in_its_readers_language_whatever_the_machine_speaks(
    country, language, name
):
    assert holiday_name(country, "", date(2027, 1, 1), language) == name
