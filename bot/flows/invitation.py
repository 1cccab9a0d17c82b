"""The link by which a customer joins the case that staff took down for them.

It carries the case's number and a secret that nobody can guess; it works once.
"""

from __future__ import annotations

import re
from hmac import compare_digest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.desk import Desk
    from bot.flows.model import Case

PAYLOAD = re.compile(r"j([0-9]{1,15})-([A-Za-z0-9_-]{16,40})")


def invitation(desk: Desk, case: Case) -> str:
    """Return the link, "" once it was used or where the bot's name is not known."""
    if not (case.absent and case.invite and desk.username):
        return ""
    return f"https://t.me/{desk.username}?start=j{case.id}-{case.invite}"


def invited_to(payload: str) -> int | None:
    """Return the number of the case that a deep link invites to, None for any other link."""
    found = PAYLOAD.fullmatch(payload)
    return int(found.group(1)) if found else None


def fits(payload: str, case: Case) -> bool:
    """Whether the link's secret is this case's."""
    found = PAYLOAD.fullmatch(payload)
    if found is None or not (case.absent and case.invite):
        return False
    return compare_digest(found.group(2).encode(), case.invite.encode())
