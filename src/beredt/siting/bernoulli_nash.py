"""Bernoulli–Nash welfare: a share gained counts the more the smaller it was, between the most for all and the
worst-off.

Jagtenberg and Mason [1]_ judge ambulance plans by the product of what people get, each person once, which is what
parties that bargain on equal terms agree on (Nash [2]_). Its logarithm is

    maximise  Σ_g d_g · log(share_g + ε) / Σ_g d_g

with share_g of :mod:`beredt.siting.group_shares`. A group that rises from 10 to 20 % weighs as much as one that rises
from 40 to 80 %. Without ε, a single group left without would make all placements equally worthless (their
way out is to share time between placements); ε is what no service at all is worth, 1 % if not said otherwise. The
smaller it is, the dearer is a group left without.

Solved exactly by outer approximation: the concave logarithm is held down by tangents, the programme is solved, tangents
are added at the shares that came out, and so on. A round gives a proved bound; the best placement of all rounds is
kept. Shares are finitely many, so bound and placement meet.

References:
    .. [1] Jagtenberg, C. J. and Mason, A. J. (2020). Improving fairness in ambulance planning by time sharing. European
       Journal of Operational Research 280(3), 1095-1107. doi:10.1016/j.ejor.2019.08.003
    .. [2] Nash, J. F. (1950). The bargaining problem. Econometrica 18(2), 155-162. doi:10.2307/1907266
"""

from __future__ import annotations

import time
from dataclasses import replace
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array, vstack

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.covering_model import CoveringModel, answer_of, check_found
from beredt.siting.group_shares import Groups, GroupShares, add_group_shares, each_area
from beredt.siting.k_best import Solver
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Program, Progress, Solved, Stop, relative_gap, solve

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

NOTHING_IS_WORTH = 0.01
"""ε when none is given."""


def welfare(shares: F8, demand: F8, nothing: float) -> float:
    """Σ d·log(share + ε) / Σ d, at most log(1 + ε).

    Args:
        shares: (R,) in [0, 1].
        demand: (R,) > 0.
        nothing: ε > 0.
    """
    return float(demand @ np.log(shares + nothing) / demand.sum())


