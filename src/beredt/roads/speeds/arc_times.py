"""Driving times of all arcs of a road map, for a purpose at an hour of the week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.road_class import RoadFlag
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.speeds.speed_table import SpeedTable

MS = 1000.0


def arc_kmh(roads: RoadMap, speeds: SpeedTable, purpose: str, period: str) -> NDArray[np.float64]:
    """Speed on each arc, km/h, float64 (a,): the rule at the head of the table of speeds. Raises UnknownIdError."""
    speeds.require_purpose(purpose)
    hour = speeds.hour[speeds.periods.index(period)]
    traffic = 1.0 - (1.0 - hour) * speeds.gives_way[purpose]
    by_class = speeds.share * traffic * speeds.factor[purpose]
    kmh = roads.arc_kmh * by_class[roads.arc_class]
    most = speeds.most_kmh[roads.arc_class]
    unpaved = (roads.arc_flags & int(RoadFlag.UNPAVED)) > 0
    kmh = np.where(unpaved, np.minimum(kmh * speeds.unpaved_factor, speeds.unpaved_most_kmh), kmh)
    steps = np.searchsorted(speeds.grade_percent, np.nan_to_num(roads.arc_grade), side="right")
    kmh = kmh * speeds.grade_factor[steps]
    answer: NDArray[np.float64] = np.maximum(np.minimum(kmh, most), speeds.least_kmh)
    return answer


def arc_ms(roads: RoadMap, speeds: SpeedTable, purpose: str, period: str) -> NDArray[np.uint32]:
    """Whole milliseconds along each arc, at least 1, uint32 (a,), so that sums are exact in any order.

    Ferries take the time that the source tells, whatever the purpose; gates add theirs.
    """
    driven_s = roads.arc_m / (arc_kmh(roads, speeds, purpose, period) / 3.6)
    seconds = np.where(np.isfinite(roads.arc_fixed_s), roads.arc_fixed_s, driven_s) + roads.arc_delay_s
    whole: NDArray[np.uint32] = np.maximum(np.rint(seconds * MS), 1).astype(np.uint32)
    return whole
