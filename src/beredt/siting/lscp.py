"""Location set covering: the fewest stations from which all demand is reached in time.

    minimise Σ_s open_s   with   Σ_{s covers g} open_s ≥ 1 for every row g   (Toregas et al. [1]_)

Demand that no site reaches cannot be covered by any number of stations: it is left out and counted in the measures.

References:
    .. [1] Toregas, C., Swain, R., ReVelle, C. & Bergman, L. (1971). The location of emergency service facilities.
       Operations Research 19(6), 1363–1373. doi:10.1287/opre.19.6.1363
"""

from __future__ import annotations

import time
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from beredt.coverage.cover_sets import CoverSets, group_points, join_sets
from beredt.errors import SitingError
from beredt.siting.answer import SitingAnswer
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Program, Progress, Stop, relative_gap, solve
from beredt.siting.site_rows import SiteRow, count_row, open_bounds, spending_row

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def build(problem: SitingProblem, stations: int | None = None) -> Program:
    """The model as a programme; its columns are the sites.

    Args:
        problem: sites and demand. An area is covered over a priced border, too, whatever the price.
        stations: at most so many [default: as many as it takes].

    Raises:
        OptionError: fewer stations than are locked open.
    """
    sets = to_cover(problem)
    low, high = open_bounds(problem)
    limits = [row for row in (count_row(problem, stations), spending_row(problem)) if row is not None]
    return set_cover_program(csr_array(sets.covers.astype(np.float64)), low, high, limits)


def solve_lscp(
    problem: SitingProblem,
    stations: int | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Find the fewest stations that cover all demand that can be covered, and prove it, with HiGHS.

    Args:
        problem: see :class:`SitingProblem`.
        stations: at most so many [default: as many as it takes].
        limits, progress, stop: as in :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: number of stations. `measures`: `covered_share` of all demand, and `unreachable_areas`, which no
        site reaches within their target in some class.

    Raises:
        OptionError: fewer stations than are locked open.
        SitingError: the number of stations or the budget is too small to cover all that can be covered.
    """
    began = time.perf_counter()
    program = build(problem, stations)
    solved = solve(program, limits, progress, stop)
    if solved.status == "infeasible":
        raise SitingError("so few stations, or so small a budget, cannot cover all demand that can be covered")
    if not solved.found:
        raise SitingError("stopped before any answer was found: give it more time")
    chosen = np.flatnonzero(solved.x > 0.5)
    bound = min(float(np.ceil(solved.bound - 1e-6)), float(chosen.size))
    unreachable, covered = _left_out(problem)
    return SitingAnswer(
        model="lscp",
        objective=float(chosen.size),
        bound=bound,
        gap=relative_gap(float(chosen.size), bound),
        status=solved.status,
        chosen={problem.site_ids[site]: 1 for site in chosen},
        seconds=time.perf_counter() - began,
        measures={"covered_share": covered, "unreachable_areas": float(unreachable)},
    )


def to_cover(problem: SitingProblem) -> CoverSets:
    """The demand that some site may cover, put together by the sites that do: the weights are calls a year."""
    may = open_bounds(problem)[1] > 0.0
    groups = [group_points(problem.covers(k) & may[:, None], problem.demand[k]) for k in range(problem.classes)]
    return join_sets(*groups) if len(groups) > 1 else groups[0]


def set_cover_program(covers: csr_array, low: F8, high: F8, limits: list[SiteRow]) -> Program:
    """The fewest columns that cover every row.

    Args:
        covers: sparse (G, S) of ones, the sites that cover each row.
        low, high: (S,) least and most of the site columns.
        limits: further rows.
    """
    rows = vstack([covers, csr_array(np.stack([row.coefficient for row in limits]))]) if limits else covers
    g, s = covers.shape
    return Program(
        cost=np.ones(s),
        low=low,
        high=high,
        integer=np.ones(s, np.bool_),
        rows=csr_array(rows),
        row_low=np.concatenate([np.ones(g), [row.low for row in limits]]),
        row_high=np.concatenate([np.full(g, inf), [row.high for row in limits]]),
    )


def _left_out(problem: SitingProblem) -> tuple[int, float]:
    """Areas that no site reaches in some class, and the share of demand that is reached."""
    may = open_bounds(problem)[1] > 0.0
    lost, missed = np.zeros(problem.areas, np.bool_), 0.0
    for k in range(problem.classes):
        nobody = ~(problem.covers(k) & may[:, None]).any(axis=0) & (problem.demand[k] > 0.0)
        lost |= nobody
        missed += float(problem.demand[k][nobody].sum())
    total = float(problem.demand.sum())
    return int(lost.sum()), 1.0 - missed / total if total > 0.0 else 1.0
