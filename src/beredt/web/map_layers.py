"""The map of a study as GeoJSON: squares where people live, outlines, and main roads.

1. H. Butler et al., The GeoJSON Format, RFC 7946 (2016). doi 10.17487/RFC7946
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.demand.border_distance import border_distance_km
from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.model.area import Area
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.report.figures.area_cells import GRID, grid_corners
from beredt.web.acute_drive import nearest_stations
from beredt.web.open_study import BaseRoads

F8 = NDArray[np.float64]
Feature = dict[str, Any]

DIGITS = 5
"""Of a degree: about a metre."""
MOST_ROAD_PIECES = 20_000
"""Of a map, stretches of road that are drawn: the map is sent before anything else is."""
OLD = ("70-79", "80-89", "90+")


def map_of(study: Study, roads: BaseRoads | None) -> dict[str, Any]:
    """All layers, the fields of `MapOut`. Without roads nobody is nearest."""
    areas = study.service.areas
    return {
        "fingerprint": study.fingerprint,
        "order": [area.id for area in areas],
        "areas": _collection(_cells(study, roads)),
        "outlines": _collection(_outlines(study.outlines)),
        "roads": _collection(_roads(study)),
        "band_km": study.service.misrouting.band_km,
    }


def _cells(study: Study, roads: BaseRoads | None) -> Iterator[Feature]:
    """One square for each area; its id is the area's number."""
    service = study.service
    rings = square_rings(service.areas)
    people, old, incidents = _people_and_incidents(study)
    border_km = border_distance_km(service)
    nearest = nearest_stations(service, roads) if roads is not None and service.areas else None
    for number, area in enumerate(service.areas):
        station = int(nearest.station[number]) if nearest else -1
        yield {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "Polygon", "coordinates": [rings[number]]},
            "properties": {
                "area": area.id,
                "municipality": area.municipality,
                "district": area.district,
                "urban": area.urban,
                "centre": area.centre,
                "organisation": area.organisation,
                "people": round(float(people[number]), 1),
                "people_70": round(float(old[number]), 1),
                **{
                    f"incidents_{urgency.lower()}": round(float(incidents[number, u]), 2)
                    for u, urgency in enumerate(URGENCIES)
                },
                "border_km": kilometres(border_km[number]),
                "station": service.stations[station].id if station >= 0 else None,
                "drive_s": round(float(nearest.seconds[number])) if nearest and station >= 0 else None,
            },
        }


def _people_and_incidents(study: Study) -> tuple[F8, F8, F8]:
    """People, people of 70 and more, and expected incidents a year by urgency, of every area.

    A study of a call trace has no people and no rates: all are 0 there.
    """
    areas = study.service.areas
    if study.settings.demand.source != "rates":
        return np.zeros(len(areas)), np.zeros(len(areas)), np.zeros((len(areas), len(URGENCIES)))
    by_age = people_by_age(areas, study.population, study.age_shares, study.settings.study.year)
    old = by_age[:, [AGE_BANDS.index(band) for band in OLD]].sum(axis=1)
    return by_age.sum(axis=1), old, yearly_incidents(study.service, by_age)


def kilometres(distance: float) -> float | None:
    """A distance as JSON has it: infinite is null."""
    return round(float(distance), 2) if np.isfinite(distance) else None


def square_rings(areas: Sequence[Area]) -> list[list[list[float]]]:
    """The closed ring of every area's square, degrees (longitude, latitude), against the clock as GeoJSON asks."""
    if not areas:
        return []
    from pyproj import Transformer

    corners = grid_corners(areas)
    to_degrees = Transformer.from_crs(GRID, "EPSG:4326", always_xy=True)
    lon, lat = to_degrees.transform(corners[:, :, 0], corners[:, :, 1])
    rings = np.round(np.stack([lon, lat], axis=2), DIGITS)
    closed: list[list[list[float]]] = np.concatenate([rings, rings[:, :1]], axis=1).tolist()
    return closed


def _outlines(outlines: Mapping[str, Any]) -> Iterator[Feature]:
    """Municipalities, neighbours, districts and water as the study draws them, to about a metre."""
    for number, feature in enumerate(outlines.get("features", ())):
        geometry = feature["geometry"]
        yield {
            "type": "Feature",
            "id": number,
            "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
            "properties": {key: feature["properties"].get(key) for key in ("kind", "id", "name")},
        }


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list | tuple):
        return [_rounded(one) for one in coordinates]
    return round(float(coordinates), DIGITS)


def _roads(study: Study) -> Iterator[Feature]:
    """Main roads: those of a map as they wind, else straight lines between the places that they join."""
    if study.road_map is not None:
        yield from _roads_of_map(study)
        return
    if study.links.is_empty():
        return
    at = {place: (lon, lat) for place, lat, lon in study.places.select("id", "lat", "lon").iter_rows()}
    for number, link in enumerate(study.links.iter_rows(named=True)):
        ends = [at[link["from_place"]], at[link["to_place"]]]
        yield {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "LineString", "coordinates": _rounded(ends)},
            "properties": {
                "road": link["road"],
                "km": round(float(link["km"]), 2),
                "minutes": round(float(link["minutes"] * link["factor"]), 2),
                "joined": bool(link["join_km"] > 0),
            },
        }


def _roads_of_map(study: Study) -> Iterator[Feature]:
    """The larger roads of the map, one feature for each class and limit."""
    from beredt.roads.imported.folder import load_roads
    from beredt.web.roads.map_lines import map_lines

    for number, line in enumerate(map_lines(load_roads(study.folder).roads, MOST_ROAD_PIECES).features):
        properties = {"road": line["properties"]["row"], "km": None, "minutes": None, "joined": True}
        yield {"type": "Feature", "id": number, "geometry": line["geometry"], "properties": properties}


def _collection(features: Iterator[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
