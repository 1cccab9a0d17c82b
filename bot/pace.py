"""Telegram's published limits as a ledger: whether a letter may leave now, and if not, when.

Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in
all, one a second in a private chat with short bursts, 20 a minute in a group, edits counted.
Kept a little below, because what leaves evenly need not arrive evenly. Pure but for its own
memory; the time is given.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

ALL_PER_SECOND = 28
GROUP_PER_MINUTE = 19
GROUP_UNHURRIED = 15
"""Of a group's 19, letters that are not urgent use so many: a severe case never waits a minute."""
PRIVATE_BURST = 3
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
FORGET_AT = 4096


class Window:
    """What happened within the last so-and-so-long."""

    __slots__ = ("_length", "_times")

    def __init__(self, length: timedelta) -> None:
        """Remember this long."""
        self._length = length
        self._times: deque[datetime] = deque()

    def used(self, now: datetime) -> int:
        """Count what still lies in the window."""
        while self._times and self._times[0] + self._length <= now:
            self._times.popleft()
        return len(self._times)

    def free_at(self, limit: int, weight: int, now: datetime) -> datetime:
        """Say when `weight` more will fit under `limit`; what never fits goes into an empty one."""
        over = self.used(now) + min(weight, limit) - limit
        return now if over <= 0 else self._times[over - 1] + self._length

    def add(self, weight: int, now: datetime) -> None:
        """Note that it happened."""
        self._times.extend([now] * weight)


class Pace:
    """The ledger of all chats."""

    def __init__(self, *, kept: bool = True) -> None:
        """With `kept=False` only what Telegram itself asked for is kept to."""
        self._kept = kept
        self._all = Window(SECOND)
        self._chats: dict[int, Window] = {}
        self._held: dict[int, datetime] = {}

    def room(self, now: datetime, most: int) -> int:
        """Say how many letters may leave now over all chats."""
        return min(most, ALL_PER_SECOND - self._all.used(now)) if self._kept else most

    def room_at(self, now: datetime) -> datetime:
        """Say when there will be room for another one over all chats."""
        return self._all.free_at(ALL_PER_SECOND, 1, now)

    def hold(self, chat: int, until: datetime) -> None:
        """Let nothing go to this chat before then: Telegram asked for it (`retry_after`)."""
        self._held[chat] = until

    def take(self, chat: int, weight: int, now: datetime, *, urgent: bool = False) -> datetime:
        """Take leave to send now, or learn when to ask again: leave is given when it says `now`."""
        held = self._held.get(chat)
        if held is not None:
            if held > now:
                return held
            del self._held[chat]
        if not self._kept or not weight:
            return now
        window = self._window(chat, now)
        group = GROUP_PER_MINUTE if urgent else GROUP_UNHURRIED
        limit = PRIVATE_BURST if chat > 0 else group
        when = max(
            window.free_at(limit, weight, now), self._all.free_at(ALL_PER_SECOND, weight, now)
        )
        if when <= now:
            window.add(weight, now)
            self._all.add(weight, now)
            return now
        return when

    def _window(self, chat: int, now: datetime) -> Window:
        """Find a chat's window; three in three seconds is one a second with a small burst."""
        if len(self._chats) > FORGET_AT:
            self._chats = {one: past for one, past in self._chats.items() if past.used(now)}
        length = PRIVATE_BURST * SECOND if chat > 0 else MINUTE
        return self._chats.setdefault(chat, Window(length))
