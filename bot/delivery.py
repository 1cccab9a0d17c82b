"""One letter → one Bot call → a verdict. The sole reader of what Telegram refused and why.

Telegram's answer is left a dict: making objects of it costs more than the call. Small ills are
healed on the spot (an edited message that is gone is sent anew). It must never know where
letters come from or what is done about a verdict, and it never logs words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.calls import Call, call_for, message_ids
from bot.request import NotSent, Request
from bot.texts.letters import WEBHOOK
from bot.webhooks import Webhooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Bot

    from bot.texts.letters import Letter


class Verdict(StrEnum):
    """What became of a letter."""

    DONE = "done"
    LATER = "later"  # surely not acted upon: try again
    MAYBE_SENT = "maybe_sent"  # no answer came: try again, it may repeat
    GONE = "gone"  # the person blocked the bot or is no more
    REJECTED = "rejected"  # Telegram will never take it
    TOPIC_LOST = "topic_lost"
    TOPIC_CLOSED = "topic_closed"
    ROOM_LOST = "room_lost"
    MOVED = "moved"  # the group has a new id
    MISSING = "missing"  # the message that was to be marked has been deleted
    DECLINED = "declined"  # a mark that cannot be put there: nobody needs to hear of it


RETRIED = frozenset({Verdict.LATER, Verdict.MAYBE_SENT})
HEALED = frozenset({Verdict.TOPIC_LOST, Verdict.TOPIC_CLOSED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter, and what Telegram told."""

    verdict: Verdict
    messages: tuple[int, ...] = ()  # ids of what now stands in the chat
    thread: int | None = None  # of a topic made just now
    edited: bool = False  # the message in the slot was brought up to date
    after: timedelta | None = None  # Telegram asked to wait this long
    moved_to: int | None = None
    error: str = ""


# ---- what Telegram's words mean --------------------------------------------------------------

FINE: dict[str, tuple[str, ...]] = {
    "message is not modified": ("edit",),
    "topic_not_modified": ("editForumTopic", "closeForumTopic", "reopenForumTopic"),
    "topic_closed": ("closeForumTopic",),
    "topic_id_invalid": ("deleteForumTopic",),
    "topic_deleted": ("deleteForumTopic",),
    "message thread not found": ("deleteForumTopic",),
    "message to edit not found": ("edit",),
    "message_id_invalid": ("edit", "delete"),
    "message to delete not found": ("delete",),
    "query is too old": ("answerCallbackQuery",),
    "query_id_invalid": ("answerCallbackQuery",),
}
"""Refusals that mean "already so" or "no longer there", for these methods."""

MEANING: dict[str, Verdict] = {
    "message thread not found": Verdict.TOPIC_LOST,
    "topic_deleted": Verdict.TOPIC_LOST,
    "topic_id_invalid": Verdict.TOPIC_LOST,
    "topic_closed": Verdict.TOPIC_CLOSED,
    "chat not found": Verdict.GONE,
    "user not found": Verdict.GONE,
    "user_is_blocked": Verdict.GONE,
    "user is deactivated": Verdict.GONE,
    "input_user_deactivated": Verdict.GONE,
    "peer_id_invalid": Verdict.GONE,
    "group chat was deactivated": Verdict.GONE,
    "group is deactivated": Verdict.GONE,
    "channel_private": Verdict.GONE,
    "have no rights to send a message": Verdict.ROOM_LOST,
    "not enough rights to send": Verdict.ROOM_LOST,
    "chat_write_forbidden": Verdict.ROOM_LOST,
    "chat_restricted": Verdict.ROOM_LOST,
}
"""Parts of Telegram's refusals (lower case) → what they mean; anything else is `REJECTED`."""

NO_TARGET = ("message to be replied not found", "reply message not found", "reply_message_id_inv")
NO_SLOT = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_MARKED = ("message to react not found", "message_id_invalid")
MARK = "setMessageReaction"


def judge(err: Exception, letter: Letter) -> Outcome:
    """Say what an error means. The order is that of HOUSE section 4: the first kind fits."""
    for kind, verdict in JUDGES:
        if isinstance(err, kind):
            return replace(verdict(err, letter), error=str(err))
    return Outcome(Verdict.REJECTED, error=f"{type(err).__name__} while sending")


