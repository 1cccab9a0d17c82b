"""Every action at its edge: what it does, and where it does nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows.deeds import DEEDS
from bot.flows.document.rules_page import ACTIONS
from bot.flows.model import Grade, Status
from bot.flows.people import Role
from tests.core.small_world import MANAGER, MEI, STAFF, SUPERVISOR, SmallWorld
from tests.core.test_every_corner import world_with
from tests.rules.scenes import rule

ALWAYS = "{test: not, of: {test: rating, at_most: 1}}"


def done(action: str, status: Status = Status.QUEUED, **more) -> SmallWorld:
    """A world in which a rule just did this to the case of customer 101."""
    world = world_with(status, fired={}, **more)
    one = rule(ALWAYS, when="[said]", then=f"[{{do: {action}}}]")
    world.desk = world.desk.but(config=world.desk.config.but(rules=(one,)))
    world.letters.clear()
    world.says(101, "还有一件事")
    return world


def test_every_action_there_is_has_somebody_who_carries_it_out():
    assert {*DEEDS} == {*ACTIONS.values()}


def test_a_hand_off_never_brings_a_case_down_a_level():
    assert done("hand_off, level: supervisor").cases[1].level is Role.SUPERVISOR
    case = done("hand_off, level: supervisor", level=Role.MANAGER).cases[1]
    assert (case.level, case.status) == (Role.MANAGER, Status.HANDED_OFF)
    assert case.reasons[-1].rule == "probe"


def test_a_hand_off_with_tell_empty_says_nothing_of_it_to_the_customer():
    told = [x for x in done("hand_off").letters if x.chat == 101]
    silent = [x for x in done("hand_off, tell: ''").letters if x.chat == 101]
    assert len(told) >= len(silent)
    assert "值班" not in str(silent)


@pytest.mark.parametrize(
    ("asked", "was", "then"),
    [
        ("severe", Grade.GENERAL, Grade.SEVERE),
        ("general", Grade.MINOR, Grade.GENERAL),
        ("minor", Grade.GENERAL, Grade.GENERAL),
        ("general", Grade.SEVERE, Grade.SEVERE),
    ],
)
def test_a_grade_is_raised_and_never_lowered(asked, was, then):
    assert done(f"grade, grade: {asked}", grade=was).cases[1].grade is then


def test_an_assigned_case_is_offered_to_somebody_who_is_there_and_to_nobody_else():
    transfer = done(f"assign, to: {SUPERVISOR}").cases[1].transfer
    assert transfer
    assert transfer.to == SUPERVISOR
    assert done("assign, to: 999").cases[1].transfer is None
    owned = done(f"assign, to: {SUPERVISOR}", owner=MEI, status=Status.IN_PROGRESS)
    assert owned.cases[1].transfer is None


def test_nobody_who_is_away_is_assigned_a_case_until_the_very_minute_they_are_back():
    for minutes, offered in ((1, False), (0, True)):
        world = world_with(Status.QUEUED, fired={})
        one = rule(ALWAYS, when="[said]", then=f"[{{do: assign, to: {SUPERVISOR}}}]")
        away = STAFF[SUPERVISOR].but(away_until=world.now + timedelta(minutes=minutes))
        world.desk = world.desk.but(
            config=world.desk.config.but(rules=(one,)), staff={**STAFF, SUPERVISOR: away}
        )
        world.says(101, "还有一件事")
        assert (world.cases[1].transfer is not None) is offered


def test_a_tag_stands_once_however_often_it_is_put():
    assert done("tag, tag: parking", tags=("parking",)).cases[1].tags == ("parking",)
    assert done("tag, tag: parking").cases[1].tags == ("parking",)


def test_a_target_row_that_was_chosen_holds_over_the_first_that_fits():
    world = done("target, row: severe")
    case = world.cases[1]
    assert case.grade is Grade.GENERAL
    assert world.desk.config.target(case).name == "severe"


def test_a_notice_reaches_the_role_or_the_next_one_up():
    paged = [x for x in done("notify, role: supervisor").letters if x.chat == SUPERVISOR]
    assert paged
    nobody = done("notify, role: agent").letters
    assert {x.chat for x in nobody if x.chat > 0 and x.chat != 101} == {12}  # Ravi, in private


def test_the_customer_hears_the_words_in_their_language_or_in_any_there_is():
    both = "tell_customer, words: {en: 'Hello {ref}', zh_Hans: '您好 {ref}'}"
    assert "您好 C-1" in str([x.params for x in done(both).letters if x.chat == 101])
    one = "tell_customer, words: {en: 'Hello {ref} {name}'}"
    said = str([x.params for x in done(one).letters if x.chat == 101])
    assert "Hello C-1" in said
    assert "<i>" not in said  # the name is escaped


def test_a_promise_is_made_for_that_very_minute_and_for_an_open_case_alone():
    world = done("promise, kind: update, within: 90 min")
    promises = [p for p in world.cases[1].promises if p.kind == "update" and p.state == "open"]
    assert [p.due for p in promises] == [world.now + timedelta(minutes=90)]
    closed = done("promise, kind: update, within: 90 min", status=Status.CLOSED).cases[1]
    assert [p for p in closed.promises if p.due == world.now + timedelta(minutes=90)] == []


def test_a_survey_is_sent_for_a_case_that_is_done_and_for_no_other():
    assert done("survey", Status.CARRIED_OUT).cases[1].asked_settled == 2
    assert done("survey").cases[1].asked_settled == 0
    asked = [x for x in done("survey", Status.CARRIED_OUT).letters if x.purpose == "follow_up"]
    assert asked


def test_a_corrective_action_is_proposed_once_and_a_case_without_likes_stands_for_itself():
    world = done("corrective_action, within: 2 days")
    (record,) = world.desk.actions.values()
    assert (record.facet, record.value, record.cases) == ("case", "1", (1,))
    assert record.due is not None
    assert [x.chat for x in world.letters if "CA-1" in str(x.params)] == [MANAGER]


def test_approval_is_asked_of_the_role_and_not_again_while_it_waits():
    world = done("ask_approval, role: supervisor, what: 可以退吗")
    assert [x.chat for x in world.letters if "可以退吗" in str(x.params)][:1] == [SUPERVISOR]
    waiting = world.cases[1].approval
    assert waiting is not None
    again = done("ask_approval, role: manager", approval=waiting)
    assert again.cases[1].approval == waiting
    decided = done("ask_approval, role: manager", approval=waiting.but(state="approved"))
    assert decided.cases[1].approval.n == waiting.n + 1


def test_a_crisis_is_proposed_and_opened_only_where_the_rule_says_so():
    assert [one.state for one in done("crisis").desk.crises.values()] == ["proposed"]
    opened = done("crisis, open: true, words: {zh_Hans: 请先停用}")
    assert [one.state for one in opened.desk.crises.values()] == ["open"]
    assert opened.cases[1].crisis == 1
    assert "crisis_not_proposed" in [x.kind for x in done("crisis, by: product").entries[1]]


def test_a_webhook_is_told_the_number_and_no_word_of_the_customer():
    (report,) = [x for x in done("webhook, hook: crm").letters if x.method == "webhook"]
    assert {*report.params["body"]} == {"case", "category", "grade", "status", "rule"}
    assert "128" not in str(report.params)
