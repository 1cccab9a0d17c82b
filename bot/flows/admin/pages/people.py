"""*People*: who has which role, who is away, in which language the desk speaks to each.

Roles are configuration and go into the draft. Being away and the language are facts of the day:
they hold at once, as `/away` does.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from bot.flows.admin import reading
from bot.flows.admin.fields import options
from bot.flows.admin.frame import (
    GoneError,
    Key,
    Keys,
    Page,
    Shown,
    Typed,
    View,
    Work,
    ask,
    do,
    go,
    named,
    pages_of,
    rows,
)
from bot.flows.away import back_at
from bot.flows.desk import Language
from bot.flows.effects import Label, Line, Say, Value, When, line
from bot.flows.people import LADDER, Role, Staff

LANGUAGES = options(Language)
LARGEST = 2**52
"""Beyond any user id that Telegram gives."""


def _known(view: View) -> list[int]:
    """Return everybody who works here or is given a role, the highest first."""
    desk = view.desk.but(config=view.config)
    found = {*desk.staff, *desk.admins, *view.config.people}
    ranked = [(member, one) for one in found if (member := desk.member(one)) is not None]
    return [
        one
        for member, one in sorted(
            ranked, key=lambda x: (-LADDER.index(x[0].role), x[0].name.lower(), x[1])
        )
    ]


def _member(view: View, user: int) -> Staff:
    member = view.desk.but(config=view.config).member(user)
    if member is None:
        raise GoneError(user)
    return member


def show(view: View) -> Shown:
    """List everybody."""
    people = _known(view)
    part, turning = pages_of(view.place, len(people))
    text = [line("people.title", count=len(people)), line("people.how")]
    text += [_row(view, _member(view, one)) for one in people[part]]
    keys = [Key(named(view.names.person(one)), go("person", user=one)) for one in people[part]]
    add = ((Key(line("people.add"), ask("user")),),) if view.editable else ()
    return Shown(tuple(text), (*rows(keys, 2), turning, *add))


def _row(view: View, member: Staff) -> Line:
    name, role = view.names.person(member.id), Label(f"role_title.{member.role.value}")
    if member.away_until is not None and member.away_until > view.at:
        return line("people.row_away", name=name, role=role, until=When(member.away_until))
    return line("people.row", name=name, role=role)


def _take_user(work: Work, typed: Typed, _args: Any) -> None:
    user = reading.number(typed.text)
    if user is None or not 0 < user < LARGEST:
        work.say(line("mistake.unread", example=line("example.user")))
        return
    if work.view.desk.but(config=work.view.config).member(user) is None:
        if not work.put(("people", str(user)), Role.AGENT.value):
            return
        work.say(line("people.added"))
    work.open("person", user=user)


PAGE = Page(show, takes={"user": _take_user})


# ---- one person -----------------------------------------------------------------------------


def show_one(view: View) -> Shown:
    """Say who they are, with keys for role, absence and language."""
    user = int(view.args.get("user", 0))
    member = _member(view, user)
    away = member.away_until is not None and member.away_until > view.at
    language: Value = (
        Label(f"language.{member.language}") if member.language else line("person.by_telegram")
    )
    text = [
        line("person.title", name=view.names.person(user), user=user),
        line("person.role", role=Label(f"role_title.{member.role.value}")),
        line("person.away", until=When(member.away_until))
        if away and member.away_until
        else line("person.here"),
        line("person.language", language=language),
    ]
    if not member.private:
        text.append(line("person.not_private"))
    if user in view.desk.operators:
        text.append(line("person.operator"))
    if not view.editable:
        return Shown(tuple(text))
    text.append(line("person.how"))
    return Shown(tuple(text), _keys(view, member, away=away))


def _keys(view: View, member: Staff, *, away: bool) -> Keys:
    roles = [
        Key(
            named(Label(f"role_title.{one.value}"), "● " if one is member.role else "○ "),
            do("role", role=one.value),
        )
        for one in LADDER
    ]
    known = member.id in view.desk.staff
    languages = [
        Key(
            named(Label(f"language.{one}"), "● " if one == member.language else "○ "),
            do("language", language=one),
        )
        for one in LANGUAGES
    ]
    absence = [Key(line("person.away_key"), ask("until"))]
    if away:
        absence.append(Key(line("person.back_key"), do("here")))
    given = str(member.id) in view.doc["people"]
    own = [Key(line("person.no_role"), do("role", role=None))] if given else []
    hers = () if member.id in view.desk.operators else (*rows(roles, 2), tuple(own))
    return (*hers, *((tuple(absence), tuple(languages)) if known else ()))


def _role(work: Work, args: Any) -> None:
    """Give a role, in the draft; none takes back what was given."""
    view = work.view
    path = ("people", str(view.args["user"]))
    if args["role"] is None:
        work.drop(path)
    else:
        work.put(path, args["role"])


def _stored(work: Work) -> Staff:
    """Return somebody as the desk knows them."""
    member = work.turn.desk.staff.get(int(work.view.args["user"]))
    if member is None:
        raise GoneError
    return member


def _language(work: Work, args: Any) -> None:
    member = _stored(work)
    work.turn.settings(staff=[member.but(language=args["language"])])
    work.say(line("person.at_once"))


def _here(work: Work, _args: Any) -> None:
    member = _stored(work)
    work.turn.settings(staff=[member.but(away_until=None)])
    work.say(line("away.back", who=member.name))
    _tell(work, member, line("person.told_back", by=work.who.name))


def _take_until(work: Work, typed: Typed, _args: Any) -> None:
    member, until = _stored(work), back_at(work.turn, typed.text)
    if until is None:
        work.say(line("mistake.unread", example=line("example.moment")))
        return
    work.turn.settings(staff=[member.but(away_until=until.astimezone(UTC))])
    work.say(line("person.is_away", who=member.name, until=When(until)))
    _tell(work, member, line("person.told_away", by=work.who.name, until=When(until)))


def _tell(work: Work, member: Staff, said: Line) -> None:
    """Let them know in private what somebody else set for them."""
    if member.private and member.id != work.who.id:
        language = member.language or work.turn.desk.general.staff_language
        work.turn.do(Say(member.id, (said,), language=language, purpose="admin"))


ONE = Page(
    show_one,
    does={"role": _role, "language": _language, "here": _here},
    takes={"until": _take_until},
)
