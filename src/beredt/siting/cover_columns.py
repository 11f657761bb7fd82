"""Columns that count how many units cover a set of demand, up to a number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.siting.assembly import Assembly
from beredt.siting.demand_sets import DemandSets
from beredt.siting.placement import Placement

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class CoverColumns:
    """y_{g,k}: whether at least k units cover set g, k = 1 … levels_g. C columns in all, set by set.

    `columns`: int64 (C,), their numbers. `set_of`: int64 (C,). `level`: int64 (C,), k.
    """

    columns: I8
    set_of: I8
    level: I8


def most_cover(placement: Placement, sets: DemandSets, units: int | None) -> I8:
    """Most units that can cover each set: int64 (G,).

    Args:
        placement: most units of each site.
        sets: the sets.
        units: most on duty at once, or None.
    """
    most = sets.sum_members(placement.most)
    return np.asarray(most if units is None else np.minimum(most, units))


def count_cover(
    assembly: Assembly, placement: Placement, sets: DemandSets, levels: I8, *, ordered: bool
) -> CoverColumns:
    """Add y_{g,k} for k = 1 … levels_g, with Σ_k y_{g,k} ≤ units that cover g.

    A model whose objective falls in k fills them in order by itself, and they come out as 0 or 1. One that asks
    for more must say `ordered`: then y_{g,k} ≥ y_{g,k+1}, all are whole, and y_{g,k} is 1 if and only if at least k
    units cover the set, whatever the objective wants.

    Args:
        assembly: gets columns and rows.
        placement: the units.
        sets: the sets.
        levels: int64 (G,), 0 or more, at most what can cover the set.
        ordered: see above.
    """
    set_of = np.repeat(np.arange(sets.count), levels)
    level = np.arange(set_of.size) - np.repeat(np.cumsum(levels) - levels, levels) + 1
    columns = assembly.add_columns(set_of.size, integer=ordered)
    reach = sets.sum_members(placement.most)
    for period in np.unique(sets.period):
        chosen = np.flatnonzero((sets.period == period) & (levels > 0))
        if not chosen.size:
            continue
        rows = csr_array(sets.members[chosen].astype(np.float64))
        mine = np.isin(set_of, chosen)
        row = np.searchsorted(chosen, set_of[mine])
        count = np.flatnonzero(mine).size
        ones = csr_array((np.ones(count), (row, np.arange(count))), shape=(chosen.size, count))
        assembly.add_rows((rows, placement.units[period]), (-ones, columns[mine]), low=0.0)
        if ordered:
            last = level[mine] == levels[set_of[mine]]
            spare = (reach[chosen] - levels[chosen]).astype(np.float64)
            tight = csr_array((spare, (np.arange(chosen.size), np.arange(chosen.size))))
            assembly.add_rows(
                (rows, placement.units[period]), (-ones, columns[mine]), (-tight, columns[mine][last]), high=0.0
            )
    if ordered:
        after = np.flatnonzero(level > 1)
        n = after.size
        one = csr_array((np.ones(n), (np.arange(n), np.arange(n))), shape=(n, n))
        assembly.add_rows((one, columns[after - 1]), (-one, columns[after]), low=0.0, count=n)
    return CoverColumns(columns, set_of, level)
