"""A table looked at step by step: what is of most use first, and only then what it is broken down by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from beredt.indicators.suppression.additive import I8, AdditiveTable, B


def levels_of(table: AdditiveTable) -> Iterator[B]:
    """The cells [C] to be looked at, ever more of them: rank by rank, leaders before what follows them.

    What is never printed is looked at together with the last of the cells that it adds up with.
    """
    order = 2 * table.rank + (table.leader != np.arange(table.counts.size))
    order = np.where(table.unprinted, _last_beside(table, order), order)
    for step in np.unique(order[table.counts > 0]):
        yield order <= step


def _last_beside(table: AdditiveTable, order: I8) -> I8:
    """The greatest order of what each cell adds up with, cells that are never printed aside."""
    relation, cell = table.relations.nonzero()
    told = np.where(table.unprinted, 0, order)
    greatest = np.zeros(table.relations.shape[0], dtype=np.int64)
    np.maximum.at(greatest, relation, told[cell])
    found = order.copy()
    found[table.unprinted] = 0
    np.maximum.at(found, cell, greatest[relation])
    return found


def only(table: AdditiveTable, cells: B) -> AdditiveTable:
    """The table as if there were no other cells, and nothing that they add up to or with."""
    kept = np.flatnonzero(~(abs(table.relations) @ (~cells).astype(np.float64) > 0))
    return table._replace(
        counts=np.where(cells, table.counts, 0),
        relations=csr_array(table.relations[kept]),
    )
