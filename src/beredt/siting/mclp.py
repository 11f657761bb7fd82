"""Maximal covering: the demand that p stations reach in time.

    maximise Σ_g w_g·(1 − z_g)   with   z_g + Σ_{s covers g} open_s ≥ 1,   z_g ≥ 0,   p stations (Church & ReVelle [1]_)

where g goes over the rows of :mod:`beredt.siting.cover_rows`, areas and classes of demand that the same sites cover,
and z_g says that nothing open covers it.

References:
    .. [1] Church, R. & ReVelle, C. (1974). The maximal covering location problem. Papers of the Regional Science
       Association 32, 101–118. doi:10.1007/BF01942293
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack, vstack

from beredt.siting.answer import SitingAnswer
from beredt.siting.cover_rows import CoverRows, cover_rows, dominated_sites, merge_rows
from beredt.siting.cover_sites import CoverSites
from beredt.siting.fill_up import fill_up
from beredt.siting.highs import relax_with_highs
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Bound, Limits, Program, Progress, Status, Stop, relative_gap, solve
from beredt.siting.search_answer import Clock, chosen_by_programme, least_difference, proved_bound
from beredt.siting.site_model import Incumbent, Node, Rules
from beredt.siting.site_rows import SiteRow, limiting_rows, open_bounds, spending_row, station_cost
from beredt.siting.site_search import branch, find_root, price

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

_FEW_NODES = 200
"""So many parts of the search are cheap; what is not proved by then needs cuts."""

_ROUNDINGS = 30


def build(problem: SitingProblem, stations: int | None = None) -> Program:
    """The model as a programme. The first S columns are the sites, the others z_g.

    No site is left out, so that the k best answers can be listed from it.

    Args:
        problem: sites and demand.
        stations: at most so many; None where the budget decides.

    Raises:
        OptionError: nothing limits the stations, or locks and number contradict each other.
    """
    low, high = open_bounds(problem)
    return cover_program(cover_rows(problem), low, high, limiting_rows(problem, stations))


def cover_program(rows: CoverRows, low: F8, high: F8, limits: Sequence[SiteRow]) -> Program:
    """The programme of rows of demand that are put together already.

    Args:
        rows: what is to be covered.
        low, high: (S,) least and most of the site columns.
        limits: rows over the site columns.
    """
    s, g = low.size, rows.weight.size
    matrix = hstack([rows.sites, eye_array(g)])
    if limits:
        on_sites = csr_array(np.stack([limit.coefficient for limit in limits]))
        matrix = vstack([matrix, hstack([on_sites, csr_array((len(limits), g))])])
    return Program(
        cost=np.concatenate([np.zeros(s), -rows.weight]),
        low=np.concatenate([low, np.zeros(g)]),
        high=np.concatenate([high, np.ones(g)]),
        integer=np.arange(s + g) < s,
        rows=csr_array(matrix),
        row_low=np.concatenate([np.ones(g), [limit.low for limit in limits]]),
        row_high=np.concatenate([np.full(g, inf), [limit.high for limit in limits]]),
        sense="max",
        constant=rows.always + float(rows.weight.sum()),
    )


def solve_mclp(
    problem: SitingProblem,
    stations: int | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Find the stations that cover most demand, and prove it.

    With a number of stations alone: sites that another one is as good as are left out, then Lagrangean bounds,
    exchanges and branching [see :mod:`beredt.siting.site_search`]. With a budget: HiGHS on :func:`build`.

    Args:
        problem: see :class:`SitingProblem`; demand of all classes counts, each within its own target, and over a priced
            border only by the share that `permitted` gives.
        stations: p, those that are locked open among them.
        limits, progress, stop: as in :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year within their target. `measures`: `covered_share` of all demand. Stations that cover
        nothing more than fewer would stand where most demand gets cover.

    Raises:
        OptionError: nothing limits the stations, or locks and number contradict each other.
        SitingError: locks and budget leave no answer.
    """
    began = time.perf_counter()
    limiting_rows(problem, stations)
    rows = cover_rows(problem)
    reachable = rows.always + float(rows.weight.sum())
    clock = Clock(began, limits, progress, stop, lambda cost: reachable - cost)
    if stations is None or spending_row(problem) is not None:
        chosen, bound, status = chosen_by_programme(build(problem, stations), problem.sites, clock)
    else:
        chosen, bound, status = _by_search(problem, rows, stations, clock)
    if stations is not None:
        chosen = fill_up(problem, chosen, stations, np.asarray(rows.sites.T @ rows.weight))
    is_open = np.zeros(problem.sites)
    is_open[chosen] = 1.0
    objective = rows.always + float(rows.weight[rows.sites @ is_open > 0.5].sum())
    bound = max(bound, objective)
    return SitingAnswer(
        model="mclp",
        objective=objective,
        bound=bound,
        gap=relative_gap(objective, bound),
        status=status,
        chosen={problem.site_ids[site]: 1 for site in chosen},
        seconds=clock.seconds,
        measures={"covered_share": objective / rows.total if rows.total > 0.0 else 1.0},
    )


