"""How much of every area lies within some kilometres of another centre."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import shapely

from beredt.decision.border_people import find_outline
from beredt.decision.group_measures import F8
from beredt.decision.near_border import TOLERANCE_KM
from beredt.demand.border_distance import distance_between_km
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.flat import flat_km

Side = tuple[str, str]
"""A side of a border: the centre that is responsible there, and the other one."""


def distance_to_centres_km(study: Study, service: Service) -> dict[Side, F8]:
    """Distance from the areas of a centre to another centre, for every pair of centres, both ways.

    The distance is to the outlines of the municipalities that are wholly the other centre's, and to the edges of its
    other areas: the same measure as that of people near a border between municipalities, with a border as wide.

    Returns:
        By side, float64[areas] km, at least 0; infinite for areas that are not the side's own.
    """
    own = {one.id: np.array([area.centre == one.id for area in service.areas]) for one in service.centres}
    distances = {centre: _distance_km(study, service, centre) for centre in own if own[centre].any()}
    return {(here, there): np.where(own[here], distances[there], np.inf) for here, there in permutations(distances, 2)}


def nearest_other_km(distances: dict[Side, F8], areas: int) -> F8:
    """Distance from each area to the nearest other centre, float64[areas] km; infinite where there is none."""
    nearest = np.full(areas, np.inf)
    for distance_km in distances.values():
        nearest = np.minimum(nearest, distance_km)
    return nearest


def _distance_km(study: Study, service: Service, centre: str) -> F8:
    """Distance from every area to one centre, float64[areas] km."""
    areas = service.areas
    whole = _whole_municipalities(service, centre)
    outlines = [find_outline(study, one) for one in sorted(whole)]
    drawn = [one for one in outlines if one is not None]
    if len(drawn) < len(outlines):
        whole, drawn = set(), []
    rest = np.array([area.centre == centre and area.municipality not in whole for area in areas])
    distance = distance_between_km(areas, rest)
    if not drawn:
        return distance
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    around = (float(lat.mean()), float(lon.mean()))
    land = shapely.transform(shapely.union_all(drawn), lambda degrees: flat_km(degrees[:, 1], degrees[:, 0], around))
    to_land: F8 = np.asarray(shapely.distance(shapely.points(flat_km(lat, lon, around)), land))
    return np.minimum(distance, np.maximum(to_land - TOLERANCE_KM, 0.0))


def _whole_municipalities(service: Service, centre: str) -> set[str]:
    """Municipalities of which every area is this centre's."""
    found = {area.municipality for area in service.areas if area.centre == centre}
    return found - {area.municipality for area in service.areas if area.centre != centre}
