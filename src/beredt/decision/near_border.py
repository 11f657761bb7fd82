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
POINT_M = 250
"""People of areas up to this width are taken to live at their point; those of wider ones spread over the width."""


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
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    around = (float(lat.mean()), float(lon.mean()))

    def flat(degrees: F8) -> F8:
        return flat_km(degrees[:, 1], degrees[:, 0], around)

    one, other = (shapely.buffer(shapely.make_valid(shapely.transform(o, flat)), TOLERANCE_KM) for o in outlines)
    border = shapely.intersection(one, other)
    if shapely.is_empty(border):
        return 0.0
    distance = np.asarray(shapely.distance(shapely.points(flat_km(lat[here], lon[here], around)), border))
    size_m = np.array([area.size_m for area in areas])[here]
    spread = np.clip((within_km - distance) / (size_m / 1000.0) + 0.5, 0.0, 1.0)
    share = np.where(size_m <= POINT_M, distance <= within_km, spread)
    return float((people[here] * share).sum())
