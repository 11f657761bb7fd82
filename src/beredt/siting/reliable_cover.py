"""Covered by enough units that one of them is free often enough: what MALP and Q-MALP share.

Each area needs a number of units b within its target, which the model at hand works out from a wanted reliability α.
Then

    maximise Σ_g w_g·z_g    subject to  b_g·z_g ≤ Σ_{s reaches g} units_s,   z_g ∈ {0, 1}
"""

from __future__ import annotations

import time
from math import ceil, log, log1p

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.assembly import Assembly, diagonal
from beredt.siting.cover_columns import most_cover
from beredt.siting.covering_model import CoveringModel, share_of, solve_model
from beredt.siting.demand_sets import DemandSets, covered_sets
from beredt.siting.periods import Periods
from beredt.siting.placement import Purse, place
from beredt.siting.problem import SitingProblem
from beredt.siting.program import Limits, Progress, Stop

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

NEVER = 1_000_000
"""So many units are needed where no number is enough."""


def build(name: str, problem: SitingProblem, purse: Purse, needed: ArrayLike) -> CoveringModel:
    """Make the programme.

    Args:
        name: of the model.
        problem: the problem.
        purse: what limits units and sites.
        needed: b, int (K, N) or anything that spreads to it, 1 or more.

    Raises:
        SitingError: nothing limits the units.
    """
    began = time.perf_counter()
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    every = covered_sets(problem, placement.periods, needed)
    possible = every.kind <= most_cover(placement, every, purse.units)
    sets = DemandSets(every.members[possible], every.weight[possible], every.period[possible], every.kind[possible])
    columns = assembly.add_columns(sets.count, cost=sets.weight, integer=True)
    for period in np.unique(sets.period):
        chosen = np.flatnonzero(sets.period == period)
        rows = sets.rows()[chosen]
        assembly.add_rows(
            (rows, placement.units[period]),
            (diagonal(-sets.kind[chosen].astype(np.float64), chosen.size), columns[chosen]),
            low=0.0,
        )

    def value(units: I8) -> float:
        return float(sets.weight[sets.count_units(units) >= sets.kind].sum())

    return CoveringModel(name, assembly.finish("max"), placement, sets, value, began)


def solve_reliable(
    model: CoveringModel, needed: I8, limits: Limits, progress: Progress | None, stop: Stop | None
) -> SitingAnswer:
    """Solve such a model.

    Args:
        model: of :func:`build`.
        needed: b, for the measures.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year that enough units reach. `measures`: `covered_share`: of all calls;
        `needed_units_least` and `needed_units_most`: the range of b.
    """
    demand = float(model.placement.problem.demand.sum())
    return solve_model(
        model,
        limits,
        progress,
        stop,
        lambda units: {
            "covered_share": share_of(model.value(units), demand),
            "needed_units_least": float(needed.min()),
            "needed_units_most": float(needed.max()),
        },
    )


def local_load(problem: SitingProblem, periods: Periods, mission_s: ArrayLike) -> F8:
    """Work that comes up around each area, in erlangs: float64 (K, N).

    What comes up around an area is the calls, of all classes of its period, of those areas that the units beside it
    reach within the target. The authors count what lies within the target of the area itself; here there are times
    from sites only, so the nearest permitted site stands for the area. Where every area is a site of its own this is
    theirs.

    Args:
        problem: the problem.
        periods: with their hours.
        mission_s: mean seconds that a call keeps a unit busy: (K,), or one number; above 0.

    Returns:
        Calls a second times seconds per mission. An area that no site reaches has 0.

    Raises:
        OutOfRangeError: a duration is not above 0.
    """
    seconds = np.broadcast_to(np.asarray(mission_s, np.float64), (problem.classes,))
    if not np.all((seconds > 0.0) & np.isfinite(seconds)):
        raise OutOfRangeError("mission_s", mission_s, "give mean seconds that a call keeps a unit busy, above 0")
    load = np.zeros(problem.demand.shape)
    way = np.where(problem.permitted > 0.0, problem.travel_s, np.inf)
    nearest = way.argmin(axis=0)
    for k in range(problem.classes):
        same = periods.of_class == periods.of_class[k]
        second = periods.hours[periods.of_class[k]] * 3600.0
        work = (problem.demand[same] * seconds[same, None]).sum(axis=0) / second
        around = problem.covers(k) @ work
        load[k] = np.where(np.isfinite(way.min(axis=0)), around[nearest], 0.0)
    return load


def checked_reliability(reliability: float) -> float:
    """α, if it is one.

    Raises:
        OutOfRangeError: α is outside [0, 1).
    """
    if not 0.0 <= reliability < 1.0:
        raise OutOfRangeError("reliability", reliability, "give the wanted chance of a free unit, from 0 to below 1")
    return reliability


def least_units(busy: float, reliability: float) -> int:
    """Fewest units of which one is free with chance α if each is busy a share q of the time: the least b, 1 − q^b ≥ α.

    Args:
        busy: q in [0, 1).
        reliability: α in [0, 1).

    Raises:
        OutOfRangeError: q or α is outside its range.
    """
    alpha = checked_reliability(reliability)
    if not 0.0 <= busy < 1.0:
        raise OutOfRangeError("busy", busy, "give the share of time that units are busy, from 0 to below 1")
    if busy == 0.0 or alpha <= 1.0 - busy:
        return 1
    found = max(1, ceil(log1p(-alpha) / log(busy)) - 1)
    # The quotient of logarithms may be off in its last digit.
    while 1.0 - busy**found < alpha:
        found += 1
    return found
