"""The card of a case, as staff see it: what is known, why it is here, by when, what to press."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING

from bot.flows.effects import Button, Join, Label, Line, Rows, When, line
from bot.flows.folder import UNDONE
from bot.flows.lifecycle.verifying import CHECKS, SIDES, VERIFY
from bot.flows.marks import units
from bot.flows.model import Status
from bot.flows.rules.reasons import reason_line
from bot.flows.showing import UNSHOWN, shorten, shown_value, wishes

if TYPE_CHECKING:
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.effects import Value
    from bot.flows.model import Case, Fact
    from bot.texts.catalogue import Locale

QUEUE_STORY = 280
TOPIC_STORY = 1200
"""Characters of the story on a card; the relayed words and the timeline have all of it."""

CARD_LIMIT = 4096
"""Telegram's limit for a message, in UTF-16 units after entity parsing."""

AT_WORK = frozenset({Status.QUEUED, Status.HANDED_OFF, Status.IN_PROGRESS, Status.WAITING})


def card(case: Case, desk: Desk, locale: Locale, now: datetime, *, whole: bool) -> str:
    """Return the card's text as HTML. `whole` is the one in the case's own topic."""
    rows: list[Line] = [title(case), _who(case)]
    currency = desk.general.currency
    rows += [line("card.reason", why=reason_line(one, currency)) for one in case.reasons[-4:]]
    if whole:
        rows += _facts(case, desk)
    rows += _wishes(case)
    if case.media:
        rows.append(line("card.media", count=case.media))
    rows += _found_out(case)
    rows += _standing(case)
    text = locale.html(tuple(rows), now)
    room = CARD_LIMIT - units(text) - MARGIN
    story = shorten(case.story, min(TOPIC_STORY if whole else QUEUE_STORY, max(room, 0)))
    if not story:
        return text
    marked = mark_words(html.escape(story, quote=False), [sign.words for sign in case.signs])
    return f"{text}\n<blockquote>{marked}</blockquote>"


MARGIN = 160


def title(case: Case) -> Line:
    """Return the first line: mark, number, category."""
    return line(
        "card.title",
        mark=Label(f"grade_mark.{case.grade.value}"),
        ref=case.ref,
        category=Label(f"category.{case.category}"),
        status=Label(f"card.status.{case.status.value}"),
    )


def _who(case: Case) -> Line:
    marks: list[Value] = []
    if case.taken_down_by:
        marks.append(line("card.taken_down", by=case.taken_down_by))
    if case.absent:
        marks.append(line("card.absent"))
    if case.crisis is not None and "crisis" in case.tags:
        marks.append(line("card.crisis", ref=f"X-{case.crisis}"))
    if case.on_the_spot:
        marks.append(line("card.on_the_spot"))
    if not case.confirmed and case.status is not Status.FEEDBACK:
        marks.append(line("card.unconfirmed"))
    if case.reopened:
        marks.append(line("card.reopened", count=case.reopened))
    if case.pulse is not None:
        marks.append(line("card.pulse", mark=case.pulse))
    if case.source and not case.taken_down_by:
        marks.append(line("card.source", source=case.source))
    if marks:
        return line("card.who_marked", name=case.name, marks=Join(tuple(marks)))
    return line("card.who", name=case.name)


def _facts(case: Case, desk: Desk) -> list[Line]:
    rows = [
        _fact(case, desk, name, fact) for name, fact in case.facts.items() if name not in UNSHOWN
    ]
    if "danger" in case.facts and case.facts["danger"].value:
        rows.insert(
            0, line("card.danger", state=Label(f"danger_state.{case.facts['danger'].value}"))
        )
    return rows


def _fact(case: Case, desk: Desk, name: str, fact: Fact) -> Line:
    label = Label(f"fact.{name}")
    if fact.value is None:
        return line("card.fact_open", label=label)
    asked = desk.config.playbook(case).fact(name)
    value = shown_value(fact, asked)
    if isinstance(value, str) and name == "when" and len(value) == len("2026-11-18"):
        value = date.fromisoformat(value)
    if isinstance(value, str):
        value = shorten(value, 200)
    return line("card.fact" if fact.sure else "card.fact_guessed", label=label, value=value)


def _wishes(case: Case) -> list[Line]:
    rows = []
    if case.remedies:
        rows.append(line("card.remedies", remedies=wishes(case)))
    if case.remedies_rejected:
        unwanted = Join(tuple(Label(f"remedy.{one}") for one in case.remedies_rejected))
        rows.append(line("card.rejected", remedies=unwanted))
    return rows


def _found_out(case: Case) -> list[Line]:
    """Say what staff found out, for staff alone."""
    rows = []
    if case.underlying_need:
        rows.append(line("card.underlying", need=case.underlying_need))
    if case.verified:
        checks = (
            line("card.checked", what=Label(f"check.{one}"), who=check.name)
            for one, check in case.verified.items()
        )
        rows.append(line("card.verified", checks=Join(tuple(checks))))
    if case.responsibility:
        rows.append(line("card.side", side=Label(f"side.{case.responsibility}")))
    return rows


