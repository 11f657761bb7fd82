"""The cells around some cells: those that share a relation with them, those that share one with these, and so on."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, diags_array
from scipy.sparse.csgraph import connected_components

from beredt.indicators.suppression.additive import I8, B

I4 = NDArray[np.int32]

OUTSIDE = -1


class Web(NamedTuple):
    """Some of the cells of a table, hanging together by their relations."""

    relations: csr_array  # [R, P] nothing in the columns of other cells
    by_cell: csr_array  # [P, R] the same turned round
    part: I8  # [P] cells of different parts have nothing to do with each other; OUTSIDE for the other cells

    @property
    def inside(self) -> B:
        """[P] whether a cell is one of them."""
        found: B = self.part != OUTSIDE
        return found

    def parts_of(self, cells: I8) -> I8:
        """All cells in the parts in which some cells are, in ascending order."""
        inside = np.zeros(self.part.size, dtype=np.bool_)
        inside[self.part[cells]] = True
        return np.flatnonzero(self.inside & inside[self.part])


def web_of(relations: csr_array, cells: B) -> Web:
    """How the cells [P] hang together when the others cannot move."""
    kept = csr_array(relations @ diags_array(cells.astype(np.float64)))
    kept.eliminate_zeros()
    part = np.where(cells, parts_of(kept), OUTSIDE)
    return Web(kept, kept.T.tocsr(), part)


def parts_of(relations: csr_array) -> I8:
    """The part of every cell [P], those of different parts having nothing to do with each other.

    It is found by way of the relations [R]: pairs of cells would be far more than cells.
    """
    number, cells = relations.shape
    size = number + cells
    entries = relations.tocoo()
    links = coo_array((np.ones(entries.nnz, np.int8), (entries.row, number + entries.col)), shape=(size, size))
    found: I8 = connected_components(links, directed=False)[1][number:].astype(np.int64)
    return found


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
    found = np.zeros(web.part.size, dtype=np.bool_)
    found[cells] = True
    _reach(*_as_lines(web.relations), *_as_lines(web.by_cell), cells, found, most)
    return np.flatnonzero(found)


def _as_lines(matrix: csr_array) -> tuple[I4, I4]:
    """Where each row begins, and the columns it is in."""
    return np.asarray(matrix.indptr, np.int32), np.asarray(matrix.indices, np.int32)


@njit(cache=True, nogil=True)
def _reach(first: I4, cell_of: I4, first_of_cell: I4, relation_of: I4, cells: I8, found: B, most: int) -> None:
    """Mark cells from the nearest relation to ever farther ones, of equally near ones in their order."""
    number = first.size - 1
    asked = np.zeros(number, dtype=np.bool_)
    waiting = [np.int64(0) for _ in range(0)]
    for cell in cells:
        for at in range(first_of_cell[cell], first_of_cell[cell + 1]):
            relation = relation_of[at]
            heappush(waiting, np.int64(first[relation + 1] - first[relation]) * number + relation)
    inside = cells.size
    while waiting and inside < most:
        far, relation = divmod(heappop(waiting), number)
        if asked[relation]:
            continue
        asked[relation] = True
        for place in range(first[relation], first[relation + 1]):
            cell = cell_of[place]
            if found[cell]:
                continue
            found[cell] = True
            inside += 1
            for at in range(first_of_cell[cell], first_of_cell[cell + 1]):
                other = relation_of[at]
                if not asked[other]:
                    heappush(waiting, (far + np.int64(first[other + 1] - first[other])) * number + other)
