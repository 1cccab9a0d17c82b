"""What an outcome means for the letter's row, and for the desk: recorded, retried, told.

Pure. It knows the store's values and the desk's events, and neither sends nor saves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.delivery import HEALED, MARK, RETRIED, Outcome, Verdict, next_try
from bot.flows.events import DeliveryFailed, RoomMoved
from bot.texts.letters import LOOKS
from storage.rows import TOPIC, Failed, Link, Place, Retry, Sent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.texts.letters import Letter
    from storage.rows import Claimed

HEALS = 4
"""How often a letter waits for its topic to be made again before it is given up."""
OVER = frozenset({Verdict.DONE, Verdict.DECLINED, Verdict.MISSING})
"""Nothing more is to be done about such a letter."""
SHORTLY = timedelta(seconds=1)
"""Long enough that whoever heals is not overtaken by what waits for it."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A claimed letter and what became of it."""

    claimed: Claimed
    outcome: Outcome

    @property
    def letter(self) -> Letter:
        """The letter itself."""
        return self.claimed.letter


@dataclass(slots=True)
class Ledger:
    """What is to be written about letters that landed, as `unit.finish` takes it."""

    done: list[Sent] = field(default_factory=list)
    retry: list[Retry] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    @property
    def landed(self) -> int:
        """How many letters these are; a retry that was no attempt never flew."""
        flown = sum(one.counted for one in self.retry)
        return len(self.done) + len(self.failed) + flown


def ledger_of(landed: Iterable[Landed], now: datetime) -> Ledger:
    """Sort outcomes into what is written about each."""
    ledger = Ledger()
    for one in landed:
        match settled(one, now):
            case Sent() as sent:
                ledger.done.append(sent)
            case Retry() as retry:
                ledger.retry.append(retry)
            case Failed() as failed:
                ledger.failed.append(failed)
    return ledger


def settled(one: Landed, now: datetime) -> Sent | Retry | Failed:
    """Decide what becomes of the row."""
    verdict, row = one.outcome.verdict, one.claimed
    if verdict in OVER:
        return _sent(one)
    wait = _wait(one)
    if wait is None:
        return Failed(row.id, one.outcome.error)
    return Retry(row.id, now + wait, one.outcome.error)


def _wait(one: Landed) -> timedelta | None:
    """How long until the letter is tried again; None: never."""
    verdict, attempts = one.outcome.verdict, one.claimed.attempts + 1
    if verdict in RETRIED:
        return next_try(attempts, one.outcome.after)
    if verdict in HEALED or verdict is Verdict.MOVED:
        return SHORTLY if attempts <= HEALS else None
    return None


def _sent(one: Landed) -> Sent:
    """Say what to remember of a letter that went out.

    What follows a mark (`then`) is its substitute in words: it goes out only if the mark could
    not be put. What follows any other letter goes out after it.
    """
    letter, outcome, row = one.letter, one.outcome, one.claimed
    declined = outcome.verdict is not Verdict.DONE
    follows = letter.then if declined or letter.method != MARK else ()
    if outcome.edited:  # it stood there before, and is known
        return Sent(row.id, letters=follows)
    return Sent(row.id, links=_links(one), places=_places(one), letters=follows)


NEW = ("send", "copy")
"""How the methods begin that put a new message into a chat."""


def _links(one: Landed) -> tuple[Link, ...]:
    """Say which case each new message belongs to, and what it is a copy of."""
    letter, messages = one.letter, one.outcome.messages
    if not letter.method.startswith(NEW):
        return ()  # an edit says nothing new about whose message it is
    copies = zip_longest(messages, letter.origins[: len(messages)])
    return tuple(
        Link(
            letter.chat,
            message,
            letter.case,
            letter.link or letter.purpose,
            *(origin or (None, None)),
        )
        for message, origin in copies
    )


def _places(one: Landed) -> tuple[Place, ...]:
    """Say where what lives on stands now."""
    letter, outcome = one.letter, one.outcome
    if letter.method == "createForumTopic":
        made = outcome.thread
        return () if made is None else (Place(letter.chat, letter.case, TOPIC, made),)
    if not letter.slot or not outcome.messages:
        return ()
    return (Place(letter.chat, letter.case, letter.slot, outcome.messages[0]),)


# ---- what the desk hears ---------------------------------------------------------------------


def failures(landed: Iterable[Landed], now: datetime) -> list[DeliveryFailed]:
    """Say which letters failed for good, or need their topic healed.

    Marks are told of only where one was put to see whether its message still stands.
    """
    return [
        _failure(one, now)
        for one in landed
        if (_looked_in_vain(one) if one.letter.method == MARK else _told(one))
    ]


def _looked_in_vain(one: Landed) -> bool:
    return one.letter.purpose == LOOKS and one.outcome.verdict is Verdict.MISSING


def moves(landed: Iterable[Landed], now: datetime) -> list[RoomMoved]:
    """Say which groups have a new id."""
    return [
        RoomMoved(_key(one), now, old=one.letter.chat, new=one.outcome.moved_to)
        for one in landed
        if one.outcome.verdict is Verdict.MOVED and one.outcome.moved_to is not None
    ]


def _told(one: Landed) -> bool:
    if one.outcome.verdict in OVER or one.outcome.verdict is Verdict.MOVED:
        return False
    return one.outcome.verdict in HEALED or _wait(one) is None


def _failure(one: Landed, now: datetime) -> DeliveryFailed:
    letter, outcome = one.letter, one.outcome
    given_up = _wait(one) is None
    lasting = Verdict.REJECTED if outcome.verdict in RETRIED | HEALED else outcome.verdict
    return DeliveryFailed(
        _key(one),
        now,
        chat=letter.chat,
        case=letter.case,
        customer=letter.customer,
        verdict=lasting if given_up else outcome.verdict,
        error=outcome.error,
        purpose=letter.purpose,
        origin=letter.origins[0] if letter.origins else _marked(letter),
    )


def _marked(letter: Letter) -> tuple[int, int] | None:
    return (letter.chat, letter.params["message_id"]) if letter.method == MARK else None


def _key(one: Landed) -> str:
    """Name this very failure: reported again after a crash it counts once."""
    return f"d{one.claimed.id}:{one.claimed.attempts}"