def _standing(case: Case) -> list[Line]:
    rows = []
    if case.owner_name:
        rows.append(line("card.owner", owner=case.owner_name))
    elif case.status in AT_WORK:
        rows.append(line("card.nobody"))
    if case.helpers:
        rows.append(line("card.helpers", names=Join(tuple(case.helpers.values()))))
    if case.approval is not None:
        asked = case.approval
        rows.append(
            line(
                "card.approval",
                what=asked.what or asked.rule,
                state=Label(f"approval_state.{asked.state}"),
                who=asked.by_name,
            )
        )
    if case.paused is not None:
        why = Label(f"waits_for.{case.paused.reason}")
        rows.append(line("card.paused", reason=why, due=When(case.paused.until)))
    dues = [p for p in case.promises if p.state == "open" and not p.stands]
    if dues and case.open:
        first = min(dues, key=lambda p: p.due)
        rows.append(line("card.due", what=Label(f"promise.{first.kind}"), due=When(first.due)))
    if case.rating is not None:
        rows.append(line("card.rating", rating=case.rating))
    return rows


def mark_words(escaped: str, words: list[str]) -> str:
    """Mark the words that triggered something, in text that is escaped already."""
    wanted = {html.escape(word, quote=False) for word in words if len(word) > 1}
    if not wanted:
        return escaped
    pattern = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    return re.sub(pattern, lambda found: f"<b><u>{found.group()}</u></b>", escaped)


PRESSES = {
    "take": "take:#:",
    "ask": "askmenu:#:",
    "reply": "prompt:#:reply",
    "progress": "prompt:#:progress",
    "resolve": "prompt:#:resolve",
    "refuse": "prompt:#:refuse",
    "transfer": "tomenu:#:",
    "grade": "grademenu:#:",
    "release": "release:#:",
    "help": "helpmenu:#:",
    "reopen": "reopen:#:",
    "verify": "checks:#:",
    "need": "prompt:#:need",
    "pause": "pausemenu:#:",
    "resume": "resume:#:",
    "contain": "prompt:#:contained",
    "more": "more:#:",
    "less": "less:#:",
}
"""A card's buttons and what each carries, `#` for the case."""

Keys = tuple[tuple[str, ...], ...]
OVER: Keys = (("reopen",),)
FEEDBACK: Keys = (("reply",),)
QUEUED: Keys = (("take", "more"),)
UNOWNED: Keys = (("take",), ("ask", "more"))
UNOWNED_MORE: Keys = (
    ("take", "reply"),
    ("ask", "progress"),
    ("resolve", "refuse"),
    ("verify", "need"),
    ("grade", "less"),
)
OWNED: Keys = (("ask", "resolve"), ("progress", "more"))
OWNED_MORE: Keys = (
    ("reply", "transfer"),
    ("refuse", "grade"),
    ("verify", "need"),
    ("pause", "release"),
)
OWNED_LAST: Keys = (("help", "less"),)
CONTAIN: Keys = (("contain", "help"), ("less",))


def keys(case: Case, *, whole: bool, page: str) -> Keys:
    """Return which buttons a card has where the case stands."""
    if case.status is Status.FEEDBACK:
        return FEEDBACK
    if case.status not in AT_WORK:
        return () if case.status in {Status.DRAFT, Status.FOLLOWED_UP} else OVER
    if case.owner is not None:
        return _more(case) if page else OWNED
    if page:
        return UNOWNED_MORE
    return UNOWNED if whole else QUEUED


def _more(case: Case) -> Keys:
    """Return the second page of what an owner can do."""
    rows = OWNED_MORE
    if case.paused is not None:
        rows = tuple(tuple("resume" if one == "pause" else one for one in row) for row in rows)
    owed = any(p.kind == "containment" and p.state in UNDONE for p in case.promises)
    return (*rows, *(CONTAIN if owed else OWNED_LAST))


def buttons(case: Case, *, whole: bool, page: str) -> Rows:
    """Return the buttons of a card: what can be done with it where it stands."""
    number = str(case.id)
    rows = tuple(
        tuple(
            Button(Line(f"card.{name}"), f"s:{PRESSES[name]}".replace("#", number)) for name in row
        )
        for row in keys(case, whole=whole, page=page)
    )
    if page == VERIFY and case.status in AT_WORK:
        return (*_checks(case), *rows[-1:])
    return rows


def _checks(case: Case) -> Rows:
    """Return a button for each thing to verify and for each side it may lie on."""
    ticks = [
        Button(
            line(
                "button.ticked" if one in case.verified else "button.unticked",
                label=Label(f"check.{one}"),
            ),
            f"s:verify:{case.id}:{one}",
        )
        for one in CHECKS
    ]
    sides = [
        Button(
            line(
                "button.picked" if one == case.responsibility else "button.plain",
                label=Label(f"side.{one}"),
            ),
            f"s:responsibility:{case.id}:{one}",
        )
        for one in SIDES
    ]
    return tuple((each[i], each[i + 1]) for each in (ticks, sides) for i in (0, 2))


def topic_name(case: Case, locale: Locale) -> str:
    """Return the topic's name: grade mark, number, category (128 characters at most)."""
    mark = locale.get(f"grade_mark.{case.grade.value}")
    category = locale.label(Label(f"category.{case.category}"))
    return f"{mark} {case.ref} · {category}"[:128]
