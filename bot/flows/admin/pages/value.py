"""One value, edited by the kind of its field: a number, a length, choices, words, money, wording.

The page knows nothing of rules: it is opened on a path and asks the models what stands there. So
every section of the menu edits its values here.
"""

from __future__ import annotations

from typing import Any

from bot.flows.admin import reading
from bot.flows.admin.documents import GONE, at
from bot.flows.admin.fields import Field, field_at
from bot.flows.admin.forms import FREE
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
    named,
    pages_of,
    rows,
)
from bot.flows.admin.values import NAMED, amount, choices, shown
from bot.flows.calendar import span
from bot.flows.desk import Config
from bot.flows.effects import Label, Line, line
from bot.flows.rules.model import Rule
from bot.flows.session import Doc
from bot.flows.showing import shorten

LENGTHS = (
    "15 min",
    "30 min",
    "1 h",
    "2 h",
    "4 working h",
    "1 working day",
    "2 working days",
    "7 days",
)
"""Lengths offered on keys; any other is typed."""
WORDS_TYPED, WORD_TYPED = 200, 80
TEXT_TYPED = 1000
LANGUAGES = ("en", "zh_Hans", "zh_Hant")


def _field(view: View) -> tuple[Field, Any, Doc]:
    """Return the field one is at, its value as written, and what it is a part of."""
    path = view.path
    form = path[:1] == ("form",)
    root: Any = view.session.form if form else view.doc
    inside = path[1:] if form else path
    field = field_at(Rule if form else Config, root, inside)
    owner = at(root, inside[:-1])
    if field is None or not isinstance(owner, dict):
        raise GoneError(path)
    value = at(owner, inside[-1:])
    if value is GONE:
        value = field.default
    return field, value, owner


def show(view: View) -> Shown:
    """Show the value, with keys that fit its kind."""
    field, value, owner = _field(view)
    stands = shown(field, value, view.names, owner)
    free = FREE.get((field.owner.__name__, field.name))
    text = [
        line("value.title", name=Label(f"part.{field.label}")),
        line("value.stands", value=stands),
    ]
    if not view.editable:
        return Shown(tuple(text))
    there = choices(field, view.names, owner)
    if there:
        part, turning = pages_of(view.place, len(there))
        many = isinstance(value, list | tuple)
        text.append(line("value.how_many" if many else "value.how_one"))
        keys = [
            Key(named(called, _mark(one, value)), do("toggle" if many else "choose", value=one))
            for one, called in there[part]
        ]
        none = (Key(line("value.without"), do("choose", value=None)),) if field.optional else ()
        return Shown(tuple(text), (*rows(keys, 2), turning, none))
    if (field.owner, field.name) in NAMED:
        return Shown((*text, line("value.nothing_there")), _without(field))
    how, keys_for = KINDS[field.kind]
    offered = [
        Key(named(shown(field, one, view.names, {}), _mark(one, value)), do("choose", value=one))
        for one in (free.offered if free else ())
    ]
    about = how(field) if free is None else line("value.how_like", example=free.example)
    return Shown((*text, about), (*rows(offered, 3), *keys_for(view, field, value)))


def _mark(one: Any, value: Any) -> str:
    if isinstance(value, list | tuple):
        return "✅ " if one in value else ""
    return "● " if one == value else "○ "


# ---- how each kind is edited ----------------------------------------------------------------


def _number_how(field: Field) -> Line:
    least = 0 if field.least is None else field.least
    if field.most is None:
        return line("value.how_number_from", least=least)
    return line("value.how_number", least=least, most=field.most)


def _number(_view: View, field: Field, value: Any) -> Keys:
    steps = (
        [Key(named(f"{by:+d}"), do("step", by=by)) for by in (-1, 1)] if value is not None else []
    )
    write = Key(line("value.write"), ask("number"))
    return ((*steps, write), *_without(field))


def _length_how(_field: Field) -> Line:
    return line("value.how_length")


def _length(view: View, field: Field, _value: Any) -> Keys:
    keys = [
        Key(named(shown(field, one, view.names, {})), do("choose", value=one)) for one in LENGTHS
    ]
    return (*rows(keys, 2), (Key(line("value.write"), ask("length")),), *_without(field))


