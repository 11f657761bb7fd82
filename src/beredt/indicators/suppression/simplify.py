"""The same table with nothing in it that does not matter: no zeros, and one cell for those that must be equal."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from beredt.indicators.suppression.additive import F8, I8, AdditiveTable, B
from beredt.indicators.suppression.neighbourhood import Web, web_of

NOTHING = -1


class PlainTable(NamedTuple):
    """P counts, each 1 or more."""

    counts: I8  # [P]
    relations: csr_array  # [R, P] 1 at the parts, -1 at the total; at least two parts each
    follows: csr_array  # [P, P] not 0 where the row's cell is left out whenever the column's is
    unprinted: B  # [P]
    printed: B  # [P] hidden only where nothing else will do
    web: Web  # how the others hang together
    harmless: B  # [P]
    cost: F8  # [P] of hiding it with all that follows it
    place: I8  # [C] of the cells of the table before; NOTHING for zeros

    def with_followers(self, hidden: B) -> B:
        """The hidden cells and those that follow them."""
        return hidden | (self.follows @ hidden.astype(np.float64) > 0)

    def gather(self, cells: B) -> B:
        """Cells [C] of the table before as cells of this one: those in which there is any."""
        found = np.zeros(self.counts.size + 1, dtype=np.bool_)
        np.logical_or.at(found, self.place, cells)
        return found[:-1]

    def spread(self, hidden: B) -> B:
        """Hidden cells of this table as cells [C] of the table before."""
        return np.append(hidden, False)[self.place]


def plain_table(table: AdditiveTable, printed: B, given: B) -> PlainTable:
    """Leave out zeros, and make one cell of a total and its only part: printed where any of them is, and none given."""
    some = np.flatnonzero(table.counts > 0)
    relations = csr_array(table.relations[:, some])
    relations = csr_array(relations[np.flatnonzero(np.diff(relations.indptr) > 1)])
    pairs = csr_array(relations[np.flatnonzero(np.diff(relations.indptr) == 2)])
    same = coo_array(
        (np.ones(pairs.shape[0]), (pairs.indices[0::2], pairs.indices[1::2])), shape=(some.size, some.size)
    )
    number, group = connected_components(same, directed=False)
    joined = csr_array((np.ones(some.size), (np.arange(some.size), group)), shape=(some.size, number))
    relations = csr_array(relations[np.flatnonzero(np.diff(relations.indptr) > 2)] @ joined)
    relations.eliminate_zeros()
    place = np.full(table.counts.size, NOTHING, dtype=np.int64)
    place[some] = group
    counts = np.zeros(number, dtype=np.int64)
    counts[group] = table.counts[some]
    unprinted, harmless = np.ones((2, number), dtype=np.bool_)
    np.logical_and.at(unprinted, group, table.unprinted[some])
    np.logical_and.at(harmless, group, table.harmless[some])
    led = some[table.leader[some] != some]
    follows = csr_array((np.ones(led.size), (place[led], place[table.leader[led]])), shape=(number, number))
    own = np.bincount(group, 1.0 + np.log2(table.counts[some]), number)
    shown = np.zeros(number, dtype=np.bool_)
    shown[group[printed[some]]] = True
    shown[group[given[some]]] = False
    web = web_of(relations, ~shown)
    return PlainTable(counts, relations, follows, unprinted, shown, web, harmless, own + follows.T @ own, place)
