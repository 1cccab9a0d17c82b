"""The steps of the conversation with a customer: one table from step to what takes a message.

Checked when loaded. What an event means at a step is in the rooms beside this one; here is only
who is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.absorb import hear, note
from bot.flows.conversation import after, answer, anytime, closing, pulse
from bot.flows.conversation.ask import ask_fact, ask_safety
from bot.flows.conversation.course import advance
from bot.flows.conversation.listen import go_on
from bot.flows.effects import Answer, Unbutton, line
from bot.flows.judging import judge
from bot.flows.lifecycle.table import possible, run
from bot.flows.turn import fact_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.flows.events import CustomerPressed, CustomerSaid
    from bot.flows.folder import Folder
    from bot.flows.turn import Turn

STEPS: dict[str, Callable[[Turn, CustomerSaid], None]] = {
    "listening": go_on,
    "asking": answer.answered,
    "danger": closing.danger_said,
    "kind": closing.kind_said,
    "category": closing.category_said,
    "remedy": closing.remedy_said,
    "summary": closing.summary_said,
    "changing": closing.summary_said,
    "adding": after.adding,
    "staff_asks": after.staff_asks,
    "rating": after.rating_said,
    "word": after.word,
    "disputed": after.disputed,
    "name": after.name,
    "here": after.here,
    "pulse": pulse.said,
    "praise": pulse.praise,
}
"""What takes a message at each step; with no step, `after.idle` does."""

GLOBAL = {
    "status": anytime.cases,
    "help": anytime.help_,
    "withdraw": anytime.withdraw,
}
"""Plain words that mean a command, at every step (the whole message means just this)."""


def said(turn: Turn, event: CustomerSaid) -> None:
    """Answer a customer's message at whatever step the conversation is."""
    acts = words_of(event.facts)
    for act in sorted(acts):
        if act in GLOBAL:
            GLOBAL[act](turn)
            return
        if act.startswith("language_"):
            anytime.set_language(turn, act.removeprefix("language_"))
            return
    if "cancel" in acts and (unsent := _draft(turn)):
        anytime.ask_withdraw(unsent)
        return
    if "chase" in acts and after.chased(turn, event):
        return
    if _only_a_person(event):
        _wishes_person(turn, event)
        return
    _at_step(turn, event)


def _at_step(turn: Turn, event: CustomerSaid) -> None:
    """Take a message for what the conversation is at, danger and answers to people first."""
    dialog = turn.dialog
    if dialog is not None and dialog.case is not None and _stale(turn, dialog.case):
        turn.rest()
        dialog = None
    if dialog is not None and dialog.step != "staff_asks" and (to := _to_staff(turn, event)):
        after.add_to(turn, to, event)
        return
    endangered = _newly_endangered(turn, event)
    if endangered is not None:
        _danger_first(turn, endangered, event)
        return
    asked = _asked_by_staff(turn, event) or _meant_for_staff(turn, event)
    if asked is not None and (dialog is None or dialog.case != asked.case.id):
        after.answer_staff(turn, asked, event)
        _go_on_asking(turn)
        return
    step = STEPS.get(dialog.step, after.idle) if dialog else after.idle
    step(turn, event)


def _meant_for_staff(turn: Turn, event: CustomerSaid) -> Folder | None:
    """Return the case whose question of staff a message answers that comes while another is asked.

    Where only one of the two questions can be answered so, it is that one; else the one that the
    customer read last.
    """
    dialog = turn.dialog
    draft = turn.folder(dialog.case) if dialog else None
    asked = [f for f in turn.open_cases() if f.case.question is not None and f is not draft]
    if dialog is None or draft is None or dialog.step != "asking" or len(asked) != 1:
        return None
    if event.reply_to is not None or event.media or {*words_of(event.facts)} & FOR_THE_DESK:
        return None
    question = asked[0].case.question
    theirs = fact_of(turn, asked[0], question.fact) if question else None
    ours = fact_of(turn, draft, dialog.asking)
    to_us = ours is None or answer.answer_to(turn, ours, event) is not None
    to_staff = theirs is None or answer.answer_to(turn, theirs, event) is not None
    if to_us != to_staff:
        return asked[0] if to_staff else None
    last = draft.case.last_customer_at
    newest = question is not None and (last is None or question.at > last)
    return asked[0] if newest else None


FOR_THE_DESK = frozenset({"skip", "not_sure", "back", "why_ask", "already_told", "done"})
"""Acts that only a question of the desk takes."""


