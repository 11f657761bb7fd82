"""Small made-up roads in a plane of kilometres."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from beredt.roads.graph.road_tables import RoadTables


def roads(
    nodes: list[tuple[float, float, bool]],
    arcs: Sequence[tuple[int, int, tuple[float, ...]]],
    off_road_kmh: list[float],
) -> RoadTables:
    """Roads in a plane of kilometres, with times in seconds."""
    return RoadTables(
        lon=np.array([node[0] for node in nodes], np.float64),
        lat=np.array([node[1] for node in nodes], np.float64),
        access=np.array([node[2] for node in nodes], np.bool_),
        arc_from=np.array([arc[0] for arc in arcs], np.int32),
        arc_to=np.array([arc[1] for arc in arcs], np.int32),
        arc_km=np.ones(len(arcs)),
        arc_time=np.array([arc[2] for arc in arcs], np.float64).T.copy(),
        time_unit_s=1.0,
        mode_ids=tuple(f"mode-{number}" for number in range(len(off_road_kmh))),
        off_road_kmh=np.array(off_road_kmh),
        km_per_degree=(1.0, 1.0),
    )


def ring(pick: random.Random, nodes: int, size_km: int = 6) -> RoadTables:
    """A ring road of two directions with chords, and two travel modes; the road can be left at most of its nodes.

    Places and times are whole numbers, so that equally near nodes and equally quick ways are common.
    """
    at = [(float(pick.randint(0, size_km)), float(pick.randint(0, size_km)), pick.random() < 0.7) for _ in range(nodes)]
    at[0] = (*at[0][:2], True)
    pairs = [(x, (x + 1) % nodes) for x in range(nodes)] + [((x + 1) % nodes, x) for x in range(nodes)]
    pairs += [(a, b) for a in range(nodes) for b in range(nodes) if a != b and pick.random() < 1.2 / nodes]
    arcs = [(a, b, (float(pick.randint(1, 40)), float(pick.randint(1, 40)))) for a, b in pairs]
    return roads(at, arcs, [36.0, 18.0])
