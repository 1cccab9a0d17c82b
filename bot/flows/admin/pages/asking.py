"""A question put together step by step: its kind, its words, its short name, its choices."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import documents, reading
from bot.flows.admin.frame import (
    GoneError,
    Key,
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
from bot.flows.admin.pages.question import chosen, worded
from bot.flows.admin.wordings import new_id, with_text, wrong
from bot.flows.effects import Label, Line, line
from bot.flows.playbooks import COMMON, FactAsked
from bot.flows.session import Doc

KINDS = (
    *("text", "choice", "yesno", "date", "place"),
    *("reference", "amount", "quantity", "contact"),
)
"""Kinds of answer, the usual ones first."""

SLOTS = {
    "reference": ("reference",),
    "amount": ("amount",),
    "place": ("place",),
    "quantity": ("quantity",),
    "contact": ("phone", "email"),
}
"""What answers a question of this kind unasked, where no other of its category does."""

DAYS = ("today", "yesterday")
"""Days that can be tapped where a date is asked for."""


def _form(view: View) -> Doc:
    form = view.session.question
    if form is None or form.get("category") not in view.config.playbooks:
        raise GoneError("question")
    return form


def _steps(form: Doc) -> dict[str, bool]:
    """Return the steps in order, and whether each is done."""
    steps = {one: bool(form.get(one)) for one in ("type", "ask", "label")}
    return steps | ({"choices": bool(form.get("choices"))} if form.get("type") == "choice" else {})


def show(view: View) -> Shown:
    """Show the question as far as it goes; the next step is marked."""
    form = _form(view)
    steps = _steps(form)
    following = next((one for one, done in steps.items() if not done), "")
    text: list[Line] = [line("asking.title", category=Label(f"category.{form['category']}"))]
    text += _said(form)
    text.append(line(f"asking.next.{following}") if following else line("asking.ready"))
    keys: list[tuple[Key, ...]] = []
    if following == "type":
        kinds = [Key(line(f"fact_type.{one}"), do("kind", kind=one)) for one in KINDS]
        keys = [*rows(kinds, 2), (Key(line("asking.known"), go("known")),)]
    else:
        keys = [(_step(one, following, done=done),) for one, done in steps.items()]
    if not following:
        keys.append((Key(line("new.finish"), do("finish")),))
    return Shown(tuple(text), (*keys, (Key(line("new.drop"), do("drop")),)))


def _step(step: str, following: str, *, done: bool) -> Key:
    mark = "✅" if done else "▶" if step == following else "▫️"
    label = line("asking.step", mark=mark, name=Label(f"asking_step.{step}"))
    return Key(label, do("again") if step == "type" else ask(step))


def _said(form: Doc) -> list[Line]:
    rows_: list[Line] = []
    if kind := form.get("type"):
        rows_.append(line("question.kind", kind=Label(f"fact_type.{kind}")))
    if words := form.get("ask"):
        rows_.append(line("asking.words", words=words))
    if label := form.get("label"):
        rows_.append(line("asking.label", label=label))
    rows_ += [
        line("choices.row", n=n, name=one) for n, one in enumerate(form.get("choices") or (), 1)
    ]
    return rows_


def _go_on(work: Work, **more: Any) -> None:
    """Keep what was said, and await what is missing."""
    form = {**_form(work.view), **more}
    work.know(question=form)
    following = next((one for one, done in _steps(form).items() if not done), "")
    if following not in {"", "type"}:
        work.awaits(following)


def _kind(work: Work, args: Any) -> None:
    if args["kind"] in KINDS:
        _go_on(work, type=args["kind"])


def _again(work: Work, _args: Any) -> None:
    form = _form(work.view)
    work.know(question={one: form[one] for one in form if one not in {"type", "choices"}})


def _taken(work: Work, step: str, text_id: str, typed: Typed) -> None:
    view, text = work.view, typed.text.strip()
    mistake = wrong(view, text_id, view.language, text)
    if mistake is not None:
        work.say(line("mistake.kept", said=mistake))
        work.awaits(step)
    else:
        _go_on(work, **{step: text})


def _ask(work: Work, typed: Typed, _args: Any) -> None:
    _taken(work, "ask", "ask.own", typed)


def _label(work: Work, typed: Typed, _args: Any) -> None:
    _taken(work, "label", "category.own", Typed(" ".join(typed.text.split())))


def _choices(work: Work, typed: Typed, _args: Any) -> None:
    made = chosen(work, reading.words(typed.text), 0)
    if made is None:
        work.awaits("choices")
    else:
        _go_on(work, choices=list(made.values()))


def _finish(work: Work, _args: Any) -> None:
    """Put the question behind the others of its category."""
    view = work.view
    form = _form(view)
    if not all(_steps(form).values()):
        return
    new = new_id(work)
    made = {new_id(work, n): x for n, x in enumerate(form.get("choices") or (), 1)}
    doc = with_text(view.doc, view.language, f"ask.{new}", form["ask"])
    doc = with_text(doc, view.language, f"fact.{new}", form["label"])
    doc = worded(doc, view.language, made)
    kind = form["type"]
    fact = {
        "id": new,
        "type": kind,
        "ask": [f"ask.{new}"],
        "choices": list(DAYS if kind == "date" else made),
        "slots": list(_slots(view, form)),
    }
    _put(work, doc, form["category"], fact)


def _slots(view: View, form: Doc) -> tuple[str, ...]:
    kind = form["type"]
    taken = any(one.type == kind for one in view.config.playbooks[form["category"]].facts)
    return () if taken else SLOTS.get(kind, ())


def _put(work: Work, doc: Doc, category: str, fact: Doc) -> None:
    facts = ("playbooks", category, "facts")
    there = documents.at(doc, facts)
    if work.edit(documents.put(doc, facts, [*there, fact])):
        work.know(question=None)
        work.say(line("asking.finished"))
        work.leave()
        work.open("question", path=(*facts, fact["id"]))


def _drop(work: Work, _args: Any) -> None:
    work.know(question=None)
    work.say(line("asking.dropped"))
    work.leave()


PAGE = Page(
    show,
    does={"kind": _kind, "again": _again, "finish": _finish, "drop": _drop},
    takes={"ask": _ask, "label": _label, "choices": _choices},
)

# ---- questions that are there already -------------------------------------------------------


def _known(view: View) -> dict[str, FactAsked]:
    """Return the questions of other categories that this one does not ask."""
    asked = view.config.playbooks[_form(view)["category"]]
    others = (fact for book in view.config.playbooks.values() for fact in book.facts)
    found: dict[str, FactAsked] = {}
    for fact in (*COMMON.values(), *others):
        if asked.fact(fact.id) is None:
            found.setdefault(fact.id, fact)
    return found


def show_known(view: View) -> Shown:
    """List the questions that are asked elsewhere, worded in every language already."""
    there = _known(view)
    part, turning = pages_of(view.place, len(there))
    text = [line("known.title"), line("value.how_one")]
    keys: list[tuple[Key, ...]] = []
    for n, (fact_id, fact) in list(enumerate(there.items(), 1))[part]:
        words = view.text_of(fact.ask[0], view.language)
        text.append(line("known.row", n=n, name=Label(f"fact.{fact_id}"), words=words))
        keys.append((Key(named(Label(f"fact.{fact_id}"), f"{n}. "), do("take", fact=fact_id)),))
    return Shown(tuple(text), (*keys, turning))


def _take(work: Work, args: Any) -> None:
    view = work.view
    fact = _known(view).get(args["fact"])
    if fact is None:
        raise GoneError(args["fact"])
    work.leave()
    doc = fact.but(required=False).model_dump(mode="json")
    _put(work, view.doc, _form(view)["category"], doc)


KNOWN = Page(show_known, does={"take": _take})
