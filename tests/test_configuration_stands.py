"""The configuration file seeds version 1; after that it is offered, never imposed."""

import pytest

from bot import seed
from bot.config import SettingsError
from tests.town import DESKS, Town


def shop(tmp_path, **changes):
    text = (DESKS / "cn.yaml").read_text("utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    file = tmp_path / "desk.yaml"
    file.write_text(text, encoding="utf-8")
    return file


async def test_a_changed_file_is_offered_to_the_admin_and_taken_over_by_a_press(tmp_path):
    file = shop(tmp_path)
    async with Town(config=file, url=f"sqlite:///{tmp_path}/desk.db") as town:
        assert town.desk.app.desk.config.version == 1
        shop(tmp_path, 青禾电器="青禾百货")
        await town.restart()
        await town.settle()
        assert town.desk.app.desk.general.name == "青禾电器"
        assert "DESK_CONFIG" in town.boss.heard[-1]
        await town.boss.says("/admin")
        await town.boss.presses("The changed file")
        assert "青禾电器 → 青禾百货" in town.boss.heard[-1]
        await town.boss.presses("Take it as my draft")
        assert town.desk.app.desk.general.name == "青禾电器", "a draft changes nothing"
        await town.boss.presses("Apply …")
        await town.boss.presses("✅ Apply")
        assert "Version 2" in town.boss.heard[-1]
        assert town.desk.app.desk.general.name == "青禾百货"
        await town.restart()
        await town.settle()
        assert town.desk.app.desk.config.version == 2
        assert town.desk.app.desk.general.name == "青禾百货"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("general: {nmae: Shop}", "nmae"),
        ("general: {zone: Mars/Base}", "Asia/Shanghai"),
        ("general: {language: fr}", "language"),
        ("genral: {}", "genral"),
        ("packs: [bakery]", "bakery"),
        ("rules: [{id: x, when: [said], if: {test: moon}, then: []}]", "rules"),
        ("general: [", "line"),
        ("people: {12: boss}", "people"),
    ],
)
def test_a_mistake_ends_in_one_sentence_that_names_its_place(tmp_path, text, says):
    file = tmp_path / "desk.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        seed.config(file)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_times_and_switches_are_read_as_they_are_written(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text(
        "hours: {zone: Asia/Shanghai, week: {0: [{start: 09:00, until: 18:00}]}}\n"
        "people: {42: supervisor}\n"
        "rules: [{id: x_y, on: false, when: [said], if: {test: on_the_spot}, then: [{do: hand_off}]}]\n",
        encoding="utf-8",
    )
    config = seed.config(file)
    assert config.hours.week[0][0].until.hour == 18
    assert config.rules[0].on is False
    assert config.people == {42: "supervisor"}