def _go_on_asking(turn: Turn) -> None:
    """Put the question again that was open beside the one of staff."""
    dialog = turn.dialog
    draft = turn.folder(dialog.case) if dialog else None
    fact = fact_of(turn, draft, dialog.asking) if dialog and draft else None
    if dialog is not None and draft is not None and fact is not None and dialog.step == "asking":
        ask_fact(turn, draft, fact, failed=dialog.failed)


def _draft(turn: Turn) -> Folder | None:
    """Return what is being told and is not sent yet."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    return folder if folder is not None and possible(folder, "withdraw") else None


def _newly_endangered(turn: Turn, event: CustomerSaid) -> Folder | None:
    """Return the case in which danger is spoken of for the first time, whatever was going on."""
    if event.facts is None or not event.facts.has("safety"):
        return None
    tie = turn.ties.get((event.who.id, event.reply_to)) if event.reply_to is not None else None
    told_of = (tie.case if tie else None, turn.dialog.case if turn.dialog else None)
    spoken_of = [f for f in map(turn.folder, told_of) if f is not None]
    known = spoken_of or turn.open_cases()[-1:]
    return known[0] if known and not known[0].case.danger else None


def _danger_first(turn: Turn, folder: Folder, event: CustomerSaid) -> None:
    """Say what to do at once; what else was being asked can wait."""
    hear(turn, folder, event)
    judge(turn, folder)
    ask_safety(turn, folder)


def _to_staff(turn: Turn, event: CustomerSaid) -> Folder | None:
    """Return the case when the message answers a person's words rather than the desk's."""
    tie = turn.ties.get((event.who.id, event.reply_to)) if event.reply_to is not None else None
    folder = turn.folder(tie.case) if tie and tie.kind == "carried" else None
    mine = folder is not None and folder.case.customer == turn.customer.id
    return folder if mine and folder is not None and folder.case.open else None


def _only_a_person(event: CustomerSaid) -> bool:
    """Whether a message is a wish for a person and tells nothing else: 转人工, "human please"."""
    facts = event.facts
    if facts is None or len(event.text) > SHORT_WISH or facts.found or facts.assault:
        return False
    return [one.name for one in facts.signals] == ["human"] and facts.category in TELLS_NOTHING


TELLS_NOTHING = frozenset({"other", "service_attitude"})
"""Categories read from a bare wish for a person: asking for the manager says no more."""

SHORT_WISH = 14
"""Characters that a message has at most which is only a wish for a person."""


def _asked_by_staff(turn: Turn, event: CustomerSaid) -> Folder | None:
    """Return the case whose open question of staff the message replies to."""
    tie = turn.ties.get((event.who.id, event.reply_to)) if event.reply_to is not None else None
    folder = turn.folder(tie.case) if tie else None
    return folder if folder is not None and folder.case.question is not None else None


def _stale(turn: Turn, case: int) -> bool:
    folder = turn.folder(case)
    return folder is None or (not folder.case.open and folder.case.status not in SPOKEN_OF_STILL)


SPOKEN_OF_STILL = frozenset({"closed", "feedback"})
"""Where a case is over and a last word on it may be under way."""


def _wishes_person(turn: Turn, event: CustomerSaid) -> None:
    open_now = turn.open_cases()
    anytime.person(turn, event.text.strip())
    folder = turn.folder(turn.customer.focus) or (open_now[-1] if open_now else None)
    if folder is not None:
        turn.tie(event.who.id, event.message_id, folder, "said")


# ---- buttons --------------------------------------------------------------------------------


def _listen(turn: Turn, folder: Folder, _event: CustomerPressed, _choice: str) -> bool:
    dialog = turn.dialog
    if dialog is None or dialog.step != "listening" or dialog.case != folder.case.id:
        return False
    if not folder.case.words and not folder.case.reasons:
        folder.tell(line("listening.nothing_yet"))
        return True
    advance(turn, folder)
    return True


def _category(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    dialog = turn.dialog
    at_it = dialog is not None and dialog.step == "category" and dialog.case == folder.case.id
    if not at_it or choice not in turn.desk.config.playbooks:
        return False
    answer.category_chosen(turn, folder, choice)
    return True


def _answer(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    fact, _, value = choice.partition(":")
    return answer.pressed(turn, folder, fact, value)


def _upgrade(turn: Turn, folder: Folder, _event: CustomerPressed, _choice: str) -> bool:
    if not possible(folder, "upgrade"):
        return False
    run(turn, folder, "upgrade", actor="customer")
    advance(turn, folder)
    return True


def _reopen(turn: Turn, folder: Folder, _event: CustomerPressed, _choice: str) -> bool:
    if not possible(folder, "reopen"):
        return False
    run(turn, folder, "reopen", actor="customer")
    return True


def _other(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    return choice.isdecimal() and after.moved(turn, folder, None, int(choice))


def _withdraw(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    return anytime.withdraw_pressed(turn, folder, choice)


def _add(turn: Turn, folder: Folder, _event: CustomerPressed, _choice: str) -> bool:
    if not folder.case.open:
        return False
    anytime.choose_add(turn, folder)
    return True


BUTTONS: dict[str, Callable[[Turn, Folder, CustomerPressed, str], bool]] = {
    "a": _answer,
    "d": closing.danger_pressed,
    "e": after.settled_pressed,
    "g": _category,
    "h": closing.change_pressed,
    "k": closing.kind_pressed,
    "l": _listen,
    "m": after.rating_pressed,
    "o": _reopen,
    "r": closing.remedy_pressed,
    "s": closing.summary_pressed,
    "u": _upgrade,
    "w": _withdraw,
    "x": _other,
    "+": _add,
}
"""What takes a press, by the button's kind; each says False when its question is over."""

