"""Rules tried on past cases: an admin asks, sees how far it is, stops it, reads what came of it.

The judging itself is `rules.past`, done elsewhere and slowly enough to disturb nobody; here is
what is said about it. The message of a test is one that is edited, found again by its token.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.flows.effects import Answer, Backtest, Button, Line, Say, StopBacktest, line
from bot.flows.rules.model import Rule
from bot.flows.rules.reasons import held_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.flows.comparison import Comparison, Told
    from bot.flows.effects import Text
    from bot.flows.events import BacktestDone, BacktestStep, StaffCommanded, StaffPressed
    from bot.flows.session import Draft
    from bot.flows.turn import Turn

USUAL, MOST = 200, 100_000
"""How many of the last cases are looked at when no number is given, and at most."""
SHOWN = 8
"""Cases named with their reason; of the others only the number."""

RULES = TypeAdapter(tuple[Rule, ...])


def asked(turn: Turn, event: StaffCommanded) -> None:
    """Take `/backtest N`: the admin's draft, or today's rules, against today's."""
    if event.who.id not in turn.desk.admins or event.chat != event.who.id:
        _say(turn, event.chat, "", (line("backtest.admins_only"),))
        return
    number = event.argument.strip()
    count = min(int(number), MOST) if number.isdecimal() and number.isascii() else USUAL
    begin(turn, event.who.id, event.key, max(count, 1))


def begin(turn: Turn, admin: int, token: str, count: int) -> None:
    """Have the admin's draft tested on the last cases; `token` names the test from now on."""
    draft = _draft(turn, admin)
    today = RULES.dump_python(turn.desk.config.rules, mode="json", by_alias=True)
    rules = json.dumps(draft.doc["rules"] if draft else today)
    _show(turn, admin, token, (line("backtest.running", done=0, total=count),), stop=True)
    turn.do(Backtest(admin, token, rules, count))


def _draft(turn: Turn, admin: int) -> Draft | None:
    session = turn.desk.sessions.get(admin)
    return session.draft if session else None


def pressed(turn: Turn, event: StaffPressed) -> None:
    """Take *Stop*; a test that has ended, by a restart say, is told to have stopped."""
    _, token, _ = (*event.data.split(":", 2), "", "")[:3]
    if event.who.id not in turn.desk.admins:
        turn.do(Answer(event.query_id, line("press.admins_only"), alert=True))
        return
    turn.do(Answer(event.query_id, line("backtest.stopping")))
    turn.do(StopBacktest(event.who.id, token))


def stepped(turn: Turn, event: BacktestStep) -> None:
    """Show how far it is."""
    text = (line("backtest.running", done=event.done, total=event.total),)
    _show(turn, event.admin, event.token, text, stop=True)


def done(turn: Turn, event: BacktestDone) -> None:
    """Show what came of it."""
    if event.found is None:
        ended = line("backtest.failed" if event.failed else "backtest.stopped")
        _show(turn, event.admin, event.token, (ended,))
        return
    text = summary(event.found, turn.desk.general.currency)
    if _draft(turn, event.admin) is None:
        text = (*text, line("backtest.no_draft"))
    _show(turn, event.admin, event.token, text)


def summary(found: Comparison, currency: str) -> Text:
    """Return what two sets of rules would have handed off, with the cases that differ."""
    head = line("backtest.done", cases=found.cases, today=found.today, edited=found.edited)
    return (
        head,
        *_told(line("backtest.newly", count=len(found.newly)), found.newly, currency),
        *_told(line("backtest.no_longer", count=len(found.no_longer)), found.no_longer, currency),
    )


def _told(head: Line, cases: Sequence[Told], currency: str) -> tuple[Line, ...]:
    if not cases:
        return ()
    shown = [
        line(
            "backtest.case",
            ref=f"C-{one.case}",
            rule=one.why.rule,
            held=held_line(one.why.held, currency),
        )
        for one in cases[:SHOWN]
    ]
    more = len(cases) - SHOWN
    rest = (line("backtest.more", count=more),) if more > 0 else ()
    return (head, *shown, *rest)


def _show(turn: Turn, admin: int, token: str, text: Text, *, stop: bool = False) -> None:
    rows = ((Button(line("backtest.stop"), f"b:{token}:stop"),),) if stop else ()
    _say(turn, admin, f"backtest:{token}", text, rows)


def _say(
    turn: Turn, chat: int, slot: str, text: Text, rows: tuple[tuple[Button, ...], ...] = ()
) -> None:
    member = turn.desk.member(chat)
    language = (member.language if member else "") or turn.desk.general.staff_language
    turn.do(Say(chat, text, language=language, buttons=rows, slot=slot, purpose="admin"))
