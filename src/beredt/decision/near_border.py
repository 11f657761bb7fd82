"""People within some kilometres of the border that two municipalities share.

Outlines of neighbours never meet exactly, and across water they may not meet at all: the border is what lies within
`TOLERANCE_KM` of both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from beredt.model.area import Area
from beredt.roads.flat import flat_km

F8 = NDArray[np.float64]

TOLERANCE_KM = 0.06
POINTS = 64
"""Points that stand for the square of a wide area."""

GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0
"""Points (n / POINTS, n · GOLDEN) are spread evenly seen from any side, not in rows: a lattice of rank 1."""

POINT_M = 250
"""People of areas up to this width, in metres, are taken to live at their point; those of wider ones spread."""


def people_near_shared_border(
    areas: Sequence[Area],
    people: F8,
    here: NDArray[np.bool_],
    outlines: tuple[shapely.Geometry, shapely.Geometry],
    within_km: float,
) -> float:
    """People of two municipalities near their border, both sides together.

    Args:
        areas: Areas of the study.
        people: [areas] people.
        here: [areas] whether an area lies in one of the two.
        outlines: Of the two, in degrees.
        within_km: How far from the border, at least 0.

    Returns:
        People, 0 where the two have no border.
    """
    return float((people * share_near_shared_border(areas, here, outlines, within_km)).sum())


def share_near_shared_border(
    areas: Sequence[Area],
    here: NDArray[np.bool_],
    outlines: tuple[shapely.Geometry, shapely.Geometry],
    within_km: float,
) -> F8:
    """Which part of each area's people lives within the limit of the border that two outlines share, float64[areas].

    People of areas wider than `POINT_M` are taken to live spread over a square about their point: where the limit may
    cut it, `POINTS` points of it are looked at. Areas that are not `here` have 0, as have all where there is no
    border.
    """
    share: F8 = np.zeros(len(areas))
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    around = (float(lat.mean()), float(lon.mean()))

    def flat(degrees: F8) -> F8:
        return flat_km(degrees[:, 1], degrees[:, 0], around)

    one, other = (shapely.make_valid(shapely.transform(outline, flat)) for outline in outlines)
    if float(shapely.distance(one, other)) > 2.0 * TOLERANCE_KM:
        return share
    border = shapely.intersection(shapely.buffer(one, TOLERANCE_KM), shapely.buffer(other, TOLERANCE_KM))
    size_m = np.array([area.size_m for area in areas])
    places = flat_km(lat, lon, around)
    distance = np.full(len(areas), np.inf)
    distance[here] = shapely.distance(shapely.points(places[here]), border)
    share[distance <= within_km] = 1.0
    reach_km = np.where(size_m > POINT_M, size_m / 1000.0 / np.sqrt(2.0), 0.0)
    cut = np.flatnonzero(np.abs(distance - within_km) < reach_km)
    number = np.arange(POINTS) + 0.5
    square = np.stack([number / POINTS, number * GOLDEN % 1.0], axis=1) - 0.5
    points = places[cut, np.newaxis] + square * (size_m[cut] / 1000.0)[:, np.newaxis, np.newaxis]
    share[cut] = (shapely.distance(shapely.points(points), border) <= within_km).mean(axis=1)
    return share


def share_within(distance_km: F8, areas: Sequence[Area], within_km: float) -> F8:
    """Which part of each area's people lives within a limit, of which only the distance to the point is known: 0 to 1.

    People of wide areas are taken to live spread over the width; half are within where the middle lies on the limit.

    Args:
        distance_km: float64 (areas,), at least 0, infinite where nothing is near.
        areas: whose distances they are.
        within_km: the limit.
    """
    size_m = np.array([area.size_m for area in areas])
    spread = np.clip((within_km - distance_km) / (size_m / 1000.0) + 0.5, 0.0, 1.0)
    share: F8 = np.where(size_m <= POINT_M, distance_km <= within_km, spread)
    return share
