"""Answers: what a message means that comes while a question is open.

An answer that cannot be read is asked for again in another form; after the second failure the
rules decide. What else a message tells is taken too, and nobody is asked twice for what they say
they told already.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.absorb import correct, hear, note, set_category
from bot.flows.conversation.ask import ask_fact, offered, question, say_back
from bot.flows.conversation.course import ASK_AGAIN, WHOLE_STORY, advance, given_up, weight
from bot.flows.effects import line
from bot.flows.judging import judge
from bot.flows.playbooks import WHAT
from bot.flows.turn import fact_of, words_of
from bot.flows.understanding.answers import read_answer, unsure_at_first

if TYPE_CHECKING:
    from bot.flows.events import CustomerSaid
    from bot.flows.folder import Folder
    from bot.flows.playbooks import FactAsked
    from bot.flows.turn import Turn
    from bot.flows.understanding.answers import Answer


def answered(turn: Turn, event: CustomerSaid) -> None:
    """Take a message that comes while a fact is being asked for."""
    dialog = turn.dialog
    folder = turn.folder(dialog.case) if dialog else None
    fact = fact_of(turn, folder, dialog.asking) if dialog and folder else None
    if dialog is None or folder is None:
        turn.rest()
        return
    if fact is None:  # its category has changed since: the question is no longer asked
        hear(turn, folder, event)
        advance(turn, folder)
        return
    if not event.text:
        hear(turn, folder, event)
        judge(turn, folder)
        folder.tell(line("asking.media_noted"), question(folder, fact, dialog.failed))
        return
    acts = words_of(event.facts)
    act = next(
        (
            ACTS[one]
            for one in ("skip", "not_sure", "back", "why_ask", "already_told")
            if one in acts
        ),
        None,
    )
    if act is not None:
        hear(turn, folder, event, story=False)
        judge(turn, folder)
        act(turn, folder, fact)
        return
    if acts & POLITE and turn.dialog and turn.dialog.said < REPEATED:
        hear(turn, folder, event, story=False)
        _repeat(turn, folder, fact)
        return
    _read(turn, folder, fact, event)


POLITE = frozenset({"thanks", "greeting"})
"""Acts that answer nothing and fail at nothing."""


def answer_to(turn: Turn, fact: FactAsked, event: CustomerSaid) -> Answer | None:
    """Return what a message answers to the question for this fact; None when it does not."""
    if event.facts is None or any(beside(fact, event) for beside in BESIDE_THE_POINT):
        return None
    general = turn.desk.general
    return read_answer(
        fact.type,
        event.facts,
        event.text,
        [(one, (*typed_labels(one), *own_labels(turn, one))) for one in fact.choices],
        turn.at,
        general.zone,
        general.region,
        currency=general.currency,
    )


def _read(turn: Turn, folder: Folder, fact: FactAsked, event: CustomerSaid) -> None:
    answer = answer_to(turn, fact, event)
    if answer is not None:
        # What else the message says is taken too; the answer itself goes in first, so that a
        # bare number is not read as something else.
        note(
            turn,
            folder,
            fact.id,
            _as_said(fact, event.text) or answer.value,
            shown=event.text[:SHOWN],
            currency=answer.currency,
            sure=not answer.guessed,
        )
        more = len(event.text) > SHOWN or weight(event.text) - weight(answer.value) >= WHOLE_STORY
        hear(turn, folder, _without_phone(fact, event), story=fact.id == WHAT or more)
        folder.edit(failed_questions=0)
        back_on_track(turn, folder)
        return
    new = hear(turn, folder, event, story=True) + correct(turn, folder, event)
    judge(turn, folder)
    if fact.id in folder.case.facts:
        advance(turn, folder)
    elif unsure_at_first(event.text):
        not_sure(turn, folder, fact)
    elif new and turn.dialog and turn.dialog.said < REPEATED:
        turn.preface.append(line("asking.noted"))
        _repeat(turn, folder, fact)
    else:
        failed(turn, folder, fact)


def _without_phone(fact: FactAsked, event: CustomerSaid) -> CustomerSaid:
    """Return the message without the phone number that the order's number looks like."""
    if fact.type != "reference" or event.facts is None:
        return event
    found = tuple(one for one in event.facts.found if one.slot != "phone")
    return replace(event, facts=event.facts.model_copy(update={"found": found}))


