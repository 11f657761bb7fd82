"""The p-median problem: where p stations bring the shortest time to the average call.

    minimise Σ_i demand_i · min_{j open} time_ji    with p stations (Hakimi [1]_, ReVelle & Swain [2]_)

References:
    .. [1] Hakimi, S. L. (1964). Optimum locations of switching centers and the absolute centers and medians of a graph.
       Operations Research 12(3), 450–459. doi:10.1287/opre.12.3.450
    .. [2] ReVelle, C. S. & Swain, R. W. (1970). Central facilities location. Geographical Analysis 2(1), 30–42.
       doi:10.1111/j.1538-4632.1970.tb00142.x
"""

from __future__ import annotations

import time
from math import inf

import numpy as np
from numpy.typing import NDArray

from beredt.errors import SitingError
from beredt.siting.answer import SitingAnswer
from beredt.siting.cost_matrix import CostMatrix
from beredt.siting.fill_up import fill_up
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Program, Progress, Status, Stop, relative_gap, solve
from beredt.siting.radius_program import radius_program
from beredt.siting.search_answer import Clock, chosen_by_programme, least_difference, proved_bound
from beredt.siting.site_model import Incumbent, Node, Rules
from beredt.siting.site_rows import SiteRow, limiting_rows, open_bounds, spending_row
from beredt.siting.site_search import branch, find_root

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

_CORE_SHARES = (0.05, 0.1, 0.2)
"""How far above the bound, as a share of the way to the best answer, the first programmes look."""

_CORE_PAIRS = 4
"""Pairs of site and area for each area that such a programme has at most."""


def build(problem: SitingProblem, stations: int | None = None) -> Program:
    """The model as a programme; see :mod:`beredt.siting.radius_program`. The first S columns are the sites.

    Args:
        problem: sites, areas, demand of all classes in sum.
        stations: at most so many; None where the budget decides.

    Raises:
        OptionError: nothing limits the stations, or locks and number contradict each other.
        SitingError: an area with demand can be served from nowhere.
    """
    costs, _ = serving_costs(problem)
    low, high = open_bounds(problem)
    pairs = np.broadcast_to(high[:, None] > 0.0, costs.shape)
    return radius_program(costs, pairs, low, high, limiting_rows(problem, stations))


