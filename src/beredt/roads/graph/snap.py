"""The road node of a place: fast enough for half a million cells of a raster."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.graph.node_grid import node_grid
from beredt.roads.graph.road_graph import RoadGraph

PLACES_PER_SHARE = 20_000
"""Fewer are not worth a thread of their own."""


def nearest_access_node(
    graph: RoadGraph, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The nearest road node at which the road may be left, for each of k places, and its distance in km.

    Args:
        graph: the roads.
        lon: (k,) degrees, finite.
        lat: (k,) degrees, finite.

    Returns:
        int32 (k,) road nodes and float64 (k,) kilometres as the crow flies. Nearest has the least squared distance
        ((lon − lon′)·kx)² + ((lat − lat′)·ky)², as rounded in float64; on a tie the node that is first in the source.

    Raises:
        NetworkError: a place that is not a finite number of degrees.
    """
    from beredt.roads.graph.grid_search import nearest_in_grid

    lon, lat = (np.ascontiguousarray(column, np.float64) for column in (lon, lat))
    lost = ~(np.isfinite(lon) & np.isfinite(lat))
    if lost.any():
        where = f"longitude {lon[lost][0]}, latitude {lat[lost][0]}"
        raise NetworkError(f"{lost.sum()} places are nowhere ({where}): give degrees, or leave the places out")
    grid = node_grid(graph)
    node, squared = np.empty(len(lon), np.int32), np.empty(len(lon))
    shares = max(1, min(os.cpu_count() or 1, len(lon) // PLACES_PER_SHARE))
    ends = np.linspace(0, len(lon), shares + 1).astype(np.int64)
    parts = [slice(start, end) for start, end in pairwise(ends.tolist())]
    with ThreadPoolExecutor(shares) as pool:
        list(pool.map(lambda part: nearest_in_grid(grid, lon[part], lat[part], node[part], squared[part]), parts))
    return node, np.sqrt(squared)
