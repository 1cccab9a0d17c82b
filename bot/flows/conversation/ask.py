"""Asking: how each question is put to the customer, one question a message.

Softly worded, with something to tap where that helps; free text is always taken as well. What
an answer means is `answer`; what comes next is `course`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.absorb import note
from bot.flows.effects import Button, Join, Label, Line, Rows, line
from bot.flows.model import Source
from bot.flows.showing import UNSHOWN, shorten, shown_value, wishes
from bot.flows.turn import fact_of

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.model import Fact
    from bot.flows.playbooks import FactAsked
    from bot.flows.turn import Turn


def ask_fact(turn: Turn, folder: Folder, fact: FactAsked, *, failed: int = 0) -> None:
    """Ask for one fact, in the form for this try."""
    dialog = turn.dialog
    asked = dialog.asked if dialog and dialog.case == folder.case.id else ()
    changing = bool(dialog and dialog.changing)
    first = fact.id not in asked
    if folder.case.category != "other":
        folder.edit(category_sure=True)  # its playbook is being asked: it no longer flips
    turn.go(
        "asking",
        folder,
        asking=fact.id,
        failed=failed,
        asked=(*asked, fact.id) if first else asked,
        changing=changing,
    )
    if not changing:
        apologise(turn, folder)
    folder.tell(
        question(folder, fact, failed), buttons=answer_buttons(turn, folder, fact), purpose="asked"
    )


def apologise(turn: Turn, folder: Folder) -> None:
    """Put the one apology before what is said next, where none was made yet."""
    if not folder.case.apologised and folder.case.kind != "feedback":
        turn.preface.insert(0, sorry(folder))


def sorry(folder: Folder) -> Line:
    """Return the one apology for the experience; it admits no fault and makes light of nothing."""
    folder.edit(apologised=True)
    if any(sign.name == "safety" for sign in folder.case.signs):
        return line("sorry.danger")
    case = folder.case
    return line(f"sorry.{case.category if case.category_sure else 'other'}")


def question(folder: Folder, fact: FactAsked, failed: int) -> Line:
    """Return the question in the form for this try."""
    return line(fact.wording(failed), ref=folder.case.ref)


def offered(fact: FactAsked) -> tuple[str, ...]:
    """Return the answers that can be tapped."""
    return ("yes", "no") if fact.type == "yesno" else fact.choices


def answer_buttons(turn: Turn, folder: Folder, fact: FactAsked) -> Rows:
    """Return what can be tapped instead of typed; typing is always possible as well."""
    prefix = f"c:a:{folder.case.id}:{fact.id}:"
    choices = offered(fact)
    rows = [
        tuple(Button(line(f"choice.{one}"), prefix + one) for one in choices[i : i + 2])
        for i in range(0, len(choices), 2)
    ]
    last = [Button(line("button.not_sure"), prefix + "?")]
    if not fact.required:
        last.append(Button(line("button.skip"), prefix + "-"))
    if turn.dialog and len(turn.dialog.asked) > 1:
        last.append(Button(line("button.back"), prefix + "<"))
    return (*rows, tuple(last))


def ask_safety(turn: Turn, folder: Folder) -> None:
    """Say what to do in danger, at once, and ask the one thing that matters."""
    turn.go("danger", folder)
    kind = folder.case.danger or "other"
    if kind == "violence":  # who threatens is not asked whether they are well
        _answer_threat(turn, folder)
        return
    prefix = f"c:d:{folder.case.id}:"
    handed_off, turn.preface = turn.preface, []  # safety first, then who comes
    folder.tell(
        sorry(folder),
        line(f"danger.advice.{kind}", number=turn.desk.emergency(kind)),
        *handed_off,
        line("danger.question"),
        buttons=(
            (Button(line("danger.safe"), prefix + "safe"),),
            (Button(line("danger.hurt"), prefix + "hurt"),),
            (Button(line("danger.still"), prefix + "still"),),
        ),
        urgent=True,
        purpose="danger",
    )


def _answer_threat(turn: Turn, folder: Folder) -> None:
    """Say that a person knows, and let them go on telling."""
    note(turn, folder, "danger", "violence", by="desk")
    who_comes, turn.preface = turn.preface, []
    turn.go("listening", folder)
    folder.edit(listening=True)
    number = turn.desk.emergency("violence")
    folder.tell(
        line("danger.advice.violence", number=number), *who_comes, urgent=True, purpose="danger"
    )


def ask_kind(turn: Turn, folder: Folder) -> None:
    """Ask whether they want an outcome, or to be heard."""
    turn.go("kind", folder)
    prefix = f"c:k:{folder.case.id}:"
    folder.tell(
        line("kind.question"),
        buttons=(
            (Button(line("kind.complaint"), prefix + "complaint"),),
            (Button(line("kind.feedback"), prefix + "feedback"),),
        ),
    )


def asks_pulse(payload: str) -> bool:
    """Whether a deep link carries the question how it was: `pulse`, or `pulse_` and the place."""
    return payload.partition("_")[0] == "pulse"


def ask_pulse(turn: Turn) -> None:
    """Ask how it was today; who says nothing is not asked again."""
    turn.go("pulse")
    turn.tell(
        line("pulse.question", desk=turn.desk.general.name),
        buttons=(tuple(Button(str(mark), f"c:p:0:{mark}") for mark in range(1, 6)),),
    )


def ask_category(turn: Turn, folder: Folder) -> None:
    """Ask what the matter is about, when the words did not tell."""
    turn.go("category", folder)
    apologise(turn, folder)
    prefix = f"c:g:{folder.case.id}:"
    books = turn.desk.config.playbooks
    names = tuple(name for name in books if name != "other" and not books[name].hidden)
    buttons = [
        Button(line("button.plain", label=Label(f"category.{name}")), prefix + name)
        for name in names
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    folder.tell(
        line("category.question"),
        buttons=(*rows, (Button(line("category.other"), prefix + "other"),)),
    )


def ask_remedy(turn: Turn, folder: Folder) -> None:
    """Ask what would put it right: one or more, or in their own words."""
    turn.go("remedy", folder, changing=bool(turn.dialog and turn.dialog.changing))
    apologise(turn, folder)
    folder.tell(
        line("remedy.question"), buttons=remedy_buttons(turn, folder), slot="remedy", fresh=True
    )


def remedy_buttons(turn: Turn, folder: Folder) -> Rows:
    """Return the remedies of the playbook, those picked marked, and what ends the picking."""
    picked = turn.dialog.picked if turn.dialog else ()
    prefix = f"c:r:{folder.case.id}:"
    offered = turn.desk.config.playbook(folder.case).remedies
    buttons = [
        Button(
            line(
                "button.picked" if one in picked else "button.plain", label=Label(f"remedy.{one}")
            ),
            prefix + one,
        )
        for one in offered
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    end = (
        Button(line("button.done"), prefix + "=")
        if picked
        else Button(line("remedy.unsure"), prefix + "?")
    )
    return (*rows, (end,))


def say_back(turn: Turn, folder: Folder) -> None:
    """Say everything back on one card and ask whether it is right."""
    turn.go("summary", folder, asked=turn.dialog.asked if turn.dialog else ())
    apologise(turn, folder)
    prefix = f"c:s:{folder.case.id}:"
    folder.tell(
        line("summary.title"),
        *facts_said_back(turn, folder),
        line("summary.right"),
        buttons=(
            (Button(line("summary.confirm"), prefix + "yes"),),
            (
                Button(line("summary.change"), prefix + "change"),
                Button(line("summary.add"), prefix + "add"),
            ),
        ),
        purpose="summary",
    )


def facts_said_back(turn: Turn, folder: Folder) -> tuple[Line, ...]:
    """Return the case as the customer told it, a line a fact."""
    case = folder.case
    rows = [line("summary.category", category=Label(f"category.{case.category}"))]
    for fact_id in said_back(turn, folder):
        fact = case.facts[fact_id]
        rows.append(
            line(
                "summary.row" if fact.sure else "summary.row.unsure",
                label=Label(f"fact.{fact_id}"),
                value=shown_value(fact, fact_of(turn, folder, fact_id)),
            )
        )
    if case.own_words:
        rows.append(line("summary.story", story=shorten(case.own_words, STORY_SHOWN)))
    if case.media:
        rows.append(line("summary.media", count=case.media))
    if case.remedies:
        rows.append(line("summary.remedies", remedies=wishes(case)))
    if case.remedies_rejected:
        unwanted = Join(tuple(Label(f"remedy.{one}") for one in case.remedies_rejected))
        rows.append(line("summary.rejected", remedies=unwanted))
    return tuple(rows)


def said_back(turn: Turn, folder: Folder) -> tuple[str, ...]:
    """Return the facts that stand on the summary for the customer to check."""
    return tuple(
        fact_id
        for fact_id, fact in folder.case.facts.items()
        if fact.value is not None
        and fact_id not in UNSHOWN
        and _theirs(turn, folder, fact_id, fact)
    )


def _theirs(turn: Turn, folder: Folder, fact_id: str, fact: Fact) -> bool:
    """Whether a fact is worth the customer's checking: asked for, told, or one that decides."""
    asked = turn.desk.config.playbook(folder.case).fact(fact_id) is not None
    return asked or fact.source is not Source.READ or fact_id in DECIDING


DECIDING = frozenset({"when", "order", "amount", "contact"})
"""Facts that matter in any category."""

STORY_SHOWN = 600
"""Characters of the story on the summary; the case keeps it whole."""
