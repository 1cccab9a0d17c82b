"""After filing: adding by just writing, several cases, answers to staff, settled, rated."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.absorb import hear, note, read, take_out
from bot.flows.conversation.answer import answer_to
from bot.flows.conversation.anytime import case_line, choices, welcome_staff
from bot.flows.conversation.course import WHOLE_STORY, weight
from bot.flows.conversation.listen import HEARD, begin
from bot.flows.effects import Button, Mark, Relay, line
from bot.flows.judging import judge
from bot.flows.lifecycle.endings import sorry_once_more
from bot.flows.lifecycle.filing import refresh
from bot.flows.lifecycle.table import Act, possible, run
from bot.flows.turn import fact_of, words_of
from bot.flows.understanding.unsettled import unsettled

if TYPE_CHECKING:
    from bot.flows.events import CustomerPressed, CustomerSaid
    from bot.flows.folder import Folder
    from bot.flows.turn import Turn

LIVE = timedelta(hours=1)
"""After a word of staff, messages this long are a conversation and need no receipt."""


def idle(turn: Turn, event: CustomerSaid) -> None:
    """Take a message out of the blue: whose case is it, or is it a new matter?"""
    acts = words_of(event.facts)
    tie = turn.ties.get((event.who.id, event.reply_to)) if event.reply_to is not None else None
    replied = turn.folder(tie.case) if tie else None
    mine = [f for f in turn.open_cases() if f.case.status != "draft"]
    asked = [f for f in mine if f.case.question is not None]
    if replied is not None and replied.case.customer == turn.customer.id:
        add_to(turn, replied, event)
    elif len(asked) == 1 and not acts & {"thanks", "greeting"}:
        answer_staff(turn, asked[0], event)  # asked while they were busy with another matter
    elif "thanks" in acts and not event.media:
        turn.tell(line("thanks.answer"), menu=True)
    elif "greeting" in acts and not event.media:
        _greet(turn, mine)
    elif not mine and (ended := _ended_lately(turn, event)):
        _after_the_end(turn, ended, event)
    elif not mine and turn.desk.member(turn.customer.id) is not None:
        turn.tell(
            line("staff.private_hint"),
            buttons=((Button(line("staff.own_complaint"), "c:n:0:own"),),),
        )
    elif not mine:
        begin(turn, event)
    elif len(mine) == 1 or _live(turn, mine):
        add_to(turn, _live(turn, mine) or mine[0], event)
    else:
        _ask_which(turn, mine, event)


def _greet(turn: Turn, mine: list[Folder]) -> None:
    """Greet back: staff as staff, who waits with where it stands, anybody else with an open ear."""
    name = turn.customer.address or turn.customer.name
    if turn.desk.member(turn.customer.id):
        welcome_staff(turn)
    elif mine:
        stands = (case_line(turn, one) for one in mine)
        turn.tell(line("greeting.again", name=name), *stands, menu=True)
    else:
        turn.tell(line("greeting.hello", name=name), menu=True)


LATELY = timedelta(days=14)
"""So long after its end a message out of the blue may still be about a case."""


def _ended_lately(turn: Turn, event: CustomerSaid) -> Folder | None:
    """Return the case that a short remark may be about: one that ended without their word."""
    folder = turn.folder(turn.customer.focus)
    if folder is None or folder.case.open or folder.case.filed_at is None:
        return None
    if folder.case.settled or weight(event.text) >= WHOLE_STORY:
        return None  # they said that it is settled, or tell a story of its own
    return folder if turn.at - folder.case.since <= LATELY else None


def _live(turn: Turn, mine: list[Folder]) -> Folder | None:
    focus = turn.folder(turn.customer.focus)
    if focus is None or focus not in mine or focus.case.last_staff_at is None:
        return None
    return focus if turn.at - focus.case.last_staff_at <= LIVE else None


def add_to(turn: Turn, folder: Folder, event: CustomerSaid) -> None:
    """Add a message to a case; the team sees it, the customer sees that it arrived."""
    if not folder.case.open:
        _after_the_end(turn, folder, event)
        return
    hear(turn, folder, event)
    judge(turn, folder)
    _pass_on(turn, folder, event)
    turn.know(focus=folder.case.id)
    if folder.case.status in ASKED_SETTLED and unsettled(event.text):
        run(turn, folder, "dispute", Act(arg=event.text[:200], actor="customer"))
        return
    staff_at = folder.case.last_staff_at
    if turn.told:
        return
    live = staff_at is not None and turn.at - staff_at <= LIVE
    if not turn.preface and (live or (event.media and event.media.album)):
        turn.do(Mark(event.who.id, event.message_id, HEARD))
        return
    folder.tell(
        line("added.told", ref=folder.case.ref),
        buttons=((Button(line("added.other"), f"c:x:{folder.case.id}:{event.message_id}"),),),
        reply_to=event.message_id,
    )


ASKED_SETTLED = frozenset({"carried_out", "followed_up"})
"""Where they were asked whether it is settled: words that deny it answer no."""


def in_room(folder: Folder) -> bool:
    """Whether staff follow the case message by message, rather than by its card."""
    case = folder.case
    return bool(case.relayed or case.owner or case.status != "queued")


def _pass_on(turn: Turn, folder: Folder, event: CustomerSaid) -> None:
    if in_room(folder):
        folder.edit(relayed=len(folder.case.words))
        tie = turn.ties.get((event.who.id, event.reply_to)) if event.reply_to else None
        folder.later(
            Relay,
            chat=event.who.id,
            message_id=event.message_id,
            text=event.text,
            name=folder.case.name,
            entities=event.entities,
            media=event.media,
            reply_to=tie.peer if tie else None,
        )
    refresh(turn, folder)


def _after_the_end(turn: Turn, folder: Folder, event: CustomerSaid) -> None:
    hear(turn, folder, event)
    folder.tell(
        line("over.question", ref=folder.case.ref),
        buttons=(
            (Button(line("over.reopen"), f"c:o:{folder.case.id}:"),),
            (Button(line("over.new"), f"c:x:{folder.case.id}:{event.message_id}"),),
        ),
    )


def chased(turn: Turn, event: CustomerSaid) -> bool:
    """Answer "is anybody there?" with where it stands; False when nothing was sent yet."""
    mine = [f for f in turn.open_cases() if f.case.status != "draft"]
    if not mine:
        return False
    focus = turn.folder(turn.customer.focus)
    folder = focus if focus in mine else mine[-1]
    hear(turn, folder, event)
    judge(turn, folder)
    _pass_on(turn, folder, event)
    lines = [case_line(turn, one) for one in mine]
    turn.tell(line("chased.stands"), *lines, menu=True)
    return True


def _ask_which(turn: Turn, mine: list[Folder], event: CustomerSaid) -> None:
    """Keep the message with the latest case until they say where it belongs."""
    held = mine[-1]
    hear(turn, held, event)
    judge(turn, held)
    _pass_on(turn, held, event)
    prefix = f"c:b:{held.case.id}-{event.message_id}-"
    rows = tuple(
        (Button(row[0].label, prefix + row[0].data.rstrip(":")),) for row in choices(mine, "")
    )
    turn.tell(
        line("which.question"),
        buttons=(*rows, (Button(line("which.new"), f"c:x:{held.case.id}:{event.message_id}"),)),
        reply_to=event.message_id,
    )


def moved(turn: Turn, old: Folder, to: Folder | None, message: int) -> bool:
    """Move one message from a case to another, or to a new one (`to` None)."""
    word = next((w for w in old.case.words if w.message_id == message), None)
    if word is None or (to is not None and to.case.id == old.case.id):
        if to is not None:
            turn.know(focus=to.case.id)
            turn.tell(line("which.done", ref=to.case.ref), menu=True)
            return True
        return False
    facts = take_out(turn, old, word)
    old.edit(relayed=max(0, old.case.relayed - 1) if old.case.relayed else 0)
    old.log("moved_out", "customer", message=message)
    if old.case.shown:
        old.inform(line("staff.moved_out", ref=old.case.ref))
    target = to or turn.open_case()
    target.edit(words=(*target.case.words, word), last_customer_at=turn.at)
    target.log("moved_in", "customer", message=message, text=word.text)
    turn.tie(turn.customer.id, message, target, "said")
    turn.know(focus=target.case.id)
    read(turn, target, facts)
    target.trigger("said")
    judge(turn, target)
    if to is None:
        turn.go("listening", target)
        target.edit(listening=True)
        target.tell(
            line("which.new_case"),
            buttons=((Button(line("button.thats_all"), f"c:l:{target.case.id}:"),),),
        )
        return True
    refresh(turn, target)
    turn.tell(line("which.done", ref=target.case.ref), menu=True)
    return True


# ---- steps ----------------------------------------------------------------------------------


def adding(turn: Turn, event: CustomerSaid) -> None:
    """Take what they announced with "Add something"."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    turn.rest()
    if folder is None:
        idle(turn, event)
        return
    add_to(turn, folder, event)


