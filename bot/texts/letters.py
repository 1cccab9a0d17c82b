"""A letter: one call of one Bot API method, worded and addressed, waiting to be sent.

Rendering makes letters out of effects, the store keeps them, the outbox sends them in order per
chat. What is known only at the moment of sending (the case's topic, the message to edit) is
named here (`in_topic`, `slot`) and resolved then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

URGENT = 0
"""Priority of what concerns danger, and of what others wait for (topics)."""
NORMAL = 5
LOOKS = "looks"
"""Purpose of a mark whose refusal tells the desk that the marked message was deleted."""
LOW = 9
"""Priority of refreshed cards and marks."""

WEBHOOK = "webhook"
"""The one method that is no call of the Bot API: a signed POST to another system."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One Bot API call to be made."""

    chat: int
    method: str
    params: dict[str, Any]  # without chat_id; message_thread_id and message_id are resolved
    case: int | None = None
    customer: int | None = None
    purpose: str = ""  # answer, card, relay, told … named to the team when it fails
    priority: int = NORMAL
    due_at: datetime | None = None  # None: at once
    in_topic: bool = False  # goes into the case's topic in that chat where there is one
    slot: str = ""  # a message that lives on: edited where it stands, else sent and kept
    fresh: bool = False  # with `slot`: post anew even where one stands
    coalesce: str = ""  # replaces an unsent letter of the same chat and key
    link: str = ""  # kind under which the sent message is remembered: relay, carried, prompt:…
    origins: tuple[tuple[int, int], ...] = ()  # (chat, message) this letter is a copy of
    then: tuple[Letter, ...] = field(default=())  # to be enqueued once this one is delivered
    album: str = ""  # parts with the same album join one unsent letter
    fleeting: bool = False  # worth sending only now; never stored (answers to button presses)
