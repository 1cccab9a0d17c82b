"""Every condition at its edge: there it holds, one step before it does not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.flows.document.rules_page import CONDITIONS
from bot.flows.model import Case, Grade, Status
from bot.flows.people import Role
from bot.flows.rules.conditions import CHECKS
from tests.rules.scenes import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    amount,
    case,
    filed,
    fires,
    promise,
    rule,
    sign,
    told,
)

LIMIT = "{test: amount, at_least: {CNY: 100000, '*': 5000}}"
MANAGERS = "{test: signal, any_of: [human], words: [经理, boss]}"
ELECTRIC = "{test: signal, any_of: [safety], kinds: [fire]}"
TWICE = "{test: signal, any_of: [anger], at_least: 2}"
SOON = "{test: promise_due_soon, kind: update, within: 30 min}"
MISSED = "{test: promise_missed, kind: update}"
TWO_H = "{test: age, since: filed, at_least: 2 working h}"
BOTH = "{test: all, of: [{test: owned}, {test: on_the_spot}]}"
EITHER = "{test: any, of: [{test: owned}, {test: on_the_spot}]}"

Edge = tuple[str, Case, Case]
EDGES: dict[str, tuple[Edge, ...]] = {
    "signal": (
        (MANAGERS, case(signs=(sign("human", "叫经理"),)), case(signs=(sign("human", "转人工"),))),
        (
            ELECTRIC,
            case(signs=(sign("safety", kind="fire"),)),
            case(signs=(sign("safety", kind="injury"),)),
        ),
        (
            TWICE,
            case(signs=(sign("anger"), sign("anger", ago=MINUTE))),
            case(signs=(sign("anger", "a"), sign("anger", "b"))),  # two words of one message
        ),
    ),
    "words": (
        (
            "{test: words, any_of: ['lot ##']}",
            case(words=told("LOT 42")),
            case(words=told("lot 4")),
        ),
        (
            "{test: words, any_of: ['退*款']}",
            case(words=told("退" + "很" * 20 + "款")),
            case(words=told("退" + "很" * 21 + "款")),
        ),
        (
            "{test: words, any_of: [court]}",
            case(words=told("to COURT!")),
            case(words=told("courtesy")),
        ),
        (
            "{test: words, any_of: ['12315']}",
            case(words=told("打１２３１５")),
            case(words=told("打123150")),
        ),
    ),
    "amount": (
        (LIMIT, case(facts=amount(100000)), case(facts=amount(99999))),
        (LIMIT, case(facts=amount(5000, "JPY")), case(facts=amount(4999, "JPY"))),
        (LIMIT, case(facts=amount(5000, None)), case(facts=amount("about 5000", None))),
        ("{test: amount, at_least: {CNY: 0}}", case(facts=amount(0)), case(facts=amount(9, "HKD"))),
    ),
    "claim": (
        (
            "{test: claim, any_of: [compensation]}",
            case(remedies=("refund", "compensation")),
            case(remedies=("refund",)),
        ),
        (
            "{test: claim, any_of: [explanation]}",
            case(remedies=("apology",)),
            case(remedies=("apology", "repair")),
        ),
    ),
    "failed_questions": (
        (
            "{test: failed_questions, at_least: 2}",
            case(failed_questions=2),
            case(failed_questions=1),
        ),
    ),
    "unanswered": (("{test: unanswered, at_least: 3}", case(unanswered=3), case(unanswered=2)),),
    "transfers": (("{test: transfers, at_least: 2}", case(transfers=2), case(transfers=1)),),
    "promise_missed": (
        (
            MISSED,
            case(promises=(promise("update", NOW),)),
            case(promises=(promise("update", NOW + SECOND),)),
        ),
        (
            MISSED,
            case(promises=(promise("update", NOW, "missed"),)),
            case(promises=(promise("update", NOW, "kept"),)),
        ),
        (
            MISSED,
            case(promises=(promise("update", NOW),)),
            case(promises=(promise("accept", NOW),)),
        ),
    ),
    "promise_due_soon": (
        (
            SOON,
            case(promises=(promise("update", NOW + 30 * MINUTE),)),
            case(promises=(promise("update", NOW + 30 * MINUTE + SECOND),)),
        ),
        (
            SOON,
            case(promises=(promise("update", NOW + SECOND),)),
            case(promises=(promise("update", NOW),)),
        ),
        (
            SOON,
            case(promises=(promise("update", NOW + MINUTE),)),
            case(promises=(promise("update", NOW + MINUTE, "kept"),)),
        ),
    ),
    "rating": (
        ("{test: rating, at_most: 3}", case(rating=3), case(rating=4)),
        ("{test: rating, at_most: 5}", case(rating=5), case(rating=None)),
    ),
    "status": (("{test: status, any_of: [queued]}", case(), case(status=Status.DRAFT)),),
    "grade": (("{test: grade, any_of: [severe]}", case(grade=Grade.SEVERE), case()),),
    "level": (
        ("{test: level, any_of: [manager]}", case(level=Role.MANAGER), case(level=Role.ADMIN)),
    ),
    "category": (("{test: category, any_of: [billing]}", case(category="billing"), case()),),
    "source": (
        ("{test: source, any_of: ['tst*']}", case(source="tst"), case(source="ts")),
        ("{test: source, any_of: [tst]}", case(source="tst"), case(source="tst12")),
    ),
    "group": (("{test: group, any_of: [vip]}", case(group="vip"), case()),),
    "tag": (("{test: tag, any_of: [b]}", case(tags=("a", "b")), case(tags=("a",))),),
    "language": (
        ("{test: language, any_of: [zh_Hant]}", case(language="zh_Hant"), case(language="zh_Hans")),
    ),
    "attachment": (("{test: attachment, at_least: 2}", case(media=2), case(media=1)),),
    "on_the_spot": (("{test: on_the_spot}", case(on_the_spot=True), case()),),
    "accuses_staff": (("{test: accuses_staff}", case(accused=True), case()),),
    "owned": (("{test: owned}", case(owner=11), case()),),
    "reopened": (("{test: reopened, at_least: 2}", case(reopened=2), case(reopened=1)),),
    "same_customer": (
        (
            "{test: same_customer, at_least: 1, days: 30}",
            case(earlier=filed(30 * DAY)),
            case(earlier=filed(30 * DAY + SECOND)),
        ),
        (
            "{test: same_customer, at_least: 2, days: 30}",
            case(earlier=filed(DAY, DAY)),
            case(earlier=filed(DAY)),
        ),
    ),
    "alike": (
        (
            "{test: alike, by: product, at_least: 3, days: 7}",
            case(alike={"product": filed(7 * DAY, DAY)}),
            case(alike={"product": filed(7 * DAY + SECOND, DAY)}),
        ),
        (
            "{test: alike, by: place, at_least: 2}",
            case(alike={"place": filed(DAY)}),
            case(alike={"product": filed(DAY)}),
        ),
        (
            "{test: alike, at_least: 2}",
            case(alike={"category": filed(DAY)}),
            case(alike={"category": filed(DAY)}, filed_at=None),
        ),
    ),
    "age": (
        (
            "{test: age, since: customer_word, at_least: 1 h}",
            case(last_customer_at=NOW - HOUR),
            case(last_customer_at=NOW - HOUR + SECOND),
        ),
        ("{test: age, since: staff_word, at_least: 0 s}", case(last_staff_at=NOW), case()),
    ),
    "fired": (
        ("{test: fired, rule: other}", case(fired={"other@2": 1}), case(fired={"others": 1})),
    ),
    "all": ((BOTH, case(owner=11, on_the_spot=True), case(owner=11)),),
    "any": ((EITHER, case(owner=11), case()),),
    "not": (
        ("{test: not, of: {test: owned}}", case(), case(owner=11)),
        ("{test: not, of: " + BOTH + "}", case(owner=11), case(owner=11, on_the_spot=True)),
        ("{test: not, of: {test: not, of: {test: owned}}}", case(owner=11), case()),
    ),
}
"""Condition → (as written, a case for which it just holds, one for which it just does not)."""

ELSEWHERE = {"working_time", "was"}
"""Those that turn on the instant or on what was before, tested below."""


def test_every_condition_there_is_stands_in_these_tables():
    assert {*EDGES} | ELSEWHERE == {*CONDITIONS}
    assert {*CHECKS} == {*CONDITIONS.values()}


@pytest.mark.parametrize(
    ("written", "on_edge", "before"), [one for many in EDGES.values() for one in many]
)
def test_a_condition_holds_at_its_edge_and_not_one_step_before(written, on_edge, before):
    assert fires(rule(written), on_edge), on_edge
    assert not fires(rule(written), before), before


def test_working_time_holds_from_the_first_second_to_the_last():
    """Wednesday 9:00 to 18:00 in Shanghai is 1:00 to 10:00 UTC."""
    open_now = rule("{test: working_time}")
    opens, closes = NOW.replace(hour=1), NOW.replace(hour=10)
    assert fires(open_now, case(), opens)
    assert not fires(open_now, case(), opens - SECOND)
    assert fires(open_now, case(), closes - SECOND)
    assert not fires(open_now, case(), closes)


def test_age_in_working_time_stands_still_while_the_desk_is_closed():
    """Filed an hour before closing: two working hours end at 10:00 the next morning."""
    ripe = (NOW + DAY).replace(hour=2)
    two_hours = rule(TWO_H)
    assert not fires(two_hours, case(), ripe - SECOND)
    firing = fires(two_hours, case(), ripe)
    assert firing
    assert firing.held[0].values["length"] == "2 working h"


def test_was_is_about_this_very_change_alone():
    grew = rule("{test: was, field: grade, any_of: [general]}")
    severe = case(grade=Grade.SEVERE)
    assert fires(grew, severe, was={"grade": "general"})
    assert not fires(grew, severe, was={"grade": "minor"})
    assert not fires(grew, severe)


def test_what_held_is_told_with_its_values():
    firing = fires(rule(LIMIT), case(facts=amount(100000)))
    assert firing
    values: dict[str, Any] = firing.held[0].values
    assert values == {"amount": "100000", "limit": "100000", "currency": "CNY"}
