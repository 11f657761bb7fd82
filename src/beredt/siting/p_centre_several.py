"""More answers of the p-centre problem than the best: the k best, and what all good ones share.

Whether a set of sites reaches everybody within a given time is a set covering problem. So the next best set is found as
the best is, by trying times, with a row for each set that is known already (see :mod:`beredt.siting.k_best`); and the
sets near the best are those that cover everybody within a somewhat longer time.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.coverage.cover_sets import group_points
from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.cover_rows import needed_rows
from beredt.siting.k_best import Range, near_optimal_range, with_row
from beredt.siting.lscp import set_cover_program
from beredt.siting.p_centre import serving_times, solve_p_centre
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Program, Solved, Stop, relative_gap, solve
from beredt.siting.site_rows import limiting_rows, open_bounds

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

_ANY_GAP = 1e9


def best_centres(
    problem: SitingProblem, stations: int | None, k: int, limits: Limits = NO_LIMITS, stop: Stop | None = None
) -> list[SitingAnswer]:
    """The k best sets of at most so many sites, by their longest way.

    Args:
        problem, stations: see :func:`beredt.siting.p_centre.solve_p_centre`.
        k: how many, 1 or more.
        limits: the time is for all together.
        stop: asked often whether to stop.

    Returns:
        The best first; fewer than k if there are no more, or the time is over.

    Raises:
        OutOfRangeError: k below 1.
        SitingError: no such stations reach all areas at all.
    """
    if k < 1:
        raise OutOfRangeError("k", k, "ask for 1 answer or more")
    began = time.perf_counter()
    times, _ = serving_times(problem)
    levels = np.unique(times[np.isfinite(times)])
    first = solve_p_centre(problem, stations, limits, None, stop)
    low = int(np.searchsorted(levels, first.bound))
    known: list[I8] = []
    answers: list[SitingAnswer] = []
    while len(answers) < k:
        left = None if limits.seconds is None else max(limits.seconds - (time.perf_counter() - began), 1e-3)
        found = _next(problem, times, levels, stations, known, low, Limits(_ANY_GAP, left), stop)
        if found is None:
            break
        chosen, high, low = found
        known.append(chosen)
        objective, bound = float(levels[high]), float(levels[low])
        gap = relative_gap(objective, bound)
        answers.append(
            SitingAnswer(
                model="pcentre",
                objective=objective,
                bound=bound,
                gap=gap,
                status="proved" if gap <= limits.gap else "stopped",
                chosen={problem.site_ids[site]: 1 for site in chosen},
                seconds=time.perf_counter() - began,
            )
        )
        if gap > limits.gap:
            break
    return answers


def centre_ranges(
    problem: SitingProblem,
    stations: int | None,
    share: float,
    limits: Limits = NO_LIMITS,
    stop: Stop | None = None,
) -> dict[str, Range]:
    """Which sites are open in all, some or none of the sets whose longest way is within a share of the shortest.

    Args:
        problem, stations: see :func:`beredt.siting.p_centre.solve_p_centre`.
        share: of the best objective, 0 or more.
        limits, stop: see :func:`beredt.siting.k_best.near_optimal_range`.

    Raises:
        OutOfRangeError: the share is below 0.
        SitingError: no such stations reach all areas at all.
    """
    if not share >= 0.0:
        raise OutOfRangeError("share", share, "give how far from the best an answer may be, as a share, 0 or more")
    best = solve_p_centre(problem, stations, limits, None, stop)
    times, _ = serving_times(problem)
    within_s = best.objective * (1.0 + share) * (1.0 + 1e-9)
    program = _sets_within(problem, times, within_s, stations)
    any_one = solve(program, limits, None, stop)
    if best.status == "stopped":
        any_one = replace(any_one, status="stopped")
    found = near_optimal_range(program, np.arange(problem.sites), 0.0, limits, stop, any_one)
    return dict(zip(problem.site_ids, found.ranges, strict=True))


def _next(
    problem: SitingProblem,
    times: F8,
    levels: F8,
    stations: int | None,
    known: list[I8],
    low: int,
    limits: Limits,
    stop: Stop | None,
) -> tuple[I8, int, int] | None:
    """The best set that is not known, its level, and the proved lowest level of any such set; None without any."""

    def within(level: int) -> Solved:
        program = _sets_within(problem, times, float(levels[level]), stations)
        for sites in known:
            one = np.isin(np.arange(problem.sites), sites)
            program = with_row(program, np.where(one, -1.0, 1.0), np.arange(one.size), low=1.0 - float(sites.size))
        return solve(program, limits, None, stop)

    chosen: I8 | None = None
    high, step = levels.size, 0
    while low < high:
        # Many sets tie: look at the level of the last answer first, then ever further away.
        middle = (low + high) // 2 if chosen is not None else min(low + step, levels.size - 1)
        solved = within(middle)
        if solved.found:
            chosen = np.flatnonzero(solved.x > 0.5)
            high = int(np.searchsorted(levels, times[chosen].min(axis=0).max()))
        elif solved.status == "infeasible":
            low, step = middle + 1, 2 * step + 1
        else:
            break
    return None if chosen is None else (chosen, high, low)


def _sets_within(problem: SitingProblem, times: F8, within_s: float, stations: int | None) -> Program:
    """All sets of sites that reach everybody within some seconds, no less than it takes to reach each by some site.

    No site is left out, and all sets are equally good.
    """
    low, high = open_bounds(problem)
    reached = (times <= within_s) & (high[:, None] > 0.0)
    sets = group_points(reached, np.ones(times.shape[1]))
    covers = csr_array(sets.covers.astype(np.float64))
    covers = csr_array(covers[np.flatnonzero(needed_rows(covers))])
    program = set_cover_program(covers, low, high, limiting_rows(problem, stations))
    return replace(program, cost=np.zeros(problem.sites))
