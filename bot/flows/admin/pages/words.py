"""*Words*: those of the trade that the desk is to understand, those it is never to say; tried."""

from __future__ import annotations

from typing import Any, get_args

from bot.flows.admin import reading
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
from bot.flows.effects import Join, Label, Line, line
from bot.flows.guard import bare, unsayable
from bot.flows.rules.vocabulary import Signal
from bot.flows.showing import shorten
from bot.flows.understanding import Facts

FORBIDDEN = "forbidden"
SIGNALS: tuple[str, ...] = get_args(Signal)
KINDS = (*SIGNALS, FORBIDDEN)
"""Lists of words: one for each signal, and what is not said to customers."""

MANY, LONG = 200, 80
"""Words of one list, and characters of one."""
NAMED = 8
"""Words that a sentence about many names."""
TOLD = 300
"""Characters of a tried sentence that are said back."""


def phrases_of(view: View, kind: str) -> tuple[str, ...]:
    """Return the words of one list."""
    words = view.config.words
    lists = [said for name, said in words.signals.items() if name == kind]
    return words.forbidden if kind == FORBIDDEN else next(iter(lists), ())


def show(view: View) -> Shown:
    """List the lists."""
    keys = [
        Key(
            line("words.key", name=Label(f"word_list.{one}"), count=len(phrases_of(view, one))),
            go("phrases", kind=one),
        )
        for one in KINDS
    ]
    attempt = Key(line("words.try"), ask("said"))
    return Shown((line("words.title"), line("words.how")), (*rows(keys, 2), (attempt,)))


# ---- trying ---------------------------------------------------------------------------------


def _said(work: Work, typed: Typed, _args: Any) -> None:
    """Say what is recognised in a sentence, by whose words, and what of it is forbidden."""
    view, text = work.view, typed.text
    work.say(line("words.tried", words=shorten(text, TOLD)))
    words = view.config.words
    facts = typed.facts or Facts()
    alone = view.desk.config.words.unheard(text, facts)
    seen = words.heard(text, alone).signals
    for one in seen[:NAMED]:
        how = "words.seen" if one in alone.signals else "words.seen_own"
        signal = Label(f"word_list.{one.name}")
        work.say(line(how, signal=signal, words=shorten(one.text, LONG)))
    found = unsayable(words.forbidden, text)
    if found:
        work.say(line("words.unsayable", words=_quoted(found)))
    if not seen and not found:
        work.say(line("words.nothing"))


def _quoted(words: Any) -> Join:
    return Join(tuple(line("value.quoted", words=one) for one in list(words)[:NAMED]))


PAGE = Page(show, takes={"said": _said}, looks=frozenset({"said"}))

# ---- one list -------------------------------------------------------------------------------


def _kind(view: View) -> str:
    kind = str(view.args.get("kind", ""))
    if kind not in KINDS:
        raise GoneError(kind)
    return kind


def show_one(view: View) -> Shown:
    """List the words of one list; tapping one takes it away."""
    kind = _kind(view)
    phrases = phrases_of(view, kind)
    part, turning = pages_of(view.place, len(phrases))
    text: list[Line] = [
        line("phrases.title", name=Label(f"word_list.{kind}"), count=len(phrases)),
        line("phrases.forbidden") if kind == FORBIDDEN else line("phrases.signal"),
    ]
    text += [line("phrases.row", n=n, words=one) for n, one in list(enumerate(phrases, 1))[part]]
    if not view.editable:
        return Shown(tuple(text), (turning,))
    text.append(line("phrases.how"))
    keys = [Key(named(shorten(one, 24), "✖ "), do("remove", value=one)) for one in phrases[part]]
    add = Key(line("value.add_words"), ask("add"))
    return Shown(tuple(text), (*rows(keys, 2), turning, (add,)))


def _put(work: Work, kind: str, phrases: list[str]) -> bool:
    if kind == FORBIDDEN:
        return work.put(("words", FORBIDDEN), phrases)
    path = ("words", "signals", kind)
    return work.put(path, phrases) if phrases else work.drop(path)


def _remove(work: Work, args: Any) -> None:
    kind = _kind(work.view)
    kept = [one for one in phrases_of(work.view, kind) if one != args["value"]]
    if _put(work, kind, kept):
        work.say(line("phrases.removed", words=_quoted([args["value"]])))


def _add(work: Work, typed: Typed, _args: Any) -> None:
    """Take words by commas or lines; what is there already is said, what says nothing refused."""
    kind = _kind(work.view)
    there = list(phrases_of(work.view, kind))
    known = {bare(one, "*#") for one in there}
    fresh: list[str] = []
    again: list[str] = []
    for one in reading.words(typed.text):
        key = bare(one, "*#")
        (again if key in known else fresh).append(one)
        known.add(key)
    mistake = _mistake(kind, fresh, len(there))
    if mistake is not None:
        work.say(line("mistake.kept", said=mistake))
        return
    if fresh and _put(work, kind, [*there, *fresh]):
        work.say(line("phrases.added", words=_quoted(fresh), count=len(fresh)))
    if again:
        work.say(line("phrases.already", words=_quoted(again)))


def _mistake(kind: str, fresh: list[str], there: int) -> Line | None:
    if any(len(one) > LONG for one in fresh):
        return line("mistake.long", limit=LONG)
    if there + len(fresh) > MANY:
        return line("mistake.many", limit=MANY)
    least = 2 if kind == FORBIDDEN else 1  # it is compared without marks: C++ would be any c
    empty = [one for one in fresh if len(bare(one, "")) < least]
    if empty:
        return line("mistake.says_nothing", words=_quoted(empty))
    short = [one for one in fresh if one.isascii() and len(bare(one, "")) < LEAST_LETTERS]
    return line("mistake.too_short", words=_quoted(short)) if short else None


LEAST_LETTERS = 3
"""A shorter word in Latin letters stands in too much of what people write."""


ONE = Page(show_one, does={"remove": _remove}, takes={"add": _add})
