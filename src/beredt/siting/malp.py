"""Maximum availability: demand that finds a free unit within its target with a wanted reliability.

ReVelle and Hogan [1]_ want the chance that some unit within reach is free to be at least α, and maximise the demand
for which that holds.

* **MALP I**: all units are busy a share q of the time. Then b units are enough if 1 − q^b ≥ α, that is
  b = ⌈ln(1 − α)/ln q⌉, the same number everywhere.
* **MALP II**: units are as busy as the work around them makes them. With F_n erlangs of work around area n, shared by b
  units, the busy fraction is F_n/b, and b_n is the least b with 1 − (F_n/b)^b ≥ α.

Both are solved as in :mod:`beredt.siting.reliable_cover`, which also says what "around" is. With α near 0 one unit is
enough everywhere, and both are maximal covering. MALP takes units to be busy independently of each other;
:mod:`beredt.siting.q_malp` does not.

References:
    .. [1] ReVelle, C. and Hogan, K. (1989). The maximum availability location problem. Transportation Science 23(3),
       192-200. doi:10.1287/trsc.23.3.192
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.siting.answer import SitingAnswer
from beredt.siting.covering_model import CoveringModel
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop
from beredt.siting.reliable_cover import NEVER, build, checked_reliability, least_units, local_load, solve_reliable

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def needed_malp1(problem: SitingProblem, busy: float, reliability: float) -> I8:
    """The number b of MALP I, the same for all: int64 (K, N).

    Args:
        problem: for the shape.
        busy: q in [0, 1).
        reliability: α in [0, 1).

    Raises:
        OutOfRangeError: q or α is outside its range.
    """
    return np.full(problem.demand.shape, least_units(busy, reliability), np.int64)


def needed_malp2(load: F8, reliability: float) -> I8:
    """The number b of MALP II: the least b with 1 − (F/b)^b ≥ α, as the shape of the load.

    Args:
        load: F, erlangs around each area, 0 or more.
        reliability: α in [0, 1).

    Raises:
        OutOfRangeError: α is outside its range.
    """
    alpha = checked_reliability(reliability)
    needed = np.full(load.shape, NEVER, np.int64)
    most = int(np.ceil(load.max(initial=0.0))) + 200
    for units in range(most, 0, -1):
        # Falls in the number of units as soon as there are more of them than erlangs.
        enough = (load < units) & (1.0 - (load / units) ** units >= alpha)
        needed[enough] = units
    return needed


def build_malp1(problem: SitingProblem, purse: Purse, busy: float, reliability: float) -> CoveringModel:
    """Make the programme of MALP I; see :func:`solve_malp1`."""
    return build("malp1", problem, purse, needed_malp1(problem, busy, reliability))


def build_malp2(problem: SitingProblem, purse: Purse, mission_s: ArrayLike, reliability: float) -> CoveringModel:
    """Make the programme of MALP II; see :func:`solve_malp2`."""
    load = local_load(problem, purse.periods_of(problem), mission_s)
    return build("malp2", problem, purse, needed_malp2(load, reliability))


def solve_malp1(
    problem: SitingProblem,
    purse: Purse,
    busy: float,
    reliability: float,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Cover as much as possible with reliability α, all units equally busy.

    Args:
        problem: the problem.
        purse: what limits units and sites.
        busy: q in [0, 1).
        reliability: α in [0, 1).
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year that b units reach within the target; see
        :func:`beredt.siting.reliable_cover.solve_reliable`.

    Raises:
        OutOfRangeError: q or α is outside its range.
        SitingError: there is no answer.
    """
    needed = needed_malp1(problem, busy, reliability)
    return solve_reliable(build("malp1", problem, purse, needed), needed, limits, progress, stop)


def solve_malp2(
    problem: SitingProblem,
    purse: Purse,
    mission_s: ArrayLike,
    reliability: float,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Cover as much as possible with reliability α, units as busy as the work around them makes them.

    Args:
        problem: the problem.
        purse: what limits units and sites.
        mission_s: mean seconds that a call keeps a unit busy: (K,) or one number.
        reliability: α in [0, 1).
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        As :func:`solve_malp1`.

    Raises:
        OutOfRangeError: a duration or α is outside its range.
        SitingError: there is no answer.
    """
    needed = needed_malp2(local_load(problem, purse.periods_of(problem), mission_s), reliability)
    return solve_reliable(build("malp2", problem, purse, needed), needed, limits, progress, stop)
