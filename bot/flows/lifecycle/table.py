"""The lifecycle: which act is possible where, what it does, and where the case stands then.

One table, checked when loaded; the diagram in the docs is generated from it. An act that has no
row is answered kindly and changes nothing: every act in every status has an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.flows.effects import Answer, Label, line
from bot.flows.lifecycle import answers, company, custody, endings, filing, pausing, verifying
from bot.flows.lifecycle.act import Act
from bot.flows.model import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.folder import Folder
    from bot.flows.turn import Turn


@dataclass(frozen=True, slots=True)
class Row:
    """One row: at this status, this act does that and leads there."""

    at: Status
    act: str
    do: Callable[[Turn, Folder, Act], None]
    to: Status


S = Status
_AT_WORK = (S.QUEUED, S.HANDED_OFF, S.IN_PROGRESS, S.WAITING)
_HELD = (S.IN_PROGRESS, S.WAITING)
_OVER = (S.CLOSED, S.REFUSED, S.WITHDRAWN)


def _rows() -> tuple[Row, ...]:
    return (
        Row(S.DRAFT, "file", filing.file, S.QUEUED),
        Row(S.DRAFT, "feedback", filing.keep_as_feedback, S.FEEDBACK),
        Row(S.DRAFT, "hand_off", custody.hand_off, S.HANDED_OFF),
        Row(S.DRAFT, "withdraw", filing.withdraw, S.WITHDRAWN),
        Row(S.FEEDBACK, "upgrade", filing.upgrade, S.QUEUED),
        Row(S.FEEDBACK, "hand_off", custody.hand_off, S.HANDED_OFF),
        Row(S.FEEDBACK, "note", answers.write_note, S.FEEDBACK),
        Row(S.FEEDBACK, "reply", answers.reply, S.FEEDBACK),
        *(Row(at, "confirm", filing.confirm, at) for at in _AT_WORK),
        *(Row(at, "withdraw", filing.withdraw, S.WITHDRAWN) for at in _AT_WORK),
        Row(S.QUEUED, "hand_off", custody.hand_off, S.HANDED_OFF),
        Row(S.HANDED_OFF, "hand_off", custody.hand_off, S.HANDED_OFF),
        *(Row(at, "hand_off", custody.hand_off, at) for at in _HELD),
        *(
            Row(at, "hand_off", custody.hand_off, S.HANDED_OFF)
            for at in (S.CARRIED_OUT, S.FOLLOWED_UP, *_OVER)
        ),
        Row(S.QUEUED, "take", custody.take, S.IN_PROGRESS),
        Row(S.HANDED_OFF, "take", custody.take, S.IN_PROGRESS),
        *(Row(at, "take", custody.take_held, at) for at in _HELD),
        *(Row(at, "release", custody.release, S.HANDED_OFF) for at in _HELD),
        *(Row(at, "transfer", custody.offer_transfer, at) for at in _HELD),
        *(Row(at, "accept", custody.accept_transfer, at) for at in _HELD),
        *(Row(at, "decline", custody.decline_transfer, at) for at in _HELD),
        Row(S.HANDED_OFF, "accept", custody.accept_transfer, S.IN_PROGRESS),
        Row(S.HANDED_OFF, "decline", custody.decline_transfer, S.HANDED_OFF),
        *(Row(at, "grade", custody.regrade, at) for at in _AT_WORK),
        *(Row(at, "verify", verifying.verify, at) for at in _AT_WORK),
        *(Row(at, "responsibility", verifying.set_responsibility, at) for at in _AT_WORK),
        *(Row(at, "need", verifying.write_need, at) for at in _AT_WORK),
        *(Row(at, "help", company.call_help, at) for at in _HELD),
        *(Row(at, "join", company.join, at) for at in _HELD),
        *(Row(at, "approve", company.approve, at) for at in (*_AT_WORK, S.CARRIED_OUT)),
        *(Row(at, "disapprove", company.disapprove, at) for at in (*_AT_WORK, S.CARRIED_OUT)),
        Row(S.QUEUED, "reply", answers.reply, S.IN_PROGRESS),
        Row(S.HANDED_OFF, "reply", answers.reply, S.IN_PROGRESS),
        *(Row(at, "reply", answers.reply, at) for at in _HELD),
        *(Row(at, "reply", answers.reply, at) for at in (S.CARRIED_OUT, S.FOLLOWED_UP, *_OVER)),
        Row(S.HANDED_OFF, "told", answers.told, S.IN_PROGRESS),
        *(Row(at, "told", answers.told, at) for at in (*_HELD, S.CARRIED_OUT, S.REFUSED)),
        *(Row(at, "progress", answers.progress, S.IN_PROGRESS) for at in _AT_WORK),
        *(Row(at, "still", answers.still, S.IN_PROGRESS) for at in _HELD),
        *(Row(at, "contained", answers.contained, at) for at in _HELD),
        *(Row(at, "contain_tell", answers.contain_tell, S.IN_PROGRESS) for at in _HELD),
        *(Row(at, "pause", pausing.pause, S.IN_PROGRESS) for at in _HELD),
        *(Row(at, "resume", pausing.resume, at) for at in _HELD),
        *(Row(at, "ask", answers.ask, S.WAITING) for at in _AT_WORK),
        Row(S.WAITING, "answered", answers.answered, S.IN_PROGRESS),
        *(
            Row(at, "note", answers.write_note, at)
            for at in (*_AT_WORK, S.CARRIED_OUT, S.FOLLOWED_UP, *_OVER)
        ),
        *(Row(at, "resolve", endings.resolve, S.CARRIED_OUT) for at in _AT_WORK),
        *(Row(at, "refuse", endings.refuse, S.REFUSED) for at in _AT_WORK),
        Row(S.CARRIED_OUT, "settle", endings.settle, S.FOLLOWED_UP),
        Row(S.CARRIED_OUT, "dispute", endings.dispute, S.HANDED_OFF),
        Row(S.CARRIED_OUT, "close", endings.close, S.CLOSED),
        Row(S.FOLLOWED_UP, "rate", endings.rate, S.CLOSED),
        Row(S.FOLLOWED_UP, "dispute", endings.dispute, S.HANDED_OFF),
        Row(S.FOLLOWED_UP, "close", endings.close, S.CLOSED),
        Row(S.CLOSED, "rate", endings.rate, S.CLOSED),
        Row(S.CLOSED, "dispute", endings.dispute, S.HANDED_OFF),
        Row(S.REFUSED, "dispute", endings.dispute, S.HANDED_OFF),
        *(Row(at, "reopen", endings.reopen, S.HANDED_OFF) for at in (S.CARRIED_OUT, *_OVER)),
    )


def _checked(rows: tuple[Row, ...]) -> dict[tuple[Status, str], Row]:
    table: dict[tuple[Status, str], Row] = {}
    for row in rows:
        if (row.at, row.act) in table:
            msg = f"the lifecycle has two rows for {row.act!r} at {row.at.value!r}: keep one"
            raise ValueError(msg)
        table[row.at, row.act] = row
    return table


LIFECYCLE = _checked(_rows())


def run(
    turn: Turn,
    folder: Folder,
    act: str,
    circumstances: Act | None = None,
    /,
    arg: str = "",
    actor: str = "desk",
) -> bool:
    """Do an act on a case, as the table says; False when it is not possible where it stands."""
    doing = circumstances or Act(arg=arg, actor=actor)
    row = LIFECYCLE.get((folder.case.status, act))
    if row is None:
        doing.say(turn, _not_here(folder, doing.query))
        return False
    before = len(turn.result.entries)
    row.do(turn, folder, doing)
    if (
        len(turn.result.entries) > before and not doing.refused
    ):  # a refused act leaves no trace and moves nothing
        folder.move(row.to)
    return True


def possible(folder: Folder, act: str) -> bool:
    """Whether the table has a row for this act where the case stands."""
    return (folder.case.status, act) in LIFECYCLE


def _not_here(folder: Folder, query: str) -> Answer:
    status = Label(f"card.status.{folder.case.status.value}")
    return Answer(query, line("press.not_here", ref=folder.case.ref, status=status), alert=True)


def diagram() -> str:
    """Return the table as a Mermaid state diagram, for the docs."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in LIFECYCLE.values():
        if row.at is not row.to:
            arrows.setdefault((row.at.value, row.to.value), []).append(row.act)
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    lines += [f"    {at} --> {to}: {', '.join(acts)}" for (at, to), acts in arrows.items()]
    return "\n".join(lines)


__all__ = ["LIFECYCLE", "Act", "Row", "diagram", "possible", "run"]
