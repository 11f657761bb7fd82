"""The road node of a place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from beredt.roads.graph.road_graph import RoadGraph

CANDIDATES = 8
"""Nodes that are compared exactly; more only where as many are all but equally near."""

MARGIN_KM = 1e-9
"""Far more than rounding moves a distance, far less than anybody measures."""


def nearest_access_node(
    graph: RoadGraph, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The nearest road node at which the road may be left, for each of k places, and its distance in km.

    `lon`, `lat`: float64 (k,), degrees, finite. Returns int32 (k,) road nodes and float64 (k,) kilometres as the crow
    flies. Nearest has the least squared distance ((lon − lon′)·kx)² + ((lat − lat′)·ky)², as rounded in float64; on a
    tie the node that comes first in the source.
    """
    nodes = np.flatnonzero(graph.access)
    tree = cKDTree(np.column_stack((graph.x_km[nodes], graph.y_km[nodes])))
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    places = np.column_stack((lon * graph.km_per_degree[0], lat * graph.km_per_degree[1]))
    several = min(CANDIDATES, len(nodes))
    near_km, near = (np.atleast_2d(found) for found in tree.query(places, np.arange(1, several + 1), workers=-1))
    candidates = nodes[near]
    squared = _squared_km(graph, candidates, lon[:, None], lat[:, None])
    # By distance, then by place in the source: the first column of the stable order.
    best = np.lexsort((graph.source_of[candidates], squared))[:, 0]
    rows = np.arange(len(places))
    answer, least = candidates[rows, best], squared[rows, best]
    crowded = np.flatnonzero(near_km[:, -1] <= near_km[:, 0] * (1.0 + MARGIN_KM) + MARGIN_KM)
    for place in crowded.tolist() if several < len(nodes) else []:
        within = near_km[place, 0] * (1.0 + MARGIN_KM) + MARGIN_KM
        all_near = nodes[np.array(tree.query_ball_point(places[place], within), dtype=np.intp)]
        distance = _squared_km(graph, all_near, lon[place], lat[place])
        first = np.lexsort((graph.source_of[all_near], distance))[0]
        answer[place], least[place] = all_near[first], distance[first]
    return answer.astype(np.int32), np.sqrt(least)


def _squared_km(
    graph: RoadGraph, nodes: NDArray[np.intp], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.float64]:
    across = (graph.lon[nodes] - lon) * graph.km_per_degree[0]
    along = (graph.lat[nodes] - lat) * graph.km_per_degree[1]
    return across * across + along * along
