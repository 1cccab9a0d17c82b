"""The catalogues as files: read, brought up to date, compiled.

Each language is complete; a regional overlay holds only what differs from its language. Nothing
here knows what a text says.
"""

from __future__ import annotations

import io
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from bot.texts.extract.uses import Uses

CATALOGUES = Path(__file__).parents[1] / "catalogues"
TEMPLATE = CATALOGUES / "desk.pot"
FULL = ("en", "zh_Hans", "zh_Hant")
OVERLAYS = {"zh_Hant_TW": "zh_Hant", "zh_Hant_HK": "zh_Hant"}


def po(name: str, root: Path = CATALOGUES) -> Path:
    """Return where a language's catalogue stands."""
    return root / name / "LC_MESSAGES" / "desk.po"


def read(name: str, root: Path = CATALOGUES) -> Catalog:
    """Return a catalogue; a broken one is an error with its line."""
    with po(name, root).open("rb") as file:
        return read_po(file, abort_invalid=True)


def texts(name: str, root: Path = CATALOGUES) -> dict[str, str]:
    """Return a catalogue's texts by id."""
    return {str(one.id): str(one.string) for one in read(name, root) if one.id}


def fields(text: str) -> frozenset[str]:
    """Return the variables that stand in a text; a form we do not use is an error."""
    found = set()
    for _, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"write {{name}} only, not {{{name}}} with more: {text!r}")
        found.add(name)
    return frozenset(found)


def extract(used: Uses, root: Path = CATALOGUES) -> None:
    """Write the template: every id, its variables, and where it is used."""
    template = Catalog(domain="desk", project="complaint-bot", fuzzy=False)
    for text_id in sorted(used):
        use = used[text_id]
        template.add(text_id, auto_comments=_about(use.variables), locations=_places(use.places))
    with (root / TEMPLATE.name).open("wb") as file:
        write_po(file, template, width=0, sort_output=True, include_lineno=False)


def _about(variables: frozenset[str] | None) -> list[str]:
    return [" ".join(f"{{{name}}}" for name in sorted(variables))] if variables else []


def _places(places: list[str]) -> list[tuple[str, int]]:
    return [(place.partition(":")[0], 0) for place in dict.fromkeys(places)]


def update(used: Uses, root: Path = CATALOGUES) -> list[str]:
    """Add what is missing to each language, set aside what is unused; say what was done."""
    said = []
    for name in (*FULL, *OVERLAYS):
        catalogue = read(name, root)
        there = {str(one.id) for one in catalogue if one.id}
        missing = sorted(set(used) - there) if name in FULL else []
        unused = sorted(there - set(used))
        for text_id in missing:
            back = catalogue.obsolete.pop(text_id, None)
            catalogue.add(text_id, back.string if back else "")
        for text_id in unused:
            message = catalogue.get(text_id)
            if message is not None:
                catalogue.obsolete[text_id] = message
                catalogue.delete(text_id)
        if missing or unused:
            with po(name, root).open("wb") as file:
                write_po(file, catalogue, width=0, sort_output=True)
        said += [f"{name}: {one} added, to be worded" for one in missing]
        said += [f"{name}: {one} set aside, nobody uses it" for one in unused]
    return said


def compiled(name: str, root: Path = CATALOGUES) -> bytes:
    """Return what a language's compiled catalogue is to hold."""
    out = io.BytesIO()
    write_mo(out, read(name, root))
    return out.getvalue()


def compile_all(root: Path = CATALOGUES) -> None:
    """Write the compiled catalogue beside each."""
    for name in (*FULL, *OVERLAYS):
        po(name, root).with_suffix(".mo").write_bytes(compiled(name, root))
