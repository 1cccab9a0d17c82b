"""The configuration as a file: what is exported is imported unchanged, mistakes name the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot import seed
from bot.flows.admin.draft import document
from bot.flows.desk import COUNTED, Config
from bot.flows.document import schema
from bot.flows.document.writing import PARTS, written
from bot.standing import fingerprint
from tests.rules.made import rule_sets

WHOLE = (Path(__file__).parent / "whole.yaml").read_text("utf-8")
SCHEMA = Path(__file__).parents[2] / "docs" / "desk.schema.json"


def whole() -> Config:
    made = seed.imported(WHOLE)
    assert isinstance(made, Config), made
    return made


def mistakes(text: str) -> list[str]:
    made = seed.imported(text)
    return [] if isinstance(made, Config) else [str(one) for one in made]


# ---- there and back -------------------------------------------------------------------------

ODD = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=40)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    rule_sets(4),
    ODD,
    ODD,
    st.dictionaries(st.integers(1, 10**12), st.sampled_from(("agent", "manager"))),
)
def test_what_is_exported_is_imported_unchanged(rules, name, words, people):
    base = whole()
    doc = base.but(rules=rules, version=7).model_dump(mode="json", by_alias=True)
    doc["general"]["name"] = name
    doc["words"]["signals"]["anger"] = [words[:80], "on", "12:30", "0x1F", "1_000", "null", "~"]
    doc["people"] = people
    try:
        config = Config.model_validate(doc)
    except ValidationError:
        return  # rules that can never fire, or name what is not there
    again = seed.imported(written(config))
    assert again == config, again
    assert fingerprint(again) == fingerprint(config)
    assert document(config) == document(again)


def test_every_part_of_a_configuration_is_written_with_what_it_is():
    assert {*PARTS} == {*Config.model_fields} - COUNTED
    text = written(whole())
    for part, about in PARTS.items():
        assert f"# {about.splitlines()[-1]}\n{part}:" in text
    assert "start: '11:30'" in text or 'start: "11:30"' in text


def test_no_rules_at_all_are_not_taken_for_the_shipped_ones():
    none = seed.imported("rules: []")
    assert isinstance(none, Config)
    assert none.rules == ()
    assert seed.imported("rules:") == seed.config()


def test_the_schema_for_editors_is_current():
    assert SCHEMA.read_text("utf-8") == schema.text(), "run `make docs`"


def test_the_schema_tells_what_each_field_means():
    made = schema.published()
    assert made["$defs"]["AmountAtLeast"]["properties"]["at_least"]["description"] == "minor units"
    assert "reaches its currency's limit" in made["$defs"]["AmountAtLeast"]["description"]
    assert "id" not in made["$defs"]["Playbook"]["required"]
    assert "required" not in made


# ---- mistakes -------------------------------------------------------------------------------

RULE = """\
rules:
  - id: first
    when: [filed]
    if: {test: owned}
    then: [{do: hand_off}]
  - id: second
    when: [filed]
    if:
      test: all
      of:
        - {test: owned}
        - %s
    then:
      - %s
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("general: {}\ngenerel: {}", "line 2: unknown part 'generel'"),
        ("general:\n  zon: UTC", "line 2: general.zon: there is no field 'zon'; did you mean 'zone'?"),
        ("general:\n  name: x\n  zone: Mars", "line 3: general.zone: unknown time zone 'Mars'"),
        ("general:\n  name: x\n  name: y", "line 3: 'name' stands there twice: keep one"),
        ("general: {pause_seconds: soon}", "line 1: general.pause_seconds: 'soon' is no whole number"),
        ("general: {show_names: maybe}", "line 1: general.show_names: 'maybe': write true or false"),
        ("general: [", "line 1: not readable as YAML"),
        ("general: !!python/object:os.system x", "no tag used here: remove it"),
        ("general: &a {b: *a}", "a part that holds itself"),
        ("a: 99999999999999999999", "line 1: '999999999999999999' is no number used here"),
        ("- general", "line 1: write it as parts with names"),
        ("a\x07b: 1", "line 1: a character that no text has: remove it"),
        ("[" * 3000, "nested"),
        ("? [a]\n: b", "a name is one word, not a list"),
        ("packs: [nope]", "line 1: packs: there is no pack 'nope'"),
        ("hours:\n  week:\n    0: [{start: 9, until: 12}]", 'line 3: hours.week.0.0.start: write it in quotes: "09:00"'),
        (RULE % ("{test: amount, at_leest: {}}", "{do: hand_off}"), "line 12: rules.1.if.of.1.at_leest: there is no field 'at_leest'; did you mean 'at_least'?"),
        (RULE % ("{test: categry}", "{do: hand_off}"), "line 12: rules.1.if.of.1: there is no 'categry'; use 'signal'"),
        (RULE % ("{any_of: [a]}", "{do: hand_off}"), "line 12: rules.1.if.of.1: say which one it is: 'test' is missing"),
        (RULE % ("{test: category, any_of: [nope]}", "{do: hand_off}"), "line 12: rules.second.if.category: there is no 'nope'; there are product_quality"),
        (RULE % ("{test: words, any_of: [12315]}", "{do: hand_off}"), "line 12: rules.1.if.of.1.any_of.0: '12315' is no text: put it in quotes"),
        (RULE % ("{test: age, since: filed, at_least: 1 h}", "{do: hand_off}"), "line 7: rules.second.when: it waits for time to pass, so add 'time'"),
        (RULE % ("{test: not, of: {test: owned}}", "{do: hand_off}"), "line 6: rules.second: can never fire"),
        (RULE % ("{test: accuses_staff}", "{do: hand_off, level: boss}"), "line 14: rules.1.then.0.level: there is no 'boss'; use 'agent'"),
        (RULE % ("{test: accuses_staff}", "{do: target, row: nope}"), "line 14: rules.second.then.target: there is no 'nope'"),
        (RULE % ("{test: accuses_staff}", "{do: hand_off, tell: nope}"), "rules.second.then: there is no text 'nope'"),
        ("targets:\n  - {name: x}", "line 2: targets.0.accept: 'accept' is missing: add it"),
        ("people:\n  12: boss", "line 2: people.12: there is no 'boss'"),
        ("texts:\n  en:\n    greeting.hello: '{nobody}'", "line 3: texts.en.greeting.hello: it cannot say {nobody}"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_line_its_place_and_the_fix(text, told):
    said = mistakes(text)
    assert any(told in one for one in said), said


def test_several_mistakes_are_told_at_once_in_the_order_of_lines():
    said = mistakes(
        "general: {zon: x}\nrules:\n  - id: a1\n    when: [fild]\n    if: {test: owned}\n    then: []"
    )
    assert [one.split(":")[0] for one in said] == ["line 1", "line 4", "line 6"]
