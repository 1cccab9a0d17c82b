"""What an older release stored is opened by this one: cases and drafts, as they stood in the file.

The documents below are literal: they were written by the first release (format 1) and must never
be edited along with the models.
"""

from __future__ import annotations

import orjson
import pytest

from bot.flows.model import CASE_FORMAT, Case
from bot.flows.people import CUSTOMER_FORMAT, Customer
from storage.errors import TooNewError
from storage.upgrade import CASE_UPGRADES, CUSTOMER_UPGRADES, Form, Forms
from tests.core.small_world import START, SmallWorld

OLD_CASE = """{"id":7,"customer":101,"status":"draft","since":"2026-11-18T10:00:00Z",
"opened_at":"2026-11-18T10:00:00Z","filed_at":null,"confirmed":false,"entries":4,
"language":"zh_Hans","name":"李女士","category":"billing","category_sure":true,"grade":"general",
"words":[{"message_id":3,"text":"你们多扣了我128块","kind":"","file_id":"","album":"","file_name":""}],
"facts":{"amount":{"value":"12800","shown":"128块","source":"read","at":"2026-11-18T10:00:00Z",
"sure":true,"currency":"CNY","open":""}},"signs":[],"level":"agent","fired":{},
"last_customer_at":"2026-11-18T10:00:00Z","no_longer_known":{"to":"this release"}}"""
OLD_DRAFT = """{"id":101,"name":"李女士","language":"zh_Hans","greeted":true,
"dialog":{"step":"asking","case":7,"asking":"order","failed":0,"asked":["order"]},"focus":7,
"a_field_of_the_past":1}"""


def test_a_draft_of_the_first_release_is_opened_and_gone_on_with():
    forms = Forms()
    case = forms.case.load(1, OLD_CASE)
    customer = forms.customer.load(1, OLD_DRAFT)
    assert (case.ref, case.facts["amount"].value) == ("C-7", "12800")
    assert customer.dialog is not None
    world = SmallWorld.of("cn")
    world.cases[7], world.customers[101], world.last_number = case, customer, 7
    world.entries[7] = []
    world.says(101, "8823-1907")
    assert world.cases[7].facts["order"].value == "8823-1907"
    assert world.fresh[0].chat == 101


def test_a_draft_at_a_step_that_no_longer_exists_is_answered_and_not_lost():
    case = Forms().case.load(1, OLD_CASE)
    customer = Customer.model_validate_json(OLD_DRAFT)
    assert customer.dialog is not None
    world = SmallWorld.of("cn")
    world.cases[7], world.last_number, world.entries[7] = case, 7, []
    world.customers[101] = customer.but(dialog=customer.dialog.but(step="a_step_of_the_past"))
    world.says(101, "8823-1907，是这一单")
    assert [letter.chat for letter in world.fresh][:1] == [101]
    world.now = START
    world.wakes(7)


def test_every_older_format_has_a_way_up_and_a_newer_one_is_refused_in_words():
    assert set(range(1, CASE_FORMAT)) <= set(CASE_UPGRADES)
    assert set(range(1, CUSTOMER_FORMAT)) <= set(CUSTOMER_UPGRADES)
    with pytest.raises(TooNewError, match="newer release"):
        Forms().case.load(CASE_FORMAT + 1, OLD_CASE)


def test_a_format_raised_in_a_later_release_is_taken_up_step_by_step():
    ways = {
        1: lambda doc: doc | {"name": doc["name"] + "（旧）"},
        2: lambda doc: doc | {"media": 5},
    }
    later = Form(Case, 3, ways)
    case = later.load(1, OLD_CASE)
    assert (case.name, case.media) == ("李女士（旧）", 5)
    again = later.load(2, OLD_CASE)
    assert (again.name, again.media) == ("李女士", 5)
    assert orjson.loads(case.model_dump_json())["media"] == 5


def test_an_outcome_that_waited_for_a_word_under_format_2_waits_still():
    held = {"chat": -100, "message_id": 44, "text": "钱已经退了。", "entities": [], "kind": ""}
    old = orjson.loads(OLD_CASE) | {"status": "in_progress", "owner": 9, "withheld": held}
    case = Forms().case.load(2, orjson.dumps(old).decode())
    (one,) = case.unsent
    assert (one.act, one.by, one.message_id, one.text) == ("resolve", 9, 44, "钱已经退了。")
    assert one.until is None
