"""How many units an hour needs: the fewest with which at most a given share of calls finds none free.

The number at work follows the load of the hour as if the hour went on for ever (pointwise stationary approximation
[1]). Missions reach into the next hour and smooth it, so that a slow change is met well, and a steep morning a little
too early.

1. L. Green and P. Kolesar, *The pointwise stationary approximation for queues with nonstationary arrivals*, Management
   Science 37 (1991) 84–97.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.erlang import erlang_b

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def fewest_units(load: float, blocking: float) -> int:
    """The least n with B(n, a) ≤ `blocking`, see `coverage.erlang.erlang_b`.

    Args:
        load: erlangs, 0 or more; 0 needs no unit.
        blocking: share of calls, above 0 and below 1.
    """
    units = 0
    if load == 0.0:
        return 0
    while erlang_b(units, load) > blocking:
        units += 1
    return units


def need_of(load: F8, blocking: float) -> I8:
    """The need of every hour, int64 of the shape of `load` (erlangs, ≥ 0)."""
    return np.array([fewest_units(float(one), blocking) for one in load.ravel()], np.int64).reshape(load.shape)


def blocked_share(units: I8, load: F8, calls: F8) -> float:
    """Share of calls that find no unit free: Σ_h calls_h·B(n_h, a_h) / Σ_h calls_h; 0 where there are no calls.

    Args:
        units: (H,) on duty in every hour.
        load: (H,) erlangs.
        calls: (H,) weight of every hour, 0 or more, such as its acute calls.
    """
    if not calls.sum() > 0.0:
        return 0.0
    lost = np.array([erlang_b(int(n), float(a)) for n, a in zip(units, load, strict=True)])
    return float((lost * calls).sum() / calls.sum())


def gains(load: F8, calls: F8, most: int) -> F8:
    """Calls that the n-th unit of an hour saves from finding none free, float64 (H, most), n from 1.

    calls_h·(B(n − 1, a_h) − B(n, a_h)). They fall with n, since B is convex in the number of units: E. J. Messerli,
    *Proof of a convexity property of the Erlang B formula*, Bell System Technical Journal 51 (1972) 951–953.
    """
    blocked = np.array([[erlang_b(n, float(a)) for n in range(most + 1)] for a in load]).reshape(len(load), most + 1)
    saved: F8 = calls[:, np.newaxis] * (blocked[:, :-1] - blocked[:, 1:])
    return saved
