"""Places to measure between: on the road, where nobody can be in doubt about it, and beside the road, where one can."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.road_map import RoadMap

SEED = 1
BESIDE_DEG = 0.001
"""About 100 m."""


def nodes_inside_roads(roads: RoadMap, count: int) -> NDArray[np.int32]:
    """Road nodes with access, inside a two-way road and not at a gate: each program has the same choice there."""
    nodes = roads.nodes
    pairs = np.unique(np.concatenate((_pairs(roads.arc_from, roads.arc_to), _pairs(roads.arc_to, roads.arc_from))))
    around = np.bincount(pairs // (1 << 32), minlength=nodes)
    out = np.bincount(roads.arc_from, minlength=nodes)
    into = np.bincount(roads.arc_to, minlength=nodes)
    gate = np.zeros(nodes, dtype=bool)
    gate[roads.arc_to[roads.arc_delay_s > 0]] = True
    inside = np.flatnonzero(roads.access & (around == 2) & (out == 2) & (into == 2) & ~gate)
    chosen = np.random.default_rng(SEED).choice(inside, min(count, len(inside)), replace=False)
    return np.sort(chosen).astype(np.int32)


def _pairs(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.int64]:
    return one.astype(np.int64) * (1 << 32) + other


def places_beside(roads: RoadMap, nodes: NDArray[np.int32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places up to 100 m north or south and as far east or west of some nodes: lat, lon, degrees, float64 (k,) each."""
    north, east = np.random.default_rng(SEED).uniform(-BESIDE_DEG, BESIDE_DEG, (2, len(nodes)))
    lat = roads.lat[nodes] + north
    return lat, roads.lon[nodes] + east / np.cos(np.radians(lat))
