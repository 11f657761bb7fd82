"""The reduced arcs in the numbers of the road graph, and which of them is driven."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.reduction import Reduction


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """A arcs between N decision nodes, sorted by where they begin, otherwise in the source's order.

    `order` (A,): number of each arc in the reduction. `start`, `end` int32 (A,): decision nodes.
    `time` float64 (M, A), in the source's unit; `km` float64 (A,).
    `out_first` int32 (N+1,), `out_to` int32 (E,), `out_arc` int32 (M, E): as in `RoadGraph`: of several arcs to the
    same node each mode drives the quickest, and of equally quick ones the last.
    """

    order: NDArray[np.intp]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    time: NDArray[np.float64]
    km: NDArray[np.float64]
    out_first: NDArray[np.int32]
    out_to: NDArray[np.int32]
    out_arc: NDArray[np.int32]


def renumbered_arcs(reduction: Reduction, decision_node_of: NDArray[np.int32]) -> Arcs:
    """Renumber the ends of the arcs and sort them. `decision_node_of` int32 (n,): new number of a source node."""
    begin, finish = decision_node_of[reduction.arc_from], decision_node_of[reduction.arc_to]
    order = np.argsort(begin, kind="stable")
    start, end, time = begin[order], finish[order], reduction.arc_time[:, order]
    by_pair = np.lexsort((end, start))  # stable: arcs between the same nodes stay in order
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.diff(start[by_pair]).astype(bool) | np.diff(end[by_pair]).astype(bool)
    pair_of = np.cumsum(fresh) - 1
    pair_start, pair_to = start[by_pair][fresh], end[by_pair][fresh]
    last_of_pair = np.flatnonzero(np.append(fresh[1:], True))
    out_arc = np.empty((len(time), len(pair_to)), dtype=np.int32)
    for mode, mode_time in enumerate(time):
        slowest_first = np.lexsort((by_pair, -mode_time[by_pair], pair_of))
        out_arc[mode] = by_pair[slowest_first[last_of_pair]]
    return Arcs(
        order=order,
        start=start,
        end=end,
        time=time,
        km=reduction.arc_km[order],
        out_first=np.searchsorted(pair_start, np.arange(len(reduction.decision) + 1)).astype(np.int32),
        out_to=pair_to,
        out_arc=out_arc,
    )
