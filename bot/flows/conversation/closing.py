"""Closing the intake: remedies, danger, complaint or feedback, the summary, and filing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.flows.absorb import correct, hear, keep_word, note, set_category
from bot.flows.conversation.ask import (
    ask_fact,
    ask_remedy,
    remedy_buttons,
    said_back,
    say_back,
)
from bot.flows.conversation.course import advance, weight
from bot.flows.effects import Button, Label, line
from bot.flows.judging import judge
from bot.flows.lifecycle.filing import refresh, tell_filed
from bot.flows.lifecycle.table import run
from bot.flows.showing import UNSHOWN, shorten
from bot.flows.turn import fact_of, words_of
from bot.flows.understanding.script import fold

if TYPE_CHECKING:
    from bot.flows.events import CustomerPressed, CustomerSaid
    from bot.flows.folder import Folder
    from bot.flows.turn import Turn


# ---- danger ---------------------------------------------------------------------------------


def danger_pressed(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    """Take how things stand; while somebody is hurt, the questions wait."""
    if choice not in {"safe", "hurt", "still"} or not folder.case.open:
        return False
    note(turn, folder, "danger", choice)
    _after_danger(turn, folder)
    return True


def danger_said(turn: Turn, event: CustomerSaid) -> None:
    """Take an answer in words to "is anybody hurt?"."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None:
        return
    acts = words_of(event.facts)
    hear(turn, folder, event)
    safe = "no" in acts or "done" in acts
    note(turn, folder, "danger", "safe" if safe else "told", shown=event.text[:200])
    judge(turn, folder)
    _after_danger(turn, folder)


def _after_danger(turn: Turn, folder: Folder) -> None:
    value = folder.case.facts["danger"].value
    if value == "safe":
        turn.preface.append(line("danger.safe_noted"))
    if value in {"safe", "told"}:
        _go_on(turn, folder)
        return
    turn.go("listening", folder)
    due = turn.promised(folder)
    coming = (line("danger.person_coming", ref=folder.case.ref, due=due),) if due else ()
    folder.tell(
        line("danger.help_first", number=turn.desk.emergency(folder.case.danger)),
        *coming,
        urgent=True,
        purpose="danger",
    )
    refresh(turn, folder)


def _go_on(turn: Turn, folder: Folder) -> None:
    """Go on with the questions, or with the work on a case that was filed before."""
    if not folder.case.confirmed:
        advance(turn, folder)
        return
    turn.rest()
    due = turn.promised(folder)
    if due:
        folder.tell(line("danger.person_coming", ref=folder.case.ref, due=due), menu=True)


# ---- complaint or feedback ------------------------------------------------------------------


