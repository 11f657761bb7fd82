"""Squares on the ground: positions in degrees as whole numbers of squares east and north in a zone of UTM.

Norway is laid out in zone 33 as a whole, as Statistics Norway lays its grid: a square of 1,000 m here is a cell of the
national grid. Elsewhere it is the zone in whose middle most of the region lies. Only the northern half of the world
has zones here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.missions.utm import degrees_of, metres_of

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]
Numbers = I4 | NDArray[np.int64]

NORWAY_ZONE = 33
_NORWAY = (57.5, 4.0, 71.5, 31.5)  # south, west, north, east

NOWHERE = -1
"""Square of a position that is not known: no square of a UTM zone has a negative number."""

_APART = 1 << 32
"""Above all numbers of squares, so that two of them go into one number."""

AT_ONCE = 1_000_000
"""Positions that are worked on together, so that what is needed in between stays small."""


@dataclass(frozen=True, slots=True)
class SquareGrid:
    """Squares of `size_m` metres in a zone (1 … 60) of UTM, numbered from the zone's own zero."""

    zone: int
    size_m: int

    def squares(self, lat: F8, lon: F8) -> tuple[I4, I4]:
        """Squares east and north of positions in degrees, int32.

        Both are `NOWHERE` where a position is not a number, lies south of the equator, or 1,500 km west of the zone.
        """
        east, north = np.full(len(lat), NOWHERE, np.int32), np.full(len(lat), NOWHERE, np.int32)
        for part in _parts(len(lat)):
            east_m, north_m = metres_of(lat[part], lon[part], self.zone)
            known = (np.abs(east_m) < _EAST_OF_ALL_M) & (north_m >= 0.0)  # not a number is neither
            east[part][known] = np.floor((east_m[known] + _EAST_OF_ALL_M) / self.size_m).astype(np.int32)
            north[part][known] = np.floor(north_m[known] / self.size_m).astype(np.int32)
        return east, north

    def corner_m(self, east: Numbers, north: Numbers) -> tuple[F8, F8]:
        """Easting and northing of the south-west corners of squares, metres."""
        return east.astype(np.float64) * self.size_m - _EAST_OF_ALL_M, north.astype(np.float64) * self.size_m

    def middle(self, east: I4, north: I4) -> tuple[F8, F8]:
        """Latitude and longitude of the middles of squares, degrees."""
        # Tables name the same squares again and again.
        both = (east.astype(np.int64) - NOWHERE) * _APART + north - NOWHERE
        squares, place = np.unique(both, return_inverse=True)
        east_m, north_m = self.corner_m(squares // _APART + NOWHERE, squares % _APART + NOWHERE)
        lat, lon = degrees_of(east_m + self.size_m / 2, north_m + self.size_m / 2, self.zone)
        return lat[place], lon[place]

    @property
    def crs(self) -> str:
        """The EPSG code of the zone on ETRS89 (in Europe) or WGS84, which differ by less than a metre."""
        return f"EPSG:{25_800 + self.zone}" if 28 <= self.zone <= 38 else f"EPSG:{32_600 + self.zone}"


_EAST_OF_ALL_M = 2_000_000.0
"""Added to eastings, so that squares west of the zone have numbers above 0, too; the national grid does the same."""


def grid_around(lat: float, lon: float, size_m: int) -> SquareGrid:
    """The grid for a region around a position (degrees)."""
    south, west, north, east = _NORWAY
    if south <= lat <= north and west <= lon <= east:
        return SquareGrid(NORWAY_ZONE, size_m)
    return SquareGrid(int((lon + 180.0) // 6.0) % 60 + 1, size_m)


def _parts(count: int) -> Iterator[slice]:
    for begin in range(0, count, AT_ONCE):
        yield slice(begin, begin + AT_ONCE)