REPEATED = 2
"""How often a question is put again because the message told something else instead."""


def _asks_back(fact: FactAsked, event: CustomerSaid) -> bool:
    """Whether a question came where a place was asked for: 哪里？不是说了吗."""
    return fact.type == "place" and event.text.rstrip("!！。. ").endswith(("?", "？", "吗", "嗎"))


def _only_money(fact: FactAsked, event: CustomerSaid) -> bool:
    """Whether an amount was said where a number of another kind was asked for: 300块."""
    facts = event.facts
    asked = fact.type == "reference" and facts is not None
    return asked and bool(facts.of("amount")) and not facts.of("reference")  # type: ignore[union-attr]


def _wishes(fact: FactAsked, event: CustomerSaid) -> bool:
    """Whether a wish was said where a name or a place was asked for: 希望她親自道歉."""
    asked = fact.id in NAMED and event.facts is not None
    return asked and event.facts is not None and event.facts.wish


NAMED = frozenset({"who", "place", "product", "account"})
"""Facts that are answered with a name, so that a wish is no answer."""


def _no_place(fact: FactAsked, event: CustomerSaid) -> bool:
    """Whether a time or a number was said where a place was asked for: 今天早上, 單號 R-2026."""
    facts = event.facts
    if fact.type != "place" or facts is None or facts.of("place"):
        return False
    left, room = event.text, 0
    for one in facts.found:
        if one.slot in NO_PLACE:
            left, room = left.replace(one.text, "", 1), max(room, NO_PLACE[one.slot])
    left = left.strip(" ，。,.!！~的")
    return room > 0 and weight(left) <= room and not left.startswith(WHERE)


WHERE = ("在", "喺", "at ", "in ")
NO_PLACE = {"when": 6, "reference": 12, "amount": 8}
"""What is no place, with the weight of the words that may stand beside it (a CJK character: 2)."""

BESIDE_THE_POINT = (_only_money, _asks_back, _wishes, _no_place)
"""Ways in which a message answers something else than what was asked."""


def _as_said(fact: FactAsked, text: str) -> str:
    """Return the whole answer where it says more than the piece that was recognised."""
    return text.strip() if fact.type in {"text", "place"} and len(text) <= SHOWN else ""


SHOWN = 200
"""Characters of an answer kept beside the value read from it."""


def own_labels(turn: Turn, choice: str) -> tuple[str, ...]:
    """Return what the desk itself calls a choice, in every language it words it in."""
    texts = turn.desk.config.texts.values()
    return tuple(text for one in texts if (text := one.get(f"choice.{choice}")))


def typed_labels(choice: str) -> tuple[str, ...]:
    """Return the words by which a choice may be typed (its id; labels come by the button)."""
    return (choice.replace("_", " "), *CHOICE_WORDS.get(choice, ()))


CHOICE_WORDS = {
    "late": ("没到", "沒到", "迟", "遲", "晚", "慢", "not arrived", "slow"),
    "damaged": ("坏", "壞", "破", "损", "損", "爛", "烂", "wet", "broken", "crushed"),
    "missing": ("少", "缺", "漏", "不见", "不見", "唔見", "short"),
    "wrong_item": ("错", "錯", "wrong"),
    "spilt": ("洒", "灑", "漏", "倒", "spilled", "leaked"),
    "today": ("今天", "今日"),
    "yesterday": ("昨天", "昨日", "尋日", "琴日"),
}
"""Plain words for choices, both scripts; whatever is not here is read by the button's label."""


def failed(turn: Turn, folder: Folder, fact: FactAsked) -> None:
    """Take an answer that could not be read: another form, or let it go."""
    dialog = turn.dialog
    tries = (dialog.failed if dialog else 0) + 1
    folder.edit(failed_questions=folder.case.failed_questions + 1)
    folder.log("unread", fact=fact.id, tries=tries)
    folder.trigger("said")
    judge(turn, folder)
    if given_up(folder) or tries >= ASK_AGAIN:
        note(turn, folder, fact.id, None, open_="not_sure", by="desk")
        advance(turn, folder)
        return
    ask_fact(turn, folder, fact, failed=tries)


