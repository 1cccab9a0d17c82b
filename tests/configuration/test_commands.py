"""`complaint-bot config …` from a shell, on a desk's database."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from bot.__main__ import main
from tests.town import Town

SECOND_TRY = "general: {name: Second try}\n"


@pytest.fixture
async def desk(tmp_path, monkeypatch):
    """A database that a desk has used; commands speak of it."""
    url = f"sqlite:///{tmp_path}/desk.db"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    town = Town(url=url)
    async with town:
        yield town


def config(*words) -> int:
    return main(["config", *map(str, words)])


async def shell(*words) -> int:
    """Run a command as a shell would: beside the desk, in a loop of its own."""
    return await asyncio.to_thread(config, *words)


async def test_what_is_exported_applies_as_nothing_to_do(desk, tmp_path, capsys):
    assert await shell("export") == 0
    file = tmp_path / "desk.yaml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert await shell("check", file) == 0
    assert await shell("diff", file) == 0
    assert await shell("apply", file) == 0
    assert "nothing to do: version 1 says the same" in capsys.readouterr().out


async def test_an_applied_file_is_the_next_version_and_the_running_desk_takes_it_up(
    desk, tmp_path, capsys
):
    file = tmp_path / "desk.yaml"
    file.write_text("version: 1\n" + SECOND_TRY, encoding="utf-8")
    assert await shell("diff", file) == 1
    assert "~ general.name: 青禾电器 → Second try" in capsys.readouterr().out
    assert await shell("apply", file) == 0
    assert "version 2 is in force" in capsys.readouterr().out
    await desk.customer("Ann").says("hello")
    assert desk.desk.app.desk.config.version == 2
    assert desk.desk.app.desk.general.name == "Second try"


HOOKED = 'webhooks: {crm: {url: "https://crm.example/in", secret: "12345678"}}'


async def test_an_export_holds_no_secret_and_keeps_the_one_that_is_stored(desk, tmp_path, capsys):
    file = tmp_path / "desk.yaml"
    file.write_text(HOOKED, encoding="utf-8")
    assert await shell("apply", file) == 0
    capsys.readouterr()
    assert await shell("export") == 0
    text = capsys.readouterr().out
    assert "12345678" not in text
    assert await shell("export", "--secrets") == 0
    assert "12345678" in capsys.readouterr().out
    file.write_text(text, encoding="utf-8")
    assert await shell("diff", file) == 0
    file.write_text(text.replace("crm:", "erp:"), encoding="utf-8")
    assert await shell("apply", file) == 2
    said = capsys.readouterr().err
    assert "webhooks.erp.secret: the desk has no secret to keep under this name" in said
    file.write_text(text.replace("crm.example", "new.example"), encoding="utf-8")
    assert await shell("apply", file) == 0
    capsys.readouterr()
    assert await shell("export", "--secrets") == 0
    assert "12345678" in capsys.readouterr().out


async def test_a_file_of_an_older_version_is_refused_unless_forced(desk, tmp_path, capsys):
    file = tmp_path / "desk.yaml"
    file.write_text(SECOND_TRY, encoding="utf-8")
    assert await shell("apply", file) == 0
    file.write_text("general: {name: Third try}", encoding="utf-8")
    assert await shell("apply", file) == 2
    said = capsys.readouterr().err
    assert "was taken from version 1, but 2 is in force" in said
    assert said.count("\n") == 1
    assert await shell("apply", file, "--force") == 0
    assert "version 3 is in force" in capsys.readouterr().out


async def test_a_wrong_file_changes_nothing_and_every_mistake_is_a_line(desk, tmp_path, capsys):
    file = tmp_path / "desk.yaml"
    file.write_text("general: {zon: UTC}\nrules: {}\n", encoding="utf-8")
    with sqlite3.connect(tmp_path / "desk.db") as db:
        before = db.execute("SELECT key, doc FROM settings").fetchall()
    for command in ("check", "diff", "apply"):
        assert await shell(command, file) == 2
        lines = capsys.readouterr().err.splitlines()
        assert [line.split(": ")[1] for line in lines] == ["line 1", "line 2"]
    with sqlite3.connect(tmp_path / "desk.db") as db:
        assert db.execute("SELECT key, doc FROM settings").fetchall() == before


def test_check_needs_no_database_and_no_token(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "desk.yaml"
    file.write_text(SECOND_TRY, encoding="utf-8")
    assert config("check", file) == 0
    assert capsys.readouterr().out.startswith("ok ")
    assert config("check", tmp_path / "none.yaml") == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{tmp_path}/none.yaml could not be opened (No such file")


def test_without_a_database_one_sentence_says_so_and_none_is_made(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert config("export") == 2
    assert "There is no database" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
