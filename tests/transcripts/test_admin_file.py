"""The configuration as a file in the admin's chat: sent out, changed, sent back, applied."""

from __future__ import annotations

import pytest
import yaml

from bot.flows.document.secrets import AS_STORED
from tests.town import Someone, Town
from tests.transcripts.test_admin import lowers, menu, taps

SECRET = "a-very-secret-word"


async def hooked(town: Town) -> None:
    """Let the desk report to another system, which takes a secret."""
    now = town.sandbox.clock.now()
    config = town.desk.app.desk.config
    hook = {"url": "https://stock.example/in", "secret": SECRET}
    doc = config.model_dump(mode="json", by_alias=True) | {"webhooks": {"stock": hook}}
    await town.desk.app.take_over(type(config).model_validate(doc), now, "operator")


async def exported(town: Town, *keys: str) -> str:
    """Press for the file and read it as Telegram has it."""
    await town.boss.says("/admin")
    await taps(town.boss, "Export", *keys)
    message = next(m for m in reversed(town.boss.actor.screen) if m.from_bot and m.media)
    (medium,) = message.media
    assert str(medium.file_name).startswith("desk-v")
    return medium.data.decode()


async def sends(person: Someone, text: str | bytes, name: str = "desk.yaml") -> str:
    data = text if isinstance(text, bytes) else text.encode()
    await person.sends("document", file_name=name, data=data)
    return menu(person)


async def test_export_gives_a_file_and_sent_back_unchanged_it_changes_nothing():
    async with Town() as town:
        await hooked(town)
        text = await exported(town, "📤 Export")
        assert "# When a person must step in" in text
        assert SECRET not in text
        assert AS_STORED in text
        assert "says the same as version 2" in await sends(town.boss, text)
        session = town.desk.app.desk.sessions[town.boss.id]
        assert session.draft is None
        assert "Difference" not in "".join(town.boss.buttons)


async def test_secrets_go_out_only_when_that_is_asked_for_twice():
    async with Town() as town:
        await hooked(town)
        text = await exported(town, "With secrets …", "Yes, with secrets")
        assert SECRET in text
        await town.boss.says("/admin")
        assert "stand in the file" in await taps(town.boss, "Export", "With secrets …")


async def test_a_changed_file_is_shown_tried_and_applied_and_keeps_the_secret():
    async with Town() as town:
        await hooked(town)
        text = await exported(town, "📤 Export")
        doc = yaml.safe_load(text)
        rule = next(one for one in doc["rules"] if one["id"] == "large_amount")
        rule["on"] = False
        doc["webhooks"]["stock"]["url"] = "https://stock.example/new"
        said = await sends(town.boss, yaml.safe_dump(doc, allow_unicode=True), "mine.YML")
        assert "Difference to version 2 · changes: 2" in said
        assert "Large amount" in said
        assert "stock.example/new" in said
        assert "Apply …" in town.boss.buttons
        assert town.desk.app.desk.config.version == 2, "nothing is applied by sending"
        await taps(town.boss, "Apply …", "✅ Apply")
        config = town.desk.app.desk.config
        assert config.version == 3
        assert config.webhooks["stock"].url == "https://stock.example/new"
        assert config.webhooks["stock"].secret == SECRET
        assert "from a file sent in" in await taps(town.boss, "History")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: large_amount", "idd: large_amount", "did you mean 'id'?"),
        ("test: amount", "test: amonut", "there is no 'amonut'"),
        (f"secret: {AS_STORED}", "secret: short", "webhooks.stock.secret"),
        ("stock:", "stores:", "has no secret to keep under this name"),
        ("rules:", "rules: [", "not readable as YAML"),
    ],
)
async def test_what_is_wrong_is_named_with_its_line_and_the_fix(old, new, said):
    async with Town() as town:
        await hooked(town)
        text = await exported(town, "📤 Export")
        assert old in text
        broken = text.replace(old, new, 1)
        shown = await sends(town.boss, broken)
        assert "Your file is not taken; mistakes:" in shown
        assert said in shown
        number = int(shown.split("Line ", 1)[1].split()[0])
        near = broken.splitlines()[number - 2 : number + 6]
        assert any(word in line for line in near for word in (new.split(":")[0], "webhooks", "-"))
        assert town.desk.app.desk.config.version == 2
        assert town.desk.app.desk.sessions[town.boss.id].draft is None


async def test_a_file_taken_from_an_older_version_undoes_nothing_unseen():
    async with Town() as town:
        text = await exported(town, "📤 Export")
        await lowers(town.boss, "500")
        await taps(town.boss, "Menu", "Difference", "Apply …", "✅ Apply")
        changed = text.replace("id: danger", "id: danger\n    name: Gefahr", 1)
        said = await sends(town.boss, changed)
        assert "Version 2 came into force while you edited version 1" in said
        await taps(town.boss, "Put mine on top", "Apply …", "✅ Apply")
        rules = {rule.id: rule for rule in town.desk.app.desk.config.rules}
        assert rules["danger"].name == "Gefahr"
        assert rules["large_amount"].test.of[0].at_least["CNY"] == 50000, "that change stays"


async def test_beside_a_draft_one_is_asked_which_to_go_on_with():
    async with Town() as town:
        text = await exported(town, "📤 Export")
        await lowers(town.boss, "500")
        changed = text.replace("id: danger", "id: danger\n    name: Gefahr", 1)
        said = await sends(town.boss, changed)
        assert "The file you sent" in said
        assert "Your draft is dropped" in said
        await taps(town.boss, "Keep my draft", "Difference")
        assert "CN¥500" in menu(town.boss)
        await sends(town.boss, changed)
        said = await taps(town.boss, "Take it as my draft")
        assert "Gefahr" in said
        assert "CN¥500" not in said


async def test_a_file_that_is_no_text_too_large_or_not_to_be_had_is_told_and_no_ones_complaint():
    async with Town() as town:
        await town.boss.says("/admin")
        assert "UTF-8" in await sends(town.boss, b"\xff\xfe\xfd")
        assert "larger than" in await sends(town.boss, b"a: " + b"x" * 4_100_000)
        assert await town.case(1) is None


async def test_a_customers_yaml_is_an_attachment_of_theirs_and_nothing_else():
    async with Town() as town:
        bob = town.customer("Bob")
        await bob.starts()
        await bob.says("Your export is broken, order 8823-1907, see the file")
        await bob.sends("document", file_name="desk.yaml", data=b"rules: []")
        assert "Your file is not taken" not in "\n".join(bob.heard)
        assert (await town.case(1)).media == 1


async def test_a_file_without_any_rule_says_which_would_go():
    async with Town() as town:
        await town.boss.says("/admin")
        said = await sends(town.boss, "rules: []\n")
        assert "Danger" in said
        assert "Large amount" in said


async def test_parts_that_a_file_leaves_out_are_named_before_they_go_back_to_as_shipped():
    async with Town() as town:
        await town.boss.says("/admin")
        said = await sends(town.boss, "words: {}\n")
        assert "Not in your file" in said
        assert "general" in said
        assert "hours" in said


async def test_a_version_that_never_was_is_refused():
    async with Town() as town:
        await town.boss.says("/admin")
        said = await sends(town.boss, "version: 99\ngeneral: {name: Q}\n")
        assert "1 is the latest there is" in said
        assert town.desk.app.desk.sessions[town.boss.id].draft is None
