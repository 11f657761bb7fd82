"""What can be worked out about counts that were left out, from all that is printed.

The attacker knows every printed count, every relation, and that a count that was left out is at least 1, since zeros
are printed. What he can say of a hidden cell is the least and the greatest value it has in any table of whole numbers
that agrees with all of that. J. Castro, "Minimum-distance controlled perturbation methods", and A. Hundepool et al.,
*Statistical Disclosure Control* (2012), chapter 4: the attacker's problem.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from beredt.indicators.suppression.additive import F8, I8, LEAST_HIDDEN, AdditiveTable, B
from beredt.indicators.suppression.neighbourhood import parts_of


class KnownRange(NamedTuple):
    """Least and greatest value that each cell may have for all that the attacker knows."""

    low: F8  # [C] the count itself where it is printed
    high: F8  # [C] inf without limit


class Unknowns(NamedTuple):
    """Hidden cells that hang together, as a system of equations: relations @ x = right."""

    cells: I8  # [H]
    relations: csr_array  # [R, H]
    right: F8  # [R]


def unknowns_of(relations: csr_array, counts: I8, hidden: B) -> list[Unknowns]:
    """The hidden cells, parted into those that no relation links with each other."""
    cells = np.flatnonzero(hidden & (counts > 0))
    matrix = csr_array(relations[:, cells])
    part = parts_of(matrix)
    found = []
    for one in np.unique(part):
        own = np.flatnonzero(part == one)
        rows = csr_array(matrix[:, own])
        rows = csr_array(rows[np.flatnonzero(np.diff(rows.indptr))])
        found.append(Unknowns(cells[own], rows, rows @ counts[cells[own]].astype(np.float64)))
    return found


def solve(unknowns: Unknowns, cost: F8, low: F8, high: F8) -> F8 | None:
    """Whole numbers between low and high [H] that obey all relations, at the least cost; None where there are none."""
    rows = unknowns.relations
    constraints = LinearConstraint(rows, unknowns.right, unknowns.right) if rows.shape[0] else ()
    found = milp(
        cost, integrality=np.ones(cost.size, dtype=np.int64), bounds=Bounds(low, high), constraints=constraints
    )
    return None if found.x is None else np.rint(found.x)


def known_range(table: AdditiveTable, hidden: B) -> KnownRange:
    """What the attacker can say of every cell: two integer programs for each hidden one.

    Args:
        table: Counts and relations.
        hidden: [C] cells that were left out.
    """
    low, high = table.counts.astype(np.float64), table.counts.astype(np.float64)
    for unknowns in unknowns_of(table.relations, table.counts, hidden):
        for place, cell in enumerate(unknowns.cells):
            low[cell], high[cell] = _range_of(unknowns, place)
    return KnownRange(low, high)


def known_range_of(table: AdditiveTable, hidden: B, cell: int) -> tuple[float, float]:
    """The same of one cell."""
    for unknowns in unknowns_of(table.relations, table.counts, hidden):
        at = np.flatnonzero(unknowns.cells == cell)
        if at.size:
            return _range_of(unknowns, int(at[0]))
    return float(table.counts[cell]), float(table.counts[cell])


def _range_of(unknowns: Unknowns, place: int) -> tuple[float, float]:
    size = unknowns.cells.size
    least, most = np.full(size, float(LEAST_HIDDEN)), np.full(size, np.inf)
    towards = np.zeros(size)
    towards[place] = 1.0
    lowest, highest = solve(unknowns, towards, least, most), solve(unknowns, -towards, least, most)
    return (
        LEAST_HIDDEN if lowest is None else float(lowest[place]),
        np.inf if highest is None else float(highest[place]),
    )


def least_possible(table: AdditiveTable, cell: int) -> float:
    """The least a cell can be with every count hidden: a total is no less than the number of its parts above zero."""
    everything = table.counts > 0
    return float(known_range_of(table, everything, cell)[0])
