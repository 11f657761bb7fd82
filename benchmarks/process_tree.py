"""Running a command and watching it: how long it takes, when it says something, how much memory its processes use."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
LOOK_EVERY_S = 0.2

CLOSE = 1.01
"""Memory may be so many times what was told: to look closely takes a core some 7 ms for each GiB, which at ten would be
a quarter of it, taken from what is measured."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line on stderr and the seconds after the start at which it came."""

    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command did."""

    wall_s: float
    core_s: float  # of all its processes, on all cores together
    status: int
    lines: tuple[Line, ...]
    peak_bytes: int | None  # of all its processes together, None where the system does not tell
    answer: str  # stdout


@dataclass(slots=True)
class _Peak:
    """The largest memory seen so far."""

    process: int
    over: threading.Event = field(default_factory=threading.Event)
    largest: int = 0

    def watch(self) -> None:
        """Look until it is over; closely only when there may be more than was seen before."""
        while not self.over.wait(LOOK_EVERY_S):
            processes = list(_tree(self.process))
            if sum(map(_resident_bytes, processes)) > CLOSE * self.largest:
                self.largest = max(self.largest, sum(map(_own_share_bytes, processes)))


def run_watched(command: Sequence[str], environment: Mapping[str, str]) -> Watched:
    """Run a command to its end.

    Args:
        command: program and arguments.
        environment: its whole environment.
    """
    lines = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
        began, core_before_s = time.perf_counter(), _core_s_of_children()
        process = subprocess.Popen(command, env=environment, stdout=answer, stderr=subprocess.PIPE, text=True)
        peak = _Peak(process.pid)
        looking = threading.Thread(target=peak.watch)
        looking.start()
        with process:
            for text in process.stderr or ():
                lines.append(Line(time.perf_counter() - began, text.rstrip()))
        wall_s = time.perf_counter() - began
        peak.over.set()
        looking.join()
        answer.seek(0)
        core_s = _core_s_of_children() - core_before_s
        return Watched(wall_s, core_s, process.returncode, tuple(lines), peak.largest or None, answer.read())


def _core_s_of_children() -> float:
    """Seconds on cores of all processes that ended below this one so far."""
    times = os.times()
    return times.children_user + times.children_system


def memory_bytes(process: int) -> int:
    """Memory of a process and all its descendants now, pages that they share counted once; 0 where unknown."""
    return sum(map(_own_share_bytes, _tree(process)))


def _tree(process: int) -> Iterator[int]:
    """A process and all its descendants now."""
    children = _children()
    waiting = [process]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        yield one


def _children() -> dict[int, list[int]]:
    """Processes by parent."""
    children: dict[int, list[int]] = {}
    for path in PROC.glob("[0-9]*/stat"):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        parent = int(text.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(path.parent.name))
    return children


def _resident_bytes(process: int) -> int:
    """Resident set size, shared pages included: no less than its own share, and told without looking at any page."""
    try:
        text = (PROC / str(process) / "statm").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _own_share_bytes(process: int) -> int:
    """Proportional set size: own pages, and of shared ones this process's part."""
    try:
        text = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
