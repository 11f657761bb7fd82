"""People near a border: between two municipalities on the map, or between centres as the simulation sees it."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import shape

from beredt.decision.group_measures import F8
from beredt.decision.near_border import share_near_shared_border, share_within
from beredt.demand.border_distance import border_distance_km, distance_between_km
from beredt.model.service import Service
from beredt.model.study import Study


def people_near_border(study: Study, people: F8, one: str, other: str, within_km: float) -> float:
    """People of two municipalities (ids) within some kilometres of the border between them, both sides together.

    Args:
        study: Areas and outlines.
        people: float64 (areas,).
        one: Municipality on one side.
        other: Municipality on the other side.
        within_km: How far from the border, at least 0.
    """
    return float((people * share_near_border(study, one, other, within_km)).sum())


def share_near_border(study: Study, one: str, other: str, within_km: float) -> F8:
    """Which part of each area lies in one of two municipalities and near the border between them, float64 (areas,).

    The border is what the outlines of the two share, see `near_border`; where the study lacks one of them, it is the
    edge of the nearest area on the other side.
    """
    areas = study.service.areas
    municipality = np.array([area.municipality for area in areas])
    outlines = find_outline(study, one), find_outline(study, other)
    if outlines[0] is not None and outlines[1] is not None:
        here = (municipality == one) | (municipality == other)
        return share_near_shared_border(areas, here, (outlines[0], outlines[1]), within_km)
    distance: F8 = np.full(len(areas), np.inf)
    for side, across in ((one, other), (other, one)):
        inside = municipality == side
        distance[inside] = distance_between_km(areas, municipality == across)[inside]
    return share_within(distance, areas, within_km)


def people_near_other_centre(service: Service, people: F8, within_km: float) -> dict[str, float]:
    """People per centre who live within some kilometres of another centre's areas, measured as for misrouted calls."""
    near = border_distance_km(service) <= within_km
    centre = np.array([area.centre for area in service.areas])
    return {one.id: float(people[near & (centre == one.id)].sum()) for one in service.centres}


def find_outline(study: Study, municipality: str) -> shapely.Geometry | None:
    """The outline of a municipality in degrees, None where the study has none."""
    for feature in study.outlines.get("features", ()):
        if feature["properties"]["kind"] == "municipality" and feature["properties"]["id"] == municipality:
            return shape(feature["geometry"])
    return None
