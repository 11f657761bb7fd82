"""Places must lie in the study's region."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.issue import Issue
from beredt.model.reading.table import Table
from beredt.model.settings_sections import Region


def check_places(table: Table, region: Region) -> Iterator[Issue]:
    """Rows outside the region, told apart from those that lie in it once lat and lon are swapped."""
    if not {"lat", "lon"} <= set(table.frame.columns) or table.frame.is_empty():
        return
    lat, lon = pl.col("lat"), pl.col("lon")
    inside = _inside(region, lat, lon)
    known = lat.is_not_null() & lon.is_not_null()
    found = table.frame.select(
        swapped=(known & ~inside & _inside(region, lon, lat)).fill_null(False),
        outside=(known & ~inside & ~_inside(region, lon, lat)).fill_null(False),
    )
    if found["swapped"].any():
        positions = found["swapped"].arg_true().to_list()
        yield table.issue(positions, "lat", "lat and lon are swapped", "put the latitude in lat, the longitude in lon")
    if found["outside"].any():
        positions = found["outside"].arg_true().to_list()
        at = f"{table.frame.item(positions[0], 'lat')}, {table.frame.item(positions[0], 'lon')}"
        box = f"{region.south:g}–{region.north:g} north, {region.west:g}–{region.east:g} east"
        message = f"the place lies outside the region ({box})"
        yield table.issue(positions, "lat", message, "correct the coordinates, or widen study.region", value=at)


def _inside(region: Region, lat: pl.Expr, lon: pl.Expr) -> pl.Expr:
    return lat.is_between(region.south, region.north) & lon.is_between(region.west, region.east)
