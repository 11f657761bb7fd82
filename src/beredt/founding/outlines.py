"""Outlines of municipalities for screens and reports, in few points."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import shapely

from beredt.founding.borders import Municipality

TOLERANCE_M = 60.0
SMALLEST_PART_M2 = 30_000.0
DECIMALS = 5
UTM = 25833


def outlines_of(municipalities: Sequence[Municipality], grid: int = UTM) -> str:
    """A GeoJSON FeatureCollection as text, a feature a line: kind, id and name of each municipality.

    `grid`: EPSG number of the metres in which shapes are made simpler.
    """
    from pyproj import Transformer

    turn = Transformer.from_crs(4326, grid, always_xy=True)

    def metres(points: np.ndarray) -> np.ndarray:
        return np.column_stack(turn.transform(points[:, 0], points[:, 1]))

    def degrees(points: np.ndarray) -> np.ndarray:
        lon, lat = turn.transform(points[:, 0], points[:, 1], direction="INVERSE")
        return np.round(np.column_stack([lon, lat]), DECIMALS)

    lines = []
    for one in municipalities:
        shape = shapely.simplify(shapely.transform(one.land, metres), TOLERANCE_M)
        parts = [part for part in shapely.get_parts(shapely.make_valid(shape)) if part.geom_type == "Polygon"]
        large = [part for part in parts if part.area >= SMALLEST_PART_M2] or parts
        whole = shapely.make_valid(shapely.transform(shapely.MultiPolygon(large), degrees))
        feature = {
            "type": "Feature",
            "properties": {"kind": "municipality", "id": one.id, "name": one.name},
            "geometry": json.loads(shapely.to_geojson(shapely.normalize(whole))),
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
