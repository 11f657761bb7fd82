"""People near a border: between two municipalities on the map, or between centres as the simulation sees it."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from beredt.decision.group_measures import F8
from beredt.demand.border_distance import border_distance_km, distance_between_km
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.flat import flat_km


def people_near_border(study: Study, people: F8, one: str, other: str, within_km: float) -> float:
    """People of two municipalities (ids) within some kilometres of the other one, both sides together.

    An area's people are taken to live spread over its width, so an area that the limit cuts counts in part. The
    distance is to the other municipality's outline, or, without outlines, to the edge of its nearest area.

    Args:
        study: Areas and outlines.
        people: float64 (areas,).
        one: Municipality on one side.
        other: Municipality on the other side.
        within_km: How far from the border, at least 0.
    """
    municipality = np.array([area.municipality for area in study.service.areas])
    total = 0.0
    for here, there in ((one, other), (other, one)):
        inside = municipality == here
        share = share_within(_distance_to_km(study, there), study.service, within_km)
        total += float((people * share)[inside].sum())
    return total


def people_near_other_centre(service: Service, people: F8, within_km: float) -> dict[str, float]:
    """People per centre who live within some kilometres of another centre's areas, measured as for misrouted calls."""
    near = border_distance_km(service) <= within_km
    centre = np.array([area.centre for area in service.areas])
    return {one.id: float(people[near & (centre == one.id)].sum()) for one in service.centres}


def share_within(distance_km: F8, service: Service, within_km: float) -> F8:
    """Which part of each area lies within the limit: 0 to 1, half where its centre lies on it.

    People are taken to live spread over the width of their area.

    Args:
        distance_km: float64 (areas,), at least 0, infinite where nothing is near.
        service: whose areas they are.
        within_km: the limit.
    """
    width_km = np.array([area.size_m / 1000.0 for area in service.areas])
    share: F8 = np.clip((within_km - distance_km) / width_km + 0.5, 0.0, 1.0)
    return share


def _distance_to_km(study: Study, municipality: str) -> F8:
    areas = study.service.areas
    outline = find_outline(study, municipality)
    if outline is None:
        return distance_between_km(areas, np.array([area.municipality == municipality for area in areas]))
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    around = (float(lat.mean()), float(lon.mean()))

    def flat(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        return flat_km(degrees[:, 1], degrees[:, 0], around)

    return np.asarray(shapely.distance(shapely.points(flat_km(lat, lon, around)), shapely.transform(outline, flat)))


def find_outline(study: Study, municipality: str) -> shapely.Geometry | None:
    """The outline of a municipality in degrees, None where the study has none."""
    for feature in study.outlines.get("features", ()):
        if feature["properties"]["kind"] == "municipality" and feature["properties"]["id"] == municipality:
            return shape(feature["geometry"])
    return None
