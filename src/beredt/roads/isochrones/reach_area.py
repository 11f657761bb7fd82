"""What is reached within some minutes: an area on the ground, its size, and who lives in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon


@dataclass(frozen=True, slots=True, eq=False)
class ReachArea:
    """`origin`: where from, as it was named; `minutes` > 0; `shape`: in degrees (lon, lat), perhaps empty.

    `km2`: its size; `people`: who lives where one comes in time, None where nobody told who lives where; `road_km`:
    length of the roads driven within the time, both directions counted once each, None where roads are not known.
    """

    origin: str
    minutes: float
    shape: MultiPolygon
    km2: float
    people: float | None
    road_km: float | None

    def row(self) -> dict[str, Any]:
        """The figures of it, for a table or the properties of a feature."""
        return {
            "origin": self.origin,
            "minutes": self.minutes,
            "km2": round(self.km2, 3),
            "people": None if self.people is None else round(self.people, 1),
            "road_km": None if self.road_km is None else round(self.road_km, 3),
        }


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Where people live: `lat`, `lon` (degrees) and `people` (≥ 0) of k places, float64 (k,)."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    people: NDArray[np.float64]
