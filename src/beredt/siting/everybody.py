"""The duty to cover everybody, which BACOP1 and DSM have, and what it takes: the reason where it cannot be met."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, inf, isfinite

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.errors import SitingError
from beredt.siting.assembly import Assembly
from beredt.siting.cover_rows import needed_rows
from beredt.siting.demand_sets import DemandSets, Layer, join_layers
from beredt.siting.lscp import set_cover_program
from beredt.siting.placement import Placement, Purse
from beredt.siting.program import F8, Limits, solve
from beredt.siting.site_rows import open_bounds

I8 = NDArray[np.int64]
B = NDArray[np.bool_]

_SECONDS_FOR_A_REASON = 5.0
"""Time to find out why there is no answer; what is proved by then is told."""


def cover_everybody(assembly: Assembly, placement: Placement, reach: list[B], *, excuse: bool) -> None:
    """Ask that some unit reaches every area with demand, class by class.

    Args:
        assembly: gets the rows.
        placement: the units.
        reach: by class, bool (S, N).
        excuse: whether areas that no site can reach are excused.

    Raises:
        SitingError: no site that may be open reaches an area, and it is not excused.
    """
    problem = placement.problem
    can = placement.most > 0
    for k, reached in enumerate(reach):
        lonely = (problem.demand[k] > 0.0) & ~reached[can].any(axis=0)
        if lonely.any() and not excuse:
            area, target = problem.area_ids[int(np.argmax(lonely))], problem.class_ids[k]
            raise SitingError(
                f"{int(lonely.sum())} areas, first {area}, are reached by no site within the target of class {target}: "
                "they cannot all be covered; add sites, excuse them, or take a model that covers as many as it can"
            )
    sets = _everybody(placement, reach)
    for period in np.unique(sets.period):
        rows = csr_array(sets.rows()[np.flatnonzero(sets.period == period)])
        assembly.add_rows((rows, placement.units[period]), low=1.0)


def unreachable_areas(placement: Placement, reach: list[B]) -> float:
    """Areas from which somebody calls and which no site that may be open reaches in some class.

    Args:
        placement: most units of each site.
        reach: by class, bool (S, N).
    """
    can, demand = placement.most > 0, placement.problem.demand
    lost = [(demand[k] > 0.0) & ~reached[can].any(axis=0) for k, reached in enumerate(reach)]
    return float(np.any(lost, axis=0).sum())


def why_not_everybody(placement: Placement, purse: Purse, reach: list[B]) -> str:
    """Why not everybody whom a site can reach is covered, with the least that it takes; "" where that is not it.

    Args:
        placement: sites and what they cost.
        purse: the limits that may be too tight.
        reach: by class, bool (S, N).
    """
    problem = placement.problem
    least = max(fewest_sites(placement, reach), default=0)
    told = [
        f"--{name} allows {limit}"
        for name, limit in (("stations", purse.sites), ("units", purse.units))
        if limit is not None and limit < least
    ]
    if told:
        return (
            f"everybody whom some site can reach must be covered, which takes at least {least} sites with a unit at "
            f"each, and {' and '.join(told)}: allow more, ask for a longer time, or take bacop2 or mclp, which cover "
            "as many as they can. Fewer candidates help, too: whom none of them can reach is excused"
        )
    if isfinite(problem.budget):
        cost = _least_cost(placement, reach)
        if cost > problem.budget * (1.0 + 1e-9):
            return (
                f"everybody whom some site can reach must be covered, which costs at least {cost:.6g} "
                f"{problem.budget_unit}, and the budget is {problem.budget:.6g}: allow more, or take bacop2 or mclp"
            )
    return ""


def fewest_sites(placement: Placement, reach: list[B]) -> list[int]:
    """By period, a proved least number of sites that cover everybody whom they can reach, locks kept.

    Args:
        placement: sites and their locks.
        reach: by class, bool (S, N).
    """
    sets = _everybody(placement, reach)
    ones = np.ones(placement.problem.sites)
    return [ceil(_cover_bound(placement, sets, period, ones) - 1e-6) for period in np.unique(sets.period)]


def _least_cost(placement: Placement, reach: list[B]) -> float:
    """A proved least cost of covering everybody in each period, one unit at each site."""
    problem, sets = placement.problem, _everybody(placement, reach)
    opening = np.where(problem.existing, -problem.moving_cost, problem.opening_cost)
    given_up = float(problem.moving_cost[problem.existing].sum())
    running = [
        _cover_bound(placement, sets, period, placement.periods.share[period] * problem.unit_cost)
        for period in np.unique(sets.period)
    ]
    together = DemandSets(sets.members, sets.weight, np.zeros_like(sets.period), sets.kind)
    # Sites are opened once for all periods; both parts by themselves cannot be less.
    return sum(running) + _cover_bound(placement, together, 0, opening) + given_up


def _cover_bound(placement: Placement, sets: DemandSets, period: int, cost: F8) -> float:
    """Nothing that covers all sets of a period costs less than this."""
    low, high = open_bounds(placement.problem)
    high = np.minimum(high, placement.most > 0)
    rows = csr_array(sets.rows()[np.flatnonzero(sets.period == period)])
    program = set_cover_program(csr_array(rows[np.flatnonzero(needed_rows(rows))]), np.minimum(low, high), high, [])
    solved = solve(replace(program, cost=cost), Limits(seconds=_SECONDS_FOR_A_REASON))
    return solved.bound if solved.bound > -inf else float(cost[cost < 0.0].sum())


def _everybody(placement: Placement, reach: list[B]) -> DemandSets:
    """Who must be covered, put together by the sites that can."""
    problem, can = placement.problem, placement.most > 0
    nothing = np.zeros(problem.areas, np.int64)
    layers = [
        (Layer(reached & can[:, None], problem.demand[k]), int(placement.periods.of_class[k]), nothing)
        for k, reached in enumerate(reach)
    ]
    return join_layers(layers, problem.sites)
