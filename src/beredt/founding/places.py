"""Ambulance stations and hospitals as OpenStreetMap knows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from beredt.founding.borders import Municipality, slug

NEARBY_KM = 30.0
"""Hospitals outside the municipalities still take their patients, up to this distance from the land."""
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a slug of its own; degrees. `municipality` is None outside the study."""

    id: str
    name: str
    lat: float
    lon: float
    municipality: str | None
    tags: dict[str, str]


def read_places(
    path: Path, municipalities: Sequence[Municipality], near_km: float = 0.0, default_name: str = "place"
) -> tuple[Place, ...]:
    """Places in the municipalities, or within `near_km` of them, sorted by id.

    A place that was mapped as several things under one name within a kilometre is told once. One without a name is
    called after its municipality.
    """
    found = []
    whole = shapely.union_all([one.land for one in municipalities])
    for element in json.loads(path.read_bytes()).get("elements", []):
        at = element.get("center", element)
        if "lat" not in at or "lon" not in at:
            continue
        point = shapely.Point(at["lon"], at["lat"])
        home = next((one for one in municipalities if shapely.intersects(one.land, point)), None)
        if home is None and not (near_km and shapely.distance(whole, point) * KM_PER_DEGREE <= 2 * near_km):
            continue
        if home is None and _km_to(whole, point) > near_km:
            continue
        tags = {str(key): str(value) for key, value in element.get("tags", {}).items()}
        name = tags.get("name") or tags.get("official_name") or f"{home.name if home else 'Outside'} {default_name}"
        found.append((name, round(at["lat"], 6), round(at["lon"], 6), home.id if home else None, tags))
    return _with_ids(_once(sorted(found, key=lambda one: one[:3])))


def is_hospital_with_emergency(place: Place) -> bool:
    """Whether patients may be taken there: said to have an emergency department, or not said to have none."""
    return place.tags.get("emergency", "yes") != "no" and place.tags.get("amenity", "hospital") == "hospital"


def _km_to(land: shapely.Geometry, point: shapely.Point) -> float:
    from pyproj import Geod

    _, near = shapely.get_coordinates(shapely.shortest_line(point, land))
    _, _, metres = Geod(ellps="WGS84").inv(point.x, point.y, near[0], near[1])
    return float(metres) / 1000


def _once(found: list[tuple[str, float, float, str | None, dict[str, str]]]) -> list[Any]:
    kept: list[Any] = []
    for one in found:
        same = [other for other in kept if other[0] == one[0] and _near(other, one)]
        if not same:
            kept.append(one)
    return kept


def _near(one: Any, other: Any) -> bool:
    return bool(abs(one[1] - other[1]) * KM_PER_DEGREE < 1.0 and abs(one[2] - other[2]) * KM_PER_DEGREE < 2.0)


def _with_ids(found: list[Any]) -> tuple[Place, ...]:
    taken: dict[str, int] = {}
    places = []
    for name, lat, lon, municipality, tags in found:
        base = slug(name)[:60]
        taken[base] = taken.get(base, 0) + 1
        places.append(Place(base if taken[base] == 1 else f"{base}-{taken[base]}", name, lat, lon, municipality, tags))
    return tuple(sorted(places, key=lambda one: one.id))
