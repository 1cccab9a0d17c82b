"""The course of a conversation: what comes next, once it is this customer's turn to be asked.

What is known is never asked; the playbook decides what is missing, required facts first. It must
never read a message: that is `answer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.conversation.ask import (
    ask_category,
    ask_fact,
    ask_kind,
    ask_remedy,
    ask_safety,
    say_back,
)
from bot.flows.effects import line
from bot.flows.judging import judge
from bot.flows.lifecycle.filing import tell_filed
from bot.flows.lifecycle.table import possible, run
from bot.flows.playbooks import WHAT, WHAT_FACT

if TYPE_CHECKING:
    from bot.flows.folder import Folder
    from bot.flows.model import Case
    from bot.flows.playbooks import FactAsked
    from bot.flows.turn import Turn

HURRIED = 2
"""Questions at most for somebody who is angry, or whom a person will answer anyway."""

ASK_AGAIN = 2
"""Failed answers after which the question is let go."""


def advance(turn: Turn, folder: Folder) -> None:
    """Take the conversation to the next thing that is missing."""
    judge(turn, folder)
    case = folder.case
    if case.listening:
        folder.edit(listening=False, telling_until=None)
    if given_up(folder):
        leave_to_person(turn, folder)
    elif _danger_unasked(folder):
        ask_safety(turn, folder)
    elif case.kind == "feedback" and "kind" not in case.facts:
        ask_kind(turn, folder)
    elif case.kind == "feedback" and possible(folder, "feedback"):  # they chose so
        turn.rest()
        run(turn, folder, "feedback", actor="customer")
    elif _unclear(folder):
        ask_fact(turn, folder, WHAT_FACT)
    elif not case.category_sure and case.category == "other" and _category_unasked(folder):
        ask_category(turn, folder)
    elif fact := next_fact(turn, folder):
        ask_fact(turn, folder, fact)
    elif not case.remedies and "remedy" not in case.facts:
        ask_remedy(turn, folder)
    else:
        say_back(turn, folder)


def given_up(folder: Folder) -> bool:
    """Whether a person has taken over because answers could not be read."""
    return folder.case.failed_questions >= ASK_AGAIN and bool(folder.case.reasons)


def awaited(case: Case) -> bool:
    """Whether a person is on the way to somebody who is being served now: no form meanwhile."""
    return case.on_the_spot and bool(case.reasons)


def _danger_unasked(folder: Folder) -> bool:
    danger = any(sign.name == "safety" for sign in folder.case.signs)
    return danger and "danger" not in folder.case.facts


def told_by_media(folder: Folder) -> bool:
    """Whether the story was told by voice or picture rather than in words."""
    return folder.case.media > 0 and weight(folder.case.story) < SHORT_STORY


SHORT_STORY = 12
"""Weight under which a story with attachments counts as told by them (own judgement)."""

VAGUE_STORY = 12
"""Weight under which a story of no known category is too vague to go on with."""


def _unclear(folder: Folder) -> bool:
    case = folder.case
    vague = case.category == "other" and weight(case.story) < VAGUE_STORY
    return vague and not case.media and WHAT not in case.facts


def _category_unasked(folder: Folder) -> bool:
    return "category" not in folder.case.facts and not told_by_media(folder)


def hurried(folder: Folder) -> bool:
    """Whether to ask only what is needed: a person has the case, or the customer is angry."""
    return bool(folder.case.reasons) or any(sign.name == "anger" for sign in folder.case.signs)


def weight(text: str) -> int:
    """Return how much a text says, in Latin letters: a CJK character counts double."""
    # in UTF-8 a letter is one byte and a CJK character three
    return (len(text) + len(text.encode())) // 2


WHOLE_STORY = 40
"""Weight from which a story tells by itself what went wrong (own judgement)."""


def next_fact(turn: Turn, folder: Folder) -> FactAsked | None:
    """Return the fact to ask for next: required ones first, no more than the playbook allows."""
    case = folder.case
    if told_by_media(folder):
        return None  # a person listens or looks, and fills in the facts
    playbook = turn.desk.config.playbook(case)
    told = weight(case.story) >= WHOLE_STORY
    missing = [
        fact
        for fact in playbook.facts
        if fact.id not in case.facts and not (told and "story" in fact.slots)
    ]
    asked = len(turn.dialog.asked) if turn.dialog else 0
    if hurried(folder) or asked >= playbook.most:
        missing = [fact for fact in missing if fact.required]
    if hurried(folder) and asked >= HURRIED:
        return None
    if awaited(case):
        missing = [fact for fact in missing if fact.type == "place"]
    return next((fact for fact in missing if fact.required), missing[0] if missing else None)


def leave_to_person(turn: Turn, folder: Folder) -> None:
    """End the questions: what is known stands, a person asks the rest."""
    turn.rest()
    if folder.case.status == "draft":
        run(turn, folder, "file", arg="unconfirmed")
        tell_filed(turn, folder)
    elif not turn.preface:
        due = turn.promised(folder)
        folder.tell(line("asking.left_to_person", ref=folder.case.ref, due=due or ""), menu=True)
