"""Degrees laid out flat: kilometres east and north of a reference point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

KM_PER_DEGREE_LAT = 111.412
KM_PER_DEGREE_LON_AT_EQUATOR = 111.6
"""WGS84 near 60° N: meridian radius 6,383 km, transverse radius 6,394 km."""


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


def length_km(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Straight-line kilometres between pairs of flat points: (M, 2) and (M, 2) give (M,)."""
    lengths: NDArray[np.float64] = np.hypot(end[:, 0] - start[:, 0], end[:, 1] - start[:, 1])
    return lengths
