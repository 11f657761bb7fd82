"""People in squares of 250 metres, and the municipality that each square lies in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pyogrio
import shapely

from beredt.errors import FoundingError
from beredt.fetch.forms.vector import addresses
from beredt.founding.borders import Municipality
from beredt.model.issue import Issue

PEOPLE = ("popTot", "pop_tot")
CELL_M = 250
UTM = 25833


def read_cells(path: Path, municipalities: Sequence[Municipality]) -> pl.DataFrame:
    """Inhabited squares whose middle lies in one of the municipalities, sorted.

    Columns: easting, northing (middle, EPSG:25833, m), lat, lon, municipality, people.

    Raises FoundingError where nobody lives in one of the municipalities.
    """
    from pyproj import Transformer

    to_utm = Transformer.from_crs(4326, UTM, always_xy=True)
    lands = [
        shapely.transform(one.land, lambda points: np.column_stack(to_utm.transform(points[:, 0], points[:, 1])))
        for one in municipalities
    ]
    middle, people = _squares(path, shapely.total_bounds(lands))
    points = np.asarray(shapely.points(middle))
    owner = _owner(points, lands)
    lon, lat = to_utm.transform(middle[:, 0], middle[:, 1], direction="INVERSE")
    cells = pl.DataFrame(
        {
            "easting": middle[:, 0].astype(np.int64),
            "northing": middle[:, 1].astype(np.int64),
            "lat": np.round(lat, 6),
            "lon": np.round(lon, 6),
            "municipality": [municipalities[one].id if one >= 0 else None for one in owner.tolist()],
            "people": people,
        }
    )
    cells = cells.filter(pl.col("municipality").is_not_null() & (pl.col("people") > 0)).sort("easting", "northing")
    empty = {one.id for one in municipalities} - set(cells["municipality"].to_list())
    if empty:
        names = ", ".join(sorted(empty))
        message = "nobody lives in these municipalities on the grid"
        raise FoundingError(
            [Issue(path.name, None, None, names, len(empty), message, "look at the borders and the grid")]
        )
    return cells


def _squares(path: Path, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Middles, float64 (n, 2), and people, float64 (n,), of squares within bounds."""
    middles, people = [], []
    for address in addresses(path):
        for layer, _ in pyogrio.list_layers(address):
            info = pyogrio.read_info(address, layer=layer)
            named = [name for name in PEOPLE if name in info["fields"]]
            if not named:
                continue
            _, _, shapes, columns = pyogrio.raw.read(address, layer=layer, columns=[named[0]], bbox=tuple(bounds))
            west_south = shapely.bounds(shapely.from_wkb(shapes))[:, :2]
            middles.append(np.round(west_south / CELL_M) * CELL_M + CELL_M / 2)
            people.append(np.asarray(columns[0], dtype=np.float64))
    if not middles:
        raise FoundingError(
            [Issue(path.name, None, "|".join(PEOPLE), None, 1, "holds no squares with people", "fetch population-grid")]
        )
    return np.concatenate(middles), np.concatenate(people)


def _owner(points: np.ndarray, lands: Sequence[shapely.Geometry]) -> np.ndarray:
    """The land each point lies in, −1 for none: int64 (n,)."""
    tree = shapely.STRtree(lands)
    owner = np.full(len(points), -1, dtype=np.int64)
    at, land = tree.query(points, predicate="within")
    owner[at[::-1]] = land[::-1]  # of a point on a border the first land is written last
    return owner
