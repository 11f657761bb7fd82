"""Maximum expected covering: as much demand as possible that finds a free unit within its target, when units are busy.

Daskin [1]_: every unit is busy for a share q of the time, independently of the others. Of k units that reach an area at
least one is free with probability 1 − q^k, so

    maximise  Σ_g w_g · Σ_{k=1}^{units} (1 − q)·q^(k−1)·y_{g,k}
    subject to  Σ_k y_{g,k} ≤ Σ_{s reaches g} units_s,   the placement

with w_g the calls of a set of areas that the same sites reach. The weights fall in k, so y fills up in order by itself.

The busy fraction may differ by class and area (q_{k,n}), as units in a town are busier than units in a valley [2]_; the
hypercube tells by how much, see :mod:`beredt.siting.agreed_mexclp`. Areas with different q are different sets. With q =
0 this is maximal covering [3]_: the first unit covers all.

Departures: sites may take several units up to their capacity, which Daskin allows, too; a cover across a priced border
counts in part (:mod:`beredt.siting.demand_sets`).

References:
    .. [1] Daskin, M. S. (1983). A maximum expected covering location model: formulation, properties and heuristic
       solution. Transportation Science 17(1), 48-70. doi:10.1287/trsc.17.1.48
    .. [2] Batta, R., Dolan, J. M., and Krishnamurthy, N. N. (1989). The maximal expected covering location problem:
       revisited. Transportation Science 23(4), 277-287. doi:10.1287/trsc.23.4.277
    .. [3] Church, R. and ReVelle, C. (1974). The maximal covering location problem. Papers of the Regional Science
       Association 32(1), 101-118. doi:10.1007/BF01942293
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.assembly import Assembly
from beredt.siting.cover_columns import CoverColumns, count_cover, most_cover
from beredt.siting.covering_model import CoveringModel, share_of, solve_model
from beredt.siting.demand_sets import DemandSets, covered_sets
from beredt.siting.greedy_units import greedy_units, start_of
from beredt.siting.placement import Placement, Purse, place
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

NEGLIGIBLE = 1e-15
"""A further unit that adds less than this share of an area's demand is not counted: sums are no more exact."""


def build(problem: SitingProblem, busy: ArrayLike, purse: Purse) -> CoveringModel:
    """Make the programme.

    Args:
        problem: the problem.
        busy: q in [0, 1): (K, N) or anything that spreads to it, such as one number or (N,).
        purse: what limits units and sites.

    Raises:
        OutOfRangeError: a busy fraction is outside its range.
        SitingError: nothing limits the units.
    """
    began = time.perf_counter()
    fractions = checked_busy(problem, busy)
    levels, kind = np.unique(fractions, return_inverse=True)
    periods = purse.periods_of(problem)
    sets = covered_sets(problem, periods, kind.reshape(fractions.shape))
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    fraction = levels[sets.kind]
    cover, _ = add_expected_cover(assembly, placement, sets, fraction, purse.units)
    program = assembly.finish("max")

    def start() -> F8 | None:
        units = greedy_units(placement, sets, fraction, purse)
        return None if units is None else start_of(program.cost.size, placement, sets, cover, units)

    def value(units: I8) -> float:
        return float(sets.weight @ (1.0 - levels[sets.kind] ** sets.count_units(units)))

    return CoveringModel("mexclp", program, placement, sets, value, began, start)


def solve_mexclp(
    problem: SitingProblem,
    busy: ArrayLike,
    purse: Purse,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Place units where they are expected to cover most.

    Args:
        problem, busy, purse: see :func:`build`.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year that are expected to find a free unit within their target. `measures`: `covered_share`
        of all calls.

    Raises:
        OutOfRangeError: a busy fraction is outside its range.
        SitingError: there is no answer.
    """
    model = build(problem, busy, purse)
    demand = float(problem.demand.sum())
    return solve_model(
        model, limits, progress, stop, lambda units: {"covered_share": share_of(model.value(units), demand)}
    )


def checked_busy(problem: SitingProblem, busy: ArrayLike) -> F8:
    """Busy fractions spread to (K, N).

    Raises:
        OutOfRangeError: one is outside [0, 1), or the shape does not fit.
    """
    given = np.asarray(busy, np.float64)
    if not np.all((given >= 0.0) & (given < 1.0)):
        raise OutOfRangeError("busy", busy, "give the share of time that units are busy, from 0 to below 1")
    try:
        return np.broadcast_to(given, problem.demand.shape)
    except ValueError:
        remedy = f"give one number, {problem.areas} numbers, or {problem.demand.shape}: classes × areas"
        raise OutOfRangeError("the shape of busy", given.shape, remedy) from None


def add_expected_cover(
    assembly: Assembly,
    placement: Placement,
    sets: DemandSets,
    busy: F8,
    units: int | None,
    *,
    ordered: bool = False,
) -> tuple[CoverColumns, F8]:
    """Add columns that count cover, with what each level adds to the objective.

    Args:
        assembly: gets columns, rows and costs.
        placement: the units.
        sets: the demand.
        busy: (G,) busy fraction of each set.
        units: most on duty at once, or None.
        ordered: see :func:`beredt.siting.cover_columns.count_cover`.

    Returns:
        The columns, and calls a year that each adds: float64 (C,).
    """
    levels = np.minimum(most_cover(placement, sets, units), useful_levels(busy))
    cover = count_cover(assembly, placement, sets, levels, ordered=ordered)
    q = busy[cover.set_of]
    adds = np.asarray(sets.weight[cover.set_of] * (1.0 - q) * q ** (cover.level - 1))
    assembly.add_cost(cover.columns, adds)
    return cover, adds


def useful_levels(busy: F8) -> I8:
    """Units beyond which one more adds nothing that could be counted: int64 as `busy`."""
    with np.errstate(divide="ignore"):
        levels = np.ceil(np.log(NEGLIGIBLE) / np.log(busy))
    return np.maximum(np.where(busy > 0.0, levels, 1.0), 1.0).astype(np.int64)
