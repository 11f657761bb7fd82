"""Timing one piece of work on one core."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one run: on the clock, and of this thread on a core. They part where others want the core, too."""

    wall_s: float
    core_s: float


def timed(work: Callable[[], object]) -> Timing:
    """Do a piece of work once. Garbage of earlier work is collected before the clock starts."""
    gc.collect()
    wall, core = time.perf_counter(), time.thread_time()
    work()
    return Timing(time.perf_counter() - wall, time.thread_time() - core)


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls per second over several runs."""

    calls: int
    runs: int
    median: float  # per second of core time
    best: float  # per second of core time
    median_wall: float  # per second on the clock


def rate_of(calls: int, timings: Sequence[Timing]) -> Rate:
    """Sum up the runs of one piece of work.

    Args:
        calls: incidents in each run.
        timings: one per run, at least one.
    """
    core = [calls / timing.core_s for timing in timings]
    wall = [calls / timing.wall_s for timing in timings]
    return Rate(calls, len(timings), statistics.median(core), max(core), statistics.median(wall))
