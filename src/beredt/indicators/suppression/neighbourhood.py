"""The cells around some cells: those that share a relation with them, those that share one with these, and so on."""

from __future__ import annotations

import heapq

import numpy as np
from scipy.sparse import csr_array

from beredt.indicators.suppression.additive import I8


def near_cells(relations: csr_array, by_cell: csr_array, cells: I8, most: int) -> I8:
    """The nearest cells in ascending order, about `most` of them, with `cells`.

    A relation is as far across as it has cells: within a row, and from one urgency to another, it is near; from one
    hour of the day to another far.

    Args:
        relations: [R, C]
        by_cell: [C, R] the same turned round.
        cells: Where to begin.
        most: Cells at most, but for the relation that fills the measure.
    """
    found = np.zeros(relations.shape[1], dtype=np.bool_)
    asked = np.zeros(relations.shape[0], dtype=np.bool_)
    found[cells] = True
    number = cells.size
    size = np.diff(relations.indptr)
    waiting: list[tuple[int, int]] = []

    def reach(cell: int, far: int) -> None:
        for relation in by_cell.indices[by_cell.indptr[cell] : by_cell.indptr[cell + 1]].tolist():
            if not asked[relation]:
                heapq.heappush(waiting, (far + int(size[relation]), relation))

    for cell in cells.tolist():
        reach(cell, 0)
    while waiting and number < most:
        far, relation = heapq.heappop(waiting)
        if asked[relation]:
            continue
        asked[relation] = True
        own = relations.indices[relations.indptr[relation] : relations.indptr[relation + 1]]
        new = own[~found[own]]
        found[new] = True
        number += new.size
        for cell in new.tolist():
            reach(cell, far)
    return np.flatnonzero(found)
