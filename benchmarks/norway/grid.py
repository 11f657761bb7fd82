"""The population grid of Norway: people in cells of 1 km, with the municipality of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pyproj import Transformer

GRID_FILE = "population_grid_1km.csv"
GRID_CRS, DEGREES_CRS = "EPSG:25833", "EPSG:4326"
PEOPLE = "pop_2026_scaled"
YEAR = 2026


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """N cells with people in them, from west to east and from south to north.

    `xy_m`: float64 (N, 2), centre of the cell, metres east and north (UTM 33). `people`: float64 (N,), above 0.
    `municipality`: N numbers of four digits.
    """

    xy_m: NDArray[np.float64]
    people: NDArray[np.float64]
    municipality: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.people)


def read_cells(folder: Path, numbers: str = "") -> Cells:
    """Read the cells that have people.

    Args:
        folder: where the grid lies.
        numbers: only municipalities whose number begins so, such as `42` for one county; all where it is empty.

    Raises:
        FileNotFoundError: no grid in the folder.
        ValueError: no people in such municipalities.
    """
    table = pl.read_csv(folder / GRID_FILE, schema_overrides={"kommunenummer": pl.String})
    kept = table.filter((pl.col(PEOPLE) > 0) & pl.col("kommunenummer").str.starts_with(numbers)).sort("e1", "n1")
    if kept.is_empty():
        raise ValueError(f"{folder / GRID_FILE} has no people in municipalities that begin with {numbers!r}")
    return Cells(
        xy_m=kept.select("e1", "n1").to_numpy().astype(np.float64),
        people=kept[PEOPLE].to_numpy().astype(np.float64),
        municipality=kept["kommunenummer"].to_numpy().astype(np.str_),
    )


def degrees(xy_m: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude, float64 (N,) each, of places in metres of the grid, float64 (N, 2)."""
    lon, lat = Transformer.from_crs(GRID_CRS, DEGREES_CRS, always_xy=True).transform(xy_m[:, 0], xy_m[:, 1])
    return np.asarray(lat), np.asarray(lon)
