"""`docs/rules.md` is what the models say, and every example on it loads."""

from pathlib import Path

import pytest
import yaml

from bot import seed
from bot.flows.document.rules_page import ACTIONS, CONDITIONS, TRIGGERS, examples, page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
EXAMPLES = [
    (kind, name, one if isinstance(one, str) else one["example"])
    for kind, many in examples().items()
    for name, one in many.items()
]


def test_the_page_is_current():
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_everything_a_rule_may_say_has_an_example_of_itself():
    shown = examples()
    assert {*shown["triggers"]} == {*TRIGGERS}
    assert {*shown["conditions"]} == {*CONDITIONS}
    assert {*shown["actions"]} == {*ACTIONS}


@pytest.mark.parametrize(("kind", "name", "example"), EXAMPLES, ids=lambda one: one[:24])
def test_every_example_loads_and_shows_what_it_is_about(kind, name, example, tmp_path):
    file = tmp_path / "desk.yaml"
    lines = "".join(f"  {line}\n" for line in example.splitlines())
    there = "groups: {members: {sources: [vip]}}\n"
    there += "webhooks: {crm: {url: 'https://crm.example/in', secret: '12345678'}}\n"
    file.write_text(f"{there}rules:\n{lines}", encoding="utf-8")
    rules = seed.config(file).rules
    doc = yaml.dump([one.model_dump(mode="json", by_alias=True) for one in rules])
    shown = {"triggers": f"- {name}\n", "conditions": f"test: {name}\n", "actions": f"do: {name}\n"}
    assert shown.get(kind, "") in doc
