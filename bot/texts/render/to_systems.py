"""What is reported to other systems, as letters: number, category, grade, status, rule, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from bot.texts.letters import WEBHOOK, Letter

if TYPE_CHECKING:
    from bot.flows import effects as e
    from bot.texts.render.renderer import Renderer

LANES = 1 << 60
"""Beyond every chat id of Telegram (52 bits): each webhook has a lane of its own there."""


def report(_: Renderer, effect: e.Report) -> list[Letter]:
    """Report a case; what cannot be taken now keeps back only the same webhook's reports."""
    case = effect.case
    body = {
        "case": case.ref,
        "category": case.category,
        "grade": case.grade.value,
        "status": case.status.value,
        "rule": effect.rule,
    }
    params = {"hook": effect.hook, "id": effect.id, "body": body}
    lane = LANES + crc32(effect.hook.encode())
    return [Letter(lane, WEBHOOK, params, case=case.id, purpose="webhook")]
