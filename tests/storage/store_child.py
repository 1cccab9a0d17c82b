"""A process to be killed: files case after case, and says which are committed.

`python store_child.py URL FIRST` writes until killed; `… FIRST hold` stops inside its first unit
with everything written and nothing committed.
"""

from __future__ import annotations

import asyncio
import sys
from itertools import count

from store_values import NOON, TEAM, case, customer, entry, letter

from storage import Changes, Link, Store


async def main(url: str, first: int, *, hold: bool) -> None:
    """File cases for ever."""
    store = await Store.open(url)
    for n in count(first):
        async with store.unit() as unit:
            await unit.customers([n])
            changes = Changes(
                seen=[f"u{n}"],
                customers=[customer(n, name="x" * 3000)],
                cases=[case(n, n)],
                entries=[entry(n, 1), entry(n, 2)],
                letters=[letter(n), letter(TEAM)],
                links=[Link(n, 1, n)],
                last_number=n,
            )
            await unit.write(changes, NOON)
            if hold:
                await unit.cases([n])
                sys.stdout.write("held\n")
                sys.stdout.flush()
                await asyncio.Event().wait()
        async with store.unit() as unit:
            await unit.claim(NOON, [], 1)
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()


asyncio.run(main(sys.argv[1], int(sys.argv[2]), hold="hold" in sys.argv))
