"""Road networks small enough to draw on a napkin."""

from __future__ import annotations

import numpy as np

from beredt.roads.graph.road_tables import RoadTables

Step = tuple[int, int, float]


def roads(steps: list[Step], nodes: int, both_ways: bool = True, without_access: tuple[int, ...] = ()) -> RoadTables:
    """Steps (from, to, minutes) at 60 km/h, thus as many km; nodes on a line from west to east, 1 km apart.

    One travel mode at that speed, and another that takes half as long again.
    """
    all_steps = [*steps, *((end, start, minutes) for start, end, minutes in steps if both_ways)]
    start, end, minutes = (np.array(column) for column in zip(*all_steps, strict=True))
    return RoadTables(
        lon=10.0 + np.arange(nodes) / 50.0,
        lat=np.full(nodes, 60.0),
        access=~np.isin(np.arange(nodes), without_access),
        arc_from=start.astype(np.int32),
        arc_to=end.astype(np.int32),
        arc_km=minutes.astype(np.float64),
        arc_time=np.array([minutes, 1.5 * minutes]),
        time_unit_s=60.0,
        mode_ids=("fast", "slow"),
        off_road_kmh=np.array([60.0, 30.0]),
        km_per_degree=(50.0, 111.0),
    )
