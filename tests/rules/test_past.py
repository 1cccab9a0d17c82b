"""Past cases judged again: who would have been handed off, why, and by which rules of time."""

from __future__ import annotations

import pytest

from bot.flows.model import Case, Grade, Status
from bot.flows.rules.past import RuleSet, compare, hand_offs
from tests.rules.scenes import (
    DAY,
    HOUR,
    HOURS,
    MINUTE,
    NOW,
    SECOND,
    amount,
    case,
    promise,
    rule,
    sign,
)

HAND_OFF = "[{do: hand_off}]"
OVER = NOW + 10 * DAY


def ruled(*tests: tuple[str, str], **more: str) -> RuleSet:
    made = [
        rule(test, id=f"r{n}", when=f"[{when}]", then=HAND_OFF, **more)
        for n, (when, test) in enumerate(tests)
    ]
    return RuleSet.of(made, HOURS)


def closed(**changes) -> Case:
    """A case filed an hour before NOW, accepted at NOW, over a day later."""
    return case(
        **{"status": Status.CLOSED, "since": NOW + DAY, "accepted_at": NOW, "owner": 11} | changes
    )


def names(rules: RuleSet, about: Case) -> list[str]:
    return [one.rule for one in hand_offs(rules, about, OVER)]


LIMIT = "{test: amount, at_least: {CNY: 100000}}"


def test_an_amount_at_the_limit_hands_off_and_one_cent_less_does_not():
    rules = ruled(("filed", LIMIT))
    assert names(rules, closed(facts=amount(100000))) == ["r0"]
    assert names(rules, closed(facts=amount(99999))) == []
    assert (
        hand_offs(rules, closed(facts=amount(100000)), OVER)[0].held[0].values["limit"] == "100000"
    )


def test_only_what_happened_to_the_case_is_a_trigger():
    rules = ruled(("rated", "{test: rating, at_most: 3}"), ("reopened", "{test: reopened}"))
    assert names(rules, closed(rating=3)) == ["r0"]
    assert names(rules, closed(rating=4)) == []
    assert names(rules, closed(rating=3, reopened=1)) == ["r0", "r1"]
    assert names(ruled(("confirmed", LIMIT)), closed(facts=amount(100000))) == []
    assert names(ruled(("confirmed", LIMIT)), closed(facts=amount(100000), confirmed=True)) == [
        "r0"
    ]


@pytest.mark.parametrize(("hours", "found"), [(1, ["r0"]), (2, [])])
def test_where_it_stood_is_told_by_its_times(hours, found):
    """It was in the queue for one hour, until somebody took it."""
    waiting = f"{{test: all, of: [{{test: age, since: filed, at_least: {hours} h}}, {{test: status, any_of: [queued]}}]}}"
    about = closed(accepted_at=NOW + SECOND)
    assert names(ruled(("time", waiting)), about) == found


def test_rules_of_time_are_judged_until_the_case_was_over_and_no_longer():
    old = "{test: age, since: filed, at_least: 25 h}"
    assert names(ruled(("time", old)), closed()) == ["r0"]
    assert names(ruled(("time", old)), closed(since=NOW + DAY - SECOND)) == []
    assert names(ruled(("time", old)), case()) == ["r0"]  # still open: until now


def test_a_missed_promise_counts_and_a_kept_one_does_not():
    rules = ruled(("promise_missed", "{test: promise_missed, kind: update}"))
    assert names(rules, closed(promises=(promise("update", NOW + HOUR, "missed"),))) == ["r0"]
    assert names(rules, closed(promises=(promise("update", NOW + HOUR, "kept"),))) == []
    nearly = ruled(("time", "{test: promise_due_soon, kind: update, within: 30 min}"))
    assert names(nearly, closed(promises=(promise("update", NOW + HOUR, "missed"),))) == ["r0"]
    assert names(nearly, closed(promises=(promise("update", NOW + DAY + 31 * MINUTE),))) == []


def test_one_rule_sees_what_another_did():
    boss = rule(
        "{test: signal, any_of: [human], words: [boss]}", id="boss", when="[said]", then=HAND_OFF
    )
    person = rule(
        "{test: all, of: [{test: signal, any_of: [human]}, {test: not, of: {test: fired, rule: boss}}]}",
        id="person", when="[said]", then=HAND_OFF,
    )  # fmt: skip
    graver = rule(
        "{test: on_the_spot}", id="graver", when="[filed]", then="[{do: grade, grade: severe}]"
    )
    severe = rule("{test: grade, any_of: [severe]}", id="severe", when="[changed]", then=HAND_OFF)
    rules = RuleSet.of([boss, person, graver, severe], HOURS)
    assert names(rules, closed(signs=(sign("human", "the boss"),))) == ["boss"]
    assert names(rules, closed(signs=(sign("human", "a person"),))) == ["person"]
    assert names(rules, closed(on_the_spot=True)) == ["severe"]
    assert names(rules, closed(on_the_spot=True, grade=Grade.MINOR)) == ["severe"]


def test_what_fired_in_truth_does_not_keep_a_rule_from_firing_again_here():
    about = closed(facts=amount(100000), fired={"r0": 1}, fired_at={"r0": NOW})
    assert names(ruled(("filed", LIMIT)), about) == ["r0"]


def test_two_sets_are_compared_case_by_case():
    today, edited = ruled(("filed", LIMIT)), ruled(("filed", LIMIT.replace("100000", "50000")))
    cases = [closed(facts=amount(n)).but(id=n) for n in (40000, 50000, 99999, 100000)]
    found = compare(today, edited, cases, OVER)
    assert (found.cases, found.today, found.edited) == (4, 1, 3)
    assert [one.case for one in found.newly] == [50000, 99999]
    assert found.newly[0].why.rule == "r0"
    back = compare(edited, today, cases, OVER)
    assert [one.case for one in back.no_longer] == [50000, 99999]
    assert not back.newly
