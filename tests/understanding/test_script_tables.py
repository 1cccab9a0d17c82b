"""The committed script tables are what opencc says today, and reading needs no opencc."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.flows.understanding import script
from tests.understanding import make_tables

HEAVY = ("opencc", "phonenumbers.data.region_GB", "phonenumbers.geodata", "dateparser")


def test_the_data_file_is_what_the_generator_writes() -> None:
    """A newer opencc shows here; then run the generator and look at what changed."""
    assert make_tables.TARGET.read_text(encoding="utf-8") == make_tables.written()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("臺灣退貨", "台湾退货"),
        ("乾淨嘅檯", "干净嘅台"),
        ("ＡＢＣ１２", "abc12"),
        ("𝟏𝟐", "12"),
        ("٣", "3"),
        ("“it’s” – so", '"it\'s" - so'),
    ],
)
def test_a_text_is_folded_character_for_character(text: str, folded: str) -> None:
    """Traditional, full-width, styled and foreign digits, typographic marks: one spelling."""
    assert script.fold(text) == folded


def test_reading_starts_without_heavy_libraries() -> None:
    """Neither opencc nor every country's phone numbers are loaded to read a message."""
    code = f"import sys, bot.flows.understanding; print([n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
