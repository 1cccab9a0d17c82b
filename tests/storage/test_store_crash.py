"""Killed at any moment, the database holds every unit that was committed and no part of others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from store_values import NOON

from storage import Store

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def start(url: str, *args: str) -> subprocess.Popen[str]:
    """Start the child that writes."""
    paths = os.pathsep.join([str(ROOT), str(HERE)])
    command = [sys.executable, str(HERE / "store_child.py"), url, *args]
    env = os.environ | {"PYTHONPATH": paths}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)


def kill_after(child: subprocess.Popen[str], lines: int) -> list[str]:
    """Let it say so many lines, kill -9 it, and return all it managed to say."""
    assert child.stdout is not None
    said = [child.stdout.readline().strip() for _ in range(lines)]
    child.kill()
    said += child.stdout.read().split()
    child.wait()
    child.stdout.close()
    return said


async def whole_cases(url: str) -> int:
    """Check that the cases stored are whole, and return the number of the last."""
    store = await Store.open(url)
    async with store.unit() as unit:
        last = await unit.last_case_number()
        numbers = range(1, last + 5)
        known = set(range(1, last + 1))
        assert set(await unit.cases(numbers)) == known
        assert set(await unit.customers(numbers)) == known
        assert await unit.seen([f"u{n}" for n in numbers]) == {f"u{n}" for n in known}
        assert set(await unit.links([(n, 1) for n in numbers])) == {(n, 1) for n in known}
        for n in numbers:
            assert len(await unit.timeline(n)) == (2 if n in known else 0)
        await unit.reclaim(NOON)
        claimed = await unit.claim(NOON, [], 9999)
        assert len(claimed) == len(known) + min(1, len(known))
        await unit.reclaim(NOON)
    await store.close()
    return last


async def test_what_was_acknowledged_survives_kill_9(lasting_url: str) -> None:
    """Several times on the same database, each time after a different number of units."""
    last = 0
    for lines in (1, 7, 20, 3):
        said = kill_after(start(lasting_url, str(last + 1)), lines)
        stored = await whole_cases(lasting_url)
        assert int(said[-1]) <= stored <= int(said[-1]) + 1
        last = stored


async def test_a_unit_that_was_open_when_killed_is_gone(lasting_url: str) -> None:
    """Although all of it had reached the database; and its locks are free."""
    assert kill_after(start(lasting_url, "1", "hold"), 1) == ["held"]
    assert await whole_cases(lasting_url) == 0
    kill_after(start(lasting_url, "1"), 2)
    assert await whole_cases(lasting_url) >= 2
