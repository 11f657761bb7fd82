"""Which cells are left out, so that of a small count no more can be learned than that it is small.

**The rule.** With threshold t, every count from 1 to t − 1 is left out, and so many others that for each of them 1 and
t − 1 both remain possible for an attacker who knows everything that is printed and everything that adds up (see
`attacker`). Since zeros are printed, a total of three parts that are no zeros is known to be 3 at least: where 1 is not
possible for such a reason, the least that is takes its place. It follows that hidden cells that add up to something
known add up to at least t: no printed mean of a whole and of its other parts gives away the mean of fewer than t.

Cells that follow a leader, such as how many were late of how many incidents, are dealt with after the leaders: a leader
that can be printed is not hidden for their sake, and what is possible for them is what it leaves possible, broken
numbers included.

**How.** First, a relation with a single hidden cell gets a second one, the smallest. Then every small cell is shown to
be safe by two tables that agree with all that is printed, one in which it is 1 and one in which it is t − 1. Where
there is no such table the cells that have to move are hidden: those of the cheapest flow that carries the cell there,
looked for in its neighbourhood first and then in all of the table. M. Fischetti and J. J. Salazar, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47 (2001); the cheapest flow is their
heuristic, not their exact method, so that fewer cells might do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from beredt.indicators.suppression.additive import I8, AdditiveTable, B, with_followers
from beredt.indicators.suppression.attacker import F8, LEAST_HIDDEN
from beredt.indicators.suppression.neighbourhood import near_cells
from beredt.indicators.suppression.simplify import PlainTable, plain_table, without

ROUNDS_NEAR, ROUNDS_FAR = 6, 14
"""Flows that carry many cells at once, some up and some down, before those that are left are carried one by one: first
through their neighbourhoods, then through all of the table."""

CARRIED = 0.3
"""Share of the cells that one such flow carries."""

FREE = 1e-4
"""Cost of moving a cell that is hidden already: small, so that a flow moves no more than it must."""

NEAR_EACH = 20
"""Cells of the neighbourhood of each of many cells that are carried at once."""

TINY = 1e-7

NEAR = 1_500
"""Cells of the neighbourhood in which a flow is looked for before all of the table is."""


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
        threshold: Counts from 1 to threshold − 1 are small, harmless ones aside; 0 and 1 leave everything in.
    """
    small = (table.counts > 0) & (table.counts < threshold) & ~table.harmless
    nothing = np.zeros(small.size, dtype=np.bool_)
    led = table.leader != np.arange(small.size)
    if not led.any():
        return Chosen(_hidden(table, threshold, nothing, nothing), small)
    leaders = _hidden(without(table, led), threshold, nothing, nothing)
    printed = ~leaders & ~led & ~table.unprinted & (table.counts > 0)
    return Chosen(_hidden(table, threshold, leaders & ~led, printed), small)


def _hidden(table: AdditiveTable, threshold: int, given: B, printed: B) -> B:
    """The cells [C] that are left out when those `given` are, and those `printed` are not."""
    plain = plain_table(table)
    hidden = plain.spread(_choose(plain, threshold, plain.gather(given), plain.gather(printed)))
    small = (table.counts > 0) & (table.counts < threshold) & ~table.harmless
    return with_followers(table, hidden | small | given)


def _choose(table: PlainTable, threshold: int, given: B, printed: B) -> B:
    table = table._replace(printed=printed)
    small = (table.counts < threshold) & ~table.harmless
    hidden = _paired(table, small, table.with_followers(small | table.unprinted | given))
    seen = _Seen(table.counts.astype(np.float64), table.counts.astype(np.float64))
    least = _least(table)
    hidden = _many_at_once(table, hidden, small, least, threshold - 1, seen)
    for cell in np.flatnonzero(small):
        for value in (float(least[cell]), float(threshold - 1)):
            if not seen.low[cell] <= value <= seen.high[cell]:
                hidden = _make_possible(table, hidden, int(cell), value, seen)
    return hidden


def _least(table: PlainTable) -> I8:
    """What each count is at least, since zeros are printed: a total at least as much as its parts together."""
    total = np.repeat(np.arange(table.relations.shape[0]), np.diff(table.relations.indptr))
    parts = csr_array(table.relations.maximum(0))
    totals = np.zeros(table.relations.shape[0], dtype=np.int64)
    is_total = table.relations.data < 0
    totals[total[is_total]] = table.relations.indices[is_total]
    least = np.full(table.counts.size, LEAST_HIDDEN, dtype=np.int64)
    while True:
        more = least.copy()
        np.maximum.at(more, totals, (parts @ least).astype(np.int64))
        if (more == least).all():
            return least
        least = more


