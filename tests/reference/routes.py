"""Roads, drives on them, and where a moving unit is: the section *Roads and places* of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.dispatch.world import World


class Roads:
    """The road tables as Python floats and ints, asked by origin and destination."""

    def __init__(self, world: World) -> None:
        self._seconds: list[list[float]] = world.seconds.tolist()  # float32 to float is exact
        self._hop: list[list[int]] = world.hop.tolist()
        self._km: list[list[float]] = world.km.tolist()
        self.leg_s: list[float] = world.leg_s.tolist()

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

    def place_at(self, t: float) -> Place:
        """Where the unit is at `t`, before it has arrived."""
        if t <= self.road_t:
            return Place(self.origin, self.road_t - t)
        if t >= self.off_road_t:
            return Place(self.destination, t - self.off_road_t)
        node = self.roads.next_node(self.origin, self.destination)
        while self._passes_t(node) < t:
            node = self.roads.next_node(node, self.destination)
        return Place(node, self._passes_t(node) - t)

    def driven_km(self, t: float) -> float:
        """Kilometres behind the unit at `t`, counted to the node it reaches next."""
        whole = self.roads.km(self.origin, self.destination)
        return whole - self.roads.km(self.place_at(t).node, self.destination)

    def _passes_t(self, node: int) -> float:
        return self.off_road_t - self.roads.seconds(node, self.destination) * self.factor


def route_from_node(roads: Roads, origin: int, destination: int, factor: float, start_t: float) -> Route:
    """A drive that begins where the unit stands still."""
    return _route(roads, origin, destination, factor, start_t, start_t + roads.leg_s[origin] * factor)


def route_from_place(roads: Roads, place: Place, destination: int, factor: float, start_t: float) -> Route:
    """A drive that begins on the move: first on to the next node, at the old speed."""
    return _route(roads, place.node, destination, factor, start_t, start_t + place.rest_s)


def no_drive(roads: Roads, node: int, t: float) -> Route:
    """Standing at `node` from `t` on."""
    return Route(roads, node, node, 1.0, t, t, t, t)


def _route(roads: Roads, origin: int, destination: int, factor: float, start_t: float, road_t: float) -> Route:
    off_road_t = road_t + roads.seconds(origin, destination) * factor
    arrive_t = off_road_t + roads.leg_s[destination] * factor
    return Route(roads, origin, destination, factor, start_t, road_t, off_road_t, arrive_t)
