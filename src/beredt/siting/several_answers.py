"""The k best placements of a covering model, and which sites all good ones have.

The searches are those of :mod:`beredt.siting.k_best`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beredt.siting.answer import SitingAnswer
from beredt.siting.covering_model import CoveringModel, answer_of, check_found
from beredt.siting.k_best import Range, Solver, k_best, near_optimal_range, unary, unary_values
from beredt.siting.problem import SitingProblem
from beredt.siting.program import F8, NO_LIMITS, Limits, Program, Progress, Solved, Stop, solve

I8 = NDArray[np.int64]


def best_answers(
    model: CoveringModel,
    k: int,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    measures: Callable[[I8], Mapping[str, float]] | None = None,
    solver: Solver = solve,
    first: SitingAnswer | None = None,
) -> list[SitingAnswer]:
    """The k best placements: they differ in some site's units in some period.

    Args:
        model: what to solve.
        k: how many, 1 or more.
        limits, progress, stop: see :func:`beredt.siting.k_best.k_best`.
        measures: further figures of units (T, S).
        solver: solves what is asked.
        first: the best, if it is known already; while it is not proved, it is the only answer.

    Returns:
        The best first; at most k.

    Raises:
        OutOfRangeError: k below 1.
        SitingError: there is no answer at all.
    """
    if first is not None and (k == 1 or first.status != "proved"):
        return [first]
    columns = np.unique(model.placement.units)
    program, told_apart = unary(model.program, columns)
    known = [] if first is None else [unary_values(model.program, columns, _columns_of(model, first)[columns])]
    found = k_best(program, told_apart, k - len(known), limits, progress, stop, solver, known)
    if not found and first is None:
        check_found(model.name, solver(model.program, limits, progress, stop))
    answers: list[SitingAnswer] = [] if first is None else [first]
    for solved in found:
        units = model.placement.units_of(solved.x[: model.program.cost.size])
        answer = answer_of(model, units, solved.bound, limits, measures)
        answers.append(replace(answer, seconds=time.perf_counter() - model.began))
    return answers


def site_ranges(
    model: CoveringModel,
    share: float,
    limits: Limits = NO_LIMITS,
    stop: Stop | None = None,
    solver: Solver = solve,
    first: SitingAnswer | None = None,
) -> dict[str, Range]:
    """Which sites are open in all, some or none of the placements within a share of the best.

    Args:
        model: what to solve.
        share: of the best objective, 0 or more: 0.01 is within 1 %.
        limits, stop: see :func:`beredt.siting.k_best.near_optimal_range`.
        solver: solves what is asked.
        first: the best, if it is known already.

    Returns:
        By site, in the order of the problem.

    Raises:
        OutOfRangeError: the share is below 0.
        SitingError: there is no answer at all.
    """
    if first is None:
        best = solver(model.program, limits, None, stop)
        check_found(model.name, best)
    else:
        best = Solved(first.status, _columns_of(model, first), first.objective, first.bound, first.gap, first.seconds)
    found = near_optimal_range(model.program, model.placement.open, share, limits, stop, best, solver)
    return dict(zip(model.placement.problem.site_ids, found.ranges, strict=True))


def _columns_of(model: CoveringModel, answer: SitingAnswer) -> F8:
    """The columns of sites and units of an answer; 0 for all others."""
    placement = model.placement
    x = np.zeros(model.program.cost.size)
    for row, period in zip(placement.units, placement.periods.period_ids, strict=True):
        units = answer.by_period.get(period, answer.chosen)
        x[row] = [units.get(site, 0) for site in placement.problem.site_ids]
    x[placement.open] = [float(site in answer.chosen) for site in placement.problem.site_ids]
    return x


def best_site_sets(
    name: str,
    program: Program,
    problem: SitingProblem,
    k: int,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> list[SitingAnswer]:
    """The k best sets of open sites of a programme whose first S columns say whether sites are open.

    Args:
        name: of the model.
        program: what to solve.
        problem: whose sites they are.
        k: how many, 1 or more.
        limits, progress, stop: see :func:`beredt.siting.k_best.k_best`.

    Returns:
        The best first, with one unit at each open site; at most k.

    Raises:
        OutOfRangeError: k below 1, or the first columns are not those of sites.
        SitingError: there is no answer at all.
    """
    columns = np.arange(problem.sites)
    found = k_best(program, columns, k, limits, progress, stop)
    if not found:
        check_found(name, solve(program, limits, progress, stop))
    return [
        SitingAnswer(
            model=name,
            objective=solved.objective,
            bound=solved.bound,
            gap=solved.gap,
            status=solved.status,
            chosen={problem.site_ids[site]: 1 for site in np.flatnonzero(solved.x[columns] > 0.5)},
            seconds=solved.seconds,
        )
        for solved in found
    ]


def site_set_ranges(
    name: str,
    program: Program,
    problem: SitingProblem,
    share: float,
    limits: Limits = NO_LIMITS,
    stop: Stop | None = None,
) -> dict[str, Range]:
    """As :func:`site_ranges`, for a programme whose first S columns say whether sites are open."""
    best = solve(program, limits, None, stop)
    check_found(name, best)
    found = near_optimal_range(program, np.arange(problem.sites), share, limits, stop, best)
    return dict(zip(problem.site_ids, found.ranges, strict=True))
