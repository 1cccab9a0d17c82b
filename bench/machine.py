"""The machine that figures belong to, and the file that holds both."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import orjson
import psutil

from bench.processes import DATA, cores_of_bot, cores_of_server

if TYPE_CHECKING:
    import argparse

    from bench.figures import Rounds

LIBRARIES = (
    "python-telegram-bot",
    "httpx",
    "aiohttp",
    "aiosqlite",
    "asyncpg",
    "pydantic",
    "orjson",
)


def describe() -> dict[str, Any]:
    """Return what the figures depend on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "cores_of_server": sorted(cores_of_server),
        "cores_of_bot": sorted(cores_of_bot),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "load_before": [round(one, 2) for one in os.getloadavg()],
        "fsync_ms": round(_fsync_ms(), 3),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def told(about: dict[str, Any]) -> str:
    """Return it in a line or two."""
    return (
        f"{about['cpu']}, {about['cores']} cores (server on {about['cores_of_server']}, bot on "
        f"{about['cores_of_bot']}), load {about['load_before'][0]} before, a write to disk takes "
        f"{about['fsync_ms']} ms; Python {about['python']}, SQLite {about['sqlite']}"
    )


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _fsync_ms(times: int = 50) -> float:
    """Return how long a small write takes to reach the disk that the databases are on."""
    DATA.mkdir(parents=True, exist_ok=True)
    taken = []
    with tempfile.TemporaryFile(dir=DATA) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return 1000 * median(taken)


def save(
    path: Path,
    about: dict[str, Any],
    given: argparse.Namespace,
    ratios: dict[str, float],
    rounds: dict[str, Rounds],
) -> None:
    """Write everything."""
    told_all = {
        "machine": about,
        "load": {"customers": given.customers, "cases": given.cases, "rounds": given.rounds},
        "ratios": {name: round(value, 4) for name, value in ratios.items()},
        "rounds": {
            name: [{bot: asdict(window) for bot, window in one.items()} for one in done]
            for name, done in rounds.items()
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps(told_all, option=orjson.OPT_INDENT_2))
