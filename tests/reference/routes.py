"""Roads, drives on them, and where a moving unit is: the section *Roads and places* of the rules."""

from __future__ import annotations

from dataclasses import dataclass, replace

from beredt.dispatch.world import Incidents, World
from tests.simulation.plain import legs_of


class Roads:
    """The road tables as Python floats and ints, asked by origin and destination."""

    def __init__(self, world: World, incidents: Incidents) -> None:
        self._seconds: list[list[float]] = world.roads.seconds[0].tolist()  # float32 to float is exact
        self._hop: list[list[int]] = world.roads.hop[0].tolist()
        self._km: list[list[float]] = world.roads.km[0].tolist()
        self.leg_s: list[float] = legs_of(world, incidents).tolist()

    def seconds(self, origin: int, destination: int) -> float:
        """Car seconds at free flow, without access at either end."""
        return self._seconds[destination][origin]

    def next_node(self, origin: int, destination: int) -> int:
        """The node after `origin` on the way to `destination`."""
        return self._hop[destination][origin]

    def km(self, origin: int, destination: int) -> float:
        """Kilometres along the quickest way."""
        return self._km[destination][origin]


@dataclass(frozen=True)
class Place:
    """Where a moving unit is: the node it reaches next, and the seconds until it is there."""

    node: int
    rest_s: float
    rest_km: float


@dataclass(frozen=True)
class Route:
    """One drive: starts, comes to the road, leaves the road, has arrived."""

    roads: Roads
    origin: int
    destination: int
    factor: float
    start_t: float
    road_t: float
    off_road_t: float
    arrive_t: float
    begin_km: float = 0.0  # to the origin

    def place_at(self, t: float) -> Place:
        """Where the unit is at `t`, before it has arrived."""
        if t <= self.road_t:
            share = min(1.0, (self.road_t - t) / (self.road_t - self.start_t)) if self.road_t > self.start_t else 0.0
            return Place(self.origin, self.road_t - t, self.begin_km * share)
        if t >= self.off_road_t:
            return Place(self.destination, t - self.off_road_t, 0.0)
        passed, node = self.origin, self.roads.next_node(self.origin, self.destination)
        while self._passes_t(node) < t:
            passed, node = node, self.roads.next_node(node, self.destination)
        rest_s = self._passes_t(node) - t
        whole_s = self.roads.seconds(passed, node) * self.factor
        share = min(1.0, rest_s / whole_s) if whole_s > 0.0 else 0.0
        return Place(node, rest_s, self.roads.km(passed, node) * share)

    def driven_km(self, t: float) -> float:
        """Kilometres behind the unit at `t`."""
        whole = self.begin_km + self.roads.km(self.origin, self.destination)
        place = self.place_at(t)
        return whole - self.roads.km(place.node, self.destination) - place.rest_km

    def _passes_t(self, node: int) -> float:
        return self.off_road_t - self.roads.seconds(node, self.destination) * self.factor


def route_from_node(roads: Roads, origin: int, destination: int, factor: float, start_t: float) -> Route:
    """A drive that begins where the unit stands still."""
    return _route(roads, origin, destination, factor, start_t, start_t + roads.leg_s[origin] * factor)


def route_from_place(roads: Roads, place: Place, destination: int, factor: float, start_t: float) -> Route:
    """A drive that begins on the move: first on to the next node, at the old speed."""
    route = _route(roads, place.node, destination, factor, start_t, start_t + place.rest_s)
    return replace(route, begin_km=place.rest_km)


def no_drive(roads: Roads, node: int, t: float) -> Route:
    """Standing at `node` from `t` on."""
    return Route(roads, node, node, 1.0, t, t, t, t)


def _route(roads: Roads, origin: int, destination: int, factor: float, start_t: float, road_t: float) -> Route:
    off_road_t = road_t + roads.seconds(origin, destination) * factor
    arrive_t = off_road_t + roads.leg_s[destination] * factor
    return Route(roads, origin, destination, factor, start_t, road_t, off_road_t, arrive_t)
