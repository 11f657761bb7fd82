"""Changes of roads that an alternative makes, each with the year from which it holds, and the roads of one year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from beredt.model.link import Link


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A new road with a limit of `kmh`, from `year` on, None for every year.

    In a study on links of its own it joins two `places` (ids); `km`, `factor` and `join_km` are those of a `Link`. On
    roads of a map it is drawn as `line`, two or more pairs of latitude and longitude (degrees), with a `road_class` of
    the map; `km` is then measured where it is None.
    """

    name: str
    kmh: float
    year: int | None = None
    places: tuple[str, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    km: float | None = None
    factor: float = 1.25
    join_km: float = 0.0
    road_class: str = "secondary"
    tunnel: bool = False
    both_ways: bool = True

    def holds_in(self, year: int) -> bool:
        """Whether the road is open in a year."""
        return self.year is None or self.year <= year

    def effect(self) -> OpenedLink:
        """The same without what travel times do not depend on."""
        return replace(self, name="", year=None)

    def as_link(self) -> Link:
        """The main road between two places that it is. Only for one with places and kilometres."""
        assert self.km is not None
        start, end = self.places
        return Link(start, end, self.name, self.km, self.km / self.kmh * 60.0, self.factor, self.join_km)


@dataclass(frozen=True, slots=True)
class ClosedLink:
    """Roads that nobody drives from `year` on and before `until`, None for no such limit.

    Named by two `places` and, where several main roads join them, by `road`; on a map by ids of its `lines`.
    """

    places: tuple[str, ...] = ()
    road: str | None = None
    lines: tuple[int, ...] = ()
    year: int | None = None
    until: int | None = None

    def holds_in(self, year: int) -> bool:
        """Whether the roads are closed in a year."""
        return (self.year is None or self.year <= year) and (self.until is None or year < self.until)

    def effect(self) -> ClosedLink:
        """The same without what travel times do not depend on."""
        return replace(self, year=None, until=None)

    def means(self, link: Link) -> bool:
        """Whether this is about a main road of the study."""
        return is_about(self.places, self.road, link)


@dataclass(frozen=True, slots=True)
class LinkSpeed:
    """A speed in free traffic of `kmh` from `year` on; roads are named as in `ClosedLink`."""

    kmh: float
    places: tuple[str, ...] = ()
    road: str | None = None
    lines: tuple[int, ...] = ()
    year: int | None = None

    def holds_in(self, year: int) -> bool:
        """Whether the speed is set in a year."""
        return self.year is None or self.year <= year

    def effect(self) -> LinkSpeed:
        """The same without what travel times do not depend on."""
        return replace(self, year=None)

    def means(self, link: Link) -> bool:
        """Whether this is about a main road of the study."""
        return is_about(self.places, self.road, link)


RoadChange = OpenedLink | ClosedLink | LinkSpeed

RoadState = tuple[RoadChange, ...]
"""What is different about roads from those of today, by its effect: alternatives with equal ones share travel times."""

TODAYS_ROADS: RoadState = ()


def road_state(changes: Iterable[RoadChange], year: int) -> RoadState:
    """The changes that hold in a year, in their order, without names and years."""
    return tuple(change.effect() for change in changes if change.holds_in(year))


def is_about(places: tuple[str, ...], road: str | None, link: Link) -> bool:
    """Whether a main road joins two places, in whichever direction it is written, and is `road` if that is given."""
    return {link.from_place, link.to_place} == set(places) and road in (None, link.road)
