"""*Try*: a sentence or a stored case, judged by the draft beside what stands today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.flows.admin.frame import Key, Page, Shown, Typed, View, Work, ask
from bot.flows.admin.sentences import action
from bot.flows.admin.trying import Fired, case_fires, sentence_fires
from bot.flows.effects import Join, Line, line
from bot.flows.rights import sees
from bot.flows.rules.model import rule_name
from bot.flows.session import Wants
from bot.flows.showing import shorten

if TYPE_CHECKING:
    from bot.flows.desk import Config, Desk
    from bot.flows.session import Place

NUMBER = re.compile(r"\s*(?:[Cc]-?)?(\d{1,15})\s*")
SHOWN = 12


def number_in(text: str) -> int | None:
    """Return the case number that a text consists of."""
    found = NUMBER.fullmatch(text)
    return int(found.group(1)) if found and found.group(1).isascii() else None


def wants(_desk: Desk, place: Place) -> Wants:
    """Read the case that was named."""
    return Wants(case=number_in(str(place.args.get("said", ""))))


def show(view: View) -> Shown:
    """Say how it is done."""
    draft = line("try.with_draft") if view.session.draft else line("try.today_only")
    return Shown(
        (line("try.title"), line("try.how"), draft), ((Key(line("try.type"), ask("said")),),)
    )


def _said(work: Work, typed: Typed, _args: Any) -> None:
    number = number_in(typed.text)
    if number is not None:
        _case(work, number)
        return
    work.say(line("try.read", words=shorten(typed.text, 200)))
    desk, at = work.turn.desk, work.turn.at

    def judged(config: Config) -> list[Fired]:
        return sentence_fires(desk, config, typed.text, typed.facts, at)

    _tell(work, judged(work.view.config), judged(desk.config))


def _case(work: Work, number: int) -> None:
    case = work.papers.case
    if case is None or case.id != number or not sees(case, work.staff, work.turn.desk):
        work.say(line("try.no_case", ref=f"C-{number}"))
        return
    work.say(line("try.case", ref=case.ref, words=shorten(case.story, 200) or "…"))
    desk, at = work.turn.desk, work.turn.at
    found = case_fires(desk, work.view.config, case, at)
    _tell(work, found, case_fires(desk, desk.config, case, at))


def _tell(work: Work, now: list[Fired], today: list[Fired]) -> None:
    """Say what fires and why; beside a draft, what is new and what no longer."""
    ids, before = {one.rule.id for one in now}, {one.rule.id for one in today}
    if not now:
        work.say(line("try.nothing"))
    edited = work.session.draft is not None
    for one in now[:SHOWN]:
        work.say(_line(work, one, new=edited and one.rule.id not in before))
    for one in today[:SHOWN]:
        if edited and one.rule.id not in ids:
            work.say(line("try.no_longer", name=rule_name(one.rule)))


def _line(work: Work, fired: Fired, *, new: bool) -> Line:
    view = work.view
    docs = (act.model_dump(mode="json", by_alias=True) for act in fired.rule.then)
    return line(
        "try.fires_new" if new else "try.fires",
        name=rule_name(fired.rule),
        why=fired.why(view.config.general.currency),
        actions=Join(tuple(action(one, view.names) for one in docs)),
    )


PAGE = Page(show, takes={"said": _said}, wants=wants, looks=frozenset({"said"}))