def _paired(table: PlainTable, small: B, hidden: B) -> B:
    """With a second hidden cell in every relation that has a single one.

    A great rest that is never printed needs no other beside it: that it can be worked out harms nobody.
    """
    matrix, counts = table.relations, table.counts
    harmless = table.unprinted & ~small
    while True:
        single = np.flatnonzero((abs(matrix) @ hidden.astype(np.float64)) == 1)
        changed = False
        for relation in single:
            cells = matrix.indices[matrix.indptr[relation] : matrix.indptr[relation + 1]]
            own = cells[hidden[cells]]
            if own.size != 1 or harmless[own[0]]:
                continue  # another relation has done it meanwhile, or need not
            others = cells[~hidden[cells] & ~table.printed[cells]]
            if others.size:
                hidden = hidden.copy()
                hidden[others[np.argmin(counts[others])]] = True
                hidden = table.with_followers(hidden)
                changed = True
        if not changed:
            return hidden


def _many_at_once(table: PlainTable, hidden: B, small: B, least: I8, most: int, seen: _Seen) -> B:
    """The hidden cells, with those that flows move which carry many small cells up or down, whichever chance says.

    What goes up here comes down there, so that little else has to move.
    """
    random = np.random.default_rng(0)
    for turn in range(ROUNDS_NEAR + ROUNDS_FAR):
        up, down = small & (seen.high < most), small & (seen.low > least)
        if not (up | down).any():
            break
        upwards = np.where(up & down, random.random(small.size) < 0.5, up)
        value = np.where(upwards, most, least).astype(np.float64)
        # Those that are not carried this time may give way.
        carried = np.flatnonzero((up | down) & (random.random(small.size) < CARRIED))
        if not carried.size:
            continue
        cells = max(NEAR, NEAR_EACH * carried.size) if turn < ROUNDS_NEAR else table.counts.size
        near = near_cells(table.relations, table.by_cell, carried, cells)
        near = near[~table.printed[near]]
        moved = _cheapest_flow(table, near, hidden, carried, value[carried], insist=False)
        if moved is not None:
            hidden = _with_moved(table, hidden, near, moved, seen)
    return hidden


def _with_moved(table: PlainTable, hidden: B, cells: I8, moved: F8, seen: _Seen) -> B:
    """The hidden cells and those that a flow moves."""
    found = cells[moved != 0]
    seen.add(found, table.counts[found] + moved[moved != 0])
    if hidden[found].all():
        return hidden
    more = hidden.copy()
    more[found] = True
    return table.with_followers(more)


def _make_possible(table: PlainTable, hidden: B, cell: int, value: float, seen: _Seen) -> B:
    """The hidden cells, with as many more as it takes for `cell` to have `value` in a table that agrees.

    Where no table at all does, for the value next to it that one has.
    """
    moved, near = None, np.zeros(0, dtype=np.int64)
    for most in (NEAR, table.counts.size):
        near = near_cells(table.relations, table.by_cell, np.array([cell]), most)
        near = near[~table.printed[near]]
        moved = _cheapest_flow(table, near, hidden, np.array([cell]), np.array([value]), insist=True)
        if moved is not None and table.counts[cell] + moved[near == cell][0] == value:
            break
    if moved is None:
        raise RuntimeError(f"cell {cell} with {table.counts[cell]} cannot stay as it is")
    return _with_moved(table, hidden, near, moved, seen)


def _cheapest_flow(table: PlainTable, near: I8, hidden: B, carried: I8, values: F8, *, insist: bool) -> F8 | None:
    """The change of the cells `near` that carries some as far towards their values as it goes, and is the cheapest.

    It obeys all relations, leaves every count at 1 at least, and moves what is cheap to hide. None where the quickest
    program finds no flow of whole numbers, unless somebody has to `insist`: of leaders then a program that takes longer
    does, of what follows them a flow of broken numbers will do.
    """
    counts = table.counts[near].astype(np.float64)
    cost = np.where(hidden[near], FREE, table.cost[near])
    size = near.size
    at = np.searchsorted(near, carried)
    change = values - counts[at]
    most_up, most_down = np.full(size, np.inf), counts - LEAST_HIDDEN
    most_up[at], most_down[at] = np.maximum(change, 0.0), np.maximum(-change, 0.0)
    costs = np.concatenate([cost, cost])
    # Every step towards the values is worth more than hiding everything.
    costs[np.where(change > 0, at, size + at)] = -(1.0 + 10.0 * float(table.cost.sum()))
    matrix = csr_array(table.relations[:, near])
    matrix = csr_array(matrix[np.flatnonzero(np.diff(matrix.indptr))])
    both = hstack([matrix, -matrix], format="csr")
    constraints = LinearConstraint(both, 0.0, 0.0) if both.shape[0] else ()
    for whole in (False, True) if insist else (False,):
        found = milp(
            costs,
            integrality=np.full(2 * size, whole),
            bounds=Bounds(np.zeros(2 * size), np.concatenate([most_up, most_down])),
            constraints=constraints,
        )
        if found.x is None:
            return None
        up, down = np.split(found.x, 2)
        flow: F8 = np.rint(up - down)
        # Most tables have whole flows at their corners.
        if np.abs(flow - (up - down)).max() < 1e-6 and not (both.shape[0] and np.abs(matrix @ flow).max() > 0.5):
            return flow
        if insist and table.printed.any():
            parted: F8 = np.where(np.abs(up - down) > TINY, up - down, 0.0)
            return parted
    return None
