"""Who belongs to whom, when every record belongs to one other at most."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from beredt.indicators.observed import F8, I8, B


def assign(source: I8, target: I8, worth: F8) -> B:
    """Choose pairs so that nobody is in two, and what they are worth together is greatest.

    Pairs of two records that have no other choice are taken at once. The others are solved group by group that hangs
    together, each as an assignment in which every record may also stay alone (R. Jonker and A. Volgenant, *A shortest
    augmenting path algorithm for dense and sparse linear assignment problems*, Computing 38 (1987) 325–340).

    Args:
        source: [P] number of a record of one log.
        target: [P] number of a record of the other.
        worth: [P] above 0.

    Returns:
        [P] whether the pair is chosen.
    """
    chosen = np.zeros(source.size, np.bool_)
    if not source.size:
        return chosen
    one, left = np.unique(source, return_inverse=True)
    other, right = np.unique(target, return_inverse=True)
    alone = (np.bincount(left)[left] == 1) & (np.bincount(right)[right] == 1)
    chosen[alone] = True
    open_ = np.flatnonzero(~alone)
    graph = csr_array((np.ones(open_.size), (left[open_], right[open_] + one.size)), shape=(one.size + other.size,) * 2)
    group = connected_components(graph, directed=False)[1][left[open_]]
    order = np.argsort(group, kind="stable")
    for rows in np.split(open_[order], np.flatnonzero(np.diff(group[order])) + 1):
        chosen[rows[_solve(left[rows], right[rows], worth[rows])]] = True
    return chosen


def _solve(left: I8, right: I8, worth: F8) -> I8:
    """Places of the pairs that are chosen in one group."""
    if not left.size:
        return np.zeros(0, np.int64)
    one, row = np.unique(left, return_inverse=True)
    other, column = np.unique(right, return_inverse=True)
    # Every record of the one log has a column of its own in which it stays alone, worth nothing.
    most = worth.max() + 1.0
    cost = np.concatenate([most - worth, np.full(one.size, most)])
    rows = np.concatenate([row, np.arange(one.size)])
    columns = np.concatenate([column, other.size + np.arange(one.size)])
    matrix = csr_array((cost, (rows, columns)), shape=(one.size, other.size + one.size))
    at = dict(zip(zip(row.tolist(), column.tolist(), strict=True), range(row.size), strict=True))
    pairs = zip(*(side.tolist() for side in min_weight_full_bipartite_matching(matrix)), strict=True)
    return np.array([at[pair] for pair in pairs if pair in at], np.int64)
