"""The p-centre problem: where p stations make the longest way to anybody as short as it can be.

    minimise max_i min_{j open} time_ji    over the areas i with demand, with p stations (Hakimi [1]_)

The answer is one of the times between a site and an area. Whether p stations reach everybody within a given time is a
set covering problem; the times are halved until the shortest one that works is found (Minieka [2]_).

References:
    .. [1] Hakimi, S. L. (1964). Optimum locations of switching centers and the absolute centers and medians of a graph.
       Operations Research 12(3), 450–459. doi:10.1287/opre.12.3.450
    .. [2] Minieka, E. (1970). The m-center problem. SIAM Review 12(1), 138–139. doi:10.1137/1012016
"""

from __future__ import annotations

import time
from dataclasses import replace
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.coverage.cover_sets import group_points
from beredt.errors import SitingError
from beredt.siting.answer import SitingAnswer
from beredt.siting.cover_rows import dominated_sites, needed_rows
from beredt.siting.fill_up import fill_up
from beredt.siting.lscp import set_cover_program
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Bound, Limits, Program, Progress, Stop, relative_gap, solve
from beredt.siting.site_rows import limiting_rows, open_bounds, station_cost

F8 = NDArray[np.float64]
B = NDArray[np.bool_]
I8 = NDArray[np.int64]

_ANY_GAP = 1e9


def solve_p_centre(
    problem: SitingProblem,
    stations: int | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Find the stations with the shortest longest way, and prove it.

    Args:
        problem: see :class:`SitingProblem`. Times over a priced border are divided by the share that `permitted` gives.
        stations: p, those that are locked open among them; None where the budget decides.
        limits, progress, stop: as in :func:`beredt.siting.program.solve`; an answer within the wanted gap ends it.

    Returns:
        `objective` in seconds (for published instances: their unit of length). `served`: the nearest open site of every
        area with demand.

    Raises:
        OptionError: nothing limits the stations, or locks and number contradict each other.
        SitingError: no such stations reach all areas at all.
    """
    began = time.perf_counter()
    limiting_rows(problem, stations)
    times, areas = serving_times(problem)
    levels = np.unique(times[np.isfinite(times)])
    # Nobody's nearest site is nearer than this.
    low = int(np.searchsorted(levels, times[open_bounds(problem)[1] > 0.0].min(axis=0).max()))
    high, chosen = levels.size, np.empty(0, np.int64)
    interrupted = False
    while low < high:
        middle = (low + high) // 2 if chosen.size else levels.size - 1
        left = None if limits.seconds is None else max(limits.seconds - (time.perf_counter() - began), 1e-3)
        # Any choice that is small enough will do: whatever the gap, the first one ends it.
        asked = Limits(_ANY_GAP, left)
        solved = solve(_within(problem, times, levels[middle], stations), asked, stop=stop)
        if solved.found:
            # What was found may reach further in than what was asked for.
            chosen = np.flatnonzero(solved.x > 0.5)
            high = int(np.searchsorted(levels, times[chosen].min(axis=0).max()))
        elif solved.status == "infeasible":
            low = middle + 1
            if not chosen.size:
                raise SitingError("no such stations reach every area at all: allow more, or leave areas out")
        else:
            interrupted = True
            break
        if progress is not None and chosen.size:
            objective, bound = float(levels[high]), float(levels[min(low, high)])
            gap = relative_gap(objective, bound)
            progress(Bound(objective, bound, gap, time.perf_counter() - began))
            if gap <= limits.gap:
                break
    if not chosen.size:
        raise SitingError("stopped before any answer was found: give it more time")
    if stations is not None:
        chosen = fill_up(problem, chosen, stations, -np.where(np.isfinite(times), times, 0.0).sum(axis=1))
    served = times[chosen]
    objective = float(served.min(axis=0).max())
    bound = min(float(levels[min(low, high)]), objective)
    gap = relative_gap(objective, bound)
    nearest = chosen[served.argmin(axis=0)]
    return SitingAnswer(
        model="pcentre",
        objective=objective,
        bound=bound,
        gap=gap,
        status="stopped" if interrupted and gap > limits.gap else "proved",
        chosen={problem.site_ids[site]: 1 for site in chosen},
        seconds=time.perf_counter() - began,
        served={problem.area_ids[area]: problem.site_ids[site] for area, site in zip(areas, nearest, strict=True)},
    )


def build(problem: SitingProblem, stations: int | None, within_s: float) -> Program:
    """Whether stations reach everybody within some seconds, as a programme: the fewest that do; its columns are sites.

    Args:
        problem, stations: as above.
        within_s: seconds, 0 or more.
    """
    return _within(problem, serving_times(problem)[0], within_s, stations)


def serving_times(problem: SitingProblem) -> tuple[F8, I8]:
    """Seconds of every possible pair of site and area with demand, others infinite; the numbers of those areas."""
    areas = np.flatnonzero(problem.demand.sum(axis=0) > 0.0)
    if not areas.size:
        raise SitingError("no area has any demand: there is nothing to be near to")
    permitted = problem.permitted[:, areas]
    with np.errstate(divide="ignore", invalid="ignore"):
        times: F8 = problem.travel_s[:, areas].astype(np.float64) / permitted
    times[(permitted <= 0.0) | np.isnan(times)] = inf
    return times, areas


def _within(problem: SitingProblem, times: F8, within_s: float, stations: int | None) -> Program:
    low, high = open_bounds(problem)
    reached = (times <= within_s) & (high[:, None] > 0.0)
    limits = limiting_rows(problem, stations)
    if reached.any(axis=0).all():
        covers, left_out = _reduced(reached, low, high, station_cost(problem))
        return set_cover_program(covers, low, np.where(left_out, 0.0, high), limits)
    sets = group_points(reached, np.ones(times.shape[1]))
    program = set_cover_program(csr_array(sets.covers.astype(np.float64)), low, high, limits)
    # Somebody is out of reach: a row that nothing meets.
    nothing = program.row_low.copy()
    nothing[0] = problem.sites + 1.0
    return replace(program, row_low=nothing)


def _reduced(reached: B, low: F8, high: F8, cost: F8) -> tuple[csr_array, B]:
    """Rows and sites that a covering of everybody needs: others follow from them, again and again."""
    free, left_out = (high > 0.0) & (low == 0.0), np.zeros(low.size, np.bool_)
    while True:
        sets = group_points(reached & ~left_out[:, None], np.ones(reached.shape[1]))
        covers = csr_array(sets.covers.astype(np.float64))
        covers = csr_array(covers[np.flatnonzero(needed_rows(covers))])
        more = dominated_sites(covers, cost, free & ~left_out) & ~left_out
        if not more.any():
            return covers, left_out
        left_out |= more
