"""Waits when ordinary missions are held back so that a reserve of units stays free for urgent ones: exact.

This is the cutoff priority queue of C. Schaack and R. C. Larson, *An N-server cutoff priority queue*, Operations
Research 34 (1986) 257–266, with one class held back. Calls are Poisson, missions exponential with one mean 1/μ. With n
units and a reserve of r an ordinary call begins only while fewer than m = n − r units are busy; urgent ones begin
whenever any unit is free, in order of urgency, and no mission is broken off. The values follow from how long the number
x of busy units (and urgent calls waiting) stays at m or above:

* T_x is the time from x to x − 1 with urgent calls (rate u) alone. For x ≥ n it is a busy period of M/M/1 with rates u
  and nμ. Below, it is one step, and with probability u / (u + xμ) also T_{x+1} and T_x once more.
* Ordinary calls that find m or more busy (*held*) are served one after the other, each beginning when x falls to m − 1
  and lifting it to m again: to them the system is an M/G/1 queue with service time T_m. By Pollaczek and Khinchin those
  held wait E[T_m²] / (2·E[T_m]·(1 − v·E[T_m])) on average, with v the rate of ordinary calls.
* Times with held ordinary calls hold whole periods T_m only, so the share of them with x ≥ n is that of one T_m.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from beredt.coverage.erlang import F8, check_load, check_mission, check_stable, check_units
from beredt.errors import OutOfRangeError


class ReserveWaits(NamedTuple):
    """Who waits, and how long on average; those that need not wait are included in the means."""

    queued_share: float  # of urgent calls: no unit is free
    held_share: float  # of ordinary calls: the reserve or less is free
    urgent_wait_s: F8  # [K] by class, the most urgent first
    ordinary_wait_s: float


class _Fall(NamedTuple):
    """The time T_x that x takes to fall by one, in mean missions."""

    mean: float
    square: float  # mean of its square
    full: float  # mean time of it with no unit free


def reserve_waits(
    units: int, reserve: int, urgent_loads: Sequence[float], ordinary_load: float, mission_s: float
) -> ReserveWaits:
    """Mean waits by urgency with a reserve; without one (0) they are those of `erlang.priority_waits_s`.

    Args:
        units: 1 or more.
        reserve: free units at or below which ordinary calls wait; 0 or more, below `units`.
        urgent_loads: [K] erlangs of the urgent classes, the most urgent first; at least one.
        ordinary_load: erlangs, above 0.
        mission_s: mean duration of a mission of any class, above 0; durations are exponential.

    Raises:
        OutOfRangeError: an argument is outside its range, or ordinary calls come faster than they can begin.
    """
    check_units(units, least=1)
    check_mission(mission_s)
    for load in (*urgent_loads, ordinary_load):
        check_load(load)
    if not 0 <= reserve < units:
        raise OutOfRangeError("reserve", reserve, f"give 0 or more, and fewer than the {units} units")
    if ordinary_load == 0.0:
        raise OutOfRangeError("ordinary_load", ordinary_load, "without ordinary calls use priority_waits_s")
    urgent = float(sum(urgent_loads))
    check_stable(units, urgent)
    cutoff = units - reserve
    fall = _fall(units, cutoff, urgent)
    carried = ordinary_load * fall.mean
    if carried >= 1.0:
        remedy = f"with this reserve no more than {1 / fall.mean:.4g} erlangs of ordinary calls can begin"
        raise OutOfRangeError("ordinary_load", ordinary_load, remedy)
    above = fall.mean / (1.0 - carried)
    held = above / (above + _rise(cutoff, urgent + ordinary_load))
    full = held * fall.full / fall.mean
    upto = np.concatenate([[0.0], np.cumsum(np.asarray(urgent_loads, np.float64))]) / units
    return ReserveWaits(
        queued_share=full,
        held_share=held,
        urgent_wait_s=full * mission_s / units / ((1.0 - upto[:-1]) * (1.0 - upto[1:])),
        ordinary_wait_s=held * mission_s * fall.square / (2.0 * fall.mean * (1.0 - carried)),
    )


def _fall(units: int, cutoff: int, urgent: float) -> _Fall:
    """From `cutoff` busy units to one less, with urgent calls alone."""
    spare = units - urgent
    fall = _Fall(1.0 / spare, 2.0 * units / spare**3, 1.0 / spare)
    for busy in range(units - 1, cutoff - 1, -1):
        mean = (1.0 + urgent * fall.mean) / busy
        step, more = 1.0 / (urgent + busy), urgent / (urgent + busy)
        once = 2.0 * step * step + 2.0 * step * more * (fall.mean + mean)
        square = (once + more * (fall.square + 2.0 * fall.mean * mean)) / (1.0 - more)
        fall = _Fall(mean, square, urgent * fall.full / busy)
    return fall


def _rise(cutoff: int, load: float) -> float:
    """Mean missions from `cutoff` − 1 busy units to one more, with all calls."""
    rise = 1.0 / load
    for busy in range(1, cutoff):
        rise = (1.0 + busy * rise) / load
    return rise
