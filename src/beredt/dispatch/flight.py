"""Flights: straight lines between places, at a speed of their own, whatever roads there are.

A flight has the number after the last travel mode of the roads. Legs at its ends are those of the first mode: from
where it lands to where somebody waits it is no shorter than from the road.
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import compiled, leaf
from beredt.dispatch.roads import F4, Roads

FLIGHT_S_PER_KM = 18.0
"""Of a unit with pace 1: 200 km/h."""


def roads_with_flight(roads: Roads) -> Roads:
    """The same roads, with what there is to know of flights in their small tables by mode."""
    modes = len(roads.off_pace)
    times_as_long = np.ones((modes + 1, modes + 1))
    times_as_long[:modes, :modes] = roads.times_as_long
    return roads._replace(
        off_pace=np.append(roads.off_pace, roads.off_pace[0]),
        least_pace=np.append(roads.least_pace, FLIGHT_S_PER_KM),
        times_as_long=times_as_long,
    )


@leaf
def flight_mode(roads: Roads) -> int:
    """The number of flights among travel modes."""
    return roads.seconds.shape[0]


@compiled
def straight_km(place_km: F4, o: int, d: int) -> float:
    """Kilometres of the straight line between two road nodes."""
    x = np.float64(place_km[d, 0]) - np.float64(place_km[o, 0])
    y = np.float64(place_km[d, 1]) - np.float64(place_km[o, 1])
    km: float = np.sqrt(x * x + y * y)
    return km


@compiled
def flight_s(place_km: F4, o: int, d: int) -> float:
    """Seconds of the flight between two road nodes by a unit with pace 1."""
    return straight_km(place_km, o, d) * FLIGHT_S_PER_KM