def kind_pressed(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    """Take whether they want an outcome or only to be heard."""
    if choice not in {"complaint", "feedback"} or folder.case.status != "draft":
        return False
    note(turn, folder, "kind", choice)
    if choice == "feedback":
        turn.rest()
        run(turn, folder, "feedback")
        return True
    folder.edit(kind="complaint")
    advance(turn, folder)
    return True


def kind_said(turn: Turn, event: CustomerSaid) -> None:
    """Take words where complaint or feedback was asked: no or thanks means just a note."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None:
        return
    acts = words_of(event.facts)
    hear(turn, folder, event)
    choice = "feedback" if acts & {"no", "thanks", "done"} else "complaint"
    if folder.case.status != "draft":
        choice = "complaint"
    note(turn, folder, "kind", choice, shown=event.text[:200])
    if choice == "feedback":
        turn.rest()
        run(turn, folder, "feedback")
        return
    folder.edit(kind="complaint")
    advance(turn, folder)


def category_said(turn: Turn, event: CustomerSaid) -> None:
    """Take words where the category was asked: what they say may tell it."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None:
        return
    hear(turn, folder, event)
    if named := _own_category(turn, event.text):
        set_category(turn, folder, named, sure=True)
    note(turn, folder, "category", folder.case.category, shown=event.text[:200])
    advance(turn, folder)


def _own_category(turn: Turn, text: str) -> str:
    """Return the category that the desk added by whose name it is called, "" for none."""
    said = fold(text).strip(" \n。.!！")
    for name, book in turn.desk.config.playbooks.items():
        words = (texts.get(f"category.{name}") for texts in turn.desk.config.texts.values())
        if not book.hidden and said in {fold(one) for one in words if one}:
            return name
    return ""


# ---- remedies -------------------------------------------------------------------------------


def remedy_pressed(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    """Take a tapped remedy, or the end of picking."""
    dialog = turn.dialog
    if dialog is None or dialog.step != "remedy" or dialog.case != folder.case.id:
        return False
    if choice == "?":
        note(turn, folder, "remedy", None, open_="not_sure")
        _after_remedy(turn, folder)
    elif choice == "=":
        _take_picked(turn, folder, dialog.picked)
    else:
        picked = dialog.picked
        now = tuple(p for p in picked if p != choice) if choice in picked else (*picked, choice)
        turn.know(dialog=dialog.but(picked=now))
        folder.tell(
            line("remedy.question"),
            buttons=remedy_buttons(turn, folder),
            slot="remedy",
            purpose="remedy",
        )
    return True


def _take_picked(turn: Turn, folder: Folder, picked: tuple[str, ...]) -> None:
    folder.edit(
        remedies=picked,
        remedies_rejected=tuple(r for r in folder.case.remedies_rejected if r not in picked),
    )
    note(turn, folder, "remedy", ",".join(picked))
    _after_remedy(turn, folder)


def _after_remedy(turn: Turn, folder: Folder) -> None:
    folder.trigger("changed")
    if turn.dialog and turn.dialog.changing:
        judge(turn, folder)
        say_back(turn, folder)
        return
    advance(turn, folder)


def remedy_said(turn: Turn, event: CustomerSaid) -> None:
    """Take remedies in the customer's own words; whatever they are, they are kept."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None or turn.dialog is None:
        return
    picked = turn.dialog.picked
    before = folder.case.remedies
    new = hear(turn, folder, event, story=bool(event.media)) + correct(turn, folder, event)
    acts = words_of(event.facts)
    if not event.text:
        folder.tell(
            line("asking.media_noted"),
            line("remedy.question"),
            buttons=remedy_buttons(turn, folder),
        )
        return
    if "done" in acts and picked:
        _take_picked(turn, folder, picked)
        return
    if acts & {"skip", "not_sure", "no", "done"}:
        note(turn, folder, "remedy", None, open_="not_sure")
        _after_remedy(turn, folder)
        return
    unread = folder.case.remedies == before and not picked
    if unread and (new or (_tells_more(event) and not turn.dialog.said)):
        if not event.media:
            keep_word(folder, event)
        judge(turn, folder)  # what a rule has to say about it goes before "noted"
        if not turn.preface:
            turn.preface.append(line("asking.noted"))
        ask_remedy(turn, folder)
        turn.know(dialog=turn.dialog.but(said=1))
        return
    note(turn, folder, "remedy", shorten(event.text, 300))
    if unread:
        folder.edit(remedies=("other",))  # shown in their own words
    else:
        folder.edit(remedies=tuple(dict.fromkeys((*picked, *folder.case.remedies))))
    if not unread and weight(event.text) > BARE_WISH:
        note(turn, folder, "matters", shorten(event.text, 300))
    _after_remedy(turn, folder)


BARE_WISH = 20
"""Weight of words that say no more than the remedy that was read from them: 趕快修好."""


def _tells_more(event: CustomerSaid) -> bool:
    """Whether a message goes on with what happened rather than saying what they wish for."""
    facts = event.facts
    return facts is not None and facts.category != "other" and not WISH.search(event.text)


WISH = re.compile(
    r"\b(?:want|wish|like|please|should|need|hope|expect|make sure)\b"
    r"|[想要请請应應该該别別让讓]|希望|可以|能不能|可否",
    re.IGNORECASE,
)
"""Words in which people wish for something, whatever it is."""


# ---- the summary ----------------------------------------------------------------------------


def summary_pressed(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    """Take what they say to the summary."""
    acts = {"yes": confirm, "change": choose_change, "add": add_more}
    if choice not in acts or folder.case.confirmed or not folder.case.open:
        return False
    acts[choice](turn, folder)
    return True


def summary_said(turn: Turn, event: CustomerSaid) -> None:
    """Take words at the summary: yes, or a correction, or more of the story."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None:
        return
    acts = words_of(event.facts)
    if acts & {"yes", "done"} and not event.media:
        hear(turn, folder, event, story=False)
        confirm(turn, folder)
        return
    if "no" in acts:
        hear(turn, folder, event, story=False)
        choose_change(turn, folder)
        return
    hear(turn, folder, event)
    correct(turn, folder, event)
    judge(turn, folder)
    turn.preface.append(line("summary.updated"))
    say_back(turn, folder)


def confirm(turn: Turn, folder: Folder) -> None:
    """File the case as confirmed, or confirm what was filed or handed off before."""
    turn.rest()
    facts = folder.case.facts
    checked = {name: facts[name].but(sure=True) for name in said_back(turn, folder)}
    folder.edit(facts={**facts, **checked})
    if folder.case.status == "draft":
        run(turn, folder, "file", actor="customer")
        judge(turn, folder)
        if turn.preface:  # a rule handed it off: its words tell number and time
            turn.preface.insert(0, line("filed.thanks"))
            folder.tell(line("filed.next"), menu=True, purpose="filed")
            return
    else:
        run(turn, folder, "confirm", actor="customer")
        judge(turn, folder)
        refresh(turn, folder)
    tell_filed(turn, folder)


def choose_change(turn: Turn, folder: Folder) -> None:
    """Ask which fact is to be changed."""
    turn.go("changing", folder, changing=True)
    playbook = turn.desk.config.playbook(folder.case)
    known = [fact for fact in folder.case.facts if fact not in UNSHOWN]
    names = list(dict.fromkeys([*known, *(fact.id for fact in playbook.facts)]))
    names = [name for name in names if fact_of(turn, folder, name)]
    prefix = f"c:h:{folder.case.id}:"
    buttons = [
        Button(line("button.plain", label=Label(f"fact.{name}")), prefix + name) for name in names
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append(
        (Button(line("change.remedy"), prefix + "="), Button(line("button.back"), prefix + "<"))
    )
    folder.tell(line("change.question"), buttons=tuple(rows))


def change_pressed(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    """Ask again for the fact they want to change."""
    dialog = turn.dialog
    if dialog is None or dialog.step != "changing" or dialog.case != folder.case.id:
        return False
    if choice == "<":
        say_back(turn, folder)
    elif choice == "=":
        turn.know(dialog=dialog.but(changing=True))
        ask_remedy(turn, folder)
    elif fact := fact_of(turn, folder, choice):
        turn.know(dialog=dialog.but(changing=True))
        ask_fact(turn, folder, fact)
    else:
        return False
    return True


def add_more(turn: Turn, folder: Folder) -> None:
    """Listen again before the summary is confirmed."""
    turn.go("listening", folder, changing=True)
    folder.edit(listening=True, telling_until=None)
    folder.tell(
        line("listening.add"),
        buttons=((Button(line("button.thats_all"), f"c:l:{folder.case.id}:"),),),
    )
