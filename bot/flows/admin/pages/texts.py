"""*Texts*: found by the words in them, reworded per language with a preview, restored."""

from __future__ import annotations

from typing import Any

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
from bot.flows.admin.wordings import is_own, preview, reword, shipped_of, without_text
from bot.flows.effects import Join, Label, Line, line
from bot.flows.languages import LANGUAGES
from bot.flows.marks import units
from bot.flows.own_texts import PLAIN, TAG, variables
from bot.flows.session import Move, Place
from bot.flows.showing import shorten
from bot.flows.understanding.script import fold

ROW = 120
"""Characters of a text in a list."""
ASKED = 80
"""Characters of what is searched for."""

# ---- finding --------------------------------------------------------------------------------


def show(view: View) -> Shown:
    """List the texts that were searched for; without a search, those in the desk's own words."""
    sought = str(view.args.get("q", ""))
    ids = _found(view, sought) if sought else _own(view)
    part, turning = pages_of(view.place, len(ids))
    text: list[Line] = [line("texts.title")]
    if sought:
        text.append(line("texts.found", words=sought, count=len(ids)))
    else:
        text.append(line("texts.how"))
        text.append(line("texts.own" if ids else "texts.own_none", count=len(ids)))
    keys: list[Key] = []
    for n, text_id in list(enumerate(ids, 1))[part]:
        words = " ".join(TAG.sub("", view.text_of(text_id, view.language)).split())
        mark = "✏️ " if _is_own(view, text_id) else ""
        text.append(line("texts.row", n=n, mark=mark, words=shorten(words, ROW)))
        keys.append(Key(named(f"{n}."), go("text", id=text_id)))
    last = [Key(line("texts.search"), ask("find"))]
    if sought:
        last.append(Key(line("texts.all_own"), Move(back=1, to=Place(page="texts"))))
    return Shown(tuple(text), (*rows(keys, 4), turning, tuple(last)))


def _is_own(view: View, text_id: str) -> bool:
    return any(is_own(view, text_id, language) for language in LANGUAGES)


def _own(view: View) -> list[str]:
    """Return the texts that the desk words itself, in whatever language."""
    return sorted({text_id for texts in view.config.texts.values() for text_id in texts})


def _found(view: View, sought: str) -> list[str]:
    """Return the texts with all these words in them, in any one language; short ones first."""
    words = fold(sought).split()
    found: dict[str, int] = {}
    for language in LANGUAGES:
        texts = {**view.papers.shipped.get(language, {}), **view.config.texts.get(language, {})}
        for text_id, text in texts.items():
            folded = fold(text)
            if text_id == sought or all(one in folded for one in words):
                found.setdefault(text_id, len(text))
    return sorted(found, key=lambda one: (found[one], one))


def _find(work: Work, typed: Typed, _args: Any) -> None:
    sought = " ".join(typed.text.split())[:ASKED]
    work.leave()
    work.open("texts", q=sought)


PAGE = Page(show, takes={"find": _find}, looks=frozenset({"find"}))

# ---- one text -------------------------------------------------------------------------------

WRITTEN = 1500
"""Length of a text as written that is shown beside its preview, as Telegram counts."""


def _at(view: View) -> tuple[str, str]:
    """Return which text, in which language."""
    return str(view.args["id"]), str(view.args.get("lang") or view.language)


def show_one(view: View) -> Shown:
    """Show one text in one language: as it is read, and as it is written."""
    text_id, language = _at(view)
    text = view.text_of(text_id, language)
    if not text:
        raise GoneError(text_id)
    own = is_own(view, text_id, language)
    shipped = shipped_of(view, text_id, language)
    stands = "own" if own else "elsewhere" if shipped is None else "shipped"
    lines = [
        line("text.title", id=text_id),
        line(f"text.stands.{stands}", language=Label(f"language.{language}")),
        line("text.preview", preview=preview(view, text_id, language)),
    ]
    if "<" in text or "{" in text:
        lines.append(line("text.written", text=_cut(text, WRITTEN)))
    offered = variables(shipped) if shipped is not None else ("ref",)
    offered = () if shipped is None and text_id.startswith(PLAIN) else offered
    if offered:
        names = Join(tuple(f"{{{one}}}" for one in offered))
        lines.append(line("text.may_say", names=names))
    return Shown(tuple(lines), _keys(view, text_id, language, own=own))


def _cut(text: str, most: int) -> str:
    while units(text) > most:
        text = text[: most // 2 if units(text) > most * 2 else -50] + "…"
    return text


def _keys(view: View, text_id: str, language: str, *, own: bool) -> Keys:
    row = languages(view, language)
    if not view.editable:
        return (row,)
    acts = [Key(line("text.write"), ask("words"))]
    if own and shipped_of(view, text_id, language) is not None:
        acts.append(Key(line("text.restore"), do("restore")))
    return (row, tuple(acts))


def languages(view: View, now: str) -> tuple[Key, ...]:
    """Return the keys that show the same page for readers of another language."""
    place = view.place
    return tuple(
        Key(
            named(Label(f"language.{one}"), "● " if one == now else "○ "),
            Move(back=1, to=Place(page=place.page, args=place.args | {"lang": one})),
        )
        for one in LANGUAGES
    )


def _words(work: Work, typed: Typed, _args: Any) -> None:
    text_id, language = _at(work.view)
    reword(work, language, text_id, typed.text.strip())


def _restore(work: Work, _args: Any) -> None:
    view = work.view
    text_id, language = _at(view)
    if shipped_of(view, text_id, language) is None:
        return
    if work.edit(without_text(view.doc, language, text_id)):
        work.say(line("text.restored"))


ONE = Page(show_one, does={"restore": _restore}, takes={"words": _words})
