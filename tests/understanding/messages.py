"""How these tests read a message: on Wednesday 18 November 2026, 18:15 at UTC+8."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flows.understanding import Facts, understand

ZONE = ZoneInfo("Asia/Hong_Kong")
NOW = datetime(2026, 11, 18, 18, 15, tzinfo=ZONE)


def read(text: str, region: str = "CN", language: str | None = None) -> Facts:
    """Read one message as the desk would."""
    return understand(text, NOW, ZONE, region, language)