CHOSEN = "c:!:"
"""What the button carries that only shows what was chosen."""

KEEPS_BUTTONS = frozenset({"r"})
"""Kinds of button whose message is edited in place rather than stripped of its buttons."""


def pressed(turn: Turn, event: CustomerPressed) -> None:
    """Answer a press: do what it says, or say that its moment has passed."""
    if event.data.startswith(CHOSEN):
        turn.do(Answer(event.query_id))
        return
    kind, case, choice = (*event.data.split(":", 3)[1:], "", "", "")[:3]
    taken = _taken(turn, event, kind, case, choice)
    turn.do(Answer(event.query_id, None if taken else line("press.over")))
    if not taken:
        if not turn.told:
            anytime.resume(turn)
        if not turn.told:
            turn.tell(line("press.over_told"), menu=True)
    if event.message_id and kind not in KEEPS_BUTTONS | {"n"}:
        turn.do(Unbutton(event.who.id, event.message_id, event.label if taken else ""))


def _taken(turn: Turn, event: CustomerPressed, kind: str, case: str, choice: str) -> bool:
    """Do what a button says; False when its question is over, or was never theirs."""
    if kind == "n":
        return _plain(turn, case, choice)
    if kind == "b":
        return _belongs(turn, case)
    if kind == "p":
        return pulse.pressed(turn, choice)
    folder = turn.folder(int(case)) if case.isdecimal() else None
    if kind not in BUTTONS or folder is None or folder.case.customer != turn.customer.id:
        return False
    folder.edit(last_customer_at=turn.at)
    taken = BUTTONS[kind](turn, folder, event, choice)
    if taken:
        judge(turn, folder)
    return taken


def _belongs(turn: Turn, address: str) -> bool:
    held, _, rest = address.partition("-")
    message, _, target = rest.partition("-")
    if not (held.isdecimal() and message.isdecimal() and target.isdecimal()):
        return False
    old, to = turn.folder(int(held)), turn.folder(int(target))
    if old is None or to is None or not to.case.open:
        return False
    if turn.customer.id not in {old.case.customer} & {to.case.customer}:
        return False
    return after.moved(turn, old, to, int(message))


def _plain(turn: Turn, case: str, choice: str) -> bool:
    """Take the buttons of the greeting, which belong to no case."""
    if choice == "tell":
        turn.tell(line("greeting.speak_short"), menu=True)
    elif choice == "own":
        anytime.new(turn)
    elif choice == "here":
        anytime.ask_here(turn)
    elif choice == "name":
        anytime.ask_name(turn)
    elif choice == "language":
        anytime.language(turn)
    elif choice.startswith("l-") and choice[2:] in anytime.LANGUAGES:
        anytime.set_language(turn, choice[2:])
    elif choice == "call" and case.isdecimal():
        return _rather_call(turn, int(case))
    else:
        return False
    return True


def _rather_call(turn: Turn, case: int) -> bool:
    folder = turn.folder(case)
    if folder is None or not folder.case.open or folder.case.customer != turn.customer.id:
        return False
    note(turn, folder, "place", None, open_="not_sure")
    folder.trigger("changed")
    judge(turn, folder)
    contact = fact_of(turn, folder, "contact")
    if contact is None:
        return False
    turn.go("listening", folder)
    ask_fact(turn, folder, contact)
    return True
