"""Which cells are left out, so that of a small count no more can be learned than that it is small.

**The rule.** With threshold t, every count from 1 to t − 1 is left out, and so many others that for each of them 1 and
t − 1 both remain possible for an attacker who knows everything that is printed and everything that adds up (see
`attacker`). Since zeros are printed, a total of three parts that are no zeros is known to be 3 at least: where 1 is not
possible for such a reason, the least that is takes its place. It follows that hidden cells that add up to something
known add up to at least t: no printed mean of a whole and of its other parts gives away the mean of fewer than t.

Cells of a low rank, such as a whole year, are chosen before those of a higher one, such as its months, and cells that
follow a leader, such as how many were late of how many incidents, after the leaders. What can be printed at one step is
not hidden for the sake of a later one, as long as no fewer than three values remain possible for each small count,
broken numbers included. At the last step every small count is judged by all of the table.

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
from scipy.sparse import csc_array, csr_array

from beredt.indicators.suppression.additive import I8, LEAST_HIDDEN, AdditiveTable, B, with_followers
from beredt.indicators.suppression.carry import FARTHER, NEAR, Task, carry_all
from beredt.indicators.suppression.flows import Seen
from beredt.indicators.suppression.levels import levels_of, only
from beredt.indicators.suppression.neighbourhood import web_of
from beredt.indicators.suppression.simplify import PlainTable, plain_table
from beredt.indicators.suppression.stuck import movable_cells

ENOUGH = 2
"""How far apart two values must be that are both possible, where more would cost what is of more use than the cell."""


class Chosen(NamedTuple):
    """Cells that are left out."""

    hidden: B  # [C]
    small: B  # [C] of these, the counts below the threshold themselves


def choose_hidden(table: AdditiveTable, threshold: int) -> Chosen:
    """Choose the cells that are left out.

    Args:
        table: Counts, what adds up, which cells follow which, and which are of more use than others.
        threshold: Counts from 1 to threshold − 1 are small, harmless ones aside; 0 and 1 leave everything in.
    """
    small = (table.counts > 0) & (table.counts < threshold) & ~table.harmless
    hidden, printed, before = np.zeros((3, small.size), dtype=np.bool_)
    if not small.any():
        return Chosen(with_followers(table, hidden), small)
    for level in levels_of(table):
        hidden = _hidden(only(table, level), threshold, hidden, printed, level & ~before)
        printed = level & ~hidden & ~table.unprinted & (table.counts > 0)
        before = level
    return Chosen(with_followers(table, hidden | small), small)


def _hidden(table: AdditiveTable, threshold: int, given: B, printed: B, new: B) -> B:
    """The cells [C] that are left out when those `given` are, and those `printed` are not, if that can be.

    Cells that have nothing to do with a `new` one have been chosen before.
    """
    plain = plain_table(table, printed, given)
    hidden = plain.spread(_choose(plain, threshold, plain.gather(given), plain.gather(new)))
    small = (table.counts > 0) & (table.counts < threshold) & ~table.harmless
    return with_followers(table, hidden | small | given)


def _choose(table: PlainTable, threshold: int, given: B, new: B) -> B:
    small = (table.counts < threshold) & ~table.harmless
    hidden = _paired(table, small, table.with_followers(small | table.unprinted | given))
    asked = np.zeros_like(small)
    asked[table.web.parts_of(np.flatnonzero(new & ~table.printed))] = True
    seen = Seen(table.counts.astype(np.float64), table.counts.astype(np.float64))
    ends = Seen(_least(table).astype(np.float64), np.full(small.size, threshold - 1.0))
    free = not table.printed.any()
    enough = np.full(small.size, np.inf) if free else np.minimum(ENOUGH, ends.high - ends.low)
    task = Task(small & asked, ends, enough, seen)
    # What was to be printed moves only where nothing else will do.
    steps = [(~table.printed, NEAR), (np.ones_like(small), FARTHER)][: 1 if free else 2]
    for number, (cells, near) in enumerate(steps, start=1):
        if task.close().any():
            movable = movable_cells(table.relations, table.counts, cells)
            hidden = carry_all(table, web_of(table.relations, movable), hidden, task, near, last=number == len(steps))
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
    followers, hidden = table.follows.tocsc(), hidden.copy()
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
                _hide_with_followers(followers, hidden, int(others[np.argmin(counts[others])]))
                changed = True
        if not changed:
            return hidden


def _hide_with_followers(followers: csc_array, hidden: B, cell: int) -> None:
    """Hide a cell, those that follow it, and those that follow these."""
    waiting = [cell]
    while waiting:
        one = waiting.pop()
        if not hidden[one]:
            hidden[one] = True
            waiting += followers.indices[followers.indptr[one] : followers.indptr[one + 1]].tolist()
