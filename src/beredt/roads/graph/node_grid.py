"""Road nodes sorted into the squares of a grid, so that those near a place are found without looking at all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.road_graph import RoadGraph

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]

NODES_PER_SQUARE = 2


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
