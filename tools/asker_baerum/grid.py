"""SSB's population grid: each 250 m cell belongs to the municipality that SSB gives it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tools.asker_baerum.regions import MUNICIPALITIES

YEARS = {2022: "pop_2022", 2026: "pop_2026_scaled"}


def read_cells(path: Path) -> pl.DataFrame:
    """The inhabited 250 m cells of the study: easting, northing (centre, EPSG:25833, m), lat, lon, municipality.

    People are in the columns people_2022 and people_2026.
    """
    cells = pl.read_csv(path, schema_overrides={"kommunenummer": pl.String})
    return (
        cells.filter(pl.col("kommunenummer").is_in(list(MUNICIPALITIES)))
        .with_columns(
            municipality=pl.col("kommunenummer").replace_strict({k: v[0] for k, v in MUNICIPALITIES.items()}),
            **{f"people_{year}": pl.col(column).cast(pl.Float64) for year, column in YEARS.items()},
        )
        .filter(pl.col("people_2026") > 0)
        .select("easting", "northing", "lat", "lon", "municipality", *(f"people_{year}" for year in YEARS))
    )
