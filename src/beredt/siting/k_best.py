"""Not one best answer but many: the k best, and what all good ones have in common.

**The k best.** After each solution a row forbids its pattern of chosen binary columns, and the programme is solved
again (Balas and Jeroslow [1]_):

    Σ_{j: x*_j = 1} (1 − x_j) + Σ_{j: x*_j = 0} x_j ≥ 1

**The near-optimal range.** A site is in *all*, *some* or *none* of the placements whose objective is within a share of
the best. Two searches settle it for all sites, with proof and without listing the placements: among those that are good
enough, look for the one that opens most of the sites not yet seen open, again and again, until none can be opened; then
likewise for sites not yet seen closed.

References:
    .. [1] Balas, E. and Jeroslow, R. (1972). Canonical cuts on the unit hypercube. SIAM Journal on Applied Mathematics
       23(1), 61-69. doi:10.1137/0123007
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from beredt.errors import OutOfRangeError
from beredt.siting.program import F8, NO_LIMITS, Limits, Program, Progress, Solved, Stop, solve

I8 = NDArray[np.int64]

Solver = Callable[[Program, Limits, Progress | None, Stop | None], Solved]
"""Solves a programme; other than :func:`~beredt.siting.program.solve` where a model is more than its rows."""

Range = Literal["all", "some", "none", "open question"]
"""In how many of the near-optimal answers a column is 1; an open question where the time was over."""


def k_best(
    program: Program,
    columns: I8,
    k: int,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    solver: Solver = solve,
    known: Sequence[F8] = (),
) -> list[Solved]:
    """The k best solutions that differ in some of the given columns, the best first.

    Args:
        program: what to solve.
        columns: binary columns that make solutions different, such as whether sites are open.
        k: how many, 1 or more.
        limits: for each solution; the time is for all of them together.
        progress, stop: see :func:`beredt.siting.program.solve`.
        solver: solves what is asked.
        known: values (columns,) of better solutions that are there already: they are not found again.

    Returns:
        At most k: fewer if there are no more, or the time is over. While all of them are proved, no other solution is
        better than the last of them.

    Raises:
        OutOfRangeError: k below 1, or a column that is not binary.
    """
    if k < 1:
        raise OutOfRangeError("k", k, "ask for 1 answer or more")
    check_binary(program, columns)
    until = None if limits.seconds is None else time.perf_counter() + limits.seconds
    found: list[Solved] = []
    for values in known:
        program = _without(program, columns, values > 0.5)
    while len(found) < k:
        left = None if until is None else max(until - time.perf_counter(), 1e-3)
        solved = solver(program, replace(limits, seconds=left), progress, stop)
        if not solved.found:
            break
        found.append(solved)
        if solved.status == "stopped" and (left is not None or stop is not None):
            break
        program = _without(program, columns, solved.x[columns] > 0.5)
    return found


def _without(program: Program, columns: I8, one: NDArray[np.bool_]) -> Program:
    """The programme without the solutions of a pattern: some column must be another."""
    return with_row(program, np.where(one, -1.0, 1.0), columns, low=1.0 - float(one.sum()))


@dataclass(frozen=True, slots=True, eq=False)
class NearOptimal:
    """What near-optimal answers have in common.

    `ranges`: for each of the asked columns. `best`: the objective of the best answer. `worst`: what still counts as
    near it. `solves`: how many programmes were solved to find out.
    """

    ranges: tuple[Range, ...]
    best: float
    worst: float
    solves: int


def near_optimal_range(
    program: Program,
    columns: I8,
    share: float,
    limits: Limits = NO_LIMITS,
    stop: Stop | None = None,
    best: Solved | None = None,
    solver: Solver = solve,
) -> NearOptimal:
    """Which columns are 1 in all, some or none of the solutions near the best.

    Args:
        program: what to solve.
        columns: binary columns.
        share: how far the objective may be from the best, as a share of it, 0 or more.
        limits: the time is for all together.
        stop: asked often whether to stop; what is not settled by then is an open question.
        best: the best solution, if it is known already.
        solver: solves what is asked.

    Returns:
        The range of each column. "open question" only where time or the user stopped the search, or the best is not
        proved.

    Raises:
        OutOfRangeError: a share below 0, a column that is not binary, or there is no solution at all.
    """
    if not share >= 0.0:
        raise OutOfRangeError("share", share, "give how far from the best an answer may be, as a share, 0 or more")
    check_binary(program, columns)
    until = None if limits.seconds is None else time.perf_counter() + limits.seconds
    best = best or solver(program, limits, None, stop)
    if not best.found:
        raise OutOfRangeError("the programme", best.status, "nothing is near an answer that is not there")
    room = share * abs(best.objective) + 1e-9 * max(1.0, abs(best.objective))
    up = program.sense == "max"
    worst = best.objective - room if up else best.objective + room
    good = with_row(
        program,
        program.cost,
        np.arange(program.cost.size),
        low=worst - program.constant if up else -inf,
        high=inf if up else worst - program.constant,
    )
    solves, settled = 0, best.status == "proved"
    seen = {1: best.x[columns] > 0.5, 0: best.x[columns] < 0.5}
    never = {1: np.zeros(columns.size, np.bool_), 0: np.zeros(columns.size, np.bool_)}
    for value in (1, 0):
        while True:
            unseen = ~seen[value] & ~never[value]
            if not unseen.any():
                break
            left = None if until is None else until - time.perf_counter()
            if left is not None and left <= 0.0:
                break
            found = solver(_towards(good, columns[unseen], value), Limits(0.0, left), None, stop)
            solves += 1
            if not found.found:
                break
            for other in (1, 0):
                seen[other] |= found.x[columns] > 0.5 if other else found.x[columns] < 0.5
            if not (seen[value] & unseen).any():
                if found.status == "proved" and settled:
                    never[value] = unseen
                break
    return NearOptimal(tuple(_range(*(bool(a[j]) for a in (seen[1], seen[0], never[1], never[0])))
                             for j in range(columns.size)), best.objective, worst, solves)  # fmt: skip


def with_row(program: Program, values: F8, columns: I8, low: float = -inf, high: float = inf) -> Program:
    """The programme with one row more: low ≤ Σ values·x[columns] ≤ high."""
    kept = values != 0.0
    row = csr_array((values[kept], (np.zeros(int(kept.sum()), np.int64), columns[kept])), shape=(1, program.cost.size))
    return replace(
        program,
        rows=csr_array(vstack([program.rows, row], format="csr")),
        row_low=np.append(program.row_low, low),
        row_high=np.append(program.row_high, high),
    )


def unary(program: Program, columns: I8) -> tuple[Program, I8]:
    """Add binary columns that tell the values of whole columns apart: x_j = Σ_i b_{j,i}, b_{j,i} ≥ b_{j,i+1}.

    With them, :func:`k_best` finds solutions that differ in numbers, such as of units at a site. Binary columns are
    kept as they are.

    Args:
        program: what to solve.
        columns: whole columns from 0 to a finite number.

    Returns:
        The programme, and the binary columns that stand for the given ones.

    Raises:
        OutOfRangeError: a column is not whole, is not bounded or may be negative.
    """
    bounded = program.integer[columns] & (program.low[columns] >= 0.0) & np.isfinite(program.high[columns])
    if not bounded.all():
        at = int(columns[int(np.argmin(bounded))])
        raise OutOfRangeError(f"column {at}", (program.low[at], program.high[at]), "give whole columns with an end")
    many = columns[program.high[columns] > 1.0]
    sizes = program.high[many].astype(np.int64)
    added, n = int(sizes.sum()), program.cost.size
    owner = np.repeat(np.arange(many.size), sizes)
    new = np.arange(added)
    sums = hstack(
        [
            csr_array((np.ones(many.size), (np.arange(many.size), many)), shape=(many.size, n)),
            csr_array((-np.ones(added), (owner, new)), shape=(many.size, added)),
        ]
    )
    later = np.flatnonzero(owner[1:] == owner[:-1]) + 1
    falls = csr_array(
        (np.tile([1.0, -1.0], later.size), (np.repeat(np.arange(later.size), 2), n + np.stack([later - 1, later],
        1).reshape(-1))), shape=(later.size, n + added),
    )  # fmt: skip
    wide = hstack([program.rows, csr_array((program.rows.shape[0], added))])
    grown = replace(
        program,
        cost=np.append(program.cost, np.zeros(added)),
        low=np.append(program.low, np.zeros(added)),
        high=np.append(program.high, np.ones(added)),
        integer=np.append(program.integer, np.ones(added, np.bool_)),
        rows=csr_array(vstack([wide, sums, falls], format="csr")),
        row_low=np.concatenate([program.row_low, np.zeros(many.size + later.size)]),
        row_high=np.concatenate([program.row_high, np.zeros(many.size), np.full(later.size, inf)]),
        names=(),
    )
    return grown, np.concatenate([columns[program.high[columns] <= 1.0], n + new])


def unary_values(program: Program, columns: I8, values: F8) -> F8:
    """What the binary columns of :func:`unary` are for these values of the whole columns.

    Args:
        program, columns: as given to :func:`unary`.
        values: float64 (columns,)
    """
    high = program.high[columns]
    single, many = values[high <= 1.0], values[high > 1.0]
    sizes = high[high > 1.0].astype(np.int64)
    level = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.concatenate([single, (level < np.repeat(many, sizes)).astype(np.float64)])


def check_binary(program: Program, columns: I8) -> None:
    """Refuse columns that are not 0 or 1.

    Raises:
        OutOfRangeError: names the first.
    """
    binary = program.integer[columns] & (program.low[columns] >= 0.0) & (program.high[columns] <= 1.0)
    if not binary.all():
        at = int(columns[int(np.argmin(binary))])
        raise OutOfRangeError(f"column {at}", (program.low[at], program.high[at]), "give columns that are 0 or 1")


def _towards(program: Program, columns: I8, value: int) -> Program:
    """The same rows, looking for as many of these columns with this value as there can be."""
    cost = np.zeros(program.cost.size)
    cost[columns] = 1.0
    return replace(program, cost=cost, constant=0.0, sense="max" if value else "min")


def _range(seen_one: bool, seen_zero: bool, never_one: bool, never_zero: bool) -> Range:
    if seen_one and seen_zero:
        return "some"
    if seen_one and never_zero:
        return "all"
    if seen_zero and never_one:
        return "none"
    return "open question"
