"""Degrees laid out flat: kilometres east and north of a reference point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

KM_PER_DEGREE_LAT = 111.412
KM_PER_DEGREE_LON_AT_EQUATOR = 111.6
"""WGS84 near 60° N: meridian radius 6,383 km, transverse radius 6,394 km."""


WIDEST_DEG = 3.0
"""Degrees of latitude up to which the plain way of laying degrees out will do: 5 % wrong at its ends at 60° N."""


@dataclass(frozen=True, slots=True)
class Laying:
    """A way of laying degrees out flat: `around` a latitude and longitude, plainly or as a `transverse` projection."""

    around: tuple[float, float]
    transverse: bool

    def __call__(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
        """Latitudes and longitudes, float64 (N,) each, as kilometres east and north, float64 (N, 2)."""
        return (transverse_km if self.transverse else flat_km)(lat, lon, self.around)


def laying_of(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Laying:
    """The way of laying places out flat that suits all of these together, around the middle of them.

    `lat`, `lon`: float64 (N,), degrees, at least one. A region of up to `WIDEST_DEG` degrees of latitude is laid out by
    `flat_km`, a greater one by `transverse_km`.
    """
    around = (float(lat.mean()), float(lon.mean()))
    return Laying(around, float(np.ptp(lat)) > WIDEST_DEG)


def flat_km(lat: NDArray[np.float64], lon: NDArray[np.float64], around: tuple[float, float]) -> NDArray[np.float64]:
    """Kilometres east and north of a point: float64 (N, 2).

    `lat`, `lon`: float64 (N,), degrees; `around`: latitude and longitude of the reference point. The plane is
    equirectangular: east-west distances 50 km north or south of the reference point are 1.5 % wrong, which is
    small beside the error of any travel time made from them.
    """
    lat0, lon0 = around
    east = (lon - lon0) * KM_PER_DEGREE_LON_AT_EQUATOR * np.cos(np.radians(lat0))
    north = (lat - lat0) * KM_PER_DEGREE_LAT
    return np.column_stack([east, north])


def transverse_km(
    lat: NDArray[np.float64], lon: NDArray[np.float64], around: tuple[float, float]
) -> NDArray[np.float64]:
    """Kilometres east and north of a point, float64 (N, 2), for regions the length of a country.

    `lat`, `lon`: float64 (N,), degrees; `around`: latitude and longitude of the reference point. Transverse Mercator on
    a sphere [1]: it keeps angles, and 600 km east or west of the reference point lengths are 0.4 % wrong, however far
    north or south.

    1. J. P. Snyder, Map projections: a working manual, U.S. Geological Survey Professional Paper 1395 (1987), 58.
       doi 10.3133/pp1395
    """
    radius = np.degrees(KM_PER_DEGREE_LAT)
    phi, east = np.radians(lat), np.radians(lon - around[1])
    across = np.cos(phi) * np.sin(east)
    north = np.arctan2(np.tan(phi), np.cos(east)) - np.radians(around[0])
    return np.column_stack([radius * np.arctanh(across), radius * north])


def length_km(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Straight-line kilometres between pairs of flat points: (M, 2) and (M, 2) give (M,)."""
    lengths: NDArray[np.float64] = np.hypot(end[:, 0] - start[:, 0], end[:, 1] - start[:, 1])
    return lengths
