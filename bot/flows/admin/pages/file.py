"""*Export, import*: the whole configuration as a file in the chat, and one that was sent back.

A file that was sent is looked at like a draft, tried like one, and applied like one. Its version
says what it was taken from: what came into force since is shown, and never overwritten unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.admin.difference import difference
from bot.flows.admin.draft import Mistake, document, edited, read, started
from bot.flows.admin.frame import GoneError, Key, Page, Shown, View, Work, do, pages_of
from bot.flows.document.secrets import hidden
from bot.flows.document.writing import written
from bot.flows.effects import Join, Line, SendFile, Value, line
from bot.flows.session import Draft

if TYPE_CHECKING:
    from bot.flows.events import AdminSent
    from bot.flows.session import Doc

MISTAKES = 8
"""Mistakes of a file that are shown at once."""


def show(view: View) -> Shown:
    """Say how a file is had and given."""
    text = [line("file.title"), line("file.how")]
    if not view.editable:
        return Shown(tuple(text))
    keys = [Key(line("file.export"), do("send"))]
    if view.desk.config.webhooks and not view.args.get("sure"):
        keys.append(Key(line("file.secrets"), do("sure")))
    if view.args.get("sure"):
        text.append(line("file.sure"))
        keys.append(Key(line("file.secrets_yes"), do("send", secrets=True)))
    return Shown(tuple(text), (tuple(keys),))


def _sure(work: Work, _args: Any) -> None:
    work.leave()
    work.open("file", sure=True)


def _send(work: Work, args: Any) -> None:
    """Give the configuration in force; its secrets only when that was asked for twice."""
    config = work.turn.desk.config
    secrets = bool(args.get("secrets"))
    text = written(config if secrets else hidden(config))
    said = "file.sent_secrets" if secrets else "file.sent"
    work.turn.do(
        SendFile(
            work.who.id,
            f"desk-v{config.version}.yaml",
            text,
            (line(said, version=config.version),),
            language=work.session.language,
        )
    )
    work.say(line("file.under_way"))
    if work.view.args.get("sure"):
        work.leave()
        work.open("file")


PAGE = Page(show, does={"send": _send, "sure": _sure})


# ---- one that was sent ----------------------------------------------------------------------


def taken(work: Work, file: AdminSent) -> None:
    """Take a file that was sent: say what is wrong with it, or make it the draft."""
    work.open("file")
    if file.wrong:
        work.say(*_wrong(file.wrong))
    elif file.doc is None:
        work.say(line("file.not_fetched"))
    else:
        _offer(work, dict(file.doc), file.version)
        if file.left_out and (work.session.draft or work.session.file):
            work.say(line("file.left_out", parts=Join(file.left_out)))


def _wrong(mistakes: tuple[tuple[int, Value], ...]) -> list[Line]:
    shown = [
        line("file.mistake" if n else "file.mistake_whole", n=n, said=said)
        for n, said in mistakes[:MISTAKES]
    ]
    more = len(mistakes) - MISTAKES
    rest = [line("value.more", count=more)] if more > 0 else []
    return [line("file.refused", count=len(mistakes)), *shown, *rest]


def _offer(work: Work, doc: Doc, version: int) -> None:
    today = work.turn.desk.config
    if version > today.version:
        work.say(line("file.ahead", given=version, version=today.version))
        return
    draft = edited(_base(work, version), doc)
    if isinstance(draft, Mistake):
        work.say(line("mistake.kept", said=draft.said))
        return
    if draft.doc == document(today):
        work.say(line("file.same", version=today.version))
        return
    if draft.doc == draft.was:
        work.say(line("file.same", version=draft.base))
        return
    work.home()
    if work.session.draft is None:
        work.know(draft=draft.but(how="imported"), file=None)
        work.open("compare")
    else:
        work.know(file=draft.but(how="imported"))
        work.open("sent")


def _base(work: Work, version: int) -> Draft:
    """Return the version that a file was taken from as what it changes; else what stands."""
    today, old = work.turn.desk.config, work.papers.version
    if version < today.version and old is not None and old.version == version:
        was = read(old.doc, version)
        if not isinstance(was, Mistake):
            return started(was)
    return started(today)


def show_sent(view: View) -> Shown:
    """Ask which is to be gone on with: the file, or the draft that stands beside it."""
    file = view.session.file
    if file is None:
        raise GoneError
    lines = difference(file.was, file.doc, view.names)
    part, turning = pages_of(view.place, len(lines))
    text = (line("file.beside", count=len(lines)), *lines[part], line("version.draft_goes"))
    keys = (Key(line("offered.take"), do("take")), Key(line("file.drop"), do("drop")))
    return Shown(text, (turning, keys if view.editable else ()))


def _take(work: Work, _args: Any) -> None:
    if work.session.file is None:
        raise GoneError
    work.know(draft=work.session.file, file=None)
    work.home()
    work.open("compare")


def _drop(work: Work, _args: Any) -> None:
    work.know(file=None)
    work.say(line("file.dropped"))
    work.home()


SENT = Page(show_sent, does={"take": _take, "drop": _drop})