def _by_search(problem: SitingProblem, rows: CoverRows, stations: int, clock: Clock) -> tuple[I8, float, Status]:
    low, high = open_bounds(problem)
    held, free = low > 0.0, (high > 0.0) & (low == 0.0)
    needed = free & ~dominated_sites(rows.sites, station_cost(problem), free)
    rows = merge_rows(rows, needed)
    model = CoverSites(rows.sites, rows.weight, may=needed | held, held=held)
    first = model.improve(model.greedy(stations))
    within = least_difference(rows.weight, clock.limits.gap, clock.shown)
    best = Incumbent(np.sort(first), model.cost(first), within)
    rules, watch = Rules(root_tries=3), clock.watch()
    left = stations - int(held.sum())
    root = find_root(model, np.flatnonzero(held), np.flatnonzero(needed), left, best, rules, watch)
    bound = root.bound
    if bound < best.cutoff and not clock.over:
        bound = branch(model, root, stations, best, rules, watch, nodes=_FEW_NODES)
    if bound < best.cutoff and not clock.over:
        bound = max(bound, _by_cuts(model, rows, root, stations, best, clock))
    status: Status = "proved" if bound >= best.cutoff else "stopped"
    clock.tell(best.cost, bound)
    proved = proved_bound(best.cost, bound, best.cutoff, clock.limits.gap)
    return best.chosen, clock.shown(max(proved, 0.0)), status


def _by_cuts(model: CoverSites, rows: CoverRows, root: Node, stations: int, best: Incumbent, clock: Clock) -> float:
    """What branching alone does not finish: the linear relaxation, answers rounded from it, then HiGHS with its cuts.

    Returns:
        A proved bound, as a cost.
    """
    row = SiteRow(np.ones(model.sites), -inf, float(stations))
    low, high = np.zeros(model.sites), np.zeros(model.sites)
    low[root.opened], high[root.opened], high[root.free] = 1.0, 1.0, 1.0
    relaxed = relax_with_highs(cover_program(rows, low, high, [row]), clock.left, clock.stop)
    if relaxed is None:
        return root.bound
    x, duals = relaxed
    _round(model, x[: model.sites], stations, best)
    node = price(model, root, np.abs(duals[: rows.weight.size]), stations, best.cutoff)
    if node.bound >= best.cutoff or clock.over:
        return node.bound
    low[:], high[:] = 0.0, 0.0
    low[node.opened], high[node.opened], high[node.free] = 1.0, 1.0, 1.0
    program = cover_program(rows, low, high, [row])
    is_open = np.zeros(model.sites)
    is_open[best.chosen] = 1.0
    start = np.concatenate([is_open, rows.sites @ is_open < 0.5])
    cost_of_all = rows.always + float(rows.weight.sum())

    def tell(seen: Bound) -> None:
        clock.tell(min(best.cost, cost_of_all - seen.objective), cost_of_all - seen.bound)

    limits, progress = Limits(clock.limits.gap, clock.left), tell if clock.progress else None
    solved = solve(program, limits, progress, clock.stop, start, prove=True)
    if solved.found:
        best.offer(model, np.flatnonzero(solved.x[: model.sites] > 0.5), nearly=inf)
    return (
        max(node.bound, min(cost_of_all - solved.bound, best.cutoff)) if solved.status != "infeasible" else best.cutoff
    )


def _round(model: CoverSites, x: F8, stations: int, best: Incumbent) -> None:
    """Offer answers drawn from the linear relaxation: the sites it likes most, nudged at random, then exchanged."""
    drawn = np.random.default_rng(0)
    liked = x > 1e-6
    for attempt in range(_ROUNDINGS):
        nudge = 0.5 * drawn.random(x.size) * liked if attempt else 0.0
        order = np.argsort(-(x + nudge + model.held), kind="stable")
        best.offer(model, order[:stations], nearly=inf)
