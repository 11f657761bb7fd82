"""Positions of a log: degrees, and metres of the zone that all Norway is laid out in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyproj

from benchmarks.missions_pandas.notes import Notes

GRID = "EPSG:25833"
SYSTEMS = ("EPSG:25832", "EPSG:25835")
DEGREES = "EPSG:4326"


def find_positions(rows: pd.DataFrame, notes: Notes) -> None:
    """Degrees; what lies outside the region with its axes changed, or in another zone."""
    east, north = rows["x"].to_numpy(), rows["y"].to_numpy()
    lon, lat = to_degrees(east, north)
    out = np.flatnonzero(~_inside(lat, lon) & ~(np.isnan(east) & np.isnan(north)))
    tries = [("position_axes", north, east, GRID), *(("position_zone", east, north, system) for system in SYSTEMS)]
    for rule, x, y, system in tries:
        other_lon, other_lat = to_degrees(x[out], y[out], system)
        fits = _inside(other_lat, other_lon)
        lat[out[fits]], lon[out[fits]] = other_lat[fits], other_lon[fits]
        notes.correct(rule, "x", rows["x"].iloc[out[fits]])
        to_grid = pyproj.Transformer.from_crs(DEGREES, GRID, always_xy=True)
        mended = to_grid.transform(other_lon[fits], other_lat[fits])
        for column, metres in zip(("x", "y"), mended, strict=True):
            rows.loc[rows.index[out[fits]], column] = metres
        out = out[~fits]
    rows["lat"], rows["lon"] = lat, lon
    notes.find("position_outside", "x", np.ones(len(out)))


def to_degrees(east: Any, north: Any, system: str = GRID) -> tuple[Any, Any]:
    """Longitude and latitude of metres."""
    lon, lat = pyproj.Transformer.from_crs(system, DEGREES, always_xy=True).transform(east, north)
    return lon, lat


def _inside(lat: Any, lon: Any) -> Any:
    return (lat >= 57.5) & (lat <= 72) & (lon >= 4) & (lon <= 32)
