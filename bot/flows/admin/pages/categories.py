"""*Categories and questions*: the categories, one of them with its questions in order."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import documents
from bot.flows.admin.frame import (
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
)
from bot.flows.admin.wordings import new_id, shipped_of, stands, with_text, wrong
from bot.flows.effects import Join, Label, Line, line
from bot.flows.languages import LANGUAGES
from bot.flows.playbooks import Playbook

# ---- the categories -------------------------------------------------------------------------


def show(view: View) -> Shown:
    """List the categories."""
    books = list(view.config.playbooks.items())
    part, turning = pages_of(view.place, len(books))
    text = [line("categories.title", count=len(books)), line("categories.how")]
    keys: list[tuple[Key, ...]] = []
    for n, (name, book) in list(enumerate(books, 1))[part]:
        called, count = Label(f"category.{name}"), len(book.facts)
        row = "categories.row_hidden" if book.hidden else "categories.row"
        text.append(line(row, n=n, name=called, count=count))
        keys.append((Key(named(called, f"{n}. "), go("category", path=("playbooks", name))),))
    last = ((Key(line("categories.add"), ask("name")),),) if view.editable else ()
    return Shown(tuple(text), (*keys, turning, *last))


def _add(work: Work, typed: Typed, _args: Any) -> None:
    """Begin a category of the desk's own, by its name; its apology is that of any matter."""
    view, name = work.view, " ".join(typed.text.split())
    new = new_id(work)
    mistake = wrong(view, f"category.{new}", view.language, name)
    if mistake is None and name.casefold() in {one.casefold() for one in _names(view)}:
        mistake = line("mistake.same_name", name=name)
    if mistake is not None:
        work.say(line("mistake.kept", said=mistake))
        return
    doc = with_text(view.doc, view.language, f"category.{new}", name)
    for language in LANGUAGES:
        sorry = shipped_of(view, "sorry.other", language)
        if sorry:
            doc = with_text(doc, language, f"sorry.{new}", sorry)
    path = ("playbooks", new)
    if work.edit(documents.put(doc, path, {"id": new, "facts": []})):
        work.say(line("categories.added"))
        work.open("category", path=path)


def _names(view: View) -> set[str]:
    """Return what the categories are called in the language of whoever edits."""
    called = (stands(view, f"category.{one}", view.language) for one in view.config.playbooks)
    return {one for one in called if one}


PAGE = Page(show, takes={"name": _add})

# ---- one category ---------------------------------------------------------------------------


def show_one(view: View) -> Shown:
    """Show what is asked in one category, and in which order."""
    book = Playbook.model_validate(view.there(view.path))
    part, turning = pages_of(view.place, len(book.facts))
    text: list[Line] = [
        line("book.title", name=Label(f"category.{book.id}")),
        line("book.hidden" if book.hidden else "book.offered"),
        line("book.grade", grade=Label(f"grade.{book.grade.value}")),
        line("book.remedies", remedies=Join(tuple(Label(f"remedy.{x}") for x in book.remedies))),
        line("book.most", most=book.most) if book.facts else line("book.no_questions"),
    ]
    keys: list[tuple[Key, ...]] = []
    for n, fact in list(enumerate(book.facts, 1))[part]:
        mark, name = "❗ " if fact.required else "", Label(f"fact.{fact.id}")
        text.append(line("book.row", n=n, mark=mark, name=name))
        opened = go("question", path=(*view.path, "facts", fact.id))
        keys.append((Key(named(name, f"{n}. {mark}"), opened),))
    if not view.editable:
        return Shown(tuple(text), (*keys, turning))
    return Shown(tuple(text), (*keys, turning, *_acts(view, book)))


def _acts(view: View, book: Playbook) -> Keys:
    path = view.path
    last = [Key(line("book.accused_key"), go("value", path=(*path, "accused")))]
    if book.id != "other":
        last.append(_switch_key(book))
    if not _in_force(view):
        last.append(Key(line("book.remove"), do("remove")))
    return (
        (Key(line("book.add"), do("add")),),
        (
            Key(line("book.name"), go("text", id=f"category.{book.id}")),
            Key(line("book.sorry"), go("text", id=f"sorry.{book.id}")),
        ),
        (
            Key(line("book.grade_key"), go("value", path=(*path, "grade"))),
            Key(line("book.remedies_key"), go("value", path=(*path, "remedies"))),
            Key(line("book.most_key"), go("value", path=(*path, "most"))),
        ),
        tuple(last),
    )


def _switch_key(book: Playbook) -> Key:
    label = line("book.show") if book.hidden else line("book.hide")
    return Key(label, do("hide", hidden=not book.hidden))


def _in_force(view: View) -> bool:
    """Whether cases may be of this category already: then it can be hidden, not removed."""
    return view.path[1] in view.desk.config.playbooks


def _hide(work: Work, args: Any) -> None:
    work.view.there(work.view.path)
    work.put((*work.view.path, "hidden"), bool(args["hidden"]))


def _remove(work: Work, _args: Any) -> None:
    if not _in_force(work.view) and work.drop(work.view.path):
        work.say(line("book.removed"))
        work.leave()


def _begin(work: Work, _args: Any) -> None:
    """Begin a question for this category, or go on with the one begun for it."""
    category = work.view.path[1]
    if (work.session.question or {}).get("category") != category:
        work.know(question={"category": category})
    work.open("asking")


ONE = Page(show_one, does={"hide": _hide, "remove": _remove, "add": _begin})