def solve_p_median(
    problem: SitingProblem,
    stations: int | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Find the stations with the lowest sum of demand times travel time, and prove it.

    With a number of stations alone: Lagrangean bounds and exchanges [see :mod:`beredt.siting.site_search`], then HiGHS
    on the few sites and pairs that may still be in a better answer, then branching. With a budget: HiGHS on
    :func:`build`.

    Args:
        problem: see :class:`SitingProblem`. Times over a priced border are divided by the share that `permitted` gives.
        stations: p, those that are locked open among them.
        limits, progress, stop: as in :func:`beredt.siting.program.solve`.

    Returns:
        `objective` in calls × seconds a year (for published instances: demand × their unit of length). `served`: the
        nearest open site of every area with demand. `measures`: `mean_travel_s` per call.

    Raises:
        OptionError: nothing limits the stations, or locks and number contradict each other.
        SitingError: no such stations serve all areas.
    """
    began = time.perf_counter()
    limiting_rows(problem, stations)
    costs, areas = serving_costs(problem)
    clock = Clock(began, limits, progress, stop, lambda cost: cost)
    if stations is None or spending_row(problem) is not None:
        chosen, bound, status = chosen_by_programme(build(problem, stations), problem.sites, clock)
    else:
        chosen, bound, status = _by_search(problem, costs, stations, clock)
    if stations is not None:
        chosen = fill_up(problem, chosen, stations, -costs.sum(axis=1))
    served = costs[chosen]
    objective = float(served.min(axis=0).sum())
    if objective >= _forbidden(problem):
        raise SitingError("no choice of stations serves every area: allow more stations, or leave areas out")
    nearest = chosen[served.argmin(axis=0)]
    return SitingAnswer(
        model="pmedian",
        objective=objective,
        bound=min(bound, objective),
        gap=relative_gap(objective, min(bound, objective)),
        status=status,
        chosen={problem.site_ids[site]: 1 for site in np.sort(chosen)},
        seconds=clock.seconds,
        served={problem.area_ids[area]: problem.site_ids[site] for area, site in zip(areas, nearest, strict=True)},
        measures={"mean_travel_s": objective / float(problem.demand.sum())},
    )


def serving_costs(problem: SitingProblem) -> tuple[F8, I8]:
    """Demand × time for every pair of site and area with demand: float64 (S, N'), and the numbers of those areas.

    A pair that is not possible costs more than any possible choice of sites altogether, so that the best answer uses
    none if there is such an answer.

    Raises:
        SitingError: an area with demand can be served from nowhere.
    """
    demand = problem.demand.sum(axis=0)
    areas = np.flatnonzero(demand > 0.0)
    if not areas.size:
        raise SitingError("no area has any demand: there is nothing to be near to")
    permitted = problem.permitted[:, areas]
    with np.errstate(divide="ignore", invalid="ignore"):
        costs: F8 = demand[areas] * problem.travel_s[:, areas].astype(np.float64) / permitted
    barred = ~np.isfinite(costs) | (permitted <= 0.0)
    nowhere = barred[open_bounds(problem)[1] > 0.0].all(axis=0)
    if nowhere.any():
        name = problem.area_ids[areas[int(np.argmax(nowhere))]]
        raise SitingError(f"area {name!r} has demand, but no site may serve it ({int(nowhere.sum())} such areas)")
    costs[barred] = _forbidden(problem)
    return costs, areas


def _forbidden(problem: SitingProblem) -> float:
    """More than any choice of possible pairs costs, and a whole number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        longest = np.where(
            np.isfinite(problem.travel_s) & (problem.permitted > 0.0), problem.travel_s / problem.permitted, 0.0
        ).max(axis=0)
    return float(np.ceil(problem.demand.sum(axis=0) @ longest)) + 1.0


def _by_search(problem: SitingProblem, costs: F8, stations: int, clock: Clock) -> tuple[I8, float, Status]:
    low, high = open_bounds(problem)
    model = CostMatrix(costs, may=high > 0.0, held=low > 0.0)
    stations = min(stations, int(high.sum()))
    first = model.improve(model.greedy(stations))
    best = Incumbent(np.sort(first), model.cost(first), least_difference(costs, clock.limits.gap, clock.shown))
    rules, watch = Rules(), clock.watch()
    opened, free = np.flatnonzero(low > 0.0), np.flatnonzero((high > 0.0) & (low == 0.0))
    root = find_root(model, opened, free, stations - opened.size, best, rules, watch)
    bound = root.bound
    if bound < best.cutoff and not clock.over:
        before = best.cost
        bound = max(bound, _look_near_the_bound(model, root, stations, best, clock))
        if best.cost < before and bound < best.cutoff and not clock.over:
            # A better answer leaves fewer sites over.
            root = find_root(model, opened, free, stations - opened.size, best, rules, watch)
            bound = max(bound, root.bound)
    if bound < best.cutoff and not clock.over:
        bound = max(bound, branch(model, root, stations, best, rules, watch))
    status: Status = "proved" if bound >= best.cutoff else "stopped"
    clock.tell(best.cost, bound)
    return best.chosen, proved_bound(best.cost, bound, best.cutoff, clock.limits.gap), status


def _look_near_the_bound(model: CostMatrix, root: Node, stations: int, best: Incumbent, clock: Clock) -> float:
    """Solve programmes with only what answers that cost little more than the bound can hold.

    Every answer that costs at most `reach` uses only pairs whose reduced cost fits in between the bound and `reach`. So
    the best answer with these pairs is the best of all if it costs no more than `reach`, and otherwise `reach` is a
    bound.

    Returns:
        A proved bound.
    """
    bound = root.bound
    for share in _CORE_SHARES:
        reach = root.value + max(share * (best.cutoff - root.value), best.within(best.cost))
        pairs = _pairs_within(model, root, stations, reach)
        if int(pairs.sum()) > _CORE_PAIRS * pairs.shape[1] or clock.over:
            break
        if pairs.any(axis=0).all():
            low, high = np.zeros(pairs.shape[0]), np.zeros(pairs.shape[0])
            low[root.opened], high[root.opened], high[root.free] = 1.0, 1.0, 1.0
            rows = [SiteRow(np.ones(low.size), -inf, float(stations))]
            program = radius_program(model.costs, pairs, low, high, rows)
            solved = solve(program, Limits(0.0, clock.left), stop=clock.stop)
            if solved.found:
                best.offer(model, np.flatnonzero(solved.x[: low.size] > 0.5), nearly=inf)
            if solved.status == "stopped":
                break
        bound = max(bound, min(reach, best.cutoff))
        if bound >= best.cutoff:
            break
    return bound


def _pairs_within(model: CostMatrix, root: Node, stations: int, reach: float) -> B:
    """Pairs of site and area that an answer costing at most `reach` may use."""
    left, costs = stations - root.opened.size, model.costs
    pairs = np.zeros(costs.shape, np.bool_)
    if root.opened.size:
        nearest = root.opened[costs[root.opened].argmin(axis=0)]
        pairs[nearest, np.arange(nearest.size)] = True
    if root.free.size and left > 0:
        dearest = np.sort(root.price)[min(left, root.free.size) - 1]
        entry = np.maximum(root.price - dearest, 0.0)[:, None]
        pairs[root.free] = np.maximum(costs[root.free] - root.u, 0.0) + entry <= reach - root.value
    return pairs
