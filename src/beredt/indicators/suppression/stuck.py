"""Cells that no flow moves, found by looking at one relation after the other, without a program.

A relation with a single cell that may move holds it fast. So does one whose cells could all but add to it: a count of 1
is the least that a hidden count can be, so it only goes up, and what goes up has to come down elsewhere.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from beredt.indicators.suppression.additive import I8, LEAST_HIDDEN, B


def movable_cells(relations: csr_array, counts: I8, cells: B) -> B:
    """The cells [P], but for those that must stay as they are.

    What is left may be stuck all the same, for a reason that lies in several relations taken together.

    Args:
        relations: [R, P]
        counts: [P] each 1 or more.
        cells: [P] those that may move at all.
    """
    relation = np.repeat(np.arange(relations.shape[0]), np.diff(relations.indptr))
    cell, part = relations.indices, relations.data > 0
    lowest = counts <= LEAST_HIDDEN
    movable = cells.copy()
    while True:
        live = movable[cell]
        held = _held(relation[live], part[live], lowest[cell[live]], relations.shape[0])
        stuck = cell[live & held[relation]]
        if not stuck.size:
            return movable
        movable[stuck] = False


def _held(relation: I8, part: B, lowest: B, number: int) -> B:
    """Relations [R] that hold all their movable cells fast.

    Args:
        relation: Of every movable cell.
        part: Whether it is a part there, not the total.
        lowest: Whether it can only go up.
        number: Of all relations, R.
    """
    up, down = (np.bincount(relation[able], minlength=number) for able in (part | ~lowest, ~part | ~lowest))
    some = np.bincount(relation, minlength=number)
    held: B = (some == 1) | ((some > 0) & ((up == 0) | (down == 0)))
    return held