def _later(_err: Any, _letter: Letter) -> Outcome:
    return Outcome(Verdict.LATER)


def _flooded(err: RetryAfter, _letter: Letter) -> Outcome:
    return Outcome(Verdict.LATER, after=_wait(err))


def _moved(err: ChatMigrated, _letter: Letter) -> Outcome:
    return Outcome(Verdict.MOVED, moved_to=err.new_chat_id)


def _forbidden(_err: Forbidden, letter: Letter) -> Outcome:
    return Outcome(Verdict.DECLINED if letter.method == MARK else _gone(letter))


def _bad_request(err: BadRequest, letter: Letter) -> Outcome:
    text = str(err).lower()
    if letter.method != MARK:
        return Outcome(_refusal(text, letter))
    missing = any(words in text for words in NO_MARKED)
    return Outcome(Verdict.MISSING if missing else Verdict.DECLINED)


def _not_known(err: TelegramError, _letter: Letter) -> Outcome:
    return Outcome(_unknown(err))


def _unanswered(_err: TelegramError, _letter: Letter) -> Outcome:
    """Time-outs, resets, 5xx and answers that nobody can read: it may have acted."""
    return Outcome(Verdict.MAYBE_SENT)


JUDGES: tuple[tuple[type[Exception], Callable[[Any, Letter], Outcome]], ...] = (
    (RetryAfter, _flooded),
    (ChatMigrated, _moved),
    (Forbidden, _forbidden),
    (BadRequest, _bad_request),  # a NetworkError to PTB, so before it
    (NotSent, _later),
    (Conflict, _later),
    (InvalidToken, _not_known),
    (NetworkError, _unanswered),
    (TelegramError, _unanswered),
)


def _wait(err: RetryAfter) -> timedelta:
    given = err.retry_after
    return given if isinstance(given, timedelta) else timedelta(seconds=given)


def _gone(letter: Letter) -> Verdict:
    """Tell by the chat's id: a person's is positive, a group's negative."""
    return Verdict.GONE if letter.chat > 0 else Verdict.ROOM_LOST


def _unknown(err: Exception) -> Verdict:
    """Tell apart what is one error to PTB: 401, a token revoked; 404, a method unknown."""
    return Verdict.LATER if "unauthorized" in str(err).lower() else Verdict.REJECTED


def _refusal(text: str, letter: Letter) -> Verdict:
    """Read a 400 by its words."""
    for words, methods in FINE.items():
        if words in text and letter.method.startswith(methods):
            return Verdict.DONE
    for words, meaning in MEANING.items():
        if words in text:
            return _gone(letter) if meaning is Verdict.GONE else meaning
    return Verdict.REJECTED


# ---- sending ---------------------------------------------------------------------------------


class Delivery:
    """Makes the call of a letter and says what became of it; never raises."""

    def __init__(self, bot: Bot, webhooks: Webhooks | None = None) -> None:
        """Send through this bot, which is made by `telegram_bot` or on a `Request`."""
        if not isinstance(bot.request, Request):
            message = "Delivery needs a Bot whose request is a bot.request.Request"
            raise TypeError(message)
        self._request = bot.request
        self._address = bot.base_url
        self._webhooks = webhooks or Webhooks(lambda _: None)

    async def send(
        self, letter: Letter, thread: int | None = None, slot_message: int | None = None
    ) -> Outcome:
        """Send a letter to its place; `thread` and `slot_message` as the store knows them."""
        if letter.method == WEBHOOK:
            return reported(*await self._webhooks.post(letter.params))
        try:
            call = call_for(letter, thread, slot_message)
        except (KeyError, TypeError, AttributeError) as err:
            return Outcome(Verdict.REJECTED, error=f"{type(err).__name__} in the letter itself")
        if call is None:
            return Outcome(Verdict.DONE, thread=thread)
        outcome = await self._attempt(letter, call)
        for heal in (_without_slot, _without_reply):
            healed = heal(letter, call, outcome, thread)
            if healed is not None:
                call = healed
                outcome = await self._attempt(letter, call)
        if call.edits_slot and outcome.verdict is Verdict.DONE:
            standing = () if slot_message is None else (slot_message,)
            return replace(outcome, messages=standing, edited=True)
        return outcome

    async def _attempt(self, letter: Letter, call: Call) -> Outcome:
        """Make the call once."""
        try:
            answer = await self._request.call(
                f"{self._address}/{call.method}", call.params, call.files
            )
        except Exception as err:  # noqa: BLE001 - the outside world is translated here, whole
            return self._edit_judged(err, letter, call)
        return _done(call, answer)

    @staticmethod
    def _edit_judged(err: Exception, letter: Letter, call: Call) -> Outcome:
        """Judge the edit of a slot as an edit, whatever the letter would have sent."""
        as_made = replace(letter, method=call.method) if call.edits_slot else letter
        outcome = judge(err, as_made)
        if call.edits_slot and any(words in outcome.error.lower() for words in NO_SLOT):
            return replace(outcome, verdict=Verdict.REJECTED)
        return outcome


