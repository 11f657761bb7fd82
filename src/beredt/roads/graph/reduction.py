"""From every bend of the road to the nodes where one can choose.

A node with two neighbours offers no choice: whoever comes from one goes on to the other. Such nodes become the inside
of arcs between the *decision nodes* that stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.neighbours import Neighbours


@dataclass(frozen=True, slots=True, eq=False)
class Reduction:
    """N decision nodes and A arcs between them with L places inside, all in the order of the source.

    `decision` int32 (N,): source nodes that stay, ascending.
    `arc_from`, `arc_to` int32 (A,): source nodes where an arc begins and ends, both decision nodes; sorted by
    (beginning, first node passed). Several arcs may join the same two nodes; none ends where it begins.
    `arc_first` int32 (A+1,): the places inside arc a are `arc_first[a]` … `arc_first[a+1]` − 1.
    `chain_node` int32 (L,): source node at each place.
    `arc_steps` int32 (L+A,): steps of the source along all arcs; those of arc a begin at `arc_first[a] + a`.
    `arc_time` (M, A), `chain_time` (M, L), `arc_km` (A,), `chain_km` (L,): float64, sums from the arc's beginning, in
    the source's unit of time and in km.
    """

    decision: NDArray[np.int32]
    arc_from: NDArray[np.int32]
    arc_to: NDArray[np.int32]
    arc_first: NDArray[np.int32]
    chain_node: NDArray[np.int32]
    arc_steps: NDArray[np.int32]
    arc_time: NDArray[np.float64]
    chain_time: NDArray[np.float64]
    arc_km: NDArray[np.float64]
    chain_km: NDArray[np.float64]


def reduce_roads(roads: Neighbours) -> Reduction:
    """Keep the decision nodes and trace the arcs between them."""
    from beredt.roads.graph.chains import keep_loops, sum_along, trace_arcs

    kept = decision_nodes(roads).astype(np.int8)
    keep_loops(roads.first, roads.end, kept)
    steps = len(roads.end)
    arc_from, arc_to, arc_first, chain_node, arc_steps = (np.empty(steps + 1, dtype=np.int32) for _ in range(5))
    arcs = trace_arcs(roads.first, roads.end, kept, arc_from, arc_to, arc_first, chain_node, arc_steps)
    places = int(arc_first[arcs])
    arc_first, arc_steps = arc_first[: arcs + 1].copy(), arc_steps[: places + arcs].copy()
    weights = np.vstack((roads.time, roads.km))
    arc_sum, chain_sum = np.empty((len(weights), arcs)), np.empty((len(weights), places))
    for weight, at_end, inside in zip(weights, arc_sum, chain_sum, strict=True):
        sum_along(arc_first, arc_steps, weight, at_end, inside)
    return Reduction(
        decision=np.flatnonzero(kept).astype(np.int32),
        arc_from=arc_from[:arcs].copy(),
        arc_to=arc_to[:arcs].copy(),
        arc_first=arc_first,
        chain_node=chain_node[:places].copy(),
        arc_steps=arc_steps,
        arc_time=arc_sum[:-1].copy(),
        chain_time=chain_sum[:-1].copy(),
        arc_km=arc_sum[-1].copy(),
        chain_km=chain_sum[-1].copy(),
    )


def decision_nodes(roads: Neighbours) -> NDArray[np.bool_]:
    """Which nodes offer a choice, bool (n,): three neighbours or more, a dead end, a change between one and two ways.

    Nodes that one cannot drive to or from stay too; a piece of road without any, such as a ring, keeps its lowest node.
    """
    into, out, around = roads.in_degree, roads.out_degree, roads.around
    uneven = (into + out == 3) | (into == 0) | (out == 0)
    kept: NDArray[np.bool_] = (around >= 3) | ((around == 2) & uneven) | (around == 1)
    kept |= _lowest_of_rings(roads, kept)
    return kept


def _lowest_of_rings(roads: Neighbours, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    nodes = len(kept)
    joined = csr_array((np.ones(len(roads.end), dtype=np.int8), roads.end, roads.first), shape=(nodes, nodes))
    pieces, piece = connected_components(joined, directed=True, connection="weak")
    has_choice = np.zeros(pieces, dtype=bool)
    has_choice[piece[kept]] = True
    _, lowest = np.unique(piece, return_index=True)
    answer = np.zeros(nodes, dtype=bool)
    answer[lowest] = ~has_choice & (roads.around[lowest] > 0)
    return answer
