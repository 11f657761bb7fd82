"""Reach over a road map: the areas that are reached within some minutes of places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError
from beredt.roads.imported.measure import metres_per_degree
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.isochrones.contour import area_within
from beredt.roads.isochrones.reach_area import People, ReachArea
from beredt.roads.isochrones.time_grid import TimeGrid, node_seconds, place_seconds, time_grid
from beredt.roads.routing.route_graph import RouteGraph, route_graph
from beredt.roads.routing.snap_places import Snapped, Snapper, snap_places
from beredt.roads.speeds.arc_times import arc_ms
from beredt.roads.speeds.speed_table import SpeedTable

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon


class RoadReach:
    """A road map at the times of one purpose and period, ready to be asked how far one comes from anywhere."""

    def __init__(self, roads: RoadMap, speeds: SpeedTable, purpose: str, period: str) -> None:
        self.roads, self.speeds = roads, speeds
        self._graph: RouteGraph = route_graph(roads)
        self._arc_ms = arc_ms(roads, speeds, purpose, period)

    def seconds(self, lat: Sequence[float], lon: Sequence[float], most_s: float) -> NDArray[np.float64]:
        """Least seconds to every road node from any of some places (degrees), float64 (n,); inf beyond `most_s`."""
        origins = snap_places(self.roads, np.asarray(lat), np.asarray(lon))
        pace = 3.6 / self.speeds.off_road_kmh
        return node_seconds(self.roads, self._graph, self._arc_ms, origins, pace, most_s)

    def areas(
        self,
        origin: str,
        lat: Sequence[float],
        lon: Sequence[float],
        minutes: Sequence[float],
        people: People | None = None,
        cell_m: float | None = None,
    ) -> list[ReachArea]:
        """What is reached from any of some places (degrees), for each number of minutes in order.

        `origin`: name for all of them together; `people`: who lives where; `cell_m`: between the places of the grid,
        by default as fine as a quarter of a million places allow. Raises OutOfRangeError for minutes not above 0.
        """
        for number in minutes:
            if not 0 < number <= 600:
                raise OutOfRangeError("minutes of reach", number, "give minutes above 0, up to 600")
        node_s = self.seconds(lat, lon, max(minutes) * 60.0)
        grid = time_grid(self.roads, node_s, self.speeds, cell_m)
        inside = self._people_seconds(people, node_s) if people is not None else None
        return [self._area(origin, number, node_s, grid, people, inside) for number in minutes]

    def _area(
        self,
        origin: str,
        minutes: float,
        node_s: NDArray[np.float64],
        grid: TimeGrid | None,
        people: People | None,
        people_s: NDArray[np.float64] | None,
    ) -> ReachArea:
        from shapely.geometry import MultiPolygon

        most_s = minutes * 60.0
        counted = None if people is None or people_s is None else float(people.people[people_s <= most_s].sum())
        shape, km2 = (MultiPolygon(), 0.0) if grid is None else _on_ground(grid, most_s)
        return ReachArea(origin, minutes, shape, km2, counted, self._road_km(node_s, most_s))

    def _people_seconds(self, people: People, node_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Seconds to where people live, inf where they are not reached. Only places near the roads are looked up."""
        seconds = np.full(len(people.people), np.inf)
        reached = np.isfinite(node_s)
        if not reached.any():
            return seconds
        across, along = metres_per_degree(np.array([float(self.roads.lat[reached].mean())]))
        margin_lat, margin_lon = (self.speeds.off_road_most_m / float(metres[0]) for metres in (along, across))
        lat, lon = self.roads.lat[reached], self.roads.lon[reached]
        near = np.flatnonzero(
            (people.lat >= lat.min() - margin_lat) & (people.lat <= lat.max() + margin_lat)
            & (people.lon >= lon.min() - margin_lon) & (people.lon <= lon.max() + margin_lon)
        )  # fmt: skip
        if len(near):
            snapped: Snapped = Snapper(self.roads).snap(people.lat[near], people.lon[near])
            seconds[near] = place_seconds(node_s, snapped, self.speeds)
        return seconds

    def _road_km(self, node_s: NDArray[np.float64], most_s: float) -> float:
        """Kilometres of road that are driven in time, the part of an arc that is left in the middle included."""
        roads = self.roads
        begin_s = node_s[roads.arc_from]
        arcs = np.flatnonzero(begin_s <= most_s)
        part = np.minimum((most_s - begin_s[arcs]) / (self._arc_ms[arcs] / 1000.0), 1.0)
        return float((part * roads.arc_m[arcs] * roads.one_of_two(arcs)).sum()) / 1000.0


def _on_ground(grid: TimeGrid, most_s: float) -> tuple[MultiPolygon, float]:
    """The area in degrees, and its km²."""
    import shapely

    flat = area_within(grid.seconds, most_s)
    scale = np.array([grid.step_lon, grid.step_lat])
    shape: Any = shapely.transform(flat, lambda places: places * scale + np.array([grid.west, grid.south]))
    return shape, float(flat.area) * grid.cell_m**2 / 1e6
