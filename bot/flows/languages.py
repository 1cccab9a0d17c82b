"""The languages of the desk, and which of them a code of Telegram's stands for."""

from __future__ import annotations

LANGUAGES = ("en", "zh_Hans", "zh_Hant")


def guess_language(code: str) -> str:
    """Return the catalogue for Telegram's language code, "" when there is none."""
    low = code.lower()
    if low.startswith("zh"):
        parts = ("hant", "tw", "hk", "mo")
        return "zh_Hant" if any(part in low for part in parts) else "zh_Hans"
    return "en" if low.startswith("en") else ""
