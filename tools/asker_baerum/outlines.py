"""Outlines for screens and reports: municipalities, districts, neighbours and the fjord, in few points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from tools.asker_baerum.asker_parts import asker_part_polygon
from tools.asker_baerum.regions import ASKER_PARTS, MUNICIPALITIES, OSLO_DISTRICTS, THROUGH_COUNTRY

TOLERANCE_M = 60.0
SMALLEST_PART_M2 = 30_000.0
WATER_BOX = (10.15, 59.48, 10.85, 59.93)
"""West, south, east, north (degrees): where the fjord is drawn."""
SMALLEST_WATER_M2 = 2_000_000.0
DECIMALS = 5
_UTM = pyproj.Transformer.from_crs(4326, 25833, always_xy=True)


def outlines(municipalities: Path, country: Path, oslo_districts: dict[str, shapely.Geometry]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection; every feature has kind (municipality, district, neighbour, water), id and name."""
    land = _read_municipalities(municipalities)
    features = [_feature("municipality", name[0], name[1], land[number]) for number, name in MUNICIPALITIES.items()]
    oslo = land["0301"]
    ids = [name[0] for name in OSLO_DISTRICTS.values()]
    simple = shapely.coverage_simplify([_metres(oslo_districts[key]) for key in ids], TOLERANCE_M)
    for key, (_, name) in zip(ids, OSLO_DISTRICTS.values(), strict=True):
        features.append(_feature("district", key, name, shapely.intersection(simple[ids.index(key)], oslo)))
    for key, name in ASKER_PARTS.items():
        part = shapely.intersection(land["3203"], _metres(asker_part_polygon(key)))
        features.append(_feature("district", key, name, part))
    for number, name in THROUGH_COUNTRY.items():
        features.append(_feature("neighbour", name.lower().replace("å", "a").replace("æ", "ae"), name, land[number]))
    features.append(_feature("water", "fjord", "Oslofjorden og Drammensfjorden", _water(country)))
    return {"type": "FeatureCollection", "features": features}


def write_outlines(collection: dict[str, Any], path: Path) -> None:
    """One feature per line, so that a change shows as a line."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in collection["features"]
    )
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def _read_municipalities(path: Path) -> dict[str, shapely.Geometry]:
    """Municipality number → land (EPSG:25833)."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    return {
        feature["properties"]["kommunenummer"]: _metres(
            shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
        )
        for feature in collection["features"]
    }


def _water(country: Path) -> shapely.Geometry:
    """What no municipality's land covers, seen from above; slits between simplified borders are closed."""
    box = _metres(shapely.segmentize(shapely.box(*WATER_BOX), 0.05))
    land = shapely.union_all(
        [shape for shape in _read_municipalities(country).values() if shapely.intersects(shape, box)]
    )
    closed = shapely.buffer(shapely.buffer(land, 150.0), -150.0)
    water = shapely.difference(box, closed)
    parts = [part for part in shapely.get_parts(water) if part.area >= SMALLEST_WATER_M2]
    return shapely.simplify(shapely.union_all(parts), TOLERANCE_M)


def _metres(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: np.column_stack(_UTM.transform(points[:, 0], points[:, 1])))


def _degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = _UTM.transform(points[:, 0], points[:, 1], direction="INVERSE")
    return np.round(np.column_stack([lon, lat]), DECIMALS)


def _feature(kind: str, key: str, name: str, shape: shapely.Geometry) -> dict[str, Any]:
    parts = [part for part in shapely.get_parts(shapely.make_valid(shape)) if part.geom_type == "Polygon"]
    large = [part for part in parts if part.area >= SMALLEST_PART_M2] or parts
    whole = shapely.transform(shapely.MultiPolygon(large), _degrees)
    geometry = json.loads(shapely.to_geojson(shapely.normalize(shapely.make_valid(whole))))
    return {"type": "Feature", "properties": {"kind": kind, "id": key, "name": name}, "geometry": geometry}
