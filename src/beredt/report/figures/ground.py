"""The quiet ground of every map: land, water, borders and main roads, in greys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import box, shape

from beredt.model.study import Study
from beredt.report import theme
from beredt.report.figures.projection import F8, Projection, projection_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEPS = 500
"""Shapes are drawn to one part in this many of the sheet's width: finer than a reader sees."""


_ROOM = 0.04
"""Room around what a sheet is about, as a share of its longer side."""
_NEAR_KM = 6.0
_SHORTEST = 8
"""Lines shorter than this many steps are crumbs of islands, not borders."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A piece of the map: where it is, and what lies on it.

    `west`, `south`, `east`, `north` in km on the projection. `land`, `water` are rings, `borders`, `lesser` (districts)
    and `roads` lines, each float64 (n, 2) in km.
    """

    projection: Projection
    west: float
    south: float
    east: float
    north: float
    land: tuple[F8, ...]
    water: tuple[F8, ...]
    borders: tuple[F8, ...]
    lesser: tuple[F8, ...]
    roads: tuple[F8, ...]

    @property
    def height_for(self) -> float:
        """Height of the sheet as a share of its width."""
        return (self.north - self.south) / (self.east - self.west)

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies on the sheet."""
        return self.west <= x <= self.east and self.south <= y <= self.north


def make_sheet(study: Study, cells: F8) -> Sheet:
    """The sheet on which these cells (A, 4, 2) lie, with a little room around them."""
    places = np.concatenate([cells.reshape(-1, 2), _near_stations(study, cells)])
    room = _ROOM * max(np.ptp(places[:, 0]), np.ptp(places[:, 1]))
    west, south = (float(v) - room for v in places.min(axis=0))
    east, north = (float(v) + room for v in places.max(axis=0))
    projection = projection_of(study.settings.study.region)
    window = box(west, south, east, north)
    step = (east - west) / _STEPS

    def shapes(*kinds: str) -> list[Any]:
        return [
            _projected(shape(feature["geometry"]), projection)
            for feature in study.outlines["features"]
            if feature["properties"]["kind"] in kinds
        ]

    land, lesser, water = shapes("municipality", "neighbour"), shapes("district"), shapes("water")
    # A little wider than the water: a shore is told by its colour, and needs no line.
    sea = shapely.union_all(water).buffer(2.0 * step)
    return Sheet(
        projection, west, south, east, north,
        land=_rings(land, window, step),
        water=_rings(water, window, step),
        borders=_lines((one.boundary for one in land), window, step, sea),
        lesser=_lines((one.boundary for one in lesser), window, step, sea),
        roads=_lines(_roads(study, projection), window, step),
    )  # fmt: skip


def _near_stations(study: Study, cells: F8) -> F8:
    """Stations in the cells' neighbourhood, float64 (n, 2): what helps them should be on their map."""
    x, y = projection_of(study.settings.study.region).xy(
        [one.lat for one in study.service.stations], [one.lon for one in study.service.stations]
    )
    (west, south), (east, north) = cells.reshape(-1, 2).min(axis=0), cells.reshape(-1, 2).max(axis=0)
    near = (x > west - _NEAR_KM) & (x < east + _NEAR_KM) & (y > south - _NEAR_KM) & (y < north + _NEAR_KM)
    return np.stack([x[near], y[near]], axis=1)


def draw_ground(axes: Axes, sheet: Sheet, *, over: bool = False) -> None:
    """Draw the ground; with `over`, only the borders, to lie above coloured areas."""
    from matplotlib.collections import LineCollection, PolyCollection

    if not over:
        axes.add_collection(PolyCollection(sheet.land, facecolor=theme.LAND.light, edgecolor="none", zorder=1))
        axes.add_collection(PolyCollection(sheet.water, facecolor=theme.WATER.light, edgecolor="none", zorder=1.2))
        axes.add_collection(LineCollection(sheet.roads, colors=theme.ROAD.light, linewidths=0.9, zorder=1.4))
    axes.add_collection(LineCollection(sheet.lesser, colors=theme.EDGE.light, linewidths=0.35, zorder=3))
    axes.add_collection(LineCollection(sheet.borders, colors=theme.QUIET.light, linewidths=0.6, zorder=3))
    axes.set_xlim(sheet.west, sheet.east)
    axes.set_ylim(sheet.south, sheet.north)
    axes.set_aspect("equal")


def _projected(geometry: Any, projection: Projection) -> Any:
    def move(degrees: F8) -> F8:
        return np.stack(projection.xy(degrees[:, 1], degrees[:, 0]), axis=1)

    return shapely.make_valid(shapely.transform(shapely.force_2d(geometry), move))


def _rings(geometries: Iterable[Any], window: Any, step: float) -> tuple[F8, ...]:
    rings: list[F8] = []
    for geometry in geometries:
        for part in shapely.get_parts(geometry.intersection(window).simplify(step)):
            if part.geom_type == "Polygon" and not part.is_empty:
                rings.append(np.asarray(part.exterior.coords, dtype=np.float64))
    return tuple(rings)


def _lines(geometries: Iterable[Any], window: Any, step: float, sea: Any = None) -> tuple[F8, ...]:
    """Lines inside the window and out of the sea; what neighbours share is drawn once."""
    # On a grid, since neighbours' outlines of the same border would otherwise never quite be the same line.
    joined = shapely.union_all([shapely.set_precision(one, 0.005) for one in geometries])
    joined = joined.intersection(window) if sea is None else joined.intersection(window).difference(sea)
    parts = shapely.get_parts(joined)
    merged = shapely.line_merge(shapely.union_all([p for p in parts if p.geom_type == "LineString"]))
    return tuple(
        np.asarray(part.coords, dtype=np.float64)
        for part in shapely.get_parts(merged.simplify(step))
        if part.geom_type == "LineString" and part.length > _SHORTEST * step
    )


def _roads(study: Study, projection: Projection) -> list[Any]:
    places = {row["id"]: (row["lat"], row["lon"]) for row in study.places.iter_rows(named=True)}
    ends = [(places[a], places[b]) for a, b in study.links.select("from_place", "to_place").iter_rows()]
    return [shapely.LineString(np.stack(projection.xy([a[0], b[0]], [a[1], b[1]]), axis=1)) for a, b in ends if a != b]
