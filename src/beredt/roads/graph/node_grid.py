"""The road nodes of many places at once, such as half a million cells of a raster: a search over squares of a grid.

The answers are those of `snap.nearest_access_node`, to the last bit.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.graph.road_graph import RoadGraph

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]

NODES_PER_SQUARE = 2
PLACES_PER_SHARE = 20_000
"""Fewer are not worth a thread of their own."""


class NodeGrid(NamedTuple):
    """Nodes where the road may be left, sorted by the square that they lie in and then as in the source.

    n nodes, S = columns · rows squares, row by row from the south-west.
    """

    lon: F8  # [n]
    lat: F8  # [n]
    source: I4  # [n] place in the source: the lower wins a tie
    node: I4  # [n] road node
    first: I4  # [S + 1] where the nodes of a square begin
    columns: int
    rows: int
    west_km: float
    south_km: float
    side_km: float
    x_scale: float  # km of a degree of longitude
    y_scale: float  # km of a degree of latitude


def nearest_access_nodes(graph: RoadGraph, lon: F8, lat: F8) -> tuple[I4, F8]:
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


def node_grid(graph: RoadGraph) -> NodeGrid:
    """Sort the nodes where the road may be left into squares of about `NODES_PER_SQUARE` nodes on average."""
    nodes = np.flatnonzero(graph.access)
    nodes = nodes[np.argsort(graph.source_of[nodes], kind="stable")]
    x_km, y_km = graph.x_km[nodes], graph.y_km[nodes]
    west_km, south_km = float(x_km.min()), float(y_km.min())
    width_km, height_km = float(x_km.max()) - west_km, float(y_km.max()) - south_km
    squares = max(1.0, len(nodes) / NODES_PER_SQUARE)
    # Neither a street in a single line nor a single node may need more squares than that.
    side_km = max((width_km * height_km / squares) ** 0.5, max(width_km, height_km) / squares) or 1.0
    columns, rows = int(width_km / side_km) + 1, int(height_km / side_km) + 1
    column = np.minimum(((x_km - west_km) / side_km).astype(np.int64), columns - 1)
    row = np.minimum(((y_km - south_km) / side_km).astype(np.int64), rows - 1)
    square = row * columns + column
    order = np.argsort(square, kind="stable")
    counts = np.bincount(square, minlength=columns * rows)
    return NodeGrid(
        lon=graph.lon[nodes][order],
        lat=graph.lat[nodes][order],
        source=graph.source_of[nodes][order],
        node=nodes[order].astype(np.int32),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        columns=columns,
        rows=rows,
        west_km=west_km,
        south_km=south_km,
        side_km=side_km,
        x_scale=float(graph.km_per_degree[0]),
        y_scale=float(graph.km_per_degree[1]),
    )
