"""People in squares of 250 metres: where a table says that they live, or spread over the streets nearest to it."""

from __future__ import annotations

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

from beredt.founding.cells import CELL_M
from beredt.roads.imported.road_class import CLASS_NUMBER
from beredt.roads.imported.road_map import RoadMap

NORWAY = 25833
"""The national grid of Norway, on which maps of studies draw their squares."""
WEST, EAST, SOUTH, NORTH = 0.0, 32.0, 35.0, 82.0
"""Where it is used: in Europe, where its squares are at most some per cent too large."""
STREETS = tuple(CLASS_NUMBER[name] for name in ("residential", "living_street"))
F8 = NDArray[np.float64]


def grid_of(lat: float, lon: float) -> int:
    """EPSG number of the grid in metres for places around there: Norway's in Europe, else of the UTM zone."""
    if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
        return NORWAY
    zone = min(int((lon + 180) // 6) + 1, 60)
    return (32600 if lat >= 0 else 32700) + zone


def squares_of(lat: F8, lon: F8, people: F8, municipality: list[str], grid: int) -> pl.DataFrame:
    """Squares with the people of all places in them, as `read_cells` tells them.

    Columns: easting, northing (middle, metres of `grid`), lat, lon (of its people), municipality, people; sorted.
    """
    east, north = _metres(lat, lon, grid)
    weight = pl.col("people")
    return (
        pl.DataFrame(
            {
                "easting": (np.floor(east / CELL_M) * CELL_M + CELL_M / 2).astype(np.int64),
                "northing": (np.floor(north / CELL_M) * CELL_M + CELL_M / 2).astype(np.int64),
                "lat": lat, "lon": lon, "municipality": municipality, "people": people,
            }
        )
        .group_by("easting", "northing", "municipality")
        .agg(
            lat=((pl.col("lat") * weight).sum() / weight.sum()).round(6),
            lon=((pl.col("lon") * weight).sum() / weight.sum()).round(6),
            people=weight.sum(),
        )
        .select("easting", "northing", "lat", "lon", "municipality", "people")
        .sort("easting", "northing", "municipality")
    )  # fmt: skip


def spread(people: pl.DataFrame, roads: RoadMap, grid: int) -> tuple[pl.DataFrame, int]:
    """The people of each row along the residential streets to which it is the nearest row, by their length.

    Args:
        people: lat, lon, people, municipality.
        roads: with the streets.
        grid: EPSG number of metres.

    Returns:
        Places with people as in `people`, and how many rows have no street of their own: their people stay.
    """
    from scipy.spatial import cKDTree

    arcs = np.flatnonzero(np.isin(roads.arc_class, STREETS))
    metres = roads.arc_m[arcs] * roads.one_of_two(arcs)
    lat, lon = ((axis[roads.arc_from[arcs]] + axis[roads.arc_to[arcs]]) / 2 for axis in (roads.lat, roads.lon))
    at = np.column_stack(_metres(people["lat"].to_numpy(), people["lon"].to_numpy(), grid))
    owner = np.empty(0, np.int64)
    if len(arcs):
        owner = np.asarray(cKDTree(at).query(np.column_stack(_metres(lat, lon, grid)))[1], dtype=np.int64)
    length = np.bincount(owner, metres, minlength=len(at))
    share = metres / length[owner] if len(arcs) else metres
    homes = people["municipality"].to_numpy()
    counted = people["people"].to_numpy()
    alone = np.flatnonzero(length == 0)
    placed = pl.DataFrame(
        {
            "lat": np.concatenate((lat, people["lat"].to_numpy()[alone])),
            "lon": np.concatenate((lon, people["lon"].to_numpy()[alone])),
            "people": np.concatenate((share * counted[owner], counted[alone])),
            "municipality": [*homes[owner].tolist(), *homes[alone].tolist()],
        }
    )
    return placed, len(alone)


def land_of(squares: pl.DataFrame, grid: int) -> dict[str, shapely.Geometry]:
    """By municipality the squares in which its people live, as one shape in degrees."""
    from pyproj import Transformer

    turn = Transformer.from_crs(grid, 4326, always_xy=True)
    half = CELL_M / 2
    found: dict[str, shapely.Geometry] = {}
    for (name,), own in squares.group_by("municipality", maintain_order=True):
        east, north = own["easting"].to_numpy(), own["northing"].to_numpy()
        whole = shapely.union_all(shapely.box(east - half, north - half, east + half, north + half))
        found[str(name)] = shapely.transform(
            whole, lambda points: np.column_stack(turn.transform(points[:, 0], points[:, 1]))
        )
    return found


def _metres(lat: F8, lon: F8, grid: int) -> tuple[F8, F8]:
    from pyproj import Transformer

    east, north = Transformer.from_crs(4326, grid, always_xy=True).transform(lon, lat)
    return np.asarray(east, dtype=np.float64), np.asarray(north, dtype=np.float64)
