"""Flights and boats: straight lines between places, at a speed of their own, whatever roads there are.

A flight has the number after the last travel mode of the roads, and each class of boats one more. Legs at their ends
are those of the first mode: from where one lands to where somebody waits it is no shorter than from the road.

A boat goes between landing points; from there to the place the crew walks. Both are in the seconds of its way.
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import compiled, leaf, whole
from beredt.dispatch.roads import F4, Roads, fixed
from beredt.dispatch.world import Water

FLIGHT_S_PER_KM = 18.0
"""Of a unit with pace 1: 200 km/h."""


def roads_with_flight(roads: Roads, water: Water | None = None) -> Roads:
    """The same roads, with what there is to know of flights and boats in their small tables by mode."""
    modes, boats = len(roads.off_pace), 0 if water is None else len(water.s_per_km)
    more = 1 + boats
    times_as_long = np.ones((modes + more, modes + more))
    times_as_long[:modes, :modes] = roads.times_as_long
    # Boats have no bound as the crow flies: landing points may lie anywhere.
    made = roads._replace(
        off_pace=np.append(roads.off_pace, np.full(more, roads.off_pace[0])),
        least_pace=np.append(roads.least_pace, [FLIGHT_S_PER_KM, *np.zeros(boats)]),
        times_as_long=times_as_long,
    )
    if water is None:
        return made
    return made._replace(
        shore_s=fixed(water.shore_s),
        landing=fixed(water.landing),
        water_km=fixed(water.km),
        water_s_per_km=fixed(water.s_per_km),
    )


@leaf
def flight_mode(roads: Roads) -> int:
    """The number of flights among travel modes; those above it are boats."""
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


@leaf
def roadless_s(roads: Roads, m: int, o: int, d: int) -> float:
    """Seconds between two road nodes by a mode that needs no roads, of a unit with pace 1."""
    boat = whole(m) - roads.seconds.shape[0] - 1
    if boat < 0:
        return flight_s(roads.place_km, o, d)
    if o == d:
        return 0.0
    km = roads.water_km[roads.landing[o], roads.landing[d]]
    return (roads.shore_s[o] + km * roads.water_s_per_km[boat]) + roads.shore_s[d]


@leaf
def roadless_km(roads: Roads, m: int, o: int, d: int) -> float:
    """Kilometres of the same; a boat's are those over water."""
    if m == roads.seconds.shape[0]:
        return straight_km(roads.place_km, o, d)
    return 0.0 if o == d else roads.water_km[roads.landing[o], roads.landing[d]]
