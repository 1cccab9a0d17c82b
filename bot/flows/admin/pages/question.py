"""One question of a category: seen as the customer sees it, worded, moved, required, removed."""

from __future__ import annotations

from typing import Any

from bot.flows.admin import documents, reading
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
from bot.flows.admin.pages.texts import languages
from bot.flows.admin.wordings import (
    buttons_in,
    is_own,
    new_id,
    preview,
    shipped_of,
    with_text,
    wrong,
)
from bot.flows.conversation.ask import offered
from bot.flows.effects import Join, Label, Line, line
from bot.flows.languages import LANGUAGES
from bot.flows.playbooks import FactAsked
from bot.flows.session import Doc

MOST_CHOICES = 12


def _fact(view: View) -> FactAsked:
    """Return the question one is at."""
    return FactAsked.model_validate(view.there(view.path))


def _language(view: View) -> str:
    return str(view.args.get("lang") or view.language)


def show(view: View) -> Shown:
    """Show the question as readers of one language get it, and what may be done with it."""
    fact, language = _fact(view), _language(view)
    there = view.there(view.path[:-1])
    place = documents.index_of(there, fact.id) or 0
    answers = (*(f"choice.{one}" for one in offered(fact)), "button.not_sure")
    answers += () if fact.required else ("button.skip",)
    text: list[Line] = [
        line("question.title", name=Label(f"fact.{fact.id}"), n=place + 1, count=len(there)),
        line("question.kind", kind=Label(f"fact_type.{fact.type}")),
        line("question.required" if fact.required else "question.optional"),
        line("question.preview", language=Label(f"language.{language}")),
        line("question.asked", question=preview(view, fact.ask[0], language)),
        line("question.buttons", buttons=buttons_in(view, language, answers)),
    ]
    if missing := _unworded(view, fact):
        text.append(line("question.unworded", languages=_called(missing)))
    if beside := _beside(view, fact):
        text.append(line("question.shared", categories=Join(beside)))
    row = languages(view, language)
    if not view.editable:
        return Shown(tuple(text), (row,))
    return Shown(tuple(text), (row, *_keys(fact, beside=bool(beside))))


def _called(codes: list[str]) -> Join:
    return Join(tuple(Label(f"language.{one}") for one in codes))


def _unworded(view: View, fact: FactAsked) -> list[str]:
    """Return the languages in which nobody worded the question yet."""
    ids = (fact.ask[0], f"fact.{fact.id}", *(f"choice.{one}" for one in fact.choices))

    def worded(language: str) -> bool:
        return all(is_own(view, x, language) or shipped_of(view, x, language) for x in ids)

    return [one for one in LANGUAGES if not worded(one)]


def _beside(view: View, fact: FactAsked) -> tuple[Label, ...]:
    """Return the other categories that ask in the same words."""
    return tuple(
        Label(f"category.{name}")
        for name, book in view.config.playbooks.items()
        if name != view.path[1] and any(set(one.ask) & set(fact.ask) for one in book.facts)
    )


def _keys(fact: FactAsked, *, beside: bool) -> Keys:
    required = line("question.make_optional") if fact.required else line("question.make_required")
    words = [Key(line("question.word"), go("text", id=fact.ask[0]))]
    words += [Key(line("question.again"), go("text", id=one)) for one in fact.ask[1:2]]
    words.append(Key(line("question.label"), go("text", id=f"fact.{fact.id}")))
    more = [Key(line("question.choices"), do("choices"))] if fact.type == "choice" else []
    more += [Key(line("question.apart"), do("apart"))] if beside else []
    return (
        (
            Key(line("rule.up"), do("move", by=-1)),
            Key(line("rule.down"), do("move", by=1)),
            Key(required, do("require", required=not fact.required)),
        ),
        tuple(words),
        (*more, Key(line("question.remove"), do("remove"))),
    )


def _move(work: Work, args: Any) -> None:
    work.edit(documents.moved(work.view.doc, work.view.path, args["by"]))


