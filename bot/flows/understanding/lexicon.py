"""The word lists and one scan over a text for all of them.

Lists are YAML under `words/`, one file per noun: `tag: {en: […], zh: […]}`. A line is a
plain term with `(a|b|)` for choices and `…` for a short gap inside one clause. Choices are
written out at import, so that the scan is dictionary look-ups only: by the first two
characters for Chinese, by the first word for English. A term of the file `traps` hides every
shorter term inside it (火锅 hides 火). Mistakes in a list raise at import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from operator import add
from typing import Any, Final, NamedTuple

import yaml

from bot.flows.understanding import script

LISTS: Final = (
    "safety",
    "signals",
    "remedies",
    "categories",
    "kinds",
    "products",
    "areas",
    "traps",
)
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_STOP: Final = re.compile(r"[,.;!?\n。…~]")
_GAP_HAN: Final = 8  # characters a gap may span in Chinese
_GAP_LATIN: Final = 28  # characters a gap may span in English
WEIGHTS: Final = {"weak": 1, "fair": 2, "strong": 4}


class Hit(NamedTuple):
    """A term met in a text, `list` and `tag` say which; `weight` is how much it proves."""

    start: int
    end: int
    list: str
    tag: str
    weight: int


class _Term(NamedTuple):
    """What a spelling proves; `rest` are the parts that follow it after a gap each."""

    rest: tuple[str, ...]
    list: str
    tag: str
    weight: int


def load(name: str) -> dict[str, Any]:
    """Read one word list file."""
    path = resources.files(__package__ or "").joinpath("words", f"{name}.yaml")
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 safe loaders only
    if not isinstance(content, dict):
        message = f"words/{name}.yaml: expected a mapping of tags; write `tag: {{zh: [...]}}`"
        raise TypeError(message)
    return content


def spellings(line: str) -> list[str]:
    """Write out the choices of one line: `a (b|c)?` gives `a b`, `a c` and `a`; groups nest."""
    written, rest = _choices(line, 0)
    if rest != len(line):
        message = f"word list line {line!r}: brackets do not match"
        raise ValueError(message)
    return list(dict.fromkeys(" ".join(text.split()) for text in written))


def _choices(line: str, at: int) -> tuple[list[str], int]:
    """Read choices up to a closing bracket or the end."""
    done: list[str] = []
    current = [""]
    while at < len(line) and line[at] != ")":
        if line[at] == "|":
            done, current = done + current, [""]
        elif line[at] == "(":
            inner, at = _choices(line, at + 1)
            if line[at + 1 : at + 2] == "?":
                inner, at = [*inner, ""], at + 1
            current = [head + tail for head in current for tail in inner]
        else:
            current = [head + line[at] for head in current]
        at += 1
    return done + current, at


def _lines(name: str, tag: str, body: Any) -> Iterator[tuple[int, str]]:
    if isinstance(body, list):
        for line in body:
            if not isinstance(line, str):
                message = f"words/{name}.yaml, {tag}: {line!r} is no text; put it in quotes"
                raise TypeError(message)
            yield 2, line
        return
    for key, inner in body.items():
        for _, line in _lines(name, f"{tag}.{key}", inner):
            yield WEIGHTS.get(key, _), line


_Bucket = tuple[tuple[int, ...], dict[str, tuple[_Term, ...]]]
"""Spellings that begin alike: their lengths, and what each of them proves."""


def _terms() -> Iterator[tuple[str, _Term]]:
    one: dict[_Term, _Term] = {}  # thousands of spellings prove the same
    for name in LISTS:
        for tag, body in load(name).items():
            for weight, line in _lines(name, tag, body):
                for spelling in spellings(script.fold(line)):
                    literal, *rest = [part.strip() for part in spelling.split("…")]
                    if len(literal) < 2 and not literal.isascii():
                        message = f"words/{name}.yaml, {tag}: {line!r} starts with one character"
                        raise ValueError(message)
                    term = _Term(tuple(rest), name, tag, weight)
                    yield literal, one.setdefault(term, term)


def _index() -> tuple[dict[str, _Bucket], dict[str, _Bucket]]:
    pairs: dict[str, dict[str, dict[_Term, None]]] = {}
    words: dict[str, dict[str, dict[_Term, None]]] = {}
    for literal, term in _terms():
        first = _WORD.match(literal)
        into, key = (pairs, literal[:2]) if first is None else (words, first.group())
        into.setdefault(key, {}).setdefault(literal, {})[term] = None
    return _buckets(pairs), _buckets(words)


def _buckets(found: dict[str, dict[str, dict[_Term, None]]]) -> dict[str, _Bucket]:
    once: dict[tuple[_Term, ...], tuple[_Term, ...]] = {}

    def shared(terms: Iterable[_Term]) -> tuple[_Term, ...]:
        kept = tuple(terms)
        return once.setdefault(kept, kept)

    return {
        key: (
            tuple(sorted({len(literal) for literal in literals})),
            {literal: shared(terms) for literal, terms in literals.items()},
        )
        for key, literals in found.items()
    }


_PAIRS, _WORDS = _index()


def _end(text: str, end: int, term: _Term) -> int:
    """Return where a term whose spelling ends at `end` ends with its other parts, or -1."""
    for part in term.rest:
        reach = _GAP_LATIN if part.isascii() else _GAP_HAN
        found = text.find(part, end, end + reach + len(part))
        if found < 0 or _STOP.search(text, end, found):
            return -1
        end = found + len(part)
    last, following = text[end - 1], text[end : end + 1]
    if last.isascii() and last.isalnum() and following.isascii() and following.isalnum():
        return -1
    return end


def scan(text: str, *, han: bool) -> list[Hit]:
    """Find every term in a folded text; of several spellings of one tag the longest."""
    met: dict[tuple[int, str, str], Hit] = {}
    places: list[tuple[int, _Bucket]] = []
    if han:
        known_pairs = _PAIRS.get
        places = [
            (at, bucket)
            for at, pair in enumerate(map(add, text, text[1:]))
            if (bucket := known_pairs(pair)) is not None
        ]
    words = _WORDS
    for match in _WORD.finditer(text):
        begun = words.get(match.group())
        if begun is not None:
            places.append((match.start(), begun))
    for at, (lengths, literals) in places:
        for length in lengths:
            if at + length > len(text):
                break
            for term in literals.get(text[at : at + length], ()):
                end = _end(text, at + length, term)
                if end < 0:
                    continue
                key = (at, term.list, term.tag)
                known = met.get(key)
                if known is None or known.end < end:
                    met[key] = Hit(at, end, term.list, term.tag, term.weight)
    return _without_trapped(list(met.values()))


def _without_trapped(hits: list[Hit]) -> list[Hit]:
    traps = [hit for hit in hits if hit.list == "traps"]
    if not traps:
        return sorted(hits)
    return sorted(
        hit
        for hit in hits
        if hit.list != "traps"
        and not any(
            trap.start <= hit.start and hit.end <= trap.end and (trap.tag in {"all", hit.list})
            for trap in traps
        )
    )
