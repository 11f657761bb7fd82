"""Nodes that turn bans cut off: in the map, but nobody may come there, or away, without breaking a ban."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.core import core_nodes
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Fault, Tally
from beredt.roads.routing.route_graph import RouteGraph, route_graph


def behind_bans(roads: RoadMap, tally: Tally) -> NDArray[np.bool_]:
    """Which road nodes can be driven to, and away from, bool (n,). Those that cannot are a fault each."""
    if not roads.bans:
        return np.ones(roads.nodes, dtype=bool)
    good = joined_nodes(roads, route_graph(roads))
    for node in np.flatnonzero(~good).tolist():
        source = int(roads.arc_source[roads.arc_first[node]])
        tally.add(Fault("behind_bans", source, float(roads.lat[node]), float(roads.lon[node]), 1))
    return good


def joined_nodes(roads: RoadMap, graph: RouteGraph) -> NDArray[np.bool_]:
    """Road nodes between all of which one can drive, there and back, in the graph of the map: bool (n,)."""
    middle = int(np.argmax(core_nodes(graph.start, graph.end, graph.nodes)))
    there = _reached(graph.start, graph.end, graph.nodes, middle)
    away = _reached(graph.end, graph.start, graph.nodes, middle)
    arrives = np.logical_or.reduceat(there[graph.end_node], graph.end_first[:-1])
    good: NDArray[np.bool_] = arrives & away[: roads.nodes]
    return good


def _reached(start: NDArray[np.int32], end: NDArray[np.int32], nodes: int, origin: int) -> NDArray[np.bool_]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    joined = csr_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(nodes, nodes))
    reached = np.zeros(nodes, dtype=bool)
    reached[breadth_first_order(joined, origin, return_predecessors=False)] = True
    return reached
