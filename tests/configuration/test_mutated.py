"""Spoilt files, five hundred in `make soak`: each is refused with its place, or taken and then the desk works."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot import seed
from bot.flows.desk import Config
from bot.flows.document.writing import written
from tests.core.small_world import MEI, TEAM, SmallWorld

LINES = (Path(__file__).parent / "whole.yaml").read_text("utf-8").splitlines()
SCRAPS = (
    "", "-1", "0", "99999999999", "1e9", "null", "[]", "{}", "true", "'", '"', ": ", "- ", "# ", "&a ", "*a",
    "!!int ", "|", ">", "\t", "\x00", "…", "退", "   ", "signal", "any_of", "severe", "2 working days", "if: ",
    "once: every", "nobody", "09:00", "a: 1", "%", "@", "`", "---", "...",
)  # fmt: skip


@st.composite
def spoilt(draw) -> str:  # noqa: C901 - one branch a way of spoiling
    """The file with a few things done to it that hands and editors do."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        n = draw(st.integers(0, len(lines) - 1))
        line = lines[n]
        cut = draw(st.integers(0, len(line)))
        end = draw(st.integers(cut, len(line)))
        scrap = draw(st.sampled_from(SCRAPS))
        match draw(
            st.sampled_from(("drop", "twice", "cut", "put", "swap", "indent", "word", "end"))
        ):
            case "drop":
                del lines[n]
            case "twice":
                lines.insert(n, line)
            case "cut":
                lines[n] = line[:cut] + line[end:]
            case "put":
                lines[n] = line[:cut] + scrap + line[cut:]
            case "swap":
                lines[n], lines[n - 1] = lines[n - 1], lines[n]
            case "indent":
                lines[n] = f"  {line}" if draw(st.booleans()) else line[2:]
            case "word":
                words = line.split(" ")
                words[draw(st.integers(0, len(words) - 1))] = scrap
                lines[n] = " ".join(words)
            case "end":
                lines = lines[: n + 1]
        if not lines:
            break
    return "\n".join(lines)


def whatever_is_spoilt(text: str) -> None:
    """Import it: refused with a place, or taken, written again the same, and a desk works by it."""
    made = seed.imported(text)
    if not isinstance(made, Config):
        assert made
        for one in made:
            assert one.said
            assert one.line or one.place or "nested" in one.said, one
        return
    assert seed.imported(written(made)) == made
    world = SmallWorld.of("hk")
    world.desk = world.desk.but(config=made)
    world.says(101, "搞咩呀！等咗一個鐘，單號 8823-1907，$1,200，叫經理出嚟")
    world.passes(timedelta(minutes=40))
    world.staff_presses(MEI, TEAM, "s:take:1:")
    world.passes(timedelta(days=2))
    assert world.cases[1].filed_at


def files(many: int) -> settings:
    """So many files, the same ones in every run."""
    return settings(
        max_examples=many,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@files(40)
@example("\n".join(LINES))
@given(spoilt())
def test_a_spoilt_file_is_refused_with_its_place_or_taken_and_the_desk_works(text):
    whatever_is_spoilt(text)


@pytest.mark.soak
@files(500)
@given(spoilt())
def test_five_hundred_spoilt_files(text):
    whatever_is_spoilt(text)
