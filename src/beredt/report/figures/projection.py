"""From degrees to kilometres on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.model.settings_sections import Region

F8 = NDArray[np.float64]

_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Projection:
    """Plate carrée round the middle of the region: north is up, kilometres hold within 1 % over a region's size."""

    lat: float
    lon: float

    def xy(self, lat: ArrayLike, lon: ArrayLike) -> tuple[F8, F8]:
        """Kilometres east and north of the middle, of degrees (WGS84)."""
        x = (np.asarray(lon, dtype=np.float64) - self.lon) * _KM_PER_DEGREE * cos(radians(self.lat))
        y = (np.asarray(lat, dtype=np.float64) - self.lat) * _KM_PER_DEGREE
        return x, y


def projection_of(region: Region) -> Projection:
    """The projection for a study's region."""
    return Projection((region.south + region.north) / 2.0, (region.west + region.east) / 2.0)