def solve_bernoulli_nash(
    problem: SitingProblem,
    busy: ArrayLike,
    purse: Purse,
    groups: Groups | None = None,
    nothing: float = NOTHING_IS_WORTH,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> SitingAnswer:
    """Place units where the product of shares is greatest.

    Args:
        problem: the problem.
        busy: q in [0, 1): (K, N) or anything that spreads to it.
        purse: what limits units and sites.
        groups: of areas [default: each area by itself].
        nothing: ε, above 0: what no service at all is worth, as a share.
        limits, progress, stop: see :func:`beredt.siting.program.solve`; the time is for all rounds together.

    Returns:
        `objective`: the welfare, at most log(1 + ε). `measures`: `nash_share` = exp(objective) − ε, the share that
        everybody could have equally for the same welfare; `covered_share`, `worst_share`, `share.<group>` where there
        are few groups; `rounds`.

    Raises:
        OutOfRangeError: an argument is outside its range, or nobody calls.
        SitingError: there is no answer.
    """
    if not 0.0 < nothing < inf:
        raise OutOfRangeError("nothing", nothing, "give what no service is worth, as a share above 0")
    model, shares, logs = _first_model(problem, busy, purse, groups, nothing)
    until = None if limits.seconds is None else time.perf_counter() + limits.seconds
    program, bound, rounds = model.program, inf, 0
    best: I8 | None = None
    touched: set[bytes] = set()
    while True:
        rounds += 1
        left = None if until is None else max(until - time.perf_counter(), 1e-3)
        solved = solve(program, replace(limits, seconds=left), progress, stop)
        if best is None:
            check_found(model.name, solved)
        bound = min(bound, solved.bound)
        if not solved.found:
            break
        units = model.placement.units_of(solved.x)
        if best is None or model.value(units) > model.value(best):
            best = units
        again = units.tobytes() in touched  # its tangents are there: what is left is the solver's tolerance
        if again or solved.status == "stopped" or relative_gap(model.value(best), bound) <= limits.gap:
            break
        touched.add(units.tobytes())
        program = _with_tangents(program, shares, logs, shares.of_units(units), nothing)
    assert best is not None
    return answer_of(
        model,
        best,
        bound,
        limits,
        lambda u: shares.measures(u) | {"nash_share": float(np.exp(model.value(u)) - nothing), "rounds": float(rounds)},
    )


_FIRST_TANGENTS = (0.0, 0.2, 0.5, 0.8, 1.0)
"""Shares at which the logarithm is touched before anything is known."""


def _first_model(
    problem: SitingProblem, busy: ArrayLike, purse: Purse, groups: Groups | None, nothing: float
) -> tuple[CoveringModel, GroupShares, I8]:
    """The programme with a few tangents, the shares, and the columns of the logarithms, one for each group."""
    began = time.perf_counter()
    shares = add_group_shares(problem, groups or each_area(problem), busy, purse, ordered=False)
    count = len(shares.group_ids)
    logs = shares.assembly.add_columns(
        count,
        low=np.log(nothing),
        high=np.log1p(nothing),
        cost=shares.demand / shares.demand.sum(),
        integer=False,
    )
    program = shares.assembly.finish("max")
    alone = np.unique(shares.busy)
    points = sorted({*_FIRST_TANGENTS, *(1.0 - q**k for q in alone[:3].tolist() for k in range(1, 5))})
    for point in points:
        program = _with_tangents(program, shares, logs, np.full(count, point), nothing)

    def value(units: I8) -> float:
        return welfare(shares.of_units(units), shares.demand, nothing)

    return CoveringModel("bernoulli-nash", program, shares.placement, shares.sets, value, began), shares, logs


def _with_tangents(program: Program, shares: GroupShares, logs: I8, at: F8, nothing: float) -> Program:
    """Add log column ≤ log(a + ε) + (share − a)/(a + ε) for each group, with its own a."""
    slope = 1.0 / (at + nothing)
    count, rows = at.size, np.arange(at.size)
    matrix = coo_array(csr_array((slope, (rows, rows)), shape=(count, count)) @ shares.matrix)
    row, column = matrix.coords
    entries = np.concatenate([-matrix.data, np.ones(count)])
    where = np.concatenate([row, rows]), np.concatenate([shares.columns[column], logs])
    block = csr_array((entries, where), shape=(count, program.cost.size))
    return replace(
        program,
        rows=csr_array(vstack([program.rows, block], format="csr")),
        row_low=np.append(program.row_low, np.full(count, -inf)),
        row_high=np.append(program.row_high, np.log(at + nothing) - slope * at),
    )


def several(
    problem: SitingProblem, busy: ArrayLike, purse: Purse, groups: Groups | None, nothing: float
) -> tuple[CoveringModel, Solver]:
    """The programme for more answers than the best, and what solves it.

    The solver adds tangents at the shares of whatever placement it finds, until the programme does not flatter it: so
    a placement that only seems good enough is never taken for one.

    Args:
        problem, busy, purse, groups, nothing: see :func:`solve_bernoulli_nash`.

    Raises:
        OutOfRangeError: an argument is outside its range, or nobody calls.
    """
    model, shares, logs = _first_model(problem, busy, purse, groups, nothing)
    touched: list[F8] = []
    weight = shares.demand / shares.demand.sum()

    def solver(program: Program, limits: Limits, progress: Progress | None, stop: Stop | None) -> Solved:
        until = None if limits.seconds is None else time.perf_counter() + limits.seconds
        for at in touched:
            program = _with_tangents(program, shares, logs, at, nothing)
        while True:
            left = None if until is None else max(until - time.perf_counter(), 1e-3)
            solved = solve(program, replace(limits, seconds=left), progress, stop)
            if not solved.found or solved.status == "stopped":
                return solved
            at = shares.of_units(model.placement.units_of(solved.x))
            flattered = float(weight @ (solved.x[logs] - np.log(at + nothing)))
            if flattered <= _FLATTERY:
                return solved
            touched.append(at)
            program = _with_tangents(program, shares, logs, at, nothing)

    return model, solver


_FLATTERY = 1e-6
"""What the solver's tolerances leave between the tangents and the logarithm."""
