"""Figures: one window, many rounds, ratios as the median of paired rounds. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Window:
    """What one bot did in one round."""

    bot: str
    turns: int
    seconds: float
    turns_per_second: float
    cpu_ms_per_turn: float
    bot_busy: float  # share of one core
    server_busy: float  # share of one core that server and customers used
    p50_ms: float
    p95_ms: float
    drained_ms: float  # until the last call was answered, after the last customer's answer
    rss_mb: float
    calls: dict[str, int] = field(default_factory=dict)


Rounds = list[dict[str, Window]]
"""One window per bot and round; the windows of a round follow each other at once."""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


RATIOS: dict[str, tuple[str, str, str]] = {
    "turns_vs_bare": ("turns_per_second", "desk", "bare"),
    "cpu_vs_bare": ("cpu_ms_per_turn", "desk", "bare"),
    "turns_vs_bare_sniffio": ("turns_per_second", "desk", "bare+sniffio"),
    "cpu_vs_bare_sniffio": ("cpu_ms_per_turn", "desk", "bare+sniffio"),
    "rss_vs_bare": ("rss_mb", "desk", "bare"),
    "postgres_turns_vs_bare": ("turns_per_second", "desk-postgres", "bare"),
    "postgres_cpu_vs_bare": ("cpu_ms_per_turn", "desk-postgres", "bare"),
    "unread_turns_vs_bare": ("turns_per_second", "desk-unread", "bare"),
    "unread_cpu_vs_bare": ("cpu_ms_per_turn", "desk-unread", "bare"),
    "turn_1m_vs_1k": ("seconds_per_turn", "desk-1m", "desk-1k"),
    "turn_1m_vs_1k_cpu": ("cpu_ms_per_turn", "desk-1m", "desk-1k"),
    "turn_100k_vs_1k": ("seconds_per_turn", "desk-100k", "desk-1k"),
    "turn_100k_vs_1k_cpu": ("cpu_ms_per_turn", "desk-100k", "desk-1k"),
}
"""Name → (figure, the bot above the line, the bot below it)."""

TARGETS: dict[str, tuple[str, float]] = {
    "turns_vs_bare": (">=", 3.0),
    "cpu_vs_bare": ("<=", 0.35),
    "turns_vs_bare_sniffio": (">=", 2.0),
    "turn_1m_vs_1k": ("<=", 1.2),
    "rss_vs_bare": ("<=", 1.5),
}


def ratios(rounds: Rounds) -> dict[str, float]:
    """Return every ratio that the rounds allow, each the median over paired rounds."""
    found = {}
    for name, (figure, above, below) in RATIOS.items():
        pairs = [(one[above], one[below]) for one in rounds if above in one and below in one]
        if pairs:
            found[name] = median(_figure(a, figure) / _figure(b, figure) for a, b in pairs)
    return found


def _figure(window: Window, figure: str) -> float:
    if figure == "seconds_per_turn":
        return window.seconds / window.turns
    return float(getattr(window, figure))


COLUMNS: dict[str, tuple[str, str]] = {
    "turns_per_second": ("turns/s", "8.1f"),
    "cpu_ms_per_turn": ("CPU ms/turn", "12.3f"),
    "p50_ms": ("p50 ms", "8.1f"),
    "p95_ms": ("p95 ms", "8.1f"),
    "rss_mb": ("RSS MB", "8.1f"),
    "bot_busy": ("bot core", "9.0%"),
    "server_busy": ("server core", "12.0%"),
    "drained_ms": ("drain ms", "9.0f"),
}


def table(rounds: Rounds) -> str:
    """Return a table of medians, a line a bot."""
    names = list(dict.fromkeys(name for one in rounds for name in one))
    width = max(len(name) for name in names)
    head = " ".join(f"{title:>{spec.split('.')[0]}}" for title, spec in COLUMNS.values())
    rows = [f"{'':{width}} {head}  calls a turn"]
    for name in names:
        windows = [one[name] for one in rounds if name in one]
        cells = " ".join(
            f"{median(getattr(w, figure) for w in windows):{spec}}"
            for figure, (_, spec) in COLUMNS.items()
        )
        calls = median(sum(w.calls.values()) / w.turns for w in windows)
        rows.append(f"{name:{width}} {cells}  {calls:.2f}")
    return "\n".join(rows)


def verdicts(found: dict[str, float]) -> str:
    """Return the ratios, a line each, beside their targets."""
    rows = []
    for name, value in found.items():
        sign, target = TARGETS.get(name, ("", 0.0))
        met = value >= target if sign == ">=" else value <= target
        aim = f"  target {sign} {target:g}: {'met' if met else 'MISSED'}" if sign else ""
        rows.append(f"  {name:24} {value:7.3f}{aim}")
    return "\n".join(rows)