def staff_asks(turn: Turn, event: CustomerSaid) -> None:
    """Take the answer to a question that staff asked through the desk."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None or folder.case.question is None:
        turn.rest()
        idle(turn, event)
        return
    answer_staff(turn, folder, event)


def answer_staff(turn: Turn, folder: Folder, event: CustomerSaid) -> None:
    """Take a message as the answer to the question that staff asked in this case."""
    question = folder.case.question
    if question is None:
        return
    fact = fact_of(turn, folder, question.fact)
    if fact is not None and event.facts is not None and event.text:
        answer = answer_to(turn, fact, event)
        value = answer.value if answer else event.text
        note(
            turn,
            folder,
            fact.id,
            value,
            shown=event.text[:200],
            currency=answer.currency if answer else None,
        )
    hear(turn, folder, event, story=False)
    _pass_on(turn, folder, event)
    judge(turn, folder)
    if not run(turn, folder, "answered", Act(arg="", actor="customer")):
        folder.edit(question=None)  # the case has moved on since it was asked
        if turn.dialog and turn.dialog.case == folder.case.id:
            turn.rest()
        folder.tell(line("staff_asks.thanks"))


def settled_pressed(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    """Take the answer to "done as agreed?", or to a refusal."""
    act = {"yes": "settle", "no": "dispute"}.get(choice, "")
    if not possible(folder, act):
        return False
    folder.edit(last_customer_at=turn.at)
    return run(turn, folder, act, actor="customer")


def rating_pressed(turn: Turn, folder: Folder, _event: CustomerPressed, choice: str) -> bool:
    """Take 1 to 5, then ask for a free word."""
    if choice not in {"1", "2", "3", "4", "5"} or not possible(folder, "rate"):
        return False
    if folder.case.rating is not None and folder.case.status == "closed":
        return False
    run(turn, folder, "rate", Act(arg=choice, actor="customer"))
    judge(turn, folder)
    if folder.case.status == "closed":
        turn.preface.insert(0, line("rating.thanks"))
        folder.tell(sorry_once_more(folder), line("rating.word"), menu=True)
    else:  # a rule brought it back to work, and says so
        turn.preface.insert(0, line("rating.back_to_work"))
        folder.tell(line("rating.word"), menu=True)
    return True


def rating_said(turn: Turn, event: CustomerSaid) -> None:
    """Take a rating typed as a number; other words are a comment."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    mark = typed_mark(event.text)
    if folder is None or not possible(folder, "rate"):  # it was reopened meanwhile
        turn.rest()
        idle(turn, event)
        return
    rated = folder.case.rating is not None and folder.case.status == "closed"
    if mark and not rated:
        hear(turn, folder, event, story=False)
        rating_pressed(turn, folder, None, mark)  # type: ignore[arg-type]
        return
    word(turn, event)


