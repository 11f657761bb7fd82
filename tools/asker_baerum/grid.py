"""From SSB's population grid to the study's areas.

Areas are cells of 1 km, split into cells of 500 m where a 1 km cell holds at least 2,500 people (2026), and cut at
municipal borders: each 250 m cell belongs to the municipality that SSB gives it. An area's place is the centroid of
its people, its district the one in which most of them live.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tools.asker_baerum.regions import MUNICIPALITIES

SPLIT_FROM_PEOPLE = 2500
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


def with_area_ids(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells with `size_m` and `area`: municipality and south-west corner in hundreds of metres."""
    kilometre = (pl.col("easting") // 1000, pl.col("northing") // 1000)
    crowd = pl.col("people_2026").sum().over(*kilometre)
    cells = cells.with_columns(size_m=pl.when(crowd >= SPLIT_FROM_PEOPLE).then(500).otherwise(1000).cast(pl.Int64))
    corner = [
        (pl.col(axis) // pl.col("size_m") * pl.col("size_m") // 100).cast(pl.String) for axis in ("easting", "northing")
    ]
    return cells.with_columns(area=pl.concat_str([pl.col("municipality"), *corner], separator="-"))


def gather_areas(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per area, sorted by id: lat, lon, size_m, municipality, district, urban, people_2022, people_2026.

    `cells` has area, district (null where there is none) and urban (bool). Most of the people decide.
    """
    weight = pl.col("people_2026")
    most = (
        cells.group_by("area", "district")
        .agg(weight.sum())
        .sort("area", "people_2026", "district", descending=[False, True, False])
        .unique("area", keep="first", maintain_order=True)
        .select("area", "district")
    )
    areas = cells.group_by("area").agg(
        lat=((pl.col("lat") * weight).sum() / weight.sum()).round(6),
        lon=((pl.col("lon") * weight).sum() / weight.sum()).round(6),
        size_m=pl.col("size_m").first(),
        municipality=pl.col("municipality").first(),
        urban=(weight.filter(pl.col("urban")).sum() * 2 >= weight.sum()).cast(pl.Int64),
        people_2022=pl.col("people_2022").sum().round(1),
        people_2026=pl.col("people_2026").sum().round(1),
    )
    return areas.join(most, on="area").sort("area")
