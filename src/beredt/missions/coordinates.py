"""From the coordinate system of a log to degrees, and back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from beredt.missions.utm import F8, degrees_of, metres_of

if TYPE_CHECKING:
    import pyproj

DEGREES = "EPSG:4326"
"""Longitude and latitude in degrees."""

ZONES = ("EPSG:25833", "EPSG:25832", "EPSG:25835")
"""Zones of UTM that maps of Norway use, likeliest first."""

_ALL_DEGREES = (DEGREES, "EPSG:4258", "EPSG:4979", "EPSG:4937")
_UTM = {"EPSG:258": range(28, 39), "EPSG:326": range(1, 61)}


def zone_of(crs: str) -> int | None:
    """Number of the northern UTM zone that a code such as EPSG:25833 stands for; None for anything else."""
    start, number = crs[:8], crs[8:]
    if number.isdigit() and int(number) in _UTM.get(start, ()):
        return int(number)
    return None


def to_degrees(x: F8, y: F8, crs: str) -> tuple[F8, F8]:
    """Latitude and longitude (WGS84) of eastings and northings; nan where numbers are no position of the system.

    Args:
        x: [n] easting, or longitude.
        y: [n] northing, or latitude.
        crs: of the log, such as EPSG:25833.
    """
    zone = zone_of(crs)
    if zone is not None:
        return degrees_of(x, y, zone)
    if crs in _ALL_DEGREES:
        with np.errstate(invalid="ignore"):
            good = (np.abs(y) <= 90) & (np.abs(x) <= 180)
        return np.where(good, y, np.nan), np.where(good, x, np.nan)
    lon, lat = _transformer(crs).transform(x, y)
    good = np.isfinite(lat) & np.isfinite(lon)
    return np.where(good, lat, np.nan), np.where(good, lon, np.nan)


def from_degrees(lat: F8, lon: F8, crs: str) -> tuple[F8, F8]:
    """Eastings and northings of positions: `to_degrees` turned round."""
    zone = zone_of(crs)
    if zone is not None:
        return metres_of(lat, lon, zone)
    if crs in _ALL_DEGREES:
        return lon.copy(), lat.copy()
    x, y = _transformer(crs).transform(lon, lat, direction="INVERSE")
    return np.asarray(x, np.float64), np.asarray(y, np.float64)


@lru_cache(maxsize=8)
def _transformer(crs: str) -> pyproj.Transformer:
    import pyproj  # slow to import, and few logs need it

    return pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)