def _require(work: Work, args: Any) -> None:
    _fact(work.view)
    work.put((*work.view.path, "required"), bool(args["required"]))


def _remove(work: Work, _args: Any) -> None:
    name = Label(f"fact.{_fact(work.view).id}")
    if work.drop(work.view.path):
        work.say(line("question.removed", name=name))
        work.leave()


def _choices(work: Work, _args: Any) -> None:
    work.open("choices", path=work.view.path)


def _apart(work: Work, _args: Any) -> None:
    """Give the question words of its own here, the present ones to begin with."""
    view = work.view
    fact = _fact(view)
    doc, ids = view.doc, []
    for n, text_id in enumerate(fact.ask):
        ids.append(f"ask.{new_id(work, n)}")
        for language in LANGUAGES:
            if text := view.text_of(text_id, language):
                doc = with_text(doc, language, ids[n], text)
    if work.edit(documents.put(doc, (*view.path, "ask"), ids)):
        work.say(line("question.apart_done"))


PAGE = Page(
    show,
    does={
        "move": _move,
        "require": _require,
        "remove": _remove,
        "choices": _choices,
        "apart": _apart,
    },
)

# ---- its choices ----------------------------------------------------------------------------


def show_choices(view: View) -> Shown:
    """List the answers that can be tapped."""
    fact = _fact(view)
    part, turning = pages_of(view.place, len(fact.choices))
    text = [line("choices.title", name=Label(f"fact.{fact.id}"))]
    keys: list[tuple[Key, ...]] = []
    for n, one in list(enumerate(fact.choices, 1))[part]:
        label = Label(f"choice.{one}")
        text.append(line("choices.row", n=n, name=label))
        reword = Key(named(label, "✏️ "), go("text", id=f"choice.{one}"))
        if view.editable:
            up = Key(line("choices.up"), do("up", choice=one))
            keys.append((reword, up, Key(line("value.drop"), do("drop", choice=one))))
    if not view.editable:
        return Shown(tuple(text), (turning,))
    text.append(line("choices.how"))
    return Shown(tuple(text), (*keys, turning, (Key(line("choices.add"), ask("add")),)))


def _drop(work: Work, args: Any) -> None:
    kept = [one for one in _fact(work.view).choices if one != args["choice"]]
    if not kept:
        work.say(line("mistake.kept", said=line("mistake.empty")))
        return
    work.put((*work.view.path, "choices"), kept)


def _up(work: Work, args: Any) -> None:
    order, one = list(_fact(work.view).choices), args["choice"]
    place = order.index(one) if one in order else 0
    if place:
        order[place - 1 : place + 1] = [one, order[place - 1]]
        work.put((*work.view.path, "choices"), order)


def _add(work: Work, typed: Typed, _args: Any) -> None:
    view = work.view
    fact = _fact(view)
    made = chosen(work, reading.words(typed.text), len(fact.choices))
    if made is None:
        return
    doc = worded(view.doc, view.language, made)
    work.edit(documents.put(doc, (*view.path, "choices"), [*fact.choices, *made]))


def chosen(work: Work, labels: list[str], there: int) -> dict[str, str] | None:
    """Return new choices by their ids; None, and said, where something is wrong with one."""
    view = work.view
    made = {new_id(work, n): label for n, label in enumerate(labels)}
    mistakes = (wrong(view, f"choice.{one}", view.language, x) for one, x in made.items())
    mistake = next((one for one in mistakes if one is not None), None)
    if mistake is None and there + len(made) > MOST_CHOICES:
        mistake = line("mistake.many", limit=MOST_CHOICES)
    if mistake is None and not made:
        mistake = line("mistake.empty")
    if mistake is not None:
        work.say(line("mistake.kept", said=mistake))
        return None
    return made


def worded(doc: Doc, language: str, made: dict[str, str]) -> Doc:
    """Return the document with the words of new choices."""
    for one, label in made.items():
        doc = with_text(doc, language, f"choice.{one}", label)
    return doc


CHOICES = Page(show_choices, does={"drop": _drop, "up": _up}, takes={"add": _add})