def reported(status: int, error: str) -> Outcome:
    """Say what became of a report: 408, 429, 5xx and no answer at all are tried again."""
    if not error:
        return Outcome(Verdict.DONE)
    again = status in LATER_STATUSES or status >= SERVER_ERROR
    return Outcome(Verdict.LATER if again else Verdict.REJECTED, error=error)


LATER_STATUSES = frozenset({0, 408, 425, 429})
SERVER_ERROR = 500


def _done(call: Call, answer: Any) -> Outcome:
    if call.method == "createForumTopic" and isinstance(answer, dict):
        return Outcome(Verdict.DONE, thread=answer.get("message_thread_id"))
    return Outcome(Verdict.DONE, messages=message_ids(answer))


def _without_slot(letter: Letter, call: Call, outcome: Outcome, thread: int | None) -> Call | None:
    """Send anew when the message that should be edited is gone or can't be edited any more."""
    if not call.edits_slot or outcome.verdict is not Verdict.REJECTED:
        return None
    missing = any(words in outcome.error.lower() for words in NO_SLOT)
    return call_for(letter, thread, None) if missing else None


def _without_reply(
    _letter: Letter, call: Call, outcome: Outcome, _thread: int | None
) -> Call | None:
    """Send plainly when the message to be answered has been deleted."""
    missing = any(words in outcome.error.lower() for words in NO_TARGET)
    if not missing or "reply_parameters" not in call.params:
        return None
    params = {name: value for name, value in call.params.items() if name != "reply_parameters"}
    return replace(call, params=params)


# ---- polling ---------------------------------------------------------------------------------


class Line(StrEnum):
    """What an error while asking for updates says about the line to Telegram."""

    DOWN = "down"  # try again; after the time that Telegram named, if it did
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a verdict, no password
    TAKEN = "taken"  # somebody else polls with the same token


def line_state(err: TelegramError) -> tuple[Line, timedelta]:
    """Say what an error of a poll means, and how long Telegram asked to wait."""
    if isinstance(err, RetryAfter):
        return Line.DOWN, _wait(err)
    if isinstance(err, Conflict):
        return Line.TAKEN, timedelta(0)
    if isinstance(err, InvalidToken | EndPointNotFound | Forbidden):
        return Line.TOKEN_REFUSED, timedelta(0)
    return Line.DOWN, timedelta(0)


# ---- trying again ----------------------------------------------------------------------------

LONGEST_PAUSE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=12)
_SLOW_FROM = 10  # the first attempt whose pause would exceed five minutes: 2 ** 9 s
_QUICK_TOTAL = timedelta(seconds=2 ** (_SLOW_FROM - 1) - 1)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1 s, 2 s, 4 s … 5 min; no jitter, so it is told."""
    if attempts >= _SLOW_FROM:
        return LONGEST_PAUSE
    return min(timedelta(seconds=2 ** max(attempts - 1, 0)), LONGEST_PAUSE)


def next_try(attempts: int, asked: timedelta | None = None) -> timedelta | None:
    """When to try again after this many attempts, or None: about 12 hours have been tried.

    What Telegram asked for (`retry_after`) is kept to, even where it is longer.
    """
    slow = max(attempts - (_SLOW_FROM - 1), 0)
    tried = (_QUICK_TOTAL if slow else timedelta(0)) + slow * LONGEST_PAUSE
    if tried >= GIVE_UP_AFTER:
        return None
    return max(pause(attempts), asked or timedelta(0))
