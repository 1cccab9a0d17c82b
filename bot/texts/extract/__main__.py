"""The commands: `python -m bot.texts.extract extract | update | compile | check`."""

from __future__ import annotations

import sys

from bot.texts.extract import books, cldr
from bot.texts.extract.checks import CHECKS, catalogues
from bot.texts.extract.uses import UnseenIdError, uses

USAGE = "usage: python -m bot.texts.extract extract | update | compile | check"


def main(command: str) -> int:
    """Run one command; return the exit status."""
    if command == "compile":
        books.compile_all()
        return 0
    if command not in {"extract", "update", "check"}:
        return _said([USAGE], 2)
    try:
        used = uses()
    except UnseenIdError as error:
        return _said([str(error)], 1)
    if command == "extract":
        books.extract(used)
        cldr.write()
        return 0
    if command == "update":
        return _said(books.update(used), 0)
    findings = [one for check in CHECKS for one in check(used, catalogues())]
    return _said(findings, 1 if findings else 0)


def _said(lines: list[str], status: int) -> int:
    for one in lines:
        sys.stdout.write(f"{one}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
