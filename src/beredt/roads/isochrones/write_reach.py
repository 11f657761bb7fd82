"""Reach written for maps: GeoJSON in degrees, or a GeoPackage with one layer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from beredt.errors import OptionError
from beredt.roads.isochrones.reach_area import ReachArea

GEOJSON, GEOPACKAGE = (".geojson", ".json"), ".gpkg"
DIGITS = 6
LAYER = "reach"
_DATE = "2000-01-01T00:00:00.000Z"


def as_geojson(areas: Sequence[ReachArea], about: Mapping[str, Any]) -> dict[str, Any]:
    """A collection with the widest reach first, so that programs that draw in this order show all of them."""
    from shapely import set_precision
    from shapely.geometry import mapping

    ordered = sorted(areas, key=lambda area: (-area.minutes, area.origin))
    return {
        "type": "FeatureCollection",
        "about": dict(about),
        "features": [
            {
                "type": "Feature",
                "properties": area.row(),
                "geometry": mapping(set_precision(area.shape, 10.0**-DIGITS, mode="pointwise")),
            }
            for area in ordered
        ],
    }


def write_reach(path: Path, areas: Sequence[ReachArea], about: Mapping[str, Any]) -> None:
    """Write `.geojson` or `.gpkg`; an earlier file is replaced. Raises OptionError for another ending."""
    if path.suffix in GEOJSON:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(as_geojson(areas, about), ensure_ascii=False), encoding="utf-8")
    elif path.suffix == GEOPACKAGE:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_geopackage(path, areas)
    else:
        raise OptionError("--out", str(path), "the file is of no known form", "let it end in .geojson or .gpkg")


def _write_geopackage(path: Path, areas: Sequence[ReachArea]) -> None:
    import pyogrio
    import shapely
    from pyogrio.raw import write

    path.unlink(missing_ok=True)
    ordered = sorted(areas, key=lambda area: (-area.minutes, area.origin))
    columns = {
        "origin": np.array([area.origin for area in ordered], dtype=object),
        **{
            name: np.array([np.nan if area.row()[name] is None else area.row()[name] for area in ordered], dtype=float)
            for name in ("minutes", "km2", "people", "road_km")
        },
    }
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _DATE})  # the same bytes every time
    try:
        write(
            str(path),
            geometry=shapely.to_wkb(np.array([area.shape for area in ordered], dtype=object), byte_order=1),
            field_data=list(columns.values()),
            fields=np.array(list(columns), dtype=object),
            layer=LAYER,
            driver="GPKG",
            geometry_type="MultiPolygon",
            crs="EPSG:4326",
            dataset_options={"VERSION": "1.3"},
            layer_options={"GEOMETRY_NAME": "geom", "SPATIAL_INDEX": "YES"},
        )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
