"""The cells around some cells: those that share a relation with them, those that share one with these, and so on."""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components

from beredt.indicators.suppression.additive import I8, B

OUTSIDE = -1


class Web(NamedTuple):
    """Some of the cells of a table, hanging together by their relations."""

    relations: csr_array  # [R, P] nothing in the columns of other cells
    by_cell: csr_array  # [P, R] the same turned round
    part: I8  # [P] cells of different parts have nothing to do with each other; OUTSIDE for the other cells

    def parts_of(self, cells: I8) -> I8:
        """All cells in the parts in which some cells are, in ascending order."""
        inside = np.zeros(self.part.size, dtype=np.bool_)
        inside[self.part[cells]] = True
        return np.flatnonzero((self.part != OUTSIDE) & inside[self.part])


def web_of(relations: csr_array, cells: B) -> Web:
    """How the cells [P] hang together when the others cannot move."""
    number = np.flatnonzero(cells)
    own = csr_array(relations[:, number])
    links = (abs(own).T @ abs(own)).tocsr()
    part = np.full(cells.size, OUTSIDE, dtype=np.int64)
    part[number] = connected_components(links, directed=False)[1]
    kept = csr_array(relations @ diags_array(cells.astype(np.float64)))
    kept.eliminate_zeros()
    return Web(kept, kept.T.tocsr(), part)


def near_cells(web: Web, cells: I8, most: int) -> I8:
    """The nearest cells in ascending order, about `most` of them, with `cells`.

    A relation is as far across as it has cells: within a row, and from one urgency to another, it is near; from one
    hour of the day to another far.

    Args:
        web: How cells hang together.
        cells: Where to begin.
        most: Cells at most, but for the relation that fills the measure.
    """
    everything = web.parts_of(cells)
    if everything.size <= most:
        return everything
    relations, by_cell = web.relations, web.by_cell
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
