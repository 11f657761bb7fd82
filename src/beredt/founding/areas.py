"""From squares of 250 metres to the areas of a study.

Areas are cells of 1 km, split into cells of 500 m where a 1 km cell holds at least 2,500 people, and cut at municipal
borders. An area's place is the centroid of its people, its district the one in which most of them live.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

SPLIT_FROM_PEOPLE = 2500


def with_area_ids(cells: pl.DataFrame, people: str = "people") -> pl.DataFrame:
    """The cells with `size_m` and `area`: municipality and south-west corner in hundreds of metres.

    Args:
        cells: easting, northing (middle, EPSG:25833, m), municipality, and the column `people`.
        people: the column that says how many live in a cell.
    """
    kilometre = (pl.col("easting") // 1000, pl.col("northing") // 1000)
    crowd = pl.col(people).sum().over(*kilometre)
    cells = cells.with_columns(size_m=pl.when(crowd >= SPLIT_FROM_PEOPLE).then(500).otherwise(1000).cast(pl.Int64))
    corner = [
        (pl.col(axis) // pl.col("size_m") * pl.col("size_m") // 100).cast(pl.String) for axis in ("easting", "northing")
    ]
    return cells.with_columns(area=pl.concat_str([pl.col("municipality"), *corner], separator="-"))


def gather_areas(cells: pl.DataFrame, people: str = "people", counted: Sequence[str] = ()) -> pl.DataFrame:
    """One row per area, sorted by id: area, lat, lon, size_m, municipality, urban, people and `counted`, district.

    Args:
        cells: with area, district (null where there is none) and urban (bool). Most of the people decide.
        people: the column that weighs places and decides.
        counted: more columns of people that are added up.
    """
    weight = pl.col(people)
    most = (
        cells.group_by("area", "district")
        .agg(weight.sum())
        .sort("area", people, "district", descending=[False, True, False])
        .unique("area", keep="first", maintain_order=True)
        .select("area", "district")
    )
    areas = cells.group_by("area").agg(
        lat=((pl.col("lat") * weight).sum() / weight.sum()).round(6),
        lon=((pl.col("lon") * weight).sum() / weight.sum()).round(6),
        size_m=pl.col("size_m").first(),
        municipality=pl.col("municipality").first(),
        urban=(weight.filter(pl.col("urban")).sum() * 2 >= weight.sum()).cast(pl.Int64),
        **{name: pl.col(name).sum().round(1) for name in (*counted, people)},
    )
    return areas.join(most, on="area").sort("area")
