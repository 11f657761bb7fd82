"""Trips to fit speeds to: where from, where to, how long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.errors import DefinitionError
from beredt.model.issue import Issue

COLUMNS = ("from_lat", "from_lon", "to_lat", "to_lon", "seconds")
LEAST_S, MOST_S = 30.0, 3 * 3600.0
"""Trips outside these are no drives from place to place."""


@dataclass(frozen=True, slots=True, eq=False)
class Trips:
    """k trips: places in degrees, float64 (k,) each, `seconds` float64 (k,) of driving; `left_out`: rows not usable."""

    from_lat: NDArray[np.float64]
    from_lon: NDArray[np.float64]
    to_lat: NDArray[np.float64]
    to_lon: NDArray[np.float64]
    seconds: NDArray[np.float64]
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.seconds)


def read_trips(path: Path) -> Trips:
    """A CSV or Parquet file with `COLUMNS`. Raises DefinitionError where a column is missing or nothing is left."""
    import polars as pl

    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)
        columns = [table[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in COLUMNS]
    except (pl.exceptions.PolarsError, OSError) as fault:
        message = f"the trips cannot be read: {fault}".splitlines()[0]
        raise _faulty(path, message) from fault
    places, seconds = np.stack(columns[:4]), columns[4]
    usable = np.isfinite(places).all(axis=0) & (seconds >= LEAST_S) & (seconds <= MOST_S)
    if not usable.any():
        raise _faulty(path, "no trip has four coordinates and seconds that a drive may take")
    from_lat, from_lon, to_lat, to_lon, driven = (column[usable] for column in columns)
    return Trips(from_lat, from_lon, to_lat, to_lon, driven, int((~usable).sum()))


def _faulty(path: Path, message: str) -> DefinitionError:
    remedy = f"give CSV or Parquet with the columns {', '.join(COLUMNS)}, all numbers"
    return DefinitionError("table of trips", [Issue(path.name, None, None, None, 1, message, remedy)])
