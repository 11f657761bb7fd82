"""Backup covering: somebody else is within reach when the first unit is away.

Hogan and ReVelle [1]_ count the demand that two units reach. With u_g the first cover of a set and b_g its backup,

    BACOP1:  maximise Σ w_g·b_g        subject to  everybody is covered once:  Σ_{s reaches g} units_s ≥ 1 + b_g
    BACOP2:  maximise θ·Σ w_g·u_g + (1 − θ)·Σ w_g·b_g   subject to  Σ_{s reaches g} units_s ≥ u_g + b_g,   b_g ≤ u_g

BACOP2 need not cover everybody; θ = 1 is maximal covering, and running θ from 1 down shows what backup costs (or see
:mod:`beredt.siting.trade_off`, which also finds answers between those that weights can find).

Departures: units of one site back each other up where its capacity allows two, as Hogan and ReVelle also permit; give
a capacity of 1 to ask for backup from another site. Behind a priced border a cover, and likewise a backup, counts in
part (:mod:`beredt.siting.demand_sets`); for the duty to cover everybody in BACOP1 it counts in full.

References:
    .. [1] Hogan, K. and ReVelle, C. (1986). Concepts and applications of backup coverage. Management Science 32(11),
       1434-1444. doi:10.1287/mnsc.32.11.1434
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.assembly import Assembly
from beredt.siting.cover_columns import count_cover, most_cover
from beredt.siting.covering_model import CoveringModel, share_of, solve_model
from beredt.siting.demand_sets import DemandSets, covered_sets
from beredt.siting.everybody import cover_everybody, unreachable_areas, why_not_everybody
from beredt.siting.placement import Purse, place
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop

I8 = NDArray[np.int64]
B = NDArray[np.bool_]


def build_bacop1(problem: SitingProblem, purse: Purse, *, excuse: bool = False) -> CoveringModel:
    """Make the programme of BACOP1.

    Args:
        problem: the problem.
        purse: what limits units and sites.
        excuse: whether areas that no site can reach are excused from being covered.

    Raises:
        SitingError: nothing limits the units, or an area with demand is out of every site's reach and not excused.
    """
    began = time.perf_counter()
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    cover_everybody(assembly, placement, [problem.covers(k) for k in range(problem.classes)], excuse=excuse)
    sets = covered_sets(problem, placement.periods)
    levels = np.minimum(most_cover(placement, sets, purse.units), 2)
    cover = count_cover(assembly, placement, sets, levels, ordered=True)
    second = cover.level == 2
    assembly.add_cost(cover.columns[second], sets.weight[cover.set_of[second]])

    def value(units: I8) -> float:
        return covered_times(sets, units, 2)

    return CoveringModel("bacop1", assembly.finish("max"), placement, sets, value, began)


def build_bacop2(problem: SitingProblem, purse: Purse, first_weight: float = 0.5) -> CoveringModel:
    """Make the programme of BACOP2.

    Args:
        problem: the problem.
        purse: what limits units and sites.
        first_weight: θ in [0, 1].

    Raises:
        OutOfRangeError: θ is outside its range.
        SitingError: nothing limits the units.
    """
    began = time.perf_counter()
    if not 0.0 <= first_weight <= 1.0:
        raise OutOfRangeError("first_weight", first_weight, "give the weight of the first cover, from 0 to 1")
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    sets = covered_sets(problem, placement.periods)
    levels = np.minimum(most_cover(placement, sets, purse.units), 2)
    cover = count_cover(assembly, placement, sets, levels, ordered=True)
    worth = np.where(cover.level == 1, first_weight, 1.0 - first_weight)
    assembly.add_cost(cover.columns, worth * sets.weight[cover.set_of])

    def value(units: I8) -> float:
        once, twice = covered_times(sets, units, 1), covered_times(sets, units, 2)
        return first_weight * once + (1.0 - first_weight) * twice

    return CoveringModel("bacop2", assembly.finish("max"), placement, sets, value, began)


def solve_bacop1(
    problem: SitingProblem,
    purse: Purse,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    excuse: bool = False,
) -> SitingAnswer:
    """Cover everybody once and as many as possible twice.

    Args:
        problem, purse, excuse: see :func:`build_bacop1`.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year with backup. `measures`: `covered_share` and `backup_share` of all calls,
        `unreachable_areas` which no site reaches within their target in some class.

    Raises:
        SitingError: there is no answer, such as too few units to cover everybody.
    """
    return _solve(build_bacop1(problem, purse, excuse=excuse), purse, limits, progress, stop)


def solve_bacop2(
    problem: SitingProblem,
    purse: Purse,
    first_weight: float = 0.5,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Weigh being covered against having backup.

    Args:
        problem, purse, first_weight: see :func:`build_bacop2`.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: θ·covered + (1 − θ)·with backup, in calls a year. `measures`: `covered_share`, `backup_share`.

    Raises:
        OutOfRangeError: θ is outside its range.
        SitingError: there is no answer.
    """
    return _solve(build_bacop2(problem, purse, first_weight), purse, limits, progress, stop)


def covered_times(sets: DemandSets, units: I8, times: int) -> float:
    """Calls a year that at least so many units cover."""
    return float(sets.weight[sets.count_units(units) >= times].sum())


def backup_measures(model: CoveringModel, reach: list[B]) -> Callable[[I8], dict[str, float]]:
    """What models of backup tell of units (T, S): shares of calls covered once and twice, and areas out of reach.

    Args:
        model: whose sets count.
        reach: by class, bool (S, N), who must be covered.
    """
    demand = float(model.placement.problem.demand.sum())
    lost = unreachable_areas(model.placement, reach)
    return lambda units: {
        "covered_share": share_of(covered_times(model.sets, units, 1), demand),
        "backup_share": share_of(covered_times(model.sets, units, 2), demand),
        "unreachable_areas": lost,
    }


def _solve(
    model: CoveringModel, purse: Purse, limits: Limits, progress: Progress | None, stop: Stop | None
) -> SitingAnswer:
    problem = model.placement.problem
    reach = [problem.covers(k) for k in range(problem.classes)]
    return solve_model(
        model,
        limits,
        progress,
        stop,
        backup_measures(model, reach),
        why_not=lambda: why_not_everybody(model.placement, purse, reach) if model.name == "bacop1" else "",
    )
