"""At any time: a person, my cases, adding, withdrawing, language, help.

These work at every step and leave the conversation where it was.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.absorb import kept_signs, note
from bot.flows.conversation.ask import ask_fact, ask_pulse, ask_remedy, asks_pulse, say_back
from bot.flows.conversation.course import advance
from bot.flows.conversation.listen import done_button
from bot.flows.effects import Button, Label, Rows, When, line
from bot.flows.invitation import invited_to
from bot.flows.judging import judge
from bot.flows.lifecycle.table import possible, run
from bot.flows.model import Sign
from bot.flows.turn import fact_of

if TYPE_CHECKING:
    from bot.flows.effects import Line, Value
    from bot.flows.events import CustomerStarted
    from bot.flows.folder import Folder
    from bot.flows.turn import Turn

LANGUAGES = ("en", "zh_Hans", "zh_Hant")


def started(turn: Turn, event: CustomerStarted) -> None:
    """Say who we are, what happens to their data, and what can be done here."""
    member = turn.desk.member(event.who.id)
    if member is not None:
        turn.settings(staff=[member.but(name=event.who.name, private=True)])
        welcome_staff(turn)
        return
    carried = "" if invited_to(event.payload) else event.payload  # a used invitation says nothing
    turn.know(greeted=True, payload=carried or turn.customer.payload, reachable=True)
    if asks_pulse(event.payload) and turn.dialog is None:
        ask_pulse(turn)
        return
    name = turn.customer.address or turn.customer.name
    turn.tell(
        line("greeting.who", desk=turn.desk.general.name, name=name),
        line("greeting.data"),
        menu=True,
    )
    if turn.dialog is not None:
        resume(turn)
    if turn.dialog is None:
        invite(turn)


def welcome_staff(turn: Turn) -> None:
    """Say to a member of staff what comes to them here, and to an admin how a room is set."""
    name = turn.customer.name
    admin = turn.customer.id in turn.desk.admins
    more = (line("staff.welcome_admin"),) if admin else ()
    turn.tell(line("staff.welcome", name=name, desk=turn.desk.general.name), *more)


def invite(turn: Turn) -> None:
    """Ask for the story, and offer what can be chosen before it."""
    prefix = "c:n:0:"
    turn.tell(
        line("greeting.speak"),
        buttons=(
            (Button(line("greeting.tell"), prefix + "tell"),),
            (Button(line("greeting.here_now"), prefix + "here"),),
            (
                Button(line("greeting.call_me"), prefix + "name"),
                Button(line("greeting.language"), prefix + "language"),
            ),
        ),
    )


def resume(turn: Turn) -> None:
    """Pick up a conversation that was interrupted, by asking its open question again."""
    dialog = turn.dialog
    folder = turn.folder(dialog.case) if dialog else None
    if dialog is None or folder is None or not folder.case.open:
        turn.rest()
        return
    if dialog.step == "asking" and (fact := fact_of(turn, folder, dialog.asking)):
        ask_fact(turn, folder, fact, failed=dialog.failed)
    elif dialog.step == "listening":
        folder.tell(line("listening.go_on"), buttons=done_button(folder))
    elif dialog.step == "remedy":
        ask_remedy(turn, folder)
    elif dialog.step in {"summary", "changing"}:
        say_back(turn, folder)
    elif dialog.step in {"danger", "kind", "category"}:
        advance(turn, folder)
    elif dialog.step == "here":
        folder.tell(line("here.where"))


# ---- commands and lasting buttons -----------------------------------------------------------


def person(turn: Turn, words: str = "") -> None:
    """Bring a person in, whatever the conversation is at."""
    cases = [f for f in turn.open_cases() if f.case.status != "followed_up"]
    focus = turn.folder(turn.customer.focus)
    folder = focus if focus in cases else (cases[-1] if cases else None)
    if folder is None:
        folder = turn.open_case()
        turn.know(focus=folder.case.id)
        turn.go("listening", folder)
        folder.edit(listening=True)
    others = tuple(s for s in folder.case.signs if (s.name, s.words) != ("human", words))
    sign = Sign(name="human", words=words, at=turn.at)
    folder.edit(signs=kept_signs((*others, sign)), last_customer_at=turn.at)
    folder.log("wants_person", "customer")
    folder.trigger("said")
    had, known = bool(turn.preface), folder.case.reasons
    judge(turn, folder)
    if turn.preface and not had:
        folder.tell(line("person.meanwhile"), menu=True, purpose="person")
        return
    due = turn.promised(folder)
    reminded = folder.case.reminded_at
    again = reminded is None or turn.at - reminded > INSISTS
    if again:
        folder.edit(reminded_at=turn.at)
        if folder.case.reasons == known:  # else the card comes up anew and says so
            folder.inform(line("staff.asks_person_again", ref=folder.case.ref), silent=False)
    ref = folder.case.ref
    if due:
        said = line("person.already" if again else "person.known", ref=ref, due=due)
    else:
        said = line("person.already_plain" if again else "person.known_plain", ref=ref)
    folder.tell(said, menu=True, purpose="person")


INSISTS = timedelta(minutes=10)
"""Asking for a person again within this time is not told to the team a second time."""


def cases(turn: Turn) -> None:
    """Show the state of all their cases: what is next, and by when."""
    mine = turn.open_cases()
    if not mine:
        turn.tell(line("cases.none"), menu=True)
        return
    lines: list[Line] = [line("cases.title")]
    lines += [case_line(turn, folder) for folder in mine]
    turn.tell(*lines, menu=True)


def case_line(turn: Turn, folder: Folder) -> Line:
    """Say where one case stands."""
    case = folder.case
    due = turn.promised(folder)
    values: dict[str, Value] = {
        "ref": case.ref,
        "category": Label(f"category.{case.category}"),
        "status": Label(f"status.{case.status.value}"),
        "next": Label(f"next.{case.status.value}"),
    }
    if due:
        return line("cases.row_due", due=due, **values)
    return line("cases.row", **values)


def add(turn: Turn) -> None:
    """Ask for more, for the one open case or the one they choose."""
    mine = [f for f in turn.open_cases() if f.case.status != "draft"]
    drafts = [f for f in turn.open_cases() if f.case.status == "draft"]
    if drafts and not mine:
        resume(turn)
        if not turn.told:
            turn.tell(line("greeting.speak_short"), menu=True)
        return
    if not mine:
        turn.tell(line("add.none"), menu=True)
    elif len(mine) == 1:
        choose_add(turn, mine[0])
    else:
        turn.tell(line("add.which"), buttons=choices(mine, "c:+:"))


def choose_add(turn: Turn, folder: Folder) -> None:
    """Take what comes next as belonging to this case."""
    turn.know(focus=folder.case.id)
    turn.go("adding", folder)
    folder.tell(line("add.go_on", ref=folder.case.ref))


def choices(folders: list[Folder], prefix: str) -> Rows:
    """Return a button for each case."""
    return tuple(
        (
            Button(
                line("button.case", ref=f.case.ref, category=Label(f"category.{f.case.category}")),
                f"{prefix}{f.case.id}:",
            ),
        )
        for f in folders
    )


def withdraw(turn: Turn) -> None:
    """Ask which case they want to take back, and whether they are sure."""
    mine = [f for f in turn.open_cases() if possible(f, "withdraw")]
    if not mine:
        turn.tell(line("withdraw.none"), menu=True)
    elif len(mine) == 1:
        ask_withdraw(mine[0])
    else:
        turn.tell(line("withdraw.which"), buttons=choices(mine, "c:w:"))


def ask_withdraw(folder: Folder) -> None:
    """Ask for certainty before a case is taken back."""
    prefix = f"c:w:{folder.case.id}:"
    folder.tell(
        line("withdraw.sure", ref=folder.case.ref),
        buttons=(
            (
                Button(line("withdraw.yes"), prefix + "yes"),
                Button(line("withdraw.no"), prefix + "no"),
            ),
        ),
    )


def withdraw_pressed(turn: Turn, folder: Folder, choice: str) -> bool:
    """Take the case back, or leave it as it is."""
    if not choice:
        ask_withdraw(folder)
    elif choice == "no":
        turn.tell(line("withdraw.kept", ref=folder.case.ref), menu=True)
    elif possible(folder, "withdraw"):
        if turn.dialog and turn.dialog.case == folder.case.id:
            turn.rest()
        run(turn, folder, "withdraw", actor="customer")
    else:
        return False
    return True


def language(turn: Turn) -> None:
    """Ask for a language; each is named in itself."""
    turn.tell(
        line("language.question"),
        buttons=tuple((Button(line(f"language.{one}"), f"c:n:0:l-{one}"),) for one in LANGUAGES),
    )


def set_language(turn: Turn, chosen: str) -> None:
    """Speak this language from now on, menu included."""
    turn.know(language=chosen, language_fixed=True)
    for folder in turn.open_cases():
        folder.edit(language=chosen)
    turn.tell(line("language.set"), menu=True)
    resume(turn)


def ask_name(turn: Turn) -> None:
    """Ask how they may be addressed."""
    turn.go("name")
    turn.tell(line("name.question"))


def ask_here(turn: Turn) -> None:
    """Begin a case of somebody who is being served right now: the place comes first."""
    folder = turn.open_case()
    folder.edit(on_the_spot=True, listening=True)
    turn.know(focus=folder.case.id)
    turn.go("here", folder)
    folder.tell(
        line("here.where"),
        buttons=((Button(line("here.rather_call"), f"c:n:{folder.case.id}:call"),),),
    )


def help_(turn: Turn) -> None:
    """Say what can be done here: to staff how they work, to everybody else how to complain."""
    if turn.desk.member(turn.customer.id) is not None:
        turn.tell(line("staff.commands"))
        return
    turn.tell(line("help.text", desk=turn.desk.general.name), menu=True)


def new(turn: Turn) -> None:
    """Begin a new matter: whatever is written next is its story."""
    turn.rest()
    folder = turn.open_case()
    folder.edit(listening=True)
    turn.know(focus=folder.case.id)
    turn.go("listening", folder)
    folder.tell(line("greeting.speak_short"), buttons=done_button(folder))


def feedback(turn: Turn) -> None:
    """Begin a matter that is only to be noted; one tap makes it a complaint."""
    turn.rest()
    folder = turn.open_case()
    folder.edit(kind="feedback", listening=True)
    note(turn, folder, "kind", "feedback")
    turn.know(focus=folder.case.id)
    turn.go("listening", folder)
    folder.tell(line("feedback.speak"), buttons=done_button(folder))


def policy(turn: Turn) -> None:
    """Say how complaints are handled here, by when one hears, and where else to turn."""
    config = turn.desk.config
    due = config.usual.first_answer.after(turn.at, config.hours)
    turn.tell(
        line("policy.title", desk=turn.desk.general.name),
        line("policy.how"),
        line("policy.when", due=When(due), number=turn.desk.emergency()),
        line(f"outside.{turn.desk.outside}"),
        menu=True,
    )


def privacy(turn: Turn) -> None:
    """Say what happens to their data."""
    turn.tell(line("greeting.data"), menu=True)


COMMANDS = {
    "person": person,
    "new": new,
    "here": ask_here,
    "privacy": privacy,
    "policy": policy,
    "feedback": feedback,
    "cases": cases,
    "add": add,
    "withdraw": withdraw,
    "language": language,
    "help": help_,
}
