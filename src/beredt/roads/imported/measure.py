"""Lengths on the ground between places given in degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EQUATOR_M = 6378137.0
FLATTENING = 1 / 298.257223563
"""WGS84, EPSG:7030."""


def metres_per_degree(lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres of one degree of longitude and of latitude at some latitudes (degrees), on the ellipsoid.

    M = a(1 − e²)/(1 − e² sin²φ)^1.5 along the meridian, N cos φ with N = a/√(1 − e² sin²φ) across it [1].

    1. P. Bomford, Geodesy, 4th ed., Oxford 1980, appendix A.
    """
    squared = FLATTENING * (2 - FLATTENING)
    phi = np.radians(lat)
    root = np.sqrt(1 - squared * np.sin(phi) ** 2)
    along = EQUATOR_M * (1 - squared) / root**3
    across = EQUATOR_M / root * np.cos(phi)
    return across * (np.pi / 180), along * (np.pi / 180)


def metres_between(
    lon: NDArray[np.float64], lat: NDArray[np.float64], to_lon: NDArray[np.float64], to_lat: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Metres between places a few km apart, off by less than a part in 10,000 there; NaN where a place is unknown."""
    across, along = metres_per_degree((lat + to_lat) / 2)
    return np.hypot((to_lon - lon) * across, (to_lat - lat) * along)
