"""*Backtest*: the draft on the last cases beside what stands: how far, what came of it, why.

What is tried and what came of it stand in the session, so the page reads the same after the menu
was closed or the desk restarted. The judging itself is `rules.past`, done elsewhere.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from bot.flows.admin.frame import GoneError, Key, Keys, Page, Shown, View, Work, ask, do, go, rows
from bot.flows.effects import Backtest, Label, Line, ShowCard, StopBacktest, Text, Value, line
from bot.flows.rights import sees
from bot.flows.rules.model import rule_name
from bot.flows.rules.reasons import held_line
from bot.flows.session import Wants
from bot.flows.showing import shorten
from bot.flows.trial import Trial, mark_of, tried_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.flows.admin.frame import Typed
    from bot.flows.comparison import Told
    from bot.flows.desk import Desk
    from bot.flows.model import Case
    from bot.flows.session import Place

USUAL, MOST = 200, 100_000
"""How many of the last cases are looked at when no number is given, and at most."""
OFFERED = (50, 200, 1000, 10_000)
SHOWN = 8
"""Cases named with their reason, each way; of the others only the number."""
STORY = 600
"""Characters of a case's story."""


def count_in(text: str) -> int:
    """Return the number of cases that was typed, the usual one where none was."""
    number = text.strip()
    count = min(int(number[:9]), MOST) if number.isdecimal() and number.isascii() else USUAL
    return max(count, 1)


# ---- the page -------------------------------------------------------------------------------


def show(view: View) -> Shown:
    """Say how it is done, how far it is, or what came of it."""
    trial = view.session.trial
    head = line("backtest.title")
    if trial is None:
        return Shown((head, line("backtest.how"), _about(view)), _begin() if view.editable else ())
    if trial.state == "running":
        total = trial.total or trial.count
        so_far = line("backtest.running", done=trial.done, total=total)
        return Shown(
            (head, so_far), ((Key(line("backtest.stop"), do("stop")),),) if view.editable else ()
        )
    text = (
        head,
        *outcome(trial),
        *_fired(view, trial),
        *_differing(view, trial),
        *_since(view, trial),
    )
    return Shown(text, (*_cases(trial), *(_begin() if view.editable else ())))


def _about(view: View) -> Line:
    return line("try.with_draft" if view.session.draft else "backtest.no_draft")


def _begin() -> Keys:
    keys = [Key(line("backtest.last", count=one), do("begin", count=one)) for one in OFFERED]
    return (*rows(keys, 4), (Key(line("backtest.other"), ask("count")),))


def outcome(trial: Trial | None) -> Text:
    """Return how a trial ended."""
    if trial is None or trial.state == "running":
        return ()
    found = trial.found
    if trial.state != "done" or found is None:
        return (line("backtest.failed" if trial.state == "failed" else "backtest.stopped"),)
    head = line("backtest.done", cases=found.cases, today=found.today, edited=found.edited)
    if found.missed is None:
        return (head,)
    before, after = found.missed
    return (head, line("backtest.missed", today=before, edited=after))


def _fired(view: View, trial: Trial) -> tuple[Line, ...]:
    """Say for how many cases the rules that differ would have fired."""
    counts = dict(trial.found.fired) if trial.found else {}
    return tuple(
        line("backtest.fired", name=rule_name(rule), count=counts[rule.id])
        for rule in view.config.rules
        if rule.id in counts
    )[:SHOWN]


def _differing(view: View, trial: Trial) -> tuple[Line, ...]:
    """Name the cases that differ, with what made the difference."""
    found = trial.found
    if found is None:
        return ()
    newly, gone = (
        line("backtest.newly", count=trial.newly),
        line("backtest.no_longer", count=trial.no_longer),
    )
    return (
        *_told(view, newly, found.newly, trial.newly),
        *_told(view, gone, found.no_longer, trial.no_longer),
    )


def _told(view: View, head: Line, cases: Sequence[Told], count: int) -> tuple[Line, ...]:
    if not cases:
        return ()
    shown = [
        line(
            "backtest.case",
            ref=f"C-{one.case}",
            rule=_rule(view, one.why.rule),
            held=_held(view, one),
        )
        for one in cases[:SHOWN]
    ]
    more = count - len(shown)
    return (head, *shown, *((line("backtest.more", count=more),) if more > 0 else ()))


