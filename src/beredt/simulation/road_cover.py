"""What each base covers where roads are a graph. The demand points lie anywhere, such as the cells of a raster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from beredt.coverage.cover_sets import CoverSets, group_points, join_sets
from beredt.dispatch.world import F8
from beredt.roads.graph.paths import path_s
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.snap import nearest_access_node


class Places(NamedTuple):
    """Places on the ground, n of them, in degrees (WGS84)."""

    lon: F8  # [n]
    lat: F8  # [n]


class CoverClass(NamedTuple):
    """Urgencies that are covered alike: they drive alike and have the same time."""

    mode: int  # travel mode
    cover_s: float  # seconds of driving allowed
    per_day: float  # incidents


def cover_classes(mode: Sequence[int], cover_s: Sequence[float], per_day: Sequence[float]) -> tuple[CoverClass, ...]:
    """Put urgencies together that are covered alike, in the order of the first of each.

    Args:
        mode: travel mode by urgency.
        cover_s: seconds of driving allowed, by urgency.
        per_day: expected incidents a day, by urgency.
    """
    alike: dict[tuple[int, float], float] = {}
    for key, rate in zip(zip(mode, cover_s, strict=True), per_day, strict=True):
        alike[key] = alike.get(key, 0.0) + rate
    return tuple(CoverClass(*key, rate) for key, rate in alike.items())


def road_sets(graph: RoadGraph, bases: Places, points: Places, people: F8, classes: Iterable[CoverClass]) -> CoverSets:
    """Put demand points that the same bases cover into sets.

    A base covers a point for a class if the drive off the road, on it, and off it again takes at most `cover_s`. The
    incidents of a class are spread over all points, near and far, in proportion to people.

    Args:
        graph: the roads.
        bases: B places of bases.
        points: P demand points.
        people: (P,) ≥ 0, people at each point, or another measure in proportion to need.
        classes: urgencies that are covered alike, each with its travel mode; at least one.

    Raises:
        ValueError: nobody lives at any point.
    """
    everyone = float(people.sum())
    if not everyone > 0.0:
        raise ValueError(f"incidents cannot be spread over {people.size} demand points that have {everyone} people")
    base_node, base_km = nearest_access_node(graph, bases.lon, bases.lat)
    node, km = nearest_access_node(graph, points.lon, points.lat)
    nodes, at = np.unique(node, return_inverse=True)
    sets = []
    for mode, cover_s, per_day in classes:
        pace = graph.off_pace[mode]
        drive_s = np.ascontiguousarray((base_km * pace + path_s(graph, mode, base_node, nodes)).T)
        off_s = km * pace
        within = np.array([row[at] + off_s <= cover_s for row in drive_s], np.bool_).reshape(len(drive_s), len(at))
        grouped = group_points(within, people)
        sets.append(CoverSets(grouped.covers, grouped.weight * per_day / everyone))
    return join_sets(*sets)
