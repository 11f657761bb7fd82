"""Flows through a table: changes of its counts that leave everything that is printed, and all sums, as they are.

A hidden count may have some other value when a flow carries it there: what goes up in one cell comes down in others of
the same sum. Cells that are printed and have to move are hidden, so that the cheapest flow is the one that hides least.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from beredt.indicators.suppression.additive import I8, B
from beredt.indicators.suppression.attacker import F8, LEAST_HIDDEN
from beredt.indicators.suppression.neighbourhood import near_cells, web_of
from beredt.indicators.suppression.simplify import PlainTable

ROUNDS_NEAR, ROUNDS_FAR = 6, 14
"""Flows that carry many cells at once, some up and some down, before those that are left are carried one by one: first
through their neighbourhoods, then through all of the table."""

CARRIED = 0.3
"""Share of the cells that one such flow carries."""

FREE = 1e-4
"""Cost of moving a cell that is hidden already: small, so that a flow moves no more than it must."""

PRINTED = 1e3
"""How many times the cost of another cell one has that was to be printed."""

NEAR_EACH = 20
"""Cells of the neighbourhood of each of many cells that are carried at once."""

TINY = 1e-6
"""Broken numbers that differ by less are equal."""

NEAR = 1_500
"""Cells of the neighbourhood in which a flow is looked for before all of the table is."""


class Seen(NamedTuple):
    """Least and greatest value of each cell in the tables found so far that agree with all that is printed."""

    low: F8
    high: F8

    def add(self, cells: I8, values: F8) -> None:
        """Take in a table that agrees, given by the cells that differ from the true one."""
        self.low[cells] = np.minimum(self.low[cells], values)
        self.high[cells] = np.maximum(self.high[cells], values)


def carry_many(table: PlainTable, hidden: B, secret: B, ends: Seen, enough: F8, seen: Seen) -> B:
    """The hidden cells, with those that flows move which carry many secret ones up or down, whichever chance says.

    What goes up here comes down there, so that little else has to move.

    Args:
        table: The counts.
        hidden: [P] cells that are left out so far.
        secret: [P] those that must not be worked out.
        ends: Where each of them is to be carried.
        enough: [P] how far apart two possible values of it must be for it to be left at that.
        seen: What has been found to be possible; it is added to.
    """
    random = np.random.default_rng(0)
    for turn in range(ROUNDS_NEAR + ROUNDS_FAR):
        close = secret & (seen.high - seen.low < enough)
        up, down = close & (seen.high < ends.high), close & (seen.low > ends.low)
        if not (up | down).any():
            break
        upwards = np.where(up & down, random.random(secret.size) < 0.5, up)
        value = np.where(upwards, ends.high, ends.low)
        # Those that are not carried this time may give way.
        carried = np.flatnonzero((up | down) & (random.random(secret.size) < CARRIED))
        if not carried.size:
            continue
        cells = max(NEAR, NEAR_EACH * carried.size) if turn < ROUNDS_NEAR else table.counts.size
        near = near_cells(table.web, carried, cells)
        moved = _cheapest_flow(table, near, hidden, carried, value[carried], insist=False)
        if moved is not None:
            hidden = _with_moved(table, hidden, near, moved, seen)
    return hidden


def carry_one(table: PlainTable, hidden: B, cell: int, value: float, seen: Seen, *, keep: bool) -> B:
    """The hidden cells, with as many more as it takes for `cell` to have `value` in a table that agrees.

    Where no table at all does, for the value next to it that one has. What was to be printed is, if the word is `keep`.
    """
    best: tuple[float, I8, F8] | None = None
    web = table.web if keep else web_of(table.relations, np.ones(table.counts.size, dtype=np.bool_))
    for most in (NEAR, table.counts.size):
        near = near_cells(web, np.array([cell]), most)
        moved = _cheapest_flow(table, near, hidden, np.array([cell]), np.array([value]), insist=True)
        if moved is None:
            continue
        apart = abs(float(table.counts[cell] + moved[near == cell][0]) - value)
        if best is None or apart < best[0]:
            best = (apart, near, moved)
        if apart < TINY or near.size < NEAR:
            break
    if best is None:
        raise RuntimeError(f"cell {cell} with {table.counts[cell]} cannot stay as it is")
    return _with_moved(table, hidden, best[1], best[2], seen)


def _with_moved(table: PlainTable, hidden: B, cells: I8, moved: F8, seen: Seen) -> B:
    """The hidden cells and those that a flow moves."""
    found = cells[moved != 0]
    values = table.counts[found] + moved[moved != 0]
    whole = np.rint(values)
    seen.add(found, np.where(np.abs(values - whole) < TINY, whole, values))
    if hidden[found].all():
        return hidden
    more = hidden.copy()
    more[found] = True
    return table.with_followers(more)


def _cheapest_flow(table: PlainTable, near: I8, hidden: B, carried: I8, values: F8, *, insist: bool) -> F8 | None:
    """The change of the cells `near` that carries some as far towards their values as it goes, and is the cheapest.

    It obeys all relations, leaves every count at 1 at least, and moves what is cheap to hide. None where the quickest
    program finds no flow of whole numbers, unless somebody has to `insist`: of leaders then a program that takes longer
    does, of what follows them a flow of broken numbers will do.
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
            options={"presolve": whole},
        )
        if found.x is None:
            return None
        up, down = np.split(found.x, 2)
        flow: F8 = np.rint(up - down)
        # Most tables have whole flows at their corners.
        if np.abs(flow - (up - down)).max() < TINY and not (both.shape[0] and np.abs(matrix @ flow).max() > 0.5):
            return flow
        if table.printed.any():
            parted: F8 = np.where(np.abs(up - down) > TINY, up - down, 0.0)
            return parted
    return None
