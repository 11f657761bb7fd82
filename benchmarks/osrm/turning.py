"""Times without turning round where roads meet: OSRM turns only where a road ends for whoever is on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.osrm.profile import PERIOD, PURPOSE
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.route_graph import route_graph
from beredt.roads.speeds.arc_times import arc_ms
from beredt.roads.speeds.speed_table import load_speeds

ROWS_AT_ONCE = 16


def times_without_turning_round(roads: RoadMap, nodes: NDArray[np.int32]) -> NDArray[np.float64]:
    """Seconds between road nodes, float64 (k, k), where nobody turns round at a node with two or more two-way roads.

    A search over pieces of road instead of nodes, so that it is known where one comes from: plain, and slow.
    """
    graph = route_graph(roads)
    size = np.int64(roads.nodes)
    there, back = roads.arc_from * size + roads.arc_to, roads.arc_to * size + roads.arc_from
    both = np.isin(there, back)
    both_ways = np.bincount(np.unique(there[both]) // size, minlength=roads.nodes)
    # Piece e of the graph, then piece f that begins where e ends; not where f leads back along e.
    counts = np.diff(graph.first)[graph.end]
    come = np.repeat(np.arange(len(graph.end)), counts)
    go = (
        np.arange(len(come)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(graph.first[graph.end], counts)
    )
    returns = there[graph.arc[go]] == back[graph.arc[come]]
    allowed = ~(returns & (both_ways[roads.arc_to[graph.arc[come]]] > 1))
    come, go = come[allowed], go[allowed]
    seconds = arc_ms(roads, load_speeds(), PURPOSE, PERIOD)[graph.arc] / 1000.0
    # Behind the pieces stand the places to start from: a place leads to every piece that begins there.
    begins = [np.arange(graph.first[node], graph.first[node + 1]) for node in nodes]
    starts = np.repeat(np.arange(len(nodes)), [len(one) for one in begins]) + len(graph.end)
    first = np.concatenate(begins)
    total = len(graph.end) + len(nodes)
    matrix = csr_array(
        (np.concatenate((seconds[go], seconds[first])), (np.concatenate((come, starts)), np.concatenate((go, first)))),
        shape=(total, total),
    )
    ends = graph.road_node[graph.end]
    at = [np.flatnonzero(ends == node) for node in nodes]
    answer = np.empty((len(nodes), len(nodes)))
    for begin in range(0, len(nodes), ROWS_AT_ONCE):
        rows = np.arange(begin, min(begin + ROWS_AT_ONCE, len(nodes)))
        found = dijkstra(matrix, indices=len(graph.end) + rows)
        answer[rows] = np.stack([found[:, pieces].min(axis=1) for pieces in at], axis=1)
    np.fill_diagonal(answer, 0.0)
    return answer
