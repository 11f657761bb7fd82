"""Write what can be drawn on a map as one GeoPackage, which QGIS opens as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from beredt.report.context import ReportContext
from beredt.report.figures.area_cells import GRID, grid_corners
from beredt.report.geopackage.area_columns import area_columns

DEGREES = "EPSG:4326"
NORWAY = (57.0, 4.0, 72.0, 32.0)
"""South, west, north and east (degrees) of where the national grid is used; elsewhere the file is in degrees."""

_DATE = "2000-01-01T00:00:00.000Z"
"""Written as the date of every layer, so that the same results have the same bytes."""

Columns = Mapping[str, NDArray[Any]]


def write_geopackage(path: Path, ctx: ReportContext) -> None:
    """Write the layers areas, stations, standby_points, municipalities and districts.

    All are in UTM zone 33 (EPSG:25833), in which areas are true squares of the national grid; a study outside Norway
    is written in degrees (EPSG:4326). An earlier file is replaced.
    """
    crs = _crs(ctx)
    path.unlink(missing_ok=True)
    squares: Any = shapely.polygons(grid_corners(ctx.study.service.areas))
    layers: list[tuple[str, str, NDArray[Any], Columns]] = [
        ("areas", "Polygon", _moved(squares, GRID, crs), area_columns(ctx)),
        ("stations", "Point", *_points(_stations(ctx), crs)),
        ("standby_points", "Point", *_points(_standby_points(ctx), crs)),
        ("municipalities", "MultiPolygon", *_outlines(ctx, ("municipality", "neighbour"), crs)),
        ("districts", "MultiPolygon", *_outlines(ctx, ("district",), crs)),
    ]
    with _fixed_date():
        for number, (name, kind, shapes, columns) in enumerate(layers):
            _write_layer(path, name, kind, shapes, columns, crs, append=number > 0)


def _crs(ctx: ReportContext) -> str:
    region = ctx.study.settings.study.region
    south, west, north, east = NORWAY
    inside = region.south >= south and region.west >= west and region.north <= north and region.east <= east
    return GRID if inside else DEGREES


@contextmanager
def _fixed_date() -> Iterator[None]:
    """GDAL writes the date of a layer's last change; while this holds it writes the same one always."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _DATE})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _write_layer(
    path: Path, name: str, kind: str, shapes: NDArray[Any], columns: Columns, crs: str, *, append: bool
) -> None:
    from pyogrio.raw import write

    write(
        os.fspath(path),
        geometry=shapely.to_wkb(shapes, byte_order=1),
        field_data=list(columns.values()),
        fields=np.array(list(columns), dtype=object),
        layer=name,
        driver="GPKG",
        geometry_type=kind,
        crs=crs,
        append=append,
        dataset_options={"VERSION": "1.3"},
        layer_options={"GEOMETRY_NAME": "geom", "SPATIAL_INDEX": "YES"},
    )


def _moved(shapes: NDArray[Any], source: str, target: str) -> NDArray[Any]:
    from pyproj import Transformer

    if source == target:
        return shapes
    transformer = Transformer.from_crs(source, target, always_xy=True)

    def move(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack(transformer.transform(places[:, 0], places[:, 1]), axis=1)

    moved: NDArray[Any] = shapely.transform(shapes, move)
    return moved


Place = dict[str, Any]


def _points(rows: list[Place], crs: str) -> tuple[NDArray[Any], Columns]:
    places = shapely.points([row["lon"] for row in rows], [row["lat"] for row in rows])
    names = list(rows[0]) if rows else ["alternative", "id", "name"]
    columns = {
        name: np.array([row[name] for row in rows], dtype=np.int32 if name in ("units", "keep_home") else object)
        for name in names
        if name not in ("lat", "lon")
    }
    return _moved(np.atleast_1d(places), DEGREES, crs), columns


def _stations(ctx: ReportContext) -> list[Place]:
    """A row for every station of every alternative that was run."""
    rows = []
    for one in ctx.alternatives:
        service = ctx.names.services[one]
        for station in service.stations:
            rows.append(
                {
                    "alternative": one,
                    "id": station.id,
                    "name": station.name,
                    "organisation": ctx.names.get("organisations", station.organisation),
                    "centre": ctx.names.get("centres", station.centre),
                    "units": sum(unit.station == station.id for unit in service.units),
                    "basis": station.basis,
                    "lat": station.lat,
                    "lon": station.lon,
                }
            )
    return rows


def _standby_points(ctx: ReportContext) -> list[Place]:
    return [
        {
            "alternative": one,
            "id": point.id,
            "name": point.name,
            "centre": ctx.names.get("centres", point.centre),
            "lat": point.lat,
            "lon": point.lon,
        }
        for one in ctx.alternatives
        for point in ctx.names.services[one].standby_points
    ]


def _outlines(ctx: ReportContext, kinds: tuple[str, ...], crs: str) -> tuple[NDArray[Any], Columns]:
    features = [one for one in ctx.study.outlines["features"] if one["properties"]["kind"] in kinds]
    shapes = [shapely.multipolygons(shapely.get_parts(_polygons(one["geometry"]))) for one in features]
    columns = {
        key: np.array([str(one["properties"].get(key, "")) for one in features], dtype=object)
        for key in ("id", "name", "kind")
    }
    return _moved(np.array(shapes, dtype=object), DEGREES, crs), columns


def _polygons(geometry: dict[str, Any]) -> Any:
    """The areas of an outline; lines and points that mending leaves behind are dropped."""
    mended = shapely.make_valid(shapely.force_2d(shape(geometry)))
    parts = [part for part in shapely.get_parts(mended) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)
