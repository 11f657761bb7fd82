"""Flows through a table: changes of its counts that leave everything that is printed, and all sums, as they are.

A hidden count may have some other value when a flow carries it there: what goes up in one cell comes down in others of
the same sum. Cells that are printed and have to move are hidden, so that the cheapest flow is the one that hides least.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from beredt.indicators.suppression.additive import F8, I8, LEAST_HIDDEN, B
from beredt.indicators.suppression.neighbourhood import Web
from beredt.indicators.suppression.program import MOST_STEPS, least_cost
from beredt.indicators.suppression.simplify import PlainTable

FREE = 1e-4
"""Cost of moving a cell that is hidden already: small, so that a flow moves no more than it must."""

PRINTED = 1e3
"""How many times the cost of another cell one has that was to be printed."""

TINY = 1e-6
"""Broken numbers that differ by less are equal."""


class Seen(NamedTuple):
    """Least and greatest value of each cell in the tables found so far that agree with all that is printed."""

    low: F8
    high: F8

    def add(self, cells: I8, values: F8) -> None:
        """Take in a table that agrees, given by the cells that differ from the true one."""
        self.low[cells] = np.minimum(self.low[cells], values)
        self.high[cells] = np.maximum(self.high[cells], values)


def with_moved(table: PlainTable, hidden: B, cells: I8, moved: F8, seen: Seen) -> B:
    """The hidden cells and those that a flow moves; what the flow shows to be possible is added to what was seen."""
    found = cells[moved != 0]
    values = table.counts[found] + moved[moved != 0]
    whole = np.rint(values)
    seen.add(found, np.where(np.abs(values - whole) < TINY, whole, values))
    if hidden[found].all():
        return hidden
    more = hidden.copy()
    more[found] = True
    return table.with_followers(more)


def cheapest_flow(
    table: PlainTable,
    web: Web,
    near: I8,
    hidden: B,
    carried: I8,
    values: F8,
    *,
    insist: bool,
    steps: int = MOST_STEPS,
) -> F8 | None:
    """The change of the cells `near` that carries some as far towards their values as it goes, and is the cheapest.

    It obeys all relations, leaves every count at 1 at least, and moves what is cheap to hide. None where the quickest
    program finds no flow of whole numbers, unless somebody has to `insist`: of leaders then a program that takes longer
    does, of what follows them a flow of broken numbers will do.

    Args:
        table: The counts.
        web: Of the cells that may move.
        near: Some of these, in ascending order.
        hidden: [P] cells that are left out so far.
        carried: Cells of `near`.
        values: Where each of them is to be carried.
        insist: Whether there has to be an answer.
        steps: Of the simplex method, at most.
    """
    counts = table.counts[near].astype(np.float64)
    own = table.cost[near] * np.where(table.printed[near], PRINTED, 1.0)
    cost = np.where(hidden[near], FREE, own)
    size = near.size
    at = np.searchsorted(near, carried)
    change = values - counts[at]
    most_up, most_down = np.full(size, np.inf), counts - LEAST_HIDDEN
    most_up[at], most_down[at] = np.maximum(change, 0.0), np.maximum(-change, 0.0)
    costs = np.concatenate([cost, cost])
    # Every step towards the values is worth more than hiding everything.
    costs[np.where(change > 0, at, size + at)] = -(1.0 + 10.0 * float(own.sum()))
    columns = columns_of(web, near)
    most = np.concatenate([most_up, most_down])
    for whole in (False, True) if insist else (False,):
        found = least_cost(costs, np.zeros(2 * size), most, up_and_down(columns), whole=whole, steps=steps)
        if found is None:
            continue
        up, down = np.split(found, 2)
        flow: F8 = np.rint(up - down)
        # Most tables have whole flows at their corners.
        if np.abs(flow - (up - down)).max() < TINY and np.abs(flow @ columns).max(initial=0.0) < 0.5:
            return flow
        if table.printed.any():
            parted: F8 = np.where(np.abs(up - down) > TINY, up - down, 0.0)
            return parted
    return None


def columns_of(web: Web, near: I8) -> csr_array:
    """What part the cells `near` [N] have in the relations in which there is any of them: [N, R]."""
    columns = web.by_cell[near]
    some = np.flatnonzero(np.bincount(columns.indices, minlength=columns.shape[1]))
    number = np.zeros(columns.shape[1], dtype=np.int64)
    number[some] = np.arange(some.size)
    return csr_array((columns.data, number[columns.indices], columns.indptr), shape=(near.size, some.size))


def up_and_down(columns: csr_array) -> csr_array:
    """[2N, R] of what goes up, and then of what comes down."""
    start = np.concatenate([columns.indptr, columns.indptr[-1] + columns.indptr[1:]])
    return csr_array(
        (np.concatenate([columns.data, -columns.data]), np.tile(columns.indices, 2), start),
        shape=(2 * columns.shape[0], columns.shape[1]),
    )
