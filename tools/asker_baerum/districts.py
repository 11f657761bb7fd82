"""Which district the people of a cell live in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pyogrio
import shapely
from numpy.typing import NDArray

from tools.asker_baerum.asker_parts import asker_part
from tools.asker_baerum.regions import OSLO_DISTRICTS


def read_oslo_districts(path: Path) -> dict[str, shapely.Geometry]:
    """District id → area (degrees, lon/lat)."""
    meta, _, shapes, columns = pyogrio.raw.read(path)
    numbers = columns[list(meta["fields"]).index("bydelsnr")]
    return {
        OSLO_DISTRICTS[str(number)[-2:]][0]: shapely.make_valid(shapely.from_wkb(shape))
        for number, shape in zip(numbers, shapes, strict=True)
    }


def with_districts(cells: pl.DataFrame, oslo: dict[str, shapely.Geometry]) -> pl.DataFrame:
    """The cells with `district`: of Oslo by its map, of Asker by `asker_part`, null elsewhere.

    A cell of Oslo whose centre lies in none (on the shore) belongs to the nearest.
    """
    lat, lon = cells["lat"].to_numpy(), cells["lon"].to_numpy()
    names = np.array(list(oslo))
    nearest = shapely.STRtree(list(oslo.values())).nearest(shapely.points(lon, lat))
    in_oslo: NDArray[np.str_] = names[nearest]
    municipality = cells["municipality"].to_numpy()
    district = np.where(municipality == "oslo", in_oslo, np.where(municipality == "asker", asker_part(lat, lon), ""))
    return cells.with_columns(district=pl.Series(district).replace("", None))
