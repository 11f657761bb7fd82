"""Which cells are left out, so that of a small count no more can be learned than that it is small.

**The rule.** With threshold t, every count from 1 to t − 1 is left out, and so many others that for each of them 1 and
t − 1 both remain possible for an attacker who knows everything that is printed and everything that adds up (see
`attacker`). Since zeros are printed, a total of three parts that are no zeros is known to be 3 at least: where 1 is not
possible for such a reason, the least that is takes its place. It follows that hidden cells that add up to something
known add up to at least t: no printed mean of a whole and of its other parts gives away the mean of fewer than t.

**How.** First, a relation with a single hidden cell gets a second one, the smallest. Then every small cell is shown to
be safe by two tables that agree with all that is printed, one in which it is 1 and one in which it is t − 1. Where
there is no such table the cells that have to move are hidden: those of the cheapest flow through the table that carries
the cell there. M. Fischetti and J. J. Salazar, "Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47 (2001); the cheapest flow is their heuristic, not their exact method, so that fewer
cells might do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import hstack

from beredt.indicators.suppression.additive import I8, AdditiveTable, B, with_followers
from beredt.indicators.suppression.attacker import F8, LEAST_HIDDEN, solve, unknowns_of

TRIES = 4
"""Tables drawn at random directions before cells are looked at one by one: most cells are shown safe by them."""

FREE = 1e-6
"""Cost of moving a cell that is hidden already: small, so that a flow moves no more than it must."""


class Chosen(NamedTuple):
    """Cells that are left out."""

    hidden: B  # [C]
    small: B  # [C] of these, the counts below the threshold themselves


class _Seen(NamedTuple):
    """Least and greatest value of each cell in the tables found so far that agree with all that is printed."""

    low: F8
    high: F8

    def add(self, cells: I8, values: F8) -> None:
        self.low[cells] = np.minimum(self.low[cells], values)
        self.high[cells] = np.maximum(self.high[cells], values)


def choose_hidden(table: AdditiveTable, threshold: int) -> Chosen:
    """Choose the cells that are left out.

    Args:
        table: Counts, what adds up, and which cells follow which.
        threshold: Counts from 1 to threshold − 1 are small; 0 and 1 leave everything in.
    """
    small = (table.counts > 0) & (table.counts < threshold)
    hidden = _paired(table, with_followers(table, small))
    seen = _Seen(table.counts.astype(np.float64), table.counts.astype(np.float64))
    _look_around(table, hidden, small, threshold, seen)
    for cell in np.flatnonzero(small):
        for value in (float(LEAST_HIDDEN), float(threshold - 1)):
            if not seen.low[cell] <= value <= seen.high[cell]:
                hidden = _make_possible(table, hidden, int(cell), value, seen)
    return Chosen(hidden, small)


def _paired(table: AdditiveTable, hidden: B) -> B:
    """With a second hidden cell in every relation that has a single one, as far as there is another that is no zero."""
    matrix, counts = table.relations, table.counts
    uses = abs(matrix)
    while True:
        single = np.flatnonzero((uses @ (hidden & (counts > 0))) == 1)
        changed = False
        for relation in single:
            cells = matrix.indices[matrix.indptr[relation] : matrix.indptr[relation + 1]]
            if np.count_nonzero(hidden[cells] & (counts[cells] > 0)) != 1:
                continue  # another relation has done it meanwhile
            others = cells[~hidden[cells] & (counts[cells] > 0)]
            if others.size:
                hidden = hidden.copy()
                hidden[others[np.argmin(counts[others])]] = True
                hidden = with_followers(table, hidden)
                changed = True
        if not changed:
            return hidden


def _look_around(table: AdditiveTable, hidden: B, small: B, threshold: int, seen: _Seen) -> None:
    """Find some tables that agree with all that is printed, far apart from each other."""
    random = np.random.default_rng(0)
    for unknowns in unknowns_of(table, hidden):
        cells = unknowns.cells
        wanted = small[cells]
        # Far enough to see that a cell is safe, and small enough to keep the program bounded.
        low = np.full(cells.size, float(LEAST_HIDDEN))
        high = np.maximum(table.counts[cells] + 2.0 * threshold, threshold - 1.0)
        for turn in range(TRIES):
            towards = np.where(random.random(cells.size) < 0.5, -1.0, 1.0) if turn > 1 else np.full(cells.size, 1.0)
            values = solve(unknowns, towards * wanted * (1 if turn % 2 else -1), low, high)
            if values is not None:
                seen.add(cells, values)


def _make_possible(table: AdditiveTable, hidden: B, cell: int, value: float, seen: _Seen) -> B:
    """The hidden cells, with as many more as it takes for `cell` to have `value` in a table that agrees."""
    for unknowns in unknowns_of(table, hidden):
        at = np.flatnonzero(unknowns.cells == cell)
        if at.size:
            low, high = np.full(unknowns.cells.size, float(LEAST_HIDDEN)), np.full(unknowns.cells.size, np.inf)
            low[at] = high[at] = value
            values = solve(unknowns, np.zeros(unknowns.cells.size), low, high)
            if values is not None:
                seen.add(unknowns.cells, values)
                return hidden
    moved = _cheapest_flow(table, hidden, cell, value)
    if moved is None:
        moved = _cheapest_flow(table, hidden, cell, least_possible(table, cell))
    if moved is None:
        raise RuntimeError(f"cell {cell} with {table.counts[cell]} cannot stay as it is")
    found = np.flatnonzero(moved)
    seen.add(found, table.counts[found] + moved[found])
    hidden = hidden.copy()
    hidden[found] = True
    return with_followers(table, hidden)


def least_possible(table: AdditiveTable, cell: int) -> float:
    """The least a cell can be with every count hidden: a total is no less than the number of its parts above zero."""
    everything = table.counts > 0
    for unknowns in unknowns_of(table, everything):
        at = np.flatnonzero(unknowns.cells == cell)
        if at.size:
            size = unknowns.cells.size
            cost = np.zeros(size)
            cost[at] = 1.0
            values = solve(unknowns, cost, np.full(size, float(LEAST_HIDDEN)), np.full(size, np.inf))
            if values is not None:
                return float(values[at[0]])
    return float(LEAST_HIDDEN)


def _cheapest_flow(table: AdditiveTable, hidden: B, cell: int, value: float) -> F8 | None:
    """The change [C] of the table that carries `cell` to `value`, obeys all relations, and moves what is cheap to hide.

    A printed cell costs the more the greater its count, a hidden one next to nothing; zeros stay zeros. None where no
    change does it.
    """
    counts = table.counts.astype(np.float64)
    cost = np.where(hidden, FREE, 1.0 + np.log2(np.maximum(counts, 1.0)))
    most_down = np.where(counts > 0, counts - LEAST_HIDDEN, 0.0)
    most_up = np.where(counts > 0, np.inf, 0.0)
    least_up, least_down = np.zeros_like(counts), np.zeros_like(counts)
    change = value - counts[cell]
    least_up[cell] = most_up[cell] = max(change, 0.0)
    least_down[cell] = most_down[cell] = max(-change, 0.0)
    both = hstack([table.relations, -table.relations], format="csr")
    constraints = LinearConstraint(both, 0.0, 0.0) if both.shape[0] else ()
    found = milp(
        np.concatenate([cost, cost]),
        integrality=np.ones(2 * counts.size, dtype=np.int64),
        bounds=Bounds(np.concatenate([least_up, least_down]), np.concatenate([most_up, most_down])),
        constraints=constraints,
    )
    if found.x is None:
        return None
    up, down = np.split(np.rint(found.x), 2)
    flow: F8 = up - down
    return flow