def _rule(view: View, rule: str) -> Value:
    """Return what a rule is called: in the draft, in what stands, or by its id."""
    rules = (*view.config.rules, *view.desk.config.rules)
    known = next((one for one in rules if one.id == rule), None)
    return rule_name(known) if known else rule


def _held(view: View, told: Told) -> Value:
    return held_line(told.why.held, view.config.general.currency)


def _since(view: View, trial: Trial) -> tuple[Line, ...]:
    """Say what else one should know: no draft, or another one by now."""
    if trial.mark != mark_of(view.doc):
        return (line("backtest.changed"),)
    return () if view.session.draft else (line("backtest.no_draft"),)


def _cases(trial: Trial) -> Keys:
    found = trial.found
    if found is None:
        return ()
    told = (*found.newly[:SHOWN], *found.no_longer[:SHOWN])
    keys = [
        Key(line("backtest.look", ref=f"C-{one.case}"), go("past_case", case=one.case))
        for one in told
    ]
    return rows(keys, 4)


# ---- what its keys do -----------------------------------------------------------------------


def _begin_it(work: Work, args: Any) -> None:
    begin(work, int(args["count"]))


def begin(work: Work, count: int) -> None:
    """Have the draft tried on so many of the last cases; one under way is stopped."""
    session = work.session
    if session.trial is not None and session.trial.state == "running":
        work.turn.do(StopBacktest(work.who.id, session.trial.token))
    doc = work.view.doc
    tried = tried_of(doc)
    known = f"{session.token}:{session.rev}:{work.turn.at}"
    token = hashlib.blake2s(known.encode()).hexdigest()[:12]
    work.know(trial=Trial(token=token, count=count, tried=tried, mark=mark_of(doc)))
    work.turn.do(Backtest(work.who.id, token, tried, count))


def _count(work: Work, typed: Typed, _args: Any) -> None:
    number = typed.text.strip()
    if not (number.isdecimal() and number.isascii()) or int(number[:9]) < 1:
        work.say(line("backtest.no_number", most=MOST))
        return
    begin(work, count_in(number))


def _stop(work: Work, _args: Any) -> None:
    trial = work.session.trial
    if trial is None or trial.state != "running":
        return
    work.turn.do(StopBacktest(work.who.id, trial.token))
    work.say(line("backtest.stopping"))


PAGE = Page(show, does={"begin": _begin_it, "stop": _stop}, takes={"count": _count})


# ---- one case -------------------------------------------------------------------------------


def _wants(_desk: Desk, place: Place) -> Wants:
    return Wants(case=int(place.args.get("case", 0)))


def show_one(view: View) -> Shown:
    """Say what a case is about, and why it is handed off otherwise than today."""
    case, told, newly = _case(view), *_found(view)
    text = (
        line(
            "backtest.one",
            ref=case.ref,
            category=Label(f"category.{case.category}"),
            status=Label(f"status.{case.status.value}"),
        ),
        line("value.quoted", words=shorten(case.story, STORY) or "…"),
        line(
            "backtest.new_why" if newly else "backtest.gone_why",
            rule=_rule(view, told.why.rule),
            held=_held(view, told),
        ),
    )
    return Shown(text, ((Key(line("backtest.card"), do("card")),),))


def _case(view: View) -> Case:
    case = view.papers.case
    if case is None or case.id != view.args.get("case") or not sees(case, view.staff, view.desk):
        raise GoneError
    return case


def _found(view: View) -> tuple[Told, bool]:
    """Return what was found about the case, and whether it is handed off newly."""
    found = view.session.trial.found if view.session.trial else None
    for cases, newly in ((found.newly, True), (found.no_longer, False)) if found else ():
        for one in cases:
            if one.case == view.args.get("case"):
                return one, newly
    raise GoneError


def _card(work: Work, _args: Any) -> None:
    case = _case(work.view)
    work.turn.do(ShowCard(case, where="queue", alert=True, chat=work.who.id))


ONE = Page(show_one, does={"card": _card}, wants=_wants, looks=frozenset({"card"}))
