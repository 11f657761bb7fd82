"""Driving to acute incidents as a planner reckons it, not simulated: from the table of roads, at the acute pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.model.service import Service
from beredt.roads.flat import flat_km
from beredt.roads.network import Network

if TYPE_CHECKING:
    from beredt.web.open_study import BaseRoads

ACUTE = "A"
PREPARATION = ("handling", "mobilisation")
"""Intervals between the call and the wheels of a unit at its station."""

SAME_PLACE_KM = 0.001

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


class Spot(NamedTuple):
    """The node nearest to a place: its row in the network, and how far it lies from the place, km."""

    node: int
    km: float


def acute_factor(service: Service) -> float:
    """By how much ordinary car seconds are multiplied on the way to an acute incident."""
    return next((speed.factor for speed in service.speeds if speed.purpose == ACUTE), 1.0)


def preparation_s(service: Service) -> float:
    """Median seconds from an acute call until a unit at its station rolls."""
    return sum(row.median_s for row in service.intervals if row.urgency == ACUTE and row.interval in PREPARATION)


def nearest_spot(network: Network, lat: float, lon: float) -> Spot:
    """The node nearest to a place (degrees), as the crow flies."""
    xy = flat_km(network.lat, network.lon, (lat, lon))
    squares = np.square(xy).sum(axis=1)
    node = int(squares.argmin())
    return Spot(node, float(np.sqrt(squares[node])))


def area_nodes(service: Service, network: Network) -> I8:
    """The node of every area, in their order. Raises UnknownIdError."""
    return np.array([network.index_of(f"area:{area.id}") for area in service.areas], np.int64)


def drive_s(roads: BaseRoads, lat: float, lon: float, areas: I8) -> F8:
    """Ordinary car seconds with both legs from a place (degrees) to nodes, float64 (areas,).

    A place of the study has its own ways; any other joins the roads as a station that is opened there would.
    """
    # Both bring in scipy, which a live server starts without.
    from beredt.roads.hung_site import hang_site, ways_of_site
    from beredt.roads.with_sites import site_leg_s

    network = roads.network
    spot = nearest_spot(network, lat, lon)
    if spot.km <= SAME_PLACE_KM:
        road_s, leg_s = network.seconds[areas, spot.node].astype(np.float64), float(network.leg_s[spot.node])
    else:
        leg_s = site_leg_s(network, roads.ground)
        road_s = ways_of_site(roads.ground, hang_site(roads.ground, lat, lon)).from_s[areas]
    seconds: F8 = leg_s + road_s + network.leg_s[areas]
    return seconds


class Nearest(NamedTuple):
    """For every area the nearest station with a unit, as its number in the service's list, and the drive in seconds.

    -1 and infinite where no station has a unit.
    """

    station: I8
    seconds: F8


def nearest_stations(service: Service, roads: BaseRoads) -> Nearest:
    """The station from which each area is reached first, were all units at home."""
    based = {unit.station for unit in service.units}
    numbers = [number for number, station in enumerate(service.stations) if station.id in based]
    areas = area_nodes(service, roads.network)
    if not numbers:
        return Nearest(np.full(len(areas), -1, np.int64), np.full(len(areas), np.inf))
    homes = [service.stations[number] for number in numbers]
    seconds = np.stack([drive_s(roads, home.lat, home.lon, areas) for home in homes], axis=1) * acute_factor(service)
    best = seconds.argmin(axis=1)
    return Nearest(np.array(numbers, np.int64)[best], seconds[np.arange(len(areas)), best])
