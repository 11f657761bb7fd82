"""Random road graphs for small worlds: junctions, and roads with bends between them, one way or both."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.road_tables import RoadTables
from beredt.simulation.pack_roads import graph_roads
from tests.simulation.picking import Picker
from tests.simulation.small_roads import Ground

LEGS_KM = [0.0, 0.125, 0.25, 0.5]
"""With a grid all seconds and kilometres are sums of binary fractions, so that ties are ties in whatever order they
are summed."""


def graph_ground(pick: Picker, nodes: int, modes: int) -> Ground:
    """Roads of about so many nodes, with legs in kilometres."""
    tables = random_tables(pick, nodes, modes)
    roads = graph_roads(build_road_graph(tables, jobs=1))
    road_nodes = len(roads.place_km)
    legs = [pick.random.choice(LEGS_KM) if pick.grid_s else pick.random.uniform(0, 0.6) for _ in range(road_nodes)]
    return Ground(roads, list(range(road_nodes)), np.array(legs))


def random_tables(pick: Picker, nodes: int, modes: int) -> RoadTables:
    """Junctions on a ring, which may be one way, and more roads between them; two may join the same junctions."""
    junctions = pick.random.randint(2, max(2, nodes // 3))
    ring = [*range(junctions), 0]
    lines = [list(pair) for pair in pairwise(ring)]
    both_ways = [pick.chance(0.6)] * junctions
    for _ in range(pick.random.randint(1, junctions + 1)):
        lines.append([pick.random.randrange(junctions), pick.random.randrange(junctions)])
        both_ways.append(pick.chance(0.6))
    count, steps = junctions, []
    for (one, other), both in zip(lines, both_ways, strict=True):
        bends = pick.random.randint(1 if one == other else 0, 4)
        road = [one, *range(count, count + bends), other]
        count += bends
        steps += list(pairwise(road))
        steps += list(pairwise(reversed(road))) if both else []
    pick.random.shuffle(steps)
    number = pick.random.sample(range(count), count)
    return _tables(pick, count, [(number[start], number[end]) for start, end in steps], modes)


def _tables(pick: Picker, nodes: int, steps: list[tuple[int, int]], modes: int) -> RoadTables:
    """Places on a plane of some kilometres, and times that are never less than half a minute a kilometre."""
    x = np.array([pick.random.uniform(0, 6) for _ in range(nodes)])
    y = np.array([pick.random.uniform(0, 6) for _ in range(nodes)])
    straight_km = [math.hypot(x[end] - x[start], y[end] - y[start]) for start, end in steps]
    km = [math.ceil(d * 8) / 8 + 0.125 if pick.grid_s else d * pick.random.uniform(1.0, 1.4) for d in straight_km]
    seconds = [[_drive_s(pick, d) for d in km] for _ in range(modes)]
    return RoadTables(
        lon=x,
        lat=y,
        access=np.ones(nodes, np.bool_),
        arc_from=np.array([start for start, _ in steps], np.int32),
        arc_to=np.array([end for _, end in steps], np.int32),
        arc_km=np.array(km),
        arc_time=np.array(seconds),
        time_unit_s=1.0,
        mode_ids=("fast", "slow")[:modes],
        off_road_kmh=np.array([36.0, 18.0])[:modes],
        km_per_degree=(1.0, 1.0),
    )


def _drive_s(pick: Picker, km: float) -> float:
    """Seconds for a stretch of road."""
    return math.ceil(km * pick.random.choice([40, 60])) + 1.0 if pick.grid_s else km * pick.random.uniform(30, 90)
