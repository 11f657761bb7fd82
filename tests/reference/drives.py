"""Drives, and where a moving unit is: the section *Drives* of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tests.reference.roads import ChainNode, Roads, Way, is_roadless


class Site(NamedTuple):
    """A road node, and the leg off the road from it."""

    node: int
    leg: float


class Place(NamedTuple):
    """Where a unit is: the node it reaches next, its leg to it when it stands, else the rest until it is there."""

    node: int
    leg: float
    rest_s: float
    rest_km: float


class Passing(NamedTuple):
    """A node along a drive: when it is passed, and the kilometres behind the unit by then."""

    t: float
    node: int
    km: float


@dataclass(frozen=True)
class Drive:
    """One drive: starts, comes to the road, leaves the road, has arrived."""

    roads: Roads
    way: Way
    factor: float
    destination: Site
    start_t: float
    road_t: float
    off_road_t: float
    arrive_t: float
    begin_km: float  # before it comes to the road

    @property
    def origin(self) -> int:
        """Where it comes to the road."""
        return self.way.origin

    @property
    def end_km(self) -> float:
        """Of the last leg."""
        return self.destination.leg * self.roads.leg_km

    def place_at(self, t: float, mode: int) -> Place:
        """Where the unit is at `t`, for a new drive by `mode`."""
        if t >= self.arrive_t:
            return Place(self.destination.node, self.destination.leg, 0.0, 0.0)
        if t <= self.road_t:
            whole_s = self.road_t - self.start_t
            rest_s = self.road_t - t
            return Place(self.origin, 0.0, rest_s, self.begin_km * _share(rest_s, whole_s))
        if t >= self.off_road_t:
            back_s = t - self.off_road_t
            back_km = self.end_km * _share(back_s, self.arrive_t - self.off_road_t)
            if mode != self.way.mode:
                back_s *= self.roads.off_pace[mode] / self.roads.off_pace[self.way.mode]
            return Place(self.destination.node, 0.0, back_s, back_km)
        if is_roadless(self.way.mode):
            gone_s, left_s = t - self.road_t, self.off_road_t - t
            node, rest_s = (self.origin, gone_s) if gone_s < left_s else (self.destination.node, left_s)
            return Place(node, 0.0, rest_s, self.way.km * _share(rest_s, self.off_road_t - self.road_t))
        passed, coming = self._between(t)
        rest_s = coming.t - t
        return Place(coming.node, 0.0, rest_s, (coming.km - passed.km) * _share(rest_s, coming.t - passed.t))

    def driven_km(self, t: float) -> float:
        """Kilometres behind the unit at `t`."""
        if t >= self.arrive_t:
            return self.begin_km + self.way.km + self.end_km
        place = self.place_at(t, self.way.mode)
        if t <= self.road_t:
            return self.begin_km - place.rest_km
        if t >= self.off_road_t:
            return self.begin_km + self.way.km + place.rest_km
        if is_roadless(self.way.mode):
            return self.begin_km + self.way.km * _share(t - self.road_t, self.off_road_t - self.road_t)
        _, coming = self._between(t)
        return coming.km - place.rest_km

    def _between(self, t: float) -> tuple[Passing, Passing]:
        """The nodes before and after the unit on the road: the next decision node, or a chain node before it."""
        passed = Passing(self.road_t, self.origin, self.begin_km)
        for stretch in self._stretches():
            *chain, end = stretch
            if end.t >= t:
                for coming in chain:
                    if coming.t > t:
                        return passed, coming
                    passed = coming
                return passed, end
            passed = end
        raise AssertionError("the end of the way comes later")

    def _stretches(self) -> Iterator[list[Passing]]:
        """What is passed, in order, cut after each decision node and after the way's end."""
        way, roads, factor = self.way, self.roads, self.factor
        entered_t = self.road_t - way.leave.from_s * factor
        entered_km = self.begin_km - way.leave.from_km
        end = Passing(self.off_road_t, way.destination, self.begin_km + way.km)
        chain = roads.chain(way.mode, way.leave.arc)
        if way.one_arc:
            yield [*self._passings(chain[way.leave.at + 1 : way.enter.at], entered_t, entered_km), end]
            return
        first = Passing(self.road_t + way.leave.to_s * factor, way.leave.leave, self.begin_km + way.leave.to_km)
        yield [*self._passings(chain[way.leave.at + 1 :], entered_t, entered_km), first]
        passed = first
        for node, arc in roads.next_nodes(way.mode, way.leave.leave, way.enter.enter):
            before_s, before_km = self._before_end(node)
            chain = roads.chain(way.mode, arc)
            coming = Passing((end.t - way.enter.from_s * factor) - before_s * factor, node, end.km - before_km)
            yield [*self._passings(chain, passed.t, passed.km), coming]
            passed = coming
        chain = roads.chain(way.mode, way.enter.arc)
        yield [*self._passings(chain[: way.enter.at], passed.t, passed.km), end]

    def _before_end(self, node: int) -> tuple[float, float]:
        """Seconds from a decision node to the last one, and kilometres to the end of the way."""
        way = self.way
        seconds = self.roads.seconds(way.mode, node, way.enter.enter)
        return seconds, self.roads.km(way.mode, node, way.enter.enter) + way.enter.from_km

    def _passings(self, chain: list[ChainNode], entered_t: float, entered_km: float) -> list[Passing]:
        return [Passing(entered_t + node.seconds * self.factor, node.node, entered_km + node.km) for node in chain]


def _share(part: float, whole: float) -> float:
    """A part of a stretch, at most all of it; nothing of none."""
    return min(1.0, part / whole) if whole > 0.0 else 0.0


def no_drive(roads: Roads, site: Site, t: float) -> Drive:
    """Standing at a site from `t` on, with nothing driven."""
    way = roads.way(0, site.node, site.node)
    return Drive(roads, way, 1.0, site, t, t, t, t, begin_km=-site.leg * roads.leg_km)


def drive_from(roads: Roads, mode: int, factor: float, place: Place, destination: Site, start_t: float) -> Drive:
    """A drive from where a unit stands or is."""
    way = roads.way(mode, place.node, destination.node)
    pace = roads.off_pace[mode]
    road_t = start_t + place.rest_s + place.leg * pace * factor
    off_road_t = road_t + way.seconds * factor
    arrive_t = off_road_t + destination.leg * pace * factor
    begin_km = place.rest_km + place.leg * roads.leg_km
    return Drive(roads, way, factor, destination, start_t, road_t, off_road_t, arrive_t, begin_km)
