"""The lifecycle as a page for the docs: `python -m bot.flows.lifecycle.drawing FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.flows.lifecycle.table import LIFECYCLE, diagram


def page() -> str:
    """Return the generated page: the diagram, then the table row by row."""
    rows = "\n".join(
        f"| {row.at.value} | {row.act} | {row.to.value} | {_what(row.do.__doc__)} |"
        for row in sorted(LIFECYCLE.values(), key=lambda row: (row.at.value, row.act))
    )
    return (
        "# The lifecycle of a case\n\n"
        "Generated from the table in `bot/flows/lifecycle/table.py` by `make docs`; "
        "a test holds it current.\n\n"
        f"```mermaid\n{diagram()}\n```\n\n"
        f"| at | act | then | what it does |\n|---|---|---|---|\n{rows}\n"
    )


def _what(doc: str | None) -> str:
    return (doc or "").strip().split("\n")[0]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
