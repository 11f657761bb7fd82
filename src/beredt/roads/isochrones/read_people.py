"""Who lives where, from a table of places with people."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from beredt.errors import DefinitionError
from beredt.model.issue import Issue
from beredt.roads.isochrones.reach_area import People


def read_people(path: Path, column: str = "people") -> People:
    """A CSV or Parquet file with the columns lat, lon and `column`. Raises DefinitionError where it has none."""
    import polars as pl

    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)
        wanted = [table[name].cast(pl.Float64).to_numpy() for name in ("lat", "lon", column)]
    except (pl.exceptions.PolarsError, OSError) as fault:
        message = f"the table of people cannot be used: {fault}".splitlines()[0]
        remedy = f"give CSV or Parquet with the columns lat, lon and {column}, all numbers"
        raise DefinitionError("table of people", [Issue(path.name, None, None, None, 1, message, remedy)]) from fault
    lat, lon, people = wanted
    known = np.isfinite(lat) & np.isfinite(lon) & (people > 0)
    return People(lat[known], lon[known], people[known])