def _seconds(view: View, field: Field, _value: Any) -> Keys:
    least, most = field.least or 0, field.most or SECONDS[-1]
    keys = [
        Key(named(shown(field, one, view.names, {})), do("choose", value=one))
        for one in SECONDS
        if least <= one <= most
    ]
    return (*rows(keys, 3), (Key(line("value.write"), ask("seconds")),))


SECONDS = (0, 5, 10, 20, 30, 60, 300, 600, 900, 1800, 3600)
"""Lengths offered for what counts seconds."""


def _words_how(_field: Field) -> Line:
    return line("value.how_words")


def _words(view: View, _field: Field, value: Any) -> Keys:
    part, turning = pages_of(view.place, len(value))
    keys = [Key(named(shorten(str(one), 24), "✖ "), do("remove", value=one)) for one in value[part]]
    return (*rows(keys, 2), turning, (Key(line("value.add_words"), ask("words")),))


def _text_how(_field: Field) -> Line:
    return line("value.how_text")


def _text(_view: View, field: Field, value: Any) -> Keys:
    usual = field.default == "" and value != ""
    none = (Key(line("value.without"), do("choose", value="")),) if usual else ()
    return ((Key(line("value.write"), ask("text")), *none),)


def _money_how(_field: Field) -> Line:
    return line("value.how_money")


def _money(view: View, _field: Field, value: Any) -> Keys:
    part, turning = pages_of(view.place, len(value))
    lines: list[tuple[Key, ...]] = []
    for currency, minor in list(value.items())[part]:
        change = Key(named(amount(currency, minor), "✏️ "), ask("money", currency=currency))
        gone = (Key(line("value.drop"), do("without", key=currency)),) if len(value) > 1 else ()
        lines.append((change, *gone))
    return (*lines, turning, (Key(line("value.add_currency"), ask("currency")),))


def _wording_how(_field: Field) -> Line:
    return line("value.how_wording", ref="{ref}", name="{name}")


def _wording(_view: View, _field: Field, value: Any) -> Keys:
    lines: list[tuple[Key, ...]] = []
    for language in LANGUAGES:
        called = Label(f"language.{language}")
        change = Key(
            named(called, "✏️ " if language in value else "➕ "), ask("wording", key=language)
        )
        gone = language in value and len(value) > 1
        lines.append(
            (change, *((Key(line("value.drop"), do("without", key=language)),) if gone else ()))
        )
    return tuple(lines)


def _switch_how(_field: Field) -> Line:
    return line("value.how_one")


def _switch(_view: View, field: Field, value: Any) -> Keys:
    return (
        tuple(
            Key(
                named(line("value.yes" if one else "value.no"), _mark(one, value)),
                do("choose", value=one),
            )
            for one in (True, False)
        ),
        *_without(field),
    )


def _without(field: Field) -> Keys:
    return ((Key(line("value.without"), do("choose", value=None)),),) if field.optional else ()


KINDS: dict[str, Any] = {
    "number": (_number_how, _number),
    "length": (_length_how, _length),
    "seconds": (_length_how, _seconds),
    "words": (_words_how, _words),
    "text": (_text_how, _text),
    "money": (_money_how, _money),
    "by_language": (_wording_how, _wording),
    "yes_no": (_switch_how, _switch),
}
"""For each kind of field: how it is edited in words, and the keys."""


# ---- what the keys do -----------------------------------------------------------------------


def _choose(work: Work, args: Any) -> None:
    work.put(work.view.path, args["value"])


def _toggle(work: Work, args: Any) -> None:
    view = work.view
    field, value, owner = _field(view)
    order = [one for one, _ in choices(field, view.names, owner)]
    chosen = [one for one in (*value, args["value"]) if one != args["value"] or one not in value]
    kept = sorted(chosen, key=lambda one: order.index(one) if one in order else len(order))
    if not kept and field.least:
        work.say(line("mistake.kept", said=line("mistake.empty")))
        return
    work.put(view.path, kept)


def _step(work: Work, args: Any) -> None:
    field, value, _ = _field(work.view)
    _put_number(work, field, int(value) + args["by"])


