"""Times to places on a grid: each place belongs to its nearest road node, as places of a study do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.measure import metres_per_degree
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.engine import times_matrix
from beredt.roads.routing.route_graph import RouteGraph
from beredt.roads.routing.snap_places import Snapped, Snapper
from beredt.roads.speeds.speed_table import SpeedTable

MOST_POINTS = 250_000
"""Grid points at most: a wide reach gets a coarser grid."""
LEAST_CELL_M = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class TimeGrid:
    """`seconds` float64 (rows, columns), inf where nothing is reached; row 0 is the south.

    `south`, `west`: degrees of the first point; `step_lat`, `step_lon`: degrees between points; `cell_m`: metres.
    """

    seconds: NDArray[np.float64]
    south: float
    west: float
    step_lat: float
    step_lon: float
    cell_m: float


def node_seconds(
    roads: RoadMap,
    graph: RouteGraph,
    arc_ms: NDArray[np.uint32],
    origins: Snapped,
    off_road_pace: float,
    most_s: float,
) -> NDArray[np.float64]:
    """Least seconds from any of the places to every road node, float64 (n,); inf beyond `most_s`.

    `off_road_pace`: seconds per metre between a place and its road node.
    """
    return _least_of_origins(times_matrix(graph, arc_ms), roads, graph, origins, off_road_pace, most_s)


def _least_of_origins(
    matrix: Any, roads: RoadMap, graph: RouteGraph, origins: Snapped, pace: float, most_s: float
) -> NDArray[np.float64]:
    from scipy.sparse.csgraph import dijkstra

    answer = np.full(roads.nodes, np.inf)
    for node, off_m in zip(origins.node.tolist(), origins.off_m.tolist(), strict=True):
        left_s = most_s - off_m * pace
        if left_s <= 0:
            continue
        way_s = dijkstra(matrix, indices=node, limit=left_s * 1000.0) / 1000.0
        np.minimum.at(answer, graph.road_node, way_s + off_m * pace)
    return answer


def time_grid(
    roads: RoadMap, node_s: NDArray[np.float64], speeds: SpeedTable, cell_m: float | None = None
) -> TimeGrid | None:
    """Times at the points of a grid around all nodes that are reached; None where none is.

    A point belongs to its nearest node with access, reached or not, and is not reached farther than
    `off_road_most_m` from it.
    """
    reached = np.isfinite(node_s)
    if not reached.any():
        return None
    most_m = speeds.off_road_most_m
    lat, lon = roads.lat[reached], roads.lon[reached]
    across, along = (float(metres[0]) for metres in metres_per_degree(np.array([lat.mean()])))
    south, north = lat.min() - most_m / along, lat.max() + most_m / along
    west, east = lon.min() - most_m / across, lon.max() + most_m / across
    width_m, height_m = (east - west) * across, (north - south) * along
    if cell_m is None:
        cell_m = max(LEAST_CELL_M, float(np.sqrt(width_m * height_m / MOST_POINTS)))
    rows, columns = int(np.ceil(height_m / cell_m)) + 1, int(np.ceil(width_m / cell_m)) + 1
    grid_lat, grid_lon = np.meshgrid(
        south + np.arange(rows) * cell_m / along, west + np.arange(columns) * cell_m / across, indexing="ij"
    )
    margin_lat, margin_lon = 2 * most_m / along, 2 * most_m / across
    near = (
        roads.access
        & (roads.lat >= south - margin_lat) & (roads.lat <= north + margin_lat)
        & (roads.lon >= west - margin_lon) & (roads.lon <= east + margin_lon)
    )  # fmt: skip
    seconds = np.full(rows * columns, np.inf)
    if near.any():
        snapped = Snapper(roads, np.flatnonzero(near)).snap(grid_lat.ravel(), grid_lon.ravel())
        seconds = place_seconds(node_s, snapped, speeds)
    return TimeGrid(
        seconds.reshape(rows, columns), float(south), float(west), cell_m / along, cell_m / across, float(cell_m)
    )


def place_seconds(node_s: NDArray[np.float64], places: Snapped, speeds: SpeedTable) -> NDArray[np.float64]:
    """Seconds to places, the part off the road included, float64 (k,); inf where they are too far from any road."""
    seconds = node_s[places.node] + places.off_m * (3.6 / speeds.off_road_kmh)
    return np.where(places.off_m <= speeds.off_road_most_m, seconds, np.inf)
