"""Where the bot's CPU time goes, in every thread, switched on and off by signals.

SIGUSR1 begins, SIGUSR2 ends and writes. `calls` is cProfile on the threads' CPU clocks: waiting
costs nothing in it, but small functions look dearer than they are. `samples` looks at the stacks
every two milliseconds of CPU and charges each thread what its own clock says: less detail, truer
shares. It knows nothing of the bot.
"""

from __future__ import annotations

import cProfile
import pstats
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

SAMPLE_SECONDS = 0.002
Stack = tuple[str, ...]
"""Places in the code, `file:function`, outermost first."""


def watch(kind: str, place: Path) -> None:
    """Be ready to profile this process into a file."""
    begin, end = _sampler(place) if kind == "samples" else _profiler(place)
    signal.signal(signal.SIGUSR1, lambda *_: begin())
    signal.signal(signal.SIGUSR2, lambda *_: end())


# ---- cProfile -------------------------------------------------------------------------------


class _Profile(cProfile.Profile):
    """A profile of one thread's CPU time that may be read from another thread."""

    def __init__(self) -> None:
        super().__init__(time.thread_time_ns, 1e-9)

    def create_stats(self) -> None:
        """Take what there is; disabling it here would read this thread's clock for that one's."""
        self.snapshot_stats()


def _profiler(place: Path) -> tuple[Any, Any]:
    main, others = _Profile(), list[_Profile]()
    # Other threads run only while there is work, so theirs may be profiled throughout.
    threading.setprofile(lambda *_: _begin_here(others))

    def end() -> None:
        main.disable()
        stats = pstats.Stats(main)
        for profile in others:
            stats.add(profile)
        stats.dump_stats(place)

    return main.enable, end


def _begin_here(others: list[_Profile]) -> None:
    """Profile the thread that has just started."""
    sys.setprofile(None)
    others.append(_Profile())
    others[-1].enable()


def top_calls(place: Path, lines: int = 40) -> None:
    """Print the functions in which most time was spent, callees included."""
    pstats.Stats(str(place)).strip_dirs().sort_stats("cumulative").print_stats(lines)


# ---- samples --------------------------------------------------------------------------------


def _sampler(place: Path) -> tuple[Any, Any]:
    spent: Counter[Stack] = Counter()  # nanoseconds of CPU by stack
    clocks: dict[int, int] = {}

    def sample(_number: int, frame: FrameType | None) -> None:
        for ident, top in sys._current_frames().items():  # noqa: SLF001 - the one way to see other threads
            is_main = ident == threading.main_thread().ident
            now = time.clock_gettime_ns(time.pthread_getcpuclockid(ident))
            used = now - clocks.get(ident, now)
            clocks[ident] = now
            if used:
                spent[_stack(frame if is_main else top)] += used

    def begin() -> None:
        clocks.clear()
        signal.signal(signal.SIGPROF, sample)
        signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)

    def end() -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        lines = (f"{used} {';'.join(stack)}" for stack, used in spent.most_common())
        place.write_text("\n".join(lines), "utf-8")

    return begin, end


def _stack(frame: FrameType | None) -> Stack:
    found: list[str] = []
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        found.append(f"{file.parent.name}/{file.name}:{frame.f_code.co_name}")
        frame = frame.f_back
    return tuple(reversed(found))


def top_samples(place: Path, turns: int, lines: int = 40) -> None:
    """Print in which functions most CPU was spent, callees included, in µs a turn."""
    inside, own, total = Counter[str](), Counter[str](), 0
    for line in place.read_text("utf-8").splitlines():
        number, _, stack = line.partition(" ")
        used, functions = int(number), stack.split(";")
        total += used
        own[functions[-1]] += used
        for function in set(functions):
            inside[function] += used
    print(f"{total / turns / 1000:.0f} µs of CPU a turn; callees included, then alone:")
    for name, used in inside.most_common(lines):
        share = used / total
        print(f"{used / turns / 1000:8.1f} {share:6.1%} {own[name] / turns / 1000:8.1f}  {name}")