def _put_number(work: Work, field: Field, value: int) -> None:
    if field.least is not None and value < field.least:
        work.say(line("mistake.kept", said=line("mistake.least", limit=field.least)))
    elif field.most is not None and value > field.most:
        work.say(line("mistake.kept", said=line("mistake.most", limit=field.most)))
    else:
        work.put(work.view.path, value)


def _remove(work: Work, args: Any) -> None:
    field, value, _ = _field(work.view)
    kept = [one for one in value if one != args["value"]]
    if not kept and field.least:
        work.say(line("mistake.kept", said=line("mistake.empty")))
        return
    work.put(work.view.path, kept)


def _drop_key(work: Work, args: Any) -> None:
    _, value, _ = _field(work.view)
    kept = {key: one for key, one in value.items() if key != args["key"]}
    if kept:
        work.put(work.view.path, kept)


# ---- what is typed --------------------------------------------------------------------------


def _unread(work: Work, example: Line) -> None:
    work.say(line("mistake.unread", example=example))


def _take_number(work: Work, typed: Typed, _args: Any) -> None:
    found = reading.number(typed.text)
    if found is None:
        _unread(work, line("example.number"))
    else:
        _put_number(work, _field(work.view)[0], found)


def _take_length(work: Work, typed: Typed, _args: Any) -> None:
    found = reading.length(typed.text)
    if found is None:
        _unread(work, line("example.length"))
    else:
        work.put(work.view.path, found)


def _take_words(work: Work, typed: Typed, _args: Any) -> None:
    _, value, _ = _field(work.view)
    found = [one for one in reading.words(typed.text) if one not in value]
    if any(len(one) > WORD_TYPED for one in found):
        work.say(line("mistake.kept", said=line("mistake.long", limit=WORD_TYPED)))
    elif len(value) + len(found) > WORDS_TYPED:
        work.say(line("mistake.kept", said=line("mistake.many", limit=WORDS_TYPED)))
    elif found:
        work.put(work.view.path, [*value, *found])


def _take_seconds(work: Work, typed: Typed, _args: Any) -> None:
    found = reading.length(typed.text)
    length = span(found) if found else None
    if length is None or length.working or length.day_end:
        _unread(work, line("example.seconds"))
    else:
        work.put(work.view.path, length.seconds)


def _take_text(work: Work, typed: Typed, _args: Any) -> None:
    """Take one line of text; where it has a form of its own, that form alone."""
    field = _field(work.view)[0]
    free = FREE.get((field.owner.__name__, field.name))
    text = " ".join(typed.text.split())
    read = free.read(text) if free else text
    limit = free.limit if free else TEXT_TYPED
    if not read:
        _unread(work, free.example if free else line("value.how_text"))
    elif len(read) > limit:
        work.say(line("mistake.kept", said=line("mistake.long", limit=limit)))
    else:
        work.put(work.view.path, read)


def _take_money(work: Work, typed: Typed, args: Any) -> None:
    currency = args["currency"]
    found = reading.amount(typed, reading.NO_CURRENCY if currency == "*" else currency)
    if found is None:
        _unread(work, line("example.amount"))
    else:
        work.put((*work.view.path, currency), found)


def _take_currency(work: Work, typed: Typed, _args: Any) -> None:
    found = reading.new_currency(typed.text)
    if found is None:
        _unread(work, line("example.currency"))
    else:
        work.put((*work.view.path, found[0]), found[1])


def _take_wording(work: Work, typed: Typed, args: Any) -> None:
    if len(typed.text) > TEXT_TYPED:
        work.say(line("mistake.kept", said=line("mistake.long", limit=TEXT_TYPED)))
    else:
        work.put((*work.view.path, args["key"]), typed.text.strip())


PAGE = Page(
    show,
    does={
        "choose": _choose,
        "toggle": _toggle,
        "step": _step,
        "remove": _remove,
        "without": _drop_key,
    },
    takes={
        "number": _take_number,
        "length": _take_length,
        "seconds": _take_seconds,
        "words": _take_words,
        "text": _take_text,
        "money": _take_money,
        "currency": _take_currency,
        "wording": _take_wording,
    },
)
