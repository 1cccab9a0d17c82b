"""Documents edited, compared and merged; values of every kind shown and read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.admin import documents as d
from bot.flows.admin import moments, reading
from bot.flows.admin.difference import difference
from bot.flows.admin.draft import document
from bot.flows.admin.frame import Typed
from bot.flows.admin.sentences import action_models, condition_models
from bot.flows.admin.values import Names
from bot.flows.desk import Desk
from bot.flows.effects import Line
from bot.flows.rules.conditions import CHECKS
from bot.flows.rules.model import Rule
from bot.flows.rules.vocabulary import AllOf, AnyOf, Not
from bot.texts.catalogue import LANGUAGES, locale
from tests.core.small_world import START, config_of

RULES = [{"id": "a", "on": True, "if": {"test": "owned"}}, {"id": "b", "on": True}, {"id": "c"}]


def doc(**changes):
    return {"rules": RULES, "general": {"name": "Desk", "zone": "UTC"}, "list": [1, 2]} | changes


def test_a_member_is_found_by_its_name_wherever_it_stands():
    assert d.at(doc(), ("rules", "b", "on")) is True
    turned = d.moved(doc(), ("rules", "b"), -1)
    assert [one["id"] for one in turned["rules"]] == ["b", "a", "c"]
    assert d.at(turned, ("rules", "b")) == RULES[1]
    assert d.at(doc(), ("rules", "x")) is d.GONE
    assert d.moved(doc(), ("rules", "a"), -1) == doc()


def test_put_and_drop_leave_everything_else_as_it_was():
    old = doc()
    new = d.put(old, ("rules", "b", "on"), value=False)
    assert old == doc()
    assert new["rules"][1]["on"] is False
    assert new["general"] is old["general"]
    assert d.drop(new, ("rules", "b"))["rules"] == [RULES[0], RULES[2]]
    assert d.put(old, ("rules", 3), {"id": "d"})["rules"][3] == {"id": "d"}
    assert d.put(old, ("rules", "nowhere", "on"), value=True) == old


def test_changes_name_the_place_and_order_is_one_of_its_own():
    new = d.put(d.moved(doc(), ("rules", "c"), -1), ("general", "name"), "Shop")
    found = {one.path: (one.was, one.now) for one in d.changes(doc(), new)}
    assert found == {
        ("rules", d.ORDER): (["a", "b", "c"], ["a", "c", "b"]),
        ("general", "name"): ("Desk", "Shop"),
    }


def test_two_who_changed_different_things_both_keep_theirs():
    mine = d.put(doc(), ("rules", "a", "on"), value=False)
    theirs = d.drop(d.put(doc(), ("general", "name"), "Shop"), ("rules", "c"))
    merged = d.merge(doc(), mine, theirs)
    assert merged.conflicts == ()
    assert merged.doc["general"]["name"] == "Shop"
    assert [one["id"] for one in merged.doc["rules"]] == ["a", "b"]
    assert merged.doc["rules"][0]["on"] is False


def test_where_both_changed_the_same_mine_stands_and_the_place_is_named():
    mine = d.put(doc(), ("rules", "a", "if"), {"test": "on_the_spot"})
    theirs = d.put(doc(), ("rules", "a", "if"), {"test": "accuses_staff"})
    merged = d.merge(doc(), mine, theirs)
    assert merged.conflicts == (("rules", "a", "if"),)
    assert merged.doc["rules"][0]["if"] == {"test": "on_the_spot"}
    gone = d.merge(doc(), mine, d.drop(doc(), ("rules", "a")))
    assert gone.conflicts == (("rules", "a"),)
    assert [one["id"] for one in gone.doc["rules"]] == ["a", "b", "c"]


def test_what_both_added_stands_and_my_order_wins_over_none():
    mine = d.moved(d.put(doc(), ("rules", 3), {"id": "m"}), ("rules", "c"), -1)
    theirs = d.put(doc(), ("rules", 3), {"id": "t"})
    merged = d.merge(doc(), mine, theirs)
    assert [one["id"] for one in merged.doc["rules"]] == ["a", "c", "t", "b", "m"]


EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            (("rules", "a", "on"), ("rules", "b"), ("general", "name"), ("list",), ("rules", "c"))
        ),
        st.sampled_from(("drop", 1, 2)),
    ),
    max_size=4,
)


def _edited(edits):
    new = doc()
    for path, what in edits:
        if d.at(new, path) is d.GONE:
            continue
        member = {"id": path[-1], "on": what} if len(path) == 2 and path[0] == "rules" else what
        new = d.drop(new, path) if what == "drop" else d.put(new, path, member)
    return new


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(EDITS, EDITS)
def test_merging_loses_no_change_that_only_one_made(my_edits, their_edits):
    was, mine, theirs = doc(), _edited(my_edits), _edited(their_edits)
    assert d.merge(was, mine, was).doc == mine
    assert d.merge(was, was, theirs).doc == theirs
    merged = d.merge(was, mine, theirs)
    for one in d.changes(was, mine):
        if one.path[-1] != d.ORDER:
            assert d.at(merged.doc, one.path) == one.now or any(
                one.path[: len(place)] == place for place in merged.conflicts
            )


# ---- words ----------------------------------------------------------------------------------


def test_every_condition_and_action_has_its_sentence_in_every_language():
    nests = {AllOf, AnyOf, Not}
    assert set(condition_models().values()) == set(CHECKS)
    for language in LANGUAGES:
        texts = locale(language, "CN", "UTC").texts
        for test, model in condition_models().items():
            assert texts[f"{'nest' if model in nests else 'cond'}.{test}"]
        for name in action_models():
            assert texts[f"action.{name}"]
            assert texts[f"action_name.{name}"]


def said(lines: list[Line], language: str = "en") -> str:
    return "\n".join(locale(language, "CN", "UTC").plain(one, START) for one in lines)


def test_a_difference_reads_as_sentences_and_covers_every_part():
    config = config_of("cn")
    was = document(config)
    rule = Rule.model_validate(was["rules"][0] | {"id": "own_1_1", "name": "Ours"})
    now = d.put(was, ("rules", len(was["rules"])), rule.model_dump(mode="json", by_alias=True))
    now = d.put(now, ("targets", "severe", "accept"), "15 min")
    now = d.put(now, ("general", "pause_seconds"), 30)
    now = d.put(now, ("rules", "danger", "when"), ["said"])
    now = d.drop(now, ("rules", "low_rating"))
    names = Names(Desk(config=config), config)
    words = said(difference(was, now, names))
    assert "New rule “Ours”" in words
    assert "“Danger”, when: the customer writes, something becomes known, it is filed" in words
    assert "Rule “Low rating” deleted" in words
    assert "30 minutes → <b>15 minutes</b>" in words
    assert "General › Silence that ends a story: 20 seconds → <b>30 seconds</b>" in words
    assert "Targets › Severe › Taken by a person: 30 minutes → <b>15 minutes</b>" in words
    assert difference(was, was, names) == []
    hook = {"url": "https://example.org/x", "secret": "not to be shown"}
    hooked = d.put(was, ("webhooks", "crm"), hook)
    changed = d.put(hooked, ("webhooks", "crm", "secret"), "another one")
    for before, after in ((was, hooked), (hooked, changed), (changed, was)):
        words = said(difference(before, after, names))
        assert "Webhooks" in words
        assert "shown" not in words
        assert "another" not in words
    off = d.put(was, ("rules", "danger", "on"), value=False)
    assert said(difference(was, off, names), "zh_Hans") == "• 规则“危险”停用"


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("30 min", "30 min"),
        ("三十分鐘", "30 min"),
        ("2 working hours", "2 working h"),
        ("2个工作小时", "2 working h"),
        ("3個工作日", "3 working days"),
        ("当天", "same working day"),
        ("1週", "7 days"),
        ("soon", None),
        ("-5 min", None),
        ("999999999 days", None),
    ],
)
def test_a_length_is_read_as_people_write_it(typed, length):
    assert reading.length(typed) == length


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("5000", 500000),
        ("¥5,000", 500000),
        ("五千元", 500000),
        ("12.50", 1250),
        ("0", 0),
        ("many", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, minor):
    assert reading.amount(Typed(typed), "CNY") == minor


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        ("9:30-12:00, 13:00-18:00", ["09:30–12:00", "13:00–18:00"]),
        ("１３点－１８点，９点半到１２点", ["09:30–12:00", "13:00–18:00"]),
        ("上午九點至下午六點", ["09:00–18:00"]),
        ("9am to 1pm and 2pm to 6pm", ["09:00–13:00", "14:00–18:00"]),
        ("18:00-24:00", ["18:00–00:00"]),
        ("24h", ["00:00–00:00"]),
        ("休息", []),
        ("9-9", None),
        ("9:00", None),
        ("9:75-12:00", None),
        ("all sorts", None),
        ("", None),
    ],
)
def test_openings_are_read_as_people_write_them(typed, blocks):
    found = moments.blocks(typed)
    said = found and [f"{one['start'][:5]}–{one['until'][:5]}" for one in found]
    assert said == blocks


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2027-02-14", [("2027-02-14", "")]),
        ("12月24日 盘点", [("2026-12-24", "盘点")]),
        ("1月2日：盤點", [("2027-01-02", "盤點")]),
        ("24th Dec Stock-taking", [("2026-12-24", "Stock-taking")]),
        ("Dec 31 - Jan 1: Party", [("2026-12-31", "Party"), ("2027-01-01", "Party")]),
        ("2月6日至7日 春节", [("2027-02-06", "春节"), ("2027-02-07", "春节")]),
        ("2026-12-24\n2026-12-26 Y", [("2026-12-24", ""), ("2026-12-26", "Y")]),
        ("2027-02-30", None),
        ("2027-02-14 – 2026-02-14", None),
        ("2027-01-01 – 2027-12-31", None),
        ("2026-12-24\nsome day", None),
    ],
)
def test_days_are_read_as_people_write_them(typed, days):
    found = moments.days(typed, date(2026, 11, 18))
    assert (found and [(day.isoformat(), name) for day, name in found]) == days


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("asia/shanghai", "Asia/Shanghai"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("../etc/passwd", None),
        ("", None),
    ],
)
def test_a_zone_is_read_by_its_name_or_its_city(typed, zone):
    assert moments.zone(typed) == zone


ODD_TIMES = "0123456789:.-–~至到点半上下午月日年休息 ,，apmDecfeb\n"


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(st.one_of(st.text(alphabet=ODD_TIMES, max_size=24), st.text(max_size=12)))
def test_whatever_is_typed_of_times_is_read_or_not_and_never_an_error(text):
    moments.blocks(text)
    moments.days(text, date(2026, 11, 18))
    moments.zone(text)
    moments.country(text)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="0123456789.,-零一二两十百千万亿元块¥$ minh天工作", max_size=14))
def test_whatever_is_typed_is_read_or_not_and_never_an_error(text):
    reading.number(text)
    reading.length(text)
    reading.amount(Typed(text), "CNY")
    reading.new_currency(text)
    reading.words(text)
