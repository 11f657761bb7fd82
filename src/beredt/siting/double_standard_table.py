"""The double standard model as a compliance table: for each number of free units, where they should be.

With z_b units at base b, a set of demand g is covered once (y1) or twice (y2) by units whose bases reach it within
the first standard, and a set h is reached (o) by a unit within the outer one, which is longer:

    1.  O_n = max Σ_h v_h·o_h          o_h ≤ Σ_{b∋h} z_b
    2.  max Σ_g w_g·y2_g − M·s + ρ·Σ_b keep_b          Σ_h v_h·o_h ≥ O_n
        Σ_b z_b = n    y1_g + y2_g ≤ Σ_{b∋g} z_b    y2_g ≤ y1_g    Σ_g w_g·y1_g + s ≥ α·Σ_g w_g
        keep_b ≤ z_b, before_b

is solved for n = 1, 2, … by HiGHS, both programmes proved. First as much demand is reached within the outer standard
as n units at any bases can reach: all of it where that can be. Among all such places a share α of demand is within the
first standard of one unit, as nearly as can be, and as much as possible within that of two [1]_ [2]_. In the paper the
outer standard and α are constraints; with few units free no answer would meet them.

This is not the dynamic model of the paper. That one is a programme for every call, in which cover is weighed against
the drive of each unit from where it is then and against what it has driven before. A table is worked out beforehand
and knows neither: instead of the penalty an answer keeps the units of the one before where that costs nothing (ρ is
small), and who drives where is the cheapest assignment, at every event.

References:
    .. [1] Gendreau, M., Laporte, G., Semet, F. (2001). A dynamic model and parallel tabu search heuristic for real-time
       ambulance relocation. Parallel Computing 27(12), 1641-1653. doi:10.1016/S0167-8191(01)00103-X
    .. [2] The slack s on the share, as in the open simulator JEMSS (move-up policy DDSM).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from beredt.coverage.cover_sets import CoverSets
from beredt.siting.program import Program, solve

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

SHORT_WEIGHT = 1_000.0
"""M: what a unit of demand short of the share costs, beside what is covered twice."""

OUTER_LEEWAY = 1e-3
"""What may be missing of O_n, as a part of the least weight of a set: the solver holds rows no better."""

KEPT_PART = 1e-4
"""ρ as a part of the least weight of a set: too little to change what is covered."""


def double_standard_table(sets: CoverSets, outer: CoverSets, bases: NDArray[np.bool_], units: int, share: float) -> I8:
    """Units at each base for each number of free units, int64[units, B]: row n − 1 for n.

    Args:
        sets: G sets of demand that bases cover within the first standard, B bases.
        outer: H sets that the same bases reach within the outer one.
        bases: (B,) where units may be.
        units: the largest number of free units, at least 1.
        share: α in [0, 1], of the demand that some base covers.

    Raises:
        SitingError: the solver gave up.
    """
    before = np.zeros(bases.size, np.int64)
    rows: list[I8] = []
    reachable = _reachable(outer, bases)
    for n in range(1, units + 1):
        # Whom n units reach, n + 1 can reach: once everybody is reached, nothing is left to be found out.
        most = reachable if rows and _reached(outer, before) >= reachable else _most_reached(outer, bases, n)
        before = _solved(sets, outer, bases, n, share, before, most)
        rows.append(before)
    return np.array(rows, np.int64)


def _reachable(outer: CoverSets, bases: NDArray[np.bool_]) -> float:
    """All demand that some of the bases reaches within the outer standard."""
    return float(outer.weight[outer.covers[:, bases].any(axis=1)].sum())


def _reached(outer: CoverSets, units: I8) -> float:
    """Demand that units reach within the outer standard."""
    return float(outer.weight[outer.covers[:, units > 0].any(axis=1)].sum())


def _most_reached(outer: CoverSets, bases: NDArray[np.bool_], n: int) -> float:
    """O_n, worked out anew from where the best answer puts the units. Columns: z[B], o[H]."""
    h, b = outer.covers.shape
    rows = _Rows()
    rows.add([(base, 1.0) for base in range(b)], n, n)
    _reach(rows, outer, b)
    cost = np.concatenate([np.zeros(b), outer.weight])
    high = np.concatenate([np.where(bases, n, 0), np.ones(h)]).astype(np.float64)
    return _reached(outer, _units(rows.program(cost, high, np.ones(b + h, np.bool_)), b))


def _solved(
    sets: CoverSets, outer: CoverSets, bases: NDArray[np.bool_], n: int, share: float, before: I8, most: float
) -> I8:
    """The units at each base for n free units. Columns: z[B], keep[B], y1[G], y2[G], s, o[H]."""
    g, b = sets.covers.shape
    keep, once, twice, short = b, 2 * b, 2 * b + g, 2 * b + 2 * g
    reached = short + 1
    columns = reached + outer.weight.size
    cost = np.zeros(columns)
    cost[twice:short], cost[short] = sets.weight, -SHORT_WEIGHT
    cost[keep:once] = KEPT_PART * float(sets.weight.min(initial=1.0))
    high = np.concatenate([np.where(bases, n, 0), before, np.ones(2 * g), [np.inf], np.ones(outer.weight.size)])
    integer = np.ones(columns, np.bool_)
    integer[keep:once] = integer[short] = False
    rows = _Rows()
    rows.add([(base, 1.0) for base in range(b)], n, n)
    for one in range(g):
        units = [(int(base), -1.0) for base in np.flatnonzero(sets.covers[one])]
        rows.add([(once + one, 1.0), (twice + one, 1.0), *units], -np.inf, 0.0)
        rows.add([(twice + one, 1.0), (once + one, -1.0)], -np.inf, 0.0)
    near = [(once + one, float(sets.weight[one])) for one in range(g)]
    rows.add([*near, (short, 1.0)], share * float(sets.weight.sum()), np.inf)
    for base in range(b):
        rows.add([(keep + base, 1.0), (base, -1.0)], -np.inf, 0.0)
    _reach(rows, outer, reached)
    # In parts of the least weight, so that leaving any set out is far beyond what the solver may overlook.
    least = float(outer.weight.min(initial=1.0))
    far = [(reached + one, float(weight) / least) for one, weight in enumerate(outer.weight)]
    rows.add(far, most / least - OUTER_LEEWAY, np.inf)
    return _units(rows.program(cost, high.astype(np.float64), integer), b)


def _reach(rows: _Rows, outer: CoverSets, first: int) -> None:
    """o_h ≤ Σ_{b∋h} z_b, with o from the column `first` on."""
    for one in range(outer.weight.size):
        rows.add([(first + one, 1.0), *((int(b), -1.0) for b in np.flatnonzero(outer.covers[one]))], -np.inf, 0.0)


def _units(program: Program, bases: int) -> I8:
    found: I8 = np.rint(solve(program).x[:bases]).astype(np.int64)
    return found


class _Rows:
    """Rows of a programme, as they come."""

    def __init__(self) -> None:
        self._cells: list[tuple[int, int, float]] = []
        self._low: list[float] = []
        self._top: list[float] = []

    def add(self, cells: Iterable[tuple[int, float]], low: float, top: float) -> None:
        self._cells += [(len(self._low), column, value) for column, value in cells]
        self._low.append(low)
        self._top.append(top)

    def program(self, cost: F8, high: F8, integer: NDArray[np.bool_]) -> Program:
        """Greatest cost under the rows; columns are at least 0."""
        at, column, value = (np.array(part) for part in zip(*self._cells, strict=True))
        matrix = coo_array((value, (at, column)), shape=(len(self._low), cost.size)).tocsr()
        low, top = np.array(self._low, np.float64), np.array(self._top, np.float64)
        return Program(cost, np.zeros(cost.size), high, integer, matrix, low, top, "max")
