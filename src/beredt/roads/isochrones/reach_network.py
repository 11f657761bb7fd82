"""Reach over the network of a study without roads of its own: whole areas, reached or not.

Such a network knows the time to where the people of an area live, not to each house. So what is drawn is made of the
squares of all areas whose centre of people is reached in time: coarse at the edge, and without what no area covers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.model.study import Study
from beredt.roads.build import road_inputs
from beredt.roads.ground import Ground, ground_of
from beredt.roads.hung_site import hang_site, ways_of_site
from beredt.roads.isochrones.reach_area import ReachArea

ToDegrees = Callable[[NDArray[np.float64]], NDArray[np.float64]]


class NetworkReach:
    """A study's main and local roads, ready to be asked how far one comes from anywhere."""

    def __init__(
        self,
        study: Study,
        squares: NDArray[np.object_],
        to_degrees: ToDegrees,
        purpose: str,
        ground: Ground | None = None,
    ) -> None:
        """`squares`: shapely polygons of the study's areas on a plane grid, in their order; `purpose`: of its speeds.

        `to_degrees`: from places (k, 2) on that grid to longitude and latitude. Squares are joined on the grid, where
        neighbours share their corners to the last bit. `ground`: of the study's roads or of those that an alternative
        makes of them; None to lay those of today.
        """
        inputs = road_inputs(study)
        self._ground: Ground = ground_of(inputs) if ground is None else ground
        self._areas = np.flatnonzero(inputs.is_area)
        self._people = inputs.people[self._areas]
        self._squares, self._to_degrees = squares, to_degrees
        self._access_s = inputs.access_s
        self._size_km2 = np.array([area.size_m**2 / 1e6 for area in study.service.areas])
        self._factor = next(speed.factor for speed in study.service.speeds if speed.purpose == purpose)

    def areas(
        self, origin: str, lat: Sequence[float], lon: Sequence[float], minutes: Sequence[float]
    ) -> list[ReachArea]:
        """What is reached from any of some places (degrees), for each number of minutes in order."""
        ways = [self._seconds(*place) for place in zip(lat, lon, strict=True)]
        seconds = np.min(ways, axis=0)
        return [self._area(origin, number, seconds <= number * 60.0) for number in minutes]

    def _seconds(self, lat: float, lon: float) -> NDArray[np.float64]:
        """Seconds from a place to all areas, both access legs included, at the speed of the purpose."""
        ways = ways_of_site(self._ground, hang_site(self._ground, lat, lon))
        seconds: NDArray[np.float64] = (ways.from_s[self._areas] + self._access_s) * self._factor
        return seconds

    def _area(self, origin: str, minutes: float, reached: NDArray[np.bool_]) -> ReachArea:
        import shapely
        from shapely.geometry import MultiPolygon

        shape: Any = shapely.union_all(self._squares[reached])
        if shape.geom_type != "MultiPolygon":
            shape = MultiPolygon([shape] if shape.geom_type == "Polygon" else [])
        shape = shapely.transform(shape, self._to_degrees)
        return ReachArea(
            origin, minutes, shape, float(self._size_km2[reached].sum()), float(self._people[reached].sum()), None
        )
