"""A road graph thinned out: the same quickest ways between the nodes that matter, through far fewer others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from beredt.roads.graph.chains import keep_loops, sum_along, trace_arcs
from beredt.roads.links import Links


def thinned(
    start: NDArray[np.integer],
    end: NDArray[np.integer],
    seconds: NDArray[np.float64],
    km: NDArray[np.float64],
    nodes: int,
    own: NDArray[np.integer],
) -> tuple[Links, NDArray[np.int64]]:
    """Links between joints.

    Args:
        start: of E arcs, node numbers below `nodes`, as is `end`.
        end: of the arcs.
        seconds: of the arcs, above 0.
        km: of the arcs.
        nodes: how many there are.
        own: nodes that stay, whatever they are.

    Returns:
        Links between the nodes that stay, under their old numbers, and those numbers, ascending. Ways between `own`
        nodes are as quick and as long as they were.
    """
    arcs = _quickest(start, end, seconds, km)
    arcs = _without_blind_alleys(arcs, nodes, own)
    kept = _choices(arcs, nodes)
    kept[own] = 1
    first = np.searchsorted(arcs.start, np.arange(nodes + 1)).astype(np.int32)
    end_of = arcs.end.astype(np.int32)
    keep_loops(first, end_of, kept)
    traced = _trace(first, end_of, arcs, kept)
    return traced, np.flatnonzero(kept).astype(np.int64)


def _quickest(
    start: NDArray[np.integer], end: NDArray[np.integer], seconds: NDArray[np.float64], km: NDArray[np.float64]
) -> Links:
    """Sorted by start and end; of parallel arcs the quickest, of those the shortest; without loops."""
    order = np.lexsort((km, seconds, end, start))
    order = order[start[order] != end[order]]
    s, e = start[order], end[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (s[1:] != s[:-1]) | (e[1:] != e[:-1])
    chosen = order[fresh]
    return Links(start[chosen].astype(np.int64), end[chosen].astype(np.int64), seconds[chosen], km[chosen])


def _only(arcs: Links, keep: NDArray[np.bool_]) -> Links:
    return Links(arcs.start[keep], arcs.end[keep], arcs.seconds[keep], arcs.km[keep])


def _around(arcs: Links, nodes: int) -> csr_array:
    """Which nodes are neighbours, whichever way one may drive: a symmetric matrix of ones."""
    ones = np.ones(2 * len(arcs), dtype=np.int8)
    pairs = (np.concatenate((arcs.start, arcs.end)), np.concatenate((arcs.end, arcs.start)))
    joined = csr_array(coo_array((ones, pairs), shape=(nodes, nodes)))
    joined.data[:] = 1
    return joined


def _without_blind_alleys(arcs: Links, nodes: int, own: NDArray[np.integer]) -> Links:
    """Cut off dead ends, leaf by leaf, until every one of them ends at a node that matters."""
    joined = _around(arcs, nodes)
    degree = np.diff(joined.indptr).astype(np.int64)
    matters = np.zeros(nodes, dtype=bool)
    matters[own] = True
    leaves = np.flatnonzero((degree == 1) & ~matters)
    gone = np.zeros(nodes, dtype=bool)
    while len(leaves):
        gone[leaves] = True
        around = joined[leaves].indices
        around = around[~gone[around]]
        np.subtract.at(degree, around, 1)
        leaves = np.unique(around[(degree[around] <= 1) & ~matters[around]])
    return _only(arcs, ~(gone[arcs.start] | gone[arcs.end]))


def _choices(arcs: Links, nodes: int) -> NDArray[np.int8]:
    """1 for nodes that offer a choice: not those passed straight through, in one direction or in both."""
    around = np.diff(_around(arcs, nodes).indptr)
    out = np.bincount(arcs.start, minlength=nodes)
    into = np.bincount(arcs.end, minlength=nodes)
    passed = (around == 2) & (out == into)
    choices: NDArray[np.int8] = ((around > 0) & ~passed).astype(np.int8)
    return choices


def _trace(first: NDArray[np.int32], end: NDArray[np.int32], arcs: Links, kept: NDArray[np.int8]) -> Links:
    """Follow every arc through the bends to the next node that stays."""
    size = len(end) + 1
    arc_from, arc_to, arc_first, chain_node, arc_steps = (np.empty(size, dtype=np.int32) for _ in range(5))
    count = trace_arcs(first, end, kept, arc_from, arc_to, arc_first, chain_node, arc_steps)
    inside = np.empty(int(arc_first[count]))
    seconds, km = np.empty(count), np.empty(count)
    for of_arcs, sums in ((arcs.seconds, seconds), (arcs.km, km)):
        sum_along(arc_first[: count + 1], arc_steps, of_arcs, sums, inside)
    return Links(arc_from[:count].astype(np.int64), arc_to[:count].astype(np.int64), seconds, km)
