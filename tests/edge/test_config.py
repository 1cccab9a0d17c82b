"""A wrong or missing setting ends with one sentence that says what to do."""

from __future__ import annotations

import pytest

from bot.config import DATABASE_URL, SettingsError, Switch, load

TOKEN = "123456789:AAF-a-token-that-nobody-must-ever-see"
NAMES = (
    "BOT_TOKEN",
    "BOT_API_URL",
    "DATABASE_URL",
    "ADMIN_IDS",
    "TEAM_CHAT_ID",
    "MANAGERS_CHAT_ID",
    "DESK_CONFIG",
    "PACING",
    "CLASSIFIER",
    "LOG_LEVEL",
)


@pytest.fixture(autouse=True)
def _bare(monkeypatch, tmp_path):
    """Start from an empty environment in an empty folder."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_token_is_all_it_takes(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", f" {TOKEN} ")
    settings = load()
    assert settings.token == TOKEN
    assert settings.database_url == DATABASE_URL
    assert (settings.admin_ids, settings.team_chat_id, settings.pacing) == ((), None, Switch.ON)
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings)


def test_everything_can_come_from_a_file(tmp_path):
    (tmp_path / "desk.yaml").write_text("a: 1")
    lines = [
        f"BOT_TOKEN={TOKEN}",
        "ADMIN_IDS=11, 22;33",
        "TEAM_CHAT_ID=-1001",
        "MANAGERS_CHAT_ID=",
        "DESK_CONFIG=desk.yaml",
        "PACING=off",
        "LOG_LEVEL=debug",
        "BOT_API_URL=http://127.0.0.1:8081/",
        "# 注释",
    ]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    settings = load()
    assert settings.admin_ids == (11, 22, 33)
    assert (settings.team_chat_id, settings.managers_chat_id) == (-1001, None)
    assert (settings.pacing, settings.log_level) == (Switch.OFF, "DEBUG")
    assert settings.bot_api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", ""),
        ("BOT_TOKEN", "hello"),
        ("BOT_API_URL", "api.telegram.org"),
        ("DATABASE_URL", "mysql://x"),
        ("ADMIN_IDS", "ann"),
        ("ADMIN_IDS", "-5"),
        ("TEAM_CHAT_ID", "5"),
        ("TEAM_CHAT_ID", "team"),
        ("MANAGERS_CHAT_ID", "x"),
        ("DESK_CONFIG", "nowhere.yaml"),
        ("PACING", "perhaps"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_each_mistake_is_one_sentence_that_names_the_setting(monkeypatch, name, value):
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        load()
    sentence = str(told.value)
    assert sentence.startswith(f"Set {name} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert TOKEN not in sentence
    assert told.value.__cause__ is None
    assert told.value.__context__ is None


def test_the_managers_room_must_be_another(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TEAM_CHAT_ID", "-5")
    monkeypatch.setenv("MANAGERS_CHAT_ID", "-5")
    with pytest.raises(SettingsError, match="another group"):
        load()


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / ".env").write_bytes(b"BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        load()