def typed_mark(text: str) -> str:
    """Return the mark from 1 to 5 that a short text is, "" for any other."""
    digit = text.strip().translate(FULL_WIDTH)[:1]
    return digit if digit in {*"12345"} and len(text.strip()) <= SHORT_RATING else ""


FULL_WIDTH = {
    ord(full): plain for full, plain in zip("１２３４５一二三四五", "1234512345", strict=True)
}
SHORT_RATING = 3
"""A rating in words is at most this long: 5, 5分, ５星."""


def word(turn: Turn, event: CustomerSaid) -> None:
    """Take the free word after a rating."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    turn.rest()
    if folder is None:
        idle(turn, event)
        return
    acts = words_of(event.facts)
    hear(turn, folder, event)
    folder.log("commented", "customer", text=event.text)
    if not acts & {"no", "thanks", "skip", "done"}:
        folder.inform(line("staff.comment", ref=folder.case.ref, words=event.text[:500]))
    judge(turn, folder)
    folder.tell(line("rating.word_thanks"), menu=True)


def disputed(turn: Turn, event: CustomerSaid) -> None:
    """Take what is still wrong, for the people who have the case."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    turn.rest()
    if folder is None:
        idle(turn, event)
        return
    add_to(turn, folder, event)


def name(turn: Turn, event: CustomerSaid) -> None:
    """Take how they want to be addressed."""
    said = event.text.strip().split("\n")[0][:40]
    if not said:
        turn.tell(line("name.question"))
        return
    turn.rest()
    turn.know(address=said)
    for folder in turn.open_cases():
        folder.edit(name=said)
    turn.tell(line("name.thanks", name=said), line("greeting.speak_short"), menu=True)


PLACE = 60
"""Characters up to which the answer to "where are you?" is the place, whole."""


def here(turn: Turn, event: CustomerSaid) -> None:
    """Take where the customer sits or stands right now; a person comes."""
    folder = turn.folder(turn.dialog.case) if turn.dialog else None
    if folder is None:
        turn.rest()
        idle(turn, event)
        return
    hear(turn, folder, event)
    place = folder.case.facts.get("place")
    if event.text and (place is None or len(event.text) <= PLACE):
        note(turn, folder, "place", event.text[:200], shown=event.text[:200])
    folder.trigger("changed", "said")
    turn.go("listening", folder)
    judge(turn, folder)
    refresh(turn, folder)
    folder.tell(line("here.what"), purpose="here")
