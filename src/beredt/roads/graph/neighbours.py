"""The source's arcs sorted by where they begin, one for every pair of nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.road_tables import RoadTables


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """n nodes of the source and e steps between neighbours, sorted by (start, end).

    `first` int32 (n+1,): steps `first[i]` … `first[i+1]` − 1 begin at node i; `end` int32 (e,): where they end.
    `time` float64 (M, e): driving time in the source's unit; `km` float64 (e,).
    `in_degree` int32 (n,): the number of different nodes with a step to each node.
    `around` int32 (n,): the number of different nodes with a step to or from each node.
    """

    first: NDArray[np.int32]
    end: NDArray[np.int32]
    time: NDArray[np.float64]
    km: NDArray[np.float64]
    in_degree: NDArray[np.int32]
    around: NDArray[np.int32]

    @property
    def out_degree(self) -> NDArray[np.int32]:
        """The number of different nodes that a step leads to from each node, int32 (n,)."""
        return np.diff(self.first)


def neighbours(tables: RoadTables) -> Neighbours:
    """Sort the arcs. Of arcs between the same two nodes each mode takes the least time, and the length is that of the
    first mode's; an arc that ends where it begins leads nowhere and is left out.
    """
    nodes = len(tables.lon)
    real = np.flatnonzero(tables.arc_from != tables.arc_to)
    start, end, time = tables.arc_from[real], tables.arc_to[real], tables.arc_time[:, real]
    order = np.lexsort((*([time[0]] if len(time) else []), end, start))
    start, end, time, km = start[order], end[order], time[:, order], tables.arc_km[real][order]
    fresh = np.ones(len(start), dtype=bool)
    fresh[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    chosen = np.flatnonzero(fresh)
    if len(chosen) < len(start):
        time = np.minimum.reduceat(time, chosen, axis=1)
        start, end, km = start[chosen], end[chosen], km[chosen]
    return Neighbours(
        first=np.searchsorted(start, np.arange(nodes + 1)).astype(np.int32),
        end=end,
        time=np.ascontiguousarray(time),
        km=km,
        in_degree=np.bincount(end, minlength=nodes).astype(np.int32),
        around=_around(start, end, nodes),
    )


def _around(start: NDArray[np.int32], end: NDArray[np.int32], nodes: int) -> NDArray[np.int32]:
    low, high = np.minimum(start, end).astype(np.int64), np.maximum(start, end)
    pairs = np.unique(low * max(nodes, 1) + high)
    both = np.concatenate((pairs // max(nodes, 1), pairs % max(nodes, 1)))
    return np.bincount(both, minlength=nodes).astype(np.int32)