def _repeat(turn: Turn, folder: Folder, fact: FactAsked) -> None:
    said = turn.dialog.said + 1 if turn.dialog else 1
    ask_fact(turn, folder, fact, failed=turn.dialog.failed if turn.dialog else 0)
    if turn.dialog:
        turn.know(dialog=turn.dialog.but(said=said))


def skip(turn: Turn, folder: Folder, fact: FactAsked) -> None:
    """Leave a fact out; a required one is explained and asked once more."""
    if fact.required and (turn.dialog is None or turn.dialog.failed == 0):
        turn.preface.append(line("asking.required"))
        ask_fact(turn, folder, fact, failed=1)
        return
    note(turn, folder, fact.id, None, open_="skipped")
    back_on_track(turn, folder)


def not_sure(turn: Turn, folder: Folder, fact: FactAsked) -> None:
    """Take "not sure" for an answer; staff see that it is open."""
    note(turn, folder, fact.id, None, open_="not_sure")
    back_on_track(turn, folder)


def back(turn: Turn, folder: Folder, fact: FactAsked) -> None:
    """Return to the question before."""
    asked = turn.dialog.asked if turn.dialog else ()
    place = asked.index(fact.id) if fact.id in asked else len(asked)
    earlier = fact_of(turn, folder, asked[place - 1]) if place > 0 else None
    if earlier is None:
        ask_fact(turn, folder, fact)
        return
    turn.know(dialog=turn.dialog.but(asked=asked[: place - 1]) if turn.dialog else None)
    folder.edit(facts={k: v for k, v in folder.case.facts.items() if k != earlier.id or v.value})
    ask_fact(turn, folder, earlier)


def why(turn: Turn, folder: Folder, fact: FactAsked) -> None:
    """Say why the fact is asked for, and ask again."""
    turn.preface.append(line("asking.why"))
    ask_fact(turn, folder, fact, failed=turn.dialog.failed if turn.dialog else 0)


def already_told(turn: Turn, folder: Folder, fact: FactAsked) -> None:
    """Do not insist: somebody who told it once is not asked a third time."""
    turn.preface.append(line("asking.already_told"))
    note(turn, folder, fact.id, None, open_="not_sure")
    back_on_track(turn, folder)


ACTS = {
    "skip": skip,
    "not_sure": not_sure,
    "back": back,
    "why_ask": why,
    "already_told": already_told,
}


def back_on_track(turn: Turn, folder: Folder) -> None:
    """Go on after an answer: to the summary when a single fact was changed, else onwards."""
    if turn.dialog and turn.dialog.changing:
        judge(turn, folder)
        say_back(turn, folder)
        return
    advance(turn, folder)


def pressed(turn: Turn, folder: Folder, fact_id: str, choice: str) -> bool:
    """Take a tapped answer; False when that question is no longer open."""
    dialog = turn.dialog
    fact = fact_of(turn, folder, fact_id)
    if dialog is None or fact is None or dialog.case != folder.case.id or dialog.asking != fact_id:
        return False
    by_mark = {"-": skip, "?": not_sure, "<": back}
    if choice not in {*by_mark, *offered(fact)}:
        return False  # an admin took that choice away since: the question is put again
    folder.edit(last_customer_at=turn.at)
    folder.log("pressed", "customer", fact=fact_id, choice=choice)
    if choice in by_mark:
        by_mark[choice](turn, folder, fact)
        return True
    value = choice
    if fact.type == "date":
        value = _day(turn, choice)
    note(turn, folder, fact_id, value)
    folder.edit(failed_questions=0)
    back_on_track(turn, folder)
    return True


def _day(turn: Turn, choice: str) -> str:
    return (turn.local_day() - timedelta(days=1 if choice == "yesterday" else 0)).isoformat()


def category_chosen(turn: Turn, folder: Folder, category: str) -> None:
    """Take the category that the customer tapped."""
    set_category(turn, folder, category, sure=True)
    note(turn, folder, "category", category)
    advance(turn, folder)
