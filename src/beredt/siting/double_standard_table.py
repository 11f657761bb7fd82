"""The dynamic double standard model as a compliance table: for each number of free units, where they should be.

With z_b units at base b, a set of demand g is covered once (y1) or twice (y2) by units whose bases reach it, and

    max Σ_g w_g·y2_g − M·s + ρ·Σ_b keep_b
    Σ_b z_b = n    y1_g + y2_g ≤ Σ_{b∋g} z_b    y2_g ≤ y1_g    Σ_g w_g·y1_g + s ≥ α·Σ_g w_g    keep_b ≤ z_b, before_b

is solved for n = 1, 2, … by HiGHS, each proved: as much demand as possible within reach of two units, with a share α
within reach of one [1]_ [2]_. The model of the paper is solved anew at every call, with a penalty for each drive from
where units are then: a programme for every event. Here the answers are worked out beforehand, one for each number of
free units. Instead of the penalty, an answer keeps the units of the one before where that costs nothing (ρ is small),
and who drives where is the cheapest assignment, at every event. Left out: the outer standard r₂, within which everybody
should be reached, and the history of each unit (round trips).

References:
    .. [1] Gendreau, M., Laporte, G., Semet, F. (2001). A dynamic model and parallel tabu search heuristic for real-time
       ambulance relocation. Parallel Computing 27(12), 1641-1653. doi:10.1016/S0167-8191(01)00103-X
    .. [2] The slack s on the share, as in the open simulator JEMSS (move-up policy DDSM): with few units free no answer
       would meet it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from beredt.coverage.cover_sets import CoverSets
from beredt.siting.program import Program, solve

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

SHORT_WEIGHT = 1_000.0
"""M: what a unit of demand short of the share costs, beside what is covered twice."""

KEPT_PART = 1e-4
"""ρ as a part of the least weight of a set: too little to change what is covered."""


def double_standard_table(sets: CoverSets, bases: NDArray[np.bool_], units: int, share: float) -> I8:
    """Units at each base for each number of free units, int64[units, B]: row n − 1 for n.

    Args:
        sets: G sets of demand, B bases.
        bases: (B,) where units may be.
        units: the largest number of free units, at least 1.
        share: α in [0, 1], of the demand that some base covers.

    Raises:
        SitingError: the solver gave up.
    """
    before = np.zeros(bases.size, np.int64)
    rows = []
    for n in range(1, units + 1):
        before = _solved(sets, bases, n, share, before)
        rows.append(before)
    return np.array(rows, np.int64)


def _solved(sets: CoverSets, bases: NDArray[np.bool_], n: int, share: float, before: I8) -> I8:
    """The units at each base for n free units. Columns: z[B], keep[B], y1[G], y2[G], s."""
    g, b = sets.covers.shape
    z, keep, once, twice, short = 0, b, 2 * b, 2 * b + g, 2 * b + 2 * g
    columns = short + 1
    cost = np.zeros(columns)
    cost[twice:short], cost[short] = sets.weight, -SHORT_WEIGHT
    cost[keep:once] = KEPT_PART * float(sets.weight.min(initial=1.0))
    high = np.concatenate([np.where(bases, n, 0), before, np.ones(2 * g), [np.inf]]).astype(np.float64)
    integer = np.concatenate([np.ones(b, np.bool_), np.zeros(columns - b, np.bool_)])
    integer[once:short] = True
    cells: list[tuple[int, int, float]] = [(0, z + base, 1.0) for base in range(b)]
    low, top = [float(n)], [float(n)]
    for one in range(g):
        row = len(low)
        cells += [(row, once + one, 1.0), (row, twice + one, 1.0)]
        cells += [(row, z + int(base), -1.0) for base in np.flatnonzero(sets.covers[one])]
        cells += [(row + 1, twice + one, 1.0), (row + 1, once + one, -1.0)]
        low, top = [*low, -np.inf, -np.inf], [*top, 0.0, 0.0]
    row = len(low)
    cells += [(row, once + one, float(sets.weight[one])) for one in range(g)] + [(row, short, 1.0)]
    low, top = [*low, share * float(sets.weight.sum())], [*top, np.inf]
    for base in range(b):
        cells += [(len(low), keep + base, 1.0), (len(low), z + base, -1.0)]
        low, top = [*low, -np.inf], [*top, 0.0]
    at, column, value = (np.array(part) for part in zip(*cells, strict=True))
    matrix = coo_array((value, (at, column)), shape=(len(low), columns)).tocsr()
    program = Program(cost, np.zeros(columns), high, integer, matrix, np.array(low), np.array(top), "max")
    found: I8 = np.rint(solve(program).x[:b]).astype(np.int64)
    return found
