"""Driving to acute incidents as a planner reckons it, not simulated: from the table of roads, at the acute pace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.model.service import Service
from beredt.model.station import Station
from beredt.roads.flat import flat_km
from beredt.roads.network import Network, moved_node_id

ACUTE = "A"
PREPARATION = ("handling", "mobilisation")
"""Intervals between the call and the wheels of a unit at its station."""

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


class Spot(NamedTuple):
    """The node that stands for a place: its row in the network, and how far it lies from the place, km."""

    node: int
    km: float


def acute_factor(service: Service) -> float:
    """By how much ordinary car seconds are multiplied on the way to an acute incident."""
    return next((speed.factor for speed in service.speeds if speed.purpose == ACUTE), 1.0)


def preparation_s(service: Service) -> float:
    """Median seconds from an acute call until a unit at its station rolls."""
    return sum(row.median_s for row in service.intervals if row.urgency == ACUTE and row.interval in PREPARATION)


def area_nodes(service: Service, network: Network) -> I8:
    """The node of every area, in their order. Raises UnknownIdError."""
    return np.array([network.index_of(f"area:{area.id}") for area in service.areas], np.int64)


def nearest_spot(network: Network, lat: float, lon: float) -> Spot:
    """The node nearest to a place (degrees), as the crow flies."""
    xy = flat_km(network.lat, network.lon, (lat, lon))
    squares = np.square(xy).sum(axis=1)
    node = int(squares.argmin())
    return Spot(node, float(np.sqrt(squares[node])))


def drive_s(network: Network, origins: Sequence[int] | I8, areas: I8, factor: float) -> F8:
    """Seconds from nodes to areas with both legs at a pace, float64 (areas, origins)."""
    start = np.asarray(origins, np.int64)
    road_s = network.seconds[np.ix_(areas, start)].astype(np.float64)
    seconds: F8 = (network.leg_s[start] + road_s + network.leg_s[areas][:, np.newaxis]) * factor
    return seconds


def station_nodes(network: Network, stations: Sequence[Station]) -> I8:
    """A node for every station: its own where the network has one, else the nearest: a draft's stations are new."""
    known = {node: row for row, node in enumerate(network.node_ids)}
    rows = []
    for station in stations:
        plain = f"station:{station.id}"
        row = known.get(plain)
        if row is None or (float(network.lat[row]), float(network.lon[row])) != (station.lat, station.lon):
            row = known.get(moved_node_id(plain, station.lat, station.lon))
        rows.append(nearest_spot(network, station.lat, station.lon).node if row is None else row)
    return np.array(rows, np.int64)


class Nearest(NamedTuple):
    """For every area the nearest station with a unit, as its number in the service's list, and the drive in seconds.

    -1 and infinite where no station has a unit.
    """

    station: I8
    seconds: F8


def nearest_stations(service: Service, network: Network) -> Nearest:
    """The station from which each area is reached first, were all units at home."""
    based = {unit.station for unit in service.units}
    numbers = [number for number, station in enumerate(service.stations) if station.id in based]
    areas = area_nodes(service, network)
    if not numbers:
        return Nearest(np.full(len(areas), -1, np.int64), np.full(len(areas), np.inf))
    nodes = station_nodes(network, [service.stations[number] for number in numbers])
    seconds = drive_s(network, nodes, areas, acute_factor(service))
    best = seconds.argmin(axis=1)
    return Nearest(np.array(numbers, np.int64)[best], seconds[np.arange(len(areas)), best])
