"""Roads of a map as lines for a screen: joined by class and limit, and no more of them than a browser draws well."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from beredt.roads.imported.road_class import ROAD_CLASSES, RoadFlag
from beredt.roads.imported.road_map import RoadMap

MOST_PIECES = 60_000
"""Stretches between road nodes that are drawn at most: smaller classes are left out first."""
DIGITS = 5
SIMPLE_DEG = 0.00005
"""Bends of less than five metres are left out."""


class MapLines(NamedTuple):
    """GeoJSON features, and kilometres of roads that are not drawn."""

    features: list[dict[str, Any]]
    km_left: float


def map_lines(roads: RoadMap, most: int = MOST_PIECES) -> MapLines:
    """The roads, the largest classes first, as one feature for each class and limit."""
    import shapely

    once = roads.one_of_two()
    arcs = np.flatnonzero((once == 1.0) | (roads.arc_from < roads.arc_to))
    classes = _drawn_classes(roads, arcs, most)
    drawn = arcs[np.isin(roads.arc_class[arcs], classes)]
    features: list[dict[str, Any]] = []
    limits = np.rint(roads.arc_kmh).astype(np.int64)
    limits[(roads.arc_flags & int(RoadFlag.FERRY)) > 0] = 0
    for number in classes:
        of_class = drawn[roads.arc_class[drawn] == number]
        for limit in np.unique(limits[of_class]).tolist():
            own = of_class[limits[of_class] == limit]
            ends = np.stack((roads.arc_from[own], roads.arc_to[own]), axis=1)
            pieces: Any = shapely.linestrings(np.stack((roads.lon[ends], roads.lat[ends]), axis=2))
            joined = shapely.simplify(shapely.line_merge(shapely.multilinestrings(pieces)), SIMPLE_DEG)
            lines = [np.round(shapely.get_coordinates(one), DIGITS).tolist() for one in shapely.get_parts(joined)]
            features.append(
                {
                    "type": "Feature",
                    "geometry": {"type": "MultiLineString", "coordinates": lines},
                    "properties": {
                        "row": ROAD_CLASSES[number], "limit_kmh": float(limit), "road": None, "minutes": None,
                    },
                }
            )  # fmt: skip
    left = np.setdiff1d(arcs, drawn, assume_unique=True)
    return MapLines(features, float(roads.arc_m[left].sum()) / 1000.0)


def _drawn_classes(roads: RoadMap, arcs: np.ndarray[Any, Any], most: int) -> list[int]:
    """Classes that are drawn: in their order, as long as there is room for all of the class; at least one."""
    counts = np.bincount(roads.arc_class[arcs], minlength=len(ROAD_CLASSES))
    there = np.flatnonzero(counts)
    room = np.cumsum(counts[there]) <= most
    room[0] = True
    return [int(one) for one in there[room]]
